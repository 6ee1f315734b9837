/**
 * Where the keys of a start come from: `start-proxy.ps1` loads them all, and
 * `discover` and LiteLLM get the same ones. `tests/oracle/env_files.py` proves
 * how it reads the lines of a `.env` file.
 *
 * @module
 */
import { assertEquals, assertStringIncludes } from "../support/assert.ts";
import { seenPath } from "../support/program.ts";
import { powershellTest } from "../support/powershell/pwsh.ts";
import {
  type Act,
  setStage,
  type Stage,
  startTogether,
} from "../support/powershell/stage.ts";

/** The variables called `T_…` that a stand-in was given. */
async function given(
  stage: Stage,
  name: "litellm" | "discover" = "litellm",
): Promise<Record<string, string>> {
  const { env = {} } = await stage.recorded(name) ?? {};
  const ours = Object.entries(env).filter(([key]) => key.startsWith("T_"));
  return Object.fromEntries(ours.sort());
}

async function startAll(...acts: readonly Act[]): Promise<string[]> {
  const started = await startTogether(acts);
  for (const { leftBehind } of started) assertEquals(leftBehind, []);
  return started.map(({ stdout, stderr }) => stdout + stderr);
}

powershellTest(
  "discover and LiteLLM get the same keys, and discover reads no file again",
  async () => {
    await using stage = await setStage({
      files: {
        "set-env.ps1": "$env:T_SCRIPT = 'of the script'\n" +
          "$env:T_COMPUTED = 'a' + 'b'\n$env:T_BOTH = 'script'\n",
        ".env": "T_FILE=of the file\nT_BOTH=file\nT_SET=file\n",
      },
    });
    const env = { T_SET: "session" };
    const [text = ""] = await startAll({ stage, env });
    assertEquals(text.includes("WARNING"), false, text);
    const expected = {
      T_BOTH: "script",
      T_COMPUTED: "ab",
      T_FILE: "of the file",
      T_SCRIPT: "of the script",
      T_SET: "session",
    };
    assertEquals(await given(stage, "discover"), expected);
    assertEquals(await given(stage, "litellm"), expected);
    const discover = await stage.recorded("discover");
    assertEquals(discover?.args, [
      "--no-env-files",
      "--config",
      seenPath(stage.path("config.yaml")),
    ]);
  },
);

powershellTest(
  "the .env beside the config comes before the one beside the script",
  async () => {
    await using stage = await setStage({
      files: {
        "config.yaml": undefined,
        "elsewhere/config.yaml": "model_list: []\n",
        "elsewhere/.env": "T_A=config's\nT_B=config's\n",
        ".env": "T_B=script's\nT_C=script's\n",
      },
    });
    await startAll({ stage, args: ["-Config", "elsewhere/config.yaml"] });
    const expected = { T_A: "config's", T_B: "config's", T_C: "script's" };
    assertEquals(await given(stage), expected);
  },
);

powershellTest(
  "-EnvFile names a script in place of set-env.ps1, or a file in place of .env",
  async () => {
    const files = {
      "set-env.ps1": "$env:T_A = 'set-env'",
      ".env": "T_A=env\nT_B=env",
      "other.ps1": "$env:T_A = 'other'",
      "work.env": "T_A=work\nT_SET=work",
    };
    await using script = await setStage({ files });
    await using file = await setStage({ files });
    await using missing = await setStage({ files });
    const env = { T_SET: "session" };
    const texts = await startAll(
      { stage: script, env, args: ["-EnvFile", "other.ps1"] },
      { stage: file, env, args: ["-EnvFile", "work.env"] },
      { stage: missing, env, args: ["-EnvFile", "no such.env"] },
    );
    assertEquals(await given(script), {
      T_A: "other",
      T_B: "env",
      T_SET: "session",
    });
    assertEquals(await given(file), { T_A: "work", T_SET: "work" });
    assertEquals(await given(missing), {
      T_A: "set-env",
      T_B: "env",
      T_SET: "session",
    });
    assertStringIncludes(texts[2] ?? "", 'no such.env": not found');
  },
);

powershellTest(
  "a .env line that cannot be read is told by its number, and no name decides which program runs",
  async () => {
    await using stage = await setStage({
      files: {
        ".env": "# mine\nexport T_A='a b' # c\n\nsk-or-v1-5ecre7\n" +
          'T_B="one\\n${T_A}"\nPATH=/nowhere\nPYTHONPATH=x\nLD_PRELOAD=x\n' +
          "pathext=x\nT_C='open\n",
      },
    });
    const [text = ""] = await startAll({ stage });
    assertStringIncludes(text, '.env", line 4: not NAME=value');
    assertStringIncludes(text, '.env", line 10: not NAME=value');
    assertEquals(text.split("WARNING").length, 3, text);
    assertEquals(text.includes("5ecre7"), false);
    const { env = {} } = await stage.recorded("litellm") ?? {};
    assertEquals(env["T_A"], "a b");
    assertEquals(env["T_B"]?.replace("\r", ""), "one\na b");
    assertEquals(env["PYTHONPATH"], undefined);
    assertEquals(env["LD_PRELOAD"], undefined);
    assertEquals(env["PATH"]?.includes("nowhere"), false);
  },
);

powershellTest(
  "a .env is read in whatever encoding Windows saved it, and not if it is huge",
  async () => {
    const text = "T_A=caf\xe9\r\nT_B=b\r\n";
    const bytes = (wide: boolean): Uint8Array =>
      Uint8Array.from(
        wide ? `\xff\xfe${text.replace(/./gs, "$&\0")}` : text,
        (char) => char.charCodeAt(0),
      );
    await using utf16 = await setStage();
    await using ansi = await setStage();
    await using huge = await setStage({
      files: { ".env": `T_A=a\n${"# a line\n".repeat(200_000)}` },
    });
    await utf16.write(".env", bytes(true));
    await ansi.write(".env", bytes(false));
    const texts = await startAll(
      { stage: utf16 },
      { stage: ansi },
      { stage: huge },
    );
    assertEquals(await given(utf16), { T_A: "caf\xe9", T_B: "b" });
    assertEquals(await given(ansi), { T_A: "caf\xe9", T_B: "b" });
    assertEquals(await given(huge), {});
    assertStringIncludes(texts[2] ?? "", '.env": larger than 1 MiB, not read');
  },
);

powershellTest(
  "a config in the folder config or configs has its companions one folder above, too",
  async () => {
    const files = {
      "config.yaml": undefined,
      "set-env.ps1": "$env:T_A = 'above'",
      ".env": "T_B=above\nT_C=above",
    };
    const config = "model_list: []\n";
    await using one = await setStage({
      files: { ...files, "config/litellm.yaml": config },
    });
    await using two = await setStage({
      files: {
        ...files,
        "configs/litellm.yaml": config,
        "configs/.env": "T_B=beside",
      },
    });
    await using three = await setStage({
      files: { ...files, "config/litellm_config.yaml": config },
    });
    await using four = await setStage({
      files: {
        ...files,
        "proxy/configs/litellm.yaml": config,
        "proxy/set-env.ps1": "$env:T_A = 'proxy'",
      },
    });
    await startAll(
      { stage: one },
      { stage: two },
      { stage: three },
      {
        stage: four,
        folder: four.path("proxy/configs"),
        args: "-Config litellm.yaml",
      },
    );
    const above = { T_A: "above", T_B: "above", T_C: "above" };
    assertEquals(await given(one), above);
    assertEquals(await given(two), { ...above, T_B: "beside" });
    assertEquals(await given(three), above);
    assertEquals(await given(four), { ...above, T_A: "proxy" });
    for (
      const [stage, name] of [
        [one, "config/litellm.yaml"],
        [two, "configs/litellm.yaml"],
        [three, "config/litellm_config.yaml"],
      ] as const
    ) {
      const { args = [] } = await stage.recorded("litellm") ?? {};
      assertEquals(
        args[1]?.replaceAll("\\", "/"),
        seenPath(stage.path(name)).replaceAll("\\", "/"),
      );
    }
  },
);

powershellTest(
  "Python reads a UTF-8 config as such, and any other one lets the banner through",
  async () => {
    await using utf8 = await setStage();
    await using ansi = await setStage();
    await using chosen = await setStage();
    const latin1 = Uint8Array.from(
      "# \xe9\nmodel_list: []\n",
      (char) => char.charCodeAt(0),
    );
    await ansi.write("config.yaml", latin1);
    await chosen.write("config.yaml", latin1);
    await startAll(
      { stage: utf8 },
      { stage: ansi },
      { stage: chosen, env: { PYTHONIOENCODING: "cp437" } },
    );
    const python = async (stage: Stage): Promise<unknown> => {
      const { env = {} } = await stage.recorded("litellm") ?? {};
      return [env["PYTHONUTF8"], env["PYTHONIOENCODING"]];
    };
    assertEquals(await python(utf8), ["1", undefined]);
    assertEquals(await python(ansi), [undefined, "utf-8"]);
    assertEquals(await python(chosen), [undefined, "cp437"]);
  },
);

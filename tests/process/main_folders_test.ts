/**
 * A config in a folder of its own, as repositories have it: which names are
 * looked for, and what is found in the folder above.
 *
 * @module
 */
import { CONFIG_NAMES } from "../../lib/files/paths.ts";
import { assertEquals, assertStringIncludes } from "../support/assert.ts";
import { onWindows, type RunResult, seenPath } from "../support/program.ts";
import { FAKE_KEYS } from "../support/stand_in_providers.ts";
import {
  assertRefused,
  basesOf,
  blockNames,
  FEW_NAMES,
  MINE,
  parseReport,
  type Scene,
  setScene,
} from "../support/scene.ts";

/** A scene whose config lies at another place. */
async function setSceneAt(path: string): Promise<Scene> {
  const scene = await setScene();
  const folder = path.slice(0, Math.max(0, path.indexOf("/")));
  await Deno.mkdir(scene.path(folder), { recursive: true });
  await Deno.rename(scene.config, scene.path(path));
  return scene;
}

/** As the program prints a relative path. */
const shownPath = (path: string): string =>
  onWindows ? path.replaceAll("/", "\\") : path;

for (const name of CONFIG_NAMES) {
  Deno.test(`${name} is found without being named`, async () => {
    await using scene = await setSceneAt(name);
    const { code, stdout, stderr } = await scene.runWith({}, "--json");
    assertEquals(code, 0, stderr);
    assertEquals(parseReport(stdout)["config"], shownPath(name));
    assertEquals(blockNames(await scene.read(name)), FEW_NAMES);
  });
}

Deno.test("config.yaml comes before all other names", async () => {
  await using scene = await setScene();
  for (const name of ["config.yml", "litellm_config.yaml"]) {
    await scene.write(MINE, name);
  }
  const { stdout } = await scene.runWith({}, "--json", "--dry-run");
  assertEquals(parseReport(stdout)["config"], "config.yaml");
});

/** What the program says when it may not choose. */
const SEVERAL = "more than one found: litellm_config.yaml, litellm.yaml";

Deno.test("of two usual names without a config.yaml none is taken, and both are named", async () => {
  await using scene = await setSceneAt("litellm_config.yaml");
  await scene.write(MINE, "litellm.yaml");
  const refused = await scene.runWith({});
  assertRefused(refused, { code: 3, text: `error: config: ${SEVERAL}` });
  assertStringIncludes(
    refused.stderr,
    "hint: name one with --config: discover -c litellm_config.yaml\n",
  );
  assertEquals(await scene.read("litellm.yaml"), MINE);
  const named = await scene.runWith({}, "-c", "litellm_config.yaml");
  assertEquals(named.code, 0, named.stderr);
  const env = { ...scene.env, DISCOVER_CONFIG: "litellm.yaml" };
  assertEquals((await scene.runWith({ env })).code, 0);
});

for (
  const [args, hint] of [
    [["--start"], "--config: discover --start -c litellm_config.yaml"],
    [["--doctor"], "--config, such as -c litellm_config.yaml"],
    [["--init"], "--config, such as -c litellm_config.yaml"],
    [["--list-providers"], "--config, such as -c litellm_config.yaml"],
    [["--print-client", "codex"], "--config, such as -c litellm_config.yaml"],
  ] as const
) {
  Deno.test(`discover ${args.join(" ")} does not choose between two configs either`, async () => {
    await using scene = await setSceneAt("litellm_config.yaml");
    await scene.write(MINE, "litellm.yaml");
    const refused = await scene.runWith({}, ...args);
    assertRefused(refused, { code: 3, text: SEVERAL });
    assertStringIncludes(refused.stderr, `hint: name one with ${hint}\n`);
  });
}

Deno.test(
  "two names of one file are one config",
  { ignore: onWindows },
  async () => {
    await using scene = await setSceneAt("litellm_config.yaml");
    await Deno.symlink("litellm_config.yaml", scene.path("litellm.yaml"));
    const { code, stdout, stderr } = await scene.runWith({}, "--json");
    assertEquals(code, 0, stderr);
    assertEquals(parseReport(stdout)["config"], "litellm_config.yaml");
  },
);

Deno.test("where two configs were found, no output and no log takes either", async () => {
  await using scene = await setSceneAt("litellm_config.yaml");
  await scene.write(MINE, "litellm.yaml");
  const refused = await scene.runWith({}, "--log-file", "litellm.yaml");
  const text = '--log-file "litellm.yaml": that is the config';
  assertRefused(refused, { code: 2, text });
});

/** A config of another program, whose list has other entries. */
const ANOTHERS = `model_list:
  - model_name: gpt-4o
    acme_params: {provider: openai-main, model: gpt-4o}
acme_settings:
  port: 4000
`;

Deno.test("a config that was found and is another program's is left alone, unless it is named", async () => {
  await using scene = await setScene(ANOTHERS);
  const text = 'config "config.yaml", line 1: another program\'s config: ' +
    "no entry of model_list has litellm_params";
  for (const args of [[], ["--check"], ["--dry-run"], ["--repair"]]) {
    const refused = await scene.runWith({}, ...args);
    assertRefused(refused, { code: 3, text });
    assertStringIncludes(
      refused.stderr.replace(/\s+/g, " "),
      "if it is LiteLLM's, name it: --config config.yaml",
    );
    assertEquals(await scene.read(), ANOTHERS);
  }
  const doctor = await scene.runWith({}, "--doctor");
  assertStringIncludes(
    doctor.stdout.replace(/\s+/g, " "),
    "a run refuses to edit this file: another program's config",
  );
  const removal = await scene.runWith({}, "--remove");
  assertEquals([removal.code, await scene.read()], [0, ANOTHERS]);
  const named = await scene.run();
  assertEquals(named.code, 0, named.stderr);
  assertEquals(blockNames(await scene.read()), FEW_NAMES);
  // Now that it has a block it is taken, be it found or named.
  assertEquals((await scene.runWith({})).code, 0);
});

for (
  const [what, more] of [
    ["an entry has litellm_params", "model_list:\n  - litellm_params: {}\n"],
    ["its list has no entries", "model_list:\nacme_settings: {}\n"],
    [
      "another section is LiteLLM's",
      "model_list:\n  - gpt-4\nlitellm_settings:\n  drop_params: true\n",
    ],
    ["it includes others", "model_list:\n  - gpt-4\ninclude: []\n"],
  ] as const
) {
  Deno.test(`a config that was found is taken for LiteLLM's where ${what}`, async () => {
    await using scene = await setScene(more);
    const { code, stderr } = await scene.runWith({});
    assertEquals(code, 0, stderr);
    assertEquals(blockNames(await scene.read()), FEW_NAMES);
  });
}

Deno.test("without a config its names are told, and no log takes one of them", async () => {
  await using scene = await setSceneAt("sub/moved.yaml");
  const missing = await scene.runWith({});
  assertEquals(missing.code, 3, missing.stderr);
  const names = ["config/litellm.yaml", "configs/litellm.yaml"];
  const told = missing.stderr.replace(/\s+/g, " ");
  for (const name of ["config.yaml", ...names.map(shownPath)]) {
    assertStringIncludes(told, `${name}, `);
  }
  await Deno.mkdir(scene.path("config"));
  const text = `--log-file "${names[0]}": that is the config`;
  const refused = await scene.runWith({}, "--log-file", "config/litellm.yaml");
  assertRefused(refused, { code: 2, text });
});

/** Runs without a key in the environment. */
async function runKeyless(
  scene: Scene,
  cwd: string,
  ...args: string[]
): Promise<RunResult> {
  const options = { env: basesOf(scene), cwd: scene.path(cwd) };
  return await scene.runWith(options, ...args, "--json");
}

/** Writes keys and settings into the folder above `config`. */
async function writeAbove(scene: Scene): Promise<void> {
  const { OPENROUTER_API_KEY, XAI_API_KEY, GEMINI_API_KEY } = FAKE_KEYS;
  await scene.write(`$env:XAI_API_KEY = "${XAI_API_KEY}"\n`, "set-env.ps1");
  const others = `OPENROUTER_API_KEY=${OPENROUTER_API_KEY}\n` +
    `GEMINI_API_KEY=${GEMINI_API_KEY}\n`;
  await scene.write(`${others}odd: line\n`, ".env");
  await scene.write(
    "providers:\n  gemini: false\n",
    "discover.yaml",
  );
}

/** The ways to name a config in a folder: from above, by all of its path, inside. */
const WAYS = [
  ["by its usual name", "", []],
  ["by a relative path", "", ["-c", "config/litellm.yaml"]],
  ["by its whole path", "sub", ["-c", "WHOLE"]],
  ["from inside the folder", "config", ["-c", "litellm.yaml"]],
] as const;

for (const [how, cwd, args] of WAYS) {
  Deno.test(`set-env.ps1, .env and discover.yaml are found above config, which is named ${how}`, async () => {
    await using scene = await setSceneAt("config/litellm.yaml");
    await Deno.mkdir(scene.path("sub"));
    await writeAbove(scene);
    const whole = seenPath(scene.path("config/litellm.yaml"));
    const words = args.map((arg) => arg === "WHOLE" ? whole : arg);
    const { code, stdout, stderr } = await runKeyless(scene, cwd, ...words);
    assertEquals(code, 0, stderr);
    const { openrouter, xai, gemini } = scene.providers;
    assertEquals(xai.requests.length, 2);
    assertEquals(openrouter.requests.length > 0, true);
    assertEquals(gemini.requests.length, 0);
    const names = blockNames(await scene.read("config/litellm.yaml"));
    const all = FEW_NAMES.filter((name) => !name.includes("gemini"));
    assertEquals(names, all);
    const odd = parseReport(stdout)["warnings"];
    assertEquals(JSON.stringify(odd).match(/odd-line/g)?.length, 1, stdout);
  });
}

Deno.test("what lies next to the config comes before what lies above", async () => {
  await using scene = await setSceneAt("config/litellm.yaml");
  await writeAbove(scene);
  const { GEMINI_API_KEY } = FAKE_KEYS;
  await scene.write("providers:\n  xai: false\n", "config/discover.yaml");
  await scene.write(
    `GEMINI_API_KEY=${GEMINI_API_KEY}\nOPENROUTER_API_KEY=nearer-5ecre7\n`,
    "config/.env",
  );
  const { code, stderr } = await runKeyless(scene, "");
  assertEquals(code, 0, stderr);
  const { openrouter, xai, gemini } = scene.providers;
  assertEquals(xai.requests.length, 0);
  assertEquals(gemini.requests.length, 1);
  const sent = openrouter.requests.map(({ headers }) =>
    headers.get("authorization")
  );
  assertEquals([...new Set(sent)], ["Bearer nearer-5ecre7"]);
});

Deno.test("nothing is read above a folder of another name", async () => {
  await using scene = await setSceneAt("proxy/litellm.yaml");
  await writeAbove(scene);
  const { code, stderr } = await runKeyless(
    scene,
    "proxy",
    "-c",
    "litellm.yaml",
  );
  assertEquals(code, 1, stderr);
  assertEquals(scene.providers.openrouter.requests.length, 0);
});

Deno.test("--init writes no settings that would hide those above config", async () => {
  await using scene = await setSceneAt("config/litellm.yaml");
  await scene.write("timeout: 3s\n", "discover.yaml");
  const text = 'settings "discover.yaml": already exists';
  assertRefused(await scene.runWith({}, "--init"), { code: 2, text });
  const target = ["--log-file", ".env"];
  const refused = await scene.runWith({}, ...target);
  assertRefused(refused, { code: 2, text: "that is a file with keys" });
});

Deno.test({
  name: "a line break in the name of a folder begins no line of the output",
  ignore: onWindows,
  fn: async () => {
    await using scene = await setScene();
    const folder = scene.path("a\nhint: b");
    await Deno.mkdir(folder);
    await Deno.writeTextFile(`${folder}/config.yaml`, MINE);
    for (const name of ["config.yaml", "none.yaml"]) {
      const args = ["--config", `${folder}/${name}`];
      const { stderr } = await scene.runWith({ env: {} }, ...args);
      assertStringIncludes(stderr, "a?hint: b");
      assertEquals(/^ *hint: b/m.test(stderr), false, stderr);
    }
  },
});

/**
 * The way in of most users, with the real program: `start-proxy.ps1` loads the
 * keys, `discover` asks stand-ins for the providers, LiteLLM is started. On
 * Windows the system's shell plays a `litellm.exe`: it passes over what stands
 * before `/c`.
 *
 * @module
 */
import { assert, assertEquals } from "../support/assert.ts";
import { onWindows, seenPath } from "../support/program.ts";
import {
  canRunWhole,
  installDiscover,
} from "../support/powershell/real_discover.ts";
import { assertNoKey, blockNames, MINE, setScene } from "../support/scene.ts";
import { installShell } from "../support/windows.ts";
import { hasPowerShell } from "../support/powershell/pwsh.ts";
import {
  type Act,
  setStage,
  type Stage,
  startTogether,
} from "../support/powershell/stage.ts";

/** A stage with the real program, next to the script or on PATH. */
async function setWholeStage(
  place: "beside" | "on PATH",
  exitCode: number,
): Promise<Stage> {
  const stage = await setStage({
    litellm: { exitCode },
    discover: undefined,
    files: { "config.yaml": MINE, "set-env.ps1": SET_ENV },
  });
  await installDiscover(place === "beside" ? stage.folder : stage.bin);
  return stage;
}

/** The key is computed, so only running the script can find it. */
const SET_ENV = "$env:XAI_API_KEY = $env:KEY_OF_XAI + ''\n";

Deno.test({
  name: "a start refreshes the config with the keys of set-env.ps1",
  ignore: !canRunWhole,
  fn: async () => {
    await using scene = await setScene();
    const { XAI_API_KEY = "", ...env } = scene.env;
    await using beside = await setWholeStage("beside", 7);
    await using onPath = await setWholeStage("on PATH", 0);
    await using stale = await setWholeStage("beside", 9);
    const session = {
      env: { ...env, KEY_OF_XAI: XAI_API_KEY },
    };
    const started = await startTogether([
      { ...session, stage: beside, args: ["-Port", "4321"] },
      {
        ...session,
        stage: onPath,
        folder: onPath.besides,
        args: ["-Config", seenPath(onPath.path("config.yaml"))],
      },
      { ...session, stage: stale, args: ["-SkipDiscovery"] },
    ]);
    assertEquals(started.map(({ code }) => code), [7, 0, 9]);
    for (const { stdout, stderr, leftBehind } of started) {
      assertEquals(leftBehind, []);
      assertNoKey(stdout, "stdout");
      assertNoKey(stderr, "stderr");
    }
    for (const stage of [beside, onPath]) {
      const text = await Deno.readTextFile(stage.path("config.yaml"));
      assert(blockNames(text).includes("grok-4.5"), text);
      assertNoKey(text, "the config");
    }
    const config = await Deno.readTextFile(stale.path("config.yaml"));
    assertEquals(config, MINE);
    const litellm = await beside.recorded("litellm");
    assertEquals(litellm?.args, [
      ...["--config", seenPath(beside.path("config.yaml"))],
      ...["--port", "4321"],
    ]);
    assertEquals(litellm?.env.XAI_API_KEY, XAI_API_KEY);
  },
});

Deno.test({
  name: "on Windows litellm.exe is found in .venv\\Scripts and with -Venv",
  ignore: !hasPowerShell || !onWindows,
  fn: async () => {
    await using stack = new AsyncDisposableStack();
    const acts: Act[] = [];
    const places = [
      [".venv/Scripts", ""],
      ["venv/Scripts", ""],
      ["my venv [1]/Scripts", "-Venv 'my venv [1]' "],
    ] as const;
    for (const [index, [folder, flags]] of places.entries()) {
      const stage = stack.use(await setStage({ litellm: undefined }));
      await installShell(stage.path(folder), "litellm.exe");
      const args = `${flags}--host x /c exit ${40 + index}`;
      acts.push({ stage, args });
    }
    const started = await startTogether(acts);
    assertEquals(started.map(({ code }) => code), [40, 41, 42]);
    for (const { leftBehind } of started) {
      assertEquals(leftBehind, []);
    }
  },
});

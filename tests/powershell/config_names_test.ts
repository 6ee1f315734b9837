/**
 * Under which names `start-proxy.ps1` finds a config, and when it does not choose.
 *
 * @module
 */
import { CONFIG_NAMES } from "../../lib/files/paths.ts";
import { assertEquals, assertStringIncludes } from "../support/assert.ts";
import { seenPath } from "../support/program.ts";
import { powershellTest } from "../support/powershell/pwsh.ts";
import {
  setStage,
  type Stage,
  startTogether,
} from "../support/powershell/stage.ts";

const CONFIG = "model_list: []\n";

/** A stage with these configs, and no other. */
async function setStageWith(...names: readonly string[]): Promise<Stage> {
  const files = Object.fromEntries(names.map((name) => [name, CONFIG]));
  return await setStage({ files: { "config.yaml": undefined, ...files } });
}

/** The config that LiteLLM was started with; none if it was not started. */
async function startedWith(stage: Stage): Promise<string | undefined> {
  const { args = [] } = await stage.recorded("litellm") ?? {};
  return args[1]?.replaceAll("\\", "/");
}

function pathOn(stage: Stage, name: string): string {
  return seenPath(stage.path(name)).replaceAll("\\", "/");
}

/** Of the list, which is compared elsewhere, one of each kind: a start is slow. */
const KINDS = CONFIG_NAMES.filter((name) =>
  ["config.yml", "litellm/config.yaml", "configs/litellm.yaml"].includes(name)
);

powershellTest(
  "a config is found under the names that discover knows, in a folder as well",
  async () => {
    await using stages = new AsyncDisposableStack();
    const all: (readonly [Stage, string])[] = [];
    assertEquals(KINDS.length, 3);
    for (const name of KINDS) {
      all.push([stages.use(await setStageWith(name)), name]);
    }
    await startTogether(all.map(([stage]) => ({ stage })));
    for (const [stage, name] of all) {
      assertEquals(await startedWith(stage), pathOn(stage, name));
    }
  },
);

powershellTest(
  "of two usual names without a config.yaml none is taken, and both are named",
  async () => {
    const names = ["litellm_config.yaml", "config/litellm.yaml"] as const;
    await using two = await setStageWith(...names);
    await using usual = await setStageWith("config.yaml", ...names);
    await using named = await setStageWith(...names);
    const [refused] = await startTogether([
      { stage: two },
      { stage: usual },
      { stage: named, args: ["-Config", names[1]] },
    ]);
    assertEquals(refused?.code, 3);
    assertStringIncludes(
      `${refused?.stdout}${refused?.stderr}`.replace(/\s+/g, " "),
      `WARNING: more than one config found: ${names.join(", ")}; ` +
        "name one: .\\start-proxy.ps1 -Config litellm_config.yaml",
    );
    assertEquals(await two.recorded("discover"), undefined);
    assertEquals(await startedWith(two), undefined);
    assertEquals(await startedWith(usual), pathOn(usual, "config.yaml"));
    assertEquals(await startedWith(named), pathOn(named, names[1]));
  },
);

/**
 * opencode and Codex with the settings that are printed for them.
 *
 * @module
 */

import { answerOf, makeHome } from "./client.ts";
import { PROGRAMS } from "./installed.ts";
import type { Scene } from "./scene.ts";

/** The answer of `opencode run -m litellm/MODEL …`, in a home of its own. */
export async function askOpencode(
  scene: Scene,
  model: string,
): Promise<string> {
  const home = await makeHome(scene, {
    ".config/opencode/opencode.json": await scene.settingsFor("opencode"),
  });
  const args = ["run", "-m", `litellm/${model}`, "Who?"];
  return await answerOf(scene, { program: PROGRAMS.opencode, args, home });
}

/** The answer of `codex exec -m MODEL …`, in a home of its own. */
export async function askCodex(scene: Scene, model: string): Promise<string> {
  const home = await makeHome(scene, {
    ".codex/config.toml": await scene.settingsFor("codex"),
  });
  const args = ["exec", "--skip-git-repo-check", "-m", model, "Who?"];
  return await answerOf(scene, { program: PROGRAMS.codex, args, home });
}

/**
 * What LiteLLM makes of configs, told by its own loader.
 *
 * @module
 */

import { isJsonObject, type JsonObject } from "../../lib/text/fields.ts";
import { fromRepository } from "../support/repository.ts";
import { LITELLM_ENV, VENV } from "./litellm.ts";

const home = Deno.makeTempDirSync({ prefix: "loader-" });

/** One for all: its import of LiteLLM takes most of the time. */
const loader = new Deno.Command(`${VENV}/bin/python`, {
  args: [fromRepository("tests/litellm/loader.py")],
  clearEnv: true,
  env: { ...LITELLM_ENV, HOME: home },
  stdin: "piped",
  stdout: "piped",
}).spawn();
const questions = loader.stdin.getWriter();
const answers = loader.stdout.pipeThrough(new TextDecoderStream()).getReader();

addEventListener("unload", () => {
  loader.kill();
  Deno.removeSync(home, { recursive: true });
});

/**
 * Loads every config of the folders; the answer is by folder and file name, as
 * `loader.py` says. `home` is where LiteLLM may write.
 */
export async function loadConfigs(
  folders: readonly string[],
  home: string,
): Promise<JsonObject> {
  const question = `${JSON.stringify({ folders, home })}\n`;
  await questions.write(new TextEncoder().encode(question));
  let answer = "";
  while (!answer.endsWith("\n")) {
    const { value, done } = await answers.read();
    if (done) throw new Error(`no answer of LiteLLM, but "${answer}"`);
    answer += value;
  }
  const loaded: unknown = JSON.parse(answer);
  return isJsonObject(loaded) ? loaded : {};
}

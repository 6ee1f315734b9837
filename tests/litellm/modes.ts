/**
 * No entry of the user's is called through another API because one of ours calls
 * the same model through Responses: LiteLLM keeps that for the model.
 *
 * @module
 */

import { assertEquals } from "../support/assert.ts";
import { runProgram } from "../support/program.ts";
import { startStandIn } from "../support/stand_in.ts";
import { both, formsOf } from "./forms.ts";

const GATEWAY = "api_key: gateway, api_base: https://gateway.example/v1";

/** Models that LiteLLM does not know, so that nothing but entries says how. */
const CONFIG = `model_list:
  - {model_name: prefixed, litellm_params: {model: openai/gpt-77-pro, ${GATEWAY}}}
  - {model_name: bare, litellm_params: {model: gpt-78-pro, custom_llm_provider: openai, ${GATEWAY}}}
  - {model_name: any/*, litellm_params: {model: openai/gpt-79-*, ${GATEWAY}}}
  - {model_name: same, litellm_params: {model: openai/gpt-80-pro}}
`;

Deno.test("the user's entries go on being called through chat completions where they were", async () => {
  const folder = await Deno.makeTempDir({ prefix: "modes-" });
  try {
    const config = `${folder}/config.yaml`;
    await Deno.writeTextFile(config, CONFIG);
    const openai = "https://openai.example/v1";
    const env = { OPENAI_API_KEY: "of-openai", OPENAI_BASE_URL: openai };
    const wild = ["any/gpt-79-pro"];
    const before = await formsOf(config, env, wild);
    await refresh(folder, config);
    const after = await formsOf(config, env, wild);
    for (const name of ["prefixed", "bare", ...wild]) {
      assertEquals(after[name], before[name], name);
      const [, path] = /example\/v1(\S+)/.exec(after[name]?.chat ?? "") ?? [];
      assertEquals(path, "/chat/completions", name);
    }
    for (const name of ["same", "our-gpt-80-pro", "our-gpt-81-pro"]) {
      assertEquals(after[name], both(`${openai}/responses of-openai`), name);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

/** All five models go into the config, none of which chats but by Responses. */
async function refresh(folder: string, config: string): Promise<void> {
  const data = [77, 78, 79, 80, 81].map((n) => ({ id: `gpt-${n}-pro` }));
  await using server = await startStandIn(() => ({
    kind: "answers",
    body: { data },
  }));
  await Deno.writeTextFile(
    `${folder}/discover.yaml`,
    'providers: { openai: { name: "our-{id}" } }\n',
  );
  const { code, stderr } = await runProgram(
    ["--config", config, "--only", "openai"],
    {
      cwd: folder,
      env: {
        OPENAI_API_KEY: "of-openai",
        OPENAI_BASE_URL: `${server.base}/v1`,
      },
    },
  );
  assertEquals(code, 0, stderr);
}

/**
 * LiteLLM calls each model of OpenCode Zen at the endpoint that Zen's page names
 * for it, with Zen's key and no other; and an entry of the user's for a model of
 * the same name goes on being called as it was.
 *
 * @module
 */

import { assertEquals } from "../support/assert.ts";
import { runProgram } from "../support/program.ts";
import { startStandIn } from "../support/stand_in.ts";
import { readCatalog } from "../support/stand_in_providers.ts";
import { both, formsOf } from "./forms.ts";

const OWN = "https://gateway.example/v1";

/** The same model at OpenAI, and behind a gateway that knows chat alone. */
const CONFIG = `model_list:
  - model_name: openai-gpt-5
    litellm_params: {model: openai/gpt-5, api_key: os.environ/OPENAI_API_KEY}
  - model_name: gateway-gpt-5
    litellm_params:
      model: openai/gpt-5
      api_key: sk-of-the-gateway
      api_base: ${OWN}
`;

Deno.test("LiteLLM calls Zen's models at their endpoints, and the user's as before", async () => {
  const folder = await Deno.makeTempDir({ prefix: "zen-" });
  try {
    const config = `${folder}/config.yaml`;
    await Deno.writeTextFile(config, CONFIG);
    const before = await formsOf(config, { OPENAI_API_KEY: "of-openai" });
    const zen = await refreshFromZen(folder, config);
    const keys = { OPENAI_API_KEY: "of-openai", OPENCODE_API_KEY: "of-zen" };
    const after = await formsOf(config, keys);
    const names = ["openai-gpt-5", "gateway-gpt-5"];
    for (const name of names) assertEquals(after[name], before[name], name);
    assertEquals(after["opencode-zen/gpt-5"], both(`${zen}/responses of-zen`));
    assertEquals(
      after["opencode-zen/grok-4.7"],
      both(`${zen}/responses of-zen`),
    );
    const chat = both(`${zen}/chat/completions of-zen`);
    assertEquals(after["opencode-zen/glm-5.3"], chat);
    assertEquals(after["opencode-zen/kimi-k3"], chat);
    // A key that LiteLLM does not have is replaced by no other provider's.
    const without = await formsOf(config, { OPENAI_API_KEY: "of-openai" });
    assertEquals(
      without["opencode-zen/glm-5.3"],
      both(`${zen}/chat/completions fake-api-key`),
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

/** Zen's documented list goes into the config; returns the base in its entries. */
async function refreshFromZen(folder: string, config: string): Promise<string> {
  const body = await readCatalog("opencode-zen-documented");
  await using server = await startStandIn(() => ({ kind: "answers", body }));
  const base = `${server.base}/zen/v1`;
  await Deno.writeTextFile(
    `${folder}/discover.yaml`,
    "providers:\n  opencode-zen:\n" +
      `    { base_url: "${base}", include: [gpt-5, grok-4.7, glm-5.3, kimi-k3] }\n`,
  );
  const { code, stderr } = await runProgram(
    ["--config", config, "--only", "opencode-zen"],
    { cwd: folder, env: { OPENCODE_API_KEY: "of-zen" } },
  );
  assertEquals(code, 0, stderr);
  return base;
}

import { assertEquals } from "../../support/assert.ts";
import { parseCostMap } from "../../../lib/litellm/cost_map.ts";
import type { Finding } from "../../../lib/warning.ts";
import { examined, type Scene } from "../../support/examined.ts";

async function unpricedIn(text: string, scene?: Scene): Promise<Finding[]> {
  const found = await examined(text, { outcomes: [], ...scene });
  return found.filter(({ code }) => code === "no-price");
}

const SETTING = "block_requests_for_models_without_pricing: true";

/** Entries in flow style, and the setting. */
function config(...entries: readonly string[]): string {
  const items = entries.map((entry) => `  - {${entry}}\n`).join("");
  return `litellm_settings:\n  ${SETTING}\nmodel_list:\n${items}`;
}

const MAP = parseCostMap(JSON.stringify({
  "gpt-5": { litellm_provider: "openai", input_cost_per_token: 1e-6 },
  "xai/grok-4.5": { litellm_provider: "xai", input_cost_per_token: 0 },
}));

const OPENROUTER = "litellm_params: {model: openrouter/x/y}";

Deno.test("models that LiteLLM refuses to call without a price are counted, at the setting", async () => {
  const text = config(
    ...["a", "b", "c", "d"].map((name) => `model_name: ${name}, ${OPENROUTER}`),
    "model_name: e, litellm_params: {model: openai/gpt-5}",
  );
  assertEquals(await unpricedIn(text), [{
    code: "no-price",
    text:
      'LiteLLM answers 403 for 4 models that its list has no price for: "a", ' +
      '"b", "c" and 1 more',
    hint: "add input_cost_per_token: and output_cost_per_token: under the " +
      "model_info of each; 0 will do",
    line: 2,
  }]);
  const other = text.replace("litellm_settings", "general_settings");
  assertEquals(await unpricedIn(other), []);
  assertEquals(await unpricedIn(text.replace("true", "false")), []);
});

Deno.test("what the block has from OpenRouter is refused as well, and nothing there can be priced", async () => {
  const found = await examined(config());
  const [unpriced] = found.filter(({ code }) => code === "no-price");
  assertEquals(
    unpriced?.hint,
    `remove ${SETTING.split(":")[0]}: the block has no prices`,
  );
});

for (
  const [what, entry] of [
    [
      "its params",
      "litellm_params: {model: openrouter/x/y, input_cost_per_token: 0}",
    ],
    ["its model_info", `${OPENROUTER}, model_info: {input_cost_per_token: 0}`],
    ["its base model", `${OPENROUTER}, model_info: {base_model: gpt-5}`],
  ] as const
) {
  Deno.test(`a price in ${what} is enough`, async () => {
    const text = config(`model_name: a, ${entry}`);
    assertEquals(await unpricedIn(text, MAP && { costMap: MAP }), []);
  });
}

Deno.test("one deployment with a price is enough for a name", async () => {
  const text = config(
    `model_name: a, ${OPENROUTER}`,
    "model_name: a, litellm_params: {model: openai/gpt-5}",
  );
  assertEquals(await unpricedIn(text, MAP && { costMap: MAP }), []);
});

Deno.test("what runs on this machine has no price either", async () => {
  for (const prefix of ["ollama", "ollama_chat", "hosted_vllm", "lm_studio"]) {
    const text = config(`model_name: a, litellm_params: {model: ${prefix}/b}`);
    assertEquals((await unpricedIn(text)).length, 1, prefix);
  }
});

Deno.test("other providers are judged with LiteLLM's list alone", async () => {
  const names = ["openai/gpt-5", "xai/grok-4.5", "openai/own", "openai/*"];
  const text = config(
    ...names.map((model) =>
      `model_name: "${model}", litellm_params: {model: "${model}"}`
    ),
  );
  assertEquals(await unpricedIn(text), []);
  const [found] = await unpricedIn(text, MAP && { costMap: MAP });
  assertEquals(
    found?.text,
    "LiteLLM answers 403 for 2 models that its list has no price for: " +
      '"xai/grok-4.5", "openai/own"',
  );
});

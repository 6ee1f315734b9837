import { assertEquals } from "../../support/assert.ts";
import type { Finding } from "../../../lib/warning.ts";
import { examined, type Scene } from "../../support/examined.ts";
import { settingsOf } from "../../support/parts.ts";

/** A wildcard on line 2, with LiteLLM's own lists or the provider's. */
function beside(name: string, params: string, isAsked = true): string {
  return `model_list:
  - {model_name: "${name}", litellm_params: {${params}}}
litellm_settings:
  check_provider_endpoint: ${isAsked}
`;
}

async function twiceIn(text: string, scene?: Scene): Promise<Finding[]> {
  const found = await examined(text, scene);
  return found.filter(({ code }) => code === "listed-twice");
}

Deno.test("a wildcard that lists what the block lists is found, and the hint says how to end it", async () => {
  const text = beside("xai/*", "model: xai/*");
  assertEquals(await twiceIn(text), [{
    code: "listed-twice",
    text: '"xai/*" lists what the block lists, too: 1 model twice in ' +
      "/v1/models, since check_provider_endpoint is true",
    hint: "remove the wildcard or that setting, or write providers: " +
      "{xai: false} in discover.yaml",
    line: 2,
  }]);
  assertEquals(await twiceIn(beside("xai/*", "model: xai/*", false)), []);
});

for (
  const [name, params] of [
    ["lab/*", "model: xai/*"],
    ["xai/grok-*", "model: xai/grok-*"],
    ["gemini/*", "model: gemini/*, api_key: os.environ/SECOND"],
  ] as const
) {
  Deno.test(`${name} for ${params} lists them twice`, async () => {
    assertEquals((await twiceIn(beside(name, params))).length, 1);
  });
}

for (
  const [name, params] of [
    // Without a provider in front LiteLLM lists nothing.
    ["grok-*", "model: xai/grok-*"],
    ["xai/other-*", "model: xai/other-*"],
    ["xai/*", "model: xai/*, api_base: http://lab/v1"],
    ["xai/*", "model: xai/*, litellm_credential_name: mine"],
    // Nobody is asked for these.
    ["groq/*", "model: groq/*"],
    ["anthropic/*", "model: anthropic/*"],
    ["xai/grok-4.5", "model: xai/grok-4.5"],
  ] as const
) {
  Deno.test(`${name} for ${params} lists nothing twice`, async () => {
    assertEquals(await twiceIn(beside(name, params)), []);
  });
}

Deno.test("for all names, the wildcard counts that stands in the model", async () => {
  const text = beside("*", "model: xai/*");
  const settings = { ...settingsOf(), overWildcards: true };
  assertEquals((await twiceIn(text, { settings })).length, 1);
});

Deno.test("OpenRouter is asked by LiteLLM 1.110, and not by 1.108", async () => {
  const text = beside("openrouter/*", "model: openrouter/*");
  const countWith = async (release?: string): Promise<number> => {
    const environment = {
      valueOf: () => undefined,
      mayRead: () => true,
      release,
    };
    return (await twiceIn(text, { environment })).length;
  };
  assertEquals(await countWith("1.108.7"), 0);
  assertEquals(await countWith(undefined), 0);
  assertEquals(await countWith("1.110.2"), 1);
});

/** How LiteLLM calls a model that an entry of the user calls as well. */

import { assertEquals, assertExists } from "../support/assert.ts";
import { modeOf } from "../../lib/catalog/mode.ts";
import { readUserEntries } from "../../lib/config/user_entries.ts";
import { PROVIDERS } from "../../lib/providers/table.ts";

const GATEWAY = "https://gateway.example/v1";

/** The mode of OpenAI's `gpt-77-pro` next to an entry of the user's. */
function modeNextTo(
  params: object,
  { apiBase, mode }: { apiBase?: string; mode?: "responses" | undefined } = {
    mode: "responses",
  },
): string | undefined {
  const provider = PROVIDERS.find(({ id }) => id === "openai");
  assertExists(provider);
  const entry = { model_name: "own", litellm_params: params };
  return modeOf(
    { id: "gpt-77-pro", ...(mode && { mode }) },
    { provider, ...(apiBase && { apiBase }) },
    readUserEntries({ model_list: [entry] }),
  );
}

for (
  const model of ["openai/gpt-77-pro", "gpt-77-pro", "openai/*", "*", "*-pro"]
) {
  Deno.test(`the mode is left out where the user calls ${model} at a gateway`, () => {
    assertEquals(modeNextTo({ model, api_base: GATEWAY }), undefined);
    assertEquals(modeNextTo({ model, base_url: GATEWAY }), undefined);
    const elsewhere = { model, litellm_credential_name: "gateway" };
    assertEquals(modeNextTo(elsewhere), undefined);
  });

  Deno.test(`the mode stays where the user calls ${model} at the provider itself`, () => {
    assertEquals(modeNextTo({ model }), "responses");
    const own = { model, api_base: "https://api.openai.com/v1/" };
    assertEquals(modeNextTo(own), "responses");
    const same = { model, api_base: GATEWAY };
    const both = { apiBase: GATEWAY, mode: "responses" } as const;
    assertEquals(modeNextTo(same, both), "responses");
  });
}

Deno.test("the mode stays where the user calls other models at a gateway", () => {
  for (
    const model of [
      "openai/gpt-77",
      "openrouter/openai/gpt-77-pro",
      "hosted_vllm/gpt-77-pro",
      "hosted_vllm/*",
    ]
  ) {
    assertEquals(modeNextTo({ model, api_base: GATEWAY }), "responses", model);
  }
});

Deno.test("a model that answers chat completions has no mode, whoever calls it", () => {
  assertEquals(modeNextTo({ model: "openai/gpt-77-pro" }, {}), undefined);
});

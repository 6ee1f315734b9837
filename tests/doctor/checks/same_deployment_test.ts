import { assertEquals } from "../../support/assert.ts";
import type { Outcome } from "../../../lib/fetch/outcome.ts";
import type { Finding } from "../../../lib/warning.ts";
import { examined } from "../../support/examined.ts";
import { answered } from "../../support/parts.ts";

async function sameIn(
  text: string,
  outcomes?: readonly Outcome[],
): Promise<Finding[]> {
  const found = await examined(text, { ...(outcomes && { outcomes }) });
  return found.filter(({ code }) => code === "same-deployment");
}

/** As people write it: their own entry of what the block has as well. */
const FIELD = `model_list:
  - model_name: claude-main
    litellm_params:
      model: openrouter/anthropic/claude-sonnet-5
      api_key: os.environ/OPENROUTER_API_KEY
litellm_settings:
  fallbacks: [{claude-main: [claude-fallback]}]
`;

Deno.test("a fallback that is the same model with the same key is found, with one that helps", async () => {
  const [found, ...others] = await sameIn(FIELD);
  assertEquals(others, []);
  assertEquals(
    found?.text,
    'the fallback "claude-fallback" of "claude-main" is the same model with ' +
      "the same key: it fails for the same reason",
  );
  assertEquals(
    found?.hint,
    'name a model of another maker or provider, such as "grok"',
  );
  const other = FIELD.replace("[claude-fallback]", "[grok]");
  assertEquals(await sameIn(other), []);
});

for (
  const [what, from, to] of [
    ["another key", "os.environ/OPENROUTER_API_KEY", "os.environ/SECOND_KEY"],
    [
      "another base",
      "model: open",
      "api_base: http://lab/v1\n      model: open",
    ],
    ["another model", "claude-sonnet-5", "claude-opus-5"],
    ["its own timeout", "model: open", "timeout: 5\n      model: open"],
    [
      "a credential from elsewhere",
      "api_key: os.environ/OPENROUTER_API_KEY",
      "litellm_credential_name: mine",
    ],
    [
      "models in a database",
      "litellm_settings:",
      "general_settings: {store_model_in_db: true}\nlitellm_settings:",
    ],
  ] as const
) {
  Deno.test(`${what} is no same deployment`, async () => {
    assertEquals(await sameIn(FIELD.replace(from, to)), []);
  });
}

Deno.test("LiteLLM's own key, the provider's base and the second section make no difference", async () => {
  const own = FIELD.replace(/ +api_key: .*\n/, "");
  assertEquals((await sameIn(own)).length, 1);
  const base = FIELD.replace(
    "model: open",
    "api_base: https://openrouter.ai/api/v1/\n      model: open",
  );
  assertEquals((await sameIn(base)).length, 1);
  for (
    const key of ["context_window_fallbacks", "content_policy_fallbacks"]
  ) {
    const text = FIELD.replace("fallbacks:", `${key}:`)
      .replace("litellm_settings", "router_settings");
    assertEquals((await sameIn(text)).length, 1, key);
  }
});

Deno.test("an alias is what it resolves to, and a name of the block has its entry", async () => {
  const alias = FIELD.replace("[claude-fallback]", "[short]") +
    "router_settings: {model_group_alias: {short: claude-main}}\n";
  assertEquals((await sameIn(alias)).length, 1);
  const ours = FIELD.replace("{claude-main:", "{claude-sonnet-5:");
  assertEquals((await sameIn(ours)).length, 1);
  const upstream = FIELD.replace(
    "[claude-fallback]",
    "[openrouter/anthropic/claude-sonnet-5]",
  );
  assertEquals((await sameIn(upstream)).length, 1);
});

/** Two entries of the user's, `a` with `b` as its fallback. */
const pair = (a: string, b: string): string =>
  `model_list:
  - {model_name: a, litellm_params: {model: openai/gpt-5, ${a}}}
  - {model_name: b, litellm_params: {model: openai/gpt-5, ${b}}}
litellm_settings:
  fallbacks: [{a: [b]}]
`;

Deno.test("two entries of the user's are the same only if nothing that decides differs", async () => {
  const none: Outcome[] = [];
  const found = async (a: string, b: string): Promise<number> =>
    (await sameIn(pair(a, b), none)).length;
  assertEquals(await found("api_key: k", "api_key: k"), 1);
  assertEquals(await found("api_base: 'http://x/'", "base_url: http://x"), 1);
  assertEquals(await found("order: 1, rpm: 5", "rpm: 5, temperature: 1"), 1);
  assertEquals(await found("api_key: k", "api_key: l"), 0);
  assertEquals(await found("rpm: 5", "rpm: 500"), 0);
  assertEquals(await found("extra_body: {a: 1}", "extra_body: {a: 2}"), 0);
  assertEquals(await found("organization: x", "seed: 1"), 0);
});

Deno.test("a fallback with parameters of its own is another call", async () => {
  for (const more of ["api_key: os.environ/KEY_2", "messages: []"]) {
    const own = FIELD.replace(
      "[claude-fallback]",
      `[{model: claude-main, ${more}}]`,
    );
    assertEquals(await sameIn(own), [], more);
  }
  const plain = FIELD.replace(
    "[claude-fallback]",
    "[{model: claude-fallback}]",
  );
  assertEquals((await sameIn(plain)).length, 1);
});

Deno.test("where either name has one more deployment, the fallback may answer", async () => {
  for (const name of ["a", "b"]) {
    const more = pair("api_key: k", "api_key: k").replace(
      "litellm_settings",
      `  - {model_name: ${name}, litellm_params: {model: xai/grok-4.5}}
litellm_settings`,
    );
    assertEquals(await sameIn(more, []), [], name);
  }
});

Deno.test("the same model of another provider is what helps best", async () => {
  const text = pair("api_key: k", "api_key: k")
    .replaceAll("openai/gpt-5", "anthropic/claude-sonnet-5");
  const outcomes = [
    answered("openrouter", "anthropic/claude-sonnet-5"),
    answered("xai", "grok-4.5"),
  ];
  const [found] = await sameIn(text, outcomes);
  assertEquals(
    found?.hint,
    'name a model of another maker or provider, such as "claude-sonnet-5"',
  );
});

import { assertEquals } from "../support/assert.ts";
import { KeyRing } from "../../lib/keys/key_ring.ts";
import { PROVIDERS } from "../../lib/providers/table.ts";
import { Secret } from "../../lib/text/secret.ts";
import type { Candidate } from "../../lib/settings/enabled.ts";
import { type Misled, misledProviders } from "../../lib/settings/misled.ts";

const ITSELF = "http://localhost:4000";
const OTHER = "http://127.0.0.1:9000/v1";
const MASTER_KEY = "sk-5ecre7-of-the-pr0xy";

/** Who is misled by these variables where the proxy listens on port 4000. */
function misledBy(
  environment: Readonly<Record<string, string>>,
  on: readonly Candidate[] = [],
): Misled[] {
  const proxy = { port: 4000, masterKeys: [new Secret(MASTER_KEY)] };
  return misledProviders(new KeyRing(environment, [], []), proxy, on);
}

Deno.test("misledProviders() leads entries to where their provider is asked", () => {
  const basesOf = (environment: Readonly<Record<string, string>>): string[] =>
    misledBy(environment).map(({ apiBase }) => apiBase);
  const first = { ANTHROPIC_API_BASE: ITSELF };
  assertEquals(basesOf(first), ["https://api.anthropic.com"]);
  assertEquals(basesOf({ ...first, ANTHROPIC_BASE_URL: OTHER }), [OTHER]);
  // Where nobody may be asked LiteLLM shall not send a key, either.
  assertEquals(
    basesOf({ ...first, ANTHROPIC_BASE_URL: "https://elsewhere.example" }),
    ["https://api.anthropic.com"],
  );
  assertEquals(
    basesOf({ ANTHROPIC_API_BASE: OTHER, ANTHROPIC_BASE_URL: ITSELF }),
    [],
  );
});

Deno.test("misledProviders() names the variables at fault, and those with the proxy's own key", () => {
  const found = misledBy({
    GEMINI_API_BASE: ITSELF,
    GOOGLE_API_KEY: MASTER_KEY,
    GEMINI_API_KEY: "a-real-one",
    // A server of one's own is told its base in each entry.
    OLLAMA_API_BASE: ITSELF,
  });
  assertEquals(
    found.map(({ provider, variables, ownKeys }) => [
      provider.id,
      variables,
      ownKeys,
    ]),
    [["gemini", ["GEMINI_API_BASE"], ["GOOGLE_API_KEY"]]],
  );
});

Deno.test("misledProviders() knows the proxy's own key in the variable that key: names, too", () => {
  const keyVariable = "DISCOVER_GEMINI_KEY";
  const on = PROVIDERS.filter(({ id }) => id === "gemini")
    .map((provider) => ({ provider, rules: {}, isNamed: true, keyVariable }));
  const environment = { GEMINI_API_BASE: ITSELF, [keyVariable]: MASTER_KEY };
  const [found] = misledBy(environment, on);
  assertEquals(found?.ownKeys, [keyVariable]);
});

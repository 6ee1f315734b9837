import { assertEquals } from "../support/assert.ts";
import { KeyRing } from "../../lib/keys/key_ring.ts";
import { PROVIDERS } from "../../lib/providers/table.ts";
import { Secret } from "../../lib/text/secret.ts";
import {
  defaultSettings,
  type ProviderSettings,
} from "../../lib/settings/provider_settings.ts";
import {
  findProxyLoops,
  litellmBases,
} from "../../lib/settings/proxy_loops.ts";
import type { ProxyLoop } from "../../lib/catalog/proxy_loop.ts";

const ITSELF = "http://localhost:4000";
const OTHER = "http://127.0.0.1:9000/v1";
const MASTER_KEY = "sk-5ecre7-of-the-pr0xy";

/** Which providers these variables lead back where the proxy listens on port 4000. */
function loopsOf(
  environment: Readonly<Record<string, string>>,
  on: readonly ProviderSettings[] = [],
): ProxyLoop[] {
  const proxy = { port: 4000, masterKeys: [new Secret(MASTER_KEY)] };
  const keys = new KeyRing(environment, [], []);
  const canConnect = (): boolean => false;
  return findProxyLoops(on, { keys, proxy, canConnect, file: undefined });
}

Deno.test("findProxyLoops() leads entries to where their provider is asked", () => {
  const basesOf = (environment: Readonly<Record<string, string>>): string[] =>
    loopsOf(environment).map(({ apiBase }) => apiBase);
  const first = { ANTHROPIC_API_BASE: ITSELF };
  assertEquals(basesOf(first), ["https://api.anthropic.com"]);
  assertEquals(basesOf({ ...first, ANTHROPIC_BASE_URL: OTHER }), [OTHER]);
  // Where no base is allowed LiteLLM must not send a key either.
  assertEquals(
    basesOf({ ...first, ANTHROPIC_BASE_URL: "https://elsewhere.example" }),
    ["https://api.anthropic.com"],
  );
  assertEquals(
    basesOf({ ANTHROPIC_API_BASE: OTHER, ANTHROPIC_BASE_URL: ITSELF }),
    [],
  );
});

Deno.test("findProxyLoops() names the variables at fault, and those with the proxy's own key", () => {
  const found = loopsOf({
    GEMINI_API_BASE: ITSELF,
    GOOGLE_API_KEY: MASTER_KEY,
    GEMINI_API_KEY: "a-real-one",
    // A local server has its base in each entry.
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

Deno.test("findProxyLoops() knows the proxy's own key in the variable that key: names, too", () => {
  const keyVariable = "DISCOVER_GEMINI_KEY";
  const on = PROVIDERS.filter(({ id }) => id === "gemini")
    .map((provider) => ({
      ...defaultSettings(provider),
      isExplicit: true,
      keyVariable,
    }));
  const environment = { GEMINI_API_BASE: ITSELF, [keyVariable]: MASTER_KEY };
  const [found] = loopsOf(environment, on);
  assertEquals(found?.ownKeys, [keyVariable]);
});

Deno.test("litellmBases() has where LiteLLM calls a provider, unless a variable leads elsewhere", () => {
  const environment = {
    XAI_API_BASE: OTHER,
    MISTRAL_AZURE_API_BASE: "https://elsewhere.example/v1",
    GROQ_API_BASE: "no address",
    ANTHROPIC_BASE_URL: ITSELF,
  };
  const proxy = { port: 4000, masterKeys: [] };
  const keys = new KeyRing(environment, [], []);
  const canConnect = (): boolean => false;
  const bases = litellmBases({ keys, proxy, canConnect, file: undefined });
  const baseOf = (id: string): string | undefined => bases.get(id)?.href;
  assertEquals(baseOf("openai"), "https://api.openai.com/v1");
  assertEquals(baseOf("xai"), OTHER);
  for (const id of ["mistral", "groq", "anthropic", "ollama"]) {
    assertEquals(baseOf(id), undefined, id);
  }
});

import { assertEquals } from "../support/assert.ts";
import { KeyRing } from "../../lib/keys/key_ring.ts";
import { PROVIDERS } from "../../lib/providers/table.ts";
import { type Place, placeOf } from "../../lib/settings/base_url.ts";

/** The proxy listens on port 4000. */
const PROXY = { port: 4000, masterKeys: [] };
const ITSELF = "http://localhost:4000";
const OTHER = "http://127.0.0.1:9000/v1";

function anthropicPlace(environment: Readonly<Record<string, string>>): Place {
  const provider = PROVIDERS.find(({ id }) => id === "anthropic");
  if (!provider) throw new Error("no Anthropic in the table");
  return placeOf({ provider }, {
    keys: new KeyRing(environment, [], []),
    file: undefined,
    canConnect: () => false,
    proxy: PROXY,
  });
}

for (
  const [words, bases, expected, passedOver] of [
    [
      "the first variable where the second is the proxy's, which LiteLLM does not reach",
      { ANTHROPIC_API_BASE: OTHER, ANTHROPIC_BASE_URL: ITSELF },
      OTHER,
      [],
    ],
    [
      "the second one where the first is the proxy's",
      { ANTHROPIC_API_BASE: ITSELF, ANTHROPIC_BASE_URL: OTHER },
      OTHER,
      ["ANTHROPIC_API_BASE from the environment"],
    ],
    [
      "its own host where both are the proxy's",
      { ANTHROPIC_API_BASE: ITSELF, ANTHROPIC_BASE_URL: ITSELF },
      "https://api.anthropic.com/",
      [
        "ANTHROPIC_API_BASE from the environment",
        "ANTHROPIC_BASE_URL from the environment",
      ],
    ],
  ] as const
) {
  Deno.test(`placeOf() asks a provider at ${words}`, () => {
    const found = anthropicPlace(bases);
    if (found.kind === "refused") throw new Error(found.failure.reason);
    assertEquals(found.base.href, expected);
    assertEquals(found.passedOver.map(({ source }) => source), [...passedOver]);
  });
}

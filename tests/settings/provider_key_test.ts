import { assert, assertEquals } from "../support/assert.ts";
import { KeyRing } from "../../lib/keys/key_ring.ts";
import { withConfigVariables } from "../../lib/keys/config_variables.ts";
import { PROVIDERS } from "../../lib/providers/table.ts";
import { keyOf } from "../../lib/settings/provider_key.ts";
import { UNKNOWN_PROXY } from "../../lib/settings/this_proxy.ts";

/** What becomes of a provider's key that the config's own section sets. */
function statedKeyOf(id: string, variable: string): string {
  const provider = PROVIDERS.find((one) => one.id === id);
  assert(provider);
  const keys = withConfigVariables(new KeyRing({}, [], []), {
    config: { environment_variables: { [variable]: "5ecre7" } },
    statedIn: () => "environment_variables",
    valueOf: () => undefined,
    mayRead: () => true,
  });
  return keyOf({ provider }, { keys, proxy: UNKNOWN_PROXY }).kind;
}

Deno.test("a key in environment_variables is used where LiteLLM looks for its variable by itself", () => {
  assertEquals(statedKeyOf("minimax", "MINIMAX_API_KEY"), "usable");
  assertEquals(statedKeyOf("vllm", "HOSTED_VLLM_API_KEY"), "usable");
  // LiteLLM does not know the provider: the key would be there too late.
  assertEquals(statedKeyOf("opencode-zen", "OPENCODE_API_KEY"), "late");
});

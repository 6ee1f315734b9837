import { KeyRing } from "../../lib/keys/key_ring.ts";
import { listJson } from "../../lib/commands/list_providers.ts";
import { listedProviders } from "../../lib/settings/listed_provider.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { faultsOf } from "../support/report_schema.ts";

const KEYS = new KeyRing({ OR_API_KEY: "5ecre7" }, [], []);

Deno.test("the list of providers is valid under the schema and holds no key", () => {
  const json = listJson(listedProviders(KEYS, undefined));
  assertEquals(faultsOf(json), "");
  assert(!JSON.stringify(json).includes("5ecre7"));
});

Deno.test("the list of providers says which variable has the key, and who needs one", () => {
  const listed = listedProviders(KEYS, undefined);
  const factsOf = (id: string): unknown => {
    const found = listed.find((provider) => provider.id === id);
    return [found?.isOn, found?.keyFound, found?.needsKey];
  };
  assertEquals(factsOf("openrouter"), [true, "OR_API_KEY", true]);
  assertEquals(factsOf("xai"), [true, undefined, true]);
  assertEquals(factsOf("ollama"), [false, undefined, false]);
});

import { assertEquals, assertThrows } from "./assert.ts";
import { ConfigError } from "../lib/errors.ts";
import { readHandWritten, wildcardFor } from "../lib/hand_written.ts";

const CONFIG = {
  model_list: [
    { model_name: "my-own", litellm_params: { model: "openai/gpt-4o" } },
    {
      model_name: "anthropic/*",
      litellm_params: { model: "anthropic/*" },
    },
    {
      model_name: "limited",
      litellm_params: { model: "xai/grok-4" },
      model_info: { max_input_tokens: 10 },
    },
    { model_name: "grok", model_info: { id: "discover:alias/grok" } },
  ],
  router_settings: { model_group_alias: { short: "my-own" } },
  include: ["models.yaml", 5],
};

Deno.test("readHandWritten() finds names, wildcards, limits and includes", () => {
  const mine = readHandWritten(CONFIG);
  assertEquals([...mine.names], ["my-own", "anthropic/*", "limited", "short"]);
  assertEquals(mine.wildcards, ["anthropic/*"]);
  assertEquals([...mine.limited], ["xai/grok-4"]);
  assertEquals(mine.includes, ["models.yaml"]);
});

Deno.test("readHandWritten() counts entries of ours that lost their markers", () => {
  assertEquals(readHandWritten(CONFIG).strays, 1);
});

Deno.test("readHandWritten() adds the names of included files", () => {
  const included = { model_list: [{ model_name: "from-include" }] };
  const mine = readHandWritten(CONFIG, [included, "not a mapping"]);
  assertEquals(mine.names.has("from-include"), true);
});

Deno.test("readHandWritten() is not misled by names of object methods", () => {
  const mine = readHandWritten({
    model_list: [{ model_name: "constructor" }, "text", null, [1]],
    __proto__: { model_list: [{ model_name: "inherited" }] },
  });
  assertEquals([...mine.names], ["constructor"]);
});

Deno.test("readHandWritten() refuses a config that is no mapping", () => {
  for (const value of [null, [], "text", 5]) {
    assertThrows(() => readHandWritten(value), ConfigError, "no mapping");
  }
});

Deno.test("wildcardFor() finds the wildcard that covers a name", () => {
  const mine = readHandWritten(CONFIG);
  assertEquals(wildcardFor(mine, "anthropic/claude"), "anthropic/*");
  assertEquals(wildcardFor(mine, "grok-4"), undefined);
});

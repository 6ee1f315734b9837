import { assertEquals } from "../support/assert.ts";
import { readUserEntries } from "../../lib/config/user_entries.ts";

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
};

Deno.test("readUserEntries() finds names, wildcards and limits", () => {
  const entries = readUserEntries(CONFIG);
  assertEquals([...entries.names], [
    "my-own",
    "anthropic/*",
    "limited",
    "short",
  ]);
  assertEquals(entries.wildcards, ["anthropic/*"]);
  assertEquals([...entries.limited], ["xai/grok-4"]);
});

Deno.test("readUserEntries() takes a name from a variable, if it has a value", () => {
  const named = (name: string): unknown => ({ model_name: name });
  const entries = readUserEntries(
    {
      model_list: ["os.environ/MAIN", "os.environ/ALL", "os.environ/NONE"]
        .map(named),
    },
    (variable) => ({ MAIN: "claude-main", ALL: "xai/*" })[variable],
  );
  assertEquals([...entries.names], ["claude-main", "xai/*"]);
  assertEquals(entries.wildcards, ["xai/*"]);
});

Deno.test("readUserEntries() finds what else LiteLLM takes for a name", () => {
  const entries = readUserEntries({
    model_list: [{
      model_name: "mine",
      litellm_params: { model: "openai/a", api_key: "written-here" },
      model_info: { id: "my-id", team_public_model_name: "ours-*" },
    }, { litellm_params: { model: "openai/a" } }],
    router_settings: { routing_groups: [{ group_name: "all" }, 5] },
  });
  assertEquals([...entries.otherNames], ["my-id", "ours-*", "all"]);
  assertEquals(entries.wildcards, ["ours-*"]);
  assertEquals([...entries.upstreams], [["openai/a", [
    { key: "written-here", base: undefined, isElsewhere: false },
    { key: undefined, base: undefined, isElsewhere: false },
  ]]]);
});

Deno.test("readUserEntries() is not misled by names of object methods", () => {
  const entries = readUserEntries({
    model_list: [{ model_name: "constructor" }, "text", null, [1]],
    __proto__: { model_list: [{ model_name: "inherited" }] },
  });
  assertEquals([...entries.names], ["constructor"]);
});

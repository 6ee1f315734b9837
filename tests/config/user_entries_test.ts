import { assertEquals } from "../support/assert.ts";
import { readHandWritten } from "../../lib/config/user_entries.ts";

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

Deno.test("readHandWritten() finds names, wildcards and limits", () => {
  const mine = readHandWritten(CONFIG);
  assertEquals([...mine.names], ["my-own", "anthropic/*", "limited", "short"]);
  assertEquals(mine.wildcards, ["anthropic/*"]);
  assertEquals([...mine.limited], ["xai/grok-4"]);
});

Deno.test("readHandWritten() takes a name from a variable, if it has a value", () => {
  const named = (name: string): unknown => ({ model_name: name });
  const mine = readHandWritten(
    {
      model_list: ["os.environ/MAIN", "os.environ/ALL", "os.environ/NONE"]
        .map(named),
    },
    (variable) => ({ MAIN: "claude-main", ALL: "xai/*" })[variable],
  );
  assertEquals([...mine.names], ["claude-main", "xai/*"]);
  assertEquals(mine.wildcards, ["xai/*"]);
});

Deno.test("readHandWritten() finds what else LiteLLM takes for a name", () => {
  const mine = readHandWritten({
    model_list: [{
      model_name: "mine",
      litellm_params: { model: "openai/a", api_key: "written-here" },
      model_info: { id: "my-id", team_public_model_name: "ours-*" },
    }, { litellm_params: { model: "openai/a" } }],
    router_settings: { routing_groups: [{ group_name: "all" }, 5] },
  });
  assertEquals([...mine.otherNames], ["my-id", "ours-*", "all"]);
  assertEquals(mine.wildcards, ["ours-*"]);
  assertEquals([...mine.upstreams], [["openai/a", [
    { key: "written-here", isElsewhere: false },
    { isElsewhere: false },
  ]]]);
});

Deno.test("readHandWritten() is not misled by names of object methods", () => {
  const mine = readHandWritten({
    model_list: [{ model_name: "constructor" }, "text", null, [1]],
    __proto__: { model_list: [{ model_name: "inherited" }] },
  });
  assertEquals([...mine.names], ["constructor"]);
});

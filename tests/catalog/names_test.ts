import { assertEquals } from "../support/assert.ts";
import { NameRegistry, type Skipped } from "../../lib/catalog/names.ts";
import { readUserEntries } from "../../lib/config/user_entries.ts";
import {
  type Entry,
  type EntryFacts,
  renderEntry,
} from "../../lib/block/entry.ts";
import type { JsonObject } from "../../lib/text/fields.ts";

const GROK: EntryFacts = {
  name: "grok-4.5",
  deployment: "xai/grok-4.5",
  model: "xai/grok-4.5",
  keyVariable: "XAI_API_KEY",
};

/** An entry for Grok, as it would be called. */
function entry(facts: Partial<EntryFacts> = {}): Entry {
  return renderEntry({ ...GROK, ...facts });
}

/** The names that are written of an entry and its substitute, and the others. */
function taken(
  config: JsonObject,
  first: Partial<EntryFacts> = {},
  overWildcards = false,
): { names: string[]; skipped: readonly Skipped[] } {
  const registry = new NameRegistry(readUserEntries(config), overWildcards);
  const entries = registry.claim(
    entry(first),
    () => entry({ ...first, name: first.deployment ?? GROK.deployment }),
  );
  return { names: entries.map(({ name }) => name), skipped: registry.skipped };
}

/** A config with entries of these names. */
function named(...names: string[]): Record<string, unknown> {
  return { model_list: names.map((model_name) => ({ model_name })) };
}

/** A config with one entry of another name, and its parameters. */
function other(
  litellm_params: Record<string, string>,
  model_info = {},
): Record<string, unknown> {
  return { model_list: [{ model_name: "mine", litellm_params, model_info }] };
}

const SUBSTITUTE = { names: ["xai/grok-4.5"], skipped: [] };
const PREFERRED = { names: ["grok-4.5"], skipped: [] };

function leftOut(reason: Skipped["reason"]): ReturnType<typeof taken> {
  return { names: [], skipped: [{ name: "grok-4.5", reason }] };
}

Deno.test("a free name is given once", () => {
  const registry = new NameRegistry(readUserEntries({}), false);
  assertEquals(registry.claim(entry()).length, 1);
  assertEquals(registry.claim(entry()).length, 0);
  assertEquals(registry.skipped, [{ name: "grok-4.5", reason: "repeated" }]);
});

Deno.test("a hand-written name is left alone, and no substitute takes its place", () => {
  assertEquals(taken(named("grok-4.5")), leftOut("hand-written"));
});

Deno.test("a model whose name a wildcard answers takes its substitute name", () => {
  assertEquals(taken(named("grok-*")), SUBSTITUTE);
});

Deno.test("a model is left out where wildcards answer the substitute, too", () => {
  assertEquals(taken(named("xai/*", "grok-*")), leftOut("wildcard"));
  assertEquals(taken(named("*")), leftOut("wildcard"));
  assertEquals(taken(named("grok-*", "xai/grok-4.5")), leftOut("wildcard"));
});

Deno.test("a model is left out where a wildcard answers its deployment id", () => {
  assertEquals(taken(named("discover:*")), leftOut("wildcard"));
});

Deno.test("over_wildcards gives the preferred name, never a hand-written one", () => {
  assertEquals(taken(named("*", "xai/*"), {}, true), PREFERRED);
  const config = named("*", "grok-4.5");
  assertEquals(taken(config, {}, true), leftOut("hand-written"));
});

Deno.test("a deployment id, a routing group and a team's name are names to LiteLLM", () => {
  const group = { group_name: "grok-4.5", models: ["mine"] };
  const configs = [
    other({ model: "openai/a" }, { id: "grok-4.5" }),
    other({ model: "openai/a" }, { team_public_model_name: "grok-4.5" }),
    other({ model: "openai/a" }, { team_public_model_name: "grok*" }),
    { router_settings: { routing_groups: [group] } },
  ];
  for (const config of configs) assertEquals(taken(config), SUBSTITUTE);
});

Deno.test("a name that is somebody's upstream model is answered by that entry", () => {
  const config = other({ model: "anthropic/claude-sonnet-5" });
  const claude = {
    name: "anthropic/claude-sonnet-5",
    deployment: "openrouter/anthropic/claude-sonnet-5",
    model: "openrouter/anthropic/claude-sonnet-5",
  };
  assertEquals(taken(config, claude).names, [claude.deployment]);
});

Deno.test("a model with a hand-written entry of the same key is written next to it", () => {
  const model = "xai/grok-4.5";
  for (
    const params of [
      { model },
      { model, api_key: "os.environ/XAI_API_KEY" },
      { model, api_base: "https://api.x.ai/v1/" },
    ]
  ) {
    assertEquals(taken(other(params)), PREFERRED);
    // The substitute is the upstream model's own name, and means the same.
    const config = {
      model_list: [
        { model_name: "grok-*" },
        { model_name: "mine", litellm_params: params },
      ],
    };
    assertEquals(taken(config), SUBSTITUTE);
  }
});

Deno.test("a model whose entry names the provider's own base is written next to one that does so as well", () => {
  const model = "xai/grok-4.5";
  const told = { apiBase: "https://api.x.ai/v1" };
  const base = "https://api.x.ai/v1/";
  assertEquals(taken(other({ model, api_base: base }), told), PREFERRED);
  // This one LiteLLM calls wherever a variable leads.
  assertEquals(taken(other({ model }), told), leftOut("hand-written"));
});

Deno.test("calls by an upstream model's name are not shared with another account", () => {
  const model = "xai/grok-4.5";
  for (
    const params of [
      { model, api_key: "os.environ/XAI_KEY_OF_THE_TEAM" },
      { model, api_key: "written-here" },
      { model, api_base: "http://127.0.0.1:8000/v1" },
      { model, litellm_credential_name: "team" },
    ]
  ) assertEquals(taken(other(params)), leftOut("hand-written"));
  const own = { keyVariable: "DISCOVER_OTHER_KEY" };
  assertEquals(taken(other({ model }), own), leftOut("hand-written"));
});

Deno.test("another account does not matter where nobody's call comes to it by that name", () => {
  const params = { model: "xai/grok-4.5", api_key: "written-here" };
  for (const name of ["xai/grok-4.5", "xai/*"]) {
    const config = {
      model_list: [
        { model_name: name, litellm_params: { model: "xai/grok-4" } },
        { model_name: "mine", litellm_params: params },
      ],
    };
    assertEquals(taken(config), PREFERRED);
  }
});

import { assertEquals, assertExists } from "../support/assert.ts";
import { DEFAULT_ALIASES } from "../../lib/catalog/aliases.ts";
import { buildCatalog } from "../../lib/catalog/catalog.ts";
import type { CatalogInput } from "../../lib/catalog/input.ts";
import {
  countOffered,
  offerOf,
  offersOf,
  type Source,
} from "../../lib/catalog/offer.ts";
import { NO_BLOCK } from "../../lib/block/previous.ts";
import { readUserEntries } from "../../lib/config/user_entries.ts";
import type { Outcome } from "../../lib/fetch/outcome.ts";
import type { Model } from "../../lib/providers/provider.ts";
import { DEFAULT_PROVIDERS as PROVIDERS } from "../../lib/providers/default.ts";
import { PROVIDERS as TABLE } from "../../lib/providers/table.ts";
import { renderEntry } from "../../lib/block/entry.ts";
import type { Section } from "../../lib/block/format.ts";
import { answered, failed } from "../support/parts.ts";

const SOURCES: readonly Source[] = PROVIDERS.map((provider) => ({
  provider,
  rules: {
    include: provider.include,
    exclude: [],
    variants: [],
    keepRetired: false,
  },
  nameTemplate: "{name}",
  keyVariable: provider.keyVariables[0] ?? "",
}));

const TODAY = "2026-11-23";

/** Models of other providers, named as those are. */
function sourceOf(id: string): Source {
  const provider = TABLE.find((one) => one.id === id);
  assertExists(provider);
  return {
    provider,
    rules: { include: ["*"], exclude: [], variants: [], keepRetired: false },
    nameTemplate: "{provider}/{id}",
  };
}

function build(
  outcomes: Outcome[],
  rest: Partial<CatalogInput> = {},
): ReturnType<typeof buildCatalog> {
  const { sources = SOURCES, userEntries = readUserEntries({}) } = rest;
  const { today = TODAY } = rest;
  return buildCatalog({
    sources,
    off: new Set(),
    proxyLoops: [],
    offers: offersOf(outcomes, sources, userEntries, today),
    previous: NO_BLOCK,
    userEntries,
    aliases: DEFAULT_ALIASES,
    ownAliases: new Set(),
    claudeCodeNames: false,
    overWildcards: false,
    today,
    ...rest,
  });
}

function names(sections: readonly Section[], id: string): string[] {
  const section = sections.find((one) => one.id === id);
  return (section?.entries ?? []).map(({ name }) => name);
}

function earlierOf(...sections: Section[]): CatalogInput["previous"] {
  const byId = new Map(sections.map((section) => [section.id, section]));
  return { ...NO_BLOCK, sections: byId };
}

function entry(name: string, model: string): ReturnType<typeof renderEntry> {
  return renderEntry({ name, model, deployment: name });
}

const SONNET = "anthropic/claude-sonnet-5";

Deno.test("buildCatalog() names models by their ids, with the aliases after them", () => {
  const { sections, aliases } = build([
    answered("gemini", "gemini-3.8-flash"),
    answered("openrouter", SONNET),
    answered("xai", "grok-4.5"),
  ]);
  assertEquals(sections.map(({ id }) => id), [
    "openrouter",
    "xai",
    "gemini",
    "aliases",
  ]);
  assertEquals(names(sections, "openrouter"), ["claude-sonnet-5"]);
  assertEquals(aliases, [
    { name: "claude-fallback", target: `openrouter/${SONNET}` },
    { name: "grok", target: "xai/grok-4.5" },
    { name: "gemini", target: "gemini/gemini-3.8-flash" },
    { name: "gemini-flash", target: "gemini/gemini-3.8-flash" },
  ]);
});

Deno.test("buildCatalog() gives the same catalog whoever answered first", () => {
  const outcomes = [answered("xai", "grok-4"), answered("openrouter", SONNET)];
  assertEquals(build(outcomes), build(outcomes.toReversed()));
});

Deno.test("buildCatalog() writes only models that Anthropic made, from OpenRouter", () => {
  const { sections } = build([
    answered("openrouter", SONNET, "openai/gpt-6", "anthracite-org/magnum"),
  ]);
  assertEquals(names(sections, "openrouter"), ["claude-sonnet-5"]);
});

Deno.test("buildCatalog() leaves a name to the entry that is hand-written", () => {
  const userEntries = readUserEntries({
    model_list: [{ model_name: "grok-4.5" }],
    router_settings: { model_group_alias: { grok: "my-own" } },
  });
  const { sections, skipped } = build(
    [answered("xai", "grok-4.5", "grok-4.3")],
    { userEntries },
  );
  assertEquals(names(sections, "xai"), ["grok-4.3"]);
  assertEquals(names(sections, "aliases"), []);
  assertEquals(skipped, [
    { name: "grok-4.5", reason: "hand-written" },
    { name: "grok", reason: "hand-written" },
  ]);
});

/** The names of the block, aliases among them, next to these wildcards. */
function nextTo(
  wildcards: readonly string[],
  rest: Partial<CatalogInput> = {},
): string[] {
  const userEntries = readUserEntries({
    model_list: wildcards.map((model_name) => ({ model_name })),
  });
  const outcomes = [
    answered("openrouter", SONNET),
    answered("xai", "grok-4-mini-fast"),
    answered("gemini", "gemini-3.8-pro"),
  ];
  const { sections } = build(outcomes, { userEntries, ...rest });
  return sections.flatMap(({ entries }) => entries.map(({ name }) => name));
}

const UNDISTURBED = nextTo([]);

/** What wildcards do to the names of the block: gone, and in their place. */
function changesBy(...wildcards: string[]): { gone: string[]; come: string[] } {
  const now = nextTo(wildcards);
  return {
    gone: UNDISTURBED.filter((name) => !now.includes(name)),
    come: now.filter((name) => !UNDISTURBED.includes(name)),
  };
}

Deno.test("buildCatalog() leaves the calls of a hand-written wildcard to it", () => {
  assertEquals(changesBy("anthropic/*"), {
    gone: ["claude-sonnet-5"],
    come: [`openrouter/${SONNET}`],
  });
  assertEquals(changesBy("anthropic/*", "openrouter/*"), {
    gone: ["claude-sonnet-5"],
    come: [],
  });
  assertEquals(changesBy("xai/*", "grok-*"), {
    gone: ["grok-4-mini-fast"],
    come: [],
  });
  assertEquals(changesBy("*-mini"), { gone: ["grok-4-mini-fast"], come: [] });
  assertEquals(changesBy("xai/*"), { gone: [], come: [] });
});

Deno.test("buildCatalog() leaves out an alias that a wildcard answers", () => {
  assertEquals(changesBy("gemini-*"), {
    gone: ["gemini-3.8-pro", "gemini-pro"],
    come: ["gemini/gemini-3.8-pro"],
  });
  assertEquals(changesBy("claude-*"), {
    gone: ["claude-sonnet-5", "claude-fallback"],
    come: [`openrouter/${SONNET}`],
  });
  assertEquals(changesBy("vertex_ai/*"), {
    gone: ["gemini-3.8-pro"],
    come: ["gemini/gemini-3.8-pro"],
  });
});

Deno.test("buildCatalog() writes nothing next to a wildcard for everything, and says so", () => {
  assertEquals(nextTo(["*"]), []);
  assertEquals(nextTo(["*/*"]), []);
  const userEntries = readUserEntries({ model_list: [{ model_name: "*" }] });
  const { skipped } = build([answered("xai", "grok-4")], { userEntries });
  assertEquals(skipped, [
    { name: "grok-4", reason: "wildcard" },
    { name: "grok", reason: "wildcard" },
  ]);
});

Deno.test("buildCatalog() goes over wildcards only when told to, whatever a name looks like", () => {
  assertEquals(nextTo(["*"], { overWildcards: true }), UNDISTURBED);
  const sources = SOURCES.map((source) => ({
    ...source,
    nameTemplate: "mine-{id}",
  }));
  assertEquals(nextTo(["*", "mine-*"], { sources }), []);
});

Deno.test("buildCatalog() keeps the section and the aliases of a provider that failed", () => {
  const xai = { id: "xai", entries: [entry("grok-4", "xai/grok-4")] };
  const aliases = { id: "aliases", entries: [entry("grok", "xai/grok-4")] };
  const { sections, carriedOver } = build(
    [failed("xai"), answered("openrouter", SONNET)],
    { previous: earlierOf(xai, aliases) },
  );
  assertEquals(sections.find(({ id }) => id === "xai"), xai);
  assertEquals(names(sections, "aliases"), ["claude-fallback", "grok"]);
  assertEquals([...carriedOver], ["xai"]);
});

Deno.test("buildCatalog() keeps the section of a provider that was not asked", () => {
  const xai = { id: "xai", entries: [entry("grok-4", "xai/grok-4")] };
  const { sections } = build([answered("openrouter", SONNET)], {
    previous: earlierOf(xai),
  });
  assertEquals(names(sections, "xai"), ["grok-4"]);
});

Deno.test("buildCatalog() drops the section of a provider that is off", () => {
  const xai = { id: "xai", entries: [entry("grok-4", "xai/grok-4")] };
  const { sections } = build([answered("openrouter", SONNET)], {
    previous: earlierOf(xai),
    sources: SOURCES.filter(({ provider }) => provider.id !== "xai"),
    off: new Set(["xai"]),
  });
  assertEquals(names(sections, "xai"), []);
});

Deno.test("buildCatalog() keeps the section of a provider that no setting names any more", () => {
  const lab = { id: "lab", entries: [entry("lab/a", "hosted_vllm/a")] };
  const { sections, carriedOver } = build([answered("openrouter", SONNET)], {
    previous: earlierOf(lab),
  });
  assertEquals(names(sections, "lab"), ["lab/a"]);
  assertEquals([...carriedOver], ["lab"]);
});

Deno.test("buildCatalog() removes a name from a carried section that is hand-written by now", () => {
  const xai = {
    id: "xai",
    entries: [entry("grok-4", "xai/grok-4"), entry("grok-5", "xai/grok-5")],
  };
  const userEntries = readUserEntries({
    model_list: [{ model_name: "grok-4" }],
  });
  const { sections } = build([failed("xai")], {
    previous: earlierOf(xai),
    userEntries,
  });
  assertEquals(names(sections, "xai"), ["grok-5"]);
});

Deno.test("buildCatalog() keeps the old hash of an edited section that it carries over", () => {
  const statedHash = "0123456789ab";
  const entries = [entry("grok-4", "xai/grok-4")];
  const previous = earlierOf({ id: "xai", entries, statedHash });
  const { sections } = build([failed("xai")], { previous });
  assertEquals(sections[0]?.statedHash, statedHash);
});

Deno.test("buildCatalog() forgets an edit of the aliases when all of them are made anew", () => {
  const entries = [entry("grok", "xai/grok-4")];
  const statedHash = "0123456789ab";
  const previous = earlierOf({ id: "aliases", entries, statedHash });
  const hashAfter = (outcome: Outcome): string | undefined =>
    build([outcome], { previous }).sections
      .find(({ id }) => id === "aliases")?.statedHash;
  assertEquals(hashAfter(failed("xai")), statedHash);
  assertEquals(hashAfter(answered("xai", "grok-4")), undefined);
});

Deno.test("buildCatalog() removes from a carried section what a wildcard answers by now", () => {
  const entries = [entry("grok-4", "xai/grok-4"), entry("fast", "xai/fast")];
  const statedHash = "0123456789ab";
  const xai = { id: "xai", entries, statedHash };
  const lab = { id: "lab", entries: [entry("grok-lab", "hosted_vllm/a")] };
  const aliases = {
    id: "aliases",
    entries: [entry("grok", "xai/grok-4")],
    statedHash,
  };
  const previous = earlierOf(xai, lab, aliases);
  const left = (wildcard: string): readonly (readonly [string, string[]])[] => {
    const userEntries = readUserEntries({
      model_list: [{ model_name: wildcard }],
    });
    const { sections } = build([failed("xai")], { previous, userEntries });
    return sections.map(({ id, entries, statedHash }) =>
      [
        `${id}${statedHash ? ", edited" : ""}`,
        entries.map(({ name }) => name),
      ] as const
    );
  };
  assertEquals(left("grok-*"), [
    ["xai, edited", ["fast"]],
    ["lab", []],
    ["aliases, edited", ["grok"]],
  ]);
  // Where nothing is left, no edit is left either.
  assertEquals(left("*"), [["xai", []], ["lab", []]]);
});

Deno.test("countOffered() counts what hand-written names and wildcards leave", () => {
  const userEntries = readUserEntries({
    model_list: [{ model_name: "grok-4" }, { model_name: "*-mini" }],
  });
  const outcome = answered("xai", "grok-4", "grok-4-mini", "grok-5");
  const offer = offerOf(outcome, SOURCES, userEntries, TODAY);
  assertEquals(countOffered(offer, userEntries, false), 1);
  assertEquals(countOffered(offer, userEntries, true), 2);
  const nothing = offerOf(failed("xai"), SOURCES, userEntries, TODAY);
  assertEquals(countOffered(nothing, userEntries, false), 0);
});

Deno.test("buildCatalog() leaves limits to the hand-written entry of the same model", () => {
  const model: Model = { id: "grok-4", maxInputTokens: 1000 };
  const limited = readUserEntries({
    model_list: [{
      model_name: "mine",
      litellm_params: { model: "xai/grok-4" },
      model_info: { max_input_tokens: 5 },
    }],
  });
  const linesOf = (userEntries?: CatalogInput["userEntries"]): string => {
    const { sections } = build(
      [answered("xai", model)],
      userEntries && { userEntries },
    );
    const [first] = sections[0]?.entries ?? [];
    assertExists(first);
    return first.lines.join("\n");
  };
  assertEquals(linesOf().includes("max_input_tokens: 1000"), true);
  assertEquals(linesOf(limited).includes("max_input_tokens"), false);
});

Deno.test("buildCatalog() gives aliases a second name for an older LiteLLM when told to", () => {
  const { sections } = build([
    answered("openrouter", SONNET),
    answered("xai", "grok-4"),
  ], { claudeCodeNames: true });
  assertEquals(names(sections, "aliases"), [
    "claude-fallback",
    "grok",
    "claude/grok",
  ]);
});

Deno.test("buildCatalog() drops an alias whose provider answered without its family", () => {
  const aliases = { id: "aliases", entries: [entry("grok", "xai/grok-4")] };
  const { sections } = build([answered("xai", "grok-build-0.1")], {
    previous: earlierOf(aliases),
  });
  assertEquals(names(sections, "aliases"), []);
});

Deno.test("buildCatalog() tells what an alias does not follow, and its last day", () => {
  const pro = { id: "gemini-2.5-pro", endsOn: "2026-12-01" };
  const aliasOn = (today: string): unknown => {
    const outcome = answered("gemini", pro, "gemini-3.1-pro-preview");
    const { aliases } = build([outcome], { today });
    return aliases.find(({ name }) => name === "gemini-pro");
  };
  const name = "gemini-pro";
  assertEquals(aliasOn("2026-10-31"), {
    name,
    target: "gemini/gemini-2.5-pro",
    endsOn: "2026-12-01",
  });
  const moved = {
    name,
    target: "gemini/gemini-3.1-pro-preview",
    passedOver: { model: "gemini/gemini-2.5-pro", endsOn: "2026-12-01" },
  };
  // The day after its last, too: then nothing else would say why.
  for (const today of ["2026-11-01", "2026-12-01", "2026-12-02"]) {
    assertEquals(aliasOn(today), moved, today);
  }
});

Deno.test("buildCatalog() offers a model to the end of its last day, aliases with it", () => {
  const model: Model = { id: "gemini-2.5-pro", endsOn: "2026-12-01" };
  const namesOn = (today: string): string[] => {
    const { sections } = build([answered("gemini", model)], { today });
    return sections.flatMap(({ entries }) => entries.map(({ name }) => name));
  };
  const all = ["gemini-2.5-pro", "gemini", "gemini-pro"];
  assertEquals(namesOn("2026-12-01"), all);
  assertEquals(namesOn("2026-12-02"), []);
});

Deno.test("buildCatalog() writes the last day of a model, and the name of what follows it", () => {
  const model: Model = {
    id: "gemini-2.5-pro",
    endsOn: "2026-12-01",
    successor: "gemini-3.8-flash",
  };
  const { sections } = build([answered("gemini", model)]);
  const lines = sections.flatMap(({ entries }) =>
    entries.map(({ lines }) => lines.slice(-2))
  );
  assertEquals(lines.length, 3);
  for (const last of lines) {
    assertEquals(last, [
      '    deprecation_date: "2026-12-01"',
      '    successor_model: "gemini-3.8-flash"',
    ]);
  }
});

Deno.test("buildCatalog() names what follows a model as it names the model", () => {
  const nameTemplate = "{provider}/{id}";
  const sources = SOURCES.map((source) => ({ ...source, nameTemplate }));
  const model: Model = {
    id: "grok-4",
    endsOn: "2027-01-01",
    successor: "grok-5",
  };
  const { sections } = build([answered("xai", model)], { sources });
  assertEquals(
    sections[0]?.entries[0]?.lines.at(-1),
    '    successor_model: "xai/grok-5"',
  );
});

/** Gemini's section of an earlier run, and the alias `gemini-pro` of that. */
function earlierPro(
  target: string,
  ...models: Model[]
): CatalogInput["previous"] {
  const entryAs = (
    name: string,
    id: string,
  ): ReturnType<typeof renderEntry> => {
    const endsOn = models.find((model) => model.id === id)?.endsOn;
    const deployment = `gemini/${name}`;
    return renderEntry({ name, model: `gemini/${id}`, deployment, endsOn });
  };
  return earlierOf(
    { id: "gemini", entries: models.map(({ id }) => entryAs(id, id)) },
    { id: "aliases", entries: [entryAs("gemini-pro", target)] },
  );
}

for (
  const [words, models, target, expected] of [
    [
      "stays where nothing tells of an end",
      [{ id: "gemini-8-pro" }, { id: "gemini-9-pro" }],
      "gemini-8-pro",
      "gemini-8-pro",
    ],
    [
      "leaves a model that is dying by the table",
      [{ id: "gemini-2.5-pro" }, { id: "gemini-3.1-pro-preview" }],
      "gemini-2.5-pro",
      "gemini-3.1-pro-preview",
    ],
    [
      "leaves a model that is dying by its own entry",
      [{ id: "gemini-8-pro", endsOn: "2026-12-01" }, { id: "gemini-7-pro" }],
      "gemini-8-pro",
      "gemini-7-pro",
    ],
    [
      "stays where all are dying",
      [
        { id: "gemini-8-pro", endsOn: "2026-12-11" },
        { id: "gemini-7-pro", endsOn: "2026-12-01" },
      ],
      "gemini-8-pro",
      "gemini-8-pro",
    ],
    [
      "stays where the section has no other",
      [{ id: "gemini-3.8-flash" }],
      "gemini-2.5-pro",
      "gemini-2.5-pro",
    ],
  ] as const
) {
  Deno.test(`an alias whose provider does not answer ${words}`, () => {
    const previous = earlierPro(target, ...models);
    const { sections } = build([failed("gemini")], { previous });
    const before = [...previous.sections.values()][0];
    assertEquals(sections[0], before);
    const aliases = sections.find(({ id }) => id === "aliases")?.entries ?? [];
    assertEquals(
      aliases.map(({ name, model }) => [name, model]),
      [["gemini-pro", `gemini/${expected}`]],
    );
    if (expected === target) {
      assertEquals(aliases, previous.sections.get("aliases")?.entries);
    }
  });
}

/** The lines of the alias `gemini-pro`, and the model that they name. */
function proOf(
  { sections }: ReturnType<typeof buildCatalog>,
): readonly string[] {
  const aliases = sections.find(({ id }) => id === "aliases")?.entries ?? [];
  return aliases.find(({ name }) => name === "gemini-pro")?.lines ?? [];
}

Deno.test("an alias that moves within an earlier list is called as the entry there is", () => {
  const entries = [renderEntry({
    ...{ name: "gemini-9-pro", model: "gemini/gemini-9-pro" },
    ...{ deployment: "gemini/gemini-9-pro", mode: "responses" },
  })];
  const previous = earlierOf(
    { id: "gemini", entries },
    { id: "aliases", entries: [entry("gemini-pro", "gemini/gemini-2.5-pro")] },
  );
  const lines = proOf(build([failed("gemini")], { previous }));
  assertEquals(lines.includes('    model: "gemini/gemini-9-pro"'), true);
  assertEquals(lines.includes('    mode: "responses"'), true);
});

const LEFT = "gemini-2.5-pro";
const MOVED = "gemini-3.1-pro-preview";

Deno.test("an alias that moves within an earlier list is called with the key and base of that", () => {
  const entryAs = (name: string, id: string): ReturnType<typeof renderEntry> =>
    renderEntry({
      ...{ name, model: `gemini/${id}`, deployment: name },
      ...{ keyVariable: "GEMINI_API_KEY", apiBase: "https://example.com/v1" },
    });
  const previous = earlierOf(
    { id: "gemini", entries: [entryAs(LEFT, LEFT), entryAs(MOVED, MOVED)] },
    { id: "aliases", entries: [entryAs("gemini-pro", LEFT)] },
  );
  const sources = SOURCES.map(({ keyVariable: _, ...source }) => source);
  const lines = proOf(build([], { previous, sources }));
  assertEquals(lines.slice(2, 5), [
    `    model: "gemini/${MOVED}"`,
    '    api_key: "os.environ/GEMINI_API_KEY"',
    '    api_base: "https://example.com/v1"',
  ]);
});

Deno.test("an alias that moves within an earlier list does not call the proxy itself", () => {
  const provider = TABLE.find(({ id }) => id === "gemini");
  assertExists(provider);
  const proxyLoops = [{
    ...{ provider, source: "GEMINI_API_BASE", variables: ["GEMINI_API_BASE"] },
    ...{ apiBase: "https://gemini.example/v1beta", ownKeys: [] },
    unsureKeys: [],
  }];
  const previous = earlierPro(LEFT, { id: LEFT }, { id: MOVED });
  const lines = proOf(build([], { previous, proxyLoops }));
  assertEquals(lines.slice(2, 5), [
    `    model: "gemini/${MOVED}"`,
    '    api_key: "os.environ/GOOGLE_API_KEY"',
    '    api_base: "https://gemini.example/v1beta"',
  ]);
});

Deno.test("an alias does not move to a model of an earlier list that the settings exclude", () => {
  const sources = SOURCES.map((source) => ({
    ...source,
    rules: { ...source.rules, exclude: ["*-preview"] },
  }));
  const previous = earlierPro(LEFT, { id: LEFT }, { id: MOVED });
  const lines = proOf(build([], { previous, sources }));
  assertEquals(lines[2], `    model: "gemini/${LEFT}"`);
});

/** The sources with the same rules for what a model may cost. */
function pricedSources(rules: Partial<Source["rules"]>): Source[] {
  return SOURCES.map((source) => ({
    ...source,
    rules: { ...source.rules, ...rules },
  }));
}

Deno.test("an alias follows the newest model that is not too dear", () => {
  const price = { input: 3, output: 15 };
  const models = [{ id: "grok-5", price }, "grok-4.5"];
  const targetsWith = (rules: Partial<Source["rules"]>): string[] =>
    build([answered("xai", ...models)], { sources: pricedSources(rules) })
      .aliases.map(({ target }) => target);
  assertEquals(targetsWith({}), ["xai/grok-5"]);
  assertEquals(targetsWith({ maxPrice: { output: 5 } }), ["xai/grok-4.5"]);
  assertEquals(targetsWith({ free: "only" }), []);
});

Deno.test("an alias may move within an earlier list, which states no prices", () => {
  const previous = earlierPro(LEFT, { id: LEFT }, { id: MOVED });
  for (const rules of [{ free: "only" }, { maxPrice: { input: 0 } }] as const) {
    const sources = pricedSources(rules);
    const lines = proOf(build([failed("gemini")], { previous, sources }));
    assertEquals(lines[2], `    model: "gemini/${MOVED}"`);
  }
});

Deno.test("an alias stays where a price leaves its model out and its provider is silent", () => {
  const previous = earlierPro("gemini-9-pro", { id: "gemini-9-pro" });
  const sources = pricedSources({ free: "only", maxPrice: { input: 0 } });
  const { sections } = build([failed("gemini")], { previous, sources });
  assertEquals(sections, [...previous.sections.values()]);
});

Deno.test("an alias stays at a model whose capitals alone changed, whoever else is silent", () => {
  const aliases = [{
    ...PRO_OR_GROK,
    families: PRO_OR_GROK.families.toReversed(),
  }];
  const previous = earlierOf(
    { id: "xai", entries: [entry("grok-4.5", "xai/grok-4.5")] },
    { id: "aliases", entries: [entry("gemini-pro", "gemini/gemini-9-Pro")] },
  );
  const outcomes = [answered("gemini", "gemini-9-pro"), failed("xai")];
  const { aliases: found } = build(outcomes, { aliases, previous });
  assertEquals(found.map(({ target }) => target), ["gemini/gemini-9-Pro"]);
});

Deno.test("an alias does not move to a model of an earlier list that ends before its own", () => {
  const previous = earlierPro(LEFT, {
    id: "gemini-8-pro",
    endsOn: "2026-11-29",
  });
  const lines = proOf(build([], { previous }));
  assertEquals(lines[2], `    model: "gemini/${LEFT}"`);
});

/** Gemini's Pro; where there is none, a Grok. */
const PRO_OR_GROK = {
  name: "gemini-pro",
  families: [
    { provider: "gemini", glob: "gemini-*-pro" },
    { provider: "xai", glob: "grok-*" },
  ],
};
const DYING_PRO: Model = { id: LEFT, endsOn: "2026-12-01" };

for (
  const [words, grok, expected] of [
    ["is at a dying model rather than nowhere", [], `gemini/${LEFT}`],
    [
      "is at the living model of an earlier list",
      [entry("grok-4.5", "xai/grok-4.5")],
      "xai/grok-4.5",
    ],
  ] as const
) {
  Deno.test(`a new alias whose second provider does not answer ${words}`, () => {
    const catalog = build([answered("gemini", DYING_PRO), failed("xai")], {
      aliases: [PRO_OR_GROK],
      previous: earlierOf({ id: "xai", entries: [...grok] }),
    });
    assertEquals(catalog.aliases.map(({ target }) => target), [expected]);
  });
}

Deno.test("an alias leaves a model that the answer calls dying or lacks, whoever else is silent", () => {
  const aliases = [{
    ...PRO_OR_GROK,
    families: PRO_OR_GROK.families.toReversed(),
  }];
  const previous = earlierOf(
    { id: "xai", entries: [entry("grok-4.5", "xai/grok-4.5")] },
    { id: "aliases", entries: [entry("gemini-pro", "gemini/gemini-9-pro")] },
  );
  const targetWith = (...models: Model[]): string | undefined =>
    build([answered("gemini", ...models), failed("xai")], { aliases, previous })
      .aliases[0]?.target;
  const pro: Model = { id: "gemini-9-pro" };
  assertEquals(targetWith(pro), "gemini/gemini-9-pro");
  assertEquals(targetWith({ ...pro, endsOn: "2026-12-01" }), "xai/grok-4.5");
  assertEquals(targetWith({ ...pro, endsOn: "2026-11-01" }), "xai/grok-4.5");
  assertEquals(targetWith({ id: "gemini-9-flash" }), "xai/grok-4.5");
});

Deno.test("buildCatalog() has an alias for every family of OpenRouter's Claudes, of a new one, too", () => {
  const outcomes = [answered(
    "openrouter",
    "anthropic/claude-3.5-haiku",
    "anthropic/claude-opus-5",
    "anthropic/claude-saga-6",
    SONNET,
    "x-ai/claude-like-1",
  )];
  const { sections, aliases } = build(outcomes);
  assertEquals(aliases, [
    { name: "claude-fallback", target: `openrouter/${SONNET}` },
    {
      name: "claude-haiku-fallback",
      target: "openrouter/anthropic/claude-3.5-haiku",
    },
    {
      name: "claude-opus-fallback",
      target: "openrouter/anthropic/claude-opus-5",
    },
    {
      name: "claude-saga-fallback",
      target: "openrouter/anthropic/claude-saga-6",
    },
  ]);
  // Without OpenRouter's list they stay as they were.
  const later = build([failed("openrouter"), answered("xai", "grok-4")], {
    previous: earlierOf(...sections),
  });
  assertEquals(
    names(later.sections, "aliases"),
    [...names(sections, "aliases"), "grok"],
  );
});

Deno.test("buildCatalog() keeps families apart whose names begin alike", () => {
  const first = build([
    answered(
      "openrouter",
      "anthropic/claude-son-1",
      "anthropic/claude-3.5-sonnet",
      SONNET,
    ),
  ]);
  const aliases = [
    { name: "claude-fallback", target: `openrouter/${SONNET}` },
    {
      name: "claude-son-fallback",
      target: "openrouter/anthropic/claude-son-1",
    },
  ];
  assertEquals(first.aliases, aliases);
  const later = build([failed("openrouter"), answered("xai", "other")], {
    previous: earlierOf(...first.sections),
  });
  assertEquals(later.aliases, aliases);
});

Deno.test("buildCatalog() leaves the alias of a family to the user who decides on it", () => {
  const { aliases } = build(
    [answered("openrouter", "anthropic/claude-opus-5")],
    {
      ownAliases: new Set(["claude-opus-fallback"]),
    },
  );
  assertEquals(aliases, []);
});

Deno.test("buildCatalog() says in a list what an alias follows, and whose model another is", () => {
  const sources = [...SOURCES, sourceOf("groq"), sourceOf("together")];
  const fast = {
    name: "fast",
    families: [{ provider: "groq", glob: "llama-*" }],
    isExplicit: true,
  };
  const { sections } = build([
    answered("openrouter", SONNET),
    answered("xai", "grok-4.5", { id: "grok-other", displayName: "Grok 4.5" }),
    answered("groq", "llama-4"),
    answered("together", { id: "meta/llama-4", displayName: "Llama 4" }),
  ], { sources, aliases: [...DEFAULT_ALIASES, fast], claudeCodeNames: true });
  const shown = sections.flatMap(({ entries }) =>
    entries.map(({ displayName }) => displayName)
  );
  assertEquals(shown, [
    "Claude Sonnet 5 (OpenRouter)",
    "Grok 4.5",
    "Grok 4.5 (grok-other)",
    "llama-4 (Groq)",
    "Llama 4 (Together)",
    "Claude Sonnet, newest (OpenRouter)",
    "Grok, newest",
    "Grok, newest (claude/grok)",
    "fast, newest (Groq)",
    "fast, newest (Groq) (claude/fast)",
  ]);
});

Deno.test("buildCatalog() shows no text that an entry of the user shows", () => {
  const userEntries = readUserEntries({
    model_list: [{
      model_name: "mine",
      model_info: { display_name: "Grok 4" },
    }],
  });
  const { sections } = build([answered("xai", "grok-4")], { userEntries });
  assertEquals(sections[0]?.entries[0]?.displayName, "Grok 4 (grok-4)");
});

/** What is shown for models that xAI calls by these words. */
function shownFor(...words: string[]): (string | undefined)[] {
  const models = words.map((displayName, at) => ({
    id: `grok-${at + 1}`,
    displayName,
  }));
  const { sections } = build([answered("xai", ...models)], { aliases: [] });
  return sections.flatMap(({ entries }) =>
    entries.map(({ displayName }) => displayName)
  );
}

Deno.test("buildCatalog() shows a provider's words as one harmless line, or else the id", () => {
  assertEquals(
    shownFor("Grok \u001b[31m\n{env:HOME}", "os.environ/XAI_API_KEY"),
    ["Grok 31m env:HOME", "Grok 2"],
  );
});

Deno.test("buildCatalog() shows no text twice, whatever the providers' words are", () => {
  assertEquals(shownFor("Grok (grok-3)", "Grok", "Grok"), [
    "Grok (grok-3)",
    "Grok",
    "Grok (grok-3) (grok-3)",
  ]);
});

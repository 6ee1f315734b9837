import { assertEquals } from "../support/assert.ts";
import type { ReadAs } from "../../lib/doctor/input.ts";
import { advise } from "../../lib/advice/advice.ts";
import { readConfig, withIncludes } from "../../lib/config/config.ts";
import { followIncludes } from "../../lib/config/includes.ts";
import { Lines } from "../../lib/config/lines.ts";
import { examine } from "../../lib/doctor/doctor.ts";
import type { Outcome } from "../../lib/fetch/outcome.ts";
import { planRefresh } from "../../lib/commands/plan.ts";
import type { Model } from "../../lib/providers/provider.ts";
import { Secret } from "../../lib/text/secret.ts";
import { KeyRing } from "../../lib/keys/key_ring.ts";
import type { Warning } from "../../lib/warning.ts";
import { readDiscoverFile } from "../../lib/settings/file.ts";
import { resolveSettings, type Settings } from "../../lib/settings/settings.ts";
import {
  answered,
  bytesOf,
  failed,
  flagsOf,
  KEYS,
  MINE,
  planOf,
  settingsOf,
  withGrok,
} from "../support/parts.ts";

const SONNET = "anthropic/claude-sonnet-5";
const ALL: readonly Outcome[] = [
  answered("openrouter", SONNET),
  answered("xai", "grok-4.5"),
  answered("gemini", "gemini-3.8-flash"),
];

/** The advice for a config: its codes, its lines, and the texts. */
async function adviceOn(
  config: string | Uint8Array,
  outcomes: readonly Outcome[] = ALL,
  readAs: ReadAs = "utf-8 here",
  settings: Settings = settingsOf(),
): Promise<Advice> {
  const bytes = typeof config === "string" ? bytesOf(config) : config;
  const alone = await readConfig(bytes);
  const includes = await followIncludes(alone.userConfig, {
    configPath: "config.yaml",
    workingDir: () => "/",
    read: () => Promise.resolve(undefined),
  });
  const read = withIncludes(alone, includes);
  const { previous } = read;
  const plan = await planRefresh(read, previous, settings, outcomes);
  if (!plan.catalog) throw new Error("no catalog");
  const { catalog } = plan;
  const lines = new Lines(read, bytes);
  const facts = { config: read, lines, settings, outcomes };
  const ours = catalog.sections.flatMap(({ entries }) => entries);
  const warnings: readonly Warning[] = [
    ...advise({ ...facts, previous, catalog }),
    ...examine({ ...facts, bytes, readAs, ours }),
  ];
  return {
    codes: warnings.map(({ code }) => code),
    lines: warnings.map(({ line }) => line),
    texts: warnings.map(({ text }) => text),
    hints: warnings.map(({ hint }) => hint),
  };
}

interface Advice {
  readonly codes: string[];
  readonly lines: (number | undefined)[];
  readonly texts: string[];
  readonly hints: (string | undefined)[];
}

Deno.test("advise() has nothing to say about a config in good order", async () => {
  const text = `${MINE}  fallbacks: [{mine: [claude-fallback, grok-4.5]}]\n`;
  assertEquals((await adviceOn(text)).codes, []);
});

Deno.test("advise() says once that wildcards answer everything, and the way out", async () => {
  const nextTo = (...names: string[]): string =>
    `${MINE}general_settings: {}
`.replace(
      "model_list:",
      ["model_list:"].concat(names.map((name) =>
        `  - {model_name: "${name}", litellm_params: {model: "openai/*"}}`
      )).join("\n"),
    );
  const one = await adviceOn(nextTo("*"));
  assertEquals(one.codes, ["all-covered"]);
  assertEquals(one.lines, [2]);
  assertEquals(one.texts, [
    'no models were added: your wildcard "*" already answers calls to their names',
  ]);
  assertEquals(one.hints, [
    "set over_wildcards: true in discover.yaml to add them anyway; " +
    "they then take those calls",
  ]);
  const many = await adviceOn(
    nextTo("g*", "nothing-*", "*/claude*", "c*", "*/g*", "disc*"),
  );
  assertEquals(many.texts, [
    "no models were added: your wildcards " +
    '"*/claude*", "g*" already answer calls to their names',
  ]);
  assertEquals(many.lines, [2]);
  assertEquals((await adviceOn(nextTo("disc*"))).texts, [
    'no models were added: your wildcard "disc*" already answers calls to their names',
  ]);
  assertEquals((await adviceOn(nextTo("g*", "gemini/*"))).codes, []);
});

/** A config with one entry of the user's own. */
Deno.test("advise() says of filters that leave only models that were shut down that they do", async () => {
  const file = await readDiscoverFile(
    "providers: { gemini: { exclude: [gemini-3*] } }",
    "discover.yaml",
  );
  const settings = resolveSettings(flagsOf(), new KeyRing(KEYS, [], []), {
    file,
    today: "2026-12-02",
  });
  const gone = { id: "gemini-2.5-pro", endsOn: "2026-12-01" };
  const outcomes = [answered("gemini", gone, "gemini-3.8-flash")];
  const { codes, texts } = await adviceOn(MINE, outcomes, "utf-8", settings);
  assertEquals([codes[0], texts[0]], [
    "all-retired",
    "Gemini: every model that passes its filters was shut down",
  ]);
});

/** What is said of xAI's filters next to these models, each with its hint. */
async function saidOfFilters(
  rules: string,
  ...models: (string | Model)[]
): Promise<(readonly [text: string | undefined, hint: string | undefined])[]> {
  const text = `providers: { xai: { ${rules} } }`;
  const file = await readDiscoverFile(text, "discover.yaml");
  const keys = new KeyRing(KEYS, [], []);
  const settings = resolveSettings(flagsOf(), keys, { file });
  const outcomes = [answered("xai", ...models)];
  const said = await adviceOn(MINE, outcomes, "utf-8", settings);
  return said.codes.flatMap((code, at) =>
    code === "no-match" ? [[said.texts[at], said.hints[at]] as const] : []
  );
}

Deno.test("advise() names the filters that leave nothing", async () => {
  const model = {
    id: "grok-4.5",
    maxInputTokens: 8,
    price: { input: 3, output: 15 },
  };
  const hintFor = async (rules: string): Promise<unknown> => {
    const [said, ...more] = await saidOfFilters(rules, model);
    return [said?.[0], said?.[1], more.length];
  };
  const text = "xAI: no model passes all of its filters";
  for (
    const [rules, names] of [
      ["exclude: grok-*", "exclude"],
      ["exclude: grok-*, min_context: 9", "exclude and min_context"],
      ["free: only", "include and free"],
      ["max_price: 5", "include and max_price"],
      [
        "exclude: '*5', min_context: 9, max_price: 5, free: only",
        "include, exclude, min_context, max_price and free",
      ],
    ] as const
  ) {
    const hint = `check ${names} in discover.yaml`;
    assertEquals(await hintFor(rules), [text, hint, 0], rules);
  }
});

Deno.test("advise() does not ask for variants: [free] next to free: only", async () => {
  const price = { input: 0, output: 0 };
  const model = { id: "grok-4.5:free", variant: "free", price };
  assertEquals(await saidOfFilters("free: only", model), []);
  assertEquals(
    await saidOfFilters("free: only", { ...model, id: "grok-9" }),
    [],
  );
});

Deno.test("advise() names a glob of exclude that matches nothing, and what comes near", async () => {
  const models = ["grok-4.5", "grok-4.5-mini", { id: "grok-5", variant: "x" }];
  const rules = 'exclude: ["grok-*-mini", "grok-5", "gork-4*", "qwen-*"]';
  assertEquals(await saidOfFilters(rules, ...models), [
    [
      'xAI: no model matches "gork-4*" under exclude',
      "closest ids: grok-4.5, grok-4.5-mini",
    ],
    [
      'xAI: no model matches "qwen-*" under exclude',
      "if those models no longer exist, remove it from exclude",
    ],
  ]);
});

Deno.test("advise() names a glob of for: that matches nothing, and what comes near", async () => {
  const rules =
    'for: { "grok-4*": { params: { rpm: 1 } }, "gork-4*": {}, "qwen-*": {} }';
  assertEquals(await saidOfFilters(rules, "grok-4.5"), [
    ['xAI: no model matches "gork-4*" under for:', "closest ids: grok-4.5"],
    [
      'xAI: no model matches "qwen-*" under for:',
      "if those models no longer exist, remove it from for:",
    ],
  ]);
});

Deno.test("advise() names a variant that no model has, and what there is", async () => {
  const models = [
    "grok-4.5",
    { id: "grok-4.5:free", variant: "free" },
    { id: "grok-4.5-latest", variant: "latest" },
  ];
  const rules = "variants: [free, lattest, thinking]";
  assertEquals(await saidOfFilters(rules, ...models), [
    ['xAI: no model has the variant "lattest"', "did you mean latest?"],
    [
      'xAI: no model has the variant "thinking"',
      "its models have: free, latest",
    ],
  ]);
  assertEquals(await saidOfFilters("variants: free", "grok-4.5"), [
    ['xAI: no model has the variant "free"', undefined],
  ]);
});

Deno.test("advise() warns of an alias whose model ends within 30 days, since there is no other", async () => {
  const only: Model = { id: "grok-4.5", endsOn: "2026-12-01" };
  const textsOn = async (
    today: string,
    ...models: Model[]
  ): Promise<readonly string[]> => {
    const settings = { ...settingsOf(), today };
    const outcomes = [answered("xai", ...models)];
    return (await adviceOn(MINE, outcomes, "utf-8", settings)).texts;
  };
  const warning = "grok-4.5 will be shut down on 2026-12-01; grok points to " +
    "it, because no other model that it can follow lasts longer";
  assertEquals(await textsOn("2026-10-31", only), []);
  assertEquals(await textsOn("2026-11-01", only), [warning]);
  assertEquals(await textsOn("2026-12-01", only), [warning]);
  // Its last day is over: it is not offered any more.
  const gone = await textsOn("2026-12-02", only);
  assertEquals(gone.filter((text) => text.includes("shut down on")), []);
  assertEquals(await textsOn("2026-11-01", only, { id: "grok-4.1" }), []);
});

Deno.test("advise() takes the end of a model for that of its own provider alone", async () => {
  const file = await readDiscoverFile("providers: { anthropic: {} }", "x");
  const keys = new KeyRing({ ...KEYS, ANTHROPIC_API_KEY: "key-4" }, [], []);
  const settings = resolveSettings(flagsOf(), keys, {
    ...{ file, today: "2026-11-27" },
  });
  const outcomes = [
    answered("openrouter", "anthropic/claude-sonnet-9"),
    answered("anthropic", { id: "claude-sonnet-9", endsOn: "2026-12-01" }),
  ];
  const { texts } = await adviceOn(MINE, outcomes, "utf-8", settings);
  assertEquals(texts.filter((text) => text.includes("shut down")), []);
});

Deno.test("advise() warns of an alias that stays at a dying model since its provider is silent", async () => {
  const only: Model = { id: "grok-4.5", endsOn: "2026-12-01" };
  const plan = await planOf(MINE, [answered("xai", only)]);
  const textsOn = async (today: string): Promise<readonly string[]> => {
    const outcomes = [answered("gemini", "gemini-9-flash"), failed("xai")];
    const settings = { ...settingsOf(), today };
    return (await adviceOn(plan.bytes, outcomes, "utf-8", settings)).texts;
  };
  const rest = "shut down on 2026-12-01; grok points to it, because no " +
    "other model that it can follow lasts longer";
  assertEquals(await textsOn("2026-10-31"), []);
  assertEquals(await textsOn("2026-12-01"), [`grok-4.5 will be ${rest}`]);
  assertEquals(await textsOn("2026-12-02"), [`grok-4.5 was ${rest}`]);
});

Deno.test("advise() tells an empty choice from one that is all shut down", async () => {
  const none = await adviceOn(MINE, [answered("xai", "other-1")]);
  assertEquals(none.codes, ["no-match"]);
  const retired = { id: "grok-3", retired: true };
  const all = await adviceOn(MINE, [answered("xai", retired)]);
  assertEquals(all.codes, ["all-retired"]);
});

Deno.test("advise() tells an alias that never matched from one whose models are all shut down", async () => {
  const file = await readDiscoverFile("aliases: { fast: xai grok-3* }", "x");
  const settings = resolveSettings(flagsOf(), new KeyRing(KEYS, [], []), {
    file,
  });
  const textsWith = async (id: string): Promise<readonly string[]> => {
    const outcomes = [answered("xai", "grok-4.5", { id, retired: true })];
    return (await adviceOn(MINE, outcomes, "utf-8", settings)).texts;
  };
  assertEquals(await textsWith("grok-2"), [
    'alias "fast": no model matches xai grok-3*',
  ]);
  assertEquals(await textsWith("grok-3-mini"), [
    'alias "fast": every model that matches xai grok-3* was shut down',
  ]);
});

Deno.test("advise() tells of edits in the block and of damaged sections", async () => {
  const text = await withGrok();
  const edited = await adviceOn(text.replace("xai/grok", "xai/groq"));
  assertEquals(edited.codes, ["block-edited"]);
  assertEquals(edited.hints, [
    "a run that overwrites it keeps a copy; to make an edit last, put it into " +
    "discover.yaml or outside the block",
  ]);
  const damaged = await adviceOn(
    text.replace('"discover:xai/grok-4.5"', "mine"),
  );
  assertEquals(damaged.codes, ["block-edited", "section-damaged"]);
});

Deno.test("advise() says that a key of Anthropic's is of no use, until somebody decides", async () => {
  const keys = { ...KEYS, ANTHROPIC_API_KEY: "key-4" };
  const codesWith = async (yaml: string, config = MINE): Promise<string[]> => {
    const file = await readDiscoverFile(yaml, "discover.yaml");
    const ring = new KeyRing(keys, [], []);
    const settings = resolveSettings(flagsOf(), ring, { file });
    return (await adviceOn(config, ALL, "utf-8", settings)).codes;
  };
  assertEquals(await codesWith(""), ["idle-key"]);
  assertEquals(await codesWith("providers: { anthropic: {} }"), []);
  assertEquals(await codesWith("providers: { anthropic: false }"), []);
  const wildcard = MINE.replace("mine", "anthropic/*");
  assertEquals(await codesWith("", wildcard), []);
  assertEquals(await codesWith("over_wildcards: true", wildcard), ["idle-key"]);
  assertEquals((await adviceOn(MINE)).codes, []);
  const proxy = { masterKeys: [new Secret("key-4")] };
  const own = resolveSettings(flagsOf(), new KeyRing(keys, [], []), { proxy });
  assertEquals((await adviceOn(MINE, ALL, "utf-8", own)).codes, []);
});

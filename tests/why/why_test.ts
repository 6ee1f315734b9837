/**
 * Each reason of `--why`, made from answers as providers send them.
 *
 * @module
 */

import {
  assert,
  assertEquals,
  assertStringIncludes,
} from "../support/assert.ts";
import { explain } from "../../lib/why/why.ts";
import type { WhyInput } from "../../lib/why/input.ts";
import { planRefresh } from "../../lib/commands/plan.ts";
import { withLifecycles } from "../../lib/commands/collect.ts";
import { readConfig, withIncludes } from "../../lib/config/config.ts";
import { followIncludes } from "../../lib/config/includes.ts";
import { Lines } from "../../lib/config/lines.ts";
import type { Outcome } from "../../lib/fetch/outcome.ts";
import { boundToKey } from "../../lib/fetch/key_bound.ts";
import { namesIn, readRows } from "../../lib/fetch/rows.ts";
import { KeyRing } from "../../lib/keys/key_ring.ts";
import { LIFECYCLE_DATE } from "../../lib/providers/lifecycle_table.ts";
import { XAI as XAI_PROVIDER } from "../../lib/providers/default/xai.ts";
import { PROVIDERS } from "../../lib/providers/table.ts";
import type { Explanation, Reason } from "../../lib/why/reasons.ts";
import { readDiscoverFile } from "../../lib/settings/file.ts";
import { resolveSettings } from "../../lib/settings/settings.ts";
import { isJsonObject } from "../../lib/text/fields.ts";
import { faultsOf } from "../support/report_schema.ts";
import { readCatalog } from "../support/stand_in_providers.ts";
import {
  answered,
  bytesOf,
  failed,
  flagsOf,
  KEYS,
  textOf,
} from "../support/parts.ts";

const TODAY = "2026-11-28";

/** What a run is about, apart from the name. */
interface Scene {
  readonly config?: string;
  /** Other files, by the paths under which the config includes them. */
  readonly files?: Readonly<Record<string, string>>;
  /** The text of `discover.yaml`. */
  readonly settings?: string;
  readonly argv?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly outcomes?: readonly Outcome[];
}

const CONFIG = `model_list:
  - model_name: mine
    litellm_params:
      model: openai/my-own-gpt
`;

/** A provider that lists these rows. */
function lists(id: string, ...rows: readonly object[]): Outcome {
  const provider = PROVIDERS.find((one) => one.id === id);
  if (!provider) throw new Error(`no provider "${id}"`);
  const base = new URL(provider.defaultBase);
  const listing = { provider, base, include: ["*"], localNames: [] };
  const list = readRows(listing, rows);
  return withLifecycles({
    ...{ kind: "answered", provider: id, elapsedMs: 5 },
    ...{ ...list, listing: rows },
  });
}

/** xAI's answer with a key that may call these models. */
function boundTo(
  allowed: readonly string[],
  { models }: { readonly models: readonly object[] },
): Outcome {
  const list = lists("xai", ...models);
  assert(list.kind === "answered");
  return {
    ...list,
    ...boundToKey(XAI_PROVIDER, list, {
      kind: "limited",
      allows: (name) => allowed.includes(name),
    }),
  };
}

/** OpenRouter's rows as it has them. */
function router(id: string, more: object = {}): object {
  return { id, canonical_slug: id, ...more };
}

const OPENROUTER = lists(
  "openrouter",
  router("anthropic/claude-sonnet-5"),
  router("anthropic/claude-haiku-4.5", {
    canonical_slug: "anthropic/claude-4.5-haiku-20251001",
  }),
  router("anthropic/claude-sonnet-5:free"),
  router("anthropic/claude-sonnet-5:batch"),
  router("~anthropic/claude-sonnet-latest"),
  router("openai/gpt-5.5"),
  router("google/gemini-3-pro-image", {
    architecture: { output_modalities: ["image"] },
  }),
  router("anthropic/claude-odd", { canonical_slug: "openai/gpt-9" }),
);
const XAI = lists(
  "xai",
  { id: "grok-4.5", aliases: ["grok-4.5-latest", "grok-build-latest"] },
  { id: "grok-4.3" },
  { id: "grok-imagine-image", image_price: 2 },
  { id: "grok 5" },
);

/** In cents per 100 million tokens, as xAI has it. */
function priced(id: string, input: number, output: number): object {
  const [prompt, completion] = [input * 10_000, output * 10_000];
  return {
    id,
    prompt_text_token_price: prompt,
    completion_text_token_price: completion,
  };
}

const PRICED = lists(
  "xai",
  priced("grok-dear", 5, 25),
  priced("grok-mute", 0, 2),
  priced("grok-gift", 0, 0),
  { id: "grok-4.5" },
);

function gemini(id: string, ...methods: readonly string[]): object {
  return { name: `models/${id}`, supportedGenerationMethods: methods };
}

const GEMINI = lists(
  "gemini",
  gemini("gemini-3.8-flash", "generateContent"),
  gemini("gemini-3.5-flash", "generateContent"),
  gemini("gemini-2.0-flash", "generateContent"),
  gemini("gemma-4-31b-it", "generateContent"),
  gemini("gemini-embedding-2", "embedContent"),
);
const ALL = [OPENROUTER, XAI, GEMINI];

/** A run up to its plan, as `--why` makes it; `text` is the config after it. */
async function planned(
  scene: Scene,
): Promise<{
  readonly text: string;
  readonly input: Omit<WhyInput, "name">;
}> {
  const { argv = [], env = KEYS, outcomes = ALL } = scene;
  const file = scene.settings === undefined
    ? undefined
    : await readDiscoverFile(scene.settings, "discover.yaml");
  const alone = await readConfig(bytesOf(scene.config ?? CONFIG));
  const config = withIncludes(
    alone,
    await followIncludes(alone.userConfig, {
      configPath: "config.yaml",
      workingDir: () => "/",
      read: (path) => {
        const found = scene.files?.[path];
        return Promise.resolve(
          found === undefined ? undefined : bytesOf(found),
        );
      },
    }),
  );
  const keys = new KeyRing(env, [], [".env"]);
  const options = { file, today: TODAY };
  const settings = resolveSettings(flagsOf(...argv), keys, options);
  const { previous } = config;
  const plan = outcomes.some(({ kind }) => kind === "answered")
    ? await planRefresh(config, previous, settings, outcomes)
    : undefined;
  return {
    text: textOf(plan?.bytes ?? config.bytes),
    input: {
      ...{ config, settings, previous, outcomes, settingsFile: file },
      lines: new Lines(config, config.bytes),
      catalog: plan?.catalog,
      valueOf: () => undefined,
    },
  };
}

async function explained(
  name: string,
  scene: Scene = {},
): Promise<Explanation> {
  const explanation = explain({ ...(await planned(scene)).input, name });
  const exitCode = explanation.inBlock ? 0 : 5;
  const report = { ...REPORT, exitCode, ...explanation };
  assertEquals(faultsOf(JSON.parse(JSON.stringify(report))), "");
  return explanation;
}

/** What `--json` has around an explanation. */
const REPORT = {
  ...{ schemaVersion: 1, kind: "why", version: "1.0.0", config: "config.yaml" },
};

/** The first reason for a name, in words with its kind in front. */
async function reasonFor(name: string, scene: Scene = {}): Promise<string> {
  const { reasons: [first] } = await explained(name, scene);
  return first ? inWords(first) : "";
}

function inWords(reason: Reason): string {
  return `${reason.reason}: ${reason.message}`;
}

/** Two providers that call their models alike. */
const TWO_ALIKE = `providers:
  xai: { name: "x-{id}", include: "*" }
  gemini: { name: "x-{id}", include: "*" }
`;

/** xAI's list, of which its key may call one model. */
const BOUND_XAI = boundTo(["grok-code"], {
  models: [
    { id: "grok-4.5", aliases: ["grok-build-latest"] },
    { id: "grok-4.3" },
    { id: "grok-code" },
  ],
});

/** Every reason that there may be, by the name and the scene that give it. */
const REASONS: readonly (readonly [string, string, Scene, string])[] = [
  [
    "the provider and LiteLLM's own name of a model of the block",
    "claude-sonnet-5",
    {},
    "in-block: OpenRouter's anthropic/claude-sonnet-5",
  ],
  [
    "the last day of a model",
    "grok-4.5",
    {
      outcomes: [answered("xai", { id: "grok-4.5", endsOn: "2027-01-31" })],
    },
    "in-block: xAI's grok-4.5, whose last day is 2027-01-31",
  ],
  [
    "that a model answers through the Responses API alone",
    "openai/gpt-5.4-pro",
    {
      outcomes: [lists("openai", { id: "gpt-5.4-pro" })],
      settings: "providers:\n  openai: {}\n",
      env: { OPENAI_API_KEY: "sk-0penai" },
    },
    "in-block: OpenAI's gpt-5.4-pro, which answers through the Responses API alone",
  ],
  [
    "that a name is the second one of a model",
    "claude-haiku-4-5-20251001",
    {},
    "in-block: OpenRouter's anthropic/claude-haiku-4.5",
  ],
  [
    "that a model has a substitute name since its own is taken",
    "openrouter/anthropic/claude-sonnet-5",
    { config: CONFIG.replace("name: mine", "name: claude-sonnet-5") },
    "in-block: OpenRouter's anthropic/claude-sonnet-5, so called because claude-sonnet-5 is taken",
  ],
  [
    "what a default alias follows",
    "grok",
    {},
    "alias: a default alias for the newest of xai grok-[0-9]*, now xai/grok-4.5",
  ],
  [
    "which line of discover.yaml sets an alias",
    "fast",
    { settings: "timeout: 2s\naliases:\n  fast: gemini gemini-*-flash\n" },
    'alias: the alias on line 3 of "discover.yaml" for the newest of gemini gemini-*-flash, now gemini/gemini-3.8-flash',
  ],
  [
    "on which line a name is taken by hand",
    "mine",
    {},
    "by-hand: taken by hand on line 2, which calls openai/my-own-gpt",
  ],
  [
    "that an alias of discover's is taken by hand",
    "grok",
    { config: CONFIG.replace("name: mine", "name: grok") },
    "by-hand: taken by hand on line 2, which calls openai/my-own-gpt",
  ],
  [
    "which included file has a name",
    "theirs",
    {
      config: `include: [more.yaml]\n${CONFIG}`,
      files: {
        "more.yaml":
          "# theirs\nmodel_list:\n  - model_name: theirs\n    litellm_params:\n      model: openai/x\n",
      },
    },
    'by-hand: taken by hand on line 3 of "more.yaml", which calls openai/x',
  ],
  [
    "that a name is in model_group_alias",
    "quick",
    {
      config:
        `${CONFIG}router_settings:\n  model_group_alias:\n    quick: mine\n`,
    },
    "by-hand: taken by hand on line 7 (model_group_alias), which calls mine",
  ],
  [
    "that a name is the id of an entry",
    "my-id",
    { config: `${CONFIG}    model_info: { id: my-id }\n` },
    "by-hand: taken by hand on line 5 (model_info.id), which calls openai/my-own-gpt",
  ],
  [
    "that a name is a team's",
    "ours",
    { config: `${CONFIG}    model_info: { team_public_model_name: ours }\n` },
    "by-hand: taken by hand on line 5 (model_info.team_public_model_name), which calls openai/my-own-gpt",
  ],
  [
    "that a name is a routing group's",
    "group",
    {
      config:
        `${CONFIG}router_settings:\n  routing_groups:\n    - { group_name: group, models: [mine] }\n`,
    },
    "by-hand: taken by hand on line 7 (routing_groups)",
  ],
  [
    "which of the user's entries calls a model with another key",
    "grok-4.3",
    {
      config: CONFIG.replace(
        "openai/my-own-gpt",
        "xai/grok-4.3\n      api_key: os.environ/MY_KEY",
      ),
    },
    'by-hand: your entry "mine" on line 4 calls xai/grok-4.3, and a second one would share its calls',
  ],
  [
    "which wildcard covers a name that would be added",
    "grok-4.5",
    { config: CONFIG.replace("name: mine", 'name: "grok-*"') },
    'wildcard: your wildcard "grok-*" on line 2 answers calls to it',
  ],
  [
    "which wildcard covers a name that nobody lists",
    "openai/gpt-7",
    { config: CONFIG.replace("name: mine", 'name: "openai/*"') },
    'wildcard: your wildcard "openai/*" on line 2 answers calls to it',
  ],
  [
    "which name is meant by one in capitals",
    "Grok-4.5",
    {},
    "other-case: names are case-sensitive",
  ],
  [
    "which line turns an alias off",
    "grok",
    { settings: "aliases:\n  grok: false\n" },
    'alias: line 2 of "discover.yaml" turns this alias off',
  ],
  [
    "that no model matches an alias",
    "fast",
    { settings: "aliases:\n  fast: xai grok-9*\n" },
    'alias: the alias on line 2 of "discover.yaml" for the newest of xai grok-9*, which matches no model of this run',
  ],
  [
    "since when a listed model is shut down, and what follows it",
    "gemini-2.0-flash",
    {},
    `retired: Gemini shut it down on 2026-06-01 (as known on ${LIFECYCLE_DATE})`,
  ],
  [
    "since when a model is shut down that nobody lists any more",
    "claude-3-opus-20240229",
    {},
    `retired: Anthropic shut it down on 2026-01-05 (as known on ${LIFECYCLE_DATE})`,
  ],
  [
    "since when a Claude is shut down that OpenRouter has no more",
    "openrouter/anthropic/claude-3.7-sonnet",
    {},
    `retired: Anthropic shut down claude-3-7-sonnet-latest on 2026-02-19 (as known on ${LIFECYCLE_DATE})`,
  ],
  [
    "the end that the provider itself states",
    "old",
    {
      settings: "providers: { groq: {}, mistral: {} }",
      env: { ...KEYS, MISTRAL_API_KEY: "key-4" },
      outcomes: [
        ...ALL,
        lists("mistral", {
          id: "old",
          capabilities: { completion_chat: true },
          deprecation: "2026-02-03T12:00:00Z",
        }),
      ],
    },
    "retired: Mistral shut it down on 2026-02-03 (by its own list)",
  ],
  [
    "that include does not match",
    "grok-4.3",
    { settings: "providers:\n  xai:\n    include:\n      - grok-4.5*\n" },
    'filtered: xAI lists it, but include has only grok-4.5* (line 3 of "discover.yaml")',
  ],
  [
    "which glob of exclude matches, and its line",
    "grok-4.3",
    {
      settings:
        "providers:\n  xai:\n    exclude:\n      - nothing\n      - grok-4.3*\n",
    },
    'filtered: xAI lists it, but exclude has grok-4.3* (line 5 of "discover.yaml")',
  ],
  [
    "that a limit leaves a model out",
    "grok-4.3",
    { settings: "providers:\n  xai: { limit: 1 }\n" },
    'filtered: xAI lists it, but limit: 1 takes only the newest (line 2 of "discover.yaml")',
  ],
  [
    "that a model takes fewer tokens than min_context",
    "grok-small",
    {
      settings: "providers:\n  xai:\n    min_context: 100000\n",
      outcomes: [
        lists("xai", { id: "grok-4.5" }, {
          id: "grok-small",
          context_length: 8000,
        }),
      ],
    },
    'filtered: xAI lists it, but it takes 8000 tokens, and min_context is 100000 (line 3 of "discover.yaml")',
  ],
  ...([
    [
      "that a model costs more than max_price",
      "grok-dear",
      "max_price: 15",
      "it costs $25 per million output tokens, and max_price is 15",
    ],
    [
      "that a model costs more than its part of max_price",
      "grok-dear",
      "max_price: { input: 4.5 }",
      "it costs $5 per million input tokens, and max_price is 4.5",
    ],
    [
      "that a model is not free",
      "grok-dear",
      "free: only",
      "it costs $5 per million input tokens, and free: only takes what costs nothing",
    ],
    [
      "that a model's answers are not free",
      "grok-mute",
      "free: only",
      "it costs $2 per million output tokens, and free: only takes what costs nothing",
    ],
    [
      "that nobody knows whether a model is free",
      "grok-4.5",
      "free: only",
      "its list states no price for it, and free: only takes what costs nothing",
    ],
    [
      "that a model is free",
      "grok-gift",
      "free: never",
      "it costs nothing, and free: never leaves that out",
    ],
  ] as const).map(([words, name, rule, reason]): typeof REASONS[number] => [
    words,
    name,
    {
      settings: `providers:\n  xai:\n    ${rule}\n`,
      outcomes: [PRICED],
    },
    `filtered: xAI lists it, but ${reason} (line 3 of "discover.yaml")`,
  ]),
  [
    "that a provider's default leaves a model out",
    "gemma-4-31b-it",
    {},
    "filtered: Gemini lists it, but only gemini-* is taken from it by default",
  ],
  [
    "that a model is another maker's",
    "gpt-5.5",
    {},
    "other-maker: OpenRouter lists openai/gpt-5.5, but only Anthropic's models are taken from it by default",
  ],
  [
    "that a model is a variant",
    "anthropic/claude-sonnet-5:free",
    {},
    'variant: OpenRouter lists it, but as a variant ("free"), added only on request',
  ],
  [
    "that a floating name is a variant",
    "claude-sonnet-latest",
    {},
    'variant: OpenRouter lists ~anthropic/claude-sonnet-latest, but as a variant ("latest"), added only on request',
  ],
  [
    "that a model makes images",
    "grok-imagine-image",
    {},
    "not-chat: xAI lists it, but it makes images, and only chat models are added",
  ],
  [
    "that a model makes images, as its row says",
    "google/gemini-3-pro-image",
    {},
    "not-chat: OpenRouter lists it, but it makes images, and only chat models are added",
  ],
  [
    "that a model makes embeddings",
    "gemini/gemini-embedding-2",
    {},
    "not-chat: Gemini lists gemini-embedding-2, but it makes embeddings, and only chat models are added",
  ],
  [
    "that a model answers batch requests alone",
    "anthropic/claude-sonnet-5:batch",
    {},
    "not-chat: OpenRouter lists it, but it answers batch requests alone, and only chat models are added",
  ],
  [
    "that a row names two makers",
    "claude-odd",
    {},
    "ambiguous-maker: OpenRouter lists anthropic/claude-odd, but its row names another maker",
  ],
  [
    "that no config may hold an id",
    "grok 5",
    {},
    "malformed: xAI lists it, but an id like that is written into no config",
  ],
  [
    "that a name is another one of a listed model",
    "grok-build-latest",
    {},
    "other-name: xAI lists it as another name of grok-4.5",
  ],
  [
    "that another model has the name, and an entry its substitute",
    "discover:gemini/same",
    {
      config: CONFIG.replace("name: mine", "name: gemini/same"),
      settings: TWO_ALIKE,
      outcomes: [
        lists("xai", { id: "same" }),
        lists("gemini", gemini("same", "generateContent")),
      ],
    },
    "taken: Gemini lists same, but the name x-same belongs to xai/same",
  ],
  [
    "which line disables a provider",
    "grok-4.5",
    { settings: "providers:\n  xai: false\n", outcomes: [OPENROUTER, GEMINI] },
    'turned-off: xAI is disabled (line 2 of "discover.yaml")',
  ],
  [
    "that --only left a provider out",
    "grok-4.5",
    { argv: ["--only", "gemini"], outcomes: [GEMINI] },
    "not-asked: xAI was left out by --only",
  ],
  [
    "why a provider failed",
    "grok-4.5",
    { outcomes: [OPENROUTER, failed("xai"), GEMINI] },
    "provider-failed: no list from xAI: timed out after 2 s",
  ],
  [
    "that a provider's list is doubted",
    "grok-4.5",
    {
      outcomes: [OPENROUTER, {
        ...{ kind: "failed", provider: "xai", elapsedMs: 5 },
        failure: { reason: "shrunk", counts: { listed: 1, earlier: 40 } },
      }],
    },
    "provider-failed: xAI: model list has only 1 model, down from 40",
  ],
  [
    "which variables have no key",
    "gemini-3.8-flash",
    { env: { XAI_API_KEY: "key-2" }, outcomes: [XAI] },
    "no-key: Gemini: no key in GOOGLE_API_KEY or GEMINI_API_KEY",
  ],
  [
    "that nobody was asked",
    "no-such-thing",
    {
      settings: "providers: { openrouter: false, xai: false, gemini: false }",
      outcomes: [],
    },
    "not-listed: no provider was asked",
  ],
  [
    "which provider an alias waits for",
    "fast",
    {
      settings: "providers: { groq: {} }\n" +
        "aliases:\n  fast: [groq llama-*, gemini gemini-*-flash]\n",
    },
    'alias: the alias on line 3 of "discover.yaml" for the newest of groq llama-* ' +
    "(or of 1 more glob), which waits for Groq's list",
  ],
  [
    "what Gemini calls models/NAME",
    "models/gemini-3.8-flash",
    {},
    "in-block: Gemini's gemini-3.8-flash",
  ],
  [
    "that nobody lists it",
    "no-such-thing",
    {},
    "not-listed: none of OpenRouter, xAI, Gemini lists it",
  ],
  [
    "that a model is not for the key",
    "grok-4.3",
    { outcomes: [BOUND_XAI] },
    "not-for-key: xAI lists it, but its key may not call it",
  ],
  [
    "that a model is not for the key, whichever of its names is asked about",
    "grok-build-latest",
    { outcomes: [BOUND_XAI] },
    "not-for-key: xAI lists grok-4.5, but its key may not call it",
  ],
];

for (const [what, name, scene, expected] of REASONS) {
  Deno.test(`explain() says ${what}`, async () => {
    assertEquals(await reasonFor(name, scene), expected);
  });
}

Deno.test("explain() leads from an alias without a model to what leaves its newest match out", async () => {
  const settings = "providers:\n  xai: { exclude: grok-* }\n";
  const { reasons: [alias] } = await explained("grok", { settings });
  assertEquals(
    alias?.hint,
    "run discover --why grok-4.5: it says why the newest match is left out",
  );
  const { reasons: [filter] } = await explained("grok-4.5", { settings });
  assertEquals([filter?.reason, filter?.line], ["filtered", 2]);
});

for (
  const name of [
    "anthropic/claude-sonnet-5",
    "openrouter/anthropic/claude-sonnet-5",
    "discover:openrouter/anthropic/claude-sonnet-5",
  ]
) {
  Deno.test(`explain() finds the name in the block of ${name}`, async () => {
    const { inBlock, names } = await explained(name);
    assertEquals([inBlock, names], [true, ["claude-sonnet-5"]]);
  });
}

Deno.test("explain() tells the block as a run would leave it from the block as it is", async () => {
  const before = await explained("grok-4.5");
  assertEquals([before.inBlock, before.onDisk], [true, false]);
  const { text: config } = await planned({});
  const after = await explained("grok-4.5", { config });
  assertEquals([after.inBlock, after.onDisk], [true, true]);
  const settings = "providers:\n  xai: { exclude: grok-4.5 }\n";
  const dropped = await explained("grok-4.5", { config, settings });
  assertEquals([dropped.inBlock, dropped.onDisk], [false, true]);
  assertEquals(dropped.reasons.map(({ reason }) => reason), ["filtered"]);
});

Deno.test("explain() takes a model that a run would rename for one that is not there yet", async () => {
  const { text: config } = await planned({});
  const settings = 'providers:\n  openrouter: { name: "or/{name}" }\n';
  const { names, inBlock, onDisk } = await explained(
    "openrouter/anthropic/claude-sonnet-5",
    { config, settings },
  );
  assertEquals(names, ["or/claude-sonnet-5"]);
  assertEquals([inBlock, onDisk], [true, false]);
});

Deno.test("explain() says that a section is kept, and why its provider gave no list", async () => {
  const { text: config } = await planned({});
  for (const outcomes of [[failed("xai"), GEMINI], [failed("xai")]]) {
    const { inBlock, reasons } = await explained("grok-4.5", {
      ...{ config, outcomes },
      env: { XAI_API_KEY: "key-2", GEMINI_API_KEY: "key-3" },
    });
    assertEquals(inBlock, true);
    assertEquals(reasons.map(inWords), [
      "in-block: xAI's grok-4.5, kept from an earlier run",
      "provider-failed: no list from xAI: timed out after 2 s",
    ]);
  }
});

Deno.test("explain() says of an alias that it is kept only where a provider before its target gave no list", async () => {
  const settings = "aliases:\n  fast: [xai grok-*, gemini gemini-*-flash]\n";
  const { text: config } = await planned({ settings });
  const kindsFor = async (
    ...outcomes: readonly Outcome[]
  ): Promise<string[]> => {
    const scene = { config, settings, outcomes };
    return (await explained("fast", scene)).reasons.map(({ reason }) => reason);
  };
  assertEquals(await kindsFor(XAI, failed("gemini")), ["alias"]);
  assertEquals(await kindsFor(failed("xai"), GEMINI), [
    "alias",
    "provider-failed",
  ]);
});

Deno.test("explain() names a wildcard that answers an alias without a target", async () => {
  const { reasons } = await explained("fast", {
    config: CONFIG.replace("name: mine", 'name: "f*"'),
    settings: "aliases:\n  fast: xai grok-9*\n",
  });
  assertEquals(reasons.map(({ reason }) => reason), [
    "wildcard",
    "alias",
  ]);
});

Deno.test("explain() goes by the block on disk where there is no key at all", async () => {
  const { text: config } = await planned({});
  const scene = { config, env: {}, outcomes: [] };
  const alias = await explained("grok", scene);
  assertEquals(alias.inBlock, true);
  assertEquals(alias.reasons.map(({ reason }) => reason), ["alias", "no-key"]);
  const unknown = await explained("no-such-thing", scene);
  assertEquals(unknown.inBlock, false);
  assertEquals(
    unknown.reasons.map(({ reason }) => reason),
    ["no-key", "no-key", "no-key", "not-listed"],
  );
});

Deno.test("explain() names both of two providers that have one Claude, and who comes first", async () => {
  const { reasons } = await explained("claude-sonnet-5", {
    settings: "providers: { anthropic: {} }",
    env: { ...KEYS, ANTHROPIC_API_KEY: "key-4" },
    outcomes: [...ALL, lists("anthropic", { id: "claude-sonnet-5" })],
  });
  assertEquals(reasons.map(inWords), [
    "in-block: Anthropic's claude-sonnet-5",
    "in-block: OpenRouter's anthropic/claude-sonnet-5, which takes over while Anthropic fails",
  ]);
});

for (
  const [how, name] of [
    ["taken by hand", "claude-sonnet-5"],
    ["covered by a wildcard", '"claude-*"'],
  ] as const
) {
  Deno.test(`explain() has the substitute of a name that is ${how}, which is not in the block`, async () => {
    const config = CONFIG.replace("name: mine", `name: ${name}`);
    const { inBlock, reasons } = await explained("claude-sonnet-5", {
      config,
    });
    assertEquals(inBlock, false);
    assertEquals(reasons.slice(1).map(inWords), [
      "in-block: OpenRouter's anthropic/claude-sonnet-5, which is in the block as openrouter/anthropic/claude-sonnet-5",
    ]);
  });
}

for (
  const [name, what, expected] of [
    ["grok-9", "a provider that answered", ["not-listed"]],
    ["openai/gpt-7", "a provider that is not on", [
      "provider-failed",
      "not-listed",
      "not-enabled",
    ]],
    ["llama", "nobody in particular", [
      "provider-failed",
      "provider-failed",
      "not-listed",
    ]],
    ["gemini-9", "a provider that failed", ["provider-failed", "not-listed"]],
    ["ollama/llama", "a local server", [
      "provider-failed",
      "not-listed",
      "not-enabled",
    ]],
  ] as const
) {
  Deno.test(`explain() names those without a list that could have "${name}", a name of ${what}`, async () => {
    const outcomes = [failed("openrouter"), XAI, failed("gemini")];
    const { reasons } = await explained(name, { outcomes });
    assertEquals(reasons.map(({ reason }) => reason), [...expected]);
  });
}

Deno.test("explain() says that a server of the user's is disabled", async () => {
  const settings = "providers:\n  lab: false\n";
  assertEquals(
    await reasonFor("lab/my-model", { settings }),
    'turned-off: lab is disabled (line 2 of "discover.yaml")',
  );
});

Deno.test("explain() names a server that is disabled or failed only where it could have the name", async () => {
  const settings = "providers:\n  lab: false\n  ollama: {}\n";
  const outcomes = [...ALL, failed("ollama")];
  const reasonsFor = async (name: string): Promise<string[]> => {
    const { reasons } = await explained(name, { settings, outcomes });
    return reasons.map(({ reason, provider }) => `${reason} ${provider}`);
  };
  assertEquals(await reasonsFor("gpt-oss-20b"), [
    ...["provider-failed ollama", "not-listed null", "not-enabled openai"],
  ]);
  assertEquals(await reasonsFor("gemini-2.0-flash"), ["retired gemini"]);
});

Deno.test("explain() says first that a model's own maker failed, and then that OpenRouter has it", async () => {
  const { reasons } = await explained("openai/gpt-5.5", {
    settings: "providers:\n  openai: {}\n",
    env: { ...KEYS, OPENAI_API_KEY: "key-4" },
    outcomes: [...ALL, failed("openai")],
  });
  assertEquals(reasons.map(({ reason }) => reason), [
    ...["provider-failed", "other-maker"],
  ]);
});

Deno.test("explain() proposes near names only where nothing else explains a name", async () => {
  const near = async (name: string): Promise<readonly string[]> =>
    (await explained(name)).nearest;
  assertEquals(await near("claude-sonet-5"), ["claude-sonnet-5"]);
  assertEquals(await near("sonnet"), ["claude-sonnet-5"]);
  assertEquals(await near("grok-imagine-image"), []);
  assertEquals(await near("claude-haiku-4-5-20240101"), ["claude-haiku-4-5"]);
  assertEquals(await near("claude/grok"), ["grok"]);
  assertEquals(await near("zzz"), []);
});

Deno.test("explain() has the lines to paste that would bring a model", async () => {
  const hintFor = async (name: string, scene?: Scene): Promise<string> => {
    const { reasons } = await explained(name, scene);
    return reasons.flatMap((one) => one.hint ?? []).join("\n");
  };
  assertStringIncludes(
    await hintFor("gpt-5.5"),
    'providers:\n  openrouter: { include: ["anthropic/*", "openai/gpt-5.5"] }',
  );
  assertStringIncludes(
    await hintFor("anthropic/claude-sonnet-5:free", {
      settings: "providers: { openrouter: { variants: thinking } }",
    }),
    "providers:\n  openrouter: { variants: [thinking, free] }",
  );
  assertStringIncludes(
    await hintFor("gpt-7"),
    "and OPENAI_API_KEY to its key:\nproviders:\n  openai: {}",
  );
});

Deno.test("explain() brings in a model once its hint is followed", async () => {
  const settings =
    'providers:\n  openrouter: { include: ["anthropic/*", "openai/gpt-5.5"] }\n';
  const { inBlock, names } = await explained("gpt-5.5", { settings });
  assertEquals([inBlock, names], [true, ["openai/gpt-5.5"]]);
});

/** All rows of recorded answers, and the names in them. */
async function recorded(
  id: string,
  ...names: readonly string[]
): Promise<{ readonly outcome: Outcome; readonly ids: readonly string[] }> {
  const rows: object[] = [];
  for (const name of names) {
    const body = Object.entries(await readCatalog(name));
    for (const [, list] of body) {
      if (Array.isArray(list)) rows.push(...list.filter(isJsonObject));
    }
  }
  const ids = rows.map((row) => namesIn(row)[0] ?? "");
  return { outcome: lists(id, ...rows), ids };
}

Deno.test("explain() has a reason of its own for every row of recorded lists, and for every name of the block", async () => {
  const answers = await Promise.all([
    recorded("openrouter", "openrouter-2026-08"),
    recorded("xai", "xai-2026-07"),
    recorded("gemini", "gemini-2026-11-page-1", "gemini-2026-11-page-2"),
    recorded("openai", "openai-2026-02", "openai-documented"),
    recorded("mistral", "mistral-2026-02"),
    recorded(
      "fireworks",
      "fireworks-documented-page-1",
      "fireworks-documented-page-2",
    ),
    recorded(
      "together",
      "together-documented-page-1",
      "together-documented-page-2",
    ),
    recorded("anthropic", "anthropic-2026-02"),
  ]);
  const { input } = await planned({
    config: `model_list:
  - { model_name: grok-4.5, litellm_params: { model: xai/grok-4.5 } }
  - { model_name: "openai/*", litellm_params: { model: "openai/*" } }
`,
    settings: `providers:
  gemini: { limit: 4, exclude: "*lite*" }
  anthropic: {}
  openai: {}
  mistral: {}
  fireworks: { min_context: 100000 }
  together: {}
`,
    env: {
      ...KEYS,
      ANTHROPIC_API_KEY: "key-4",
      OPENAI_API_KEY: "key-5",
      MISTRAL_API_KEY: "key-6",
      FIREWORKS_API_KEY: "key-7",
      TOGETHER_API_KEY: "key-8",
    },
    outcomes: answers.map(({ outcome }) => outcome),
  });
  const ids = answers.flatMap((answer) => answer.ids);
  assert(ids.length > 250, `${ids.length} rows`);
  const unexplained = ids.filter((id) => {
    const { reasons: [first] } = explain({ ...input, name: id });
    return !first || first.reason === "not-listed" || first.reason === "taken";
  });
  assertEquals(unexplained, []);
  const held = input.catalog?.sections.flatMap(({ entries }) => entries) ?? [];
  const lost = held.filter(({ name }) => !explain({ ...input, name }).inBlock);
  assertEquals(lost, []);
});

Deno.test("explain() says where to allow what is not for the key", async () => {
  const { reasons } = await explained("grok-4.3", { outcomes: [BOUND_XAI] });
  const [reason] = reasons;
  assertEquals([reason?.provider, reason?.model, reason?.hint], [
    "xai",
    "grok-4.3",
    "allow it for XAI_API_KEY (from the environment) at https://console.x.ai",
  ]);
});

Deno.test("explain() says that what nobody lists may not be for the key, where OpenRouter has more", async () => {
  const hintWith = async (notForKey: object): Promise<unknown> => {
    assert(OPENROUTER.kind === "answered");
    const outcomes = [{ ...OPENROUTER, ...notForKey }];
    const { reasons } = await explained("claude-saga-9", { outcomes });
    return reasons.find(({ reason }) => reason === "not-listed")?.hint;
  };
  assertEquals(
    await hintWith({ notForKey: 37 }),
    "OpenRouter has 37 more models that OPENROUTER_API_KEY (from the " +
      "environment) may not call; see the privacy settings and guardrails " +
      "at https://openrouter.ai/settings/privacy",
  );
  for (const known of [{}, { notForKey: 0 }]) {
    assertEquals(await hintWith(known), null);
  }
});

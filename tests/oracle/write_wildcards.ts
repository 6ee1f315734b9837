/**
 * Writes configs with hand-written wildcards as they are without and with a
 * block, and the names to ask both for, for LiteLLM's own router to judge:
 * `N.before`, `N.after` and `N.json` in the folder. BARE_NAMES is a file of
 * names without a provider, and behind a tab the one that LiteLLM infers.
 *
 * usage: write_wildcards.ts FOLDER BARE_NAMES [CONFIGS [SEED]]
 *
 * @module
 */
import fc from "fast-check";
import { readConfig } from "../../lib/config/config.ts";
import { KeyRing } from "../../lib/keys/key_ring.ts";
import type { Outcome } from "../../lib/fetch/outcome.ts";
import { type Plan, planRefresh } from "../../lib/commands/plan.ts";
import { MODEL_ID } from "../../lib/providers/provider.ts";
import { PROVIDERS } from "../../lib/providers/table.ts";
import { resolveSettings, type Settings } from "../../lib/settings/settings.ts";
import { readDiscoverFile } from "../../lib/settings/file.ts";
import {
  answered,
  bytesOf,
  failed,
  flagsOf,
  textOf,
} from "../support/parts.ts";

const MODELS: Readonly<Record<string, readonly string[]>> = {
  openrouter: [
    "anthropic/claude-sonnet-5",
    "anthropic/claude-haiku-4.5",
    "anthropic/claude-opus-4.7-fast",
    "openai/gpt-5-mini",
    "x-ai/grok-4.5",
  ],
  xai: ["grok-4.5", "grok-4-mini-fast", "grok-code-fast-1"],
  gemini: ["gemini-3.8-flash", "gemini-2.5-pro", "gemini-3-pro-preview"],
  groq: ["llama-3.3-70b-versatile", "openai/gpt-oss-120b"],
  anthropic: ["claude-sonnet-5", "claude-haiku-4-5-20251001"],
};

/** What clients send next to the names of the models. */
const ASKED: readonly string[] = [
  ...["claude-fallback", "claude-opus-fallback", "claude-haiku-fallback"],
  ...["grok", "gemini", "gemini-pro", "gemini-flash", "claude/grok"],
  ...["claude/gemini-pro"],
  ...["claude-haiku-4-5", "claude-opus-4-7-fast", "claude-haiku-4.5"],
  ...["claude-sonnet-5", "claude-9", "gpt-4o", "gpt-99", "o3-mini", "grok-99"],
  ...["anthropic/claude-9", "openai/gpt-4o", "openrouter/auto", "gemini/x"],
  ...["vertex_ai/gemini-2.5-pro", "xai/whatever", "ask-mini", "None/x", "x"],
];

const WILDCARDS: readonly string[] = [
  ...["*", "*/*", "anthropic/*", "openrouter/*", "xai/*", "gemini/*", "groq/*"],
  ...["openai/*", "vertex_ai/*", "bedrock/*", "cohere/*", "cohere_chat/*"],
  ...[
    "grok-*",
    "gemini-*",
    "claude-*",
    "claude/*",
    "gpt-*",
    "*-mini",
    "*grok*",
  ],
  ...["*-fast", "*/claude-*", "openrouter/anthropic/*", "x-ai/*", "lab/*"],
  ...["discover:*", "None/*", "xai/x*", "*.5", "grok-4.*", "gr?k-*", "gr[o]k*"],
  ...[
    "(grok)*",
    "grok-4+*",
    "^grok*",
    "g*k*",
    "*claude*5",
    "ai21_chat/*",
    "$*",
  ],
];

/** A server whose models are called by names that nobody's prefix protects. */
const LAB =
  'providers: { lab: { kind: openai-compatible, base_url: "http://127.0.0.1:8000/v1", key: DISCOVER_LAB_KEY, name: "{id}" } }';

const SETTINGS: readonly string[] = [
  "",
  "",
  "claude_code: true",
  "providers: { anthropic: {} }",
  "providers: { anthropic: {} }\nstand_in: false",
  'providers: { openrouter: { include: ["*"] }, groq: {} }',
  'providers: { openrouter: { name: "or-{id}" }, xai: { name: "{provider}.{id}" } }',
  'providers: { openrouter: { include: ["*"], name: "{provider}/{id}" }, groq: { name: "{id}" } }',
  LAB,
  "aliases: { fast: xai grok-*fast*, gpt-fast: xai grok-*, o9: gemini gemini-*, claude-x-1: openrouter anthropic/* }",
];

const KEYS = {
  OPENROUTER_API_KEY: "or",
  XAI_API_KEY: "xai",
  GEMINI_API_KEY: "gemini",
  GROQ_API_KEY: "groq",
  ANTHROPIC_API_KEY: "anthropic",
  DISCOVER_LAB_KEY: "lab",
};

/** Names and upstream models that entries of both sides may have. */
const CONTESTED: readonly string[] = [
  ...Object.values(MODELS).flat(),
  ...PROVIDERS.flatMap(({ id, prefix }) =>
    (MODELS[id] ?? []).map((model) => prefix + model)
  ),
  ...ASKED,
];

const contested = fc.constantFrom(...CONTESTED);

/** A known wildcard, or a contested name with a star in it, often cut short. */
const wildcard = fc.oneof(
  fc.constantFrom(...WILDCARDS),
  fc.tuple(contested, fc.nat(40), fc.nat(6)).map(([name, at, length]) =>
    `${name.slice(0, at % name.length)}*${
      name.slice(at % name.length + length)
    }`
  ),
);

const key = fc.option(
  fc.oneof(
    { weight: 4, arbitrary: fc.nat(999).map((n) => `hand-${n}`) },
    { weight: 1, arbitrary: fc.constant("os.environ/XAI_API_KEY") },
  ),
);
const base = fc.option(fc.constant("http://127.0.0.1:9/v1"), { freq: 4 });

const wildEntry = fc.record({
  name: wildcard,
  model: fc.constantFrom<string[]>("openai/*", "openai/gpt-4o", "xai/grok-4.5"),
  key,
  base,
  id: fc.constant(null),
});
const exactEntry = fc.record({
  name: fc.oneof(contested, fc.constantFrom("mine", "my-other")),
  model: fc.oneof(contested, fc.constant("openai/gpt-4o"))
    .map((model) => model.includes("/") ? model : `xai/${model}`)
    // LiteLLM takes no entry whose provider it does not know.
    .filter((model) => !/^(?:x-ai|claude|None)\//.test(model)),
  key,
  base,
  id: fc.option(contested, { freq: 3 }),
});

const scene = fc.record({
  wild: fc.uniqueArray(wildEntry, {
    selector: ({ name }) => name,
    minLength: 1,
    maxLength: 4,
  }),
  exact: fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    {
      weight: 1,
      arbitrary: fc.uniqueArray(exactEntry, {
        selector: ({ name }) => name,
        maxLength: 3,
      }),
    },
  ),
  alias: fc.option(contested, { freq: 5 }),
  group: fc.option(contested, { freq: 5 }),
  settings: fc.constantFrom(...SETTINGS),
  silent: fc.subarray(["openrouter", "xai", "gemini", "groq"]),
  isLater: fc.boolean(),
  bare: fc.array(fc.nat(), { minLength: 8, maxLength: 8 }),
});

type Scene = typeof scene extends fc.Arbitrary<infer Value> ? Value : never;

const OWN =
  '  - {"model_name": "own", "litellm_params": {"model": "openai/own"}}';

function itemOf(
  { name, model, key, base, id }: Scene["exact"][number],
): string {
  const params = {
    model,
    ...(key !== null && { api_key: key }),
    ...(base !== null && { api_base: base }),
  };
  const item = {
    model_name: name,
    litellm_params: params,
    ...(id !== null && { model_info: { id } }),
  };
  return `  - ${JSON.stringify(item)}`;
}

/** The config, with `block` in it, which may be none. */
function configText({ wild, exact, alias, group }: Scene, block = ""): string {
  const names = [...wild, ...exact].map(({ name }) => name);
  const router = {
    ...(alias !== null && { model_group_alias: { [alias]: "own" } }),
    // A group of a name that is there already keeps LiteLLM from starting.
    ...(group !== null && group !== alias && !names.includes(group) && {
      routing_groups: [{
        group_name: group,
        models: ["own"],
        routing_strategy: "simple-shuffle",
      }],
    }),
  };
  const items = [OWN, ...[...wild, ...exact].map(itemOf)].join("\n");
  return `model_list:\n${items}\n${block}router_settings: ${
    JSON.stringify(router)
  }\n`;
}

async function settingsOf(text: string): Promise<Settings> {
  const file = await readDiscoverFile(text, "discover.yaml");
  const keys = new KeyRing(KEYS, [], []);
  const canConnect = (): boolean => true;
  return resolveSettings(flagsOf(), keys, { file, canConnect });
}

/** What every provider says that is asked. */
function outcomesOf(
  { bare }: Scene,
  { requests }: Settings,
  bareNames: readonly string[],
  silent: readonly string[],
): Outcome[] {
  const lab = bare.map((at) => bareNames[at % bareNames.length] ?? "");
  return requests.map(({ provider: { id } }) =>
    silent.includes(id)
      ? failed(id)
      : answered(id, ...(MODELS[id] ?? new Set(lab)))
  );
}

async function planOf(
  text: string,
  settings: Settings,
  outcomes: readonly Outcome[],
): Promise<Plan> {
  const config = await readConfig(bytesOf(text));
  return await planRefresh(config, config.previous, settings, outcomes);
}

/** The lines of a block that was there before the wildcards were. */
async function earlierBlock(
  settings: Settings,
  outcomes: readonly Outcome[],
): Promise<string> {
  const head = `model_list:\n${OWN}\n`;
  const tail = "router_settings: {}\n";
  const text = textOf((await planOf(head + tail, settings, outcomes)).bytes);
  return text.slice(head.length, text.length - tail.length);
}

/** Everything that somebody could ask for. */
function namesOf({ catalog }: Plan, { wild }: Scene): string[] {
  const entries = (catalog?.sections ?? []).flatMap((one) => one.entries);
  const models = [...catalog?.selections.values() ?? []]
    .flatMap((selection) => selection.models.map(({ id }) => id));
  const spelled = models.flatMap((id) => [
    id,
    id.slice(id.indexOf("/") + 1),
    ...PROVIDERS.map(({ prefix }) => prefix + id),
    `vertex_ai/${id}`,
    `lab/${id}`,
  ]);
  const ids = entries.flatMap(({ lines }) =>
    lines.flatMap((line) => /^ {4}id: "(.*)"$/.exec(line)?.[1] ?? [])
  );
  return [
    ...new Set([
      ...entries.flatMap(({ name, model }) => [name, model]),
      ...ids,
      ...spelled,
      ...wild.map(({ name }) => name.replaceAll("*", "x")),
      ...ASKED,
    ]),
  ];
}

/** Every name of a provider's, under a wildcard that answers it by inference. */
function inferenceScene(provider: string, count: number): Scene {
  const nobody = { exact: [], alias: null, group: null, silent: [] };
  const wild = { name: `${provider}/*`, model: "openai/*", key: "hand" };
  return {
    ...nobody,
    wild: [{ ...wild, base: null, id: null }],
    settings: LAB,
    isLater: false,
    bare: [...Array(count).keys()],
  };
}

async function write(
  path: string,
  one: Scene,
  bareNames: readonly string[],
): Promise<void> {
  const settings = await settingsOf(one.settings);
  const all = outcomesOf(one, settings, bareNames, []);
  const block = one.isLater ? await earlierBlock(settings, all) : "";
  const silent = one.isLater ? one.silent : [];
  const now = outcomesOf(one, settings, bareNames, silent);
  const plan = await planOf(configText(one, block), settings, now);
  const left = plan.catalog?.skipped.filter(({ reason }) =>
    reason === "wildcard"
  );
  const asked = namesOf(plan, one);
  const names = { asked, left: left?.map(({ name }) => name) ?? [] };
  await Deno.writeTextFile(`${path}.before`, configText(one));
  await Deno.writeFile(`${path}.after`, plan.bytes);
  await Deno.writeTextFile(`${path}.json`, JSON.stringify(names));
}

const [folder, bareFile, configs = "150", seed = "20261124"] = Deno.args;
if (folder === undefined || bareFile === undefined) {
  throw new Error(
    "usage: write_wildcards.ts FOLDER BARE_NAMES [CONFIGS [SEED]]",
  );
}
const bare = (await Deno.readTextFile(bareFile)).split("\n")
  .map((line) => line.split("\t"))
  .map(([name = "", provider]) => ({ name, provider: provider || "None" }))
  .filter(({ name }) => MODEL_ID.test(name));
const drawn = fc.sample(scene, {
  numRuns: Number(configs),
  seed: Number(seed),
}).map((one) => ({ one, names: bare.map(({ name }) => name) }));
const providers = new Set(bare.map(({ provider }) => provider));
const inferred = [...providers].map((provider) => {
  const names = bare.filter((one) => one.provider === provider)
    .map(({ name }) => name);
  return { one: inferenceScene(provider, names.length), names };
});
for (const [at, { one, names }] of [...inferred, ...drawn].entries()) {
  await write(`${folder}/${at}`, one, names);
}

/**
 * The form of our entries, and how they are written. No file but this,
 * `read_entry.ts` and `entry_lines.ts` knows it.
 *
 * @module
 */

import type { Model } from "../providers/provider.ts";
import { quote } from "../yaml/parse.ts";

/** The ids of all our deployments begin with this. */
export const OUR_ID = "discover:";

/** One `model_list` item of ours. */
export interface Entry {
  /** `model_name`: what clients ask for. */
  readonly name: string;
  /** `litellm_params.model`: LiteLLM's prefix and the provider's id. */
  readonly model: string;
  /** `model_info.id`, which LiteLLM also accepts as a name. */
  readonly id: string;
  /** `litellm_params.order`: its turn among the deployments of its name. */
  readonly order?: number | undefined;
  /** `model_info.display_name`: what clients show. */
  readonly displayName?: string | undefined;
  /** What the user sets on it; not known of entries of an earlier run. */
  readonly own?: OwnSettings | undefined;
  /** The item's YAML, without the block's indent and without line ends. */
  readonly lines: readonly string[];
}

/** What an entry says. */
export interface EntryFacts extends Omit<Entry, "id" | "lines"> {
  /** What follows `discover:` in the deployment's id. */
  readonly deployment: string;
  /** The variable that holds the key; none for servers that need no key. */
  readonly keyVariable?: string | undefined;
  readonly apiBase?: string | undefined;
  /** `model_info.mode`; by default `chat`. */
  readonly mode?: Model["mode"] | undefined;
  /** Omitted if an entry of the user states the limits of that model. */
  readonly limits?: Limits | undefined;
  /** The last day it answers, as `YYYY-MM-DD`. */
  readonly endsOn?: string | undefined;
  /** The name that what follows it has here. */
  readonly successor?: string | undefined;
}

/**
 * What the user sets on entries, by name and as it is written in one line; the
 * names and their values are in `own_settings.ts`.
 */
export interface OwnSettings {
  /** Under `litellm_params`; what has no text is left out. */
  readonly params: Readonly<Record<string, string | undefined>>;
  /** The same under `model_info`. */
  readonly info: Readonly<Record<string, string | undefined>>;
}

/** What is known about a model, as far as an entry states it. */
type Limits = {
  readonly [Field in keyof Model]?: Model[Field] | undefined;
};

/** Renders one entry. Every text is quoted ASCII; see {@linkcode quote}. */
export function renderEntry(facts: EntryFacts): Entry {
  const { name, model, order, displayName, keyVariable, apiBase } = facts;
  const { limits, endsOn, successor, own, mode = "chat" } = facts;
  const id = OUR_ID + facts.deployment;
  const lines = [
    `- model_name: ${quote(name)}`,
    "  litellm_params:",
    `    model: ${quote(model)}`,
    keyVariable && `    api_key: ${quote(`os.environ/${keyVariable}`)}`,
    apiBase && `    api_base: ${quote(apiBase)}`,
    order !== undefined && orderLine(order),
    ...ownLines(own?.params),
    "  model_info:",
    `    id: ${quote(id)}`,
    `    mode: ${quote(mode)}`,
    displayName && displayNameLine(displayName),
    limits?.maxInputTokens &&
    `    max_input_tokens: ${limits.maxInputTokens}`,
    limits?.maxOutputTokens &&
    `    max_output_tokens: ${limits.maxOutputTokens}`,
    limits?.supportsVision && "    supports_vision: true",
    limits?.supportsFunctionCalling && "    supports_function_calling: true",
    endsOn && `    deprecation_date: ${quote(endsOn)}`,
    successor && `    successor_model: ${quote(successor)}`,
    ...ownLines(own?.info),
  ];
  const written = lines.filter((line) => typeof line === "string");
  const names = { name, model, id, order, displayName };
  return { ...names, ...(own && { own }), lines: written };
}

/** By name, so that their order says nothing. */
function ownLines(texts: OwnSettings["params"] = {}): string[] {
  return Object.keys(texts).toSorted().flatMap((name) =>
    texts[name] === undefined ? [] : [`    ${name}: ${texts[name]}`]
  );
}

/** The line of {@linkcode Entry.order}. */
export function orderLine(order: number): string {
  return `    order: ${order}`;
}

/** The line of {@linkcode Entry.displayName}. */
export function displayNameLine(text: string): string {
  return `    display_name: ${quote(text)}`;
}

/** What follows `discover:` in the id of the deployment. */
export function deploymentOf({ id }: Entry): string {
  return id.slice(OUR_ID.length);
}

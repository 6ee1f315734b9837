/**
 * A catalog as the lines of the block: sections of `model_list` entries, each
 * under a title with the hash of its content. Nothing volatile stands in it,
 * so the same catalog gives the same bytes.
 *
 * @module
 */

import type { Model } from "../providers/provider.ts";
import { quote } from "../yaml/parse.ts";

/** Every deployment of ours carries an id that begins with this. */
export const OUR_ID = "discover:";

/** The section that holds the aliases; the others are named after providers. */
export const ALIAS_SECTION = "aliases";

/** One `model_list` item of ours. */
export interface Entry {
  /** `model_name`: what clients ask for. */
  readonly name: string;
  /** `litellm_params.model`: LiteLLM's prefix and the provider's id. */
  readonly model: string;
  /** `model_info.id`, which LiteLLM takes for a name, too. */
  readonly id: string;
  /** The item's YAML, without the block's indent and without line ends. */
  readonly lines: readonly string[];
}

/** The entries of one provider, or the aliases. */
export interface Section {
  readonly id: string;
  readonly entries: readonly Entry[];
  /**
   * The hash that the title states, where it is not that of the content: an
   * edited section that is carried over keeps its old one, so that the edit
   * does not pass for ours.
   */
  readonly statedHash?: string;
}

/** What an entry says beside the model's own facts. */
export interface EntryFacts {
  readonly name: string;
  /** What follows `discover:` in the deployment's id. */
  readonly deployment: string;
  readonly model: string;
  /** The variable that holds the key; none for servers that need no key. */
  readonly keyVariable?: string;
  readonly apiBase?: string;
  /** Left out where a hand-written entry states the limits of that model. */
  readonly limits?: Model;
}

/** Renders one entry. Every text is quoted ASCII; see {@linkcode quote}. */
export function renderEntry(facts: EntryFacts): Entry {
  const { name, model, keyVariable, apiBase, limits } = facts;
  const id = OUR_ID + facts.deployment;
  const lines = [
    `- model_name: ${quote(name)}`,
    "  litellm_params:",
    `    model: ${quote(model)}`,
    keyVariable && API_KEY + quote(`os.environ/${keyVariable}`),
    apiBase && API_BASE + quote(apiBase),
    "  model_info:",
    `    id: ${quote(id)}`,
    `    mode: ${quote("chat")}`,
    limits?.maxInputTokens &&
    `    max_input_tokens: ${limits.maxInputTokens}`,
    limits?.maxOutputTokens &&
    `    max_output_tokens: ${limits.maxOutputTokens}`,
    limits?.supportsVision && "    supports_vision: true",
    limits?.supportsFunctionCalling && "    supports_function_calling: true",
  ];
  return {
    name,
    model,
    id,
    lines: lines.filter((line) => typeof line === "string"),
  };
}

/**
 * The entry, called at this base if it names none. It may have been edited, but
 * where it is no longer written in lines, it stays as it is.
 */
export function withApiBase(entry: Entry, apiBase: string): Entry {
  const { lines } = entry;
  if (lines.some((line) => BASE.test(line))) return entry;
  const at = lines.findLastIndex((line) => PARAMETER.test(line));
  const [, indent = ""] = PARAMETER.exec(lines[at] ?? "") ?? [];
  if (indent === "") return entry;
  const line = indent + API_BASE.trimStart() + quote(apiBase);
  return { ...entry, lines: lines.toSpliced(at + 1, 0, line) };
}

/** The entry without the base, if it is this one. */
export function withoutApiBase(entry: Entry, apiBase: string): Entry {
  const stated = API_BASE.trimStart() + quote(apiBase);
  const lines = entry.lines.filter((line) => line.trim() !== stated);
  return lines.length === entry.lines.length ? entry : { ...entry, lines };
}

/** The variable that the entry, which may have been edited, names for its key. */
export function keyVariableOf({ lines }: Entry): string | undefined {
  const line = lines.find((one) => /^ +api_key:/.test(one));
  return /\bos\.environ\/(\w+)/.exec(line ?? "")?.[1];
}

/** What {@linkcode renderEntry} writes before the base. */
const PARAMETER = /^( +)(?:model|api_key):/;

const BASE = /^ +api_base:/;

/** With what the lines begin that say which key and which base is used. */
export const API_KEY = "    api_key: ";
export const API_BASE = "    api_base: ";

/** The block's lines below its header, without markers, indent or line ends. */
export async function renderSections(
  sections: readonly Section[],
): Promise<string[]> {
  const rendered = await Promise.all(sections.map(async (section) => {
    const content = section.entries.flatMap((entry) => entry.lines);
    const hash = section.statedHash ?? await hashOf(content);
    return [titleOf(section.id, section.entries.length, hash), ...content];
  }));
  return rendered.flat();
}

function titleOf(id: string, count: number, hash: string): string {
  const what = id === ALIAS_SECTION
    ? `${count}`
    : `${count} model${count === 1 ? "" : "s"}`;
  return `# -- ${id}: ${what}, sha256:${hash} --`;
}

/** A title as {@linkcode renderSections} writes it: id, count, hash. */
export const SECTION_TITLE =
  /^# -- ([a-z0-9_-]+): (\d+)(?: models?)?, sha256:([0-9a-f]{12}) --$/;

/** The first 12 hexadecimal digits of the content's SHA-256. */
export async function hashOf(lines: readonly string[]): Promise<string> {
  const bytes = new TextEncoder().encode(lines.join("\n"));
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return new Uint8Array(digest).subarray(0, 6).toHex();
}

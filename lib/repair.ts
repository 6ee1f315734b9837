/**
 * Mends a config that LiteLLM wrote itself: its dump keeps our entries but
 * loses the markers around them. The entries are cut out by slicing, and stand
 * in for providers that do not answer, so that none is lost.
 *
 * @module
 */

import { type Config, readConfig } from "./config.ts";
import { isOurs } from "./hand_written.ts";
import { readOutline, type TopKey } from "./outline.ts";
import {
  ALIAS_SECTION,
  type Entry,
  OUR_ID,
  renderEntry,
  type Section,
} from "./render.ts";
import {
  isRow,
  listField,
  type Row,
  rowField,
  textField,
  tokensField,
} from "./row.ts";
import { findRegion } from "./splice.ts";
import { parseYaml } from "./yaml.ts";
import type { Position } from "./yaml/tokens.ts";

/**
 * Reads a config without the entries of ours that stand outside the markers.
 * Throws `ConfigError` like `readConfig`.
 */
export async function repairConfig(bytes: Uint8Array): Promise<Config> {
  const region = findRegion(bytes);
  const key = readOutline(bytes).keys.find(({ name }) => name === "model_list");
  const value = parseYaml(bytes);
  const items = isRow(value) ? listField(value, "model_list") : [];
  if (!key || key.items.length !== items.length) return await readConfig(bytes);
  const strays = items.flatMap((item, at) => {
    const position = key.items[at];
    const isInside = position && position.start > region.start &&
      position.start < region.end;
    return isRow(item) && isOurs(item) && !isInside ? [{ item, at }] : [];
  });
  const mended = await readConfig(
    cutItems(bytes, key, strays.map(({ at }) => at)),
  );
  const sections = new Map([
    ...sectionsOf(strays.map(({ item }) => item)),
    ...mended.earlier.sections,
  ]);
  return { ...mended, earlier: { ...mended.earlier, sections } };
}

/** Cuts whole lines: from each item's first to its last line of content. */
function cutItems(
  bytes: Uint8Array,
  key: TopKey,
  indexes: readonly number[],
): Uint8Array {
  const kept: Uint8Array[] = [];
  let from = 0;
  for (const index of indexes) {
    const item = key.items[index];
    if (!item) continue;
    kept.push(bytes.subarray(from, lineStart(item)));
    const next = key.items[index + 1];
    from = next
      ? withoutComments(bytes, lineStart(item), lineStart(next))
      : lineEnd(bytes, key.contentEnd);
  }
  kept.push(bytes.subarray(from));
  const whole = new Uint8Array(
    kept.reduce((sum, { length }) => sum + length, 0),
  );
  let at = 0;
  for (const part of kept) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function lineStart({ start, column }: Position): number {
  return start - column;
}

const LF = 0x0a;

function lineEnd(bytes: Uint8Array, at: number): number {
  if (bytes[at - 1] === LF) return at;
  const end = bytes.indexOf(LF, at);
  return end < 0 ? bytes.length : end + 1;
}

/** Comments and blank lines in front of the next item belong to that item. */
function withoutComments(
  bytes: Uint8Array,
  from: number,
  to: number,
): number {
  let end = to;
  while (end > from) {
    const start = bytes.lastIndexOf(LF, end - 2) + 1;
    const line = new TextDecoder("latin1").decode(bytes.subarray(start, end));
    if (start <= from || !/^\s*(#.*)?$/.test(line.trimEnd())) break;
    end = start;
  }
  return end;
}

/** The entries by the provider that their deployment ids name. */
function sectionsOf(items: readonly Row[]): Map<string, Section> {
  const entries = new Map<string, Entry[]>();
  for (const item of items) {
    const entry = entryOf(item);
    if (!entry) continue;
    const id = deploymentOf(item).split("/")[0] ?? "";
    const section = id === "alias" ? ALIAS_SECTION : id;
    entries.set(section, [...entries.get(section) ?? [], entry]);
  }
  return new Map(
    [...entries].map(([id, list]) => [id, { id, entries: list }]),
  );
}

function deploymentOf(item: Row): string {
  const id = textField(rowField(item, "model_info"), "id") ?? "";
  return id.slice(OUR_ID.length);
}

/** The entry as we would have written it. */
function entryOf(item: Row): Entry | undefined {
  const params = rowField(item, "litellm_params");
  const info = rowField(item, "model_info");
  const name = textField(item, "model_name");
  const model = textField(params, "model");
  if (name === undefined || model === undefined) return undefined;
  const key = textField(params, "api_key");
  const apiBase = textField(params, "api_base");
  const [maxInputTokens, maxOutputTokens] = [
    tokensField(info, "max_input_tokens"),
    tokensField(info, "max_output_tokens"),
  ];
  return renderEntry({
    name,
    model,
    deployment: deploymentOf(item),
    ...(key?.startsWith("os.environ/") && {
      keyVariable: key.slice("os.environ/".length),
    }),
    ...(apiBase && { apiBase }),
    limits: {
      id: model,
      ...(maxInputTokens && { maxInputTokens }),
      ...(maxOutputTokens && { maxOutputTokens }),
      ...(info["supports_vision"] === true && { supportsVision: true }),
      ...(info["supports_function_calling"] === true && {
        supportsFunctionCalling: true,
      }),
    },
  });
}

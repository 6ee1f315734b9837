/**
 * What must hold of every refreshed config, and of every refusal.
 *
 * @module
 */

// @ts-types="../../lib/types/std_yaml_parse.d.ts"
import { parse } from "@std/yaml/parse";
import type { Config } from "../../lib/config/config.ts";
import type { ConfigError } from "../../lib/errors.ts";
import { BEGIN_MARKER, END_MARKER } from "../../lib/block/markers.ts";
import type { Plan } from "../../lib/commands/plan.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { KEYS } from "./stage.ts";

/** The lines of the new block; its bytes are ASCII. */
export function linesOf(
  { config: { bytes, region }, bytes: after }: Plan,
): string[] {
  const { start, end } = blockRange({ bytes, region }, after);
  const block = after.subarray(start, end);
  assert(block.every((byte) => byte < 0x80), "block bytes that are not ASCII");
  return textLines(new TextDecoder().decode(block));
}

/** Where the new block is in the new bytes. */
export function blockRange(
  { bytes, region }: Pick<Config, "bytes" | "region">,
  after: Uint8Array,
): { readonly start: number; readonly end: number } {
  const { kind, start, end, instead } = region;
  return {
    start: kind === "new" ? start - instead.length : start,
    end: after.length - (bytes.length - end),
  };
}

/** Lines by every notion of a line end that YAML has. */
export function textLines(text: string): string[] {
  return text.split(/\r\n|\r|\n/);
}

/** Not one byte outside the block differs, and no key is inside. */
export function assertOutside(plan: Plan, lines: readonly string[]): void {
  const { config: { bytes, region }, bytes: after } = plan;
  const tail = bytes.length - region.end;
  const same = (left: Uint8Array, right: Uint8Array): void =>
    assertSame(left, right, "bytes outside the block differ");
  const { kind, start, colonEnd = start, instead } = region;
  const gone = kind === "new" ? instead.length : 0;
  same(after.subarray(0, colonEnd), bytes.subarray(0, colonEnd));
  same(
    after.subarray(colonEnd, start - gone),
    bytes.subarray(colonEnd + gone, start),
  );
  const value = new TextDecoder().decode(
    bytes.subarray(colonEnd, colonEnd + gone),
  );
  assert(/^(?:\s+(?:\[\s*\]|~|null))?$/i.test(value), `gone: ${value}`);
  same(after.subarray(after.length - tail), bytes.subarray(region.end));
  const text = lines.join("\n");
  for (const key of KEYS) assert(!text.includes(key), "a key in the block");
}

/** Every line between the markers has one of the few forms that we write. */
const OUR_LINE = new RegExp(
  "^ *(?:" + [
    "# Written by discover, format \\d+\\. [A-Za-z ,:._]*" +
    '(?:In place of: "[^"]*"\\.)?',
    "# -- [a-z]+: \\d+(?: models?)?, sha256:[0-9a-f]{12} --",
    '- model_name: "[^"\\\\]*"',
    "litellm_params:",
    "model_info:",
    '(?:model|api_key|id|mode|display_name): "[^"\\\\]*"',
    "order: [12]",
    "max_(?:in|out)put_tokens: \\d+",
    "supports_[a-z_]+: true",
  ].join("|") + ")$",
);

/** The block is whole: markers, and between them lines of ours alone. */
export function assertBlock(lines: readonly string[]): void {
  const begin = lines.findIndex((line) => line.includes("# >>> discover"));
  const end = lines.findIndex((line) => line.includes("# <<< discover"));
  assert(begin >= 0 && end > begin, "no markers");
  for (const line of lines.slice(begin + 1, end)) {
    assert(OUR_LINE.test(line), `a line out of its form: ${line}`);
  }
  assertEquals(lines.slice(end + 1).filter((line) => line !== ""), []);
}

/**
 * A name has one entry, or several whose turns differ; one text in lists, which
 * no other name has.
 */
export function assertNames(plan: Plan): void {
  const entries = plan.catalog?.sections.flatMap((one) => one.entries) ?? [];
  const shown = new Set<string | undefined>();
  for (const [name, group] of Map.groupBy(entries, (entry) => entry.name)) {
    const turns = new Set(group.map(({ order }) => order));
    const isSplit = group.length > 1 && turns.has(undefined);
    assert(turns.size === group.length && !isSplit, `shared: ${name}`);
    const texts = new Set(group.map(({ displayName }) => displayName));
    const [text] = texts;
    // An entry of an older version has none.
    const isNew = text === undefined || !shown.has(text);
    assert(texts.size === 1 && isNew, `shown twice: ${text}`);
    shown.add(text);
  }
}

/** A refusal has words, and a line that the file has. */
export function assertPointsInto(
  { line, message }: ConfigError,
  bytes: Uint8Array,
): void {
  assert(message !== "");
  if (line === undefined) return;
  const breaks = bytes.filter((byte) => byte === 0x0a || byte === 0x0d).length;
  assert(line >= 1 && line <= breaks + 1, `line ${line} of ${breaks + 1}`);
}

/**
 * The line of a refusal holds a marker, or an entry of ours that is outside
 * them now. Or the damage was such that the file is no YAML any more, says
 * another reader, and the line is where that shows.
 */
export function assertNamesMarker(
  { line, message }: ConfigError,
  text: string,
): void {
  // Of a file that is none of LiteLLM's at all no line is to blame.
  if (line === undefined && message.startsWith("no model_list")) return;
  const named = textLines(text)[(line ?? 0) - 1];
  assert(named !== undefined, `no such line: ${line}, ${message}`);
  const isRight = message.endsWith("written by discover outside the markers")
    ? named.includes("- model_name:")
    : named.includes(BEGIN_MARKER) || named.includes(END_MARKER);
  assert(isRight || !isYaml(text), `line ${line} (${named}): ${message}`);
}

function isYaml(text: string): boolean {
  try {
    parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Compares bytes, quicker than a comparison of values. */
export function assertSame(
  left: Uint8Array,
  right: Uint8Array,
  what: string,
): void {
  const isSame = left.length === right.length &&
    left.every((byte, at) => byte === right[at]);
  assert(isSame, what);
}

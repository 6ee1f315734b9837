/**
 * The last check before a save: the new text, read as YAML, says of everything
 * hand-written what it said before, and has exactly our entries beside it.
 *
 * @module
 */

import { ConfigError } from "./errors.ts";
import { isOurs } from "./hand_written.ts";
import type { Entry } from "./render.ts";
import { isRow, listField, type Row, rowField, textField } from "./row.ts";
import { parseYaml } from "./yaml.ts";

/**
 * Throws {@linkcode ConfigError} unless `bytes` means what `mine` (the parsed
 * config without its block) meant, plus `entries` in their order.
 */
export function verify(
  bytes: Uint8Array,
  mine: unknown,
  entries: readonly Entry[],
): void {
  const config = parseYaml(bytes);
  if (!isRow(config) || !isRow(mine)) throw changed();
  const items = listField(config, "model_list");
  const ours = items.filter(isOurs).filter(isRow);
  if (!isSameOurs(ours, entries)) {
    throw new ConfigError("the new block would not be read as it is meant", {
      hint: "nothing was written; please report this file's shape",
    });
  }
  const theirs = {
    ...config,
    model_list: items.filter((item) => !isOurs(item)),
  };
  const before = { ...mine, model_list: listField(mine, "model_list") };
  if (!isSame(theirs, before)) throw changed();
}

function changed(): ConfigError {
  return new ConfigError("the new block would change a hand-written part", {
    hint: "nothing was written; please report this file's shape",
  });
}

function isSameOurs(
  items: readonly Row[],
  entries: readonly Entry[],
): boolean {
  return items.length === entries.length && entries.every((entry, at) => {
    const item = items[at] ?? {};
    const model = textField(rowField(item, "litellm_params"), "model");
    return textField(item, "model_name") === entry.name &&
      model === entry.model;
  });
}

/**
 * Whether two parsed values are equal. Pairs of objects are compared once, so
 * that anchors used a billion times over cost no more than once.
 */
export function isSame(left: unknown, right: unknown): boolean {
  const seen = new Map<object, Set<object>>();
  const pending: [unknown, unknown][] = [[left, right]];
  for (let pair = pending.pop(); pair; pair = pending.pop()) {
    const [a, b] = pair;
    if (Object.is(a, b)) continue;
    if (!isObject(a) || !isObject(b)) return false;
    const partners = seen.get(a) ?? new Set();
    if (partners.has(b)) continue;
    seen.set(a, partners.add(b));
    const children = childPairs(a, b);
    if (!children) return false;
    for (const child of children) {
      if (!Object.is(child[0], child[1])) pending.push(child);
    }
  }
  return true;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** The values of two objects side by side, or nothing where they differ in kind. */
function childPairs(a: object, b: object): [unknown, unknown][] | undefined {
  if (a instanceof Date || b instanceof Date) {
    const areDates = a instanceof Date && b instanceof Date;
    return areDates && Object.is(a.getTime(), b.getTime()) ? [] : undefined;
  }
  if (Array.isArray(a) !== Array.isArray(b)) return undefined;
  const left = Object.entries(a);
  const right = Object.entries(b);
  if (left.length !== right.length) return undefined;
  // Nearly always the keys come in the same order.
  const inOrder = left.every(([key], at) => key === right[at]?.[0]);
  const other = inOrder ? undefined : new Map<string, unknown>(right);
  if (other && !left.every(([key]) => other.has(key))) return undefined;
  return left.map(([key, value], at) => [
    value,
    other ? other.get(key) : right[at]?.[1],
  ]);
}

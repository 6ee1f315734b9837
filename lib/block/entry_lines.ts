/**
 * Single lines of an entry, which somebody may have edited: what they state, and
 * the entry with one of them changed.
 *
 * @module
 */

import { quote } from "../yaml/parse.ts";
import { displayNameLine, type Entry, orderLine } from "./entry.ts";

/** A parameter as an entry's lines state it, in its quotes. */
export function statedParameter(
  { lines }: Entry,
  name: "api_key" | "api_base",
): string | undefined {
  const start = `${name}: `;
  const line = lines.map((one) => one.trim())
    .find((one) => one.startsWith(start));
  return line?.slice(start.length);
}

/**
 * The entry with this base, if it has none. It may have been edited; if it is no
 * longer written in lines, it stays as it is.
 */
export function withApiBase(entry: Entry, apiBase: string): Entry {
  const { lines } = entry;
  if (lines.some((line) => /^ +api_base:/.test(line))) return entry;
  // What renderEntry() writes in front of the base.
  const before = /^( +)(?:model|api_key):/;
  const at = lines.findLastIndex((line) => before.test(line));
  const [, indent = ""] = before.exec(lines[at] ?? "") ?? [];
  if (indent === "") return entry;
  const line = `${indent}api_base: ${quote(apiBase)}`;
  return { ...entry, lines: lines.toSpliced(at + 1, 0, line) };
}

/** The entry without the base, if it is this one. */
export function withoutApiBase(entry: Entry, apiBase: string): Entry {
  const stated = `api_base: ${quote(apiBase)}`;
  const lines = entry.lines.filter((line) => line.trim() !== stated);
  return lines.length === entry.lines.length ? entry : { ...entry, lines };
}

/** The variable that the entry, which may have been edited, names for its key. */
export function keyVariableOf(entry: Entry): string | undefined {
  const key = statedParameter(entry, "api_key") ?? "";
  return /\bos\.environ\/(\w+)/.exec(key)?.[1];
}

/**
 * The entry under another name; nothing if its name is not written as ours are,
 * since somebody edited it.
 */
export function renamed(entry: Entry, name: string): Entry | undefined {
  const [first = "", ...others] = entry.lines;
  if (first !== `- model_name: ${quote(entry.name)}`) return undefined;
  const lines = [`- model_name: ${quote(name)}`, ...others];
  return { ...entry, name, lines };
}

/** The entry with another display name, if it has one. */
export function withDisplayName(entry: Entry, displayName: string): Entry {
  const { lines, displayName: before } = entry;
  if (before === undefined || before === displayName) return entry;
  const at = lines.indexOf(displayNameLine(before));
  if (at < 0) return entry;
  const line = displayNameLine(displayName);
  return { ...entry, displayName, lines: lines.with(at, line) };
}

/** The entry without a turn of its own. */
export function withoutOrder(entry: Entry): Entry {
  const { order, lines } = entry;
  if (order === undefined) return entry;
  const plain = lines.filter((line) => line !== orderLine(order));
  return { ...entry, order: undefined, lines: plain };
}

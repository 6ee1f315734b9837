/**
 * Sections of which an included file has one as well: LiteLLM joins lists, but
 * takes every other section whole from the file that it reads last.
 *
 * @module
 */

import type { IncludedFile } from "../../config/includes.ts";
import { field, isJsonObject, type JsonObject } from "../../text/fields.ts";
import { quoted, shown } from "../../text/key_look.ts";
import type { DoctorInput, Found } from "../input.ts";
import { isTruthy } from "../../text/python_values.ts";

interface Part {
  /** None for the config itself. */
  readonly file: IncludedFile | undefined;
  readonly value: JsonObject;
}

/** A section of which something is lost, and the one that takes its place. */
interface Replaced {
  readonly key: string;
  readonly lost: Part;
  readonly by: Part;
}

/** Only sections with something that the later one does not have. */
export function replacedSections(
  { config, lines }: Pick<DoctorInput, "config" | "lines">,
): Found[] {
  const { files } = config.includes;
  const own: Part = { file: undefined, value: config.userConfig };
  const parts = [own, ...files.map((file) => ({ file, value: file.value }))];
  return replacedIn(parts).flatMap(({ key, lost, by }) => {
    const names = lostKeys(field(lost.value, key), field(by.value, key));
    if (names === undefined) return [];
    const { line } = lines.in(by.file, [key]);
    const where = `${placeName(by)}${
      line === undefined ? "" : ` line ${line}`
    }`;
    return [{
      code: "replaced-section" as const,
      text: `${quoted(key)} of ${where} takes the place of this one: ` +
        lostText(names),
      hint: names.length > 0
        ? `move ${names.length === 1 ? "it" : "them"} to ${shown(key)}: of ` +
          placeName(by)
        : `remove the ${shown(key)}: of ${placeName(by)}`,
      at: { file: lost.file, path: [key] },
    }];
  });
}

function lostText(names: readonly string[]): string {
  if (names.length === 0) return "all of it is lost";
  return `${names.join(", ")} ${names.length === 1 ? "is" : "are"} lost`;
}

/** By the one that LiteLLM takes in the end: another may replace the replacer. */
function replacedIn(parts: readonly Part[]): Replaced[] {
  const keys = new Set(parts.flatMap(({ value }) => Object.keys(value)));
  keys.delete("include");
  return [...keys].flatMap((key) => {
    const holders = parts.filter(({ value }) => Object.hasOwn(value, key));
    const isList = ({ value }: Part): boolean =>
      Array.isArray(field(value, key));
    const start = holders.findLastIndex((part, at) => {
      const before = holders[at - 1];
      return !before || !isList(before) || !isList(part);
    });
    const by = holders[start];
    return by ? holders.slice(0, start).map((lost) => ({ key, lost, by })) : [];
  });
}

/** None at all for a whole that has no keys; nothing if nothing is lost. */
function lostKeys(
  before: unknown,
  now: unknown,
): readonly string[] | undefined {
  if (!isTruthy(before)) return undefined;
  if (!isJsonObject(before) || !isJsonObject(now)) return [];
  const names = Object.keys(before)
    .filter((name) => before[name] !== null && !Object.hasOwn(now, name));
  return names.length > 0 ? names.map((name) => shown(name)) : undefined;
}

function placeName({ file }: Part): string {
  return file ? quoted(file.path) : "the config";
}

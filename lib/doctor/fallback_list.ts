/**
 * The list that fallbacks in another form are meant to be, and a hint with the
 * lines to write: the lines to replace are named only where the edit is proven.
 *
 * @module
 */

import type { Lines } from "../config/lines.ts";
import type { Place } from "../config/merged_config.ts";
import { isJsonObject, type JsonObject } from "../text/fields.ts";
import { looksLikeKey } from "../text/key_look.ts";
import { byteLines, withoutBreak } from "../yaml/lines.ts";
import { decodeText } from "../yaml/encoding.ts";
import { parseYaml, plainOrQuoted } from "../yaml/parse.ts";
import { type Edit, inWords, provenEdit } from "./edit.ts";

/** Names of a model and of its fallbacks; of all models with `*`. */
interface Rule {
  readonly model: string;
  readonly fallbacks: readonly string[];
}

/** What the value means as a list. */
export type FallbackList =
  | { readonly kind: "rules"; readonly rules: readonly Rule[] }
  | { readonly kind: "names"; readonly names: readonly string[] };

/** Nothing for what is more than names, and for what could be a key. */
export function asList(key: string, value: unknown): FallbackList | undefined {
  if (key === "default_fallbacks") {
    const names = namesIn(value);
    return names && { kind: "names", names };
  }
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (items.length > 0 && items.every((item) => typeof item === "string")) {
    const fallbacks = namesIn(items.filter((item) => item !== ""));
    return fallbacks && { kind: "rules", rules: forAllModels(fallbacks) };
  }
  const rules = items.flatMap((item) => isJsonObject(item) ? rulesIn(item) : [])
    .filter((rule) => rule !== undefined);
  const isWhole = items.every((item) =>
    isJsonObject(item) && rulesIn(item).every((rule) => rule !== undefined)
  );
  return isWhole ? { kind: "rules", rules } : undefined;
}

/** Nothing in the place of a rule with more than names. */
function rulesIn(item: JsonObject): (Rule | undefined)[] {
  return Object.entries(item).map(([model, targets]) => {
    const fallbacks = namesIn(targets);
    // A `model` alone is the form of a fallback with parameters of its own.
    const isOther = model === "model" && !Array.isArray(targets);
    return fallbacks && isName(model) && !isOther
      ? { model, fallbacks }
      : undefined;
  });
}

function forAllModels(fallbacks: readonly string[]): readonly Rule[] {
  return fallbacks.length > 0 ? [{ model: "*", fallbacks }] : [];
}

function namesIn(value: unknown): readonly string[] | undefined {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  return items.every(isName) ? items : undefined;
}

function isName(value: unknown): value is string {
  return typeof value === "string" && /^[^\r\n]+$/.test(value) &&
    !looksLikeKey(value);
}

/** The form of a list that LiteLLM takes. */
export function formOf(key: string): string {
  return key === "default_fallbacks"
    ? "a list of names, such as `[fallback, another]`"
    : "a list with one model in each item, such as " +
      "`- my-model: [fallback, another]`";
}

/** What to do; `place` is the key with the fallbacks in its file. */
export function listHint(
  lines: Lines,
  place: Place,
  list: FallbackList | undefined,
): string {
  const key = String(place.path.at(-1));
  if (!list) return `write it as ${formOf(key)}`;
  const edit = proven(lines, place, list);
  return edit ? inWords(edit) : linesHint(key, list, "write it as a list:");
}

/** What to do with the list, which follows on lines of its own. */
export function linesHint(
  key: string,
  list: FallbackList,
  todo: string,
): string {
  return [todo, ...listLines(key, list, "")].join("\n");
}

function proven(
  lines: Lines,
  { file, path }: Place,
  list: FallbackList,
): Edit | undefined {
  const from = lines.positionsIn(file).lineOf(path);
  const bytes = lines.bytesOf(file);
  const texts = byteLines(bytes).map((line) => decodeText(withoutBreak(line)));
  const first = from === undefined ? undefined : texts[from - 1];
  if (from === undefined || first === undefined) return undefined;
  const [indent = ""] = /^ */.exec(first) ?? [];
  const to = from + belowIt(texts.slice(from), indent.length);
  // A comment would be lost.
  if (texts.slice(from - 1, to).some((line) => /(?:^|\s)#/.test(line))) {
    return undefined;
  }
  const edit = {
    from,
    to,
    lines: listLines(String(path.at(-1)), list, indent),
  };
  return provenEdit(bytes, [edit], withValue(parseYaml(bytes), path, list));
}

/** How many of the lines belong to a value whose key is this far in. */
function belowIt(lines: readonly string[], indent: number): number {
  const end = lines.findIndex((line) => {
    const at = line.search(/[^ ]/);
    const isItem = /^-(?: |$)/.test(line.slice(at));
    return at >= 0 && (at < indent || at === indent && !isItem);
  });
  const below = end < 0 ? lines : lines.slice(0, end);
  return below.findLastIndex((line) => line.trim() !== "") + 1;
}

/** The file's value with the list in its place. */
function withValue(
  value: unknown,
  [step, ...rest]: Place["path"],
  list: FallbackList,
): unknown {
  if (step === undefined) {
    return list.kind === "names"
      ? list.names
      : list.rules.map(({ model, fallbacks }) => ({ [model]: fallbacks }));
  }
  return isJsonObject(value)
    ? { ...value, [step]: withValue(value[step], rest, list) }
    : value;
}

function listLines(
  key: string,
  list: FallbackList,
  indent: string,
): readonly string[] {
  if (list.kind === "names") {
    return [`${indent}${key}: [${list.names.map(plainOrQuoted).join(", ")}]`];
  }
  if (list.rules.length === 0) return [`${indent}${key}: []`];
  return [
    `${indent}${key}:`,
    ...list.rules.map(({ model, fallbacks }) =>
      `${indent}  - ${plainOrQuoted(model)}: ` +
      `[${fallbacks.map(plainOrQuoted).join(", ")}]`
    ),
  ];
}

/**
 * Whether a value is plain, holds no key, and is read by LiteLLM as it is meant:
 * `os.environ/NAME` counts only where LiteLLM looks for it.
 *
 * @module
 */

import { IN_ENVIRONMENT, variableIn } from "../litellm/references.ts";
import { isJsonObject } from "../text/fields.ts";
import { looksLikeKey } from "../text/key_look.ts";
import { quote } from "../yaml/parse.ts";

/** What is wrong with a value; no part of the value is quoted. */
export interface ValueProblem {
  readonly state: string;
  readonly hint?: string;
  /** Where in it. */
  readonly path: readonly (string | number)[];
}

const MAX_DEPTH = 8;

/** YAML also has dates, bytes and the like, which are objects here. */
export function isMapping(value: unknown): value is Record<string, unknown> {
  if (!isJsonObject(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The first problem in a value, be it as deep as it may. */
export function plainProblem(value: unknown): ValueProblem | undefined {
  return valueProblem(value, []);
}

function valueProblem(
  value: unknown,
  path: ValueProblem["path"],
): ValueProblem | undefined {
  if (path.length > MAX_DEPTH) return { state: "nested too deeply", path };
  if (typeof value === "string") return textProblem(value, path);
  if (typeof value === "number") return numberProblem(value, path);
  if (value === null || typeof value === "boolean") return undefined;
  if (Array.isArray(value)) return listProblem(value, path);
  if (isMapping(value)) return mappingProblem(value, path);
  return {
    state: value instanceof Date ? "a date" : "not a plain value",
    hint: QUOTED,
    path,
  };
}

const QUOTED = "put quotes around it";

/** A date or a mapping as a key: YAML's reader makes such a text of it. */
const WAS_NO_TEXT =
  /^(?:\[object Object\]|[A-Z][a-z]{2} [A-Z][a-z]{2} \d\d -?\d+ [\d:]{8} GMT.*)$/;

/** Exact in every reader: others have whole numbers of any size, or none. */
function numberProblem(
  value: number,
  path: ValueProblem["path"],
): ValueProblem | undefined {
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return undefined;
  const state = Number.isFinite(value)
    ? "a number too large to be exact"
    : "not a finite number";
  return { state, path };
}

function listProblem(
  list: readonly unknown[],
  path: ValueProblem["path"],
): ValueProblem | undefined {
  const unread = list.findIndex((item) => variableIn(item) !== undefined);
  if (unread >= 0) {
    return {
      state: "LiteLLM does not read os.environ/ in a list",
      hint: "write it as the value of a key",
      path: [...path, unread],
    };
  }
  return firstProblem(list.map((item, at) => [item, at]), path);
}

function mappingProblem(
  mapping: Readonly<Record<string, unknown>>,
  path: ValueProblem["path"],
): ValueProblem | undefined {
  const pairs = Object.entries(mapping);
  for (const [key, value] of pairs) {
    if (WAS_NO_TEXT.test(key)) {
      return { state: "a name that is no text", hint: QUOTED, path };
    }
    if (!isUsableKey(key)) {
      return { state: "not a name that can be used", path };
    }
    if (looksLikeKey(key)) return keyProblem(path);
    if (isKeyName(key) && maySayKey(value)) return keyProblem([...path, key]);
  }
  return firstProblem(pairs.map(([key, value]) => [value, key]), path);
}

function firstProblem(
  parts: readonly (readonly [value: unknown, at: string | number])[],
  path: ValueProblem["path"],
): ValueProblem | undefined {
  for (const [value, at] of parts) {
    const problem = valueProblem(value, [...path, at]);
    if (problem) return problem;
  }
  return undefined;
}

/** Names that every object of JavaScript has, or that valibot skips. */
export function isReserved(name: string): boolean {
  return ["__proto__", "constructor", "prototype"].includes(name);
}

/** PyYAML reads no key of more than 1,024 characters. */
function isUsableKey(key: string): boolean {
  return key !== "" && key.isWellFormed() && quote(key).length < 1000 &&
    !isReserved(key);
}

/** LiteLLM takes all that follows for the name of the variable. */
export function isReference(text: string): boolean {
  return /^[A-Za-z_]\w*$/.test(variableIn(text) ?? "");
}

function textProblem(
  text: string,
  path: ValueProblem["path"],
): ValueProblem | undefined {
  if (isReference(text)) return undefined;
  if (looksLikeKey(text) || /^(?:Bearer|Basic)\s/i.test(text)) {
    return keyProblem(path);
  }
  if (text.includes(IN_ENVIRONMENT)) {
    return {
      state: "os.environ/ with something around it",
      hint: "LiteLLM reads os.environ/NAME only as the whole value",
      path,
    };
  }
  if (/:\/\/[^/\s]*@/.test(text)) return keyProblem(path);
  return text.isWellFormed()
    ? undefined
    : { state: "a half of a character", path };
}

/** Names of what is kept secret, of headers and of fields of a body. */
function isKeyName(name: string): boolean {
  return /(?:^|[-_])(?:authorization|api[-_]?key|(?:auth|access|bearer|refresh|secret|session|subscription)[-_]?(?:key|token)|(?:client[-_]?)?secret|pass(?:word|wd)|cookie|credentials?)$|^(?:x-)?token$/i
    .test(name);
}

/** A mapping has names of its own, and a flag says nothing. */
function maySayKey(value: unknown): boolean {
  if (typeof value === "string") return value !== "" && !isReference(value);
  return typeof value === "number" || Array.isArray(value) && value.length > 0;
}

/** The value of a name is a key where it should not be. */
export function keyProblem(path: ValueProblem["path"]): ValueProblem {
  return {
    state: "it looks like a key",
    hint: "write os.environ/NAME, with the name of a variable that holds it",
    path,
  };
}

/**
 * What the values of own settings have to be: plain, no key, and written so that
 * LiteLLM reads them as they are meant.
 *
 * @module
 */

import { isJsonObject } from "../text/fields.ts";
import { looksLikeKey } from "../text/key_look.ts";
import { quote } from "../yaml/parse.ts";
import { flowValue } from "../yaml/flow.ts";

/** What a value has to be, in words. */
export const OWN_KINDS = {
  count: "expected a whole number, 1 or more",
  whole: "expected a whole number, 0 or more",
  integer: "expected a whole number",
  number: "expected a number",
  amount: "expected a number, 0 or more",
  time: "expected a number of seconds, more than 0",
  flag: "expected true or false",
  text: "expected a text",
  id: "expected a text",
  duration: "expected a time such as 30s, 1h, 1d or 1mo",
  texts: "expected a text or a list of texts",
  headers: "expected a mapping of header names to texts",
  mapping: "expected a mapping",
  mappings: "expected a list of mappings",
} as const;

/** A kind of values. */
export type OwnKind = keyof typeof OWN_KINDS;

/** What is wrong with a value; no part of the value is quoted. */
export interface OwnProblem {
  readonly state: string;
  readonly hint?: string;
  /** Where in it. */
  readonly path: readonly (string | number)[];
}

/** What is wrong with a value of a kind, if anything is. */
export function ownProblem(
  kind: OwnKind,
  value: unknown,
): OwnProblem | undefined {
  const state = OWN_KINDS[kind];
  if (!isOfKind(kind, value)) return { state, path: [] };
  if (isTooLarge(value)) return { state: TOO_LARGE, path: [] };
  if (kind === "id" && typeof value === "string" && UUID.test(value)) return;
  const problem = valueProblem(value, []) ??
    (kind === "headers" ? headersProblem(value) : undefined);
  if (problem) return problem;
  return flowValue(value).length > MAX_LENGTH
    ? { state: TOO_LARGE, path: [] }
    : undefined;
}

/** By anchors, few lines may stand for any number of values, or contain themselves. */
function isTooLarge(value: unknown): boolean {
  const waiting = [value];
  for (let count = 0; waiting.length > 0; count++) {
    if (count > MAX_VALUES) return true;
    const one = waiting.pop();
    if (typeof one !== "object" || one === null) continue;
    for (const part of Object.values(one)) waiting.push(part);
  }
  return false;
}

/** LiteLLM gives teams such ids, which would look like keys. */
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

const MAX_LENGTH = 10_000;
const MAX_VALUES = 1000;
const MAX_DEPTH = 8;
const TOO_LARGE = `more than ${MAX_VALUES} values or ${MAX_LENGTH} characters`;

function isOfKind(kind: OwnKind, value: unknown): boolean {
  switch (kind) {
    case "count":
      return Number.isInteger(value) && Number(value) >= 1;
    case "whole":
      return Number.isInteger(value) && Number(value) >= 0;
    case "integer":
      return Number.isInteger(value);
    case "number":
      return typeof value === "number";
    case "amount":
      return typeof value === "number" && !(value < 0);
    case "time":
      return typeof value === "number" && !(value <= 0);
    case "flag":
      return typeof value === "boolean";
    case "text":
    case "id":
      return isText(value);
    case "duration":
      return isText(value) && /^[1-9]\d*(?:s|m|h|d|w|mo)$/.test(value);
    case "texts":
      return isText(value) || Array.isArray(value) && value.every(isText);
    case "headers":
      return isMapping(value) && Object.values(value).every(isText);
    case "mapping":
      return isMapping(value);
    case "mappings":
      return Array.isArray(value) && value.every(isMapping);
  }
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

/** YAML also has dates, bytes and the like, which are objects here. */
function isMapping(value: unknown): value is Record<string, unknown> {
  if (!isJsonObject(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The first problem in a value, be it as deep as it may. */
function valueProblem(
  value: unknown,
  path: OwnProblem["path"],
): OwnProblem | undefined {
  if (path.length > MAX_DEPTH) return { state: "nested too deeply", path };
  if (typeof value === "string") return textProblem(value, path);
  if (typeof value === "number") return numberProblem(value, path);
  if (value === null || typeof value === "boolean") return undefined;
  if (Array.isArray(value)) return listProblem(value, path);
  if (isMapping(value)) return mappingProblem(value, path);
  return {
    state: value instanceof Date ? "a date" : "not a plain value",
    hint: "put quotes around it",
    path,
  };
}

/** Exact in every reader: others have whole numbers of any size, or none. */
function numberProblem(
  value: number,
  path: OwnProblem["path"],
): OwnProblem | undefined {
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return undefined;
  const state = Number.isFinite(value)
    ? "a number too large to be exact"
    : "not a finite number";
  return { state, path };
}

function listProblem(
  list: readonly unknown[],
  path: OwnProblem["path"],
): OwnProblem | undefined {
  const unread = list.findIndex((item) =>
    typeof item === "string" && item.startsWith(IN_ENVIRONMENT)
  );
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
  path: OwnProblem["path"],
): OwnProblem | undefined {
  for (const [key, value] of Object.entries(mapping)) {
    const own = [...path, key];
    if (!isUsableKey(key)) {
      return { state: "not a name that can be used", path };
    }
    if (looksLikeKey(key)) return keyProblem(path);
    if (isKeyName(key) && isText(value) && !isReference(value)) {
      return keyProblem(own);
    }
  }
  const pairs = Object.entries(mapping);
  return firstProblem(pairs.map(([key, value]) => [value, key]), path);
}

function firstProblem(
  parts: readonly (readonly [value: unknown, at: string | number])[],
  path: OwnProblem["path"],
): OwnProblem | undefined {
  for (const [value, at] of parts) {
    const problem = valueProblem(value, [...path, at]);
    if (problem) return problem;
  }
  return undefined;
}

/** PyYAML reads no key of more than 1,024 characters. */
function isUsableKey(key: string): boolean {
  return key !== "" && key.isWellFormed() && quote(key).length < 1000 &&
    !["__proto__", "constructor", "prototype"].includes(key);
}

const IN_ENVIRONMENT = "os.environ/";

/** LiteLLM takes all that follows for the name of the variable. */
function isReference(text: string): boolean {
  return /^os\.environ\/[A-Za-z_]\w*$/.test(text);
}

function textProblem(
  text: string,
  path: OwnProblem["path"],
): OwnProblem | undefined {
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
  return /(?:^|[-_])(?:authorization|api[-_]?key|(?:auth|access|bearer|refresh|secret|session|subscription)[-_]?(?:key|token)|secret|password|cookie|credentials?)$|^(?:x-)?token$/i
    .test(name);
}

function keyProblem(path: OwnProblem["path"]): OwnProblem {
  return {
    state: "it looks like a key",
    hint: "write os.environ/NAME, with the name of a variable that holds it",
    path,
  };
}

/** https://www.rfc-editor.org/rfc/rfc9110#name-fields */
function headersProblem(value: unknown): OwnProblem | undefined {
  if (!isMapping(value)) return undefined;
  for (const [name, text] of Object.entries(value)) {
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) {
      return { state: "not the name of a header", path: [] };
    }
    if (!/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(String(text))) {
      return {
        state: "a header holds plain ASCII text on one line only",
        path: [name],
      };
    }
  }
  return undefined;
}

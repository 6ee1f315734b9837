/**
 * What the values of own settings have to be, each kind of them.
 *
 * @module
 */

import { variableIn } from "../litellm/references.ts";
import { flowValue } from "../yaml/flow.ts";
import {
  isMapping,
  isReference,
  keyProblem,
  plainProblem,
  type ValueProblem,
} from "./plain_values.ts";

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
  words: "expected a text",
  duration: "expected a time such as 30s, 1h, 1d or 1mo",
  texts: "expected a text or a list of texts",
  headers: "expected a mapping of header names to texts",
  mapping: "expected a mapping",
  body: "expected a mapping",
  mappings: "expected a list of mappings",
} as const;

/** A kind of values. */
export type OwnKind = keyof typeof OWN_KINDS;

/** What is wrong with a value of a kind, if anything is. */
export function ownProblem(
  kind: OwnKind,
  value: unknown,
): ValueProblem | undefined {
  const state = OWN_KINDS[kind];
  if (!isOfKind(kind, value)) return { state, path: [] };
  if (isTooLarge(value)) return { state: TOO_LARGE, path: [] };
  if (kind === "id" && UUID.test(String(value))) return undefined;
  const problem = plainProblem(value) ?? problemOfKind(kind, value);
  if (problem) return problem;
  return flowValue(value).length > MAX_LENGTH
    ? { state: TOO_LARGE, path: [] }
    : undefined;
}

function problemOfKind(
  kind: OwnKind,
  value: unknown,
): ValueProblem | undefined {
  if (kind === "headers") return headersProblem(value);
  if (kind === "body") return bodyProblem(value);
  const isShown = kind === "id" || kind === "words";
  return isShown && variableIn(value) !== undefined
    ? { ...SHOWN, path: [] }
    : undefined;
}

/** LiteLLM puts the value there, and shows it to whoever may list models. */
const SHOWN = {
  state: "LiteLLM shows what is in model_info to its clients",
  hint: "write the text itself",
};

/** Fields of the body that the call itself has; LiteLLM would replace them. */
const OF_THE_CALL = ["model", "messages", "input", "contents", "stream"];

function bodyProblem(value: unknown): ValueProblem | undefined {
  const own = isMapping(value) ? Object.keys(value) : [];
  const found = own.find((name) => OF_THE_CALL.includes(name));
  return found === undefined
    ? undefined
    : { state: "decided by each request", hint: "remove it", path: [found] };
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
    case "words":
      return isText(value);
    case "duration":
      return isText(value) && /^[1-9]\d*(?:s|m|h|d|w|mo)$/.test(value);
    case "texts":
      return isText(value) || Array.isArray(value) && value.every(isText);
    case "headers":
      return isMapping(value) && Object.values(value).every(isText);
    case "mapping":
    case "body":
      return isMapping(value);
    case "mappings":
      return Array.isArray(value) && value.every(isMapping);
  }
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

/** More names than in a body, where `prompt_cache_key` is none of a secret. */
const KEY_HEADER =
  /(?:^|[-_])(?<!(?:cache|idempotency)[-_])(?:key|token|auth|pass|passwd|pwd)$/i;

/** What carries the request, and is of the connection: `Host` leads elsewhere. */
const CONNECTION_HEADER =
  /^(?:host|connection|keep-alive|upgrade|te|trailer|expect|content-(?:length|encoding)|transfer-encoding|proxy-.*)$/i;

function headersProblem(value: unknown): ValueProblem | undefined {
  const headers = isMapping(value) ? Object.entries(value) : [];
  const seen = new Set<string>();
  for (const [name, text] of headers) {
    const problem = headerProblem(name, String(text));
    if (problem) return problem;
    // Other capitals make no other header.
    if (seen.has(name.toLowerCase())) {
      return { state: "a header that is there twice", path: [name] };
    }
    seen.add(name.toLowerCase());
  }
  return undefined;
}

/** https://www.rfc-editor.org/rfc/rfc9110#name-fields */
function headerProblem(name: string, text: string): ValueProblem | undefined {
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) {
    return { state: "not the name of a header", path: [] };
  }
  const path = [name];
  if (CONNECTION_HEADER.test(name)) {
    return {
      state: "a header that the connection decides",
      hint: "remove it; base_url: of the provider says where calls go",
      path,
    };
  }
  if (KEY_HEADER.test(name) && !isReference(text)) return keyProblem(path);
  return /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(text) ? undefined : {
    state: "a header holds plain ASCII text on one line only",
    path,
  };
}

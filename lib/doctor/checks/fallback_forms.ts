/**
 * Fallbacks in a form that LiteLLM refuses when it starts, or cannot use later.
 * Source: `router.py` (`Router.__init__`, `validate_fallbacks`), measured with
 * 1.108.7.
 *
 * @module
 */

import { wildcardFor } from "../../config/wildcards.ts";
import { variableIn } from "../../litellm/references.ts";
import {
  field,
  isJsonObject,
  type JsonObject,
  objectField,
} from "../../text/fields.ts";
import { quoted } from "../../text/key_look.ts";
import type { DoctorInput, Found } from "../input.ts";
import {
  asList,
  type FallbackList,
  formOf,
  linesHint,
  listHint,
} from "../fallback_list.ts";
import { FALLBACK_KEYS, FALLBACK_SECTIONS } from "../mentions.ts";
import { isTruthy, kindOf } from "../../text/python_values.ts";
import { type Unread, unreadKeys } from "../unread_keys.ts";

/** A value that counts, and the section that it is in. */
interface Used {
  readonly section: typeof FALLBACK_SECTIONS[number];
  readonly key: string;
  readonly value: unknown;
}

/** Fallbacks in another form than a list of mappings with one key each. */
export function fallbackForms(input: DoctorInput): Found[] {
  const whole = input.config.merged.value;
  return [
    ...FALLBACK_KEYS.flatMap((key) => {
      const used = usedValue(whole, key);
      const text = used && listFault(used, whole);
      // LiteLLM does not look at these before it needs them.
      const isDead = key === "context_window_fallbacks";
      return text ? [finding(input, used, text, isDead)] : [];
    }),
    ...defaultFallbacks(input),
    ...[...FALLBACK_KEYS, "default_fallbacks"].flatMap((key) =>
      unreadKeys(input, key, {
        sections: ["general_settings"],
        readIn: FALLBACK_SECTIONS,
        code: "dead-fallbacks",
        hint: (unread) => moveHint(input, key, unread),
      })
    ),
  ];
}

/** Where it is moved as it is, LiteLLM must not stop at it. */
function moveHint(
  input: DoctorInput,
  key: string,
  { path, value, other }: Unread,
): string {
  const target = other
    ? `the ${key}: on ${input.lines.named(other, path)}`
    : "litellm_settings:";
  if (isList(key, value)) {
    return other ? `move its items to ${target}` : `move it to ${target}`;
  }
  const list = meantList(input, key, value);
  return list
    ? linesHint(key, list, `move it to ${target}, as a list:`)
    : `remove it; what belongs to ${target} is ${formOf(key)}`;
}

function isList(key: string, value: unknown): boolean {
  return variableIn(value) !== undefined || Array.isArray(value) &&
      (key === "default_fallbacks" ||
        value.every((item) => itemFault(key, item) === undefined));
}

/** An empty value in `router_settings` gives way to `litellm_settings`. */
function usedValue(whole: JsonObject, key: string): Used | undefined {
  const [first, second] = FALLBACK_SECTIONS.map((section) => ({
    section,
    key,
    value: field(objectField(whole, section), key),
  }));
  const used = isTruthy(first?.value) ? first : second;
  // What the value of a variable is cannot be known.
  const isKnown = (used?.value ?? null) !== null &&
    variableIn(used?.value) === undefined;
  return isKnown ? used : undefined;
}

/** What is wrong with it; nothing if LiteLLM takes it. */
function listFault(
  { key, value }: Used,
  whole: JsonObject,
): string | undefined {
  if (Array.isArray(value)) {
    const faults = value.map((item) => itemFault(key, item));
    return faults.find((fault) => fault !== undefined);
  }
  const isEmpty = value === "" || isJsonObject(value) && !isTruthy(value);
  const isTaken = isEmpty && !(key === "fallbacks" && hasDefaults(whole));
  return isTaken
    ? undefined
    : `${key} is ${kindOf(value)} where LiteLLM needs a list`;
}

/** LiteLLM adds the default ones to the list, whatever it is. */
function hasDefaults(whole: JsonObject): boolean {
  return FALLBACK_SECTIONS.some((section) =>
    (field(objectField(whole, section), "default_fallbacks") ?? null) !== null
  );
}

function itemFault(key: string, item: unknown): string | undefined {
  if (!isJsonObject(item)) {
    return `an item of ${key} is ${kindOf(item)} where LiteLLM needs a mapping`;
  }
  const names = Object.keys(item);
  const [name] = names;
  if (name === undefined || names.length > 1) {
    return `an item of ${key} has ${names.length} keys, and LiteLLM needs one`;
  }
  const targets = item[name];
  // A `model` alone is the form of a fallback with parameters of its own.
  if (Array.isArray(targets) || name === "model") return undefined;
  const what = (targets ?? null) === null ? "nothing" : kindOf(targets);
  return `${quoted(name)} has ${what} in ${key} where LiteLLM needs a list`;
}

function defaultFallbacks(input: DoctorInput): Found[] {
  const key = "default_fallbacks";
  const whole = input.config.merged.value;
  const used = usedValue(whole, key);
  if (used === undefined || Array.isArray(used.value)) return [];
  const { section, value } = used;
  // LiteLLM stops at a text, and at an empty one only in `litellm_settings`.
  const isEmpty = !isTruthy(value);
  if (isEmpty && (section !== "litellm_settings" || value !== "")) return [];
  const text = `${key} is ${kindOf(value)} where LiteLLM needs a list`;
  return [finding(input, used, text, typeof value !== "string")];
}

function finding(
  input: DoctorInput,
  { section, key, value }: Used,
  text: string,
  isDead: boolean,
): Found {
  const path = [section, key];
  const place = input.config.merged.placeOf(path);
  return {
    code: isDead ? "dead-fallbacks" : "malformed-fallbacks",
    text,
    hint: listHint(input.lines, place, meantList(input, key, value)),
    at: { path },
  };
}

/** Nothing for what names none of the models: its keys mean something else. */
function meantList(
  { config, ours }: DoctorInput,
  key: string,
  value: unknown,
): FallbackList | undefined {
  const list = asList(key, value);
  if (list?.kind !== "rules" || list.rules.length === 0) return list;
  const { names, wildcards } = config.userEntries;
  const isKnown = list.rules.some(({ model }) =>
    model === "*" || names.has(model) ||
    wildcardFor(wildcards, model) !== undefined ||
    ours.some(({ name }) => name === model)
  );
  return isKnown ? list : undefined;
}

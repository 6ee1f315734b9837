/**
 * What the entries of the provider table have in common: addresses under a
 * base, the usual header, the usual shapes of a list and of a row.
 *
 * @module
 */

import { type Model, MODEL_ID, type Page, type Reading } from "./provider.ts";
import {
  field,
  isJsonObject,
  type JsonObject,
  listField,
  textField,
} from "../text/fields.ts";

/** `path` below the base, whether or not that ends with a slash. */
export function under(base: URL, path: string): URL {
  const url = new URL(base);
  url.pathname = `${url.pathname.replace(/\/+$/, "")}/${path}`;
  return url;
}

/**
 * `path` below the base without its version: LiteLLM takes some bases with and
 * some without one, and for some even the whole address of the chat.
 */
export function underRoot(base: URL, path: string): URL {
  const url = new URL(base);
  url.pathname = url.pathname.replace(/\/v\d+(?:\/[a-z]+)?\/*$/, "/");
  return under(url, path);
}

/** The key as most providers want it. */
export function bearer(key: string): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${key}` };
}

/** A list that stands whole in `data`, as OpenAI sends it. */
export function dataPage(body: unknown): Page | undefined {
  return listPage(body, "data");
}

/** A list that stands whole in the field `name`. */
export function listPage(body: unknown, name: string): Page | undefined {
  return isJsonObject(body) && Array.isArray(field(body, name))
    ? { rows: listField(body, name) }
    : undefined;
}

/** Whether the status says it, as it does nearly everywhere. */
export function isUnauthorized(status: number): boolean {
  return status === 401;
}

/** The facts of a model, absent ones still spelled out as `undefined`. */
export type Facts = {
  readonly [Name in Exclude<keyof Model, "id">]?: Model[Name] | undefined;
};

/** A chat model with those of its facts that are known. */
export function chat(id: string, facts: Facts): Reading {
  return { kind: "chat", model: modelOf(id, facts) };
}

/** The model without the facts that are not known. */
export function modelOf(id: string, facts: Facts): Model {
  const known = Object.entries(facts).filter(([, fact]) => fact !== undefined);
  return { id, ...Object.fromEntries(known) };
}

/** What a row says beside its id; `ineligible` for one that does not chat. */
export type RowRule = (row: JsonObject, id: string) => Facts | "ineligible";

/** Reads rows whose id stands in the field `idField`. */
export function rowReader(
  rule: RowRule,
  idField = "id",
): (row: unknown) => Reading {
  return (row) => {
    if (!isJsonObject(row)) return { kind: "malformed" };
    const id = textField(row, idField);
    if (!id || !MODEL_ID.test(id)) return { kind: "malformed" };
    const facts = rule(row, id);
    return facts === "ineligible" ? { kind: "ineligible" } : chat(id, facts);
  };
}

/** The field as a point in time, from a text such as `2026-02-04T00:00:00Z`. */
export function timeField(row: JsonObject, name: string): number | undefined {
  const seconds = Date.parse(textField(row, name) ?? "") / 1000;
  return Number.isFinite(seconds) && seconds > 0
    ? Math.floor(seconds)
    : undefined;
}

/** The field where it is true; absent where it is anything else. */
export function yes(row: JsonObject, name: string): true | undefined {
  return field(row, name) === true || undefined;
}

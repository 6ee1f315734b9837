/**
 * What the entries of the provider table have in common: what OpenAI's API is
 * like, addresses under a base, the shapes of a list and of its rows.
 *
 * @module
 */

import { type Model, MODEL_ID, type Page, type Reading } from "./provider.ts";
import {
  field,
  isJsonObject,
  type JsonObject,
  listField,
  secondsField,
  textField,
  tokensField,
} from "../text/fields.ts";

/** What is not said in an entry is as OpenAI does it. */
export const AS_OPENAI = {
  include: ["*"],
  modelsUrl: (base: URL): URL => under(base, "models"),
  headers: (key: string) => ({ authorization: `Bearer ${key}` }),
  page: listIn("data"),
  isWrongKey: (status: number): boolean => status === 401,
} as const;

/** The same for one that is asked only if `discover.yaml` names it. */
export const HOSTED = { ...AS_OPENAI, kind: "hosted" } as const;

/** `path` below the base, whether or not that ends with a slash. */
export function under(base: URL, path: string, query = ""): URL {
  const url = new URL(base);
  url.pathname = `${url.pathname.replace(/\/+$/, "")}/${path}`;
  url.search = query;
  return url;
}

/**
 * `path` below the base without its version: LiteLLM takes some bases with and
 * some without one, and for some even the full address of the chat endpoint.
 */
export function underRoot(base: URL, path: string, query = ""): URL {
  const url = new URL(base);
  url.pathname = url.pathname.replace(/\/v\d+(?:\/[a-z]+)?\/*$/, "/");
  return under(url, path, query);
}

/** A list in the field `name`; `nextOf` says where the next page is. */
export function listIn(
  name: string,
  nextOf: (body: JsonObject) => string | undefined = () => undefined,
): (body: unknown) => Page | undefined {
  return (body) => {
    if (!isJsonObject(body) || !Array.isArray(field(body, name))) {
      return undefined;
    }
    const next = nextOf(body);
    return { rows: listField(body, name), ...(next && { next }) };
  };
}

/** The query of the next page: the field as one more parameter. */
export function nextQuery(
  query: string,
  parameter: string,
  token: string | undefined,
): string | undefined {
  return token && `?${query}&${parameter}=${encodeURIComponent(token)}`;
}

/** The facts of a model, absent ones still spelled out as `undefined`. */
export type Facts = {
  readonly [Name in Exclude<keyof Model, "id">]?: Model[Name] | undefined;
};

/** Which rows of a list are chat models, and in which fields their facts are. */
export interface RowForm {
  /** The field with the id; by default `id`. */
  readonly id?: string;
  /** A prefix in that field that is not part of the id. */
  readonly idPrefix?: string;
  /** By default all are. */
  readonly isChat?: (row: JsonObject, id: string) => boolean;
  /** Ids of models for other uses, whatever else a row says. */
  readonly notChat?: RegExp;
  /** Seconds since 1970, or a text such as `2026-02-04T00:00:00Z`; by default `created`. */
  readonly createdAt?: string;
  readonly displayName?: string;
  readonly maxInputTokens?: string;
  readonly maxOutputTokens?: string;
  readonly supportsVision?: string;
  readonly supportsFunctionCalling?: string;
  readonly retired?: string;
  /** Facts that are not simply the value of a field. */
  readonly more?: (row: JsonObject, id: string) => Facts;
}

/** Reads rows of a form. */
export function rowsOf(form: RowForm): (row: unknown) => Reading {
  return (row) => {
    if (!isJsonObject(row)) return { kind: "malformed" };
    const id = idOf(row, form);
    if (!MODEL_ID.test(id)) return { kind: "malformed" };
    if (form.notChat?.test(id) || form.isChat?.(row, id) === false) {
      return { kind: "ineligible" };
    }
    const facts = { ...factsIn(row, form), ...form.more?.(row, id) };
    return { kind: "chat", model: modelOf(id, facts) };
  };
}

function idOf(row: JsonObject, { id = "id", idPrefix = "" }: RowForm): string {
  const text = textField(row, id) ?? "";
  return text.startsWith(idPrefix) ? text.slice(idPrefix.length) : text;
}

function factsIn(row: JsonObject, form: RowForm): Facts {
  const read = <Value>(
    name: string | undefined,
    reader: (row: JsonObject, name: string) => Value | undefined,
  ): Value | undefined => name === undefined ? undefined : reader(row, name);
  return {
    createdAt: timeField(row, form.createdAt ?? "created"),
    displayName: read(form.displayName, textField),
    maxInputTokens: read(form.maxInputTokens, tokensField),
    maxOutputTokens: read(form.maxOutputTokens, tokensField),
    supportsVision: read(form.supportsVision, trueField),
    supportsFunctionCalling: read(form.supportsFunctionCalling, trueField),
    retired: read(form.retired, trueField),
  };
}

/** The model without the facts that are not known. */
export function modelOf(id: string, facts: Facts): Model {
  const known = Object.entries(facts).filter(([, fact]) => fact !== undefined);
  return { id, ...Object.fromEntries(known) };
}

function timeField(row: JsonObject, name: string): number | undefined {
  const seconds = Math.floor(Date.parse(textField(row, name) ?? "") / 1000);
  return seconds > 0 ? seconds : secondsField(row, name);
}

/** Whether the field is a list that has the value; never denied. */
export function hasValue(
  row: JsonObject,
  name: string,
  value: string,
): true | undefined {
  return listField(row, name).includes(value) || undefined;
}

/** The field where it is true; absent where it is anything else. */
export function trueField(row: JsonObject, name: string): true | undefined {
  return field(row, name) === true || undefined;
}

/**
 * How a fault of `discover.yaml` is told: with its line and, for a word that is
 * not known, the nearest known one. No value is ever quoted: somebody may have
 * written a key where its variable belongs. A key of the mapping is, unless it
 * looks like that, too.
 *
 * @module
 */

import { UsageError } from "../errors.ts";
import { quoted } from "../text/key_look.ts";
import { nearest } from "../text/suggest.ts";
import { SERVER_KINDS } from "../providers/table.ts";
import type { FormFault } from "./schema.ts";

/** A fault of `discover.yaml`: exit code 2, but no reason not to start. */
export class SettingsError extends UsageError {}

/** Makes the error about the place to which the keys lead. */
export type Fault = (
  keys: readonly string[],
  message: string,
  hint?: string,
) => SettingsError;

/** What a value must be, by the key before it. */
const WANTED: Readonly<Record<string, string>> = {
  timeout: "a time such as 2s or 1500ms",
  claude_code: "true or false",
  over_wildcards: "true or false",
  providers: "a mapping of providers to their settings",
  aliases: "a mapping of names to a provider and a glob",
  include: "a glob or a list of globs",
  exclude: "a glob or a list of globs",
  variants: "a word or a list of words, such as free",
  retired: "keep or leave-out",
  limit: "a whole number from 1",
  min_context: "a whole number from 1",
  name: 'a text such as "{provider}/{id}"',
  key: "the name of a variable such as DISCOVER_LAB_KEY",
  base_url: "an address such as http://127.0.0.1:8000/v1",
  kind: SERVER_KINDS.map(({ id }) => id).join(", "),
};

/** Tells what is wrong with the form. */
export function formError(
  { path, isUnknownKey }: FormFault,
  known: {
    readonly file: readonly string[];
    readonly provider: readonly string[];
  },
  fault: Fault,
): SettingsError {
  const last = path.at(-1) ?? "";
  if (isUnknownKey) {
    const words = path.length === 1 ? known.file : known.provider;
    return fault(path, `key ${quoted(last)}: not known`, meant(last, words));
  }
  const [section, name = ""] = path;
  if (section === undefined) return fault([], "not a mapping of settings");
  const key = path.length > 2 && section === "providers"
    ? path[2] ?? ""
    : section;
  if (path.length === 2 && section === "providers") {
    const wanted = "true, false or a mapping of settings";
    return fault(path, `provider ${quoted(name)}: not ${wanted}`);
  }
  if (section === "aliases" && path.length > 1) {
    const wanted = "a provider and a glob, a list of those, or false";
    return fault(path, `alias ${quoted(name)}: not ${wanted}`);
  }
  return fault(path, `"${key}": not ${WANTED[key] ?? "as it must be"}`);
}

/** The known word that was probably meant, or all of them. */
export function meant(word: string, known: readonly string[]): string {
  const close = nearest(word, known);
  return close ? `did you mean ${close}?` : `known are ${known.join(", ")}`;
}

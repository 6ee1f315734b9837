/**
 * Errors about `discover.yaml`: the line, what is wrong and, for an unknown word,
 * the nearest known one. No value is ever quoted, since it may be an API key in
 * the wrong place. Names of settings are, unless they look like one.
 *
 * @module
 */

import { ConfigError, UsageError } from "../errors.ts";
import { quoted, shown } from "../text/key_look.ts";
import { nearest } from "../text/suggest.ts";
import { type Path, Positions } from "../yaml/positions.ts";

/** A mistake in `discover.yaml`: exit code 2, but no reason not to start. */
export class SettingsError extends UsageError {}

/** A file of settings, as it is on disk. */
export interface SettingsText {
  readonly path: string;
  readonly text: string;
}

/** The error about what a path of the file leads to. */
export function errorAt(
  { path: file, text }: SettingsText,
  path: Path,
  state: string,
  hint?: string,
): SettingsError {
  const line = lineOf(text, path);
  const place = `settings "${file}"${line ? `, line ${line}` : ""}`;
  return new SettingsError(`${place}: ${subjectOf(path)}${state}`, hint);
}

/** The reader of lines is stricter than the parser of this file. */
function lineOf(text: string, path: Path): number | undefined {
  const bytes = new TextEncoder().encode(text.replaceAll("\t", " "));
  try {
    return new Positions(bytes).lineOf(path) ?? 1;
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}

/** What a path is about, in words, with the colon after it. */
function subjectOf(path: Path): string {
  const [section = "", name, key] = path.map(String);
  if (name === undefined) return section === "" ? "" : `${quoted(section)}: `;
  if (section === "aliases") return `alias ${quoted(name)}: `;
  return key === undefined
    ? `provider ${quoted(name)}: `
    : `${shown(key)} of ${quoted(name)}: `;
}

/** The known word that was probably meant, or all of them. */
export function expected(word: string, known: readonly string[]): string {
  const close = nearest(word, known);
  return close
    ? `did you mean ${close}?`
    : `expected one of: ${known.join(", ")}`;
}

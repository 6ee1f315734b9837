/**
 * Where a mistake in `discover.yaml` is, and what it is about. No value is ever
 * quoted, since it may be an API key in the wrong place. Names of settings are,
 * unless they look like one.
 *
 * @module
 */

import { ConfigError } from "../errors.ts";
import { quoted, shown } from "../text/key_look.ts";
import { type Path, Positions } from "../yaml/positions.ts";
import { SettingsError, type SettingsText } from "./errors.ts";

/** The file at `path`, with its mistakes placed in `text`. */
export function settingsText(path: string, text: string): SettingsText {
  const errorOn: SettingsText["errorOn"] = (line, state, hint) => {
    const place = `settings "${path}"${line ? `, line ${line}` : ""}`;
    return new SettingsError(`${place}: ${state}`, hint);
  };
  return {
    path,
    lineOf: (at) => lineOf(text, at),
    errorOn,
    errorAt: (at, state, hint) =>
      errorOn(lineOf(text, at), subjectOf(at) + state, hint),
  };
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
  const [section = "", name] = path.map(String);
  if (name === undefined) return section === "" ? "" : `${quoted(section)}: `;
  // Of what is nested, the innermost name: the line says the rest.
  const key = path.slice(2).findLast((part) => typeof part === "string");
  switch (section) {
    case "aliases":
      return key === undefined
        ? `alias ${quoted(name)}: `
        : `${shown(key)} of alias ${quoted(name)}: `;
    case "providers":
      return key === undefined
        ? `provider ${quoted(name)}: `
        : `${shown(key)} of ${quoted(name)}: `;
    default:
      return `${shown(name)} of ${quoted(section)}: `;
  }
}

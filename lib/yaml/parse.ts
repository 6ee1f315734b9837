/**
 * Reads YAML as values and writes scalars as YAML. It never writes a document:
 * the user's text is kept by slicing bytes, see `block/splice.ts`.
 *
 * @module
 */

// @ts-types="../types/std_yaml_parse.d.ts"
import { parse } from "@std/yaml/parse";
import { ConfigError } from "../errors.ts";
import { decodeText } from "./encoding.ts";
import { plainerYaml } from "./plainer.ts";
import { asTemplateError } from "./template.ts";

/**
 * The value of the one document in `bytes`. A repeated key takes its last
 * value, as in PyYAML. Throws {@linkcode ConfigError} with the line; the
 * parser's own message may quote a key of the file, and is not shown.
 */
export function parseYaml(bytes: Uint8Array): unknown {
  try {
    return parseText(bytes);
  } catch (error) {
    const isTooDeep = error instanceof RangeError;
    const plainer = isTooDeep ? undefined : plainerYaml(bytes);
    if (plainer !== undefined) return parsePlainer(plainer);
    throw asTemplateError(bytes, parseError(error));
  }
}

function parsePlainer(bytes: Uint8Array): unknown {
  try {
    return parseText(bytes);
  } catch (error) {
    throw asTemplateError(bytes, parseError(error));
  }
}

function parseText(bytes: Uint8Array): unknown {
  return parse(decodeText(bytes), { allowDuplicateKeys: true });
}

/** LiteLLM has another parser: whether it can read the file is not known here. */
function parseError(error: unknown): ConfigError {
  if (error instanceof RangeError) {
    return new ConfigError("nested too deeply", {
      hint: "write it with fewer brackets or less indentation",
    });
  }
  const [, line] = error instanceof Error && /line (\d+)/.exec(error.message) ||
    [];
  return new ConfigError("cannot be read as YAML", {
    hint: "fix that line; if LiteLLM can read the file, write the line " +
      "without `&`, `*`, `!` and `?`",
    line: line === undefined ? undefined : Number(line),
  });
}

/**
 * `text` as a double-quoted YAML scalar in ASCII: LiteLLM reads the file with
 * the code page of the machine, and unquoted `no`, `4.1` or `12:30` would
 * change their type. (`@std/yaml` writes neither ASCII only nor always quotes.)
 */
export function quote(text: string): string {
  // Every JSON escape is a YAML escape, except surrogate pairs.
  return JSON.stringify(text).replace(/[\x7f-\u{10ffff}]/gu, (character) => {
    const hex = character.codePointAt(0)?.toString(16) ?? "";
    return hex.length <= 4
      ? `\\u${hex.padStart(4, "0")}`
      : `\\U${hex.padStart(8, "0")}`;
  });
}

/** `text` as it is, or quoted where it could be read as something else. */
export function plainOrQuoted(text: string): string {
  const isPlain = /^[A-Za-z][\w./-]*$/.test(text) &&
    !/^(y|n|yes|no|on|off|true|false|null)$/i.test(text);
  return isPlain ? text : quote(text);
}

/**
 * Errors that more than one reader of YAML finds.
 *
 * @module
 */
import { ConfigError } from "../errors.ts";
import { lineOf } from "./lines.ts";

/** U+0085, U+2028 or U+2029 at this offset: only PyYAML ends a line there. */
export function lookalikeError(bytes: Uint8Array, at: number): ConfigError {
  return new ConfigError(
    "U+0085, U+2028 or U+2029, which LiteLLM reads as a line break",
    {
      line: lineOf(bytes, at),
      hint: "delete that invisible character, or replace it with a space",
    },
  );
}

/** No bracket begins like this where PyYAML takes one. */
const TEMPLATE_TAG = /\{[{%]/y;

/** Whether the bracket at this place is the beginning of a template's tag. */
export function isTemplateTag(text: string, at: number): boolean {
  TEMPLATE_TAG.lastIndex = at;
  return TEMPLATE_TAG.test(text);
}

/** Of a template whose tag, such as `{%`, is on this line. */
export function templateError(tag: string, line: number): ConfigError {
  return new ConfigError(`an unrendered template (\`${tag.slice(0, 2)}\`)`, {
    line,
    hint: "render it first, and name the rendered file with --config",
  });
}

/** Of a second document that starts on this line. */
export function secondDocumentError(line: number): ConfigError {
  return new ConfigError("more than one YAML document", {
    line,
    hint: "keep only one: LiteLLM reads files with a single document",
  });
}

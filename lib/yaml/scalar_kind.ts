/**
 * What PyYAML makes of a scalar, which LiteLLM reads its config with: YAML 1.1
 * takes more for numbers, dates and truth values than the parser here does.
 * Source: the types of YAML 1.1 (https://yaml.org/type/), measured with PyYAML
 * 6.0.
 *
 * @module
 */

/** A `sign` is `=` or `<<`, which PyYAML reads only as keys. */
export type ScalarKind =
  | "text"
  | "empty"
  | "boolean"
  | "number"
  | "date"
  | "sign";

const FORMS: readonly (readonly [ScalarKind, RegExp])[] = [
  ["empty", /^(?:~|null|Null|NULL|)$/],
  [
    "boolean",
    /^(?:[Yy]es|YES|[Nn]o|NO|[Tt]rue|TRUE|[Ff]alse|FALSE|[Oo]n|ON|[Oo]ff|OFF)$/,
  ],
  ["number", /^[-+]?(?:0|[1-9][\d_]*|0[0-7_]+|0b[01_]+|0x[\da-fA-F_]+)$/],
  ["number", /^(?:[-+]?\d[\d_]*\.[\d_]*|\.\d[\d_]*)(?:[eE][-+]\d+)?$/],
  ["number", /^[-+]?\.(?:inf|Inf|INF)$|^\.(?:nan|NaN|NAN)$/],
  // To the base of 60.
  ["number", /^[-+]?[1-9][\d_]*(?::[0-5]?\d)+$/],
  ["number", /^[-+]?\d[\d_]*(?::[0-5]?\d)+\.[\d_]*$/],
  ["date", /^\d{4}-\d\d-\d\d$/],
  [
    "date",
    /^\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::?\d\d)?))?$/,
  ],
  ["sign", /^(?:=|<<)$/],
];

const TAGS: Readonly<Record<string, ScalarKind>> = {
  null: "empty",
  bool: "boolean",
  int: "number",
  float: "number",
  timestamp: "date",
};

/** Of a plain scalar without a tag. */
export function plainKind(text: string): ScalarKind {
  return FORMS.find(([, form]) => form.test(text))?.[0] ?? "text";
}

/** Of any scalar with this tag; one that is not known counts as text. */
export function taggedKind(tag: string): ScalarKind {
  const [, type = ""] = /^(?:!!|!<tag:yaml\.org,2002:)(\w+)>?$/.exec(tag) ?? [];
  return Object.hasOwn(TAGS, type) ? TAGS[type] ?? "text" : "text";
}

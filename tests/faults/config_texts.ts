/**
 * Random configs with the traits of real ones, random damage to their markers,
 * and random answers of providers with hostile texts in them.
 *
 * @module
 */

import fc from "fast-check";
import { BEGIN_MARKER, END_MARKER } from "../../lib/block/markers.ts";

const MARKERS = [BEGIN_MARKER, END_MARKER] as const;

/** Texts that a careless writer of YAML lets out of their scalar. */
const HOSTILE: readonly string[] = [
  ...MARKERS,
  "constructor",
  "__proto__",
  'grok-4"\n  - model_name: "evil',
  "grok-4\n# <<< discover: auto-discovered models <<<",
  "grok-\u001b[31m",
  "grok-\u2028x",
  "grok-\ud800",
  "gemini-*",
  "grok-${HOME}",
  "anthropic/*a",
  "grok-: x # y",
];

const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
const scalar = fc.oneof(
  name,
  fc.constantFrom("no", "4.10", "12:30", "'it''s'", '"a \\" # b"', "null"),
  fc.constantFrom("os.environ/KEY", "[a, {b: c}]", "!!str 1", "2026-01-01"),
  fc.constantFrom("é", "日本", "😀", '"\\x41"', "'a: b'", "a#b"),
  fc.constantFrom(...MARKERS).map((marker) => `"${marker}"`),
);
const comment = fc.oneof(
  fc.constantFrom("", "", "", " # why", " #\ttab", " #"),
  name.map((word) => ` # ${word} >>> discover: no`),
);
const between = fc.oneof(
  fc.constantFrom([], [], [], [""], ["# note"], ["  # deeper", ""]),
);

/** Anchors and tags in front of a key, where other parsers trip. */
const property = fc.constantFrom("", "", "", "", "&i ", "!!str ", "&i !!str ");

/** Some lines, and whether they are an entry of ours without its markers. */
interface Piece {
  readonly lines: readonly string[];
  readonly isStray: boolean;
}

/** The lines of one item, without the list's indent. */
const item: fc.Arbitrary<Piece> = fc.record({
  property,
  name: fc.oneof(name, fc.constantFrom('"claude-fallback"', "grok-4", "'*'")),
  more: fc.array(fc.tuple(name, scalar, comment), { maxLength: 3 }),
  text: fc.option(fc.tuple(
    fc.constantFrom("|", ">", "|-", "|+", ">2"),
    fc.array(fc.constantFrom("line", "", "  deeper", ...MARKERS), {
      maxLength: 3,
    }).map((lines) => ["first", ...lines]),
  )),
  after: between,
}).map(({ property, name, more, text, after }) => ({
  isStray: false,
  lines: [
    `- ${property}model_name: ${name}`,
    "  litellm_params:",
    "    model: openai/gpt-5",
    ...more.map(([key, value, note]) => `    ${key}: ${value}${note}`),
    ...(text ? [`  note: ${text[0]}`, ...text[1].map((l) => `    ${l}`)] : []),
    ...after,
  ],
}));

/** An entry of ours as a dump of LiteLLM's, or an editor, leaves it. */
const stray: fc.Arbitrary<Piece> = name.chain((name) =>
  fc.constantFrom(
    [`- model_info: {id: 'discover:xai/${name}'}`, `  model_name: ${name}`],
    [
      "- litellm_params:",
      `    model: xai/${name}`,
      "  model_info:",
      "    # not ours, but inside",
      `    id: discover:xai/${name}`,
      `  model_name: ${name}`,
    ],
    [
      `- model_name: ${name}`,
      `  model_info: {id: "discover:xai/${name}", mode: chat}`,
      "  note: |+",
      "    text",
      "    # text, too",
      "",
    ],
  )
).map((lines) => ({ lines, isStray: true }));

const otherKey: fc.Arbitrary<readonly string[]> = fc.oneof(
  fc.tuple(name, scalar, comment).map(([key, value, note]) => [
    `x-${key}: ${value}${note}`,
  ]),
  fc.constantFrom(
    ["litellm_settings:", "  drop_params: true"],
    ["base: &base", "  a: 1", "derived:", "  <<: *base"],
    ["prompt: |", `  ${BEGIN_MARKER}`, "  text", `  ${END_MARKER}`],
    ["general_settings: {", "  a: 1, # one", "  b: [2]", "}"],
    ["long: 'over", "", "  lines'"],
    ["", "# heading", "router_settings:", "- 1", "- 2"],
    ["nothing: !!null", "flag: !!bool yes"],
    ["tagged:", "  &t !!str a: 1", "  b: 2"],
    ["&k anchored: &v", "  - x", "again: *v"],
  ),
);

/** A config, and the same one with entries of ours among the hand-written. */
export interface ConfigText {
  readonly bytes: Uint8Array;
  readonly withStrays?: Uint8Array;
}

/** A list without entries that is not left out. */
const EMPTY_VALUES: readonly string[] = [
  ...[" []", " [ ]", " []", "\n  []", " [\n]"],
  ...[" null", " ~", "\n  Null"],
];

/** Configs with every trait of the real ones in some mixture. */
export const configTexts: fc.Arbitrary<ConfigText> = fc.record({
  before: fc.array(otherKey, { maxLength: 2 }),
  key: fc.constantFrom("model_list:", "model_list :", '"model_list":', ""),
  note: comment,
  indent: fc.constantFrom(0, 1, 2, 4),
  property: fc.constantFrom("", "", "", "", " &l", " !!seq", " &l !!seq"),
  value: fc.constantFrom("", "", "", ...EMPTY_VALUES),
  items: fc.array(
    fc.oneof({ weight: 5, arbitrary: item }, { weight: 1, arbitrary: stray }),
    { maxLength: 4 },
  ),
  after: fc.array(otherKey, { maxLength: 2 }),
  end: fc.constantFrom([], [], [], [], ["..."], ["...", "# end", "..."]),
  eols: fc.constantFrom(["\n"], ["\r\n"], ["\n", "\r\n"], ["\n"], ["\r"]),
  bom: fc.constantFrom("", "", "", "\ufeff"),
  start: fc.constantFrom([], [], ["---"], ["# first", ""]),
  isOpenEnd: fc.boolean(),
  isCp1252: fc.constantFrom(false, false, false, true),
}).map((parts) => {
  const lead = " ".repeat(parts.indent);
  const items = parts.items.map(({ lines, isStray }, at) => ({
    isStray,
    // PyYAML takes no anchor twice.
    lines: lines.map((line) => line === "" ? "" : lead + line)
      .map((line) => line.replace("- &i ", `- &i${at} `)),
  }));
  const isEmpty = items.every(({ isStray }) => isStray);
  const value = isEmpty ? parts.value : parts.property;
  const list = parts.key === "" ? [mine(["guardrails: []"])] : [
    mine(`${parts.key}${value}${parts.note}`.split("\n")),
    // Nothing can stand below a list in brackets.
    ...(isEmpty && value !== "" ? [] : items),
  ];
  const pieces = [
    mine([...parts.start, ...parts.before.flat()]),
    ...list,
    mine(["general: 1", ...parts.after.flat(), ...parts.end]),
  ];
  const lines = pieces.flatMap(({ lines, isStray }) =>
    lines.map((line) => ({ line, isStray }))
  ).map(({ line, isStray }, at, { length }) => {
    const isLast = at === length - 1 && parts.isOpenEnd;
    const eol = isLast ? "" : parts.eols[at % parts.eols.length] ?? "\n";
    return { text: line + eol, isStray };
  });
  const bytesOf = (some: typeof lines): Uint8Array => {
    const text = some.map(({ text }) => text).join("");
    return encode(parts.isCp1252 ? text : parts.bom + text, parts.isCp1252);
  };
  const clean = bytesOf(lines.filter(({ isStray }) => !isStray));
  const hasStrays = lines.some(({ isStray }) => isStray);
  return hasStrays
    ? { bytes: clean, withStrays: bytesOf(lines) }
    : { bytes: clean };
});

function mine(lines: readonly string[]): Piece {
  return { lines, isStray: false };
}

function encode(text: string, isCp1252: boolean): Uint8Array {
  if (!isCp1252) return new TextEncoder().encode(text);
  const codes = [...text].map((char) => char.codePointAt(0) ?? 0);
  return Uint8Array.from(codes, (code) => code < 256 ? code : 0xe9);
}

const id = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.tuple(
    fc.constantFrom(
      ...["grok-", "gemini-", "anthropic/claude-", "~anthropic/", "claude-"],
    ),
    fc.oneof(
      { weight: 4, arbitrary: name },
      { weight: 1, arbitrary: fc.constantFrom(...HOSTILE) },
      { weight: 1, arbitrary: fc.string({ unit: "binary" }) },
    ),
  ).map(([start, end]) => start + end),
);
/** What a provider calls a model, any text. */
const shown = fc.oneof(
  fc.constantFrom("Grok A", 'the "best" \\', "os.environ/X", ...HOSTILE),
  fc.string({ unit: "binary" }),
);
const number = fc.oneof(fc.integer(), fc.double(), fc.constant("1e999"));

/** Rows as a provider could send them, for any of the three. */
export const rows: fc.Arbitrary<unknown[]> = fc.array(
  fc.oneof(
    {
      weight: 9,
      arbitrary: fc.record({
        id,
        created: number,
        context_length: number,
        name: fc.option(shown, { nil: undefined }),
        canonical_slug: fc.option(id, { freq: 1, nil: undefined }),
        inputTokenLimit: number,
        supportedGenerationMethods: fc.constant(["generateContent"]),
      }),
    },
    { weight: 1, arbitrary: fc.jsonValue() },
  ),
  { maxLength: 6 },
);

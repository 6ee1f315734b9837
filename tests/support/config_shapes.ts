/**
 * Configs of many shapes, made up from a seed: what LiteLLM reads the same may
 * be written in many ways.
 *
 * @module
 */

import { randomNumbers } from "../faults/stage.ts";

/** A config, and the files that it includes. */
export interface Shape {
  readonly text: string;
  readonly files: Readonly<Record<string, string>>;
}

/** The key `fallbacks` in a section whose keys are in column 2. */
const FALLBACKS: readonly string[] = [
  "",
  "fallbacks:",
  "fallbacks: null # none yet",
  "fallbacks: []",
  "fallbacks: [ ] # none",
  "fallbacks: [\n\n  ]",
  "'fallbacks': [\n    # none\n    ]",
  "fallbacks: [{gpt: [my-or]}]",
  "fallbacks: [ {gpt: [my-or]}, # one\n    {my-or: [gpt]} ]",
  "fallbacks:\n    [{gpt: [my-or]}]",
  "fallbacks:\n  # first\n\n  - gpt: [my-or]\n  - my-or:\n      - gpt",
  'fallbacks: # these\n    - {"gpt": [my-or]}',
  "fallbacks: !!seq\n  - gpt: [my-or]",
  "fallbacks: &list\n  - gpt: [my-or]",
  "fallbacks: &list [{gpt: [my-or]}]\n  other: *list",
  "? fallbacks\n  : - gpt: [my-or]",
];

/** Others that may stand before or after it in its section. */
const NEIGHBOURS: readonly string[] = [
  "",
  "",
  "drop_params: true",
  "'drop_params': true # always",
  "callbacks: [a,\n    b]",
  "# fallbacks: [{a: [b]}]",
  "cache_params: {type: local, namespace: 'a: {'}",
  "note: |\n    fallbacks: []\n    - b",
  "note: >-\n\n    a # no comment\n\n    b",
  'note: "fallbacks: [\n    # no comment"',
];

const FLOW_SECTIONS: readonly string[] = [
  "",
  " null",
  " ~ # nothing",
  " {}",
  " { } # nothing",
  " {\n  }",
  " {drop_params: true}",
  " !!map {drop_params: true}",
  " { drop_params: true,\n  fallbacks: [] }",
  " {fallbacks: [{gpt: [my-or]}], drop_params: true}",
  " { # all\n  callbacks: [a, b], # two\n  }",
  "\n  {drop_params: true}",
];

const SECTION_HEADS: readonly string[] = [
  "",
  "",
  "",
  " # mine",
  " !!map",
  " &settings",
  " &settings !!map # mine",
  "\n\n  # mine",
];

const BETWEEN: readonly string[] = [
  "",
  "",
  "\n",
  "# a comment\n",
  "    # an indented one\n\n",
  "general_settings: {}\n",
  "text: |\n  litellm_settings:\n    a: b\n",
  "text: |+\n  kept\n\n",
];

const LIST = `model_list:
  - model_name: gpt
    litellm_params: {model: openai/gpt-5}
  - model_name: my-or
    litellm_params: {model: openrouter/anthropic/claude-sonnet-5}
  - model_name: my-claude
    litellm_params: {model: anthropic/claude-sonnet-5}
`;

/** As many shapes, the same for the same seed. */
export function configShapes(count: number, seed: number): Shape[] {
  const random = randomNumbers(seed);
  const oneOf: Pick = (list) => list[Math.floor(random() * list.length)] ?? "";
  const isNow: Chance = (share) => random() < share;
  return Array.from({ length: count }, () => shape(oneOf, isNow));
}

type Pick = (list: readonly string[]) => string;
type Chance = (share: number) => boolean;

function shape(oneOf: Pick, isNow: Chance): Shape {
  const settings = isNow(0.15) ? "" : isNow(0.1)
    // PyYAML refuses two anchors of one name.
    ? section(oneOf, isNow).replaceAll(/[&*](?=settings|list)/g, "$&first-") +
      section(oneOf, isNow)
    : section(oneOf, isNow);
  const between = oneOf(BETWEEN);
  const isIncluded = isNow(0.15);
  const own = isIncluded
    ? (isNow(0.3) ? "litellm_settings: {}\n" : "")
    : settings;
  const parts = isNow(0.3)
    ? [own, between, LIST]
    : [LIST, between, own, oneOf(BETWEEN)];
  const include = isIncluded ? "include: [routing.yaml]\n" : "";
  const text = include + parts.join("");
  const files = { "routing.yaml": dressed(settings || "a: b\n", oneOf, isNow) };
  return {
    text: dressed(text, oneOf, isNow),
    files: isIncluded ? files : {},
  };
}

function section(oneOf: Pick, isNow: Chance): string {
  const name = isNow(0.2) ? "router_settings" : "litellm_settings";
  const key = (isNow(0.1) ? `"${name}"` : name) + ":";
  if (isNow(0.4)) return `${key}${oneOf(FLOW_SECTIONS)}\n`;
  const parts = [oneOf(NEIGHBOURS), oneOf(FALLBACKS)].filter((one) => one);
  if (isNow(0.5)) parts.reverse();
  const lines = parts.map((part) => `  ${part}\n`).join("");
  const isAlias = isNow(0.1);
  // PyYAML refuses `!!map` with nothing in it.
  const head = isAlias
    ? " &settings"
    : /^ {2}[^#]/m.test(lines)
    ? oneOf(SECTION_HEADS)
    : "";
  return `${key}${head}\n${lines}${isAlias ? "other: *settings\n" : ""}`;
}

/** Marks, indents and line ends around the same text. */
function dressed(text: string, oneOf: Pick, isNow: Chance): string {
  const indent = isNow(0.1) ? "  " : "";
  const body = text.replace(/^(?=.)/gm, indent);
  const whole = (isNow(0.1) ? "---\n" : "") + body +
    (isNow(0.1) ? "...\n" : "") + (isNow(0.1) ? "# the end\n" : "");
  const cut = isNow(0.15) ? whole.replace(/\n+$/, "") : whole;
  const eol = oneOf(["\n", "\n", "\n", "\r\n"]);
  return (isNow(0.1) ? "\ufeff" : "") + cut.replaceAll("\n", eol);
}

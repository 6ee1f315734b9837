/**
 * Why `discover.yaml` is no YAML: the line, and the reason in our own words, as
 * the parser's own quote the file. Loaded only with such a file.
 *
 * @module
 */

import { ConfigError } from "../errors.ts";
import { refusalOf } from "../yaml/refusal.ts";
import { type Token, type TokenKind, TokenReader } from "../yaml/tokens.ts";

/** Where the file is wrong, and how. */
export interface YamlProblem {
  /** 1-based; absent where the parser names none. */
  readonly line: number | undefined;
  readonly state: string;
  readonly hint?: string;
}

/** Why a parser threw `error` about the file. */
export function yamlProblem(text: string, error: unknown): YamlProblem {
  const said = error instanceof Error ? error.message : "";
  const line = lineIn(said);
  if (/duplicated? key/i.test(said)) return { line, state: "duplicate key" };
  const bytes = new TextEncoder().encode(text);
  const refusal = refusalOf(bytes);
  const words = refusal && wordsFor(refusal.message);
  if (refusal && words) return { line: refusal.line, ...words };
  const quoteLine = lineOfTextAfterQuote(bytes);
  if (quoteLine !== undefined) return { line: quoteLine, ...AFTER_QUOTE };
  const known = THEIRS.find(([pattern]) => pattern.test(said));
  if (known) return { line, ...known[1] };
  return refusal && !GENERAL.test(refusal.message)
    ? { line: refusal.line, state: refusal.message }
    : { line, state: "not valid YAML" };
}

function lineIn(said: string): number | undefined {
  const line = /line (\d+)/.exec(said)?.[1];
  return line === undefined ? undefined : Number(line);
}

type Words = Omit<YamlProblem, "line">;

/** The reader of configs says no more than this where it has no reason. */
const GENERAL = /^cannot be read as YAML/;

/** Its hints are about LiteLLM: here is what these mean in this file. */
const OURS: Readonly<Record<string, Words>> = {
  "alias without an anchor before it": {
    state: "text that begins with * without quotes",
    hint: 'put quotes around it, as in exclude: ["*-preview"]',
  },
  "tab where only spaces are allowed": {
    state: "tab where only spaces are allowed",
    hint: "replace the tab with spaces",
  },
  "unexpected colon": {
    state: "unexpected colon",
    hint: "put quotes around a value with a colon, and check the indentation",
  },
};

function wordsFor(state: string): Words | undefined {
  return state.startsWith("a value cannot start with")
    ? { state, hint: "put quotes around the value" }
    : OURS[state];
}

const AFTER_QUOTE: Words = {
  state: "text after a closing quote",
  hint: "write a quote twice within single quotes",
};

/** What the parser says of that for which the reader of configs has no words. */
const THEIRS: readonly (readonly [
  pattern: RegExp,
  words: Words,
])[] = [
  [/bad indentation/, {
    state: "wrong indentation",
    hint: "begin keys of one level in the same column",
  }],
  [/end of the stream or a document separator/, {
    state: "does not fit the lines above it",
    hint: "check the indentation, and that each key has its colon",
  }],
  [/missing comma/, {
    state: "missing comma, or an unclosed bracket",
  }],
  [/unknown escape sequence/, {
    state: "unknown escape in double quotes",
    hint: "use single quotes, or write the backslash twice",
  }],
  [/unknown tag/, {
    state: "unknown tag",
    hint: "put quotes around text that begins with !",
  }],
];

/** The line with text right after a quoted one: the parser names a later line. */
function lineOfTextAfterQuote(bytes: Uint8Array): number | undefined {
  const reader = new TokenReader(bytes);
  let before: Token | undefined;
  try {
    for (let token = reader.next(); token.kind !== "end";) {
      if (before?.kind === "quoted" && TEXTS.includes(token.kind)) {
        return before.line;
      }
      before = token;
      token = reader.next();
    }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
  }
  return undefined;
}

const TEXTS: readonly TokenKind[] = ["plain", "quoted"];

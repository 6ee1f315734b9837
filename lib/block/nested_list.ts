/**
 * Finds a `model_list` that is not at the top level: in the values of a Helm
 * chart, in the text of a ConfigMap or of a task of Ansible. LiteLLM reads such
 * a file only after another program has taken the list out of it.
 *
 * @module
 */
import { ConfigError } from "../errors.ts";
import { quoted } from "../text/key_look.ts";
import { textLines } from "../yaml/lines.ts";
import { literalText, type Token, TokenReader } from "../yaml/tokens.ts";

/** Where the list is. */
export interface NestedList {
  /** 1-based. */
  readonly line: number;
  /** The keys around it, from the top level on; none in a list of lists. */
  readonly keys: readonly string[];
  /** It is in a text, which is a YAML file of its own. */
  readonly isText: boolean;
}

interface OpenKey {
  readonly name: string;
  readonly column: number;
}

/** A key in a text, at the start of one of its lines. */
const IN_TEXT = /(?:^[|>"'][^\r\n]*?|\\n|[\r\n])[ \t]*(?=model_list[ \t]*:)/;

/** The first one of a file that can be read as tokens, in any of its documents. */
export function findNestedList(bytes: Uint8Array): NestedList | undefined {
  const reader = new TokenReader(bytes);
  const textOf = ({ start, end }: Token): string =>
    reader.text.slice(start, end);
  const open: OpenKey[] = [];
  let previous: Token | undefined;
  for (let token = reader.next(); token.kind !== "end"; token = reader.next()) {
    closeKeys(open, token);
    const keys = open.map(({ name }) => name);
    const line = lineInText(token, textOf(token));
    if (line !== undefined) return { line, keys, isText: true };
    if (token.kind === "value" && token.key && previous) {
      const name = literalText(previous.kind, textOf(previous)) ?? "";
      const { line, column } = token.key;
      const isNested = token.flow === 0 ? token.depth > 1 : keys.length > 0;
      if (name === "model_list" && isNested) {
        return { line, keys, isText: false };
      }
      if (token.flow === 0) open.push({ name, column });
    }
    previous = token;
  }
  return undefined;
}

/** A key ends the ones at its column and deeper; a document ends all. */
function closeKeys(open: OpenKey[], { kind, key, flow }: Token): void {
  const column = kind === "document start"
    ? 0
    : kind === "value" && key && flow === 0
    ? key.column
    : Infinity;
  while ((open.at(-1)?.column ?? -1) >= column) open.pop();
}

/** The line of the key in a token that is a text with such a file in it. */
function lineInText(token: Token, text: string): number | undefined {
  if (token.kind !== "block scalar" && token.kind !== "quoted") {
    return undefined;
  }
  const before = IN_TEXT.exec(text);
  if (!before) return undefined;
  const end = before.index + before[0].length;
  return token.line + textLines(text.slice(0, end)).length - 1;
}

/** Of a file that holds the proxy's config somewhere below its top level. */
export function nestedListError(
  { line, keys, isText }: NestedList,
): ConfigError {
  const key = keys.at(-1);
  const around = key === undefined || key === "" ? "a list" : quoted(key);
  const where = isText ? `in the text of ${around}` : `inside ${around}`;
  return new ConfigError(`model_list is ${where}, not at the top level`, {
    line,
    hint:
      "move LiteLLM's config to a file of its own, refresh that (--config), " +
      "and have your tool insert it here",
  });
}

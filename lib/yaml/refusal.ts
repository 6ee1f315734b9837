/**
 * What PyYAML, and so LiteLLM, is sure to refuse. No parser here can tell alone:
 * the tokenizer follows PyYAML, but does not see every error; `@std/yaml` takes
 * tabs that PyYAML refuses, and refuses anchors and tags that PyYAML takes.
 *
 * @module
 */
import { ConfigError } from "../errors.ts";
import { isUtf8 } from "./encoding.ts";
import { lookalikeError, secondDocumentError } from "./errors.ts";
import { parseYaml } from "./parse.ts";
import { asTemplateError } from "./template.ts";
import { type Token, type TokenKind, TokenReader } from "./tokens.ts";
import { checkBytes } from "./validate_bytes.ts";

/** Why PyYAML certainly refuses the file; nothing where that is in doubt. */
export function refusalOf(bytes: Uint8Array): ConfigError | undefined {
  try {
    const reader = new TokenReader(bytes);
    const [lookalike] = checkBytes(bytes, reader.text);
    if (lookalike === undefined) return refusalOfTokens(bytes, reader);
    const isRefused = isUtf8(bytes) && refusalOf(withPlainBreaks(bytes));
    return isRefused ? lookalikeError(bytes, lookalike) : undefined;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.hint === undefined ? asTemplateError(bytes, error) : error;
  }
}

/** An LF for what ends a line in PyYAML alone. */
function withPlainBreaks(bytes: Uint8Array): Uint8Array {
  const text = new TextDecoder().decode(bytes);
  return new TextEncoder().encode(text.replace(/[\x85\u2028\u2029]/g, "\n"));
}

/** What the tokens say; then what the parser says, where it can be trusted. */
function refusalOfTokens(
  bytes: Uint8Array,
  reader: TokenReader,
): ConfigError | undefined {
  const judge = new TokenJudge(reader.text);
  for (let token = reader.next(); token.kind !== "end"; token = reader.next()) {
    const refusal = token.kind === "comment" ? undefined : judge.refuse(token);
    if (refusal) return refusal;
  }
  const refusal = parserRefusal(bytes);
  return refusal && judge.isOddNear(refusal.line) ? undefined : refusal;
}

/** What `@std/yaml` reads as PyYAML does, or refuses as PyYAML does. */
const PLAIN_KINDS: ReadonlySet<TokenKind> = new Set([
  "document start",
  "item",
  "value",
  "plain",
  "quoted",
  "block scalar",
  "flow start",
  "flow end",
  "flow comma",
]);

/** Plain text with a sign in front of it, or with a dash on a further line. */
const ODD_PLAIN = /^[-?:=<]|[\r\n]\s*-/;

/**
 * The parser also refuses some forms that PyYAML takes: near one of them nothing
 * is certain. In 20,000 mutilated files its error was never further away, in
 * lines that begin a token.
 */
const NEAR_LINES = 2;

const QUOTE_IT = "put quotes around it if it is just text";

/** Takes the tokens in order. */
class TokenJudge {
  readonly #text: string;
  readonly #anchors = new Set<string>();
  readonly #lines = new Set<number>();
  readonly #oddLines = new Set<number>();
  /** The brackets that are open. */
  readonly #open: string[] = [];
  #document: "before" | "inside" | "after" = "before";
  #previous: TokenKind | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** Whether a token on this line, or near it, is one to doubt the parser for. */
  isOddNear(line = 0): boolean {
    const lines = [...this.#lines];
    const at = lines.filter((one) => one <= line).length;
    return lines.slice(Math.max(0, at - 1 - NEAR_LINES), at + 1)
      .some((one) => this.#oddLines.has(one));
  }

  /** Why PyYAML refuses the token where it is. */
  refuse(token: Token): ConfigError | undefined {
    this.#note(token);
    const refusal = this.#refuseDocument(token) ?? this.#refuseAlias(token) ??
      this.#refuseKey(token);
    this.#previous = token.kind;
    return refusal;
  }

  #note(token: Token): void {
    const { kind, line, flow } = token;
    const text = this.#textOf(token);
    const isFirst = !this.#lines.has(line);
    this.#lines.add(line);
    // PyYAML does not care how what is in brackets is indented.
    const isOdd = !PLAIN_KINDS.has(kind) ||
      kind === "plain" && ODD_PLAIN.test(text) ||
      kind === "block scalar" && isFirst ||
      flow > 0 && (isFirst || /[\r\n]/.test(text));
    if (isOdd) this.#oddLines.add(line);
  }

  #textOf({ start, end }: Token): string {
    return this.#text.slice(start, end);
  }

  #refuseDocument({ kind, line }: Token): ConfigError | undefined {
    if (kind === "directive") return undefined;
    if (kind === "document end") {
      if (this.#document === "inside") this.#document = "after";
      return undefined;
    }
    const isSecond = kind === "document start"
      ? this.#document !== "before"
      : this.#document === "after";
    this.#document = "inside";
    return isSecond ? secondDocumentError(line) : undefined;
  }

  #refuseAlias(token: Token): ConfigError | undefined {
    const { kind, line } = token;
    const name = this.#textOf(token).slice(1);
    if (kind === "anchor") this.#anchors.add(name);
    if (kind !== "alias" || this.#anchors.has(name)) return undefined;
    const hint = QUOTE_IT;
    return new ConfigError("alias without an anchor before it", { line, hint });
  }

  /** Python takes neither a list nor a dict as a key, such as in `{ {a: b}: c }`. */
  #refuseKey({ kind, start, line, key }: Token): ConfigError | undefined {
    const isKey = kind === "value"
      ? key !== undefined && "[{".includes(this.#text.charAt(key.start))
      : kind === "flow start" && this.#isKeyNext();
    if (kind === "flow start") this.#open.push(this.#text.charAt(start));
    if (kind === "flow end") this.#open.pop();
    if (!isKey) return undefined;
    return new ConfigError("list or mapping as a key", {
      line: key?.line ?? line,
      hint: QUOTE_IT,
    });
  }

  #isKeyNext(): boolean {
    const isEntry = this.#previous === "flow start" ||
      this.#previous === "flow comma";
    return isEntry
      ? this.#open.at(-1) === "{"
      : this.#previous === "explicit key";
  }
}

/** Without a line it is a limit of the parser's own. */
function parserRefusal(bytes: Uint8Array): ConfigError | undefined {
  try {
    parseYaml(bytes);
    return undefined;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const { message, line } = error;
    if (line === undefined) return undefined;
    const refusal = new ConfigError(message, { line, hint: "fix that line" });
    return asTemplateError(bytes, refusal);
  }
}

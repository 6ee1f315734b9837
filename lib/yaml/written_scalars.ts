/**
 * The scalars of a file that PyYAML reads as something else than text, and the
 * paths of the values and keys that they are.
 *
 * @module
 */
import { plainKind, type ScalarKind, taggedKind } from "./scalar_kind.ts";
import type { Token, TokenKind } from "./tokens.ts";

/** A scalar that is no text; `path` as the positions write it. */
export interface OddScalar {
  readonly path: string;
  readonly kind: Exclude<ScalarKind, "text">;
  readonly isKey: boolean;
  /** 1-based. */
  readonly line: number;
}

/** After these a scalar is a value, unless a colon follows. */
const BEFORE_VALUES: readonly (TokenKind | undefined)[] = [
  "value",
  "item",
  "flow start",
  "flow comma",
];

interface Pending {
  readonly token: Token;
  readonly tag: Token | undefined;
  readonly mayBeValue: boolean;
}

/** Collects them while a file is read. */
export class WrittenScalars {
  readonly #text: string;
  readonly odd: OddScalar[] = [];
  #before: TokenKind | undefined;
  #tag: Token | undefined;
  #pending: Pending | undefined;

  /** `text` has one character for each byte. */
  constructor(text: string) {
    this.#text = text;
  }

  /** Each token before the place changes; `here` is where the last one is. */
  take(token: Token, here: () => string): void {
    const { kind } = token;
    if (kind === "anchor") return;
    if (kind === "tag") {
      this.#end(here);
      this.#tag = token;
      return;
    }
    if (kind !== "value" || token.key === undefined) this.#end(here);
    if (["plain", "quoted", "block scalar"].includes(kind)) {
      const mayBeValue = BEFORE_VALUES.includes(this.#before);
      this.#pending = { token, tag: this.#tag, mayBeValue };
    }
    this.#tag = undefined;
    this.#before = kind;
  }

  /** What came last is a key, which starts at `start`. */
  key(start: number, here: () => string): void {
    const last = this.#pending;
    this.#pending = undefined;
    if (!last || last.token.start < start) return;
    const isItsTag = last.tag !== undefined && last.tag.start >= start;
    this.#note(last.token, isItsTag ? last.tag : undefined, true, here);
  }

  #end(here: () => string): void {
    const last = this.#pending;
    this.#pending = undefined;
    if (last?.mayBeValue) this.#note(last.token, last.tag, false, here);
  }

  #note(
    token: Token,
    tag: Token | undefined,
    isKey: boolean,
    here: () => string,
  ): void {
    const textOf = ({ start, end }: Token): string =>
      this.#text.slice(start, end);
    const kind = tag
      ? taggedKind(textOf(tag))
      : token.kind === "plain"
      ? plainKind(textOf(token))
      : "text";
    if (kind === "text") return;
    this.odd.push({ path: here(), kind, isKey, line: token.line });
  }
}

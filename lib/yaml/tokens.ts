/**
 * Cuts a YAML 1.1 file into tokens and keeps account of the open block
 * collections, by the rules that PyYAML's scanner follows: LiteLLM reads its
 * config with it. One pass, in linear time, over bytes. It need not find every
 * fault of a file (a YAML parser does that as well), but must never read a
 * valid file wrongly.
 *
 * @module
 */
import { ConfigError } from "../errors.ts";
import { Byte, hasBom, isBlank, isNameByte, mayStartPlain } from "./bytes.ts";
import { Context, type Position } from "./context.ts";
import { Cursor, skipBlockScalar, skipPlain, skipQuoted } from "./scalars.ts";

export type { Position };

/** `item` is a list's `-`, `explicit key` a `?`, `value` a `:`. */
export type TokenKind =
  | "comment"
  | "directive"
  | "document start"
  | "document end"
  | "item"
  | "explicit key"
  | "value"
  | "anchor"
  | "tag"
  | "alias"
  | "plain"
  | "quoted"
  | "block scalar"
  | "flow start"
  | "flow end"
  | "flow comma"
  | "end";

/** A piece of the file. */
export interface Token extends Position {
  readonly kind: TokenKind;
  /** Byte offset behind its last byte. */
  readonly end: number;
  /** Open block collections, counted with what the token itself opened. */
  readonly depth: number;
  /** Open flow collections in front of the token. */
  readonly flow: number;
  /** Of a `value`: where its key starts, anchor and tag included. */
  readonly key: Position | undefined;
}

/** Reads a file token by token. */
export class TokenReader {
  readonly #cursor: Cursor;
  readonly #context = new Context();

  /** Starts behind the byte order mark, if there is one. */
  constructor(bytes: Uint8Array) {
    this.#cursor = new Cursor(bytes, hasBom(bytes) ? 3 : 0);
  }

  /** The next token; at the end of the file, `end` again and again. */
  next(): Token {
    const cursor = this.#cursor;
    for (;;) {
      cursor.skipSpaces();
      if (cursor.peek() === Byte.hash) return this.#comment();
      if (!cursor.takeBreak()) break;
      if (this.#context.flow === 0) this.#context.keyAllowed = true;
    }
    this.#context.dropStaleKey(cursor.line, cursor.at);
    this.#context.closeDeeperThan(cursor.column);
    return this.#documentToken() ?? this.#indicator() ?? this.#plain();
  }

  #position(): Position {
    const { at, line, column } = this.#cursor;
    return { start: at, line, column };
  }

  #token(
    kind: TokenKind,
    from: Position,
    details: { end?: number; flow?: number; key?: Position } = {},
  ): Token {
    return {
      kind,
      start: from.start,
      line: from.line,
      column: from.column,
      end: details.end ?? this.#cursor.at,
      depth: this.#context.depth,
      flow: details.flow ?? this.#context.flow,
      key: details.key,
    };
  }

  /** A token of the next `length` bytes. */
  #take(kind: TokenKind, length: number): Token {
    const from = this.#position();
    this.#cursor.at += length;
    return this.#token(kind, from);
  }

  #comment(): Token {
    const from = this.#position();
    this.#cursor.skipToBreak();
    return this.#token("comment", from);
  }

  #fault(message: string): ConfigError {
    return new ConfigError(message, { line: this.#cursor.line });
  }

  /** What can only stand at the start of a line, and the end of the file. */
  #documentToken(): Token | undefined {
    const cursor = this.#cursor;
    const byte = cursor.peek();
    if (cursor.at >= cursor.bytes.length) {
      this.#endDocument();
      return this.#take("end", 0);
    }
    if (cursor.column > 0) return undefined;
    if (byte === Byte.percent) {
      this.#endDocument();
      const from = this.#position();
      cursor.skipToBreak();
      return this.#token("directive", from);
    }
    if (!cursor.atDocumentMark()) return undefined;
    this.#endDocument();
    return this.#take(
      byte === Byte.dash ? "document start" : "document end",
      3,
    );
  }

  #endDocument(): void {
    if (this.#context.flow > 0) {
      throw this.#fault("bracket that is never closed");
    }
    this.#context.closeDeeperThan(-1);
    this.#context.dropKey();
    this.#context.keyAllowed = false;
  }

  #indicator(): Token | undefined {
    switch (this.#cursor.peek()) {
      case Byte.openBracket:
      case Byte.openBrace:
        return this.#openFlow();
      case Byte.closeBracket:
      case Byte.closeBrace:
        return this.#closeFlow();
      case Byte.comma:
        this.#context.dropKey();
        this.#context.keyAllowed = true;
        return this.#take("flow comma", 1);
      case Byte.dash:
        return this.#blankFollows() ? this.#item() : undefined;
      case Byte.question:
        return this.#context.flow > 0 || this.#blankFollows()
          ? this.#explicitKey()
          : undefined;
      case Byte.colon:
        return this.#context.flow > 0 || this.#blankFollows()
          ? this.#value()
          : undefined;
      case Byte.asterisk:
        return this.#word("alias");
      case Byte.ampersand:
        return this.#word("anchor");
      case Byte.exclamation:
        return this.#word("tag");
      case Byte.pipe:
      case Byte.greater:
        return this.#context.flow === 0 ? this.#blockScalar() : undefined;
      case Byte.singleQuote:
      case Byte.doubleQuote:
        return this.#quoted();
    }
    return undefined;
  }

  #blankFollows(): boolean {
    return isBlank(this.#cursor.peek(1));
  }

  #openFlow(): Token {
    this.#context.noteKey(this.#position());
    const token = this.#take("flow start", 1);
    this.#context.flow++;
    this.#context.keyAllowed = true;
    return token;
  }

  #closeFlow(): Token {
    if (this.#context.flow === 0) {
      throw this.#fault("closing bracket without an opening one");
    }
    this.#context.dropKey();
    const token = this.#take("flow end", 1);
    this.#context.flow--;
    this.#context.keyAllowed = false;
    return token;
  }

  #item(): Token {
    if (this.#context.flow === 0) {
      if (!this.#context.keyAllowed) {
        throw this.#fault("list item in a wrong place");
      }
      this.#context.open(this.#cursor.column);
    }
    this.#context.dropKey();
    this.#context.keyAllowed = true;
    return this.#take("item", 1);
  }

  #explicitKey(): Token {
    if (this.#context.flow === 0) {
      if (!this.#context.keyAllowed) throw this.#fault("key in a wrong place");
      this.#context.open(this.#cursor.column);
    }
    this.#context.dropKey();
    this.#context.keyAllowed = this.#context.flow === 0;
    return this.#take("explicit key", 1);
  }

  #value(): Token {
    const from = this.#position();
    const key = this.#context.takeKey();
    if (this.#context.flow === 0) {
      if (key === undefined && !this.#context.keyAllowed) {
        throw this.#fault("colon in a wrong place");
      }
      this.#context.open((key ?? from).column);
    }
    this.#context.keyAllowed = key === undefined && this.#context.flow === 0;
    this.#cursor.at++;
    return this.#token("value", from, key === undefined ? {} : { key });
  }

  /** An alias, an anchor or a tag: up to the next blank or, in flow, mark. */
  #word(kind: "alias" | "anchor" | "tag"): Token {
    this.#context.noteKey(this.#position());
    this.#context.keyAllowed = false;
    const from = this.#position();
    const cursor = this.#cursor;
    cursor.at++;
    while (!isBlank(cursor.peek())) {
      if (kind !== "tag" && !isNameByte(cursor.peek())) break;
      cursor.at++;
    }
    return this.#token(kind, from);
  }

  #quoted(): Token {
    this.#context.noteKey(this.#position());
    this.#context.keyAllowed = false;
    const from = this.#position();
    skipQuoted(this.#cursor);
    return this.#token("quoted", from);
  }

  #blockScalar(): Token {
    this.#context.dropKey();
    this.#context.keyAllowed = true;
    const from = this.#position();
    const end = skipBlockScalar(this.#cursor, this.#context.indent);
    return this.#token("block scalar", from, { end });
  }

  #plain(): Token {
    const cursor = this.#cursor;
    const byte = cursor.peek();
    if (byte === Byte.tab) {
      throw new ConfigError("tab where only spaces may stand", {
        line: cursor.line,
        hint: "replace the tab by spaces, or delete it at the end of a line",
      });
    }
    if (!mayStartPlain(byte, cursor.peek(1), this.#context.flow > 0)) {
      throw this.#fault("character that cannot start a value");
    }
    this.#context.noteKey(this.#position());
    const from = this.#position();
    const plain = skipPlain(
      cursor,
      this.#context.indent + 1,
      this.#context.flow > 0,
    );
    this.#context.keyAllowed = plain.onNewLine;
    return this.#token("plain", from, { end: plain.end });
  }
}

/**
 * Makes an outline of a file's tokens. Keeps to what PyYAML would make of a
 * valid file; of an invalid one it may say anything, since a YAML parser
 * reads it as well.
 *
 * @module
 */
import { ConfigError } from "../errors.ts";
import { markerKind } from "./markers.ts";
import type {
  Item,
  MarkerLine,
  Outline,
  Root,
  TopKey,
  ValueKind,
} from "./outline.ts";
import { lineOf } from "../yaml/lines.ts";
import { literalText, type Token, TokenReader } from "../yaml/tokens.ts";
import { checkBytes } from "../yaml/validate_bytes.ts";

/**
 * Reads where top-level keys, list items, scalars and markers are. Throws
 * `ConfigError` for bytes that PyYAML does not take, and for the errors in YAML
 * that a tokenizer meets.
 */
export function readOutline(bytes: Uint8Array): Outline {
  const lookalikes = checkBytes(bytes);
  const reader = new TokenReader(bytes);
  const builder = new OutlineBuilder(bytes, reader.text, lookalikes);
  for (;;) {
    const token = reader.next();
    builder.add(token);
    if (token.kind === "end") return builder.finish();
  }
}

type Writable<Type> = { -readonly [Field in keyof Type]: Type[Field] };

/** A {@linkcode TopKey} that is still being read. */
type OpenKey =
  & Omit<Writable<TopKey>, "items">
  & {
    readonly items: Writable<Item>[];
    /** {@linkcode Token.depth} of the list's items. */
    itemDepth: number;
  };

/** Takes the tokens in their order; then {@linkcode finish} says what they are. */
class OutlineBuilder {
  readonly #bytes: Uint8Array;
  readonly #text: string;
  readonly #lookalikes: readonly number[];
  #lookalikesSeen = 0;
  #root: Root = { kind: "empty" };
  readonly #keys: OpenKey[] = [];
  #oddKeyLine: number | undefined;
  readonly #markers: Writable<MarkerLine>[] = [];
  /** Markers from this one on still wait for what comes next. */
  #settled = 0;
  #documentStarted = false;
  #documentEnd: number | undefined;
  #secondDocumentLine: number | undefined;
  /** At the root's column: its next key, not yet read. */
  #inRootKey = false;
  #previous: Token | undefined;

  constructor(
    bytes: Uint8Array,
    text: string,
    lookalikes: readonly number[],
  ) {
    this.#bytes = bytes;
    this.#text = text;
    this.#lookalikes = lookalikes;
  }

  add(token: Token): void {
    this.#refuseLookalikes(token);
    if (token.kind === "comment") return this.#comment(token);
    for (const marker of this.#markers.slice(this.#settled)) {
      marker.next = token.start;
    }
    this.#settled = this.#markers.length;
    switch (token.kind) {
      case "end":
        return;
      case "directive":
      case "document start":
      case "document end":
        return this.#documentMark(token);
    }
    this.#documentStarted = true;
    if (this.#documentEnd === undefined) this.#content(token);
    else this.#secondDocumentLine ??= token.line;
    this.#previous = token;
  }

  finish(): Outline {
    return {
      root: this.#root,
      keys: this.#keys,
      oddKeyLine: this.#oddKeyLine,
      markers: this.#markers,
      secondDocumentLine: this.#secondDocumentLine,
      documentEnd: this.#documentEnd ?? this.#bytes.length,
    };
  }

  #comment({ start, end, line, column, flow }: Token): void {
    const kind = markerKind(this.#text.slice(start, end));
    if (kind === undefined) return;
    const isWholeLine = /^ *$/.test(this.#text.slice(start - column, start));
    const next = this.#text.length;
    const inFlow = flow > 0;
    this.#markers.push({
      kind,
      start,
      line,
      column,
      isWholeLine,
      inFlow,
      next,
    });
  }

  /**
   * PyYAML ends a line at U+0085, U+2028 and U+2029, other parsers do not:
   * where that decides what is text, no reading can be trusted.
   */
  #refuseLookalikes(token: Token): void {
    for (;; this.#lookalikesSeen++) {
      const at = this.#lookalikes[this.#lookalikesSeen];
      if (at === undefined || at >= token.end) return;
      if (token.kind === "quoted" && at >= token.start) continue;
      throw new ConfigError(
        "U+0085, U+2028 or U+2029, which LiteLLM reads as a line break",
        {
          line: lineOf(this.#bytes, at),
          hint: "delete that invisible character, or write a space instead",
        },
      );
    }
  }

  #documentMark(token: Token): void {
    if (token.kind === "document start") {
      if (this.#documentStarted) {
        this.#documentEnd ??= token.start;
        this.#secondDocumentLine ??= token.line;
      }
      this.#documentStarted = true;
    } else if (this.#documentStarted) {
      if (token.kind === "directive" && this.#documentEnd === undefined) {
        throw new ConfigError("directive inside a document", {
          line: token.line,
        });
      }
      this.#documentEnd ??= token.start;
    }
  }

  #content(token: Token): void {
    const { kind, column, depth, flow } = token;
    const atRoot = depth === 1 && flow === 0;
    if (atRoot && kind === "value" && this.#root.kind !== "list") {
      return this.#rootKey(token);
    }
    if (atRoot && kind === "explicit key") {
      this.#oddKeyLine ??= token.line;
      if (this.#root.kind !== "list") {
        this.#root = { kind: "mapping", indent: column };
      }
    }
    if (this.#root.kind !== "mapping") return this.#rootValue(token);
    // Neither can be a key, though both may be at its column.
    const noKey = kind === "item" || kind === "block scalar";
    if (atRoot && !noKey && column === this.#root.indent) {
      this.#inRootKey = true;
    }
    const key = this.#keys.at(-1);
    if (key && !this.#inRootKey) this.#keyValue(key, token);
  }

  /** The root's first token, which may turn out to be its first key. */
  #rootValue({ kind, line }: Token): void {
    if (this.#root.kind !== "empty") return;
    if (kind === "anchor" || kind === "tag") return;
    this.#root = kind === "item"
      ? { kind: "list", line }
      : kind === "flow start"
      ? { kind: "flow collection", line }
      : { kind: "scalar", line };
  }

  #rootKey(colon: Token): void {
    const { start, line, column } = colon.key ?? colon;
    const name = colon.key && this.#keyName();
    if (name === undefined) this.#oddKeyLine ??= line;
    this.#root = { kind: "mapping", indent: column };
    this.#inRootKey = false;
    this.#keys.push({
      start,
      line,
      column,
      name: name ?? "",
      value: "nothing",
      hasProperties: false,
      colonEnd: colon.end,
      items: [],
      itemDepth: 0,
      contentEnd: colon.end,
      endsInBlockScalar: false,
    });
  }

  /** Nobody reads a key that is an alias, a collection or has escapes. */
  #keyName(): string | undefined {
    const token = this.#previous;
    if (!token) return undefined;
    return literalText(token.kind, this.#text.slice(token.start, token.end));
  }

  #keyValue(key: OpenKey, token: Token): void {
    key.contentEnd = token.end;
    key.endsInBlockScalar = token.kind === "block scalar";
    const isItem = token.flow === 0 && token.kind === "item";
    if (isItem) addItem(key, token);
    const item = key.items.at(-1);
    if (item) item.contentEnd = token.end;
    if (isItem || token.flow > 0) return;
    if (key.value === "block list" || key.value === "block mapping") return;
    switch (token.kind) {
      case "anchor":
      case "tag":
        if (key.value === "nothing") key.hasProperties = true;
        return;
      case "value":
      case "explicit key":
        // What was read so far was the first key of a mapping.
        key.value = "block mapping";
        return;
    }
    if (key.value === "nothing") key.value = this.#valueKind(token);
  }

  #valueKind({ kind, start }: Token): ValueKind {
    if (kind === "alias") return "alias";
    if (kind !== "flow start") return "scalar";
    return this.#text[start] === "[" ? "flow list" : "flow mapping";
  }
}

function addItem(key: OpenKey, token: Token): void {
  const { start, end, line, column, depth } = token;
  if (key.value === "nothing") {
    key.value = "block list";
    key.itemDepth = depth;
  }
  if (key.value === "block list" && depth === key.itemDepth) {
    key.items.push({ start, line, column, contentEnd: end });
  } else if (depth === 1) {
    throw new ConfigError("unexpected list item", { line });
  }
}

/**
 * Makes an outline from a file's tokens. It follows PyYAML for a valid file; for
 * an invalid one it may say anything, since a YAML parser reads it as well.
 *
 * @module
 */
import { ConfigError } from "../errors.ts";
import { markerKind } from "./markers.ts";
import type {
  Item,
  MarkerLine,
  Outline,
  TopKey,
  ValueKind,
} from "./outline.ts";
import { lookalikeError } from "../yaml/errors.ts";
import { asTemplateError } from "../yaml/template.ts";
import { literalText, type Token, TokenReader } from "../yaml/tokens.ts";
import { checkBytes } from "../yaml/validate_bytes.ts";

/**
 * Reads where top-level keys, list items, scalars and markers are. Throws
 * `ConfigError` for bytes that PyYAML does not take, and for the errors in YAML
 * that a tokenizer meets.
 */
export function readOutline(bytes: Uint8Array): Outline {
  const reader = new TokenReader(bytes);
  const lookalikes = checkBytes(bytes, reader.text);
  const builder = new OutlineBuilder(bytes, reader.text, lookalikes);
  try {
    for (;;) {
      const token = reader.next();
      builder.add(token);
      if (token.kind === "end") return builder.outline;
    }
  } catch (error) {
    const isKnown = !(error instanceof ConfigError) || error.hint !== undefined;
    throw isKnown ? error : asTemplateError(bytes, error);
  }
}

type Writable<Type> = { -readonly [Field in keyof Type]: Type[Field] };

/** A {@linkcode TopKey} that is still being read. */
interface OpenKey extends Omit<Writable<TopKey>, "items"> {
  readonly items: Writable<Item>[];
  /** {@linkcode Token.depth} of the list's items. */
  itemDepth: number;
}

/** An {@linkcode Outline} that is still being read. */
interface OpenOutline extends Omit<Writable<Outline>, "keys" | "markers"> {
  readonly keys: OpenKey[];
  readonly markers: Writable<MarkerLine>[];
}

/** Takes the tokens in order; after the last one the outline is complete. */
class OutlineBuilder {
  readonly outline: OpenOutline;
  readonly #bytes: Uint8Array;
  readonly #text: string;
  readonly #lookalikes: readonly number[];
  #lookalikesSeen = 0;
  /** Markers from this one on still wait for what comes next. */
  #settled = 0;
  #isStarted = false;
  #isOver = false;
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
    this.outline = {
      root: { kind: "empty" },
      keys: [],
      oddKeyLine: undefined,
      markers: [],
      secondDocumentLine: undefined,
      documentEnd: bytes.length,
    };
  }

  add(token: Token): void {
    this.#refuseLookalikes(token);
    if (token.kind === "comment") return this.#comment(token);
    const { markers } = this.outline;
    for (; this.#settled < markers.length; this.#settled++) {
      const marker = markers[this.#settled];
      if (marker) marker.next = token.start;
    }
    switch (token.kind) {
      case "end":
        return;
      case "directive":
      case "document start":
      case "document end":
        return this.#documentMark(token);
    }
    this.#isStarted = true;
    if (!this.#isOver) this.#content(token);
    else this.outline.secondDocumentLine ??= token.line;
    this.#previous = token;
  }

  #comment({ start, end, line, column, flow }: Token): void {
    const kind = markerKind(this.#text.slice(start, end));
    if (kind === undefined) return;
    const isWholeLine = /^ *$/.test(this.#text.slice(start - column, start));
    const place = { start, line, column, next: this.#text.length };
    const marker = { kind, ...place, isWholeLine, inFlow: flow > 0 };
    this.outline.markers.push(marker);
  }

  /**
   * PyYAML ends a line at U+0085, U+2028 and U+2029, other parsers do not: where
   * that matters, no reading can be trusted.
   */
  #refuseLookalikes(token: Token): void {
    for (;; this.#lookalikesSeen++) {
      const at = this.#lookalikes[this.#lookalikesSeen];
      if (at === undefined || at >= token.end) return;
      if (token.kind === "quoted" && at >= token.start) continue;
      throw lookalikeError(this.#bytes, at);
    }
  }

  #documentMark({ kind, start, line }: Token): void {
    if (this.#isStarted && !this.#isOver) {
      if (kind === "directive") {
        throw new ConfigError("directive inside a document", { line });
      }
      this.#isOver = true;
      this.outline.documentEnd = start;
    }
    if (kind !== "document start") return;
    if (this.#isStarted) this.outline.secondDocumentLine ??= line;
    this.#isStarted = true;
  }

  #content(token: Token): void {
    const { kind, column, depth, flow } = token;
    const atRoot = depth === 1 && flow === 0;
    if (atRoot && kind === "value" && this.outline.root.kind !== "list") {
      return this.#rootKey(token);
    }
    if (atRoot && kind === "explicit key") {
      this.outline.oddKeyLine ??= token.line;
      if (this.outline.root.kind !== "list") {
        this.outline.root = { kind: "mapping", indent: column };
      }
    }
    if (this.outline.root.kind !== "mapping") return this.#rootValue(token);
    // Neither can be a key, though both may be at its column.
    const noKey = kind === "item" || kind === "block scalar";
    if (atRoot && !noKey && column === this.outline.root.indent) {
      this.#inRootKey = true;
    }
    const key = this.outline.keys.at(-1);
    if (key && !this.#inRootKey) this.#keyValue(key, token);
  }

  /** The root's first token, which may turn out to be its first key. */
  #rootValue({ kind, line }: Token): void {
    if (this.outline.root.kind !== "empty") return;
    if (kind === "anchor" || kind === "tag") return;
    this.outline.root = kind === "item"
      ? { kind: "list", line }
      : kind === "flow start"
      ? { kind: "flow collection", line }
      : { kind: "scalar", line };
  }

  #rootKey(colon: Token): void {
    const { start, line, column } = colon.key ?? colon;
    const name = colon.key && this.#keyName();
    if (name === undefined) this.outline.oddKeyLine ??= line;
    this.outline.root = { kind: "mapping", indent: column };
    this.#inRootKey = false;
    this.outline.keys.push({
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

  /** Keys that are an alias, a collection or have escapes are not supported. */
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

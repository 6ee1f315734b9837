/**
 * Bytes of a YAML file → where its top-level keys, their list items and the
 * marker lines are. Says what is there and judges nothing: which forms are
 * taken and where the block belongs is decided in `region.ts`.
 *
 * @module
 */

import { checkBytes } from "../yaml/validate_bytes.ts";
import { hasBom } from "../yaml/bytes.ts";
import type { MarkerKind } from "./markers.ts";
import { OutlineBuilder } from "./outline_builder.ts";
import { type Position, TokenReader } from "../yaml/tokens.ts";

export { BEGIN_MARKER, END_MARKER } from "./markers.ts";

/** What stands behind a key; `nothing` is a null without a word for it. */
export type ValueKind =
  | "nothing"
  | "block list"
  | "block mapping"
  | "flow list"
  | "flow mapping"
  | "alias"
  | "scalar";

/** An item of a block list: where its `-` stands, and where it ends. */
export interface Item extends Position {
  /** As of a {@linkcode TopKey}. */
  readonly contentEnd: number;
}

/** A key of the root mapping and its value. */
export interface TopKey extends Position {
  /** Without quotes. Bytes beyond ASCII are one character each. */
  readonly name: string;
  readonly value: ValueKind;
  /** An anchor or a tag stands in front of the value. */
  readonly hasProperties: boolean;
  /** The value as written, if it is a one-line plain scalar, else "". */
  readonly plain: string;
  /** Byte offset behind the colon. */
  readonly colonEnd: number;
  /** The list's items, if the value is a block list. */
  readonly items: readonly Item[];
  /**
   * Byte offset behind the last thing that is neither blank nor a comment; of a
   * block scalar, the start of the line behind it.
   */
  readonly contentEnd: number;
  readonly endsInBlockScalar: boolean;
}

/** A comment that is a marker, or nearly one. */
export interface MarkerLine extends Position {
  readonly kind: MarkerKind;
  /** Nothing stands in front of it on its line. */
  readonly wholeLine: boolean;
  readonly inFlow: boolean;
  /** Where the next thing starts that is neither blank nor a comment. */
  readonly next: number;
}

/** What the whole file is. */
export type Root =
  | { readonly kind: "mapping"; readonly indent: number }
  | { readonly kind: "empty" }
  | {
    readonly kind: "list" | "scalar" | "flow collection";
    readonly line: number;
  };

/** Where things are in a YAML file. All offsets count bytes. */
export interface Outline {
  /** Starts with a UTF-8 byte order mark. */
  readonly bom: boolean;
  readonly root: Root;
  readonly keys: readonly TopKey[];
  /** Line of a root key that is written with `?`, or is no plain name. */
  readonly oddKeyLine: number | undefined;
  readonly markers: readonly MarkerLine[];
  /** Line on which a second document starts. */
  readonly secondDocumentLine: number | undefined;
  /** Where the document ends: its `...` line, or the end of the file. */
  readonly documentEnd: number;
}

/**
 * Reads where top-level keys, list items, scalars and markers are. Throws
 * `ConfigError` for bytes that PyYAML does not take, and for the faults of YAML
 * that a tokenizer meets.
 */
export function readOutline(bytes: Uint8Array): Outline {
  const lineBreakLookalikes = checkBytes(bytes);
  const reader = new TokenReader(bytes);
  const builder = new OutlineBuilder(bytes, lineBreakLookalikes);
  for (;;) {
    const token = reader.next();
    builder.add(token);
    if (token.kind === "end") return builder.finish(hasBom(bytes));
  }
}

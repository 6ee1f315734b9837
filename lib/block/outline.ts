/**
 * Where the top-level keys of a YAML file, their list items and the marker lines
 * are. Says what is there and judges nothing: which forms are taken and where
 * the block belongs is decided in `region.ts`. Types only.
 *
 * @module
 */

import type { MarkerLine } from "./marker_lines.ts";
import type { Position } from "../yaml/tokens.ts";

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

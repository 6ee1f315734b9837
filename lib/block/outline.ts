/**
 * Where the top-level keys of a YAML file, their list items and the marker lines
 * are. It only describes: which forms are supported and where the block belongs
 * is decided in `region.ts`. Types only.
 *
 * @module
 */

import type { MarkerKind } from "./markers.ts";
import type { Position } from "../yaml/tokens.ts";

/** A comment that is a marker, or nearly one. */
export interface MarkerLine extends Position {
  readonly kind: MarkerKind;
  /** There is nothing in front of it on its line. */
  readonly isWholeLine: boolean;
  readonly inFlow: boolean;
  /** Where the next content starts: neither blank nor a comment. */
  readonly next: number;
}

/** The kind of a key's value; `nothing` is a null that is not written out. */
export type ValueKind =
  | "nothing"
  | "block list"
  | "block mapping"
  | "flow list"
  | "flow mapping"
  | "alias"
  | "scalar";

/** An item of a block list: where its `-` is, and where it ends. */
export interface Item extends Position {
  /** As of a {@linkcode TopKey}. */
  readonly contentEnd: number;
}

/** A key of the root mapping and its value. */
export interface TopKey extends Position {
  /** Without quotes. Bytes beyond ASCII are one character each. */
  readonly name: string;
  readonly value: ValueKind;
  /** The value has an anchor or a tag. */
  readonly hasProperties: boolean;
  /** Byte offset after the colon. */
  readonly colonEnd: number;
  /** The list's items, if the value is a block list. */
  readonly items: readonly Item[];
  /**
   * Byte offset after the last thing that is neither blank nor a comment; of a
   * block scalar, the start of the line after it.
   */
  readonly contentEnd: number;
  readonly endsInBlockScalar: boolean;
}

/** The kind of the whole document. */
export type Root =
  | { readonly kind: "mapping"; readonly indent: number }
  | { readonly kind: "empty" }
  | {
    readonly kind: "list" | "scalar" | "flow collection";
    readonly line: number;
  };

/** Where things are in a YAML file. All offsets count bytes. */
export interface Outline {
  readonly root: Root;
  readonly keys: readonly TopKey[];
  /** Line of a root key that is written with `?`, or is not a plain name. */
  readonly oddKeyLine: number | undefined;
  readonly markers: readonly MarkerLine[];
  /** Line on which a second document starts. */
  readonly secondDocumentLine: number | undefined;
  /** Where the document ends: its `...` line, or the end of the file. */
  readonly documentEnd: number;
}

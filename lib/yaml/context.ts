/**
 * What is open at a place in a YAML file: block collections by their columns,
 * flow collections by their number, and where a key may have started. The rules
 * are those of PyYAML's scanner.
 *
 * @module
 */
import { ConfigError } from "../errors.ts";

/** Where something starts. */
export interface Position {
  readonly start: number;
  /** 1-based. */
  readonly line: number;
  /** 0-based. */
  readonly column: number;
}

/** Where a key may have started, until its `:` is found. */
interface PossibleKey extends Position {
  /** Only a key is allowed here. */
  readonly required: boolean;
}

/** A `:` further away than this does not belong to the key. */
const MAX_KEY_BYTES = 1024;

/** The state between two tokens. */
export class Context {
  /** Open flow collections. */
  flow = 0;
  /** Whether a key may start at the next token. */
  keyAllowed = true;
  /** Columns of the open block collections. */
  readonly #indents: number[] = [];
  /** By number of open flow collections. */
  readonly #keys: (PossibleKey | undefined)[] = [];

  /** Open block collections. */
  get depth(): number {
    return this.#indents.length;
  }

  /** Column of the innermost block collection. */
  get indent(): number {
    return this.#indents.at(-1) ?? -1;
  }

  /** Opens a block collection, unless one is open at that column. */
  open(column: number): void {
    if (this.indent < column) this.#indents.push(column);
  }

  /** Indentation means nothing inside flow collections. */
  closeDeeperThan(column: number): void {
    if (this.flow > 0) return;
    while (this.indent > column) this.#indents.pop();
  }

  /** The next token may be the start of a key. */
  noteKey(from: Position): void {
    if (!this.keyAllowed) return;
    this.dropKey();
    const required = this.flow === 0 && this.indent === from.column;
    this.#keys[this.flow] = { ...from, required };
  }

  /** Takes what was noted: it is the key of the `:` here. */
  takeKey(): PossibleKey | undefined {
    const key = this.#keys[this.flow];
    this.#keys[this.flow] = undefined;
    return key;
  }

  /** Drops what was noted: it is not a key. */
  dropKey(): void {
    const key = this.takeKey();
    if (key?.required) {
      throw new ConfigError("key without a colon", { line: key.line });
    }
  }

  /** A key is on one line with its `:`. */
  dropStaleKey({ line, start }: Position): void {
    const key = this.#keys[this.flow];
    if (key === undefined) return;
    if (key.line !== line || start - key.start > MAX_KEY_BYTES) this.dropKey();
  }
}

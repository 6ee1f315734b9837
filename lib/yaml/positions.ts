/**
 * On which lines of a YAML file keys and list items are, found by their paths
 * from the root. Reads tokens, so that neither a comment nor a text can be taken
 * for a key. What an alias or a merge brings in has no position.
 *
 * @module
 */
import type { Range } from "./bytes.ts";
import { decodeText } from "./encoding.ts";
import { literalText, type Token, TokenReader } from "./tokens.ts";
import { type RepeatedKey, WrittenKeys } from "./written_keys.ts";
import { type OddScalar, WrittenScalars } from "./written_scalars.ts";

/** Keys and indexes from the root on. */
export type Path = readonly (string | number)[];

/** A collection that is open where the reader is. */
interface Frame {
  readonly kind: "mapping" | "list";
  readonly depth: number;
  readonly flow: number;
  /** The path of the collection itself, as text. */
  readonly path: string;
  index: number;
  /** The current key; of a flow list, of a pair without braces. */
  key: string | undefined;
  isNoted: boolean;
  /** Of a mapping. */
  readonly keys: WrittenKeys;
}

/** Stands for a key that is not a plain name; no path contains it. */
const UNKNOWN_KEY = "\0";

/** Where the keys and items of a file are. */
export class Positions {
  readonly #bytes: Uint8Array;
  readonly #text: string;
  readonly #lines = new Map<string, number>();
  readonly #frames: Frame[] = [];
  readonly #repeats: { path: string; repeated: () => RepeatedKey }[] = [];
  readonly #scalars: WrittenScalars;
  #previous: Token | undefined;

  /** `without` holds whole items, and their indexes are not counted. */
  constructor(bytes: Uint8Array, without: Range = { start: 0, end: 0 }) {
    this.#bytes = bytes;
    const reader = new TokenReader(bytes);
    this.#text = reader.text;
    this.#scalars = new WrittenScalars(this.#text);
    for (;;) {
      const token = reader.next();
      const isInside = token.start >= without.start &&
        token.start < without.end;
      if (isInside || token.kind === "comment") continue;
      this.#scalars.take(token, () => this.#here());
      if (token.kind === "end" || token.kind === "document end") {
        while (this.#frames.length > 0) this.#close(token.start);
        return;
      }
      this.#take(token);
      this.#previous = token;
    }
  }

  /** The 1-based line of this path, or of the nearest one that contains it. */
  lineOf(path: Path): number | undefined {
    for (let length = path.length; length > 0; length--) {
      const line = this.#lines.get(textOf(path.slice(0, length)));
      if (line !== undefined) return line;
    }
    return undefined;
  }

  /** Keys that stand more than once in a mapping, in the order of the file. */
  repeatedKeys(): (RepeatedKey & { readonly path: Path })[] {
    return this.#repeats.map(({ path, repeated }) => ({
      path: pathOf(path),
      ...repeated(),
    }));
  }

  /**
   * Scalars that PyYAML reads as something else than text, without those in a
   * value that is lost since its key stands again.
   */
  oddScalars(): (Omit<OddScalar, "path"> & { readonly path: Path })[] {
    const lastLines = new Map(
      this.#repeats.map(({ path, repeated }) => [path, repeated().line]),
    );
    return this.#scalars.odd.flatMap(({ path, ...rest }) => {
      const steps = path === "" ? [] : pathOf(path);
      const isLost = lastLines.size > 0 &&
        steps.some((_, at) =>
          rest.line < (lastLines.get(textOf(steps.slice(0, at + 1))) ?? 0)
        );
      return isLost ? [] : [{ ...rest, path: steps }];
    });
  }

  #take(token: Token): void {
    const { kind, start, line, depth, flow, key } = token;
    switch (kind) {
      case "item":
        if (flow > 0) return;
        this.#enterBlock("list", depth, start);
        return this.#note(line);
      case "value":
        if (flow === 0) {
          this.#enterBlock("mapping", depth, (key ?? token).start);
        }
        return this.#key(token);
      case "flow start": {
        this.#noteFlowItem(line);
        const isList = this.#text[start] === "[";
        return this.#open(isList ? "list" : "mapping", depth, flow + 1);
      }
      case "flow end":
        return this.#close(start);
      case "flow comma":
        return this.#nextInFlow(start);
      default:
        this.#noteFlowItem(line);
    }
  }

  /** Goes to the next item or key of a block collection, or opens it. */
  #enterBlock(kind: Frame["kind"], depth: number, at: number): void {
    while ((this.#frames.at(-1)?.depth ?? 0) > depth) this.#close(at);
    const last = this.#frames.at(-1);
    // A list whose items are in the column of the keys around it.
    const endsList = kind === "mapping" && last?.kind === "list" &&
      last.depth === depth;
    if (endsList) this.#close(at);
    const top = this.#frames.at(-1);
    if (top?.kind === kind && top.depth === depth) top.index++;
    else this.#open(kind, depth, 0);
  }

  #key(colon: Token): void {
    const frame = this.#frames.at(-1);
    if (!frame) return;
    const { line, start } = colon.key ?? colon;
    const key = this.#keyText(colon);
    frame.key = key ?? UNKNOWN_KEY;
    this.#note(line);
    if (colon.key) this.#scalars.key(start, () => this.#here());
    if (frame.kind !== "mapping") return;
    frame.keys.end(start);
    const repeated = frame.keys.begin(key, { line, start: colon.end });
    if (repeated) this.#repeats.push({ path: this.#here(), repeated });
  }

  #close(at: number): void {
    this.#frames.pop()?.keys.end(at);
  }

  #nextInFlow(at: number): void {
    const frame = this.#frames.at(-1);
    if (!frame) return;
    frame.keys.end(at);
    frame.key = undefined;
    frame.isNoted = false;
    if (frame.kind === "list") frame.index++;
  }

  /** The first token of an item of a flow list is where the item is. */
  #noteFlowItem(line: number): void {
    const frame = this.#frames.at(-1);
    if (frame?.kind !== "list" || frame.flow === 0 || frame.isNoted) return;
    frame.isNoted = true;
    this.#note(line);
  }

  #open(kind: Frame["kind"], depth: number, flow: number): void {
    const path = this.#here();
    const keys = new WrittenKeys(this.#text);
    const around = this.#frames.at(-1)?.keys;
    if (kind === "mapping") around?.hasBelow(keys);
    else around?.isList();
    const frame = { kind, depth, flow, path, keys, index: 0, isNoted: false };
    this.#frames.push({ ...frame, key: undefined });
  }

  /** A repeated key: the last one counts, as in PyYAML. */
  #note(line: number): void {
    this.#lines.set(this.#here(), line);
  }

  /** The path of the current key or item. */
  #here(): string {
    const frame = this.#frames.at(-1);
    if (!frame) return "";
    const { kind, path, index, key } = frame;
    const own = kind === "list" ? step(index) : "";
    return path + own + (key === undefined ? "" : step(key));
  }

  /** Nothing for a key with escapes, or one that is not a scalar. */
  #keyText(colon: Token): string | undefined {
    const token = this.#previous;
    if (!token || !colon.key || token.start < colon.key.start) return undefined;
    const text = decodeText(this.#bytes.subarray(token.start, token.end));
    return literalText(token.kind, text);
  }
}

function step(part: string | number): string {
  return JSON.stringify(part) + "\n";
}

function pathOf(text: string): Path {
  return text.trimEnd().split("\n").map((part) => JSON.parse(part));
}

function textOf(path: Path): string {
  return path.map(step).join("");
}

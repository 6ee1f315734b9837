/**
 * YAML that PyYAML reads and `@std/yaml` does not, made plain enough for it:
 * anchors and tags in front of keys, `!!null` and the like, a second `...`.
 * They become spaces, so that every line and every other byte stays. The values
 * may differ from PyYAML's in their types, in the same way at every reading.
 *
 * No other parser instead: `npm:yaml` takes 26 ms more of every start, for
 * forms that few configs have.
 *
 * @module
 */
import { ConfigError } from "../errors.ts";
import { Byte, type Range, sliceText } from "./bytes.ts";
import { type Token, TokenReader } from "./tokens.ts";

/** The parser's own idea of these types is narrower than PyYAML's. */
const NARROW_TAG =
  /^(?:!!|!<tag:yaml\.org,2002:)(?:null|bool|int|float|timestamp)>?$/;

/**
 * A plainer text of the same length; nothing where there is none. An anchor
 * that is used is never taken away.
 */
export function plainerYaml(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes.includes(0)) return undefined;
  const finder = new OddityFinder(bytes);
  try {
    const reader = new TokenReader(bytes);
    for (let token = reader.next(); token.kind !== "end";) {
      finder.take(token);
      token = reader.next();
    }
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
  const oddities = finder.oddities();
  if (oddities.length === 0) return undefined;
  const plainer = bytes.slice();
  for (const { start, end } of oddities) plainer.fill(Byte.space, start, end);
  for (const key of finder.keys) moveToStart(plainer, key);
  return plainer;
}

/** A key has to stay at its column: the spaces go between it and its colon. */
function moveToStart(bytes: Uint8Array, { start, end }: Range): void {
  let from = start;
  while (from < end && bytes[from] === Byte.space) from++;
  bytes.copyWithin(start, from, end);
  bytes.fill(Byte.space, end - (from - start), end);
}

class OddityFinder {
  readonly #bytes: Uint8Array;
  /** From an anchor or a tag to the colon. */
  readonly keys: Range[] = [];
  readonly #found: Token[] = [];
  /** Anchors and tags that may turn out to belong to a key. */
  #properties: Token[] = [];
  readonly #used = new Set<string>();
  #documentEnds = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  take(token: Token): void {
    switch (token.kind) {
      case "alias":
        this.#used.add(this.#nameOf(token));
        return;
      case "anchor":
      case "tag":
        this.#properties.push(token);
        return;
      case "value":
        return this.#key(token);
      case "document end":
        if (this.#documentEnds++ > 0) this.#found.push(token);
    }
  }

  oddities(): readonly Token[] {
    this.#settle();
    return this.#found.filter((token) =>
      token.kind !== "anchor" || !this.#used.has(this.#nameOf(token))
    );
  }

  #key({ key, flow, start: end }: Token): void {
    const before = this.#properties;
    if (key !== undefined && flow === 0) {
      const { start } = key;
      this.keys.push({ start, end });
      this.#found.push(...before.filter((token) => token.start >= start));
      this.#properties = before.filter((token) => token.start < start);
    }
    this.#settle();
  }

  /** What belongs to no key is a value's. */
  #settle(): void {
    for (const token of this.#properties) {
      if (token.kind !== "tag") continue;
      const text = sliceText(this.#bytes, token.start, token.end);
      if (NARROW_TAG.test(text)) this.#found.push(token);
    }
    this.#properties = [];
  }

  /** Without its `&` or `*`. */
  #nameOf({ start, end }: Token): string {
    return sliceText(this.#bytes, start + 1, end);
  }
}

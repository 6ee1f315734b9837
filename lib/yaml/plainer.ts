/**
 * YAML that PyYAML reads and `@std/yaml` does not, simplified enough for it:
 * anchors and tags in front of keys, `!!null` and the like, a second `...`.
 * They become spaces, so that every line and every other byte stays. The values
 * may differ from PyYAML's in their types, in the same way at every reading.
 *
 * Another parser is not worth it: `npm:yaml` adds 26 ms to every start, for
 * forms that few configs have.
 *
 * @module
 */
import { ConfigError } from "../errors.ts";
import { Byte, type Range } from "./bytes.ts";
import { type Token, TokenReader } from "./tokens.ts";

/** The parser accepts fewer forms of these types than PyYAML. */
const NARROW_TAG =
  /^(?:!!|!<tag:yaml\.org,2002:)(?:null|bool|int|float|timestamp)>?$/;

/**
 * A simpler text of the same length; nothing if there is none. An anchor that
 * is used is never removed.
 */
export function plainerYaml(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes.includes(0)) return undefined;
  const found = findOddities(bytes);
  if (!found || found.oddities.length === 0) return undefined;
  const plainer = bytes.slice();
  for (const { start, end } of found.oddities) {
    plainer.fill(Byte.space, start, end);
  }
  for (const key of found.keys) moveToStart(plainer, key);
  return plainer;
}

/** A key has to keep its column: the spaces go between it and its colon. */
function moveToStart(bytes: Uint8Array, { start, end }: Range): void {
  let from = start;
  while (from < end && bytes[from] === Byte.space) from++;
  bytes.copyWithin(start, from, end);
  bytes.fill(Byte.space, end - (from - start), end);
}

interface Oddities {
  readonly oddities: readonly Token[];
  /** Each key from its anchor or tag to its colon. */
  readonly keys: readonly Range[];
}

function findOddities(bytes: Uint8Array): Oddities | undefined {
  const reader = new TokenReader(bytes);
  const tokens = allTokens(reader);
  if (!tokens) return undefined;
  const textOf = ({ start, end }: Token): string =>
    reader.text.slice(start, end);
  const isNarrow = (token: Token): boolean =>
    token.kind === "tag" && NARROW_TAG.test(textOf(token));
  const found: Token[] = [];
  const keys: Range[] = [];
  /** Anchors and tags that may turn out to belong to a key, or to a value. */
  let properties: Token[] = [];
  let documentEnds = 0;
  for (const token of tokens) {
    const { kind, key, flow, start: end } = token;
    if (kind === "anchor" || kind === "tag") properties.push(token);
    if (kind === "document end" && documentEnds++ > 0) found.push(token);
    if (kind !== "value" && kind !== "end") continue;
    if (key !== undefined && flow === 0) {
      const { start } = key;
      keys.push({ start, end });
      found.push(...properties.filter((one) => one.start >= start));
      properties = properties.filter((one) => one.start < start);
    }
    found.push(...properties.filter(isNarrow));
    properties = [];
  }
  const used = tokens.filter(({ kind }) => kind === "alias").map(textOf);
  const names = new Set(used.map((alias) => alias.replace("*", "&")));
  const oddities = found.filter((token) =>
    token.kind !== "anchor" || !names.has(textOf(token))
  );
  return { oddities, keys };
}

/** Nothing for a file that is not even made of tokens. */
function allTokens(reader: TokenReader): Token[] | undefined {
  const tokens: Token[] = [];
  try {
    do tokens.push(reader.next()); while (tokens.at(-1)?.kind !== "end");
    return tokens;
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}

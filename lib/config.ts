/**
 * A config's bytes as a run understands them: where the block is or goes, what
 * stood in it, and what is hand-written. Nothing is asked before this is known.
 *
 * @module
 */

import { type EarlierBlock, NO_BLOCK, readEarlier } from "./earlier.ts";
import { ConfigError } from "./errors.ts";
import { type HandWritten, isOurs, readHandWritten } from "./hand_written.ts";
import { isRow, listField } from "./row.ts";
import { findRegion, type Region, removeBlock } from "./splice.ts";
import { parseYaml } from "./yaml.ts";
import { Places } from "./yaml/places.ts";

/** One version of the config file, read and found editable. */
export interface Config {
  readonly bytes: Uint8Array;
  readonly region: Region;
  readonly earlier: EarlierBlock;
  /** The parsed file without its block. */
  readonly mine: unknown;
  readonly handWritten: HandWritten;
  /** Some of its `include` files are not here, or cannot be read. */
  readonly hasUnreadIncludes: boolean;
}

/**
 * Reads a config. Throws {@linkcode ConfigError} for everything that cannot be
 * edited safely, with the line where there is one.
 */
export async function readConfig(bytes: Uint8Array): Promise<Config> {
  const region = findRegion(bytes);
  const mine = parseMine(bytes, region);
  const handWritten = readHandWritten(mine);
  if (countItems(mine) !== region.handWrittenItems) {
    throw new ConfigError("the items of model_list cannot be told apart", {
      hint: "write model_list as a plain list of `- model_name:` items",
    });
  }
  const earlier = region.kind === "existing"
    ? await readEarlier(region.inner)
    : NO_BLOCK;
  const hasUnreadIncludes = handWritten.includes.length > 0;
  return { bytes, region, earlier, mine, handWritten, hasUnreadIncludes };
}

/** Adds the names in `include` files, which LiteLLM appends to the list. */
export function withIncluded(
  config: Config,
  included: readonly Uint8Array[],
): Config {
  const { includes } = config.handWritten;
  if (includes.length + included.length === 0) return config;
  const values = included.flatMap((bytes) => parseOrNothing(bytes));
  const handWritten = readHandWritten(config.mine, values);
  const hasUnreadIncludes = values.length < handWritten.includes.length;
  return { ...config, handWritten, hasUnreadIncludes };
}

/** Refuses entries of ours outside the markers: LiteLLM dumped the file itself. */
export function assertNoStrays(config: Config): void {
  const { strays } = config.handWritten;
  if (strays === 0) return;
  const line = lineOfStray(config);
  throw new ConfigError(
    `${strays} ${
      strays === 1 ? "entry" : "entries"
    } of discover outside the markers`,
    {
      hint: "LiteLLM may have rewritten the file: run discover --repair",
      ...(line !== undefined && { line }),
    },
  );
}

/** None where it stands in an `include` file. */
function lineOfStray({ bytes, mine, region }: Config): number | undefined {
  const items = isRow(mine) ? listField(mine, "model_list") : [];
  const at = items.findIndex(isOurs);
  return at < 0
    ? undefined
    : new Places(bytes, region).lineOf(["model_list", at]);
}

/** The parser's count, against which that of the outline is checked. */
function countItems(mine: unknown): number {
  return isRow(mine) ? listField(mine, "model_list").length : 0;
}

/** The block of another file, an earlier `--output`; none if it cannot be read. */
export async function readEarlierFrom(
  bytes: Uint8Array,
): Promise<EarlierBlock> {
  try {
    return await readEarlier(findRegion(bytes).inner);
  } catch (error) {
    if (error instanceof ConfigError) return NO_BLOCK;
    throw error;
  }
}

function parseMine(bytes: Uint8Array, region: Region): unknown {
  try {
    return parseYaml(removeBlock(bytes, region));
  } catch (error) {
    // Without the block the lines have other numbers than in the file.
    parseYaml(bytes);
    throw error;
  }
}

/** An include that cannot be read is LiteLLM's to complain about. */
function parseOrNothing(bytes: Uint8Array): unknown[] {
  try {
    return [parseYaml(bytes)];
  } catch (error) {
    if (error instanceof ConfigError) return [];
    throw error;
  }
}

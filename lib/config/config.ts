/**
 * A config's bytes as a run understands them: where the block is or belongs,
 * what was in it, and what the user wrote.
 *
 * @module
 */

import {
  NO_BLOCK,
  type PreviousBlock,
  readPreviousBlock,
} from "../block/previous.ts";
import { ConfigError } from "../errors.ts";
import { isOurs } from "../block/read_entry.ts";
import type { ValueOf } from "../litellm/references.ts";
import { readUserEntries, type UserEntries } from "./user_entries.ts";
import { type Includes, NO_INCLUDES } from "./includes.ts";
import { type Merged, mergeIncludes } from "./merged_config.ts";
import { isJsonObject, type JsonObject, listField } from "../text/fields.ts";
import { findRegion, type Region, removeBlock } from "../block/splice.ts";
import { counted } from "../text/plural.ts";
import { parseYaml } from "../yaml/parse.ts";
import { Positions } from "../yaml/positions.ts";

/** The file before anything was cut from it: what every check starts from. */
export interface AsRead {
  readonly bytes: Uint8Array;
  readonly region: Region;
  /** What the bytes mean, where they have been parsed as a whole. */
  readonly value?: unknown;
}

/** One version of the config file, read and found editable. */
export interface Config {
  readonly asRead: AsRead;
  /** As read; under `--repair`, without the entries outside the markers. */
  readonly bytes: Uint8Array;
  readonly region: Region;
  readonly previous: PreviousBlock;
  /** Entries of ours that `--repair` found outside a pair of markers. */
  readonly repaired: number;
  /** The parsed file without its block. */
  readonly userConfig: JsonObject;
  readonly includes: Includes;
  /** `userConfig` with all that it includes. */
  readonly merged: Merged;
  readonly userEntries: UserEntries;
}

/** Waits between two pieces of long work, if there is something to wait for. */
export type Pause = () => void | Promise<void>;

/**
 * Reads a config. Throws {@linkcode ConfigError} for everything that cannot be
 * edited safely, with the line if there is one.
 */
export async function readConfig(
  bytes: Uint8Array,
  pause: Pause = () => {},
): Promise<Config> {
  const region = findRegion(bytes);
  await pause();
  const userConfig = parseUserConfig(bytes, region);
  if (!isJsonObject(userConfig)) {
    throw new ConfigError("the top level is not a mapping", {
      hint: "a LiteLLM config begins with keys such as model_list:",
    });
  }
  if (listField(userConfig, "model_list").length !== region.userItems) {
    throw new ConfigError("cannot tell the items of model_list apart", {
      hint: "write model_list as a plain list of `- model_name:` items",
    });
  }
  const previous = region.kind === "existing"
    ? await readPreviousBlock(region.inner)
    : NO_BLOCK;
  const asRead = region.kind === "new"
    ? { bytes, region, value: userConfig }
    : { bytes, region };
  return withIncludes(
    { bytes, region, asRead, previous, repaired: 0, userConfig },
    NO_INCLUDES,
  );
}

/**
 * A file that LiteLLM reads and this program cannot edit, to look at: there is no
 * place for a block, and entries of ours count as nobody's.
 */
export function uneditableConfig(
  bytes: Uint8Array,
  userConfig: JsonObject,
): Omit<Config, "includes" | "merged" | "userEntries"> {
  const { length: end } = bytes;
  const region: Region = {
    ...{ kind: "new", start: end, end, indent: 0, eol: "\n", added: [] },
    ...{ instead: "", colonEnd: undefined, inner: [], userItems: 0 },
    blockItems: { from: 0, to: 0 },
  };
  const asRead = { bytes, region, value: userConfig };
  const nothing = { previous: NO_BLOCK, repaired: 0 };
  return { bytes, region, asRead, ...nothing, userConfig };
}

/** Looks at a config together with all that it includes. */
export function withIncludes(
  config: Omit<Config, "includes" | "merged" | "userEntries">,
  includes: Includes,
  valueOf?: ValueOf,
): Config {
  const merged = mergeIncludes(config.userConfig, includes.files);
  const userEntries = readUserEntries(merged.value, valueOf);
  return { ...config, includes, merged, userEntries };
}

/** Refuses entries of ours outside the markers: LiteLLM rewrote the file. */
export function assertNoOrphans({ bytes, userConfig, region }: Config): void {
  const items = listField(userConfig, "model_list");
  const orphans = items.filter(isOurs).length;
  if (orphans === 0) return;
  const path = ["model_list", items.findIndex(isOurs)];
  const entries = counted(orphans, "entry", "entries");
  throw new ConfigError(`${entries} written by discover outside the markers`, {
    line: new Positions(bytes, region).lineOf(path),
    hint: "LiteLLM may have rewritten the file: run discover --repair",
  });
}

/** The included file that has entries of ours, if there is one. */
export function blockElsewhere({ includes }: Config): string | undefined {
  return includes.files.find(({ value }) =>
    listField(value, "model_list").some(isOurs)
  )?.path;
}

/**
 * Refuses a second block in one merged config: every name would be there twice,
 * and LiteLLM would split its calls.
 */
export function assertNoBlockElsewhere(config: Config): void {
  const path = blockElsewhere(config);
  if (path === undefined) return;
  const what = config.region.kind === "existing"
    ? `two blocks: one here, and one in "${path}", which it includes`
    : `"${path}", which it includes, already has a block`;
  throw new ConfigError(what, {
    hint: `refresh that file instead (--config "${path}"), or remove its ` +
      `block first (--config "${path}" --remove)`,
  });
}

/** The block of another file, an earlier `--output`; none if it cannot be read. */
export async function readPreviousBlockFrom(
  bytes: Uint8Array,
): Promise<PreviousBlock> {
  try {
    return await readPreviousBlock(findRegion(bytes).inner);
  } catch (error) {
    if (error instanceof ConfigError) return NO_BLOCK;
    throw error;
  }
}

function parseUserConfig(bytes: Uint8Array, region: Region): unknown {
  try {
    return parseYaml(removeBlock(bytes, region));
  } catch (error) {
    // Without the block the lines have other numbers than in the file.
    parseYaml(bytes);
    throw error;
  }
}

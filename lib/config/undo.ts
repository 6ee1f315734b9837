/**
 * Whether a config is what the last run wrote, so that its backup may come back
 * without the loss of anything that a person wrote. Nothing is remembered for
 * that: a run changes the block and nothing else, so the backup with the config's
 * own block in its place must be the config, byte for byte, and the hashes in the
 * block say that nobody edited it.
 *
 * @module
 */

import { renderSections, type Section } from "../block/format.ts";
import { readPreviousBlock } from "../block/previous.ts";
import {
  type ChangedRange,
  changedRanges,
  headerLine,
  parseHeader,
  removeBlock,
  replaceBlock,
} from "../block/splice.ts";
import { ConfigError } from "../errors.ts";
import { equalBytes, firstDifference } from "../yaml/bytes.ts";
import { lineOf } from "../yaml/lines.ts";
import { type Config, readConfig } from "./config.ts";
import { repairConfig } from "./repair.ts";

/** What somebody changed in a config after the last run, and on which line. */
export interface LaterChange {
  readonly kind: "outside" | "block";
  /** 1-based; absent where entries outside the markers shift the lines. */
  readonly line?: number;
}

/**
 * Reads one of the two, without entries of ours outside its markers: a run with
 * `--repair` took them out. Throws `ConfigError` like `readConfig`.
 */
export async function readUndoable(bytes: Uint8Array): Promise<Config> {
  try {
    return await repairConfig(bytes);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    // A block that is no YAML can still be taken out.
    return await readConfig(bytes);
  }
}

/**
 * What was changed in the config since the run that made the backup; nothing if
 * it is as that run, or an undo of it, left it. `isKept`: a copy of all its bytes
 * is kept, so that its block may be an edited one.
 */
export async function laterChange(
  config: Config,
  backup: Config,
  isKept: boolean,
): Promise<LaterChange | undefined> {
  const edited = isKept ? undefined : await editedAt(config, backup);
  if (edited !== undefined) return changeAt(config, "block", edited);
  const expected = withBlockOf(config, backup);
  const at = expected && firstDifference(config.bytes, expected);
  if (expected && at === undefined) return undefined;
  // An undo left what the run was given: that run again.
  const again = withBlockOf(backup, config);
  if (again && firstDifference(backup.bytes, again) === undefined) {
    return undefined;
  }
  return changeAt(config, "outside", at);
}

function changeAt(
  config: Config,
  kind: LaterChange["kind"],
  at: number | undefined,
): LaterChange {
  return at === undefined || !hasOwnLines(config)
    ? { kind }
    : { kind, line: lineOf(config.bytes, at) };
}

/** Whether nothing was cut out or mended: the lines are those of the file. */
function hasOwnLines({ bytes, asRead }: Config): boolean {
  return equalBytes(bytes, asRead.bytes);
}

/** `base` with the block of `config`, or without one where that has none. */
function withBlockOf(
  { region: { kind, inner } }: Config,
  base: Config,
): Uint8Array | undefined {
  return kind === "new"
    ? removeBlock(base.bytes, base.region)
    : withLines(base, inner);
}

/** `base` with these lines as its block; nothing where no run could write them. */
function withLines(
  { bytes, region }: Config,
  lines: readonly string[],
): Uint8Array | undefined {
  const isPlain = lines.every((line) => /^[\x20-\x7e]*$/.test(line));
  return isPlain ? replaceBlock(bytes, region, lines) : undefined;
}

/** Where the block, if there is one, is not as a run writes it. */
async function editedAt(
  config: Config,
  backup: Config,
): Promise<number | undefined> {
  const { bytes, region: { kind, start, inner } } = config;
  if (kind === "new") return undefined;
  const written = withLines(config, await writtenLines(inner, backup));
  return written ? firstDifference(bytes, written) : start;
}

/**
 * What a run writes for this block. It takes an edited section over where the
 * provider does not answer: such a one is in the backup, too.
 */
async function writtenLines(
  inner: readonly string[],
  { region: { inner: earlier } }: Config,
): Promise<string[]> {
  // Nobody wrote anything there, either.
  if (inner.length === 0) return [];
  const { sections } = await readPreviousBlock(inner);
  const { sections: before } = await readPreviousBlock(earlier);
  const rendered = await renderSections(
    [...sections.values()].map((section) => {
      const { id, entries } = section;
      const isCarried = isSameSection(section, before.get(id));
      return isCarried ? section : { id, entries };
    }),
  );
  const header = parseHeader(inner[0] ?? "");
  const first = headerLine(header?.added ?? [], header?.instead);
  return [first, ...rendered];
}

function isSameSection(one: Section, other: Section | undefined): boolean {
  return one.statedHash === other?.statedHash &&
    textOf(one) === textOf(other);
}

function textOf(section: Section | undefined): string | undefined {
  return section?.entries.flatMap(({ lines }) => lines).join("\n");
}

/**
 * Where the config and its backup differ, as far as that is ours alone; nothing
 * where a line of a block was edited by hand, or LiteLLM rewrote entries of ours
 * and may have written keys into them.
 */
export function shownRanges(
  config: Config,
  backup: Config,
): readonly ChangedRange[] | undefined {
  const isWhole = [config, backup].every((one) =>
    hasOwnLines(one) && !one.previous.isEdited
  );
  if (!isWhole) return undefined;
  if (config.region.kind === "existing") {
    return changedRanges(config.bytes, backup.bytes, config.region);
  }
  return backup.region.kind === "new"
    ? []
    : changedRanges(backup.bytes, config.bytes, backup.region)
      .map(turnedAround);
}

function turnedAround(range: ChangedRange): ChangedRange {
  // A final line end that came with the block counts as part of it.
  const added = Math.max(0, range.startAfter - range.endAfter);
  return {
    startBefore: range.startAfter - added,
    endBefore: range.endAfter,
    startAfter: range.startBefore - added,
    endAfter: range.endBefore,
  };
}

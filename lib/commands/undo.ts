/**
 * `--undo`: puts back what the config was before the last run, if nobody has
 * changed it since. The bytes that it replaces become the backup, so that the
 * next `--undo` brings them back. Nobody is asked.
 *
 * The new text is not parsed for a last check as that of a refresh is: a run has
 * read it before, and around the block it has the bytes of the config.
 *
 * @module
 */

import { unifiedDiff } from "../block/diff.ts";
import { ALIAS_SECTION, shortHash } from "../block/format.ts";
import type { PreviousBlock } from "../block/previous.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { Config } from "../config/config.ts";
import {
  type LaterChange,
  laterChange,
  readUndoable,
  shownRanges,
} from "../config/undo.ts";
import { ConfigError } from "../errors.ts";
import type { Snapshot } from "../files/store.ts";
import type { Io } from "../io.ts";
import type { RunReport } from "../report/report.ts";
import { type Applied, hardLinkWarning } from "./apply.ts";
import { untilUnchanged } from "./apply_latest.ts";
import { withItsIncludes } from "./config_version.ts";
import type { RunContext } from "./context.ts";
import { emitReport } from "./emit.ts";
import type { RunInputs } from "./inputs.ts";
import { refuseIncluded } from "./kept_files.ts";
import { isUnchanged, type Plan } from "./plan.ts";
import { buildReport } from "./report.ts";
import { equalBytes } from "../yaml/bytes.ts";

/**
 * Restores the backup; returns what was reported of that. Throws `ConfigError`
 * where there is none, and where the config is not what the last run wrote.
 */
export async function undo(
  context: RunContext,
  inputs: RunInputs,
): Promise<RunReport> {
  const { io: { store } } = context;
  const applied = await untilUnchanged(
    store,
    inputs.snapshot,
    async (snapshot) =>
      await apply(await planUndo(context, snapshot), snapshot, context),
  );
  return await report(context, inputs, applied);
}

/** The bytes to come back, and the block that is in them as a catalog. */
interface UndoPlan extends Plan {
  readonly backup: Config;
}

async function planUndo(
  { io, targets }: RunContext,
  snapshot: Snapshot,
): Promise<UndoPlan> {
  const bytes = await readBackup(io.store, snapshot);
  const config = await openConfig(snapshot, bytes);
  const whole = await withItsIncludes(io, snapshot.path, config);
  await refuseIncluded(targets, io.store, whole.includes.paths);
  const backup = await openBackup(snapshot, bytes);
  const { previous } = config;
  const plan: UndoPlan = { config: whole, bytes, previous, backup };
  if (!isUnchanged(plan, snapshot.bytes)) {
    const isKept = await isEditedCopyKept(io.store, snapshot, config);
    const change = await laterChange(config, backup, isKept);
    if (change) throw changedSince(change, snapshot);
  }
  return backup.region.kind === "existing" || backup.previous.sections.size > 0
    ? { ...plan, catalog: catalogOf(backup.previous) }
    : plan;
}

function backupOf({ realPath }: Snapshot): string {
  return `${realPath}.bak`;
}

async function readBackup(
  store: Io["store"],
  snapshot: Snapshot,
): Promise<Uint8Array> {
  const path = backupOf(snapshot);
  const bytes = await store.readOptional(path);
  if (bytes) return bytes;
  throw new ConfigError(`no backup "${path}" to restore`, {
    hint: "a run leaves one when it changes the config",
  });
}

/** What cannot be read any more was changed: the hint is how to undo by hand. */
async function openConfig(
  snapshot: Snapshot,
  backup: Uint8Array,
): Promise<Config> {
  try {
    return await readUndoable(snapshot.bytes);
  } catch (error) {
    const isSame = equalBytes(backup, snapshot.bytes);
    if (!(error instanceof ConfigError) || isSame) throw error;
    const { message, line } = error;
    throw new ConfigError(message, { line, hint: byHand(snapshot) });
  }
}

async function openBackup(
  snapshot: Snapshot,
  bytes: Uint8Array,
): Promise<Config> {
  try {
    return await readUndoable(bytes);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const at = error.line === undefined ? "" : `, line ${error.line}`;
    const what = `not restored from "${backupOf(snapshot)}"${at}`;
    // To copy it over the config would be a mistake.
    throw new ConfigError(`${what}: ${error.message}`, {
      hint: "look at it first: no run of discover made it like this",
    });
  }
}

/** Whether the run that overwrote these very bytes kept all of them. */
async function isEditedCopyKept(
  store: Io["store"],
  { realPath, bytes }: Snapshot,
  { bytes: cut, previous }: Config,
): Promise<boolean> {
  if (!previous.isEdited) return false;
  for (const hashed of [bytes, cut]) {
    const path = `${realPath}.edited-${await shortHash(hashed)}`;
    const copy = await store.readOptional(path);
    if (copy && equalBytes(copy, bytes)) return true;
  }
  return false;
}

function changedSince(
  { kind, line }: LaterChange,
  snapshot: Snapshot,
): ConfigError {
  const what = kind === "block"
    ? "the block was edited by hand after the last run"
    : "changed since the last run";
  return new ConfigError(what, { line, hint: byHand(snapshot) });
}

function byHand(snapshot: Snapshot): string {
  return `to restore the backup anyway, copy "${
    backupOf(snapshot)
  }" over the ` +
    "config; what was changed since is lost then";
}

/** An earlier block as the catalog that it was. */
function catalogOf({ sections }: PreviousBlock): Catalog {
  const aliases = sections.get(ALIAS_SECTION)?.entries ?? [];
  return {
    sections: [...sections.values()],
    aliases: aliases.map(({ name, model }) => ({ name, target: model })),
    selections: new Map(),
    carriedOver: new Set(),
    skipped: [],
    droppedAliases: [],
  };
}

/** Nothing comes back when the config is no longer what `snapshot` says. */
async function apply(
  plan: UndoPlan,
  snapshot: Snapshot,
  { io: { store }, destination, terminal }: RunContext,
): Promise<Applied | undefined> {
  const isSame = isUnchanged(plan, snapshot.bytes);
  if (destination.kind !== "config") {
    const diff = diffOf(plan, snapshot);
    const isStat = destination.kind === "dry-run" && destination.isStatOnly;
    if (!diff && !isStat) {
      terminal.note("the diff is not shown: it has hand-written lines");
    }
    const result = isSame ? "unchanged" : "would-change";
    return { plan, result, diff: diff ?? new Uint8Array(), warnings: [] };
  }
  if (isSame) return { plan, result: "unchanged", warnings: [] };
  const saved = await store.save({
    snapshot,
    bytes: plan.bytes,
    firstInsertion: false,
    swapsBackup: true,
    inPlace: destination.inPlace === true,
  });
  if (saved.kind === "changed-meanwhile") return undefined;
  const { otherNames, backupPath: backup } = saved;
  const warnings = hardLinkWarning(otherNames);
  return { plan, result: "restored", backup, warnings };
}

function diffOf(
  { config, backup }: UndoPlan,
  { path }: Snapshot,
): Uint8Array | undefined {
  const ranges = shownRanges(config, backup);
  const { bytes: before } = config;
  return ranges && unifiedDiff({ path, before, after: backup.bytes, ranges });
}

async function report(
  context: RunContext,
  { configPath }: RunInputs,
  applied: Applied,
): Promise<RunReport> {
  const { config, previous } = applied.plan;
  const made = buildReport(context, {
    ...{ configPath, action: "undo", config, previous, outcomes: [], applied },
  });
  return await emitReport(context, made, applied.diff);
}

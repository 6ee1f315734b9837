/**
 * Brings a planned change where it belongs: into the config, into another file,
 * or only onto the screen.
 *
 * @module
 */

import { unifiedDiff } from "../block/diff.ts";
import { shortHash } from "../block/format.ts";
import { changedRanges } from "../block/splice.ts";
import type { Destination } from "../cli/command.ts";
import type { Snapshot } from "../files/store.ts";
import type { Io } from "../io.ts";
import type { ResultWord } from "../report/report.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { counted } from "../text/plural.ts";
import type { Warning } from "../warning.ts";
import { leftBehind } from "./left_behind.ts";
import { isUnchanged, type Plan } from "./plan.ts";
import { fileName } from "../files/paths.ts";

/** What became of a plan. */
export interface Applied {
  readonly plan: Plan;
  readonly result: ResultWord;
  readonly backup?: string;
  /** The copy of a block that was edited by hand: its name in the config's folder. */
  readonly editedCopy?: string;
  /** `--dry-run`: the change as a unified diff; empty when there is none to show. */
  readonly diff?: Uint8Array;
  readonly warnings: readonly Warning[];
}

/** Where a plan can go. */
export interface Target {
  readonly store: Io["store"];
  readonly terminal: Pick<Terminal, "data">;
  readonly destination: Destination;
}

/**
 * Applies a plan. Nothing comes back when the config is no longer what
 * `snapshot` says; then nothing is written. Throws `ConfigError` when it cannot.
 */
export async function apply(
  plan: Plan,
  snapshot: Snapshot,
  { store, terminal, destination }: Target,
): Promise<Applied | undefined> {
  const isSame = isUnchanged(plan, snapshot.bytes);
  const warnings: Warning[] = [];
  switch (destination.kind) {
    case "check":
      return { plan, result: isSame ? "unchanged" : "would-change", warnings };
    case "dry-run": {
      const result = isSame ? "unchanged" : "would-change";
      return { plan, result, diff: diffOf(snapshot.path, plan), warnings };
    }
    case "output": {
      const { path: output } = destination;
      if (output === "-") terminal.data(plan.bytes);
      const isThere = output === "-"
        ? isSame
        : await store.writeOutput(output, plan.bytes, snapshot) === "unchanged";
      if (output !== "-") {
        const paths = { config: snapshot.path, output };
        warnings.push(...await leftBehind(plan.config, paths, store));
      }
      return { plan, result: isThere ? "unchanged" : changeOf(plan), warnings };
    }
    case "config":
      return isSame
        ? { plan, result: "unchanged", warnings }
        : await save(plan, snapshot, store, destination.inPlace === true);
    default:
      return destination satisfies never;
  }
}

function diffOf(path: string, { config, bytes: after }: Plan): Uint8Array {
  const { bytes: before, region } = config;
  const ranges = changedRanges(before, after, region);
  return unifiedDiff({ path, before, after, ranges });
}

function changeOf({ catalog, config }: Plan): ResultWord {
  if (!catalog) return "removed";
  return config.region.kind === "new" ? "created" : "updated";
}

async function save(
  plan: Plan,
  snapshot: Snapshot,
  store: Io["store"],
  inPlace: boolean,
): Promise<Applied | undefined> {
  const { config, bytes } = plan;
  const result = changeOf(plan);
  // Named after its content: one copy per edit.
  const edit = config.previous.isEdited
    ? await shortHash(config.asRead.bytes)
    : undefined;
  const saved = await store.save({
    snapshot,
    bytes,
    firstInsertion: result === "created",
    inPlace,
    ...(edit !== undefined && { editedCopy: edit }),
  });
  if (saved.kind === "changed-meanwhile") return undefined;
  const { otherNames, backupPath: backup } = saved;
  const name = fileName(snapshot.realPath);
  return {
    ...{ plan, result, backup, warnings: hardLinkWarning(otherNames) },
    ...(edit !== undefined && { editedCopy: `${name}.edited-${edit}` }),
  };
}

/** A replaced file keeps its old bytes under its other names. */
export function hardLinkWarning(otherNames: number): Warning[] {
  return otherNames === 0 ? [] : [{
    code: "hard-link",
    text: `the config has ${counted(otherNames, "other hard link")}`,
    hint: "those keep the old content; --in-place changes it for all",
  }];
}

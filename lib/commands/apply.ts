/**
 * Brings a planned change where it belongs: into the config, into another file,
 * or only onto the screen. A config that changes meanwhile is planned again.
 *
 * @module
 */

import type { RunFlags } from "../cli/args.ts";
import type { Config } from "../config/config.ts";
import { unifiedDiff } from "../block/diff.ts";
import { ConfigError } from "../errors.ts";
import type { Io } from "../io.ts";
import { isUnchanged, type Plan } from "./plan.ts";
import type { ResultWord } from "../report/report.ts";
import type { Warning } from "../warning.ts";
import { changedRanges } from "../block/splice.ts";
import type { Snapshot } from "../files/store.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** How the change was delivered. */
export interface Delivery {
  readonly plan: Plan;
  readonly result: ResultWord;
  readonly backup?: string;
  /** `--dry-run`: the change as a unified diff; empty when there is none. */
  readonly diff?: Uint8Array;
  readonly warnings: readonly Warning[];
}

/** What a delivery needs beside the plan. */
export interface DeliveryRequest {
  readonly io: Pick<Io, "store">;
  readonly terminal: Pick<Terminal, "data">;
  readonly flags: RunFlags;
  readonly snapshot: Snapshot;
  readonly config: Config;
  /** Called again for every new version of the config. */
  readonly plan: (config: Config) => Promise<Plan>;
  readonly reopen: (snapshot: Snapshot) => Promise<Config>;
}

const MAX_TRIES = 3;

/** Delivers the change. Throws {@linkcode ConfigError} when it cannot. */
export async function deliver(request: DeliveryRequest): Promise<Delivery> {
  let { snapshot, config } = request;
  for (let tries = 1;; tries++) {
    const plan = await request.plan(config);
    const delivery = await deliverOnce(request, snapshot, plan);
    if (delivery) return delivery;
    if (tries === MAX_TRIES) break;
    snapshot = await request.io.store.read(snapshot.path);
    config = await request.reopen(snapshot);
  }
  throw new ConfigError("still changing after three tries", {
    hint: "run again when the other program is done with it",
  });
}

/** Nothing when the config changed since it was read. */
async function deliverOnce(
  request: DeliveryRequest,
  snapshot: Snapshot,
  plan: Plan,
): Promise<Delivery | undefined> {
  const { flags: { destination }, io } = request;
  const result = resultOf(plan, snapshot);
  switch (destination.kind) {
    case "check":
      return isUnchanged(plan, snapshot.bytes)
        ? { plan, result: "unchanged", warnings: [] }
        : { plan, result: "would-change", warnings: [] };
    case "dry-run": {
      const diff = diffOf(snapshot.path, plan);
      const word = isUnchanged(plan, snapshot.bytes)
        ? "unchanged"
        : "would-change";
      return { plan, result: word, diff, warnings: [] };
    }
    case "output":
      if (destination.path === "-") request.terminal.data(plan.bytes);
      else await io.store.writeOutput(destination.path, plan.bytes, snapshot);
      return { plan, result, warnings: [] };
    case "config":
      return isUnchanged(plan, snapshot.bytes)
        ? { plan, result: "unchanged", warnings: [] }
        : await save(request, snapshot, plan, result);
    default:
      return destination satisfies never;
  }
}

function diffOf(path: string, { config, bytes: after }: Plan): Uint8Array {
  const { bytes: before, region } = config;
  const ranges = changedRanges(before, after, region);
  return unifiedDiff({ path, before, after, ranges });
}

function resultOf(plan: Plan, snapshot: Snapshot): ResultWord {
  if (isUnchanged(plan, snapshot.bytes)) return "unchanged";
  if (!plan.catalog) return "removed";
  return plan.config.region.kind === "new" ? "created" : "updated";
}

async function save(
  { io, flags: { destination } }: DeliveryRequest,
  snapshot: Snapshot,
  plan: Plan,
  result: ResultWord,
): Promise<Delivery | undefined> {
  const { config, bytes } = plan;
  const saved = await io.store.save({
    snapshot,
    bytes,
    firstInsertion: result === "created",
    inPlace: destination.kind === "config" && destination.inPlace === true,
    ...(config.previous.isEdited && { editedCopy: await nameOf(config) }),
  });
  if (saved.kind === "changed-meanwhile") return undefined;
  const backup = saved.backupPath;
  const warnings: Warning[] = saved.otherNames === 0 ? [] : [{
    code: "hard-link",
    text: `the config has ${saved.otherNames} other name(s) as hard links`,
    hint: "those keep the old content; --in-place changes it for all",
  }];
  return { plan, result, backup, warnings };
}

/** Names the copy of an edited file after its content: one copy per edit. */
async function nameOf({ bytes }: Config): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new Uint8Array(bytes));
  return new Uint8Array(digest).subarray(0, 6).toHex();
}

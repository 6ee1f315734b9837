/**
 * The main job once the requests are under way: read the config while they are
 * answered, plan the change of the block, apply it, and report. To remove the
 * block is the same without any request.
 *
 * @module
 */

import type { Offer } from "../catalog/offer.ts";
import { hasProxyLoop } from "../catalog/proxy_loop.ts";
import type { Config } from "../config/config.ts";
import { ConfigError } from "../errors.ts";
import type { Outcome } from "../fetch/outcome.ts";
import type { Snapshot } from "../files/store.ts";
import type { KeyRing } from "../keys/key_ring.ts";
import type { RunReport } from "../report/report.ts";
import { resolveSettings, type Settings } from "../settings/settings.ts";
import { type Applied, apply } from "./apply.ts";
import { collect, type Collected } from "./collect.ts";
import {
  type ConfigVersion,
  knownConfig,
  openVersion,
} from "./config_version.ts";
import { dropPermissions, type RunContext } from "./context.ts";
import { emitReport } from "./emit.ts";
import type { RunInputs } from "./inputs.ts";
import { keysAndProxy } from "./keys_and_proxy.ts";
import { type Plan, planRefresh, planRemoval } from "./plan.ts";
import { buildReport } from "./report.ts";
import { type Requests, settingsOptions } from "./requests.ts";

/** Refreshes the block; returns what was reported of it. */
export async function refresh(
  context: RunContext,
  inputs: RunInputs,
  requests: Requests,
): Promise<RunReport> {
  const { io } = context;
  const { configPath, snapshot, keys } = inputs;
  const version = await openVersion(context, snapshot, keys);
  const { config, previous } = version;
  const settings = settingsFor(context, inputs, config);
  requests.send(settings);
  await prepareSave(context, snapshot);
  const collected = await collect(context, version, settings, requests);
  const { outcomes } = collected;
  await dropPermissions(context, "answers");
  io.interrupted.throwIfAborted();
  const applied = mayChange(version, settings, outcomes)
    ? await applyLatest(context, keys, version, { settings, ...collected })
    : undefined;
  const run = { configPath, config, previous, settings, outcomes, applied };
  return await emitReport(context, buildReport(context, run), applied?.diff);
}

/** Removes the block. Needs no provider, no key and no network. */
export async function remove(
  context: RunContext,
  { configPath, snapshot, keys }: RunInputs,
): Promise<RunReport> {
  const version = await openVersion(context, snapshot, keys);
  const { config, previous } = version;
  const applied = await applyLatest(context, keys, version, "removal");
  const run = { configPath, config, previous, outcomes: [], applied };
  return await emitReport(context, buildReport(context, run), applied.diff);
}

function settingsFor(
  context: RunContext,
  inputs: RunInputs,
  config: Config,
): Settings {
  const known = knownConfig(config, inputs.configPath);
  const { keys, proxy } = keysAndProxy(context, inputs.keys, known);
  const options = settingsOptions(context.io, inputs, proxy);
  return resolveSettings(inputs, keys, options);
}

/** What would keep the answers from being written is said before they are in. */
async function prepareSave(
  { io, destination }: RunContext,
  snapshot: Snapshot,
): Promise<void> {
  if (destination.kind !== "config") return;
  await io.store.assertWritable(snapshot);
  await io.store.removeLeftovers(snapshot);
}

function mayChange(
  { previous }: ConfigVersion,
  { proxyLoops }: Settings,
  outcomes: readonly Outcome[],
): boolean {
  return outcomes.some(({ kind }) => kind === "answered") ||
    hasProxyLoop(previous, proxyLoops);
}

/** What is to become of the block. */
type Change =
  | "removal"
  | Pick<Collected, "outcomes"> & {
    readonly settings: Settings;
    /** Of the names of one version; without them they are made again. */
    readonly offers?: readonly Offer[] | undefined;
  };

const MAX_ATTEMPTS = 3;

/** Plans and applies; a config that changes meanwhile is read and planned again. */
async function applyLatest(
  context: RunContext,
  keys: KeyRing,
  first: ConfigVersion,
  wanted: Change,
): Promise<Applied> {
  const { io: { store }, terminal, destination } = context;
  let version = first;
  let change = wanted;
  for (let attempt = 1;; attempt++) {
    const plan = await planOf(version, change);
    const { snapshot } = version;
    const target = { store, terminal, destination };
    const applied = await apply(plan, snapshot, target);
    if (applied) return applied;
    if (attempt === MAX_ATTEMPTS) throw neverStill();
    version = await openVersion(context, await store.read(snapshot.path), keys);
    if (change !== "removal") change = { ...change, offers: undefined };
  }
}

async function planOf(version: ConfigVersion, change: Change): Promise<Plan> {
  const { config, previous } = version;
  if (change === "removal") return planRemoval(config);
  const { settings, outcomes, offers } = change;
  return await planRefresh(config, previous, settings, outcomes, offers);
}

function neverStill(): ConfigError {
  return new ConfigError(`the file kept changing (${MAX_ATTEMPTS} attempts)`, {
    hint: "run again when the other program is done with it",
  });
}

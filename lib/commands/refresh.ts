/**
 * The main job once the requests are under way: read the config while they are
 * answered, plan the change of the block, apply it, and report. To remove the
 * block is the same without any request.
 *
 * @module
 */

import type { Snapshot } from "../files/store.ts";
import type { RunReport } from "../report/report.ts";
import { applyRefresh, applyRemoval, settingsFor } from "./change.ts";
import { collect } from "./collect.ts";
import { openVersion } from "./config_version.ts";
import { dropPermissions, type RunContext } from "./context.ts";
import type { RunInputs } from "./inputs.ts";
import { rehearse } from "./rehearsal.ts";
import type { Requests } from "./requests.ts";

/** Refreshes the block; returns what was reported of it. */
export async function refresh(
  context: RunContext,
  inputs: RunInputs,
  requests: Requests,
): Promise<RunReport> {
  const { snapshot, keys } = inputs;
  const version = await openVersion(context, snapshot, keys);
  const settings = settingsFor(context, inputs, version.config);
  requests.send(settings);
  await prepareSave(context, snapshot);
  const allIn = new AbortController();
  void rehearse(context, inputs, settings, allIn.signal);
  const collected = await collect(context, version, settings, requests);
  allIn.abort();
  await dropPermissions(context, "answers");
  context.io.interrupted.throwIfAborted();
  return await applyRefresh(context, inputs, version, settings, collected);
}

/** Removes the block. Needs no provider, no key and no network. */
export async function remove(
  context: RunContext,
  inputs: RunInputs,
): Promise<RunReport> {
  const version = await openVersion(context, inputs.snapshot, inputs.keys);
  return await applyRemoval(context, inputs, version);
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

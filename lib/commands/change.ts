/**
 * From the outcomes to what is said of them: the change is planned, applied and
 * reported.
 *
 * @module
 */

import { hasProxyLoop } from "../catalog/proxy_loop.ts";
import type { Config } from "../config/config.ts";
import type { BlockAction, RunReport } from "../report/report.ts";
import { resolveSettings, type Settings } from "../settings/settings.ts";
import { type AppliedLatest, applyLatest } from "./apply_latest.ts";
import { type Collected, outcomesFor, show, validOutcomes } from "./collect.ts";
import { type ConfigVersion, knownConfig } from "./config_version.ts";
import type { RunContext } from "./context.ts";
import { emitReport } from "./emit.ts";
import type { RunInputs } from "./inputs.ts";
import { litellmEnvironment } from "./key_files.ts";
import { keysAndProxy } from "./keys_and_proxy.ts";
import { type Plan, planRefresh, planRemoval } from "./plan.ts";
import { buildReport } from "./report.ts";
import { settingsOptions } from "./requests.ts";
import { unreadSettings } from "./unread_settings.ts";

/** What a refresh is planned from. */
interface RefreshBasis extends Pick<Collected, "outcomes"> {
  readonly version: ConfigVersion;
  readonly settings: Settings;
  /** Of the names of this version; without them they are made again. */
  readonly offers?: Collected["offers"];
}

/** Changes the block by what came of the requests; returns what was reported. */
export async function applyRefresh(
  context: RunContext,
  inputs: RunInputs,
  version: ConfigVersion,
  settings: Settings,
  collected: Collected,
): Promise<RunReport> {
  const { requests } = settings;
  const { answers, outcomes } = collected;
  const first: RefreshBasis = { version, settings, ...collected };
  const latest = await applyLatest(context, inputs.keys, first, {
    plan: planFor,
    // It may have other keys and bases than were asked with.
    renew: (version) => {
      const settings = settingsFor(context, inputs, version.config);
      const valid = validOutcomes(answers, requests, settings);
      const judged = outcomesFor(version, settings, valid, outcomes);
      return { version, settings, outcomes: judged };
    },
  });
  const { basis } = latest;
  for (const outcome of basis.outcomes) {
    if (outcomes.includes(outcome)) continue;
    show(outcome, context, basis.version, basis.settings);
  }
  const action = context.action === "repair" ? "repair" : "refresh";
  return await report(context, inputs, latest, action);
}

/** Removes the block; returns what was reported of that. */
export async function applyRemoval(
  context: RunContext,
  inputs: RunInputs,
  version: ConfigVersion,
): Promise<RunReport> {
  const first = { version };
  const { basis, applied } = await applyLatest(context, inputs.keys, first, {
    plan: ({ version }) => Promise.resolve(planRemoval(version.config)),
    renew: (version) => ({ version }),
  });
  return await report(context, inputs, {
    basis: { ...basis, outcomes: [] },
    applied,
  }, "remove");
}

/** The settings of a run, now that the config is known. */
export function settingsFor(
  context: RunContext,
  inputs: RunInputs,
  config: Config,
): Settings {
  const known = knownConfig(config, inputs.configPath);
  const { keys, proxy } = keysAndProxy(context, inputs.keys, known);
  const options = settingsOptions(context.io, inputs, proxy);
  const settings = resolveSettings(inputs, keys, options);
  const warnings = [...inputs.trust.warnings, ...settings.warnings];
  return { ...settings, warnings };
}

/**
 * Nothing is changed where nobody answered, unless every provider is off, or
 * LiteLLM would call itself.
 */
export async function planFor(
  { version, settings, outcomes, offers }: RefreshBasis,
): Promise<Plan | undefined> {
  const { config, previous } = version;
  const mayChange = outcomes.some(({ kind }) => kind === "answered") ||
    settings.sources.length === 0 ||
    hasProxyLoop(previous, settings.proxyLoops);
  return mayChange
    ? await planRefresh(config, previous, settings, outcomes, offers)
    : undefined;
}

/** Reports what was done on which basis. */
async function report(
  context: RunContext,
  inputs: RunInputs,
  { basis, applied }: AppliedLatest<
    Pick<RefreshBasis, "version" | "outcomes"> & Partial<RefreshBasis>
  >,
  action: BlockAction,
): Promise<RunReport> {
  const { version: { config, previous }, settings, outcomes } = basis;
  const { configPath, settingsPlace } = inputs;
  const unread = await unreadSettings(context.io, configPath, settingsPlace);
  const run = {
    ...{ configPath, action, config, previous, outcomes, applied },
    ...(settings && {
      settings: { ...settings, warnings: [...unread, ...settings.warnings] },
    }),
    ...(context.start && {
      known: { environment: litellmEnvironment(context.io, inputs.keys) },
    }),
  };
  return await emitReport(context, buildReport(context, run), applied?.diff);
}

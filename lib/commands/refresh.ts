/**
 * The main job: ask the providers, plan the change of the block, deliver it and
 * tell what happened. Taking the block out is the same without the asking.
 *
 * @module
 */

import { buildReport, type ReportInput } from "./report.ts";
import { countOffered } from "../catalog/catalog.ts";
import { hasProxyLoop } from "../catalog/proxy_loop.ts";
import {
  assertNoBlockElsewhere,
  assertNoOrphans,
  type Config,
  readConfig,
  readPreviousBlockFrom,
  withIncludes,
} from "../config/config.ts";
import { deliver } from "./apply.ts";
import type { PreviousBlock } from "../block/previous.ts";
import { fetchModels } from "../fetch/fetch.ts";
import { readIncludes, variableReader, withConfigOf } from "./inputs.ts";
import { noProxyFor } from "../fetch/no_proxy.ts";
import type { Outcome } from "../fetch/outcome.ts";
import { refuseIncluded } from "./kept_files.ts";
import { planRefresh, planRemoval } from "./plan.ts";
import { repairConfig } from "../config/repair.ts";
import type { RunReport } from "../report/report.ts";
import type { RunInputs } from "./session.ts";
import { resolveSettings, type Settings } from "../settings/settings.ts";
import type { RejectedProvider } from "../settings/requests.ts";
import type { Snapshot } from "../files/store.ts";
import { tellReport } from "./emit.ts";

/** Refreshes the block, or takes it out; returns what was told of it. */
export async function changeBlock(session: RunInputs): Promise<RunReport> {
  return session.flags.action === "remove"
    ? await remove(session)
    : await refresh(session);
}

/** The main job. The config is found editable before anything is asked. */
async function refresh(session: RunInputs): Promise<RunReport> {
  const { io, flags, snapshot } = session;
  const config = await openConfig(session, snapshot);
  const settings = await settingsFor(session, config);
  if (flags.destination.kind === "config") {
    await io.store.assertWritable(snapshot);
    await io.store.removeLeftovers(snapshot);
  }
  const previous = await previousFor(session, config);
  const outcomes = await ask(session, settings, previous, config);
  io.interrupted.throwIfAborted();
  const hasAnswer = outcomes.some(({ kind }) => kind === "answered");
  const mayChange = hasAnswer || hasProxyLoop(previous, settings.proxyLoops);
  const delivery = mayChange
    ? await deliver({
      ...session,
      config,
      // Another run may have written a newer block meanwhile.
      plan: async (current) => {
        const block = await previousFor(session, current);
        return await planRefresh(current, block, settings, outcomes);
      },
      reopen: (current) => openConfig(session, current),
    })
    : undefined;
  const facts = { ...session, config, settings, previous, outcomes, delivery };
  return await report(session, facts);
}

async function settingsFor(
  { io, flags, snapshot, settingsFile, keys: apart }: RunInputs,
  { merged }: Config,
): Promise<Settings> {
  const { keys, proxy } = withConfigOf(flags, io, apart, {
    config: merged.value,
    configPath: snapshot.path,
  });
  return resolveSettings(flags, keys, {
    today: io.currentDate().toISOString().slice(0, 10),
    file: await settingsFile,
    canConnect: io.canConnect,
    proxy,
  });
}

/** Takes the block out. Needs no provider, no key and no network. */
async function remove(session: RunInputs): Promise<RunReport> {
  const open = (snapshot: Snapshot): Promise<Config> =>
    openToRemove(session, snapshot);
  const config = await open(session.snapshot);
  const { previous } = config;
  await session.io.dropPermission("net");
  const delivery = await deliver({
    ...session,
    config,
    plan: (current) => Promise.resolve(planRemoval(current)),
    reopen: open,
  });
  const facts = { ...session, config, previous, outcomes: [], delivery };
  return await report(session, facts);
}

/** Tells what the run came to, and returns it. */
async function report(
  session: RunInputs,
  facts: ReportInput,
): Promise<RunReport> {
  const told = buildReport(facts);
  await tellReport(session, told, facts.delivery?.diff);
  return told;
}

/** A block that stands in an included file is not this config's to remove. */
async function openToRemove(
  session: RunInputs,
  { bytes, path }: Snapshot,
): Promise<Config> {
  const whole = await readWhole(session, path, await readConfig(bytes));
  if (whole.region.kind === "new") assertNoBlockElsewhere(whole);
  return whole;
}

async function openConfig(
  session: RunInputs,
  { bytes, path }: Snapshot,
): Promise<Config> {
  const config = session.flags.action === "repair"
    ? await repairConfig(bytes)
    : await readConfig(bytes);
  assertNoOrphans(config);
  const whole = await readWhole(session, path, config);
  assertNoBlockElsewhere(whole);
  return whole;
}

/** The config with all that it includes, none of which a flag may name. */
async function readWhole(
  { io, flags, keys }: RunInputs,
  path: string,
  config: Config,
): Promise<Config> {
  const includes = await readIncludes(io, path, config.userConfig);
  await refuseIncluded(flags, io.store, includes.paths);
  return withIncludes(config, includes, variableReader(io, keys));
}

/** With `--output` the block of an earlier run stands in that file. */
async function previousFor(
  { io, flags }: RunInputs,
  config: Config,
): Promise<PreviousBlock> {
  const { destination } = flags;
  if (destination.kind !== "output" || config.region.kind === "existing") {
    return config.previous;
  }
  const bytes = await io.store.readOptional(destination.path, Infinity);
  return bytes ? await readPreviousBlockFrom(bytes) : config.previous;
}

/** Asks all at once; when the last answer is in, the network is given up. */
async function ask(
  { io, terminal, snapshot, isPortTaken }: RunInputs,
  settings: Settings,
  previous: PreviousBlock,
  { userEntries }: Config,
): Promise<Outcome[]> {
  const { requests, rejected, timeoutMs } = settings;
  const providers = settings.sources.map(({ provider }) => provider)
    .filter((one) =>
      [...requests, ...rejected].some((it) => it.provider === one)
    );
  if (providers.length > 0) terminal.begin(providers, snapshot.path, timeoutMs);
  const onOutcome = (outcome: Outcome): void => {
    const { provider } = outcome;
    const previousModels = previous.sections.get(provider)?.entries.length ?? 0;
    const models = countOffered(outcome, { ...settings, userEntries });
    terminal.settle(outcome, { models, previousModels });
  };
  const notAsked = rejected.map(failedAtOnce);
  notAsked.forEach(onOutcome);
  // While asking only: LiteLLM is to have it as its owner set it.
  io.setNoProxy(noProxyFor(requests.map(({ base }) => base), io.environment));
  const outcomes = await fetchModels(requests, {
    timeoutMs,
    signal: io.interrupted,
    fetch: io.fetch,
    monotonicMs: io.monotonicMs,
    onOutcome,
  }).finally(() => io.setNoProxy(io.environment["NO_PROXY"]));
  await isPortTaken;
  await io.dropPermission("net");
  return [...outcomes, ...notAsked];
}

function failedAtOnce({ provider, failure }: RejectedProvider): Outcome {
  return { kind: "failed", provider: provider.id, elapsedMs: 0, failure };
}

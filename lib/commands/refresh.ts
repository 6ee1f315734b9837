/**
 * The main job: ask the providers, plan the change of the block, deliver it and
 * tell what happened. Taking the block out is the same without the asking.
 *
 * @module
 */

import { accountOf, type RunFacts } from "./report.ts";
import { countOffered, leadsAstray } from "../catalog/catalog.ts";
import {
  assertNoBlockElsewhere,
  assertNoStrays,
  type Config,
  readConfig,
  readEarlierFrom,
  withIncludes,
} from "../config/config.ts";
import { deliver } from "./apply.ts";
import type { EarlierBlock } from "../block/previous.ts";
import { fetchModels } from "../fetch/fetch.ts";
import { readIncludes, variableReader, withConfigOf } from "./inputs.ts";
import { noProxyFor } from "../fetch/no_proxy.ts";
import type { Outcome } from "../fetch/outcome.ts";
import { refuseIncluded } from "./kept_files.ts";
import { planRefresh, planRemoval } from "./plan.ts";
import { repairConfig } from "../config/repair.ts";
import type { RunReport } from "../report/report.ts";
import type { Session } from "./session.ts";
import { resolveSettings, type Settings } from "../settings/settings.ts";
import type { Refused } from "../settings/requests.ts";
import type { Snapshot } from "../files/store.ts";
import { tellReport } from "./emit.ts";

/** Refreshes the block, or takes it out; returns what was told of it. */
export async function changeBlock(session: Session): Promise<RunReport> {
  return session.flags.action === "remove"
    ? await remove(session)
    : await refresh(session);
}

/** The main job. The config is found editable before anything is asked. */
async function refresh(session: Session): Promise<RunReport> {
  const { io, flags, snapshot } = session;
  const config = await openConfig(session, snapshot);
  const settings = await settingsFor(session, config);
  if (flags.destination.kind === "config") {
    await io.store.assertWritable(snapshot);
    await io.store.removeLeftovers(snapshot);
  }
  const earlier = await earlierFor(session, config);
  const outcomes = await ask(session, settings, earlier, config);
  io.interrupted.throwIfAborted();
  const hasAnswer = outcomes.some(({ kind }) => kind === "answered");
  const mayChange = hasAnswer || leadsAstray(earlier, settings.misled);
  const delivery = mayChange
    ? await deliver({
      ...session,
      config,
      // Another run may have written a newer block meanwhile.
      plan: async (current) => {
        const block = await earlierFor(session, current);
        return await planRefresh(current, block, settings, outcomes);
      },
      reopen: (current) => openConfig(session, current),
    })
    : undefined;
  const facts = { ...session, config, settings, earlier, outcomes, delivery };
  return await report(session, facts);
}

async function settingsFor(
  { io, flags, snapshot, settingsFile, keys: apart }: Session,
  { merged }: Config,
): Promise<Settings> {
  const { keys, proxy } = withConfigOf(flags, io, apart, {
    config: merged.value,
    configPath: snapshot.path,
  });
  return resolveSettings(flags, keys, {
    today: io.now().toISOString().slice(0, 10),
    file: await settingsFile,
    mayReach: io.mayReach,
    proxy,
  });
}

/** Takes the block out. Needs no provider, no key and no network. */
async function remove(session: Session): Promise<RunReport> {
  const open = (snapshot: Snapshot): Promise<Config> =>
    openToRemove(session, snapshot);
  const config = await open(session.snapshot);
  const { earlier } = config;
  await session.io.giveUp("net");
  const delivery = await deliver({
    ...session,
    config,
    plan: (current) => Promise.resolve(planRemoval(current)),
    reopen: open,
  });
  const facts = { ...session, config, earlier, outcomes: [], delivery };
  return await report(session, facts);
}

/** Tells what the run came to, and returns it. */
async function report(session: Session, facts: RunFacts): Promise<RunReport> {
  const told = accountOf(facts);
  await tellReport(session, told, facts.delivery?.diff);
  return told;
}

/** A block that stands in an included file is not this config's to remove. */
async function openToRemove(
  session: Session,
  { bytes, path }: Snapshot,
): Promise<Config> {
  const whole = await readWhole(session, path, await readConfig(bytes));
  if (whole.region.kind === "new") assertNoBlockElsewhere(whole);
  return whole;
}

async function openConfig(
  session: Session,
  { bytes, path }: Snapshot,
): Promise<Config> {
  const config = session.flags.action === "repair"
    ? await repairConfig(bytes)
    : await readConfig(bytes);
  assertNoStrays(config);
  const whole = await readWhole(session, path, config);
  assertNoBlockElsewhere(whole);
  return whole;
}

/** The config with all that it includes, none of which a flag may name. */
async function readWhole(
  { io, flags, keys }: Session,
  path: string,
  config: Config,
): Promise<Config> {
  const includes = await readIncludes(io, path, config.mine);
  await refuseIncluded(flags, io.store, includes.paths);
  return withIncludes(config, includes, variableReader(io, keys));
}

/** With `--output` the block of an earlier run stands in that file. */
async function earlierFor(
  { io, flags }: Session,
  config: Config,
): Promise<EarlierBlock> {
  const { destination } = flags;
  if (destination.kind !== "output" || config.region.kind === "existing") {
    return config.earlier;
  }
  const bytes = await io.store.readOptional(destination.path, Infinity);
  return bytes ? await readEarlierFrom(bytes) : config.earlier;
}

/** Asks all at once; when the last answer is in, the network is given up. */
async function ask(
  { io, terminal, snapshot, isPortTaken }: Session,
  settings: Settings,
  earlier: EarlierBlock,
  { handWritten: mine }: Config,
): Promise<Outcome[]> {
  const { asks, refused, timeoutMs } = settings;
  const providers = settings.sources.map(({ provider }) => provider)
    .filter((one) => [...asks, ...refused].some((it) => it.provider === one));
  if (providers.length > 0) terminal.begin(providers, snapshot.path, timeoutMs);
  const onOutcome = (outcome: Outcome): void => {
    const { provider } = outcome;
    const earlierModels = earlier.sections.get(provider)?.entries.length ?? 0;
    const models = countOffered(outcome, { ...settings, mine });
    terminal.settle(outcome, { models, earlierModels });
  };
  const notAsked = refused.map(failedAtOnce);
  notAsked.forEach(onOutcome);
  // While asking only: LiteLLM is to have it as its owner set it.
  io.setNoProxy(noProxyFor(asks.map(({ base }) => base), io.environment));
  const outcomes = await fetchModels(asks, {
    timeoutMs,
    signal: io.interrupted,
    fetch: io.fetch,
    nowMs: io.nowMs,
    onOutcome,
  }).finally(() => io.setNoProxy(io.environment["NO_PROXY"]));
  await isPortTaken;
  await io.giveUp("net");
  return [...outcomes, ...notAsked];
}

function failedAtOnce({ provider, failure }: Refused): Outcome {
  return { kind: "failed", provider: provider.id, elapsedMs: 0, failure };
}

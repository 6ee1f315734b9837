/**
 * The whole program as one readable sequence: read the config, ask the
 * providers, plan the change, deliver it, tell what happened, and then, if
 * asked, hand over to LiteLLM.
 *
 * @module
 */

import { accountOf } from "./account.ts";
import { type Command, parseArgs, type RunFlags } from "./args.ts";
import { completionScript } from "./completions.ts";
import {
  assertNoStrays,
  type Config,
  readConfig,
  readEarlierFrom,
  withIncluded,
} from "./config.ts";
import { selectFrom } from "./catalog.ts";
import { deliver } from "./deliver.ts";
import { type DiscoverFile, keyVariablesOf } from "./settings/discover_file.ts";
import type { EarlierBlock } from "./earlier.ts";
import { ExitCode, formatError, UsageError } from "./errors.ts";
import { fetchModels } from "./fetch_models.ts";
import {
  findConfig,
  readIncluded,
  readKeys,
  readSettingsFile,
} from "./gather.ts";
import { handOver } from "./hand_over.ts";
import { helpText, versionText } from "./help.ts";
import type { Io } from "./io.ts";
import type { KeyRing } from "./key_ring.ts";
import { proxyPort } from "./litellm.ts";
import type { Outcome } from "./outcome.ts";
import { planRefresh, planRemoval } from "./plan.ts";
import { repairConfig } from "./repair.ts";
import { SettingsError } from "./settings/fault.ts";
import { runSideCommand } from "./side_commands.ts";
import { resolveSettings, type Settings } from "./settings.ts";
import type { Snapshot } from "./store.ts";
import { type Audience, tellError, tellReport } from "./tell.ts";

/** What the steps of a run share. */
interface Session extends Audience {
  readonly startedMs: number;
  readonly snapshot: Snapshot;
  /** A fault in it is told when the settings are needed. */
  readonly settingsFile: Promise<DiscoverFile | undefined>;
  readonly keys: KeyRing;
  readonly ownVariables: readonly string[];
  /** Asked before the network is given up: LiteLLM would take another port. */
  readonly isPortTaken: Promise<boolean>;
}

/** Runs the program; returns its exit code, whatever happens. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const env = io.environment;
  const plain = io.createTerminal({ mode: "normal", color: "auto", env });
  try {
    const command = parseArgs(argv);
    if (command.kind === "run") return await runWith(command.flags, io);
    plain.data(answerTo(command, io));
    return ExitCode.done;
  } catch (error) {
    const told = formatError(error);
    plain.error(told.text, told.hint);
    return told.exitCode;
  }
}

/** The text of a command that only prints. */
function answerTo(
  command: Exclude<Command, { readonly kind: "run" }>,
  io: Io,
): string {
  switch (command.kind) {
    case "help":
      return helpText(io.version);
    case "version":
      return versionText(io.version, io.build);
    case "completions":
      return completionScript(command.shell);
    default:
      return command satisfies never;
  }
}

async function runWith(flags: RunFlags, io: Io): Promise<number> {
  const startedMs = io.nowMs();
  const { talk: mode, color } = flags;
  const env = io.environment;
  const terminal = io.createTerminal({ mode, color, env });
  const audience = { io, terminal, flags };
  let configPath: string | undefined;
  try {
    if (!flags.start) await io.giveUp("run");
    if (flags.action === "init" || flags.action === "list-providers") {
      return await runSideCommand(audience);
    }
    configPath = await findConfig(flags, io);
    const snapshot = await io.store.read(configPath);
    if (flags.logFile === configPath) {
      throw new UsageError(`--log-file "${configPath}": that is the config`);
    }
    const settingsFile = readSettingsFile(flags, io, configPath);
    const known = await settingsFile.catch(() => undefined);
    const keys = await readKeys(flags, io, configPath, known);
    const port = flags.start
      ? proxyPort(flags.litellmArgs, env["PORT"])
      : undefined;
    const isPortTaken = port === undefined
      ? Promise.resolve(false)
      : io.launcher.isPortTaken(port);
    const ownVariables = keyVariablesOf(known);
    const session = {
      ...audience,
      ownVariables,
      startedMs,
      snapshot,
      settingsFile,
      keys,
      isPortTaken,
    };
    return flags.start
      ? await refreshAndStart(session)
      : await changeBlock(session);
  } catch (error) {
    return await tellError(audience, error, configPath);
  } finally {
    terminal.stop();
  }
}

/** The proxy starts with the old file where the refresh fails. */
async function refreshAndStart(session: Session): Promise<number> {
  let exitCode: number;
  try {
    exitCode = await changeBlock(session);
  } catch (error) {
    const isFatal = error instanceof UsageError &&
      !(error instanceof SettingsError);
    if (isFatal) throw error;
    exitCode = await tellError(session, error, session.snapshot.path);
  }
  if (exitCode === ExitCode.interrupted) return exitCode;
  if (exitCode !== ExitCode.done && session.flags.strict) return exitCode;
  return await handOver(session, exitCode);
}

async function changeBlock(session: Session): Promise<number> {
  return session.flags.action === "remove"
    ? await remove(session)
    : await refresh(session);
}

/** The main job. The config is found editable before anything is asked. */
async function refresh(session: Session): Promise<number> {
  const { io, flags, terminal, snapshot, keys } = session;
  const config = await openConfig(session, snapshot);
  const file = await session.settingsFile;
  const settings = resolveSettings(flags, keys, {
    today: io.now().toISOString().slice(0, 10),
    file,
    mayReach: io.mayReach,
  });
  if (flags.destination.kind === "config") {
    await io.store.assertWritable(snapshot);
    await io.store.removeLeftovers(snapshot);
  }
  const earlier = await earlierFor(session, config);
  const outcomes = await ask(session, settings, earlier, config);
  if (io.interrupted.aborted) {
    terminal.error("interrupted: nothing was written");
    return ExitCode.interrupted;
  }
  const hasAnswer = outcomes.some(({ kind }) => kind === "answered");
  const delivery = hasAnswer
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
  return await tellReport(session, accountOf(facts), delivery?.diff);
}

/** Takes the block out. Needs no provider, no key and no network. */
async function remove(session: Session): Promise<number> {
  const config = await readConfig(session.snapshot.bytes);
  const { earlier } = config;
  await session.io.giveUp("net");
  const delivery = await deliver({
    ...session,
    config,
    plan: (current) => Promise.resolve(planRemoval(current)),
    reopen: ({ bytes }) => readConfig(bytes),
  });
  const facts = { ...session, config, earlier, outcomes: [], delivery };
  return await tellReport(session, accountOf(facts), delivery.diff);
}

async function openConfig(
  { io, flags }: Session,
  { bytes, path }: Snapshot,
): Promise<Config> {
  const config = flags.action === "repair"
    ? await repairConfig(bytes)
    : await readConfig(bytes);
  assertNoStrays(config);
  const { includes } = config.handWritten;
  return withIncluded(config, await readIncluded(io, path, includes));
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
  { handWritten: { names } }: Config,
): Promise<Outcome[]> {
  const { asks, timeoutMs } = settings;
  const providers = asks.map(({ provider }) => provider);
  if (asks.length > 0) terminal.begin(providers, snapshot.path, timeoutMs);
  const outcomes = await fetchModels(asks, {
    timeoutMs,
    signal: io.interrupted,
    fetch: io.fetch,
    nowMs: io.nowMs,
    onOutcome: (outcome) => {
      const { provider } = outcome;
      const earlierModels = earlier.sections.get(provider)?.entries.length ?? 0;
      const found = selectFrom(outcome, settings.sources)?.models ?? [];
      const models = found.filter(({ id }) => !names.has(id)).length;
      terminal.settle(outcome, { models, earlierModels });
    },
  });
  await isPortTaken;
  await io.giveUp("net");
  return outcomes;
}

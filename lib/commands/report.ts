/**
 * Builds the report of a run: what each provider said, which names came and
 * went, what needs attention, and the exit code that follows.
 *
 * @module
 */

import type { ReadAs } from "../advice/encoding.ts";
import { includeWarnings } from "../advice/includes.ts";
import { Lines } from "../advice/lines.ts";
import { advise, adviseAlways } from "../advice/advice.ts";
import type { RunFlags } from "../cli/args.ts";
import type { Config } from "../config/config.ts";
import type { Delivery } from "./apply.ts";
import type { PreviousBlock } from "../block/previous.ts";
import { ExitCode } from "../errors.ts";
import type { Io } from "../io.ts";
import {
  describeFailure,
  type Failure,
  type Outcome,
} from "../fetch/outcome.ts";
import type { Plan } from "./plan.ts";
import type { Provider } from "../providers/provider.ts";
import { ALIAS_SECTION, type Section } from "../block/format.ts";
import {
  type AliasReport,
  consequenceOf,
  type FailureReport,
  type ProviderReport,
  type RunReport,
} from "../report/report.ts";
import type { Warning } from "../warning.ts";
import type { Settings } from "../settings/settings.ts";
import type { SkippedProvider } from "../settings/requests.ts";
import type { Snapshot } from "../files/store.ts";

/** All that is known at the end of a run. */
export interface ReportInput {
  readonly io: Pick<Io, "version" | "monotonicMs" | "build" | "environment">;
  readonly flags: RunFlags;
  readonly startedMs: number;
  readonly snapshot: Pick<Snapshot, "path">;
  readonly config: Config;
  readonly previous: PreviousBlock;
  readonly outcomes: readonly Outcome[];
  /** Absent when the block was removed. */
  readonly settings?: Settings;
  /** Absent when there was nothing to deliver. */
  readonly delivery?: Delivery | undefined;
}

/** Builds the report. */
export function buildReport(input: ReportInput): RunReport {
  const { io, settings, delivery } = input;
  const { destination } = input.flags;
  const diff = delivery?.diff;
  return {
    version: io.version,
    exitCode: exitCodeOf(input),
    result: delivery?.result ?? "nothing-written",
    config: input.snapshot.path,
    output: destination.kind === "output" ? destination.path : null,
    backup: delivery?.backup ?? null,
    timeoutMs: settings?.timeoutMs ?? 0,
    elapsedMs: Math.round(io.monotonicMs() - input.startedMs),
    providers: settings ? providerReports(input, settings) : [],
    ...(delivery ? changesOf(delivery.plan) : unchanged(input.previous)),
    warnings: warningsOf(input),
    diff: diff === undefined ? null : new TextDecoder().decode(diff),
  };
}

/** The part of a report that the block decides. */
type Changes = Pick<
  RunReport,
  "models" | "aliases" | "removedAliases" | "skipped"
>;

function unchanged({ sections }: PreviousBlock): Changes {
  const kept = modelNames([...sections.values()]).size;
  return {
    models: { added: [], removed: [], kept },
    aliases: [],
    removedAliases: [],
    skipped: [],
  };
}

/** Which names came, went and stayed; without a catalog all went. */
function changesOf({ previous: { sections }, catalog }: Plan): Changes {
  const before = modelNames([...sections.values()]);
  const after = modelNames(catalog?.sections ?? []);
  const targets = new Map(
    sections.get(ALIAS_SECTION)?.entries.map((entry) =>
      [entry.name, entry.model] as const
    ),
  );
  const aliases = (catalog?.aliases ?? []).map((alias): AliasReport => {
    const former = targets.get(alias.name) ?? null;
    return { ...alias, formerTarget: former === alias.target ? null : former };
  });
  const names = new Set(aliases.map(({ name }) => name));
  return {
    models: {
      added: [...after.difference(before)],
      removed: [...before.difference(after)],
      kept: after.intersection(before).size,
    },
    aliases,
    removedAliases: [...targets.keys()].filter((name) => !names.has(name)),
    skipped: catalog?.skipped ?? [],
  };
}

function modelNames(sections: readonly Section[]): Set<string> {
  return new Set(
    sections.filter(({ id }) => id !== ALIAS_SECTION)
      .flatMap(({ entries }) => entries.map(({ name }) => name)),
  );
}

/** What came of each provider, in the order of the table. */
function providerReports(
  { outcomes, previous, delivery }: ReportInput,
  settings: Settings,
): ProviderReport[] {
  const catalog = delivery?.plan.catalog;
  const sections = catalog?.sections ?? [...previous.sections.values()];
  const keyless = new Set(
    settings.skipped.filter(({ reason }) => reason === "no-key")
      .map(({ provider }) => provider.id),
  );
  return settings.sources.map(({ provider }): ProviderReport => {
    const { id, title } = provider;
    const outcome = outcomes.find((one) => one.provider === id);
    const hasAnswer = outcome?.kind === "answered";
    const selection = catalog?.selections.get(id);
    const isKeyless = !outcome && keyless.has(id);
    return {
      id,
      title,
      outcome: outcome?.kind ?? (isKeyless ? "no-key" : "not-asked"),
      models: sections.find((one) => one.id === id)?.entries.length ?? 0,
      elapsedMs: outcome ? Math.round(outcome.elapsedMs) : null,
      rows: hasAnswer ? outcome.rows : null,
      retired: hasAnswer ? selection?.retired ?? [] : null,
      variants: hasAnswer ? selection?.variants ?? 0 : null,
      failure: outcome?.kind === "failed"
        ? failureReport(outcome.failure, settings)
        : null,
      keyVariables: isKeyless ? provider.keyVariables : null,
    };
  });
}

function failureReport(
  failure: Failure,
  { timeoutMs }: Settings,
): FailureReport {
  const { reason, status = null } = failure;
  return { reason, status, message: describeFailure(failure, timeoutMs) };
}

function warningsOf(input: ReportInput): Warning[] {
  const { settings, delivery, config } = input;
  const saving = delivery?.warnings ?? [];
  if (!settings) {
    const lines = new Lines(config, bytesAfter(input));
    return [...includeWarnings(config, lines), ...saving];
  }
  return [
    ...noKeyWarnings(settings),
    ...settings.warnings,
    ...outcomeWarnings(input, settings),
    ...adviceOn(input, settings),
    ...saving,
  ];
}

/** A warning for each provider that failed or rejected its key. */
function outcomeWarnings(
  { outcomes, previous }: ReportInput,
  { sources, timeoutMs }: Settings,
): Warning[] {
  return outcomes.flatMap((outcome): Warning[] => {
    const provider = sources.find((source) =>
      source.provider.id === outcome.provider
    )?.provider;
    if (!provider) return [];
    const { id, title } = provider;
    if (outcome.kind === "answered") {
      return outcome.keyRejected ? [rejectedKey(provider)] : [];
    }
    const reason = describeFailure(outcome.failure, timeoutMs);
    const earlier = previous.sections.get(id)?.entries.length ?? 0;
    const text = `${title}: ${reason}; ${consequenceOf(earlier)}`;
    const hint = failureHint(outcome.failure, provider);
    return [{ code: "provider-failed", text, ...(hint && { hint }) }];
  });
}

function rejectedKey(provider: Provider): Warning {
  return {
    code: "key-rejected",
    text: `${provider.title}: sent its model list, but rejected the API key`,
    hint: `calls to its models will fail; check ${variablesOf(provider)}`,
  };
}

function failureHint(
  failure: Failure,
  provider: Provider,
): string | undefined {
  switch (failure.reason) {
    case "bad-base":
      return failure.hint;
    case "proxy-list":
      return `remove what points there (${
        provider.baseVariables.join(" or ")
      }, or base_url in discover.yaml); if it is this proxy, name its port: ` +
        "discover -- --port N";
    case "timeout":
      return "--timeout 5s waits longer";
    case "wrong-key":
    case "unusable-key":
    case "forbidden":
      return `check ${variablesOf(provider)}`;
    case "tls":
      return "behind a company's proxy, set DENO_CERT to its certificate file";
    default:
      return undefined;
  }
}

function variablesOf(provider: Provider): string {
  return provider.keyVariables.join(" or ") || "its key in discover.yaml";
}

function adviceOn(input: ReportInput, settings: Settings): Warning[] {
  const { previous, outcomes, delivery } = input;
  const { config = input.config, catalog } = delivery?.plan ?? {};
  const bytes = bytesAfter(input);
  const standing = { config, bytes, settings, readAs: readAs(input) };
  return catalog
    ? advise({ ...standing, previous, catalog, outcomes })
    : adviseAlways(standing);
}

/** The file as the run leaves it: what lines are counted in. */
function bytesAfter({ delivery, flags, config }: ReportInput): Uint8Array {
  const plan = delivery?.plan;
  if (!plan) return config.bytes;
  const isSaved = flags.destination.kind === "config";
  return isSaved ? plan.bytes : plan.config.bytes;
}

/** `--start` and `start-proxy.ps1` set `PYTHONUTF8` for a file in UTF-8. */
function readAs({ io, flags }: ReportInput): ReadAs {
  if (flags.start || io.environment["PYTHONUTF8"] === "1") return "utf-8";
  return io.build.os === "windows" ? "code page" : "utf-8 here";
}

/**
 * With no key at all there is nothing to do, and much to explain; else only a
 * provider that the settings name is missed.
 */
function noKeyWarnings(settings: Settings): Warning[] {
  const { requests, rejected, skipped, keyPlaces } = settings;
  const keyless = skipped.filter(({ reason }) => reason === "no-key");
  const own = keyless.flatMap(ownKeyWarning);
  const unset = keyless.filter(({ key }) => key.kind !== "own");
  const looked = `looked in ${keyPlaces.join(", ")}`;
  if (requests.length + rejected.length === 0 && unset.length > 0) {
    const names = unset.flatMap(({ provider }) => provider.keyVariables);
    const text = `no provider was asked: none of ${names.join(", ")} is set`;
    const tokens = unset.flatMap((one) => tokenHint(one) ?? []);
    const hint = [looked, ...tokens].join("; ");
    return [...own, { code: "no-key", text, hint }];
  }
  const missed = unset.filter(({ isExplicit }) => isExplicit)
    .map((one): Warning => ({
      code: "no-key",
      text: `${one.provider.title}: no key in ${variablesOf(one.provider)}`,
      hint: tokenHint(one) ?? looked,
    }));
  return [...own, ...missed];
}

function tokenHint({ provider, key }: SkippedProvider): string | undefined {
  return key.kind === "token"
    ? `${key.found.variable} is a client's token, not a ${provider.title} key`
    : undefined;
}

/** The proxy's own key is sent to nobody; a real one needs another variable. */
function ownKeyWarning({ provider, key }: SkippedProvider): Warning[] {
  if (key.kind !== "own") return [];
  const { title } = provider;
  const { variable, from } = key.found;
  const text = `${title}: ${variable} from ${from} is this proxy's own key`;
  const hint = variable.startsWith("DISCOVER_")
    ? `that variable is for a real ${title} key`
    : `set it only in the client's shell; a real ${title} key goes under a ` +
      `name of its own: key: DISCOVER_${variable} in discover.yaml`;
  return [{ code: "own-key", text, hint }];
}

/** Under `--strict` and `--check` a provider that is missed is an error. */
function exitCodeOf(
  { outcomes, flags, settings, delivery }: ReportInput,
): ExitCode {
  if (!settings) return ExitCode.done;
  const failed = outcomes.filter(({ kind }) => kind === "failed").length;
  if (failed === outcomes.length) return ExitCode.providersFailed;
  const isCheck = flags.destination.kind === "check";
  const isMissed = failed > 0 ||
    settings.skipped.some((one) => one.reason === "no-key" && one.isExplicit);
  if (isMissed && (flags.strict || isCheck)) return ExitCode.providersFailed;
  return isCheck && delivery?.result === "would-change"
    ? ExitCode.stale
    : ExitCode.done;
}

/**
 * Draws up the account of a run: what each provider said, which names came and
 * went, and the exit code that follows.
 *
 * @module
 */

import type { ReadAs } from "../advice/encoding.ts";
import { includeWarnings } from "../advice/includes.ts";
import { Lines } from "../advice/lines.ts";
import { advise, adviseAlways } from "../advice/advice.ts";
import type { RunFlags } from "../cli/args.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { Config } from "../config/config.ts";
import type { Applied } from "./apply.ts";
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
import type {
  AliasReport,
  ProviderReport,
  RunReport,
} from "../report/report.ts";
import type { Warning } from "../warning.ts";
import type { Settings } from "../settings/settings.ts";
import type { SkippedProvider } from "../settings/requests.ts";
import type { Snapshot } from "../files/store.ts";

/** The part of a report that the block decides. */
type Changes = Pick<
  RunReport,
  "added" | "removed" | "kept" | "aliases" | "removedAliases" | "skipped"
>;

/** Which names came, went and stayed. */
function changesOf(
  previous: PreviousBlock,
  catalog: Catalog | undefined,
): Changes {
  const before = modelNames([...previous.sections.values()]);
  const after = modelNames(catalog?.sections ?? []);
  const former = new Map(
    previous.sections.get(ALIAS_SECTION)?.entries.map(({ name, model }) =>
      [name, model] as const
    ),
  );
  const aliases = (catalog?.aliases ?? []).map((alias): AliasReport => {
    const formerTarget = former.get(alias.name);
    const hasMoved = formerTarget !== undefined &&
      formerTarget !== alias.target;
    return hasMoved ? { ...alias, formerTarget } : alias;
  });
  const current = new Set(aliases.map(({ name }) => name));
  return {
    added: [...after].filter((name) => !before.has(name)),
    removed: [...before].filter((name) => !after.has(name)),
    kept: [...after].filter((name) => before.has(name)).length,
    aliases,
    removedAliases: [...former.keys()].filter((name) => !current.has(name)),
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
  settings: Settings,
  outcomes: readonly Outcome[],
  plan: Plan | undefined,
): ProviderReport[] {
  return settings.sources.map(({ provider }): ProviderReport => {
    const { id, title } = provider;
    const models = sectionSize(plan, id);
    const outcome = outcomes.find((one) => one.provider === id);
    const shared = { id, title, models };
    if (outcome?.kind === "failed") {
      const { elapsedMs, failure } = outcome;
      return { ...shared, kind: "failed", elapsedMs, failure };
    }
    if (outcome) {
      const { elapsedMs, rows } = outcome;
      const selection = plan?.catalog?.selections.get(id);
      const { retired = [], variants = 0 } = selection ?? {};
      return {
        ...shared,
        kind: "answered",
        elapsedMs,
        rows,
        retired,
        variants,
      };
    }
    const skipped = settings.skipped.find((one) => one.provider.id === id);
    return skipped?.reason === "no-key"
      ? { ...shared, kind: "no-key", variables: provider.keyVariables }
      : { ...shared, kind: "not-asked" };
  });
}

function sectionSize(plan: Plan | undefined, id: string): number {
  const sections = plan?.catalog?.sections ??
    [...plan?.previous.sections.values() ?? []];
  return sections.find((section) => section.id === id)?.entries.length ?? 0;
}

/** A warning for each provider that failed or rejected its key. */
function outcomeWarnings(
  outcomes: readonly Outcome[],
  previous: PreviousBlock,
  settings: Settings,
): Warning[] {
  return outcomes.flatMap((outcome): Warning[] => {
    const provider = settings.sources.find((source) =>
      source.provider.id === outcome.provider
    )?.provider;
    if (!provider) return [];
    if (outcome.kind === "answered") {
      return outcome.keyRejected ? [rejectedKey(provider)] : [];
    }
    const reason = describeFailure(outcome.failure, settings.timeoutMs);
    const kept = previous.sections.get(provider.id)?.entries.length ?? 0;
    const consequence = kept > 0
      ? `keeping ${kept} earlier model${kept === 1 ? "" : "s"}`
      : "it has no models in the config";
    const text = `${provider.title}: ${reason}, ${consequence}`;
    const hint = failureHint(outcome.failure, provider);
    return [{ code: "provider-failed", text, ...(hint && { hint }) }];
  });
}

function rejectedKey(provider: Provider): Warning {
  return {
    code: "key-rejected",
    text: `${provider.title}: the list came, but the key was rejected`,
    hint: `its models will not answer; check ${variablesOf(provider)}`,
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
      return `take out what leads there (${
        provider.baseVariables.join(" or ")
      }, or base_url in discover.yaml); if it is this proxy, say so: ` +
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

/** All that is known at the end of a run. */
export interface ReportInput {
  readonly io: Pick<Io, "version" | "monotonicMs" | "build" | "environment">;
  readonly flags: RunFlags;
  readonly startedMs: number;
  readonly snapshot: Pick<Snapshot, "path">;
  readonly config: Config;
  readonly previous: PreviousBlock;
  readonly outcomes: readonly Outcome[];
  /** Absent when the block was taken out. */
  readonly settings?: Settings;
  /** Absent when there was nothing to deliver. */
  readonly delivery?: Applied | undefined;
}

/** Draws up the account. */
export function buildReport(facts: ReportInput): RunReport {
  const { io, flags, settings, previous, outcomes, delivery } = facts;
  const { destination } = flags;
  const changes = changesOf(previous, delivery?.plan.catalog);
  const nothing = { ...changes, removed: [], removedAliases: [] };
  return {
    version: io.version,
    exitCode: exitCodeOf(facts),
    result: delivery?.result ?? "nothing-written",
    config: facts.snapshot.path,
    ...(destination.kind === "output" && { output: destination.path }),
    ...(delivery?.backup && { backup: delivery.backup }),
    timeoutMs: settings?.timeoutMs ?? 0,
    elapsedMs: io.monotonicMs() - facts.startedMs,
    providers: settings
      ? providerReports(settings, outcomes, delivery?.plan)
      : [],
    ...(delivery ? changes : nothing),
    warnings: warningsOf(facts),
  };
}

function warningsOf(facts: ReportInput): Warning[] {
  const { settings, previous, outcomes, delivery, config } = facts;
  if (!settings) {
    const lines = new Lines(config, bytesAfter(facts));
    return [...includeWarnings(config, lines), ...delivery?.warnings ?? []];
  }
  return [
    ...noKeyWarnings(settings),
    ...settings.warnings,
    ...outcomeWarnings(outcomes, previous, settings),
    ...adviceFor(facts),
    ...delivery?.warnings ?? [],
  ];
}

function adviceFor(facts: ReportInput): Warning[] {
  const { settings, previous, outcomes, delivery } = facts;
  if (!settings) return [];
  const { config = facts.config, catalog } = delivery?.plan ?? {};
  const standing = {
    config,
    bytes: bytesAfter(facts),
    settings,
    readAs: readAs(facts),
  };
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
  const unset = keyless.filter(({ key }) => key.kind !== "own");
  const looked = `looked in ${keyPlaces.join(", ")}`;
  const own = keyless.flatMap(ownKeyWarning);
  if (requests.length + rejected.length === 0 && unset.length > 0) {
    const variables = unset.flatMap(({ provider }) => provider.keyVariables);
    const text = `no provider was asked: none of ${
      variables.join(", ")
    } is set`;
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
    ? `${key.found.variable} is what a client sends, and no key of ${provider.title}'s`
    : undefined;
}

/** What calls the proxy is sent to nobody; a real key needs another place. */
function ownKeyWarning({ provider, key }: SkippedProvider): Warning[] {
  if (key.kind !== "own") return [];
  const { variable, from } = key.found;
  const hint = variable.startsWith("DISCOVER_")
    ? `that variable is for a real ${provider.title} key`
    : `set it only in the client's shell; a real ${provider.title} key goes ` +
      `under a name of its own: key: DISCOVER_${variable} in discover.yaml`;
  const text =
    `${provider.title}: ${variable} from ${from} is this proxy's own key`;
  return [{ code: "own-key", text, hint }];
}

function exitCodeOf(
  { outcomes, flags, settings, delivery }: ReportInput,
): ExitCode {
  if (!settings) return ExitCode.done;
  const failed = outcomes.filter(({ kind }) => kind === "failed").length;
  if (failed === outcomes.length) return ExitCode.providersFailed;
  const isCheck = flags.destination.kind === "check";
  const missed =
    settings.skipped.filter(({ reason, isExplicit }) =>
      reason === "no-key" && isExplicit
    )
      .length;
  if (failed + missed > 0 && (flags.strict || isCheck)) {
    return ExitCode.providersFailed;
  }
  return isCheck && delivery?.result === "would-change"
    ? ExitCode.stale
    : ExitCode.done;
}

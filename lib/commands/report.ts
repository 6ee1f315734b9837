/**
 * Builds the report of a run: what each provider said, which names came and
 * went, what needs attention, and the exit code that follows.
 *
 * @module
 */

import type { ReadAs } from "../advice/encoding.ts";
import { includeWarnings } from "../advice/includes.ts";
import { noKeyWarnings } from "../advice/missing_keys.ts";
import { outcomeWarnings } from "../advice/outcomes.ts";
import { Lines } from "../advice/lines.ts";
import { advise, adviseAlways } from "../advice/advice.ts";
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
import type { RunContext } from "./context.ts";
import type { Model } from "../providers/provider.ts";
import type { Plan } from "./plan.ts";
import { ALIAS_SECTION, countModels, type Section } from "../block/format.ts";
import type {
  AliasReport,
  FailureReport,
  ProviderReport,
  RunReport,
} from "../report/report.ts";
import type { Warning } from "../warning.ts";
import type { Settings } from "../settings/settings.ts";

/** All that is known at the end of a run. */
export interface ReportInput {
  readonly configPath: string;
  readonly config: Config;
  readonly previous: PreviousBlock;
  readonly outcomes: readonly Outcome[];
  /** Absent when the block was removed. */
  readonly settings?: Settings;
  /** Absent when there was nothing to apply. */
  readonly applied: Applied | undefined;
}

/** What of the run's context shows in its report. */
type ReportContext =
  & Pick<RunContext, "destination" | "isStrict" | "start" | "startedMs">
  & {
    readonly io: Pick<Io, "version" | "monotonicMs" | "build" | "environment">;
  };

/** Builds the report. */
export function buildReport(
  context: ReportContext,
  input: ReportInput,
): RunReport {
  const { io, destination, startedMs } = context;
  const { settings, applied } = input;
  const diff = applied?.diff;
  return {
    version: io.version,
    exitCode: exitCodeOf(context, input),
    result: applied?.result ?? "nothing-written",
    config: input.configPath,
    output: destination.kind === "output" ? destination.path : null,
    backup: applied?.backup ?? null,
    timeoutMs: settings?.timeoutMs ?? 0,
    elapsedMs: Math.round(io.monotonicMs() - startedMs),
    providers: settings ? providerReports(input, settings) : [],
    ...(applied ? changesOf(applied.plan) : unchanged(input.previous)),
    warnings: warningsOf(context, input),
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
    const { name, target, passedOver = null } = alias;
    const former = targets.get(name) ?? null;
    const formerTarget = former === target ? null : former;
    return { name, target, formerTarget, passedOver };
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
  { outcomes, previous, applied }: ReportInput,
  settings: Settings,
): ProviderReport[] {
  const catalog = applied?.plan.catalog;
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
      models: countModels(sections.find((one) => one.id === id)?.entries),
      elapsedMs: outcome ? Math.round(outcome.elapsedMs) : null,
      rows: hasAnswer ? outcome.rows : null,
      retired: hasAnswer ? idsOf(selection?.retired) : null,
      variants: hasAnswer ? selection?.variants ?? 0 : null,
      failure: outcome?.kind === "failed"
        ? failureReport(outcome.failure, settings)
        : null,
      keyVariables: isKeyless ? provider.keyVariables : null,
    };
  });
}

function idsOf(models: readonly Model[] = []): string[] {
  return models.map(({ id }) => id).toSorted();
}

function failureReport(
  failure: Failure,
  { timeoutMs }: Settings,
): FailureReport {
  const { reason, status = null } = failure;
  return { reason, status, message: describeFailure(failure, timeoutMs) };
}

function warningsOf(context: ReportContext, input: ReportInput): Warning[] {
  const { settings, applied, config } = input;
  const saving = applied?.warnings ?? [];
  if (!settings) {
    const lines = new Lines(config, bytesAfter(context, input));
    return [...includeWarnings(config, lines), ...saving];
  }
  return [
    ...noKeyWarnings(settings),
    ...settings.warnings,
    ...outcomeWarnings(input.outcomes, input.previous, settings),
    ...adviceOn(context, input, settings),
    ...saving,
  ];
}

function adviceOn(
  context: ReportContext,
  input: ReportInput,
  settings: Settings,
): Warning[] {
  const { previous, outcomes, applied } = input;
  const { config = input.config, catalog } = applied?.plan ?? {};
  const bytes = bytesAfter(context, input);
  const always = { config, bytes, settings, readAs: readAs(context) };
  return catalog
    ? advise({ ...always, previous, catalog, outcomes })
    : adviseAlways(always);
}

/** The file as the run leaves it: what lines are counted in. */
function bytesAfter(
  { destination }: ReportContext,
  { applied, config }: ReportInput,
): Uint8Array {
  const plan = applied?.plan;
  if (!plan) return config.bytes;
  const isSaved = destination.kind === "config";
  return isSaved ? plan.bytes : plan.config.bytes;
}

/** `--start` and `start-proxy.ps1` set `PYTHONUTF8` for a file in UTF-8. */
function readAs({ io, start }: ReportContext): ReadAs {
  if (start || io.environment["PYTHONUTF8"] === "1") return "utf-8";
  return io.build.os === "windows" ? "code page" : "utf-8 here";
}

/** Under `--strict` and `--check` a provider that is missed is an error. */
function exitCodeOf(
  { destination, isStrict }: ReportContext,
  { outcomes, settings, applied }: ReportInput,
): ExitCode {
  if (!settings) return ExitCode.done;
  const failed = outcomes.filter(({ kind }) => kind === "failed").length;
  if (failed === outcomes.length) return ExitCode.providersFailed;
  const isCheck = destination.kind === "check";
  const isMissed = failed > 0 ||
    settings.skipped.some((one) => one.reason === "no-key" && one.isExplicit);
  if (isMissed && (isStrict || isCheck)) return ExitCode.providersFailed;
  return isCheck && applied?.result === "would-change"
    ? ExitCode.stale
    : ExitCode.done;
}

/**
 * Builds the report of a run: what each provider said, which names came and
 * went, what needs attention, and the exit code that follows.
 *
 * @module
 */

import type { Applied } from "./apply.ts";
import {
  type AttentionContext,
  type AttentionInput,
  attentionOf,
} from "./attention.ts";
import type { Source } from "../catalog/offer.ts";
import { ExitCode } from "../errors.ts";
import type { Io } from "../io.ts";
import { describeFailure } from "../fetch/failure_words.ts";
import type { Failure } from "../fetch/outcome.ts";
import type { Model } from "../providers/provider.ts";
import { countModels } from "../block/format.ts";
import { changesOf, noChanges } from "./changes.ts";
import type {
  BlockAction,
  FailureReport,
  KeyReport,
  ProviderReport,
  RunReport,
} from "../report/report.ts";
import type { Settings } from "../settings/settings.ts";

/** All that is known at the end of a run. */
export interface ReportInput extends AttentionInput {
  readonly configPath: string;
  readonly action: BlockAction;
  readonly applied: Applied | undefined;
}

/** What of the run's context shows in its report. */
interface ReportContext extends AttentionContext {
  readonly isStrict: boolean;
  readonly startedMs: number;
  readonly io: Pick<Io, "version" | "monotonicMs" | "build" | "environment">;
}

/** Builds the report. */
export function buildReport(
  context: ReportContext,
  input: ReportInput,
): RunReport {
  const { io, destination, startedMs } = context;
  const { settings, applied } = input;
  const { config } = applied?.plan ?? input;
  // LiteLLM may have written keys into the entries that a repair takes out.
  const diff = applied?.diff && input.action === "repair"
    ? new Uint8Array()
    : applied?.diff;
  return {
    version: io.version,
    exitCode: exitCodeOf(context, input),
    action: input.action,
    result: applied?.result ?? "nothing-written",
    config: input.configPath,
    output: destination.kind === "output" ? destination.path : null,
    backup: applied?.backup ?? null,
    repaired: input.action === "repair" ? config.repaired : null,
    timeoutMs: settings?.timeoutMs ?? 0,
    elapsedMs: Math.round(io.monotonicMs() - startedMs),
    providers: settings ? providerReports(input, settings) : [],
    ...(applied ? changesOf(applied) : noChanges(input.previous)),
    warnings: attentionOf(context, input),
    diff: diff === undefined ? null : new TextDecoder().decode(diff),
  };
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
  return settings.sources.map((source): ProviderReport => {
    const { provider } = source;
    const { id, title } = provider;
    const outcome = outcomes.find((one) => one.provider === id);
    const hasAnswer = outcome?.kind === "answered";
    const selection = catalog?.selections.get(id);
    const isKeyless = !outcome && keyless.has(id);
    const models = countModels(sections.find((one) => one.id === id)?.entries);
    return {
      id,
      title,
      outcome: outcome?.kind ?? (isKeyless ? "no-key" : "not-asked"),
      models,
      elapsedMs: outcome ? Math.round(outcome.elapsedMs) : null,
      rows: hasAnswer ? outcome.rows : null,
      retired: hasAnswer ? idsOf(selection?.retired) : null,
      variants: hasAnswer ? selection?.variants ?? 0 : null,
      filtered: hasAnswer ? selection?.filtered ?? 0 : null,
      overLimit: hasAnswer ? selection?.overLimit ?? 0 : null,
      skipped: hasAnswer && selection ? selection.models.length - models : null,
      notForKey: hasAnswer ? outcome.notForKey ?? null : null,
      plainList: hasAnswer ? outcome.isPlainList ?? false : null,
      failure: outcome?.kind === "failed"
        ? failureReport(outcome.failure, settings)
        : null,
      key: keyReport(source),
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
  const { reason, status, said, host, proxy } = failure;
  return {
    reason,
    status: status ?? null,
    message: describeFailure(failure, timeoutMs),
    said: said ?? null,
    host: host ?? null,
    proxy: proxy ?? null,
  };
}

function keyReport({ keyVariable, keyFrom }: Source): KeyReport | null {
  return keyVariable === undefined || keyFrom === undefined
    ? null
    : { variable: keyVariable, from: keyFrom };
}

/** Under `--strict` and `--check` a provider that is missed is an error. */
function exitCodeOf(
  { destination, isStrict }: ReportContext,
  { outcomes, settings, applied }: ReportInput,
): ExitCode {
  if (!settings) return ExitCode.done;
  const failed = outcomes.filter(({ kind }) => kind === "failed").length;
  const isAllOff = settings.sources.length === 0;
  if (failed === outcomes.length && !isAllOff) return ExitCode.providersFailed;
  const isCheck = destination.kind === "check";
  const isMissed = failed > 0 ||
    settings.skipped.some((one) => one.reason === "no-key" && one.isExplicit);
  if (isMissed && (isStrict || isCheck)) return ExitCode.providersFailed;
  return isCheck && applied?.result === "would-change"
    ? ExitCode.stale
    : ExitCode.done;
}

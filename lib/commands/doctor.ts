/**
 * `--doctor`: looks at the whole config, asks the providers that are on what they
 * offer now, and says what is wrong with the part that the user wrote. Nothing is
 * written.
 *
 * @module
 */

import type { RunFlags } from "../cli/args.ts";
import { Lines } from "../config/lines.ts";
import { byUrgency } from "../doctor/doctor.ts";
import { unjudgedVariables } from "../doctor/unset_variables.ts";
import { ConfigError, ExitCode } from "../errors.ts";
import type { Outcome } from "../fetch/outcome.ts";
import type { Inspection } from "../litellm/installation.ts";
import type { Diagnosis } from "../report/diagnosis.ts";
import { diagnosisJson, jsonText } from "../report/json.ts";
import type { Settings } from "../settings/settings.ts";
import { diagnosisLines, findingLines } from "../terminal/findings.ts";
import type { Finding } from "../warning.ts";
import { type AttentionInput, findingsOf } from "./attention.ts";
import { settingsFor } from "./change.ts";
import { litellmEnvironment } from "./key_files.ts";
import { coming } from "./collect.ts";
import type { RunContext } from "./context.ts";
import { notEditable, seeConfig, type SeenConfig } from "./doctor_config.ts";
import { doctorNotes } from "./doctor_notes.ts";
import { readInputs, type RunInputs } from "./inputs.ts";
import { variableReader } from "./key_files.ts";
import { type Plan, planRefresh } from "./plan.ts";
import { Requests, sendAtOnce } from "./requests.ts";
import { runsInConfigFolder } from "./start.ts";

/** Says what it found; returns 5 if that is anything. Throws `ConfigError`. */
export async function doctor(
  context: RunContext,
  flags: RunFlags,
  configPath: string,
): Promise<ExitCode> {
  const inputs = await readInputs(context, flags, configPath);
  await using requests = new Requests(context.io);
  sendAtOnce(context, inputs, requests);
  await requests.goOut();
  const { findings, ...rest } = await diagnose(context, inputs, requests);
  const exitCode = findings.length > 0 ? ExitCode.findings : ExitCode.done;
  const { version } = context.io;
  emit(context, { version, exitCode, config: configPath, findings, ...rest });
  return exitCode;
}

type Found = Pick<Diagnosis, "litellm" | "findings" | "notes">;

async function diagnose(
  context: RunContext,
  inputs: RunInputs,
  requests: Requests,
): Promise<Found> {
  const { io } = context;
  const { configPath, snapshot: { bytes }, keys } = inputs;
  const seen = await seeConfig(io, configPath, bytes, variableReader(io, keys));
  const looksAbove = await runsInConfigFolder(io, configPath);
  const inspection = await io.inspectLitellm(looksAbove);
  const litellm = inspection?.release ?? null;
  if (seen.config === undefined) {
    return { litellm, findings: [seen.problem], notes: [] };
  }
  const settings = settingsFor(context, inputs, seen.config);
  requests.send(settings);
  const outcomes = await Promise.all(coming(settings, requests));
  const known = { seen, settings, outcomes, inspection };
  return { litellm, ...await examineAll(context, inputs, known) };
}

/** All that the doctor knows of a config. */
interface Known {
  readonly seen: SeenConfig & { readonly config: AttentionInput["config"] };
  readonly settings: Settings;
  readonly outcomes: readonly Outcome[];
  readonly inspection: Inspection | undefined;
}

async function examineAll(
  context: RunContext,
  inputs: RunInputs,
  known: Known,
): Promise<Pick<Diagnosis, "findings" | "notes">> {
  const { seen: { config }, settings, outcomes, inspection } = known;
  const { plan, problem } = await planned(known);
  const { costMap, release } = inspection ?? {};
  const environment = {
    ...litellmEnvironment(context.io, inputs.keys),
    release,
  };
  const input = {
    ...{ config, settings, outcomes, previous: config.previous },
    applied: plan && { plan, warnings: [] },
    known: {
      environment,
      ...(costMap?.kind === "read" && { costMap: costMap.map }),
    },
  };
  const found = findingsOf(context, input, new Lines(config, config.bytes));
  const unjudged = unjudgedVariables({ config, environment });
  return {
    findings: [...problem ? [problem] : [], ...found].sort(byUrgency),
    notes: doctorNotes(settings, outcomes, unjudged, inspection),
  };
}

/** What a run would write, as far as there is an answer and a place for it. */
async function planned(
  { seen: { config, problem }, settings, outcomes }: Known,
): Promise<{ readonly plan?: Plan; readonly problem?: Finding }> {
  const hasAnswer = outcomes.some(({ kind }) => kind === "answered");
  if (problem || !hasAnswer) return { ...(problem && { problem }) };
  const { previous } = config;
  try {
    return { plan: await planRefresh(config, previous, settings, outcomes) };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { problem: notEditable(error) };
  }
}

function emit({ terminal, output }: RunContext, diagnosis: Diagnosis): void {
  if (output.json) return terminal.data(jsonText(diagnosisJson(diagnosis)));
  terminal.show((layout) => findingLines(diagnosis, layout));
  terminal.summary((layout) => diagnosisLines(diagnosis, layout));
}

/**
 * `--doctor`: looks at the whole config, asks the providers that are on what they
 * offer now, and says what is wrong with the part that the user wrote. Nothing is
 * written.
 *
 * @module
 */

import { Lines } from "../config/lines.ts";
import { byUrgency } from "../doctor/doctor.ts";
import type { LitellmEnvironment } from "../doctor/input.ts";
import { unjudgedVariables } from "../doctor/checks/unset_variables.ts";
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
import { awaitAnswers } from "./collect.ts";
import { dropPermissions, type RunContext } from "./context.ts";
import { notEditable, seeConfig, type SeenConfig } from "./doctor_config.ts";
import { doctorNotes } from "./doctor_notes.ts";
import type { RunInputs } from "./inputs.ts";
import { litellmEnvironment, variableReader } from "./key_files.ts";
import { type Plan, planRefresh } from "./plan.ts";
import type { Requests } from "./requests.ts";
import { runsInConfigFolder } from "./start.ts";
import { unreadSettings } from "./unread_settings.ts";

/** Says what it found; returns 5 if that is anything. Throws `Interrupted`. */
export async function doctor(
  context: RunContext,
  inputs: RunInputs,
  requests: Requests,
): Promise<ExitCode> {
  const { findings, ...rest } = await diagnose(context, inputs, requests);
  const { io: { version, interrupted } } = context;
  interrupted.throwIfAborted();
  const exitCode = findings.length > 0 ? ExitCode.findings : ExitCode.done;
  const { configPath: config } = inputs;
  emit(context, { version, exitCode, config, findings, ...rest });
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
  const seen = await seeConfig(
    context,
    configPath,
    bytes,
    variableReader(io, keys),
  );
  if (seen.config === undefined) {
    const { release: litellm = null } = await inspect(io, configPath) ?? {};
    return { litellm, findings: [seen.problem], notes: [] };
  }
  const settings = settingsFor(context, inputs, seen.config);
  requests.send(settings);
  const [inspection, outcomes] = await Promise.all([
    inspect(io, configPath),
    awaitAnswers(context, seen.config.previous, settings, requests),
  ]);
  await dropPermissions(context, "answers");
  const known = { seen, settings, outcomes, inspection };
  const litellm = inspection?.release ?? null;
  return { litellm, ...await examineAll(context, inputs, known) };
}

async function inspect(
  io: RunContext["io"],
  configPath: string,
): Promise<Inspection | undefined> {
  return await io.inspectLitellm(await runsInConfigFolder(io, configPath));
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
  const environment = {
    ...litellmEnvironment(context.io, inputs.keys),
    release: inspection?.release,
  };
  const { configPath, settingsPlace } = inputs;
  const unread = await unreadSettings(context.io, configPath, settingsPlace);
  const unjudged = unjudgedVariables({ config, environment });
  return {
    findings: await allFindings(context, known, environment),
    notes: [
      ...unread.map(({ text }) => text),
      ...doctorNotes(settings, outcomes, unjudged, inspection),
    ],
  };
}

/** Those of the checks, and that a run would refuse the file. */
async function allFindings(
  context: RunContext,
  known: Known,
  environment: LitellmEnvironment,
): Promise<Finding[]> {
  const { seen: { config }, settings, outcomes, inspection } = known;
  const { plan, problem } = await planned(known);
  const { advice } = settings;
  const isSkipped = problem && advice !== "off" && advice.has(problem.code);
  const { costMap } = inspection ?? {};
  const map = costMap?.kind === "read" && { costMap: costMap.map };
  const found = findingsOf(context, {
    ...{ config, settings, outcomes, previous: config.previous },
    applied: plan && { plan, warnings: [] },
    known: { environment, ...map },
  }, new Lines(config, config.bytes));
  return [...problem && !isSkipped ? [problem] : [], ...found].sort(byUrgency);
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

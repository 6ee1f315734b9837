/**
 * What needs attention after a run: keys, providers, settings, and what was found
 * in the user's config.
 *
 * @module
 */

import { advise } from "../advice/advice.ts";
import { noKeyWarnings } from "../advice/missing_keys.ts";
import { outcomeWarnings } from "../advice/outcomes.ts";
import { unusableProxy } from "../fetch/proxy_route.ts";
import type { Entry } from "../block/entry.ts";
import { entryFrom, isOurs } from "../block/read_entry.ts";
import type { PreviousBlock } from "../block/previous.ts";
import type { Config } from "../config/config.ts";
import { Lines } from "../config/lines.ts";
import { danglingWarnings } from "../doctor/dangling.ts";
import { examine } from "../doctor/doctor.ts";
import { readingOf } from "../doctor/checks/encoding.ts";
import { includeFindings } from "../doctor/checks/includes.ts";
import type { DoctorInput } from "../doctor/input.ts";
import { located } from "../doctor/places.ts";
import type { Outcome } from "../fetch/outcome.ts";
import type { Io } from "../io.ts";
import type { Settings } from "../settings/settings.ts";
import { listField } from "../text/fields.ts";
import type { Finding, Warning } from "../warning.ts";
import type { Applied } from "./apply.ts";
import type { RunContext } from "./context.ts";

/** What of the run's context decides how the config is looked at. */
export interface AttentionContext
  extends Pick<RunContext, "destination" | "start"> {
  readonly io: Pick<Io, "build" | "environment">;
}

/** What is known at the end of a run. */
export interface AttentionInput {
  readonly config: Config;
  readonly previous: PreviousBlock;
  readonly outcomes: readonly Outcome[];
  /** Absent when the block was removed. */
  readonly settings?: Settings;
  /** Absent when there was nothing to apply. */
  readonly applied:
    | Pick<Applied, "plan" | "warnings" | "editedCopy">
    | undefined;
  /** What else is known about the LiteLLM that will read the config. */
  readonly known?: Pick<DoctorInput, "environment" | "costMap">;
}

/** All of it; of the findings those that the settings do not silence. */
export function attentionOf(
  context: AttentionContext,
  input: AttentionInput,
): Warning[] {
  const { settings, applied, config } = input;
  const saving = applied?.warnings ?? [];
  const lines = new Lines(config, bytesAfter(context, input));
  if (!settings) {
    const found = includeFindings({ config }).map((one) => located(one, lines));
    const { config: planned, catalog } = applied?.plan ?? {};
    const dangling = planned
      ? danglingWarnings(planned, input.previous, lines, catalog?.sections)
      : [];
    return [...found, ...dangling, ...saving];
  }
  const { previous, outcomes } = input;
  const { config: planned = config, catalog } = applied?.plan ?? {};
  const known = {
    ...{ config: planned, previous, settings, outcomes, lines },
    editedCopy: applied?.editedCopy,
  };
  return [
    ...noKeyWarnings(settings, previous),
    ...settings.warnings,
    ...outcomeWarnings(
      outcomes,
      previous,
      settings,
      unusableProxy(context.io.environment),
    ),
    ...(catalog ? advise({ ...known, catalog }) : []),
    ...(settings.advice === "off"
      ? []
      : findingsOf(context, { ...input, settings }, lines)),
    ...saving,
  ];
}

/** What is found in the user's config, the most urgent first. */
export function findingsOf(
  context: AttentionContext,
  input: AttentionInput & { readonly settings: Settings },
  lines: Lines,
): Finding[] {
  const { config, settings, outcomes, applied, previous } = input;
  const { catalog, config: planned = config } = applied?.plan ?? {};
  const sections = catalog?.sections ?? [...previous.sections.values()];
  const skip = settings.advice === "off" ? undefined : settings.advice;
  const bytes = bytesAfter(context, input);
  const { io: { build: { os }, environment }, start } = context;
  return examine({
    config: planned,
    bytes,
    lines,
    readAs: readingOf(bytes, { os, environment, start }),
    settings,
    ours: [
      ...sections.flatMap(({ entries }) => entries),
      ...orphansIn(planned),
    ],
    outcomes,
    ...input.known,
  }, skip);
}

/** Entries of ours outside the markers, which LiteLLM reads as well. */
function orphansIn({ merged }: Config): Entry[] {
  return listField(merged.value, "model_list").filter(isOurs)
    .flatMap((item) => entryFrom(item) ?? []);
}

/** The file as the run leaves it: what lines are counted in. */
function bytesAfter(
  { destination }: AttentionContext,
  { applied, config }: AttentionInput,
): Uint8Array {
  const plan = applied?.plan;
  if (!plan) return config.bytes;
  const isSaved = destination.kind === "config";
  return isSaved ? plan.bytes : plan.config.bytes;
}

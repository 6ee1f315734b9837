/**
 * What the doctor could not judge, and why: providers that did not answer,
 * variables that the program may not read, and a LiteLLM that is not there.
 *
 * @module
 */

import { describeWithSaid } from "../fetch/failure_words.ts";
import type { Outcome } from "../fetch/outcome.ts";
import type { Inspection } from "../litellm/installation.ts";
import type { Settings } from "../settings/settings.ts";
import { counted } from "../text/plural.ts";
import { shown } from "../text/key_look.ts";

/** The notes, in words. */
export function doctorNotes(
  settings: Settings,
  outcomes: readonly Outcome[],
  unjudged: readonly string[],
  inspection: Inspection | undefined,
): string[] {
  return [
    ...silentNotes(settings, outcomes),
    ...variableNotes(unjudged),
    ...inspectionNotes(inspection),
  ];
}

function silentNotes(
  { sources, skipped, timeoutMs }: Settings,
  outcomes: readonly Outcome[],
): string[] {
  const failed = outcomes.flatMap((outcome) => {
    if (outcome.kind === "answered") return [];
    const source = sources.find(({ provider }) =>
      provider.id === outcome.provider
    );
    const title = source?.provider.title ?? outcome.provider;
    return [`${title}: ${describeWithSaid(outcome.failure, timeoutMs)}`];
  });
  const keyless = skipped.filter(({ reason }) => reason === "no-key")
    .map(({ provider }) => `${provider.title}: no key`);
  const silent = [...failed, ...keyless];
  if (silent.length === 0) return [];
  return [`checked without a model list: ${silent.join("; ")}`];
}

function variableNotes(unjudged: readonly string[]): string[] {
  if (unjudged.length === 0) return [];
  const names = unjudged.map((name) => shown(name)).join(", ");
  const count = counted(unjudged.length, "variable");
  return [
    `not checked, because discover may not read them: ${count} (${names})`,
  ];
}

function inspectionNotes(inspection: Inspection | undefined): string[] {
  if (inspection === undefined) {
    return ["no litellm found here: its list of shutdown dates was not read"];
  }
  const { program, costMap } = inspection;
  switch (costMap.kind) {
    case "read":
      return [];
    case "absent":
      return [`no list of models next to ${program}`];
    case "damaged":
      return [`${costMap.path} is damaged, and was not used`];
    default:
      return costMap satisfies never;
  }
}

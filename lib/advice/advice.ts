/**
 * Hand-written parts that no longer fit what the providers offer, and other
 * things that their owner should know. Advice only: nothing is changed. The
 * parts stand in `advice/`; here their lines are found.
 *
 * @module
 */

import type { AdviceInput, Finding, StandingInput } from "./input.ts";
import { allCovered } from "./covered.ts";
import { encodingWarnings } from "./encoding.ts";
import { filterWarnings } from "./filters.ts";
import { unusedFallback } from "./unused_fallback.ts";
import { missingModels } from "./missing_models.ts";
import { includeWarnings } from "./includes.ts";
import { Lines } from "./lines.ts";
import { unknownNames } from "./names.ts";
import { ownProxyFindings } from "./own_proxy.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { PreviousBlock } from "../block/previous.ts";
import type { Warning } from "../warning.ts";

/** What there is to advise after the catalog is built. */
export function advise(facts: AdviceInput): Warning[] {
  const { config, previous, catalog, settings, outcomes, bytes } = facts;
  const lines = new Lines(config, bytes);
  const findings = [
    ...allCovered(facts),
    ...unknownNames(facts),
    ...missingModels(facts),
    ...unusedFallback(facts, lines),
  ];
  return [
    ...editedWarnings(previous),
    ...filterWarnings(catalog, settings, outcomes),
    ...endingWarnings(catalog),
    ...located(findings, lines),
    ...adviseAlways(facts, lines),
  ];
}

/** What there is to advise although nobody answered, so that there is no catalog. */
export function adviseAlways(
  facts: StandingInput,
  lines: Lines = new Lines(facts.config, facts.bytes),
): Warning[] {
  const { config, bytes, readAs } = facts;
  return [
    ...located(ownProxyFindings(facts), lines),
    ...includeWarnings(config, lines),
    ...encodingWarnings(bytes, readAs),
  ];
}

function located(findings: readonly Finding[], lines: Lines): Warning[] {
  return findings.map(({ path, ...warning }) => ({
    ...warning,
    ...lines.of(path),
  }));
}

function editedWarnings(
  { edited, damaged, isEdited }: PreviousBlock,
): Warning[] {
  if (!isEdited) return [];
  const where = edited.length > 0 ? ` (${edited.join(", ")})` : "";
  return [
    {
      code: "block-edited",
      text: `somebody edited between the markers${where}`,
      hint: "edits there are overwritten; the edited file is kept beside it",
    },
    ...damaged.map((id): Warning => ({
      code: "section-damaged",
      text: `the earlier section "${id}" could not be read`,
      hint: "it stands in the copy of the edited file",
    })),
  ];
}

/** An alias on a model whose end is announced deserves a look. */
function endingWarnings({ selections, aliases }: Catalog): Warning[] {
  const ending = [...selections.values()].flatMap(({ models }) =>
    models.flatMap(({ id, endsOn }) => endsOn ? [{ id, endsOn }] : [])
  );
  return ending.flatMap(({ id, endsOn }) => {
    const names = aliases.filter(({ target }) => target.endsWith(`/${id}`))
      .map(({ name }) => name);
    if (names.length === 0) return [];
    const text = `${id} is shut down on ${endsOn}; ${names.join(", ")} ${
      names.length === 1 ? "points" : "point"
    } to it until then`;
    return [{ code: "ends-soon", text } as const];
  });
}

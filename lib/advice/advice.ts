/**
 * Parts of the user's config that no longer fit what the providers offer, and
 * other things to know about. Advice only: nothing is changed. This file looks
 * up the lines of what the others find.
 *
 * @module
 */

import type { AdviceInput, BaseInput, Finding } from "./input.ts";
import { allCovered } from "./covered.ts";
import { encodingWarnings } from "./encoding.ts";
import { idleKeyWarnings } from "./idle_key.ts";
import { filterWarnings } from "./filters.ts";
import { unusedFallback } from "./unused_fallback.ts";
import { missingModels } from "./missing_models.ts";
import { includeWarnings } from "./includes.ts";
import { Lines } from "./lines.ts";
import { unknownNames } from "./names.ts";
import { ownProxyFindings } from "./own_proxy.ts";
import { hasEnded, isDying } from "../providers/lifecycle.ts";
import { idIn } from "../providers/provider.ts";
import type { PreviousBlock } from "../block/previous.ts";
import type { Warning } from "../warning.ts";

/** The advice once the catalog is built. */
export function advise(input: AdviceInput): Warning[] {
  const lines = new Lines(input.config, input.bytes);
  const findings = [
    ...allCovered(input),
    ...unknownNames(input),
    ...missingModels(input),
    ...unusedFallback(input, lines),
  ];
  return [
    ...editedWarnings(input.previous),
    ...filterWarnings(input),
    ...endingWarnings(input),
    ...idleKeyWarnings(input),
    ...located(findings, lines),
    ...adviseAlways(input, lines),
  ];
}

/** The advice that needs no catalog, given even if no provider answered. */
export function adviseAlways(
  input: BaseInput,
  lines: Lines = new Lines(input.config, input.bytes),
): Warning[] {
  const { config, bytes, readAs } = input;
  return [
    ...located(ownProxyFindings(input), lines),
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
      text: `the block was edited by hand${where}`,
      hint:
        "your copy is next to the config, with .edited- in its name; to make " +
        "an edit last, put it into discover.yaml or outside the block",
    },
    ...damaged.map((id): Warning => ({
      code: "section-damaged",
      text: `the section "${id}" of the block could not be read`,
      hint: "your copy still has it",
    })),
  ];
}

/** Aliases on a model that ends soon: no other that they may follow lasts longer. */
function endingWarnings(
  { catalog: { aliases }, settings: { today } }: AdviceInput,
): Warning[] {
  const dying = aliases.filter((alias) => isDying(alias, today));
  const byTarget = Map.groupBy(dying, ({ target }) => target);
  return [...byTarget].map(([target, twins]) => {
    const shut = twins.some((alias) => hasEnded(alias, today))
      ? "was"
      : "will be";
    const [point, they] = twins.length === 1
      ? ["points", "it"]
      : ["point", "they"];
    return {
      code: "ends-soon",
      text: `${idIn(target)} ${shut} shut down on ${twins[0]?.endsOn}; ` +
        `${twins.map(({ name }) => name).join(", ")} ${point} to it, since ` +
        `no other that ${they} may follow lasts longer`,
    };
  });
}

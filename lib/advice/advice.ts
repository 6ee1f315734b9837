/**
 * What is to be known about a run once its catalog is built: edits in the block,
 * filters that match nothing, aliases on a model that ends soon. What is wrong in
 * the user's own part of the config is in `doctor/`.
 *
 * @module
 */

import type { PreviousBlock } from "../block/previous.ts";
import { writtenName } from "../catalog/written_name.ts";
import { hasEnded, isDying } from "../providers/lifecycle.ts";
import { idIn } from "../providers/provider.ts";
import type { Warning } from "../warning.ts";
import { allCovered } from "./covered.ts";
import { filterWarnings } from "./filters.ts";
import { idleKeyWarnings } from "./idle_key.ts";
import type { AdviceInput } from "./input.ts";

/** The advice on a run. */
export function advise(input: AdviceInput): Warning[] {
  return [
    ...editedWarnings(input.previous, input.editedCopy),
    ...filterWarnings(input),
    ...endingWarnings(input),
    ...idleKeyWarnings(input),
    ...allCovered(input),
  ];
}

function editedWarnings(
  { edited, damaged, isEdited }: PreviousBlock,
  copy: string | undefined,
): Warning[] {
  if (!isEdited) return [];
  const where = edited.length > 0 ? ` (${edited.join(", ")})` : "";
  return [
    {
      code: "block-edited",
      text: `the block was edited by hand${where}`,
      hint: `${
        copy === undefined
          ? "a run that overwrites it keeps a copy"
          : `your copy is ${copy}`
      }; to make an edit last, put it into discover.yaml or outside the block`,
    },
    ...damaged.map((id): Warning => ({
      code: "section-damaged",
      text: `the section "${id}" of the block could not be read`,
      ...(copy !== undefined && { hint: `${copy} still has it` }),
    })),
  ];
}

/** Aliases on a model that ends soon: no other that they may follow lasts longer. */
function endingWarnings(
  { catalog: { aliases, sections }, settings: { today }, config }: AdviceInput,
): Warning[] {
  const dying = aliases.filter((alias) => isDying(alias, today));
  const byTarget = Map.groupBy(dying, ({ target }) => target);
  return [...byTarget].map(([target, twins]) => {
    const shut = twins.some((alias) => hasEnded(alias, today))
      ? "was"
      : "will be";
    const called = writtenName(target, sections, config) ?? idIn(target);
    const [point, they] = twins.length === 1
      ? ["points", "it"]
      : ["point", "they"];
    return {
      code: "ends-soon",
      text: `${called} ${shut} shut down on ${twins[0]?.endsOn}; ` +
        `${twins.map(({ name }) => name).join(", ")} ${point} to it, ` +
        `because no other model that ${they} can follow lasts longer`,
    };
  });
}

/**
 * Wildcards of the user that leave nothing to add: the run succeeded but wrote
 * no model, so it says why, and what to do.
 *
 * @module
 */

import { wildcardFor } from "../config/wildcards.ts";
import { userModels } from "../config/user_models.ts";
import type { Warning } from "../warning.ts";
import type { AdviceInput } from "./input.ts";

/** The warning that wildcards answer all names already, if they do. */
export function allCovered(
  { config, catalog, lines }: AdviceInput,
): Warning[] {
  const covered = catalog.skipped.filter(({ reason }) => reason === "wildcard");
  const isEmpty = catalog.sections.every(({ entries }) => entries.length === 0);
  if (covered.length === 0 || !isEmpty) return [];
  const { wildcards } = config.userEntries;
  const found = covered.flatMap(({ name }) =>
    wildcardFor(wildcards, name) ?? []
  );
  // None where a wildcard answers our deployment ids alone.
  const used = new Set(found.length > 0 ? found : wildcards);
  const names = [...used].map((wildcard) => `"${wildcard}"`).join(", ");
  const whose = used.size === 1
    ? `your wildcard ${names} already answers`
    : `your wildcards ${names} already answer`;
  const first = userModels(config).find(({ name }) => used.has(name));
  return [{
    code: "all-covered",
    text: `no models were added: ${whose} calls to their names`,
    hint:
      "set over_wildcards: true in discover.yaml to add them anyway; they " +
      "then take those calls",
    ...(first && lines.of([...first.path, "model_name"])),
  }];
}

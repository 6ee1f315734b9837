/**
 * Wildcards of the user's own that leave nothing to add: the run did its work
 * and wrote no model, so it says why, and what can be done about it.
 *
 * @module
 */

import { wildcardFor } from "../config/wildcards.ts";
import { type AdviceInput, type Finding, userModels } from "./input.ts";

/** The warning that all names are answered already, where they are. */
export function allCovered({ config, catalog }: AdviceInput): Finding[] {
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
    ? `your wildcard ${names} answers`
    : `your wildcards ${names} answer`;
  const first = userModels(config).find(({ name }) => used.has(name));
  return [{
    code: "all-covered",
    text: `no models were added: ${whose} calls to their names already`,
    hint: "over_wildcards: true in discover.yaml adds them anyway, and they " +
      "take those calls",
    path: first ? [...first.path, "model_name"] : [],
  }];
}

/**
 * Hand-written wildcards that leave nothing to add: the run did its work and
 * wrote no model, so it says why, and what can be done about it.
 *
 * @module
 */

import { isJsonObject, listField, textField } from "../text/fields.ts";
import type { AdviceInput, Finding } from "./input.ts";
import { wildcardFor } from "../config/wildcards.ts";

/** The warning that all names are answered already, where they are. */
export function allCovered({ config, catalog }: AdviceInput): Finding[] {
  const { sections, skipped } = catalog;
  const covered = skipped.filter(({ reason }) => reason === "wildcard");
  const isEmpty = sections.every(({ entries }) => entries.length === 0);
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
  const items = listField(config.merged.value, "model_list");
  const at = items.findIndex((item) =>
    isJsonObject(item) && used.has(textField(item, "model_name") ?? "")
  );
  return [{
    code: "all-covered",
    text: `no model was added: ${whose} calls by their names`,
    hint: "over_wildcards: true in discover.yaml adds them all the same, " +
      "and they take those calls",
    path: at < 0 ? [] : ["model_list", at, "model_name"],
  }];
}

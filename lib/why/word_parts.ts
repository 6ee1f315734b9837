/**
 * What the sentences of `words.ts` have in common.
 *
 * @module
 */

import type { Location } from "../config/lines.ts";
import { shown } from "../text/key_look.ts";
import type { ProviderName, Reason } from "./reasons.ts";

/** A sentence, and what to do: lines to paste follow on lines of their own. */
export interface ReasonWords {
  readonly text: string;
  readonly hint?: string;
}

/** The reasons of a kind. */
export type Of<Kind extends Reason["kind"]> = Reason & { readonly kind: Kind };

/** With what is included now. A `~` is no part of what globs match. */
export function includeHint(
  provider: ProviderName,
  globs: readonly string[],
  model: string,
): string {
  const all = [...globs, model.replace(/^~/, "")];
  const quoted = all.map((glob) => JSON.stringify(shown(glob))).join(", ");
  return pasteHint(provider, `include: [${quoted}]`);
}

/** Settings of a provider, as lines to paste. */
export function pasteHint(
  { id }: ProviderName,
  settings: string,
  what = "to add it, set this in discover.yaml",
): string {
  const value = settings === "" ? "{}" : `{ ${settings} }`;
  return `${what}:\nproviders:\n  ${id}: ${value}`;
}

/** Where something is, in words: `line 3`, `line 3 of "models.yaml"`. */
export function placeOf({ file, line }: Location): string {
  const of = file === undefined ? "" : `"${file}"`;
  if (line === undefined) return of === "" ? "a line of the config" : of;
  return of === "" ? `line ${line}` : `line ${line} of ${of}`;
}

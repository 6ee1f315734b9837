/**
 * What a person reads instead of a model's id: the provider's own words for it,
 * where there are any. They are untrusted, and shown in clients' terminals.
 *
 * @module
 */

import { variableIn } from "../litellm/references.ts";
import { looksLikeKey } from "../text/key_look.ts";
import { plainId } from "./provider.ts";

/** Longer names are cut off. */
const MAX_LENGTH = 80;

/** What comes after that is not even looked at: one character may become 18. */
const MAX_READ = 4 * MAX_LENGTH;

/** As for ids: nothing that means something in YAML, a shell or a page. */
const OTHER_CHARACTERS = /[^A-Za-z0-9 ._:\/@+()&',-]/g;

/**
 * A provider's text as a display name: one line of harmless ASCII. Nothing where
 * none is left, where LiteLLM would put a variable's value in its place, or
 * where it could be a key.
 */
export function displayText(text: string | undefined): string | undefined {
  // Accents become characters of their own, which then go.
  const plain = (text ?? "").slice(0, MAX_READ).normalize("NFKD").replace(
    /\s+/g,
    " ",
  )
    .replace(OTHER_CHARACTERS, "").slice(0, MAX_LENGTH).trim();
  const isUsable = plain !== "" && variableIn(plain) === undefined &&
    !looksLikeKey(plain);
  return isUsable ? plain : undefined;
}

/** `grok-4.5-fast` as `Grok 4.5 Fast`, for providers that name only ids. */
export function titleOf(id: string): string {
  const [path = "", ...variants] = plainId(id).split(":");
  const words = path.slice(path.lastIndexOf("/") + 1).split("-")
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1));
  const title = words.join(" ") || id;
  return [title, ...variants.map((word) => `(${word})`)].join(" ");
}

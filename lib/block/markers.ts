/**
 * The two marker lines: their text, and which comments look so much like one
 * that they must be one. Whether a pair is well-formed and in a good place is
 * decided elsewhere.
 *
 * @module
 */

/** Opens the block. A whole-line comment, indented like the list's items. */
export const BEGIN_MARKER = "# >>> discover: auto-discovered models >>>";
/** Closes the block. */
export const END_MARKER = "# <<< discover: auto-discovered models <<<";

/** `begin` and `end` are exact; an `odd` one almost matches, an error. */
export type MarkerKind = "begin" | "end" | "odd";

/** `##  >>> Discover ...`: anything that begins like a marker. */
const LOOKS_LIKE_MARKER = /^[#\s]*(?:>>>|<<<)\s*discover\b/i;
const EXACT: ReadonlyMap<string, MarkerKind> = new Map([
  [BEGIN_MARKER, "begin"],
  [END_MARKER, "end"],
]);

/**
 * Classifies a comment, `#` included. A comment that only mentions a marker
 * further on in its text is not a marker.
 */
export function markerKind(comment: string): MarkerKind | undefined {
  const exact = EXACT.get(comment.trimEnd());
  if (exact !== undefined) return exact;
  return LOOKS_LIKE_MARKER.test(comment) ? "odd" : undefined;
}

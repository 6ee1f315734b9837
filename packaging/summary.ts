/**
 * What the program is, as package managers show it.
 *
 * @module
 */

/** One line, without a full stop. */
export const SUMMARY =
  "Today's models in LiteLLM's config.yaml, refreshed before the proxy starts";

/**
 * Tells the list of a LiteLLM proxy from a provider's. LiteLLM gives every row
 * the same made-up day, in both forms of its list; real lists have many. Names
 * decide nothing: `openrouter/auto` and `groq/compound` are real ids.
 *
 * @module
 */

import { field, isRow } from "../row.ts";

/**
 * `DEFAULT_MODEL_CREATED_AT_TIME` in LiteLLM's `constants.py`; OpenAI's own
 * `gpt-3.5-turbo` has that number, too, so one row is no proof.
 */
const CREATED = 1677610602;

/** The same in Anthropic's form, which a request with `anthropic-version` gets. */
const CREATED_AT = "2023-02-28T18:56:42Z";

/** Whether all rows have LiteLLM's day. */
export function isProxyList(rows: readonly unknown[]): boolean {
  return rows.length > 0 && rows.every((row) =>
    isRow(row) &&
    (field(row, "created") === CREATED ||
      field(row, "created_at") === CREATED_AT)
  );
}

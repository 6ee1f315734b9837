/**
 * Distinguishes the list of a LiteLLM proxy from a provider's. LiteLLM gives
 * every row the same made-up date, in both forms of its list; real lists have
 * many. Names prove nothing: `openrouter/auto` and `groq/compound` are real ids.
 * Only in a proxy's list do they show what an earlier run of this program added.
 *
 * @module
 */

import { field, isJsonObject } from "../text/fields.ts";

/**
 * `DEFAULT_MODEL_CREATED_AT_TIME` in LiteLLM's `constants.py`; OpenAI's own
 * `gpt-3.5-turbo` has that number as well, so one row proves nothing.
 */
const CREATED = 1677610602;

/** The same in Anthropic's form, which a request with `anthropic-version` gets. */
const CREATED_AT = "2023-02-28T18:56:42Z";

/** Whether all rows have LiteLLM's date. */
export function isProxyList(rows: readonly unknown[]): boolean {
  return rows.length > 0 && rows.every((row) =>
    isJsonObject(row) &&
    (field(row, "created") === CREATED ||
      field(row, "created_at") === CREATED_AT)
  );
}

/** What a server's names have around a model's id: `lab/` before, nothing after. */
export interface NameShape {
  readonly before: string;
  readonly after: string;
}

/**
 * Whether another proxy lists a name that a run here has given: it begins with
 * the folder of a server (`lab/`), or has two such shapes, one inside the other.
 * One alone may be a coincidence (a maker's folder, a word in front); without a
 * limit, two proxies that list each other would grow with every run.
 */
export function isNameFromHere(
  id: string,
  shapes: readonly NameShape[],
): boolean {
  const isBelow = shapes.some((shape) =>
    shape.before.endsWith("/") && hasShape(id, shape)
  );
  return isBelow || countShapes(id, shapes) > 1;
}

function countShapes(id: string, shapes: readonly NameShape[]): number {
  let count = 0;
  let rest = id;
  for (;;) {
    const shape = shapes.find((one) => hasShape(rest, one));
    if (shape) {
      count++;
      rest = rest.slice(shape.before.length, rest.length - shape.after.length);
      continue;
    }
    const slash = rest.indexOf("/");
    if (slash === -1) return count;
    rest = rest.slice(slash + 1);
  }
}

function hasShape(id: string, { before, after }: NameShape): boolean {
  const added = before.length + after.length;
  return added > 0 && id.length > added && id.startsWith(before) &&
    id.endsWith(after);
}

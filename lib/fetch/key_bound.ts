/**
 * What a list is worth with one key: a key that is blocked calls nothing, and
 * what it may not call is left out and counted.
 *
 * @module
 */

import type { KeyBar, KeyInfo, Provider } from "../providers/provider.ts";
import { FetchError, type Outcome } from "./outcome.ts";
import { type List, namesIn } from "./rows.ts";

/** A list as the key has it. */
export type BoundList =
  & List
  & Pick<
    Outcome & { readonly kind: "answered" },
    "isPlainList" | "notForKey" | "withheld"
  >;

/**
 * The list without what the key may not call. Throws {@linkcode FetchError}
 * `key-blocked`, or `forbidden` where nothing is left.
 */
export function boundToKey(
  { keyInfo }: Provider,
  list: BoundList,
  info: KeyInfo | undefined,
): BoundList {
  switch (info?.kind) {
    case "barred":
      throw barred(info.bar);
    case "limited":
      return withoutOthers(list, info.allows);
    case "counted":
      return withCount(list, info.listed, keyInfo?.isCounted);
    case undefined:
      return list;
  }
}

function withCount(
  list: BoundList,
  listed: number,
  isCounted: (row: unknown) => boolean = () => true,
): BoundList {
  // The plainer list is the same for every key.
  if (list.isPlainList) return list;
  const own = list.listing.filter(isCounted).length;
  return { ...list, notForKey: Math.max(0, listed - own) };
}

/** Why nothing can be called with such a key; the status is that of the list. */
export function barred(bar: KeyBar, status?: number): FetchError {
  const answer = status === undefined ? {} : { status };
  return bar === "no chat"
    ? new FetchError("forbidden", { ...answer, state: "for chat" })
    : new FetchError("key-blocked", { ...answer, state: bar });
}

/** A model may be allowed by any of its names, in any of its rows. */
function withoutOthers(
  list: BoundList,
  isNameAllowed: (name: string) => boolean,
): BoundList {
  const allowedIds = new Set(
    list.listing.map(namesIn)
      .filter((names) => names.some(isNameAllowed))
      .map(([id]) => id),
  );
  const models = list.models.filter(({ id }) => allowedIds.has(id));
  if (models.length === 0) {
    throw new FetchError("forbidden", { state: "for any listed model" });
  }
  const others = list.models.filter(({ id }) => !allowedIds.has(id));
  const notForKey = others.length;
  return {
    ...list,
    ...{ models, notForKey, rows: { ...list.rows, notForKey } },
    withheld: new Set(others.map(({ id }) => id)),
  };
}

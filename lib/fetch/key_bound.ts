/**
 * What a list is worth with one key: a key that is blocked calls nothing, and
 * what it may not call is left out and counted.
 *
 * @module
 */

import type { KeyBar, KeyInfo, Provider } from "../providers/provider.ts";
import { matchesAny } from "../text/glob.ts";
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
  info: KeyInfo,
): BoundList {
  if (info.bar) throw barred(info.bar);
  const isAllowed = info.allowed && ruleOf(info.allowed, list);
  if (isAllowed) return withoutOthers(list, isAllowed);
  // The plainer list is the same for every key.
  if (info.listed === undefined || list.isPlainList) return list;
  const { isCounted = (): boolean => true } = keyInfo ?? {};
  const own = list.listing.filter(isCounted).length;
  return { ...list, notForKey: Math.max(0, info.listed - own) };
}

/** Why nothing can be called with such a key; the status is that of the list. */
export function barred(bar: KeyBar, status?: number): FetchError {
  const answer = status === undefined ? {} : { status };
  return bar === "no chat"
    ? new FetchError("forbidden", { ...answer, state: "for chat" })
    : new FetchError("key-blocked", { ...answer, state: bar });
}

type NameTest = (name: string) => boolean;

/**
 * Each glob is tried on each name, which no deadline interrupts: so many
 * characters of globs for so many names take less than a second.
 */
const MAX_WORK = 1_000_000;

/** Whether a name is allowed; nothing where that would take too long to say. */
function ruleOf(
  allowed: readonly string[],
  { listing }: BoundList,
): NameTest | undefined {
  const names = new Set(allowed);
  const globs = [...names].filter((one) => /[*?[]/.test(one));
  const tried = listing.reduce<number>(
    (sum, row) => sum + namesIn(row).length,
    0,
  );
  if (globs.join("").length * tried > MAX_WORK) return undefined;
  return (name) => names.has(name) || matchesAny(globs, name);
}

/** A model may be allowed by any of its names, in any of its rows. */
function withoutOthers(list: BoundList, isNameAllowed: NameTest): BoundList {
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

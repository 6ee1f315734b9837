/**
 * Which of the user's own settings an entry has: its provider's, then those of
 * each glob that its model's id matches, then its alias's. Of several values for
 * one name the last counts, as a whole.
 *
 * @module
 */

import type { OwnSettings } from "../block/entry.ts";
import { plainId } from "../providers/provider.ts";
import { matches } from "../text/glob.ts";

/** What is set for the models of one provider. */
export interface ProviderOwn {
  readonly all: OwnSettings;
  /** In the order in which they are written. */
  readonly for: readonly GlobOwn[];
}

/** What is set for models whose ids match a glob. */
interface GlobOwn {
  readonly glob: string;
  readonly own: OwnSettings;
}

/** What an entry has; nothing where nothing is set. */
export function ownSettingsOf(
  provider: ProviderOwn | undefined,
  id: string,
  alias?: OwnSettings,
): OwnSettings | undefined {
  const matching = provider?.for.filter(({ glob }) =>
    matches(glob, plainId(id))
  );
  const all = [
    ...(provider ? [provider.all] : []),
    ...(matching ?? []).map(({ own }) => own),
    ...(alias ? [alias] : []),
  ];
  return all.length === 0 ? undefined : {
    params: Object.assign({}, ...all.map(({ params }) => params)),
    info: Object.assign({}, ...all.map(({ info }) => info)),
  };
}

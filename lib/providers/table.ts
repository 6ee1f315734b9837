/**
 * The table of providers: all that can be named in `discover.yaml` or with
 * `--only`. To add one, see CONTRIBUTING.
 *
 * @module
 */

import { DEFAULT_PROVIDERS } from "./default.ts";
import { HOSTED_PROVIDERS } from "./hosted.ts";
import { LOCAL_SERVERS, OPENAI_COMPATIBLE } from "./local.ts";
import type { Provider } from "./provider.ts";

/** Every provider that has a name, in the order of the sections. */
export const PROVIDERS: readonly Provider[] = [
  ...DEFAULT_PROVIDERS,
  ...HOSTED_PROVIDERS,
  ...LOCAL_SERVERS,
];

/** What `kind:` can be for a server that the user names. */
export const SERVER_KINDS: readonly Provider[] = [
  OPENAI_COMPATIBLE,
  ...LOCAL_SERVERS,
];

/** Orders providers as the table does, those with names of the user's last. */
export function byTable(
  a: Pick<Provider, "id">,
  b: Pick<Provider, "id">,
): number {
  return placeOf(a) - placeOf(b);
}

function placeOf({ id }: Pick<Provider, "id">): number {
  const place = PROVIDERS.findIndex((provider) => provider.id === id);
  return place < 0 ? PROVIDERS.length : place;
}

/**
 * Providers without a key, or with one that cannot be theirs.
 *
 * @module
 */

import type { Provider } from "../providers/provider.ts";
import type { SkippedProvider } from "../settings/decisions.ts";
import type { Settings } from "../settings/settings.ts";
import type { Warning } from "../warning.ts";

/**
 * With no key at all the run can do nothing and says so at length; otherwise
 * only providers that the settings name are missed.
 */
export function noKeyWarnings(settings: Settings): Warning[] {
  const { requests, rejected, skipped, keyPlaces } = settings;
  const keyless = skipped.filter(({ reason }) => reason === "no-key");
  const own = keyless.flatMap(ownKeyWarning);
  const unset = keyless.filter(({ key }) => key.kind !== "own");
  const looked = `looked in ${keyPlaces.join(", ")}`;
  if (requests.length + rejected.length === 0 && unset.length > 0) {
    const names = unset.flatMap(({ provider }) => provider.keyVariables);
    const isUnset = names.length === 1
      ? `${names[0]} is not set`
      : `none of ${names.join(", ")} is set`;
    const text = `no provider was asked: ${isUnset}`;
    const tokens = unset.flatMap((one) => tokenHint(one) ?? []);
    const hint = [looked, ...tokens].join("; ");
    return [...own, { code: "no-key", text, hint }];
  }
  const missed = unset.filter(({ isExplicit }) => isExplicit)
    .map((one): Warning => ({
      code: "no-key",
      text: `${one.provider.title}: no key in ${variablesOf(one.provider)}`,
      hint: tokenHint(one) ?? looked,
    }));
  return [...own, ...missed];
}

function tokenHint({ provider, key }: SkippedProvider): string | undefined {
  return key.kind === "token"
    ? `${key.found.variable} is a client's token, not a ${provider.title} key`
    : undefined;
}

/** The proxy's own key is sent to nobody; a real key needs another variable. */
function ownKeyWarning({ provider, key }: SkippedProvider): Warning[] {
  if (key.kind !== "own") return [];
  const { title } = provider;
  const { variable, from } = key.found;
  const text = `${title}: ${variable} from ${from} is this proxy's own key`;
  const hint = variable.startsWith("DISCOVER_")
    ? `that variable is for a real ${title} key`
    : `set it only in the client's shell; put a real ${title} key into another ` +
      `variable: key: DISCOVER_${variable} in discover.yaml`;
  return [{ code: "own-key", text, hint }];
}

/** Where a provider's key is looked for. */
export function variablesOf(provider: Provider): string {
  return provider.keyVariables.join(" or ") || "its key in discover.yaml";
}

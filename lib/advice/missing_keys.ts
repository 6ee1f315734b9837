/**
 * Providers without a key, or with one that cannot be theirs.
 *
 * @module
 */

import { countModels } from "../block/format.ts";
import { NO_BLOCK, type PreviousBlock } from "../block/previous.ts";
import type { Provider } from "../providers/provider.ts";
import { consequenceOf } from "../report/report.ts";
import type { SkippedProvider } from "../settings/decisions.ts";
import type { Settings } from "../settings/settings.ts";
import { sanitize } from "../text/sanitize.ts";
import type { Warning } from "../warning.ts";

/**
 * With no key at all the run can do nothing and says so at length; otherwise
 * only providers that the settings name are missed. `previous` is the block whose
 * sections stay without a key.
 */
export function noKeyWarnings(
  settings: Settings,
  previous: PreviousBlock = NO_BLOCK,
): Warning[] {
  const { requests, rejected, skipped, keyPlaces } = settings;
  const keyless = skipped.filter(({ reason }) => reason === "no-key");
  const unused = keyless.flatMap((one) => [
    ...ownKeyWarning(one, previous),
    ...lateKeyWarning(one),
  ]);
  const unset = keyless.filter(({ key }) =>
    key.kind === "none" || key.kind === "token"
  );
  if (requests.length + rejected.length === 0 && unset.length > 0) {
    const names = unset.flatMap(({ provider }) => provider.keyVariables);
    const isUnset = names.length === 1
      ? `${names[0]} is not set`
      : `none of ${names.join(", ")} is set`;
    const text = `no API key found: ${isUnset}`;
    const tokens = unset.flatMap((one) => tokenHint(one) ?? []);
    const which = names.length === 1 ? "it" : "one of them";
    const places = new Intl.ListFormat("en", { type: "disjunction" })
      .format(keyPlaces.map(sanitize));
    const hint = [`set ${which} in ${places}`, ...tokens].join("; ");
    return [...unused, { code: "no-key", text, hint }];
  }
  const missed = unset.filter(({ isExplicit }) => isExplicit)
    .map((one) => noKeyWarning(one, keyPlaces, previous));
  return [...unused, ...missed];
}

/** What keeps one provider from being asked. */
export function noKeyWarning(
  one: SkippedProvider,
  keyPlaces: readonly string[],
  previous: PreviousBlock = NO_BLOCK,
): Warning {
  const [unused] = [...ownKeyWarning(one, previous), ...lateKeyWarning(one)];
  const { title } = one.provider;
  return unused ?? {
    code: "no-key",
    provider: title,
    text: `${title}: no key in ${variablesOf(one.provider)}` +
      keptOf(one, previous),
    hint: tokenHint(one) ?? `looked in ${keyPlaces.map(sanitize).join(", ")}`,
  };
}

/** That its earlier models stay, if it has some. */
function keptOf(
  { provider }: Pick<SkippedProvider, "provider">,
  { sections }: PreviousBlock,
): string {
  const earlier = countModels(sections.get(provider.id)?.entries);
  return earlier === 0 ? "" : `; ${consequenceOf(earlier)}`;
}

function tokenHint({ provider, key }: SkippedProvider): string | undefined {
  return key.kind === "token"
    ? `${key.found.variable} is a client's token, not a ${provider.title} key`
    : undefined;
}

/** The proxy's own key is sent to nobody; a real key needs another variable. */
function ownKeyWarning(
  { provider, key }: SkippedProvider,
  previous: PreviousBlock,
): Warning[] {
  if (key.kind !== "own") return [];
  const { title } = provider;
  const { variable, from } = key.found;
  const text = `${title}: ${variable} from ${from} is this proxy's own key` +
    keptOf({ provider }, previous);
  const hint = variable.startsWith("DISCOVER_")
    ? `that variable is for a real ${title} key`
    : `set it only in the client's shell; put a real ${title} key into another ` +
      `variable: key: DISCOVER_${variable} in discover.yaml`;
  return [{ code: "own-key", provider: title, text, hint }];
}

/** LiteLLM would call without it, or with another provider's. */
function lateKeyWarning({ provider, key }: SkippedProvider): Warning[] {
  if (key.kind !== "late") return [];
  const { variable, from } = key.found;
  return [{
    code: "no-key",
    provider: provider.title,
    text: `${provider.title}: ${variable} from ${from} comes too late: ` +
      "LiteLLM looks for it before it has read environment_variables",
    hint: `set ${variable} where LiteLLM is started, not in the config`,
  }];
}

/** Where a provider's key is looked for. */
export function variablesOf(provider: Provider): string {
  return provider.keyVariables.join(" or ") || "its key in discover.yaml";
}

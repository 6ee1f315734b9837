/**
 * Which providers are on: the default three, and those that `discover.yaml`
 * names.
 *
 * @module
 */

import { PROVIDERS } from "../providers/table.ts";
import type { DiscoverFile } from "./file.ts";
import type { Wish } from "./provider_settings.ts";

/** A provider that is on. */
export interface Candidate extends Wish {
  readonly isNamed: boolean;
}

/** The providers that are on: the default three, and those that the file names. */
export function candidatesOf(file: DiscoverFile | undefined): Candidate[] {
  const wishes = file?.wishes ?? [];
  const known = PROVIDERS.flatMap((provider): Candidate[] => {
    const wish = wishes.find((one) => one.provider.id === provider.id);
    if (wish) return [{ ...wish, isNamed: true }];
    const isOn = provider.kind === "default" && !file?.off.has(provider.id);
    return isOn ? [{ provider, rules: {}, isNamed: false }] : [];
  });
  const own = wishes.filter(({ provider }) =>
    !PROVIDERS.some(({ id }) => id === provider.id)
  ).map((wish) => ({ ...wish, isNamed: true }));
  return [...known, ...own].map(withKeyVariable);
}

function withKeyVariable(candidate: Candidate): Candidate {
  const { provider, keyVariable } = candidate;
  return keyVariable === undefined ? candidate : {
    ...candidate,
    provider: { ...provider, keyVariables: [keyVariable] },
  };
}

/** A server of the user's own needs a key only where the file names one. */
export function needsKey({ provider, keyVariable }: Candidate): boolean {
  return provider.kind !== "own" || keyVariable !== undefined;
}

/**
 * Models that were shut down, and what follows them: for `--why`.
 *
 * @module
 */

import {
  hasEnded,
  lastingSuccessor,
  lifecycleOf,
} from "../providers/lifecycle.ts";
import { claudeName } from "../providers/claude.ts";
import type { Model, Provider } from "../providers/provider.ts";
import { PROVIDERS } from "../providers/table.ts";
import type { Reason } from "./reasons.ts";
import { heldAfter, providerName, type WhyInput } from "./input.ts";

/** What the program's table says of a name: the first provider that had it. */
export function retiredReasons(name: string, input: WhyInput): Reason[] {
  const { today } = input.settings;
  const found = PROVIDERS.flatMap((provider) =>
    idsOf(name, provider).flatMap((id): Reason[] => {
      const known = lifecycleOf(provider.id, id);
      if (!known || !hasEnded(known, today)) return [];
      const end = endOf(provider.id, { id, ...known }, input);
      return [{ ...end, isListed: false }];
    })
  );
  return found.slice(0, 1);
}

/** As the table may have a name: Claudes of old have only names with more. */
function idsOf(name: string, { id, prefix }: Provider): string[] {
  const plain = [prefix, `${id}/`].find((start) => name.startsWith(start));
  const claude = claudeName(name.replace(/^openrouter\//, ""));
  return [
    name,
    ...(plain === undefined ? [] : [name.slice(plain.length)]),
    ...(claude === undefined
      ? []
      : [claude, `${claude}-latest`, `${claude}-0`]),
  ];
}

type Retired = Reason & { readonly kind: "retired" };

/** The end of a provider's model; who says so first is its provider. */
export function endOf(
  provider: string,
  model: Model,
  input: WhyInput,
): Omit<Retired, "isListed"> {
  const { id, endsOn } = model;
  const isKnown = endsOn !== undefined &&
    lifecycleOf(provider, id)?.endsOn === endsOn;
  const successor = lastingSuccessor(provider, model);
  const successorName = successor && nameInBlock(provider, successor, input);
  return {
    kind: "retired",
    provider: providerName(provider, input),
    model: id,
    ...(endsOn !== undefined && { endsOn }),
    source: isKnown ? "table" : "list",
    ...(successor !== undefined && { successor }),
    ...(successorName !== undefined && { successorName }),
  };
}

/** Of the same provider, or what has the name at its maker. */
function nameInBlock(
  provider: string,
  id: string,
  input: WhyInput,
): string | undefined {
  const held = heldAfter(input);
  const { prefix = "" } = PROVIDERS.find((one) => one.id === provider) ?? {};
  const found =
    held.find(({ section, entry }) =>
      section === provider && entry.model === prefix + id
    ) ?? held.find(({ entry }) => entry.name === (claudeName(id) ?? id));
  return found?.entry.name;
}

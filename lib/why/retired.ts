/**
 * Models that were shut down, and what follows them.
 *
 * @module
 */

import { claudeName } from "../providers/claude.ts";
import {
  hasEnded,
  lastingSuccessor,
  lifecycleOf,
} from "../providers/lifecycle.ts";
import { LIFECYCLE_DATE } from "../providers/lifecycle_table.ts";
import type { Model, Provider } from "../providers/provider.ts";
import { PROVIDERS } from "../providers/table.ts";
import { shown } from "../text/key_look.ts";
import { heldAfter, pasteHint, providerOf, type WhyInput } from "./input.ts";
import { because, type Reason } from "./reasons.ts";

/** What the program's table says of a name: the first provider that had it. */
export function retiredReasons(input: WhyInput): Reason[] {
  const { name, settings: { today } } = input;
  const found = PROVIDERS.flatMap((provider) =>
    idsOf(name, provider).flatMap((id): Reason[] => {
      const known = lifecycleOf(provider.id, id);
      if (!known || !hasEnded(known, today)) return [];
      return [endOf(provider.id, { id, ...known }, input)];
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

/** The end of a provider's model that its list has no more. */
function endOf(id: string, model: Model, input: WhyInput): Reason {
  const { endsOn = null } = model;
  const provider = providerOf(id, input);
  const isKnown = endsOn !== null &&
    lifecycleOf(id, model.id)?.endsOn === endsOn;
  const successor = lastingSuccessor(id, model) ?? null;
  const day = endsOn === null ? "" : ` on ${endsOn}`;
  const source = isKnown ? `as known on ${LIFECYCLE_DATE}` : "by its own list";
  // Another provider may have it under the same name.
  const next = successor &&
    heldAfter(input).find(({ entry }) =>
      entry.model === provider.prefix + successor ||
      entry.name === (claudeName(successor) ?? successor)
    );
  const what = model.id === input.name
    ? "shut it down"
    : `shut down ${shown(model.id)}`;
  const message = `${provider.title} ${what}${day} (${source})`;
  return because("retired", message, {
    ...{ provider: id, model: model.id, endsOn, successor },
    hint: next
      ? `use ${shown(next.entry.name)}, its successor`
      : successor && `its successor is ${shown(successor)}`,
  });
}

/** The same for one that is still listed, which can be kept. */
export function listedEnd(id: string, model: Model, input: WhyInput): Reason {
  const end = endOf(id, model, input);
  const paste = pasteHint("while it is still listed", id, "retired: keep");
  return { ...end, hint: end.hint ?? paste };
}

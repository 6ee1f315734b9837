/**
 * What to use instead of a model that ends: what its maker names, and the name
 * under which the block has it.
 *
 * @module
 */

import { closestIds } from "../advice/input.ts";
import { deploymentOf, type Entry } from "../block/entry.ts";
import { claudeName } from "../providers/claude.ts";
import { endsWithin, lastingSuccessor } from "../providers/lifecycle.ts";
import { quoted } from "../text/key_look.ts";
import type { DoctorInput, Found } from "./input.ts";
import {
  answerOf,
  type End,
  listedAs,
  NOTICE_DAYS,
  OTHER_USE,
} from "./model_ends.ts";
import type { Upstream } from "./upstream.ts";

/** A model that ends, as an entry has it. */
interface EndingModel {
  readonly upstream: Upstream;
  readonly model: string;
  readonly end: End;
}

/**
 * What to do about an entry of this model. A search of what there is instead of
 * it takes a millisecond or two, and is left out unless `isSearched`.
 */
export function hintFor(
  { upstream, model, end }: EndingModel,
  input: DoctorInput,
  isSearched: boolean,
): string {
  const next = successorOf(upstream, end, input);
  if (next !== undefined) {
    const name = nameInBlock(next.model, input.ours);
    const where = name === undefined
      ? ""
      : `; the block has it as ${quoted(name)}`;
    return `its successor is ${quoted(next.id)}${where}`;
  }
  const otherwise = OTHERWISE[upstream.kind];
  if (!isSearched) return otherwise;
  const same = sameModel(model, input.ours);
  return same === undefined
    ? closest(upstream, input) ?? otherwise
    : `the block has the same model as ${quoted(same)}`;
}

const ANOTHER = "choose another model of this provider, or remove the entry";
const OTHERWISE: Readonly<Record<Upstream["kind"], string>> = {
  known: ANOTHER,
  unknown: ANOTHER,
  deployment: "deploy another model, or remove the entry",
  ended: "choose a model of another provider, or remove the entry",
};

interface Successor {
  readonly id: string;
  /** As an entry has it. */
  readonly model: string;
}

/** The first in the line of successors that will still answer in some months. */
function successorOf(
  upstream: Upstream,
  { endsOn = "", successor }: End,
  input: DoctorInput,
): Successor | undefined {
  if (successor === undefined) return undefined;
  if (upstream.kind !== "known") return { id: successor, model: successor };
  const { provider: { id: provider, prefix }, id } = upstream;
  // LiteLLM's list has its own prefix there.
  const first = successor.startsWith(prefix)
    ? successor.slice(prefix.length)
    : successor;
  const lasting = dayAfter(input.settings.today, NOTICE_DAYS);
  const until = endsOn > lasting ? endsOn : lasting;
  const model = { id, endsOn: until, successor: first };
  const next = lastingSuccessor(provider, model);
  if (next === undefined || !isOffered(upstream, next, input)) return undefined;
  return { id: next, model: prefix + next };
}

function dayAfter(today: string, days: number): string {
  const ms = Date.parse(today) + days * 86_400_000;
  return Number.isNaN(ms) ? "" : new Date(ms).toISOString().slice(0, 10);
}

/** Unless the provider's answer says otherwise. */
function isOffered(
  upstream: Upstream & { readonly kind: "known" },
  id: string,
  input: DoctorInput,
): boolean {
  const answer = answerOf(upstream, input);
  if (!answer || answer.alsoListed.has(id)) return true;
  const model = listedAs(answer, id);
  return model !== undefined &&
    !endsWithin(NOTICE_DAYS, model, input.settings.today);
}

/** Of the same provider if the block has it so, else of any. */
function nameInBlock(
  model: string,
  ours: readonly Entry[],
): string | undefined {
  const exact = ours.filter((entry) => entry.model === model);
  const found = exact.length > 0
    ? exact
    : ours.filter((entry) => nameOfMaker(entry.model) === nameOfMaker(model));
  return plainest(found)?.name;
}

/** The same model at another provider, one that does not end there. */
function sameModel(model: string, ours: readonly Entry[]): string | undefined {
  const found = ours.filter((entry) =>
    entry.model !== model && nameOfMaker(entry.model) === nameOfMaker(model) &&
    !entry.lines.some((line) => line.includes("deprecation_date"))
  );
  return plainest(found)?.name;
}

/** Its own name before an alias, which may move on, and no provider's. */
function plainest(entries: readonly Entry[]): Entry | undefined {
  const rank = (entry: Entry): number =>
    2 * Number(deploymentOf(entry).startsWith("alias/")) +
    Number(entry.name.includes("/"));
  return entries.toSorted((a, b) => rank(a) - rank(b))[0];
}

/** `claude-opus-4-8` of `openrouter/anthropic/claude-opus-4.8`. */
function nameOfMaker(model: string): string {
  const [last = ""] = model.split("/").slice(-1);
  return (claudeName(last) ?? last).toLowerCase();
}

function closest(upstream: Upstream, input: DoctorInput): Found["hint"] {
  if (upstream.kind !== "known" || OTHER_USE.test(upstream.id)) {
    return undefined;
  }
  const { settings: { today } } = input;
  const { models = [] } = answerOf(upstream, input) ?? {};
  const lasting = models.filter((one) => !endsWithin(NOTICE_DAYS, one, today));
  return closestIds(upstream.id, lasting, today).hint;
}

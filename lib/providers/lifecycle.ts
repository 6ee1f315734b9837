/**
 * When a model ends and what follows it: as its provider's list says, and where
 * that says nothing, as the program's own table does. The table is made at build
 * time, so that the same answers give the same block on every machine; the
 * `litellm` that happens to be installed is not asked.
 *
 * @module
 */

import { LIFECYCLE_DATE, LIFECYCLE_LINES } from "./lifecycle_table.ts";
import type { Model } from "./provider.ts";

/** What the table says of a model. */
export interface Lifecycle {
  /** The last day it answers, as `YYYY-MM-DD`. */
  readonly endsOn: string;
  /** The id of the same provider's model that its maker names instead. */
  readonly successor?: string;
}

/** A model that ends within so many days is left for one that does not. */
const DYING_DAYS = 30;

/** What decides whether a model has ended, or will soon. */
type Ending = Pick<Model, "endsOn" | "retired">;

/** A server of the user's may be called "constructor", as every object has one. */
const LINES = new Map(Object.entries(LIFECYCLE_LINES));

const tables = new Map<string, ReadonlyMap<string, Lifecycle>>();

/** What the table says of a provider's id. */
export function lifecycleOf(
  provider: string,
  id: string,
): Lifecycle | undefined {
  const table = tables.get(provider) ?? readTable(provider);
  tables.set(provider, table);
  return table.get(id);
}

function readTable(provider: string): ReadonlyMap<string, Lifecycle> {
  const lines = LINES.get(provider)?.trim().split("\n") ?? [];
  return new Map(lines.map((line) => {
    const [id = "", endsOn = "", successor] = line.split(" ");
    return [id, { endsOn, ...(successor && { successor }) }];
  }));
}

/** How new the table is: a line of `--version --verbose`. */
export function lifecycleText(): string {
  const models = [...LINES.keys()]
    .reduce((sum, provider) => sum + readTable(provider).size, 0);
  return `shutdown dates of ${models} models, as known on ${LIFECYCLE_DATE}\n`;
}

/** The model with what the table knows of its end; its provider knows better. */
export function withLifecycle(provider: string, model: Model): Model {
  const known = lifecycleOf(provider, model.id);
  return known ? { ...known, ...model } : model;
}

/**
 * The successor that still answers when the model itself does not: where it ends
 * no later, its own successor. Nothing where the table names none that does.
 */
export function lastingSuccessor(
  provider: string,
  { id, endsOn = "", successor }: Model,
): string | undefined {
  const seen = new Set([id]);
  let next = successor;
  while (next !== undefined && !seen.has(next)) {
    seen.add(next);
    const known = lifecycleOf(provider, next);
    if (!known || known.endsOn > endsOn) return next;
    next = known.successor;
  }
  return undefined;
}

/** Whether the model's last day is over. A day that is not known is no day. */
export function hasEnded(model: Ending, today: string): boolean {
  return model.retired === true ||
    model.endsOn !== undefined && model.endsOn < today;
}

/** Whether the model has ended or does so within {@linkcode DYING_DAYS}. */
export function isDying(model: Ending, today: string): boolean {
  return endsWithin(DYING_DAYS, model, today);
}

/** Whether the model has ended or does so within so many days. */
export function endsWithin(
  days: number,
  { retired, endsOn }: Ending,
  today: string,
): boolean {
  return retired === true ||
    endsOn !== undefined && daysBetween(today, endsOn) <= days;
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

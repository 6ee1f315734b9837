/**
 * Which entries may be added to the config: none whose name is taken already,
 * unless it stands in for what has it, and none that would take or share a call
 * that an entry of the user answers.
 *
 * @module
 */

import { type CallTarget, isTargetOf } from "../config/call_targets.ts";
import type { UserEntries } from "../config/user_entries.ts";
import type { Entry } from "../block/entry.ts";
import { withDisplayName, withoutOrder } from "../block/entry_lines.ts";
import { claudeName } from "../providers/claude.ts";
import { idIn } from "../providers/provider.ts";
import { isAnswered, wildcardFor } from "../config/wildcards.ts";

/** A model or an alias that was found and is not written. */
export interface Skipped {
  readonly name: string;
  readonly reason: "hand-written" | "wildcard" | "repeated";
}

/** What a name can be lost to. */
type Loss = "its own name" | "repeated" | "another name" | "wildcard";

/** Gives each name away once, to the first that claims it, and to its stand-in. */
export class NameRegistry {
  readonly skipped: Skipped[] = [];
  readonly #userEntries: UserEntries;
  readonly #wildcards: readonly string[];
  readonly #given = new Map<string, readonly Entry[]>();
  readonly #reserved = new Set<string>();

  /** `overWildcards` lets entries take the calls of wildcards. */
  constructor(userEntries: UserEntries, overWildcards: boolean) {
    this.#userEntries = userEntries;
    this.#wildcards = overWildcards ? [] : userEntries.wildcards;
  }

  /** Keeps a name from all. */
  reserve(name: string): void {
    this.#reserved.add(name);
  }

  /**
   * The entry; or its substitute under another name, if the first is not to be
   * had; or nothing. LiteLLM shows one display name for each name: a stand-in
   * has that of the first choice.
   */
  claim(
    preferred: Entry,
    substitute?: () => Entry | undefined,
  ): readonly Entry[] {
    const entry = this.#inItsGroup(preferred);
    const loss = this.#lossOf(entry);
    const other = loss && this.#mayBeSubstituted(entry, loss)
      ? substitute?.()
      : undefined;
    const taken = loss === undefined ? entry : other;
    if (!taken || taken === other && this.#lossOf(other)) {
      this.skipped.push({ name: entry.name, reason: reasonOf(loss) });
      return [];
    }
    return [this.#give(taken)];
  }

  /** The entry under one more name of its model, which nobody misses. */
  claimAnother(another: Entry): readonly Entry[] {
    const entry = this.#inItsGroup(another);
    return this.#lossOf(entry) ? [] : [this.#give(entry)];
  }

  /** An order would take the calls of the others in a routing group. */
  #inItsGroup(entry: Entry): Entry {
    return this.#userEntries.grouped.has(entry.name)
      ? withoutOrder(entry)
      : entry;
  }

  #give(entry: Entry): Entry {
    const others = this.#given.get(entry.name) ?? [];
    const shown = others[0]?.displayName;
    const given = shown === undefined ? entry : withDisplayName(entry, shown);
    this.#given.set(entry.name, [...others, given]);
    return given;
  }

  /**
   * A Claude has the name that users give to the first choice, too. Other models
   * of a name that is hand-written are most likely the very same.
   */
  #mayBeSubstituted({ model }: Entry, loss: Loss): boolean {
    return loss !== "its own name" ||
      claudeName(idIn(model)) !== undefined &&
        !this.#userEntries.upstreams.has(model);
  }

  #lossOf(entry: Entry): Loss | undefined {
    const { name, id } = entry;
    if (this.#userEntries.names.has(name)) return "its own name";
    if (this.#reserved.has(name)) return "repeated";
    const given = this.#given.get(name);
    if (given?.every((other) => standsIn(entry, other)) === false) {
      return "repeated";
    }
    if ([name, id].some((call) => wildcardFor(this.#wildcards, call))) {
      return "wildcard";
    }
    const { otherNames } = this.#userEntries;
    return otherNames.has(name) || this.#takesUpstream(entry)
      ? "another name"
      : undefined;
  }

  /** Whether calls by an upstream model's name would go elsewhere. */
  #takesUpstream(entry: Entry): boolean {
    const { name, model } = entry;
    const { names, upstreams, wildcards } = this.#userEntries;
    const isSame = (target: CallTarget): boolean => isTargetOf(target, entry);
    const called = upstreams.get(name);
    if (called && !(name === model && called.every(isSame))) return true;
    const shared = upstreams.get(model);
    if (!shared || names.has(model) || isAnswered(wildcards, model)) {
      return false;
    }
    return !shared.some(isSame);
  }
}

/** LiteLLM tries them in their order; without one it would split the calls. */
function standsIn({ order }: Entry, other: Entry): boolean {
  return order !== undefined && other.order !== undefined &&
    order !== other.order;
}

function reasonOf(loss: Loss | undefined): Skipped["reason"] {
  return loss === "wildcard" || loss === "repeated" ? loss : "hand-written";
}

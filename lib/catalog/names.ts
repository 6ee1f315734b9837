/**
 * Which entries may be added to the config: none whose name is taken already, and
 * none that would take or share a call that an entry of the user answers.
 *
 * @module
 */

import { type CallTarget, isTargetOf } from "../config/call_targets.ts";
import type { UserEntries } from "../config/user_entries.ts";
import type { Entry } from "../block/entry.ts";
import { isAnswered, wildcardFor } from "../config/wildcards.ts";

/** A model or an alias that was found and is not written. */
export interface Skipped {
  readonly name: string;
  readonly reason: "hand-written" | "wildcard" | "repeated";
}

/** What a name can be lost to: for all but the first two, a substitute may do. */
type Loss = "its own name" | "repeated" | "another name" | "wildcard";

/** Gives each name away once, to the first that claims it. */
export class NameRegistry {
  readonly skipped: Skipped[] = [];
  readonly userEntries: UserEntries;
  readonly #wildcards: readonly string[];
  readonly #given = new Set<string>();

  /** `overWildcards` lets entries take the calls of wildcards. */
  constructor(userEntries: UserEntries, overWildcards: boolean) {
    this.userEntries = userEntries;
    this.#wildcards = overWildcards ? [] : userEntries.wildcards;
  }

  /**
   * The entry; or its substitute under another name, if entries of the user
   * answer calls by the first; or nothing.
   */
  claim(entry: Entry, substitute?: () => Entry): readonly Entry[] {
    const loss = this.#lossOf(entry);
    const canSubstitute = loss === "another name" || loss === "wildcard";
    const other = canSubstitute ? substitute?.() : undefined;
    const taken = loss === undefined ? entry : other;
    if (!taken || taken === other && this.#lossOf(other)) {
      this.skipped.push({ name: entry.name, reason: reasonOf(loss) });
      return [];
    }
    this.#given.add(taken.name);
    return [taken];
  }

  #lossOf(entry: Entry): Loss | undefined {
    const { name, id } = entry;
    if (this.userEntries.names.has(name)) return "its own name";
    if (this.#given.has(name)) return "repeated";
    if ([name, id].some((call) => wildcardFor(this.#wildcards, call))) {
      return "wildcard";
    }
    const { otherNames } = this.userEntries;
    return otherNames.has(name) || this.#takesUpstream(entry)
      ? "another name"
      : undefined;
  }

  /** Whether calls by an upstream model's name would go elsewhere. */
  #takesUpstream(entry: Entry): boolean {
    const { name, model } = entry;
    const { names, upstreams, wildcards } = this.userEntries;
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

function reasonOf(loss: Loss | undefined): Skipped["reason"] {
  return loss === "wildcard" || loss === "repeated" ? loss : "hand-written";
}

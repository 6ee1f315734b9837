/**
 * Which flags do not go together: a run that would silently ignore one of them
 * is refused instead.
 *
 * @module
 */

import { UsageError } from "../errors.ts";
import { ACTIONS, type FlagName } from "./flags.ts";

/** The flags that were given, with their values; a switch has none. */
export type Given = ReadonlyMap<FlagName, readonly string[]>;

/** A flag with each of those that do not go with it. */
function pairs(
  one: FlagName,
  others: readonly FlagName[],
): readonly (readonly FlagName[])[] {
  return others.map((other) => [one, other]);
}

/** Whether and where the new text is written. */
const WRITING: readonly FlagName[] = [
  "dry-run",
  "stat",
  "check",
  "output",
  "in-place",
];

/** Flags of which at most one makes sense. */
const CONFLICTS: readonly (readonly FlagName[])[] = [
  [...ACTIONS, "completions"],
  ["dry-run", "check"],
  ["stat", "check"],
  ["check", "remove"],
  ["only", "remove"],
  ["in-place", "output"],
  // None of them writes a file, and the change is the config's own.
  ...pairs("output", ["dry-run", "stat", "check"]),
  ["no-env-files", "env-file"],
  // LiteLLM is to get what the run has written.
  ...pairs("start", ["dry-run", "stat", "check", "completions"]),
  ...pairs("start", ACTIONS.filter((action) => action !== "repair")),
  // They write nothing, and their exit code says what they found.
  ...pairs("doctor", [...WRITING, "log-file", "strict"]),
  ...pairs("why", [...WRITING, "log-file", "strict"]),
  // They ask nobody.
  ...pairs("accept-shrink", [
    "remove",
    "undo",
    "init",
    "list-providers",
    "print-client",
    "completions",
  ]),
  // It asks nobody, and writes the config or nothing.
  ...pairs("undo", ["check", "output", "only", "timeout", "strict"]),
  // It writes a file of its own.
  ...pairs("init", WRITING),
  // It asks nobody and writes nothing; its text is data as it is.
  ...pairs("print-client", [...WRITING, "log-file", "only", "timeout"]),
  ...pairs("print-client", ["strict", "json"]),
];

/** Throws {@linkcode UsageError} for flags that do not go together. */
export function refuseConflicts(given: Given): void {
  for (const names of CONFLICTS) {
    const [one, other] = names.filter((name) => given.has(name));
    if (one && other) throw conflict(one, other);
  }
  if (given.get("output")?.at(-1) === "-") {
    if (given.has("json")) throw conflict("output -", "json");
    const hint = "name a file that LiteLLM can read: --output FILE --start";
    if (given.has("start")) throw conflict("output -", "start", hint);
  }
  const isShown = given.has("dry-run") && !given.has("stat");
  if (!given.has("repair") || !isShown) return;
  // LiteLLM may have written keys into the entries that would be shown.
  const hint = "the diff could show keys; --repair --output FILE writes the " +
    "new text elsewhere";
  throw conflict("repair", "dry-run", hint);
}

function conflict(
  one: FlagName | "output -",
  other: FlagName,
  hint = "use one of them",
): UsageError {
  return new UsageError(`--${one} cannot be used with --${other}`, hint);
}

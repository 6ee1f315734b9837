/**
 * Reads the command line by the table of flags. Values are checked for form
 * only; what they mean together with the environment is decided in
 * `settings/`. The parser is std's: `node:util` has one, too, but loading it
 * makes each start 20 ms longer.
 *
 * @module
 */

// @ts-types="../types/std_cli_parse_args.d.ts"
import { parseArgs as parse } from "@std/cli/parse-args";
import { UsageError } from "../errors.ts";
import type { Command, Destination, RunFlags } from "./command.ts";
import { type Given, refuseConflicts } from "./conflicts.ts";
import {
  ACTIONS,
  CLIENTS,
  COLORS,
  type Flag,
  type FlagName,
  FLAGS,
  SHELLS,
  TABLE,
} from "./flags.ts";
import { refuseOurs } from "./litellm_args.ts";
import { looksLikeKey, quoted } from "../text/key_look.ts";
import { optionsOf } from "../litellm/litellm.ts";
import { nearest } from "../text/suggest.ts";
import { refuseStreams } from "../files/standard_streams.ts";
import { readTimeoutMs } from "../text/duration.ts";

/** Reads an argument vector. Throws {@linkcode UsageError}. */
export function parseArgs(argv: readonly string[]): Command {
  const named = (flags: readonly Flag[]): string[] =>
    flags.map(({ name }) => name);
  const valued = named(TABLE.filter(({ value }) => value));
  const parsed = parse(joinValues(argv), {
    string: valued,
    collect: valued,
    boolean: named(TABLE.filter(({ value }) => !value)),
    alias: Object.fromEntries(
      TABLE.flatMap(({ short, name }) => short ? [[short, name]] : []),
    ),
    "--": true,
    unknown: refuse,
  });
  if (parsed["help"] === true) return { kind: "help" };
  if (parsed["version"] === true) {
    return { kind: "version", isVerbose: parsed["verbose"] === true };
  }
  const given = readGiven(parsed);
  refuseConflicts(given);
  const shell = given.get("completions")?.at(-1);
  if (shell !== undefined) {
    return { kind: "completions", shell: oneOf("completions", shell, SHELLS) };
  }
  const rest = parsed["--"];
  const litellmArgs = Array.isArray(rest) ? rest.map(String) : [];
  return { kind: "run", flags: readFlags(given, litellmArgs) };
}

/**
 * The parser takes a lone dash for an argument, and a negative number for
 * flags: `-o -` becomes `--output=-`, and `--timeout -1` a value to refuse. It
 * would also take `--dry-run=false` for `--dry-run`.
 */
function joinValues(argv: readonly string[]): string[] {
  const ours = optionsOf(argv);
  const joined: string[] = [];
  for (let at = 0; at < ours.length; at++) {
    const [arg = "", next = ""] = ours.slice(at);
    const flag = TABLE.find(({ name, short, value }) =>
      value && (arg === `--${name}` || arg === `-${short}`)
    );
    const isJoined = flag && at + 1 < ours.length &&
      /^(?:$|-(?:$|[\d.]))/.test(next);
    refuseSwitchValue(arg);
    refuseTail(arg);
    joined.push(isJoined ? `--${flag.name}=${next}` : arg);
    if (isJoined) at++;
  }
  return [...joined, ...argv.slice(ours.length)];
}

function refuseSwitchValue(arg: string): void {
  const [spelling = "", value] = arg.split("=", 2);
  const flag = TABLE.find(({ name, short }) =>
    spelling === `--${name}` || spelling === `-${short}`
  );
  if (!flag || flag.value || value === undefined) return;
  throw new UsageError(`--${flag.name} takes no value`, USAGE_HINT);
}

/**
 * `-nq` is two switches. What follows one and is no letter of a flag, as in
 * `-n5`, the parser would take for its value, and drop.
 */
function refuseTail(arg: string): void {
  const letters = /^-([^-].*)$/s.exec(arg)?.[1] ?? "";
  for (const letter of letters) {
    const flag = TABLE.find(({ short }) => short === letter);
    if (flag?.value) return;
    if (!flag) refuse(arg, letters);
  }
}

function readGiven(parsed: Readonly<Record<string, unknown>>): Given {
  return new Map(FLAGS.flatMap((flag): [FlagName, string[]][] => {
    const found = parsed[flag.name];
    if (found === true) return [[flag.name, []]];
    if (!Array.isArray(found) || found.length === 0) return [];
    return [[flag.name, found.map((value) => readValue(flag, value))]];
  }));
}

/** A flag that was given without its value is an error. */
function readValue({ name, value }: Flag, given: unknown): string {
  if (typeof given !== "string" || given === "") {
    const hint = `write it as --${name} ${value ?? "VALUE"}`;
    throw new UsageError(`--${name} needs a value`, hint);
  }
  if (value === "FILE") return pathOf(`--${name}`)(given);
  if (value !== "MODEL" || !looksLikeKey(given)) return given;
  throw new UsageError(
    `--${name}: expected a model, but the value looks like a key`,
    "name a model as clients call it, such as claude-sonnet-5",
  );
}

/**
 * The path that `source` names. Throws {@linkcode UsageError} for what looks
 * like a key: it would be shown, and be the name of a new file.
 */
export function pathOf(source: string): (path: string) => string {
  return (path) => {
    if (!looksLikeKey(path)) return path;
    throw new UsageError(
      `${source}: expected a file, but the value looks like a key`,
      "keys are read from the environment and from .env",
    );
  };
}

function readFlags(given: Given, litellmArgs: readonly string[]): RunFlags {
  const isOn = (name: FlagName): boolean => given.has(name);
  const values = (name: FlagName): readonly string[] => given.get(name) ?? [];
  const [config, output, timeout, settings, logFile] =
    (["config", "output", "timeout", "settings", "log-file"] as const)
      .map((name) => values(name).at(-1));
  const client = values("print-client").at(-1);
  const why = values("why").at(-1);
  refuseStreams(values);
  if (!isOn("start")) refuseOurs(litellmArgs);
  return {
    action: ACTIONS.find(isOn) ?? "refresh",
    destination: readDestination(given, output),
    only: values("only").flatMap((list) => list.split(","))
      .map((id) => id.trim()).filter((id) => id !== ""),
    envFiles: isOn("no-env-files") ? "none" : values("env-file"),
    acceptShrink: isOn("accept-shrink"),
    json: isOn("json"),
    start: isOn("start"),
    strict: isOn("strict"),
    color: oneOf("color", values("color").at(-1) ?? "auto", COLORS),
    verbosity: isOn("quiet") ? "quiet" : isOn("verbose") ? "verbose" : "normal",
    litellmArgs,
    ...(client !== undefined &&
      { client: oneOf("print-client", client, CLIENTS) }),
    ...(why !== undefined && { why }),
    ...(config !== undefined && { config }),
    ...(timeout !== undefined && { timeoutMs: timeoutOf(timeout) }),
    ...(settings !== undefined && { settings }),
    ...(logFile !== undefined && { logFile }),
  };
}

function readDestination(given: Given, path: string | undefined): Destination {
  if (given.has("check")) return { kind: "check" };
  if (given.has("stat")) return { kind: "dry-run", isStatOnly: true };
  const isDry = (["dry-run", "doctor", "why"] as const)
    .some((name) => given.has(name));
  if (isDry) return { kind: "dry-run" };
  if (path !== undefined) return { kind: "output", path };
  const inPlace = given.has("in-place") && ({ inPlace: true } as const);
  return { kind: "config", ...inPlace };
}

function timeoutOf(text: string): number {
  return readTimeoutMs(
    text,
    (state, hint) =>
      new UsageError(`--timeout ${quoted(text)}: ${state}`, hint),
  );
}

/** The one of a few words that a flag takes. */
function oneOf<Word extends string>(
  name: FlagName,
  value: string,
  words: readonly Word[],
): Word {
  const found = words.find((word) => word === value);
  if (found !== undefined) return found;
  throw new UsageError(
    `--${name} ${quoted(value)}: invalid value`,
    `expected one of: ${words.join(", ")}`,
  );
}

const USAGE_HINT = "discover --help lists all flags";

/** Something on the command line that is neither a flag nor its value. */
export class UnknownArgumentError extends UsageError {}

function refuse(arg: string, key?: string): boolean {
  if (key === undefined) {
    throw new UnknownArgumentError(
      `unexpected argument ${quoted(arg)}`,
      USAGE_HINT,
    );
  }
  const close = flagLike(key);
  // The letter of a flag may be glued to a key.
  const source = `${arg} ${arg.replace(/^-+[A-Za-z]/, "")}`;
  throw new UnknownArgumentError(
    `unknown flag ${quoted(arg, source)}`,
    close ? `did you mean --${close}?` : USAGE_HINT,
  );
}

/** The flag that a mistyped or cut off word most likely means. */
export function flagLike(word: string): FlagName | undefined {
  const known = FLAGS.map(({ name }) => name);
  const begun = known.filter((name) =>
    word.length > 1 && name.startsWith(word)
  );
  if (begun.length === 1) return begun[0];
  const close = nearest(word, known);
  return known.find((name) => name === close);
}

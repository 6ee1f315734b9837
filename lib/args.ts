/**
 * The command line: one table of flags from which the parser, the checks and
 * the help text are made. Values are checked for form only; what they mean
 * together with the environment is decided in `settings.ts`.
 *
 * @module
 */

// @ts-types="./types/std_cli_parse_args.d.ts"
import { parseArgs as parse } from "@std/cli/parse-args";
import { UsageError } from "./errors.ts";
import { nearest } from "./nearest.ts";

interface Flag {
  readonly name: string;
  readonly short?: string;
  /** What stands for the value in the help; a flag without one is a switch. */
  readonly value?: string;
  readonly help: string;
}

const FLAGS = [
  {
    name: "config",
    short: "c",
    value: "FILE",
    help: "LiteLLM's config (default: ./config.yaml)",
  },
  {
    name: "output",
    short: "o",
    value: "FILE",
    help: "write the new text there instead; - for stdout",
  },
  {
    name: "only",
    value: "LIST",
    help: "ask only these providers; other sections stay",
  },
  {
    name: "timeout",
    value: "TIME",
    help: "for each provider: 2, 2s or 1500ms (default: 2s)",
  },
  {
    name: "settings",
    value: "FILE",
    help: "settings (default: discover.yaml beside the config)",
  },
  {
    name: "dry-run",
    short: "n",
    help: "show the change as a diff, write nothing",
  },
  { name: "check", help: "exit 5 if a run would change the block" },
  { name: "remove", help: "take the block out again" },
  { name: "repair", help: "take out entries of ours that lost their markers" },
  { name: "init", help: "write a discover.yaml to begin with" },
  { name: "list-providers", help: "show all providers, their keys and state" },
  { name: "json", help: "print one JSON object on stdout" },
  { name: "start", help: "start litellm afterwards, whatever happened" },
  {
    name: "env-file",
    value: "FILE",
    help: "read keys from there, too (repeatable)",
  },
  { name: "strict", help: "any failed provider is an error" },
  { name: "log-file", value: "FILE", help: "append one line of JSON per run" },
  { name: "color", value: "WHEN", help: "auto, always or never" },
  { name: "quiet", short: "q", help: "print errors only" },
  { name: "verbose", short: "v", help: "print what each provider answered" },
  { name: "help", short: "h", help: "print this help" },
  { name: "version", short: "V", help: "print the version" },
] as const satisfies readonly Flag[];

type FlagName = typeof FLAGS[number]["name"];

/** What to do: with the block, or instead. */
export type Action =
  | "refresh"
  | "remove"
  | "repair"
  | "init"
  | "list-providers";

/** Where the new text goes. */
export type Destination =
  | { readonly kind: "config" }
  | { readonly kind: "dry-run" }
  | { readonly kind: "check" }
  | { readonly kind: "output"; readonly path: string };

/** The flags of a run, as they were typed. */
export interface RunFlags {
  readonly action: Action;
  readonly destination: Destination;
  readonly config?: string;
  readonly only: readonly string[];
  readonly timeout?: string;
  readonly settings?: string;
  readonly envFiles: readonly string[];
  readonly json: boolean;
  readonly start: boolean;
  readonly strict: boolean;
  readonly logFile?: string;
  readonly color: "auto" | "always" | "never";
  readonly talk: "quiet" | "normal" | "verbose";
  /** Everything after `--`. */
  readonly litellmArgs: readonly string[];
}

/** What the command line asks for. */
export type Command =
  | { readonly kind: "help" }
  | { readonly kind: "version" }
  | { readonly kind: "run"; readonly flags: RunFlags };

/** Reads an argument vector. Throws {@linkcode UsageError}. */
export function parseArgs(argv: readonly string[]): Command {
  const valued = FLAGS.filter((flag) => "value" in flag);
  const parsed = parse(joinDash(argv), {
    string: valued.map(({ name }) => name),
    boolean: FLAGS.filter((flag) => !("value" in flag)).map(({ name }) => name),
    collect: valued.map(({ name }) => name),
    alias: Object.fromEntries(
      FLAGS.flatMap((flag): [string, string][] =>
        "short" in flag ? [[flag.short, flag.name]] : []
      ),
    ),
    "--": true,
    unknown: refuse,
  });
  const isOn = (name: FlagName): boolean => parsed[name] === true;
  if (isOn("help")) return { kind: "help" };
  if (isOn("version")) return { kind: "version" };
  const values = (name: FlagName): string[] => texts(parsed[name], name);
  return { kind: "run", flags: readFlags(isOn, values, texts(parsed["--"])) };
}

/** The parser takes a lone dash for an argument: `-o -` becomes `--output=-`. */
function joinDash(argv: readonly string[]): string[] {
  const end = argv.indexOf("--");
  return argv.flatMap((arg, at) => {
    const isOurs = end < 0 || at < end;
    if (isOurs && arg === "-" && isOutput(argv[at - 1])) return [];
    const takesDash = isOurs && isOutput(arg) && argv[at + 1] === "-";
    return takesDash ? ["--output=-"] : [arg];
  });
}

function isOutput(arg: string | undefined): boolean {
  return arg === "-o" || arg === "--output";
}

function readFlags(
  isOn: (name: FlagName) => boolean,
  values: (name: FlagName) => string[],
  litellmArgs: readonly string[],
): RunFlags {
  const [config, timeout, settings, logFile] =
    (["config", "timeout", "settings", "log-file"] as const)
      .map((name) => values(name).at(-1));
  if (litellmArgs.length > 0 && !isOn("start")) {
    throw new UsageError(
      'arguments after "--": they are for litellm, which is not started',
      "add --start",
    );
  }
  return {
    action: readAction(isOn),
    destination: readDestination(isOn, values("output").at(-1)),
    only: values("only").flatMap((list) => list.split(","))
      .map((id) => id.trim()).filter((id) => id !== ""),
    envFiles: values("env-file"),
    json: isOn("json"),
    start: isOn("start"),
    strict: isOn("strict"),
    color: readColor(values("color").at(-1)),
    talk: isOn("quiet") ? "quiet" : isOn("verbose") ? "verbose" : "normal",
    litellmArgs,
    ...(config !== undefined && { config }),
    ...(timeout !== undefined && { timeout }),
    ...(settings !== undefined && { settings }),
    ...(logFile !== undefined && { logFile }),
  };
}

const ACTIONS = [
  "remove",
  "repair",
  "init",
  "list-providers",
] as const satisfies readonly (Action & FlagName)[];

function readAction(isOn: (name: FlagName) => boolean): Action {
  const [first, second] = ACTIONS.filter(isOn);
  if (first && second) throw conflict(first, second);
  return first ?? "refresh";
}

function readDestination(
  isOn: (name: FlagName) => boolean,
  path: string | undefined,
): Destination {
  if (isOn("dry-run") && isOn("check")) throw conflict("dry-run", "check");
  if (isOn("check") && isOn("remove")) throw conflict("check", "remove");
  if (isOn("check")) return { kind: "check" };
  if (isOn("dry-run")) return { kind: "dry-run" };
  if (path === "-" && isOn("json")) throw conflict("output -", "json");
  return path === undefined ? { kind: "config" } : { kind: "output", path };
}

function readColor(value = "auto"): RunFlags["color"] {
  if (value === "auto" || value === "always" || value === "never") return value;
  throw new UsageError(
    `--color "${value}": not known`,
    "use auto, always or never",
  );
}

function conflict(one: FlagName | "output -", other: FlagName): UsageError {
  return new UsageError(
    `"--${one}" and "--${other}": they exclude each other`,
    "use one of them",
  );
}

/** A flag's values; one that was given without its value is an error. */
function texts(values: unknown, name?: FlagName): string[] {
  const list = Array.isArray(values) ? values : [];
  return list.map((value) => {
    if (name !== undefined && (typeof value !== "string" || value === "")) {
      throw new UsageError(`"--${name}": no value given`, usageHint());
    }
    return String(value);
  });
}

function refuse(arg: string, key?: string): boolean {
  if (key === undefined) {
    throw new UsageError(`argument "${arg}": not expected`, usageHint());
  }
  const known = FLAGS.map(({ name }) => name);
  const close = nearest(key, known);
  throw new UsageError(
    `flag "${arg}": not known`,
    close ? `did you mean --${close}?` : usageHint(),
  );
}

function usageHint(): string {
  return "discover --help lists all flags";
}

/** The help text, made from the table. */
export function helpText(version: string): string {
  const rows = FLAGS.map((flag: Flag) => {
    const short = flag.short ? `-${flag.short}, ` : "    ";
    const value = flag.value ? ` ${flag.value}` : "";
    return `  ${`${short}--${flag.name}${value}`.padEnd(24)}${flag.help}`;
  });
  return `discover ${version}: today's models for LiteLLM's config.yaml

Asks OpenRouter, xAI and Gemini, and others that discover.yaml names, what they
offer now, and swaps one marked block of the config. Every other byte stays.

Usage: discover [options] [-- litellm arguments]

${rows.join("\n")}

Keys: OPENROUTER_API_KEY, XAI_API_KEY, GOOGLE_API_KEY or GEMINI_API_KEY, from
the environment, or from set-env.ps1 or .env beside the config.
Exit codes: 0 done, 1 no provider answered, 2 usage, 3 config refused, 4 litellm
not started, 5 the block is stale (--check), 130 interrupted.
`;
}

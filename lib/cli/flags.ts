/**
 * The table of flags, from which the parser, the help text and the shell
 * completions are made. Data only.
 *
 * @module
 */

/** One flag. */
export interface Flag {
  readonly name: string;
  readonly short?: string;
  /**
   * The placeholder in the help; a flag without one is a switch. A `LIST` is of
   * providers, separated by commas.
   */
  readonly value?:
    | "FILE"
    | "LIST"
    | "TIME"
    | "WHEN"
    | "SHELL"
    | "NAME"
    | "MODEL";
  /** The words that the value may be. */
  readonly words?: readonly string[];
  /** May be given more than once. */
  readonly isRepeatable?: boolean;
  readonly help: string;
}

/** The shells for which there are completions. */
export const SHELLS = ["powershell", "bash", "zsh", "fish"] as const;

/** One of {@linkcode SHELLS}. */
export type Shell = typeof SHELLS[number];

/** The clients for which settings can be printed. */
export const CLIENTS = ["claude-code", "codex", "opencode"] as const;

/** One of {@linkcode CLIENTS}. */
export type Client = typeof CLIENTS[number];

/** The values of `--color`. */
export const COLORS = ["auto", "always", "never"] as const;

/** Flags that the help shows under one heading. */
interface FlagGroup {
  readonly heading: string;
  readonly flags: readonly Flag[];
}

/** All flags by their groups, in the order of the help. */
export const FLAG_GROUPS = [
  {
    heading: "Refresh",
    flags: [
      {
        name: "config",
        short: "c",
        value: "FILE",
        help: "LiteLLM's config (default: ./config.yaml)",
      },
      {
        name: "only",
        value: "LIST",
        isRepeatable: true,
        help: "refresh only these providers; other sections stay",
      },
      {
        name: "timeout",
        value: "TIME",
        help: "for each provider: 2, 2s or 1500ms (default: 2s)",
      },
      {
        name: "accept-shrink",
        help: "accept a list that lost most of its models",
      },
      { name: "strict", help: "treat any failed provider as an error" },
      {
        name: "dry-run",
        short: "n",
        help: "show the change as a diff, write nothing",
      },
      { name: "stat", help: "show only how much would change, write nothing" },
      {
        name: "check",
        help: "write nothing, exit 5 if the block is out of date",
      },
      {
        name: "output",
        short: "o",
        value: "FILE",
        help: "write the new text there instead; - for stdout",
      },
      {
        name: "in-place",
        help: "write into the file itself: keeps its access lists",
      },
      { name: "repair", help: "first restore a block that lost its markers" },
      {
        name: "start",
        help: "then start litellm, even if the refresh failed",
      },
    ],
  },
  {
    heading: "Settings and keys",
    flags: [
      {
        name: "settings",
        value: "FILE",
        help: "settings (default: discover.yaml next to the config)",
      },
      {
        name: "env-file",
        value: "FILE",
        isRepeatable: true,
        help: "also read keys from there (repeatable)",
      },
      { name: "no-env-files", help: "read keys from the environment only" },
    ],
  },
  {
    heading: "Instead of a refresh",
    flags: [
      { name: "doctor", help: "say what in the config is wrong or ends soon" },
      {
        name: "why",
        value: "MODEL",
        help: "say where a name comes from, or why it is missing",
      },
      {
        name: "undo",
        help: "put the config back as it was before the last change",
      },
      { name: "remove", help: "remove the block" },
      { name: "init", help: "write a discover.yaml to start from" },
      {
        name: "list-providers",
        help: "show all providers, their keys and state",
      },
      {
        name: "print-client",
        value: "NAME",
        words: CLIENTS,
        help: "print settings for claude-code, codex or opencode",
      },
      {
        name: "completions",
        value: "SHELL",
        words: SHELLS,
        help: "print completions: powershell, bash, zsh or fish",
      },
      { name: "help", short: "h", help: "print this help" },
      { name: "version", short: "V", help: "print the version" },
    ],
  },
  {
    heading: "Output",
    flags: [
      { name: "json", help: "print one JSON object on stdout" },
      {
        name: "log-file",
        value: "FILE",
        help: "append one line of JSON per run",
      },
      {
        name: "color",
        value: "WHEN",
        words: COLORS,
        help: "color what is shown: auto, always or never",
      },
      { name: "quiet", short: "q", help: "print errors only" },
      {
        name: "verbose",
        short: "v",
        help: "print what each provider answered",
      },
    ],
  },
] as const satisfies readonly FlagGroup[];

type KnownFlag = typeof FLAG_GROUPS[number]["flags"][number];

/** All flags, in the order of the help. */
export const FLAGS: readonly KnownFlag[] = FLAG_GROUPS.flatMap(
  ({ flags }): readonly KnownFlag[] => flags,
);

/** The same without their types: any of them may have any part of a flag. */
export const TABLE: readonly Flag[] = FLAGS;

/** The name of a flag, without its dashes. */
export type FlagName = KnownFlag["name"];

/** The flags that say what to do with the block, or instead. */
export const ACTIONS = [
  "remove",
  "repair",
  "doctor",
  "why",
  "undo",
  "init",
  "list-providers",
  "print-client",
] as const satisfies readonly FlagName[];

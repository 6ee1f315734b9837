/**
 * For a command line that was refused: the line that was most likely meant.
 * Words become flags, as they are commands of other programs; a config gets its
 * `--config`; LiteLLM's flags go after the `--`.
 *
 * @module
 */

import {
  LITELLM_SECRETS,
  LITELLM_SWITCHES,
  LITELLM_VALUES,
} from "../litellm/flags.ts";
import { optionsOf } from "../litellm/litellm.ts";
import { looksLikeKey } from "../text/key_look.ts";
import { flagLike, parseArgs } from "./args.ts";
import { TABLE } from "./flags.ts";

/** What an argument stands for: ours, or one that LiteLLM is to get. */
interface Meant {
  readonly args: readonly string[];
  readonly isLitellms?: true;
  /** Whether the next argument is its value. */
  readonly takesNext: boolean;
}

/**
 * What to type instead, as a hint; nothing where no line can be made of it that
 * is taken, or one that could show a key.
 */
export function rightLine(argv: readonly string[]): string | undefined {
  const ours = optionsOf(argv);
  if (ours.some(isCallForHelp)) return "did you mean: discover --help";
  const { kept, moved } = sorted(ours);
  // Of two configs, which one?
  if (kept.filter(isConfig).length > 1) return undefined;
  const forLitellm = [...moved, ...argv.slice(ours.length + 1)];
  const after = forLitellm.length > 0 ? ["--", ...forLitellm] : [];
  const line = [...startFor(kept, moved), []]
    .map((start) => [...kept, ...start, ...after]).find(isTaken);
  const text = line && inShell(["discover", ...line]);
  if (text === undefined) return undefined;
  return moved.length > 0
    ? `litellm's flags go after --: ${text}`
    : `did you mean: ${text}`;
}

/** Without `--start` only LiteLLM's port is of use; some flags rule it out. */
function startFor(
  kept: readonly string[],
  moved: readonly string[],
): readonly (readonly string[])[] {
  const isUseful = moved.length === 0 || moved.some(isPort) ||
    kept.includes("--start");
  return isUseful ? [] : [["--start"]];
}

function sorted(
  ours: readonly string[],
): { readonly kept: readonly string[]; readonly moved: readonly string[] } {
  const kept: string[] = [];
  const moved: string[] = [];
  for (let at = 0; at < ours.length; at++) {
    const { args, isLitellms, takesNext } = meaningOf(ours[at] ?? "");
    const side = isLitellms ? moved : kept;
    side.push(...args);
    if (takesNext && at + 1 < ours.length) side.push(ours[++at] ?? "");
  }
  return { kept, moved };
}

function meaningOf(arg: string): Meant {
  const port = /^(?:-p=?)?(\d{2,5})$/.exec(arg)?.[1];
  if (port !== undefined) return litellms([`--port`, port], false);
  if (arg === "-p") return litellms(["--port"], true);
  if (arg.startsWith("-")) return meaningOfFlag(arg);
  if (/\.ya?ml$/i.test(arg)) {
    return { args: ["--config", arg], takesNext: false };
  }
  const word = arg.toLowerCase();
  if (PLAIN_RUN.includes(word)) return { args: [], takesNext: false };
  const name = word.length < 3 ? undefined : flagLike(word);
  return name === undefined
    ? { args: [arg], takesNext: false }
    : meaningOfFlag(`--${name}`);
}

/** What other programs call a run without flags. */
const PLAIN_RUN: readonly string[] = ["refresh", "run", "sync", "update"];

function meaningOfFlag(arg: string): Meant {
  const [, dashes = "", name = "", value = ""] =
    /^(--?)([^=]*)(=.*)?$/s.exec(arg) ?? [];
  const snake = name.replaceAll("-", "_");
  if (LITELLM_SWITCHES.includes(snake)) return litellms([`--${snake}`], false);
  if (LITELLM_VALUES.includes(snake)) {
    return litellms([`--${snake}${value}`], value === "");
  }
  // A single dash before a long name, as in PowerShell and Go.
  const isShort = dashes === "-" && name.length === 1;
  const flag = TABLE.find((one) => name === (isShort ? one.short : one.name));
  if (!flag) return { args: [arg], takesNext: false };
  const spelling = isShort ? arg : `--${name}${value}`;
  return {
    args: [spelling],
    takesNext: flag.value !== undefined && value === "",
  };
}

function litellms(args: readonly string[], takesNext: boolean): Meant {
  return { args, isLitellms: true, takesNext };
}

function isConfig(arg: string): boolean {
  return /^(?:-c|--config)(?:=|$)/.test(arg);
}

function isPort(arg: string): boolean {
  return arg === "--port" || arg.startsWith("--port=");
}

/** What asks for help elsewhere, on Windows above all. */
function isCallForHelp(arg: string): boolean {
  return /^(?:help|[-/]\?|\/h(?:elp)?|-help)$/i.test(arg);
}

function isTaken(argv: readonly string[]): boolean {
  try {
    parseArgs(argv);
    return true;
  } catch {
    return false;
  }
}

/** As it is typed in any shell; nothing for what each quotes otherwise, or a key. */
function inShell(line: readonly string[]): string | undefined {
  if (looksLikeKey(line.join(" ")) || line.some(hasSecret)) return undefined;
  if (!line.every((arg) => /^[\w.,:/\\@+= ()-]+$/.test(arg))) return undefined;
  return line.map((arg) => /[ ()]/.test(arg) ? `"${arg}"` : arg).join(" ");
}

/** LiteLLM's flags that take a key, and a URL with a password before its host. */
function hasSecret(arg: string): boolean {
  const [name = ""] = arg.replace(/^--/, "").split("=");
  return LITELLM_SECRETS.includes(name.replaceAll("-", "_")) ||
    /\/\/[^/]*@/.test(arg);
}

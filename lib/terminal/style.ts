/**
 * What a stream can show: whether to colour, which symbols to use, and whether to
 * redraw. Decided once, from the flags, the environment and the stream that is
 * really written: `@std/fmt/colors` decides when it is loaded, from the
 * environment alone.
 *
 * @module
 */

/** The environment, as far as it was read. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The value of `--color`. */
export type ColorChoice = "auto" | "always" | "never";

/** What a colour means; the words say the same without it. */
export type Tone = "good" | "bad" | "attention" | "accent" | "dim" | "strong";

/** The marks that begin lines, and the few signs inside them. */
export interface Symbols {
  readonly done: string;
  readonly failed: string;
  readonly attention: string;
  readonly arrow: string;
  readonly ellipsis: string;
  readonly spinner: readonly string[];
}

const UNICODE: Symbols = {
  done: "✓",
  failed: "✗",
  attention: "!",
  arrow: "→",
  ellipsis: "…",
  spinner: [..."⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"],
};

const ASCII: Symbols = {
  done: "*",
  failed: "x",
  attention: "!",
  arrow: "->",
  ellipsis: "...",
  spinner: ["|", "/", "-", "\\"],
};

/** One output stream and the system it is on. */
export interface StreamInfo {
  readonly isTerminal: boolean;
  readonly os: string;
  /**
   * Whether the runtime has switched a classic Windows console to escape
   * sequences; of no meaning elsewhere.
   */
  readonly classicConsoleReady: boolean;
  readonly env: Environment;
}

/** Whether escape sequences are obeyed there rather than shown. */
function obeysEscapes(stream: StreamInfo): boolean {
  const { isTerminal, os, env } = stream;
  if (!isTerminal || env["TERM"] === "dumb") return false;
  return os !== "windows" || isModernWindows(env) ||
    stream.classicConsoleReady;
}

/** Whether to colour: the flag, then the variables, then the stream. */
export function usesColor(choice: ColorChoice, stream: StreamInfo): boolean {
  if (choice !== "auto") return choice === "always";
  const { env } = stream;
  if (env["NO_COLOR"]) return false;
  if (env["FORCE_COLOR"]) return isOn(env["FORCE_COLOR"]);
  if (isOn(env["CLICOLOR_FORCE"])) return true;
  return obeysEscapes(stream);
}

/** ASCII wherever other characters could come out as something else. */
export function symbolsFor(stream: StreamInfo): Symbols {
  const { isTerminal, os, env } = stream;
  if (!isTerminal || ["dumb", "linux"].includes(env["TERM"] ?? "")) {
    return ASCII;
  }
  if (os === "windows") return isModernWindows(env) ? UNICODE : ASCII;
  const locale = env["LC_ALL"] || env["LC_CTYPE"] || env["LANG"];
  return !locale || /utf-?8/i.test(locale) ? UNICODE : ASCII;
}

/** Whether lines may be redrawn in place there. */
export function canRedraw(stream: StreamInfo): boolean {
  return obeysEscapes(stream) && !isOn(stream.env["CI"]);
}

/** Windows Terminal, VS Code, mintty and others that set one of these. */
function isModernWindows(env: Environment): boolean {
  return Boolean(env["WT_SESSION"] || env["TERM_PROGRAM"] || env["TERM"]);
}

function isOn(value: string | undefined): boolean {
  return Boolean(value) && value !== "0" && value !== "false";
}

/** Opening and closing parameters of the SGR sequences. */
const SGR: Readonly<Record<Tone, readonly [number, number]>> = {
  good: [32, 39],
  bad: [31, 39],
  attention: [33, 39],
  accent: [36, 39],
  dim: [2, 22],
  strong: [1, 22],
};

/** The text in its colour. */
export function colorize(text: string, tone: Tone): string {
  const [open, close] = SGR[tone];
  return `\x1b[${open}m${text}\x1b[${close}m`;
}

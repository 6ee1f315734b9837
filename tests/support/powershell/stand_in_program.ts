/**
 * Programs that play `litellm` and `discover` on PATH. They write down what
 * they were given, say a text and end with a chosen code.
 *
 * On Windows they are batch files: an argument with a quote, with `%NAME%`, or
 * with `&`, `|`, `<`, `>` or `^` and no space does not reach one whole, and a
 * variable whose value has line breaks is read back only if no line of it looks
 * like `NAME=…`. Everywhere else every byte is kept.
 *
 * @module
 */
import { onWindows, seenPath } from "../program.ts";

/** What a stand-in does. */
export interface StandInProgram {
  /** Default 0. */
  readonly exitCode?: number;
  /** It is no program at all, but a file with this text. */
  readonly noProgram?: string;
  /** One line of plain text, printed to its standard output. */
  readonly prints?: string;
  /** The same for its standard error. */
  readonly complains?: string;
  /** Ends itself with this signal instead; not on Windows. */
  readonly signal?: "HUP" | "INT" | "KILL" | "QUIT" | "TERM";
  /** Stays that long before it ends. */
  readonly waitsSeconds?: number;
}

/** What a stand-in was given. */
export interface Recorded {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Its working directory, as it sees it. */
  readonly folder: string;
}

/** Puts a stand-in for the program `name` into `bin`; it writes into `records`. */
export async function installStandIn(
  records: string,
  bin: string,
  name: string,
  what: StandInProgram,
): Promise<void> {
  await Deno.mkdir(bin, { recursive: true });
  if (what.noProgram !== undefined) {
    const path = `${bin}/${name}${onWindows ? ".exe" : ""}`;
    await Deno.writeTextFile(path, what.noProgram, { mode: 0o755 });
  } else if (onWindows) {
    const text = batch(seenPath(`${records}/${name}`), what);
    await Deno.writeTextFile(`${bin}/${name}.cmd`, text);
  } else {
    const text = shell(`${records}/${name}`, what);
    await Deno.writeTextFile(`${bin}/${name}`, text, { mode: 0o755 });
  }
}

function shell(record: string, what: StandInProgram): string {
  const file = `'${record.replaceAll("'", "'\\''")}'`;
  const end = what.signal === undefined
    ? `exit ${what.exitCode ?? 0}`
    : `kill -${what.signal} $$`;
  // The shell would leave out what it cannot have as a variable of its own.
  return `#!/bin/sh
for argument; do printf '%s\\0' "$argument"; done >${file}.args
if [ -r /proc/$$/environ ]; then /bin/cat /proc/$$/environ; else /usr/bin/env -0; fi >${file}.env
/bin/pwd >${file}.folder
${what.prints === undefined ? "" : `echo '${what.prints}'`}
${what.complains === undefined ? "" : `echo '${what.complains}' >&2`}
/bin/sleep ${what.waitsSeconds ?? 0}
${end}
`;
}

/** The variable in which a batch file keeps its own command line. */
const LINE = "stand_in_line";

function batch(record: string, what: StandInProgram): string {
  const file = record.replaceAll("%", "%%");
  const lines = [
    "@echo off",
    `set ${LINE}=%*`,
    // In UTF-16, whatever the code page of the console.
    `>"${file}.all" "%COMSPEC%" /d /u /c "set&cd"`,
    ...(what.prints === undefined ? [] : [`echo ${what.prints}`]),
    ...(what.complains === undefined ? [] : [`echo ${what.complains}>&2`]),
    ...(what.waitsSeconds === undefined
      ? []
      // The first is sent at once, one more each second.
      : [`ping -n ${what.waitsSeconds + 1} 127.0.0.1 >nul`]),
    `exit /b ${what.exitCode ?? 0}`,
  ];
  return lines.map((line) => `${line}\r\n`).join("");
}

/** What a stand-in has written down; nothing if it was not started. */
export async function readRecord(
  records: string,
  name: string,
): Promise<Recorded | undefined> {
  try {
    return await (onWindows ? readBatch : readShell)(`${records}/${name}`);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

async function readShell(record: string): Promise<Recorded> {
  const read = async (part: string): Promise<string> =>
    await Deno.readTextFile(`${record}.${part}`);
  return {
    args: atZeros(await read("args")),
    env: pairs(atZeros(await read("env"))),
    folder: (await read("folder")).trimEnd(),
  };
}

/** First the variables, among them the command line; the folder comes last. */
async function readBatch(record: string): Promise<Recorded> {
  const bytes = await Deno.readFile(`${record}.all`);
  const lines = new TextDecoder("utf-16le").decode(bytes).trimEnd()
    .split("\r\n");
  const folder = lines.pop() ?? "";
  const { [LINE]: line = "", ...env } = pairs(
    lines.join("\r\n").split(/\r\n(?=[^=\r\n]+=)/),
  );
  return { args: splitCommandLine(line), env, folder };
}

function atZeros(text: string): string[] {
  return text.split("\0").slice(0, -1);
}

function pairs(lines: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    lines.filter((line) => line !== "").map((line) => {
      const at = line.indexOf("=", 1);
      return [line.slice(0, at), line.slice(at + 1)];
    }),
  );
}

/** The arguments in a command line, as a C program on Windows gets them. */
export function splitCommandLine(line: string): string[] {
  const args: string[] = [];
  let isQuoted = false;
  let word: string | undefined;
  for (const [piece] of line.matchAll(/\\*"|\\+|\s+|[^\\"\s]+/g)) {
    if (!isQuoted && /^\s/.test(piece)) {
      if (word !== undefined) args.push(word);
      word = undefined;
    } else if (piece.endsWith('"')) {
      // Of backslashes before a quote, two stand for one.
      const slashes = piece.length - 1;
      const isText = slashes % 2 === 1;
      word = (word ?? "") + "\\".repeat(slashes >> 1) + (isText ? '"' : "");
      if (!isText) isQuoted = !isQuoted;
    } else word = (word ?? "") + piece;
  }
  return word === undefined ? args : [...args, word];
}

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
import { onWindows, seenPath } from "../process/program.ts";

/** What a stand-in does. */
export interface StandInProgram {
  /** Default 0. */
  readonly exitCode?: number;
  /** One line of plain text, printed to its standard output. */
  readonly prints?: string;
  /** Ends itself with this signal instead; not on Windows. */
  readonly signal?: "HUP" | "INT" | "QUIT" | "TERM";
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
  bin: string,
  records: string,
  name: string,
  what: StandInProgram,
): Promise<void> {
  if (onWindows) {
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
/bin/sleep ${what.waitsSeconds ?? 0}
${end}
`;
}

function batch(record: string, what: StandInProgram): string {
  const file = record.replaceAll("%", "%%");
  const lines = [
    "@echo off",
    `>"${file}.args" echo args: %*`,
    // In UTF-16, whatever the code page of the console.
    `"%COMSPEC%" /d /u /c set >"${file}.env"`,
    `"%COMSPEC%" /d /u /c cd >"${file}.folder"`,
    ...(what.prints === undefined ? [] : [`echo ${what.prints}`]),
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
  const read = (part: string): Promise<Uint8Array> =>
    Deno.readFile(`${records}/${name}.${part}`);
  try {
    return onWindows
      ? {
        args: splitCommandLine(
          new TextDecoder().decode(await read("args")).trimEnd()
            .slice("args: ".length),
        ),
        env: pairs(utf16(await read("env")).split(/\r\n(?=[^=\r\n]+=)|\r\n$/)),
        folder: utf16(await read("folder")).trimEnd(),
      }
      : {
        args: atZeros(await read("args")),
        env: pairs(atZeros(await read("env"))),
        folder: new TextDecoder().decode(await read("folder")).trimEnd(),
      };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

function utf16(bytes: Uint8Array): string {
  return new TextDecoder("utf-16le").decode(bytes);
}

function atZeros(bytes: Uint8Array): string[] {
  return new TextDecoder().decode(bytes).split("\0").slice(0, -1);
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

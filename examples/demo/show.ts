/**
 * How the demonstration looks: a few lines of 80 columns, with colour where
 * the terminal has it. Nothing is decided here.
 *
 * @module
 */

import { type Block, compareNames, targetOf } from "./block.ts";

const COLUMNS = 80;
const LABEL_COLUMNS = 14;

const useColor = Deno.stdout.isTerminal() && !Deno.noColor;

function paint(code: number): (text: string) => string {
  return (text) => useColor ? `\x1b[${code}m${text}\x1b[0m` : text;
}

/** Headings. */
export const bold: (text: string) => string = paint(1);
/** Less important text. */
export const dim: (text: string) => string = paint(2);
const red = paint(31);
const green = paint(32);

/** Prints one line. */
export function say(text = ""): void {
  const bytes = new TextEncoder().encode(`${text}\n`);
  for (let at = 0; at < bytes.length;) {
    at += Deno.stdout.writeSync(bytes.subarray(at));
  }
}

/** Prints one check and whether it holds. */
export function sayCheck(what: string, holds: boolean): void {
  say(holds ? `  ${green("ok")}      ${what}` : `  ${red("FAILED")}  ${what}`);
}

/** Prints before and after of every section, and where the aliases point. */
export function sayChanges(before: Block, after: Block): void {
  say(bold("What the second run changed in the block"));
  for (const id of after.names.keys()) {
    if (id !== "aliases") saySection(before, after, id);
  }
  for (const alias of after.names.get("aliases") ?? []) {
    const [old, now] = [targetOf(before, alias), targetOf(after, alias)];
    if (old === now) continue;
    say(`  ${alias}`);
    say(red(`    - ${old || "(missing)"}`));
    say(green(`    + ${now}`));
  }
  say();
}

function saySection(before: Block, after: Block, id: string): void {
  const old = before.names.get(id)?.length ?? 0;
  const now = after.names.get(id)?.length ?? 0;
  const { came, went } = compareNames(before, after, id);
  const same = came.length === 0 && went.length === 0;
  const label = `  ${id.padEnd(LABEL_COLUMNS - 2)}`;
  say(`${label}${old} -> ${now} models${same ? dim(", all kept") : ""}`);
  if (went.length > 0) say(red(`    - ${few(went)}`));
  if (came.length > 0) say(green(`    + ${few(came)}`));
}

/** As many names as fit, and how many there are beyond them. */
function few(names: readonly string[]): string {
  const room = COLUMNS - "    + ".length - ", and 99 more".length;
  const shown: string[] = [];
  for (const name of names) {
    if ([...shown, name].join(", ").length > room) break;
    shown.push(name);
  }
  const rest = names.length - shown.length;
  return shown.join(", ") + (rest > 0 ? `, and ${rest} more` : "");
}

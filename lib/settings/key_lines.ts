/**
 * The line on which a key of a small YAML file stands, for error messages. It
 * does not parse: of flow mappings and odd layouts it gives the nearest line
 * that it is sure of.
 *
 * @module
 */
import { textLines } from "../yaml/lines.ts";

/** The 1-based line of the last of `keys` that can be found below the others. */
export function lineOfKey(text: string, keys: readonly string[]): number {
  const lines = textLines(text);
  let at = 0;
  let scope: Scope = { from: 0, to: lines.length, indent: 0 };
  for (const key of keys) {
    const found = findKey(lines, scope, key);
    if (found === undefined) break;
    at = found;
    scope = below(lines, found);
  }
  return at + 1;
}

/** The lines below a key, and how deep its own keys stand. */
interface Scope {
  readonly from: number;
  readonly to: number;
  readonly indent: number;
  /** The key's own line, where a flow mapping may begin. */
  readonly flow?: number;
}

function findKey(
  lines: readonly string[],
  { from, to, indent, flow }: Scope,
  key: string,
): number | undefined {
  const name = `["']?${key.replace(/[^\w]/g, "\\$&")}["']?\\s*:`;
  const inBlock = new RegExp(`^ {${indent}}${name}`);
  const inFlow = new RegExp(`[{,]\\s*${name}|^\\s*${name}`);
  const all = lines.keys().toArray();
  const own = all.slice(from, to).find((at) => inBlock.test(lines[at] ?? ""));
  if (own !== undefined || flow === undefined) return own;
  return all.slice(flow, to).find((at) => {
    const rest = lines[at] ?? "";
    return inFlow.test(at === flow ? rest.replace(/^[^{]*/, "") : rest);
  });
}

function below(lines: readonly string[], at: number): Scope {
  const depth = indentOf(lines[at] ?? "");
  const rest = lines.slice(at + 1);
  const end = rest.findIndex((line) =>
    isContent(line) && indentOf(line) <= depth
  );
  const to = end < 0 ? lines.length : at + 1 + end;
  const first = lines.slice(at + 1, to).find(isContent) ?? "";
  return { from: at + 1, to, indent: indentOf(first), flow: at };
}

function isContent(line: string): boolean {
  return /^\s*[^\s#]/.test(line);
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

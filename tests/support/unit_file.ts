/**
 * Reads units of systemd, as far as the examples go: no quotes, no specifiers,
 * no line that is continued.
 *
 * @module
 */

/** The values of each key, in their order: a key may have several lines. */
export type Unit = ReadonlyMap<string, readonly string[]>;

/** One command of a unit. */
export interface UnitCommand {
  readonly words: readonly string[];
  /** Whether what comes after it is run even if it fails: the prefix `-`. */
  readonly mayFail: boolean;
}

/** The keys of all sections; throws on what it cannot read. */
export function readUnit(text: string): Unit {
  const unit = new Map<string, string[]>();
  for (const line of text.split("\n")) {
    if (/^(?:[#;].*|\[\w+\]|)$/.test(line)) continue;
    const { key, value } = /^(?<key>\w+)=(?<value>[^"'%$\\]*)$/.exec(line)
      ?.groups ?? {};
    if (key === undefined || value === undefined) {
      throw new Error(`Cannot read the unit's line "${line}"`);
    }
    unit.set(key, [...unit.get(key) ?? [], value]);
  }
  return unit;
}

/** What it runs, in the order in which systemd does. */
export function commandsOf(unit: Unit): UnitCommand[] {
  return ["ExecStartPre", "ExecStart"].flatMap((key) => unit.get(key) ?? [])
    .map((line) => ({
      words: line.replace(/^-/, "").split(" "),
      mayFail: line.startsWith("-"),
    }));
}

/**
 * The variables of an `EnvironmentFile=` with plain lines, or of `Environment=`.
 * systemd drops a line whose name has a blank, such as one with `export`.
 */
export function readAssignments(text: string): Record<string, string> {
  const lines = text.split("\n").filter((line) => /^\w+=/.test(line));
  return Object.fromEntries(lines.map((line) => {
    const at = line.indexOf("=");
    return [line.slice(0, at), line.slice(at + 1)];
  }));
}

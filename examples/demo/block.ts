/**
 * What a person would look for in the block of a config: its sections and names,
 * what an alias points to, and the difference between two versions.
 *
 * @module
 */

/** The block of one version of the config. */
export interface Block {
  /** The file without the lines from marker to marker. */
  readonly outside: string;
  /** Names by section, in the order of the block. */
  readonly names: ReadonlyMap<string, readonly string[]>;
  /** The lines of each section, its title included. */
  readonly lines: ReadonlyMap<string, readonly string[]>;
}

/** Finds the block by its marker lines and reads its plain layout. */
export function readBlock(config: string): Block {
  const lines = config.split("\n");
  const begin = lines.findIndex((line) => line.trim().startsWith("# >>> "));
  const end = lines.findIndex((line) => line.trim().startsWith("# <<< "));
  const sections = new Map<string, string[]>();
  let section: string[] = [];
  for (const line of begin < 0 ? [] : lines.slice(begin + 1, end)) {
    const title = /^ *# -- (.+): \d+/.exec(line)?.[1];
    if (title !== undefined) sections.set(title, section = []);
    section.push(line);
  }
  const names = [...sections].map(([id, own]) =>
    [id, own.flatMap(nameIn)] as const
  );
  const outside = begin < 0
    ? lines
    : [...lines.slice(0, begin), ...lines.slice(end + 1)];
  return {
    outside: outside.join("\n"),
    names: new Map(names),
    lines: sections,
  };
}

function nameIn(line: string): string[] {
  const name = /^ *- model_name: "(.+)"$/.exec(line)?.[1];
  return name === undefined ? [] : [name];
}

/** The model of a name in the block; empty if it is not there. */
export function targetOf(block: Block, name: string): string {
  for (const lines of block.lines.values()) {
    const at = lines.findIndex((line) => nameIn(line)[0] === name);
    const model = lines.slice(at).find((line) => / model: "/.test(line));
    if (at >= 0) return model?.split('"')[1] ?? "";
  }
  return "";
}

/** Names of a section that came and went between two versions. */
export function compareNames(
  before: Block,
  after: Block,
  section: string,
): { readonly came: readonly string[]; readonly went: readonly string[] } {
  const old = before.names.get(section) ?? [];
  const now = after.names.get(section) ?? [];
  return {
    came: now.filter((name) => !old.includes(name)),
    went: old.filter((name) => !now.includes(name)),
  };
}

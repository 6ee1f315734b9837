/** The part of `@std/toml/parse` used here; the npm build ships no types. */
export function parse(tomlString: string): Record<string, unknown>;

/** The part of `@std/yaml/parse` used here; the npm build ships no types. */
export interface ParseOptions {
  readonly allowDuplicateKeys?: boolean;
}

/** Parses one YAML document; throws `SyntaxError` on anything else. */
export function parse(content: string, options?: ParseOptions): unknown;

/** The part of `@std/cli/parse-args` used here; the npm build ships no types. */
export interface ParseArgsOptions {
  readonly string?: readonly string[];
  readonly boolean?: readonly string[];
  readonly collect?: readonly string[];
  readonly alias?: Readonly<Record<string, string>>;
  readonly "--"?: boolean;
  readonly unknown?: (arg: string, key?: string, value?: unknown) => unknown;
}

/** Parses an argument vector; every value is unknown until it is checked. */
export function parseArgs(
  args: readonly string[],
  options?: ParseArgsOptions,
):
  & { readonly _: readonly (string | number)[] }
  & Readonly<Record<string, unknown>>;

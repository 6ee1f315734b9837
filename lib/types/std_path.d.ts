/** The parts of `@std/path` used here; the npm build ships no types. */
export function join(path: string, ...paths: string[]): string;
export function dirname(path: string): string;

/**
 * The parts of `lib/` in the order of the data: each imports only from those
 * before it. `CONTRIBUTING.md` has the same table, with what each holds.
 *
 * @module
 */

/** Folders end in a slash. */
export const LIB_PARTS: readonly string[] = [
  "types/",
  "text/",
  "errors.ts",
  "warning.ts",
  "litellm/",
  "yaml/",
  "files/",
  "providers/",
  "block/",
  "fetch/",
  "config/",
  "catalog/",
  "clients/",
  "report/",
  "keys/",
  "terminal/",
  "io.ts",
  "cli/",
  "settings/",
  "advice/",
  "why/",
  "doctor/",
  "commands/",
  "cli.ts",
];

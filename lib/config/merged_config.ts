/**
 * A config together with all that it includes, merged as LiteLLM does it
 * (`proxy/common_utils/config_includes.py`, read in 1.106.2): lists are
 * extended, every other key of an included file replaces what was there. It
 * knows which file every part came from.
 *
 * @module
 */

import type { IncludedFile } from "./includes.ts";
import type { JsonObject } from "../text/fields.ts";
import type { Path } from "../yaml/positions.ts";

/** A config with all that it includes, as LiteLLM sees it. */
export interface Merged {
  readonly value: JsonObject;
  /** The file that a path of the whole leads into, and the path there. */
  readonly placeOf: (path: Path) => Place;
}

/** A path in one of the files; without `file` in the config itself. */
export interface Place {
  readonly file: IncludedFile | undefined;
  readonly path: Path;
}

/** Where the items that came from one file begin in a list. */
interface Origin {
  readonly file: IncludedFile | undefined;
  readonly from: number;
}

/** Merges the files into the parsed config, without its `include`. */
export function mergeIncludes(
  config: JsonObject,
  files: readonly IncludedFile[],
): Merged {
  const value = new Map<string, unknown>();
  const origins = new Map<string, Origin[]>();
  const parts = [
    { file: undefined, value: config },
    ...files.map((file) => ({
      file,
      value: file.value,
    })),
  ];
  for (const { file, value: part } of parts) {
    for (const [key, own] of Object.entries(part)) {
      if (key === "include") continue;
      const before = value.get(key);
      const isJoined = Array.isArray(before) && Array.isArray(own);
      value.set(key, isJoined ? [...before, ...own] : own);
      const origin = { file, from: isJoined ? before.length : 0 };
      origins.set(key, [...isJoined ? origins.get(key) ?? [] : [], origin]);
    }
  }
  const placeOf = ([key, at, ...rest]: Path): Place => {
    const first = typeof key === "string" ? origins.get(key) ?? [] : [];
    const index = typeof at === "number" ? at : 0;
    const { file, from } = first.findLast((origin) => origin.from <= index) ??
      { file: undefined, from: 0 };
    const own = typeof at === "number" ? at - from : at;
    const path = [key, own, ...rest].filter((step) => step !== undefined);
    return { file, path };
  };
  return { value: Object.fromEntries(value), placeOf };
}

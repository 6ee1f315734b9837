/**
 * `lib/files/store.ts`, timed; see `bench/timing.ts`.
 *
 * @module
 */

import { createStore as real, type Store } from "../../lib/files/store.ts";
import { timedAsync } from "./marks.ts";

export * from "../../lib/files/store.ts";

/** A store whose every method is timed. */
export function createStore(...args: Parameters<typeof real>): Store {
  const store = real(...args);
  const read = <T>(work: () => Promise<T>): Promise<T> =>
    timedAsync("read", work);
  const write = <T>(work: () => Promise<T>): Promise<T> =>
    timedAsync("write", work);
  return {
    ...store,
    exists: (...of) => read(() => store.exists(...of)),
    read: (...of) => read(() => store.read(...of)),
    readOptional: (...of) => read(() => store.readOptional(...of)),
    assertWritable: (...of) => read(() => store.assertWritable(...of)),
    removeLeftovers: (...of) => read(() => store.removeLeftovers(...of)),
    save: (...of) => write(() => store.save(...of)),
    writeOutput: (...of) => write(() => store.writeOutput(...of)),
  };
}

/**
 * The real `fetch`, timed from the call to the head of the answer.
 *
 * @module
 */

import { timedAsync } from "./marks.ts";

const real = globalThis.fetch;

globalThis.fetch = (...of) => timedAsync("network", () => real(...of));

/**
 * Pauses for the sake of requests that are under way. Connecting, the handshake
 * of TLS and the reading of answers share one thread with all else, and go on
 * only when that is free.
 *
 * @module
 */

// @ts-types="../types/std_async_delay.d.ts"
import { delay } from "@std/async/delay";

/** Lets them go on; between two pieces of long work. */
export async function turn(): Promise<void> {
  await delay(0);
}

/** On loopback a request is out after 2 ms. */
const OUT_MS = 4;

/** Lets them go out on the wire before long work begins. */
export async function goOut(): Promise<void> {
  await delay(OUT_MS);
}

/** By then an answer that is there already has been read and worked on. */
const IN_MS = 10;

/** Lets them come in before long work that need not be; rejects once `over`. */
export async function comeIn(over: AbortSignal): Promise<void> {
  await delay(IN_MS, { signal: over });
}

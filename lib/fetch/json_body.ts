/**
 * Reads the body of an answer as JSON under limits: a size that is checked as
 * the chunks come, and a nesting that is checked before `JSON.parse`, which no
 * deadline can interrupt: on 8 MB of `[` it takes 741 ms.
 *
 * @module
 */

import { FetchError } from "./outcome.ts";

/** The largest body that is read, after decompression. */
export const MAX_BODY_BYTES = 8 * 1024 * 1024;

/** The deepest nesting of objects and lists that is parsed. */
export const MAX_DEPTH = 64;

/**
 * The decoded body. Throws {@linkcode FetchError} `too-large`, `too-deep`,
 * `cut-off` or `not-json`; what the body said is in none of them.
 */
export async function readJson(response: Response): Promise<unknown> {
  return parseJson(await readBytes(response));
}

/** The same of a body that is read already. */
export function parseJson(bytes: Uint8Array): unknown {
  if (isTooDeep(bytes)) throw new FetchError("too-deep");
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new FetchError("not-json");
  }
}

/** The body. Throws {@linkcode FetchError} `too-large` or `cut-off`. */
export async function readBytes(response: Response): Promise<Uint8Array> {
  try {
    return isSmall(response.headers)
      ? await response.bytes()
      : await readLimited(response);
  } catch (error) {
    throw error instanceof FetchError ? error : new FetchError("cut-off");
  }
}

/** As much of a body as the sentence of an error may be in. */
const BEGINNING_BYTES = 64 * 1024;

/** The beginning of a body as text. */
export function beginningOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes.subarray(0, BEGINNING_BYTES));
}

/** Whether a body is a page for browsers; it may have no more than its beginning. */
export function isWebPage(body: string): boolean {
  return /^\uFEFF?\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head)\b/is
    .test(body);
}

/** The same of a body that is not read yet: as much of it as comes. */
export async function readBeginning({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let room = BEGINNING_BYTES;
  try {
    for await (const chunk of body ?? []) {
      text += decoder.decode(chunk.subarray(0, room), { stream: true });
      room -= chunk.length;
      if (room <= 0) break;
    }
  } catch {
    // Its status is known, and what the body says is only for people.
  }
  return text;
}

/**
 * Copied as it comes: a chunk of one byte holds a buffer of 64 KiB. Leaving the
 * loop cancels the body.
 */
async function readLimited({ body }: Response): Promise<Uint8Array> {
  const buffer = new ArrayBuffer(0, { maxByteLength: MAX_BODY_BYTES });
  const bytes = new Uint8Array(buffer);
  for await (const chunk of body ?? []) {
    const start = buffer.byteLength;
    const length = start + chunk.length;
    if (length > MAX_BODY_BYTES) throw new FetchError("too-large");
    buffer.resize(length);
    bytes.set(chunk, start);
  }
  return bytes.slice();
}

/** Says whether a length within the limit is stated: that is read at once. */
function isSmall(headers: Headers): boolean {
  const length = headers.get("content-length");
  // Of a compressed body it would be the length before decompression.
  return length !== null && !headers.has("content-encoding") &&
    Number(length) <= MAX_BODY_BYTES;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** `[` and `{`, `]` and `}` differ in one bit that is masked out here. */
const OPEN = 0x5b;
const CLOSE = 0x5d;
const CASE_BIT = 0x20;

function isTooDeep(bytes: Uint8Array): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (inText) {
      if (byte === BACKSLASH) at++;
      else if (byte === QUOTE) inText = false;
    } else if (byte === QUOTE) {
      inText = true;
    } else if ((byte & ~CASE_BIT) === OPEN) {
      if (++depth > MAX_DEPTH) return true;
    } else if ((byte & ~CASE_BIT) === CLOSE) {
      depth--;
    }
  }
  return false;
}

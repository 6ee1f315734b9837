/**
 * Refuses bytes that no reader of a LiteLLM config takes, before anything else
 * is read: UTF-16, UTF-32, NUL and other control characters. Does not ask for
 * UTF-8: a file in a Windows code page is fine, its bytes are never decoded.
 *
 * @module
 */
import { ConfigError } from "../errors.ts";

const SAVE_AS_UTF8 = "save the file as UTF-8 in your editor";

/** 1-based number of the line on which the byte at `offset` stands. */
export function lineOf(bytes: Uint8Array, offset: number): number {
  let line = 1;
  for (let at = 0; at < offset; at++) {
    const byte = bytes[at];
    const loneCr = byte === 0x0d && bytes[at + 1] !== 0x0a;
    if (byte === 0x0a || loneCr) line++;
  }
  return line;
}

/**
 * Returns the offsets of U+0085, U+2028 and U+2029 in UTF-8, which end a line
 * for PyYAML. Throws `ConfigError` for what cannot be edited as bytes.
 */
export function checkBytes(bytes: Uint8Array): readonly number[] {
  refuseWideEncodings(bytes);
  const lookalikes: number[] = [];
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte >= 0x20 && byte < 0x7f) continue;
    if (byte < 0x20 || byte === 0x7f) refuseControl(bytes, at);
    else if (byte === 0xc2 && bytes[at + 1] === 0x85) lookalikes.push(at);
    else if (byte === 0xe2 && bytes[at + 1] === 0x80) {
      const third = bytes[at + 2];
      if (third === 0xa8 || third === 0xa9) lookalikes.push(at);
    }
  }
  return lookalikes;
}

function refuseWideEncodings(bytes: Uint8Array): void {
  const [first, second, third, fourth] = bytes;
  const wideMark = (first === 0xff && second === 0xfe) ||
    (first === 0xfe && second === 0xff);
  // Without a mark: the first two characters are ASCII, with NULs between.
  const wideText = bytes.length >= 4 &&
    (first === 0) !== (second === 0) && (third === 0 || fourth === 0);
  if (wideMark || wideText || (first === 0 && second === 0)) {
    throw new ConfigError("text in UTF-16 or UTF-32", {
      line: 1,
      hint: SAVE_AS_UTF8,
    });
  }
}

function refuseControl(bytes: Uint8Array, at: number): void {
  const byte = bytes[at] ?? 0;
  if (byte === 0x09 || byte === 0x0a || byte === 0x0d) return;
  const code = byte.toString(16).padStart(2, "0");
  const what = byte === 0 ? "NUL byte" : `control character 0x${code}`;
  throw new ConfigError(what, {
    line: lineOf(bytes, at),
    hint: byte === 0 ? SAVE_AS_UTF8 : "delete that invisible character",
  });
}

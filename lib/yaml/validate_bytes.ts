/**
 * Refuses bytes that no reader of a LiteLLM config accepts, before anything else
 * is read: UTF-16, UTF-32, NUL and other control characters. The file need not
 * be UTF-8: a Windows code page is fine, since the bytes are never decoded.
 *
 * @module
 */
import { ConfigError } from "../errors.ts";
import { lineOf } from "./lines.ts";

const SAVE_AS_UTF8 = "save the file as UTF-8 in your editor";

/**
 * Control characters but TAB, LF and CR; and the UTF-8 of U+0085, U+2028 and
 * U+2029, with one character for each byte.
 */
const SUSPECT = /[^\t\n\r -~\x80-\uffff]|\xc2\u2026|\xe2\u20ac[\xa8\xa9]/g;

/**
 * Returns the offsets of U+0085, U+2028 and U+2029 in UTF-8, which end a line
 * for PyYAML. `text` is the bytes with one character for each. Throws
 * `ConfigError` for what cannot be edited as bytes.
 */
export function checkBytes(
  bytes: Uint8Array,
  text: string,
): readonly number[] {
  if (isWideEncoding(bytes)) {
    throw new ConfigError("encoded as UTF-16 or UTF-32", {
      line: 1,
      hint: SAVE_AS_UTF8,
    });
  }
  const lookalikes: number[] = [];
  // Right after the start, a loop over the bytes takes ten times as long.
  for (const { index } of text.matchAll(SUSPECT)) {
    const byte = bytes[index] ?? 0;
    if (byte < 0x80) throw controlError(bytes, index, byte);
    lookalikes.push(index);
  }
  return lookalikes;
}

/** Whether it is UTF-16 or UTF-32, with a byte order mark or without. */
export function isWideEncoding(bytes: Uint8Array): boolean {
  const [first, second, third, fourth] = bytes;
  const wideMark = (first === 0xff && second === 0xfe) ||
    (first === 0xfe && second === 0xff);
  // Without a mark: the first two characters are ASCII, with NULs between.
  const wideText = bytes.length >= 4 &&
    (first === 0) !== (second === 0) && (third === 0 || fourth === 0);
  return wideMark || wideText || (first === 0 && second === 0);
}

function controlError(
  bytes: Uint8Array,
  at: number,
  byte: number,
): ConfigError {
  const code = byte.toString(16).padStart(2, "0");
  // A run with --in-place that was interrupted leaves such a file.
  if (byte === 0 && at === 0) {
    return new ConfigError("NUL byte at the start of the file", {
      line: 1,
      hint: "if a run with --in-place was interrupted, copy the .bak file " +
        `over it; otherwise ${SAVE_AS_UTF8}`,
    });
  }
  const what = byte === 0 ? "NUL byte" : `control character 0x${code}`;
  return new ConfigError(what, {
    line: lineOf(bytes, at),
    hint: byte === 0 ? SAVE_AS_UTF8 : "delete that invisible character",
  });
}

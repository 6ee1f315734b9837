/**
 * Bytes of a config as text: LiteLLM reads the file in UTF-8 or in the code page
 * of a Windows machine.
 *
 * @module
 */

/** Whether the bytes are valid UTF-8; if not, they are read as cp1252. */
export function isUtf8(bytes: Uint8Array): boolean {
  return utf8Text(bytes) !== undefined;
}

/** The bytes as text: UTF-8 if valid, else cp1252. */
export function decodeText(bytes: Uint8Array): string {
  return utf8Text(bytes) ?? byteText(bytes);
}

/** One character a byte, read as cp1252: enough where only ASCII counts. */
export function byteText(bytes: Uint8Array): string {
  return new TextDecoder("windows-1252").decode(bytes);
}

function utf8Text(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

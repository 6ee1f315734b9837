/**
 * Bytes of the config that LiteLLM may misread: on Windows, Python opens it in
 * the machine's code page unless UTF-8 mode is on.
 *
 * @module
 */

import { isUtf8 } from "../../yaml/encoding.ts";
import { hasBom, sliceText } from "../../yaml/bytes.ts";
import { lineOf } from "../../yaml/lines.ts";
import { TokenReader } from "../../yaml/tokens.ts";
import type { IncludedFile } from "../../config/includes.ts";
import type { DoctorInput, Found, ReadAs } from "../input.ts";

/**
 * How LiteLLM will read the config: `--start` and `start-proxy.ps1` set
 * `PYTHONUTF8` for one in UTF-8.
 */
export function readingOf(
  bytes: Uint8Array,
  { os, environment, start }: {
    readonly os: string;
    readonly environment: Readonly<Record<string, string | undefined>>;
    readonly start: boolean;
  },
): ReadAs {
  const isSet = environment["PYTHONUTF8"] === "1";
  if (isSet || start && isUtf8(bytes)) return "utf-8";
  return os === "windows" ? "code page" : "utf-8 here";
}

/** At most one finding for each file, with the line of the first such byte. */
export function encodingFindings(
  { bytes, readAs, config: { includes } }: DoctorInput,
): Found[] {
  const files = includes.files.map((file) => ({ file, bytes: file.bytes }));
  return [{ file: undefined, bytes }, ...files]
    .flatMap((one) => inFile(one, readAs));
}

interface FileBytes {
  readonly file: IncludedFile | undefined;
  readonly bytes: Uint8Array;
}

/** Comments count only in a code page: one that lacks a byte stops LiteLLM. */
function inFile({ file, bytes }: FileBytes, readAs: ReadAs): Found[] {
  const first = firstBeyondAscii(bytes, 0, bytes.length);
  if (first < 0) return [];
  const what = file ? "the included file" : "the config";
  const atByte = (at: number): Found["at"] => ({
    file,
    line: lineOf(bytes, at),
  });
  if (!isUtf8(bytes)) return [notUtf8(what, atByte(first), readAs)];
  if (readAs === "utf-8") return [];
  if (hasBom(bytes)) return [byteOrderMark(what, atByte(0))];
  const at = readAs === "code page" ? first : firstInContent(bytes);
  return at === undefined ? [] : [{
    code: "non-ascii",
    at: atByte(at),
    text: "non-ASCII characters, which LiteLLM on Windows misreads or refuses",
    hint: UTF8_MODE,
  }];
}

/** Python reads UTF-8 strictly: a byte in a comment is enough. */
function notUtf8(what: string, at: Found["at"], readAs: ReadAs): Found {
  return readAs === "code page"
    ? {
      code: "non-ascii",
      at,
      text: `${what} is not UTF-8: LiteLLM reads it only where the machine's ` +
        "code page matches",
      hint: "save it as UTF-8, and set PYTHONUTF8=1 for LiteLLM",
    }
    : {
      code: "not-utf8",
      at,
      text: `${what} is not UTF-8: LiteLLM cannot read it here`,
      hint: "save it as UTF-8",
    };
}

const UTF8_MODE = "set PYTHONUTF8=1 for LiteLLM there, as --start and " +
  "start-proxy.ps1 do, or use ASCII only";

/** Before a key it becomes part of it; before a comment nothing can be read. */
function byteOrderMark(what: string, at: Found["at"]): Found {
  return {
    code: "byte-order-mark",
    at,
    text: `${what} begins with a byte order mark, which LiteLLM on Windows ` +
      "takes for text: it misses the first key, or does not start",
    hint: "save it as UTF-8 without BOM",
  };
}

/** Its offset; negative if there is none. */
function firstBeyondAscii(
  bytes: Uint8Array,
  start: number,
  end: number,
): number {
  const at = sliceText(bytes, start, end).search(/[\x80-\uffff]/);
  return at < 0 ? at : start + at;
}

/** The first byte beyond ASCII that is not in a comment. */
function firstInContent(bytes: Uint8Array): number | undefined {
  const reader = new TokenReader(bytes);
  for (;;) {
    const { kind, start, end } = reader.next();
    if (kind === "end") return undefined;
    if (kind === "comment") continue;
    const at = firstBeyondAscii(bytes, start, end);
    if (at >= 0) return at;
  }
}

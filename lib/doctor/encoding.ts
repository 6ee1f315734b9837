/**
 * Bytes of the config that LiteLLM may misread: on Windows, Python opens it in
 * the machine's code page unless UTF-8 mode is on.
 *
 * @module
 */

import { isUtf8 } from "../yaml/encoding.ts";
import { hasBom, sliceText } from "../yaml/bytes.ts";
import { lineOf } from "../yaml/lines.ts";
import { TokenReader } from "../yaml/tokens.ts";
import type { DoctorInput, Found } from "./input.ts";

/**
 * At most one finding, with the line of the first such byte. Comments count
 * only in a code page: one that lacks a byte stops LiteLLM.
 */
export function encodingFindings(
  { bytes, readAs }: Pick<DoctorInput, "bytes" | "readAs">,
): Found[] {
  const first = firstBeyondAscii(bytes, 0, bytes.length);
  if (first < 0) return [];
  if (!isUtf8(bytes)) {
    return [{
      code: "not-utf8",
      at: placeOf(bytes, first),
      text: "the config is not UTF-8",
      hint:
        "save it as UTF-8: LiteLLM reads it only where the machine's code " +
        "page matches",
    }];
  }
  if (readAs === "utf-8") return [];
  if (hasBom(bytes)) return [BOM];
  const at = readAs === "code page" ? first : firstInContent(bytes);
  if (at === undefined) return [];
  return [{
    code: "non-ascii",
    at: placeOf(bytes, at),
    text: "non-ASCII characters, which LiteLLM on Windows misreads",
    hint: UTF8_MODE,
  }];
}

const UTF8_MODE = "set PYTHONUTF8=1 for LiteLLM there, as --start and " +
  "start-proxy.ps1 do, or use ASCII only";

const BOM: Found = {
  code: "byte-order-mark",
  at: { file: undefined, line: 1 },
  text: "the config begins with a byte order mark, which LiteLLM on Windows " +
    "reads as part of the first key",
  hint: "save it as UTF-8 without BOM",
};

function placeOf(bytes: Uint8Array, offset: number): Found["at"] {
  return { file: undefined, line: lineOf(bytes, offset) };
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

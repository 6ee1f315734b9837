/**
 * Keys that stand twice in one mapping: the last one wins for LiteLLM, and what
 * stands below the first is lost without a word.
 *
 * @module
 */

import type { IncludedFile } from "../../config/includes.ts";
import { quoted, shown } from "../../text/key_look.ts";
import { decodeText } from "../../yaml/encoding.ts";
import { mayRepeatKeys } from "../../yaml/repeat_scan.ts";
import type { Path } from "../../yaml/positions.ts";
import type { RepeatedKey } from "../../yaml/written_keys.ts";
import type { DoctorInput, Found } from "../input.ts";

/** In the config and in all that it includes. */
export function repeatedKeys(
  { config, lines }: Pick<DoctorInput, "config" | "lines">,
): Found[] {
  const files = [undefined, ...config.includes.files];
  return files.filter((file) => mayRepeatKeys(decodeText(lines.bytesOf(file))))
    .flatMap((file) =>
      lines.positionsIn(file).repeatedKeys().filter(({ isSame }) => !isSame)
        .map((one) => finding(file, one))
    );
}

/** Where the lost one is: it is the one that does nothing. */
function finding(
  file: IncludedFile | undefined,
  { path, lostLine, line, lost }: RepeatedKey & { readonly path: Path },
): Found {
  const key = String(path.at(-1));
  const names = lost.map((name) => shown(name)).join(", ");
  const what = lost.length > 0
    ? `what only this one has is lost (${names})`
    : "this one is lost";
  return {
    code: "repeated-key",
    text: `${quoted(key)} stands again on line ${line}, and the last one ` +
      `wins: ${what}`,
    hint: lost.length > 0
      ? `move ${lost.length > 1 ? "them" : "it"} below the ${shown(key)}: on ` +
        `line ${line}, and remove this one`
      : lostLine === line
      ? "keep one of the two"
      : `keep one of lines ${lostLine} and ${line}`,
    at: { file, line: lostLine },
  };
}

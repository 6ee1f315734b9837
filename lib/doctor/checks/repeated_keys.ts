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
  repeated: RepeatedKey & { readonly path: Path },
): Found {
  const { path, lostLine, line } = repeated;
  const key = String(path.at(-1));
  return {
    code: "repeated-key",
    text: `${quoted(key)} stands again on line ${line}, and the last one ` +
      `wins: ${lossOf(repeated)}`,
    hint: hintFor(key, repeated),
    at: { file, line: lostLine },
  };
}

/** The second one may be empty, or another kind of value. */
function lossOf({ lost, lists, others, areLists }: RepeatedKey): string {
  const both = [...lists, ...others];
  const own = `its own ${namesIn(both)}`;
  if (lost.length > 0) {
    return `what only this one has is lost (${namesIn(lost)})` +
      (both.length > 0 ? `, and ${own}` : "");
  }
  if (both.length > 0) return `${own} ${both.length > 1 ? "are" : "is"} lost`;
  return areLists ? "its items are lost" : "this one is lost";
}

/** Nothing that the user wrote is lost by following it. */
function hintFor(key: string, repeated: RepeatedKey): string {
  const { lostLine, line, lost, lists, others, areLists, isFlow } = repeated;
  const remove = "and remove this one";
  const to = isFlow ? "into" : "below";
  if (areLists) {
    return `move its items ${to} the one on line ${line}, ${remove}`;
  }
  const where = `the ${shown(key)}: on line ${line}`;
  const inIt = lost.length > 0 ? "there" : `in ${where}`;
  const after = lost.length + lists.length > 0 ? "there" : `in ${where}`;
  const steps = [
    ...lost.length > 0 ? [`move ${namesIn(lost)} ${to} ${where}`] : [],
    ...lists.length > 0
      ? [`add the items of ${namesIn(lists)} to those ${inIt}`]
      : [],
    ...others.length > 0
      ? [`keep the ${namesIn(others)} that you want ${after}`]
      : [],
  ];
  if (steps.length > 0) return [...steps, remove].join(", ");
  return lostLine === line
    ? "keep one of the two"
    : `keep one of lines ${lostLine} and ${line}`;
}

function namesIn(names: readonly string[]): string {
  return names.map((name) => shown(name)).join(", ");
}

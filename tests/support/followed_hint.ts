/**
 * Does what a hint says, as its reader would: to the letter, with no idea of
 * how it was made.
 *
 * @module
 */

/** A file after a hint was followed. */
export interface Followed {
  /** The included file; none for the config itself. */
  readonly file: string | undefined;
  readonly text: string;
}

/** Nothing for a hint that names no line. */
export function followed(
  hint: string,
  readFile: (file: string | undefined) => string,
): Followed | undefined {
  const [instruction = "", ...paste] = hint.split("\n");
  const file = / of "([^"]+)"/.exec(instruction)?.[1];
  const plain = instruction.replace(/ of (?:"[^"]+"|the config)/, "");
  const text = changed(readFile(file), plain, paste);
  return text === undefined ? undefined : { file, text };
}

function changed(
  text: string,
  instruction: string,
  paste: readonly string[],
): string | undefined {
  const eol = /\r\n|\r|\n/.exec(text)?.[0] ?? "\n";
  const lines = text.split(eol);
  const [, after] = /^after line (\d+), add:$/.exec(instruction) ?? [];
  if (after !== undefined) {
    return lines.toSpliced(Number(after), 0, ...paste).join(eol);
  }
  const [, from, to = from] =
    /^replace lines? (\d+)(?:-(\d+))? with:$/.exec(instruction) ?? [];
  if (from !== undefined) {
    const count = Number(to) - Number(from) + 1;
    return lines.toSpliced(Number(from) - 1, count, ...paste).join(eol);
  }
  const [, at, behind = "", instead = ""] =
    /^on line (\d+), right after `(.*?)`, (?:insert|write instead of `(.*)`):$/
      .exec(instruction) ?? [];
  if (at === undefined) return undefined;
  const line = lines[Number(at) - 1] ?? "";
  const old = behind + instead;
  if (!line.includes(old)) throw new Error(`no "${old}" on line ${at}`);
  const [new_ = ""] = paste;
  const whole = line.replace(old, () => behind + new_);
  return lines.toSpliced(Number(at) - 1, 1, whole).join(eol);
}

/**
 * Cuts a PowerShell script into its top-level statements, just far enough that
 * a whole plain one can be told from everything else. In doubt (a quote that is
 * not closed, or after a `#` in a word or `--%`) the whole rest is one
 * statement: that can only hide a plain one.
 *
 * @module
 */

import { unescaped } from "./env_file.ts";

/** A statement that is in no block, expression or other statement. */
export interface Statement {
  /**
   * Without comments. A string of one word shows as `"word"`, any other as
   * `"word#N"`: the word or path it begins with, if any, and its place in
   * `strings`; the code that runs in it comes after. A line end is `\n`, or
   * `\v` where it separates nothing. A `#` comes before a rest in doubt.
   */
  readonly code: string;
  readonly strings: readonly Quoted[];
  /** Whether it is a function. */
  readonly isDefinition: boolean;
  /** Where it begins, counted from 1. */
  readonly line: number;
}

/** A string of a script. */
interface Quoted {
  /** The text between the quotes, as it is written. */
  readonly text: string;
  /** None if it has to be computed. */
  readonly value: string | undefined;
  /** What runs to compute it. */
  readonly code: readonly string[];
}

// PowerShell takes typographic quotes, as web pages have them, for plain ones.
const [singles, doubles] = ["'\u2018-\u201b", '"\u201c-\u201e'];
const [single, double] = [`[${singles}]`, `[${doubles}]`];
const variable = `\\$\\{${run("[^}`]", "`[^]")}\\}`;
// In a string PowerShell only counts parentheses, whatever is between.
const parentheses = [1, 2, 3].reduce(
  (inner) => run("[^()]", `\\(${inner}\\)`),
  "[^()]*",
);
const expanded = `\\$(?![({])|\\$\\(${parentheses}\\)|${variable}`;
/** After these no word can swallow what comes. */
const begins = "(?<![^\\s;{}(),|&])";
const assigned = "(?<=(?:^|[\\n;{(])[ \\t]*\\$[\\w:]+[ \\t]*=)";
const strings = [
  `${single}${run(`[^${singles}]`, `${single}{2}`)}${single}(?!${single})`,
  `${double}${
    run(`[^${doubles}\`$]`, `${double}{2}|\`[^]|${expanded}`)
  }${double}(?!${double})`,
  `(?=@)(?:${begins}|${assigned})@(?:${single}[^\\S\\n]*(?=\\n)[^]*?\\n${single}` +
  `|${double}[^\\S\\n]*(?=\\n)${
    run("[^\\n`$]", `\\n(?!${double}@)|\`[^\\n]|${expanded}`)
  }\\n${double})@`,
];
/** A comment, or not: no matter, unless something in it opens or closes. */
const doubtful =
  `(?:#|(?<=[^\\s;{}(),|&])<#|--%)(?:(?!<#)[^\\n(){}\`${singles}${doubles}])*(?=\\n|$)`;
const token = new RegExp(
  `(?<blank>[^\\S\\n\\ufeff]+|\`\\r?\\n|${begins}(?:#[^\\n]*|<#[^]*?#>))|[\\n;]` +
    `|(?<string>${strings.join("|")})|(?<open>[$@]?\\(|@?\\{)|(?<close>[)}])` +
    `|${doubtful}|${variable}|(?!--%)[^\\s\`#<@$(){};${singles}${doubles}]+` +
    `|<(?!#)|@(?!${single}|${double})|\\$(?!\\{)|\`[^]|(?<rest>[^]+)`,
  "g",
);

/** A script in which some line ends are not taken for such here. */
const unclear = /\r(?!\n)/;

/** After these, the next line goes on with the statement. */
const unfinished = /[,|&=]$|^(?:[?:]+|-and|-or)$/i;
/** With these, the next line goes on with the statement. */
const goingOn = /^[|{]/;
const definition = /^(?:function|filter)$/i;
/** The word or path that a string is or begins with. */
const head = /^[\w:\\/.*-]*(?![\w:\\/.*\s-])/;
const subexpression = new RegExp(`\\$\\(${parentheses}\\)`, "g");
const singleQuoted = new RegExp(`^@?${single}`);
const pair = new RegExp(`${single}(${single})`, "g");
const special = new RegExp(
  `\`([^])|${double}(${double})|\\$[\\p{L}\\p{N}_?:{($^]`,
  "gu",
);

/** Any number of plain characters and others, in linear time. */
function run(plain: string, other: string): string {
  return `${plain}*(?:(?:${other})${plain}*)*`;
}

/** The statements of a script, in order. */
export function* powerShellStatements(text: string): Generator<Statement> {
  const pieces = unclear.test(text) ? /(?<rest>[^]+)/g : token;
  let [draft, line] = [new Draft("", 1), 1];
  for (const { 0: piece, groups = {} } of text.matchAll(pieces)) {
    const lineEnds = piece.split("\n").length - 1;
    if (piece === "\n") draft.endLine();
    else if (groups["blank"]) draft.code += ` ${"\v".repeat(lineEnds)}`;
    else {
      if (draft.isOver(piece)) {
        if (draft.code !== "") yield draft;
        draft = new Draft(piece, line);
      }
      draft.add(piece, groups);
      if (groups["string"]) draft.code += "\v".repeat(lineEnds);
    }
    line += lineEnds;
  }
  yield draft;
}

class Draft implements Statement {
  code = "";
  readonly strings: Quoted[] = [];
  readonly isDefinition: boolean;
  readonly line: number;
  readonly #open: string[] = [];
  #last = "";
  /** A line that has ended may go on in the next one. */
  #ended: "no" | "line" | "yes" = "yes";

  constructor(first: string, line: number) {
    this.isDefinition = definition.test(first);
    this.line = line;
  }

  isOver(next: string): boolean {
    return this.#ended === "yes" ||
      this.#ended === "line" && !goingOn.test(next);
  }

  endLine(): void {
    const goesOn = this.#open.at(-1) === "(" || unfinished.test(this.#last);
    this.code += goesOn ? "\v" : "\n";
    const isEnd = this.#open.length === 0 && !goesOn;
    if (isEnd && this.#ended === "no") this.#ended = "line";
  }

  add(piece: string, groups: Readonly<Record<string, string>>): void {
    this.#last = piece;
    if (groups["open"]) this.#open.push(piece);
    if (groups["close"]) this.#open.pop();
    const isOuter = this.#open.length === 0;
    // After a definition nothing has to separate.
    const isDefined = piece === "}" && this.isDefinition;
    this.#ended = isOuter && (piece === ";" || isDefined) ? "yes" : "no";
    if (groups["string"]) this.code += this.#shown(quoted(piece));
    else if (groups["rest"]) {
      this.code += `#${piece.replace(/\$\{?env:(\w+)/gi, "env:$1 ")}`;
    } else if (!isOuter || piece !== ";") {
      this.code += piece.replace(/["\n]/g, "_");
    }
  }

  #shown(string: Quoted): string {
    const [shown = ""] = head.exec(string.text) ?? [];
    if (shown === string.value) return `"${shown}"`;
    const at = this.strings.push(string) - 1;
    return [`"${shown}#${at}"`, ...string.code].join(";").replaceAll("\n", ";");
  }
}

function quoted(piece: string): Quoted {
  const isHere = piece.startsWith("@");
  const text = isHere
    ? piece.slice(piece.indexOf("\n"), -3).slice(1).replace(/\r$/, "")
    : piece.slice(1, -1);
  if (singleQuoted.test(piece)) {
    const value = isHere ? text : text.replace(pair, "$1");
    return { text, value, code: [] };
  }
  let isComputed = false;
  const value = text.replace(special, (found, escaped = "", quote = "") => {
    if (quote !== "") return isHere ? found : quote;
    // On `e` and `u` 5.1 and 7 differ.
    isComputed ||= /^[eu0\r\n]?$/.test(escaped);
    return unescaped(escaped);
  });
  const code = text.match(subexpression) ?? [];
  return { text, value: isComputed ? undefined : value, code };
}

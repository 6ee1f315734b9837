/**
 * Cuts a PowerShell script into its top-level statements, just far enough that
 * a whole plain one can be told from everything else. In doubt two statements
 * become one, or the whole rest does: that can only hide a plain one.
 *
 * @module
 */

import { maxValueLength } from "./env_file.ts";

/** A string of a script. */
export interface Quoted {
  /** What stands between the quotes, as it is written. */
  readonly text: string;
  /** None if it has to be computed. */
  readonly value: string | undefined;
}

/** A statement that stands in no block, expression or other statement. */
export interface Statement {
  /**
   * Without comments, each string as `"N"`, its place in `strings`. A line end
   * is `\n`, or `\v` where it separates nothing.
   */
  readonly code: string;
  readonly strings: readonly Quoted[];
  /** Where it begins, counted from 1. */
  readonly line: number;
}

type Kind = typeof kinds[number] | "rest";

/** `rest` is the whole rest of the script, which cannot be cut. */
interface Token {
  readonly kind: Kind;
  readonly piece: string;
}

/** In the order of the groups of {@linkcode token}. */
const kinds = ["blank", "end", "string", "open", "close", "plain"] as const;

/** Brackets within brackets, beyond which the script is not read on. */
const maxDepth = 1000;

// The patterns follow PowerShell's own tokenizer, as a real one has judged them
// (tests/oracle/powershell_values.ts): what only its parser knows, such as
// whether a `#` in a word begins a comment, is left in doubt.

// PowerShell takes typographic quotes, as web pages have them, for plain ones.
const singles = "'\u2018\u2019\u201a\u201b";
const doubles = '"\u201c\u201d\u201e';
const [single, double] = [`[${singles}]`, `[${doubles}]`];
/** A token that a word before it cannot swallow. */
const begins = "(?<![^ \\t\\n;{}(),|&])";
const assigned = "(?<=(?:^|[\\n;{(])[ \\t]*\\$[\\w:]+[ \\t]*=)";
const variable = `\\$\\{${run("[^}`]", "`[^]")}\\}`;
// In a string PowerShell only counts parentheses, whatever stands between.
const parentheses = [1, 2, 3].reduce(
  (inner) => run("[^()]", `\\(${inner}\\)`),
  "[^()]*",
);
const expanded = `\\$(?![({])|\\$\\(${parentheses}\\)|${variable}`;
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
const doubtful = `(?:#|(?<=[^ \\t\\n;{}(),|&])<#|--%(?!\\S))` +
  `(?:(?!<#)[^\\n(){}\`${singles}${doubles}])*(?=\\n|$)`;
const word = `(?!--%(?!\\S))[^\\s\`#<@$(){};${singles}${doubles}]+`;
const symbol =
  `<(?!#)|@(?![${singles}${doubles}][^\\S\\n]*\\n)|\\$(?!\\{)|\`[^]`;
const token = new RegExp(
  `([^\\S\\n\\ufeff]+|\`\\n|${begins}(?:#[^\\n]*|<#[^]*?#>))|([\\n;])|(${
    strings.join("|")
  })|([$@]?\\(|@?\\{)|([)}])|(${doubtful}|${variable}|${word}|${symbol})`,
  "y",
);

const pair = new RegExp(`(${single})(${single})`, "g");
const definition = /(?:function|filter|class|enum)\b/iy;
const special = new RegExp(`\`([^]?)|${double}(${double})|\\$`, "g");
const expanding = /[\p{L}\p{N}_?:{($^]/uy;
/** What a backtick makes of letters; on `e` and `u` 5.1 and 7 differ. */
const [letters, escapes] = ["abfnrtv", "\x07\b\f\n\r\t\v"];

/** Any number of plain characters and others, in linear time. */
function run(plain: string, other: string): string {
  return `${plain}*(?:(?:${other})${plain}*)*`;
}

/** The statements of a script, in order. */
export function powerShellStatements(text: string): Generator<Statement> {
  const lineEnd = /\r(?!\n)|(?<!\r)\n/.test(text) ? "\n" : "\r\n";
  const isMixed = lineEnd === "\n" && text.includes("\r");
  const splitter = new Splitter(
    text.replace(/\r\n?/g, "\n"),
    isMixed ? undefined : lineEnd,
  );
  return splitter.statements();
}

function* tokens(text: string): Generator<Token> {
  for (let at = 0; at < text.length;) {
    token.lastIndex = at;
    const [piece = text.slice(at), ...groups] = token.exec(text) ?? [];
    const kind = kinds[groups.findIndex((group) => group !== undefined)];
    yield { kind: kind ?? "rest", piece };
    at += piece.length;
  }
}

class Splitter {
  readonly #text: string;
  /** What stands for LF in the script; none if it varies. */
  readonly #lineEnd: string | undefined;
  #at = 0;
  /** Brackets that are open; `(` is one that holds no statements. */
  readonly #open: string[] = [];
  #code = "";
  #strings: Quoted[] = [];
  /** Where the statement begins; none if nothing of it was there yet. */
  #start: number | undefined;
  #isDefinition = false;
  /** The last character of the last token. */
  #last = "";
  /** A line has ended, and only `{` goes on with the statement. */
  #isPending = false;
  #line = 1;
  #counted = 0;

  constructor(text: string, lineEnd: string | undefined) {
    this.#text = text;
    this.#lineEnd = lineEnd;
  }

  *statements(): Generator<Statement> {
    for (const { kind, piece } of tokens(this.#text)) {
      const separates = piece === ";" && this.#open.length === 0;
      if (kind === "blank") this.#code += ` ${voided(piece)}`;
      else if (piece === "\n") this.#endLine();
      else {
        const goesOn = !this.#isPending || piece === "{";
        if (separates || !goesOn) yield* this.#take();
        if (!separates) this.#add(kind, piece);
      }
      this.#at += piece.length;
      if (this.#open.length > maxDepth) break;
      // Behind a definition nothing has to separate.
      const isWhole = this.#isDefinition && this.#open.length === 0;
      if (piece === "}" && isWhole) yield* this.#take();
    }
    yield* this.#take();
  }

  *#take(): Generator<Statement> {
    const [isEmpty, code] = [this.#start === undefined, this.#code.trim()];
    const statement = { code, strings: this.#strings, line: this.#line };
    [this.#strings, this.#start, this.#isPending] = [[], undefined, false];
    if (!isEmpty) yield statement;
  }

  #endLine(): void {
    const isOuter = this.#open.length === 0;
    const goesOn = this.#last === "," || this.#last === "|" ||
      (isOuter
        ? this.#last === "=" && this.#text.charAt(this.#start ?? -1) === "$"
        : this.#open.at(-1) === "(");
    this.#code += goesOn ? "\v" : "\n";
    if (isOuter && !goesOn) this.#isPending = this.#start !== undefined;
  }

  #add(kind: Kind, piece: string): void {
    if (this.#start === undefined) this.#begin();
    this.#isPending = false;
    this.#last = kind === "string" ? '"' : piece.slice(-1);
    if (kind === "open") this.#open.push(piece);
    if (kind === "close") this.#open.pop();
    if (kind === "string") {
      this.#code += `"${this.#strings.length}"`;
      this.#strings.push(this.#quoted(piece));
    } else if (kind === "plain") this.#code += piece.replace(/["\n]/g, "_");
    else this.#code += piece;
  }

  #begin(): void {
    const passed = this.#text.slice(this.#counted, this.#at);
    this.#line += passed.length - passed.replaceAll("\n", "").length;
    [this.#code, this.#start, this.#counted] = ["", this.#at, this.#at];
    definition.lastIndex = this.#at;
    this.#isDefinition = definition.test(this.#text);
  }

  #quoted(piece: string): Quoted {
    const isHere = piece.startsWith("@");
    const text = piece.slice(...(isHere ? [piece.indexOf("\n"), -3] : [1, -1]));
    const written = isHere ? text.slice(1) : text;
    const isKnown = this.#lineEnd !== undefined || !written.includes("\n");
    if (!isKnown || written.length > 2 * maxValueLength) {
      return { text, value: undefined };
    }
    const exact = written.replaceAll("\n", this.#lineEnd ?? "\n");
    const isSingle = singles.includes(piece.charAt(isHere ? 1 : 0));
    if (isSingle && isHere) return { text, value: exact };
    const value = isSingle ? exact.replace(pair, "$2") : expand(exact, isHere);
    return { text, value };
  }
}

/** The value of a string in double quotes, unless it has to be computed. */
function expand(written: string, isHere: boolean): string | undefined {
  let isComputed = false;
  const value = written.replace(
    special,
    (found: string, escaped: string | undefined, quote: string, at: number) => {
      if (escaped !== undefined) {
        if (/^[eu0\r\n]?$/.test(escaped)) isComputed = true;
        const place = letters.indexOf(escaped);
        return place === -1 ? escaped : escapes.charAt(place);
      }
      if (found !== "$") return isHere ? found : quote;
      expanding.lastIndex = at + 1;
      if (expanding.test(written)) isComputed = true;
      return found;
    },
  );
  return isComputed ? undefined : value;
}

/** The line ends of what is left out. */
function voided(piece: string): string {
  if (!piece.includes("\n")) return "";
  return piece.replace(/[^\n]+/g, "").replaceAll("\n", "\v");
}

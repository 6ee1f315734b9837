/**
 * Reads the environment variables that a PowerShell script such as
 * `set-env.ps1` assigns, as far as they are literal and certain. The script is
 * never run: a value is read from a whole plain statement of a few forms, and
 * whatever else may set a variable makes it computed. What commands do that
 * the script does not show, such as another script that it runs, is not known
 * and left out of account.
 *
 * Written by hand, since tree-sitter-powershell 0.26.4 (1.3 MB of WebAssembly,
 * 60 ms to load) sees errors in 13 of 190 scripts that PowerShell 7.6.9 takes
 * (tests/fixtures/powershell/values.json), and PowerShell takes 1.2 s to start.
 *
 * @module
 */

import {
  type EnvFile,
  isPlainName,
  lastOfEach,
  type Statement as Said,
  withMasterKeyTexts,
} from "./env_file.ts";
import {
  powerShellStatements,
  type Statement,
} from "./powershell_statements.ts";
import { MASTER_KEY } from "../providers/variables.ts";

/** What a statement does to a variable; what is not there is computed. */
interface Effect {
  readonly name?: string | undefined;
  readonly value?: string | undefined;
  /** 1-based line in the file. */
  readonly line: number;
}

// The forms that are read. Without a value, one removes the variable.
const value = '(?:"(?<text>[^"#]*)(?:#(?<at>\\d+))?"' +
  "|(?<number>0|[1-9]\\d{0,14})|\\$(?<constant>null|true|false))";
const itemPath = '\\s+(?:-(?:literal)?path\\s+)?"?env:[\\\\/]?(?<name>\\w+)"?';
const assignment =
  `\\$(?:env:(?<name>\\w+)|\\{env:(?<braced>\\w+)\\})\\s*=\\s*${value}`;
const call =
  "(?:\\[void\\]\\s*|\\$null\\s*=\\s*)?\\[(?:System\\.)?Environment" +
  `\\]::SetEnvironmentVariable\\(\\s*"(?<name>\\w+)"\\s*,\\s*${value}\\s*(?:,\\s*` +
  '(?:"Process"|\\[(?:System\\.)?EnvironmentVariableTarget\\]::Process)\\s*)?\\)';
const setItem = `(?:Set-Item|si)${itemPath}\\s+(?:-Value\\s+)?` +
  `(?:${value}|(?<word>[a-z][\\w.-]*))(?:\\s+-Force)?`;
const removeItem = `(?:Remove-Item|ri|del)${itemPath}(?:\\s+-Force)?` +
  "(?:\\s+-(?:ErrorAction|ea)\\s+(?:SilentlyContinue|Ignore))?";
const plainForms = [assignment, call].map(whole);
const itemForms = [setItem, removeItem].map(whole);
/** A variable of any kind, and a value or another one. */
const given = whole(
  "\\$\\{?(?:\\w+:)?(?<name>\\w+)\\}?\\s*=\\s*" +
    `(?:${value}|\\$\\{?[\\w:]+\\}?)`,
);
/** A plain one within others, or an item of a hash table. */
const inner = new RegExp(
  `(?=[$\\[\\w])(?<=(?:^|[;{\\n])\\s*)(?:${assignment}|${call}|[a-z]+_\\w+\\s*=\\s*${value})` +
    "(?=\\s*(?:[;}\\n]|$))",
  "gi",
);
/** With one of these, a command may do nothing. */
const withoutEffect =
  /whatif|confirmpreference|psdefaultparametervalues|-confirm/i;
const constants: Readonly<Record<string, string>> = {
  true: "True",
  false: "False",
};

// What else may set a variable, or end the script.
const variable = "\\$(?:env:[\\\\/]{0,2}([\\p{L}\\p{N}_?:]+)" +
  "|\\{env:[\\\\/]{0,2}([^}]{0,200})\\})";
/** Alone or in a list on the left of a `=`; or by `++`, `--`, `foreach`. */
const assigned = new RegExp(
  `(?=\\$)(?<=(?:\\+\\+|--|\\bforeach\\s*\\()\\s*)${variable}|${variable}` +
    "(?=(?:[^;|&{}\\n=<>-]|\\$\\{[^}]*\\}){0,1000}-?=" +
    "|[)\\s]*(?:\\+\\+|--)(?![\\w%]))",
  "giu",
);
const path =
  /(?<![\w$]|\$\{)(?:env|environment:):[\\/]*(?:([\w.-]+)(?=[\s;,)}|&>]|"(?![\w"#])|$))?/gi;
const called = /SetEnvironmentVariable(?:\(\s*"(\w+)"\s*,)?/gi;
/** Code that is text, a drive of another name, and a new name. */
const unnamed =
  /\b(?:iex|invoke-expression|invokescript|addscript|expandstring|new-psdrive|ndr|scriptblock\]::create)\b|\b(?:rename-item|rni|ren)\s[^\n;|]{0,200}env:/gi;
const otherScope =
  /SetEnvironmentVariable(\((?:[^()]|\([^()]*\)){0,2000},\s*(?:"|\[[\w.]+\]::)(?:User|Machine)"?\s*\))/gi;
/** Before a path that is only read, unless another statement changes some. */
const reading =
  /\b(?:test-path|get-(?:item|content|childitem)|gi|gc|gci|dir|ls)\s+(?:-\w+[\s:]+)?"?$/i;
const changing =
  /\b(?:(?:set|remove|clear|new|rename|move|copy)-(?:item|content)|si|ni|ri|rm|del|erase|rd|rmdir|cli|clc|sc|rni|ren|mi|mv|move)\b/i;
const leaving =
  /(?<![\w$.:\\/"-])(?:exit|throw|return|break|continue)(?![\w:"-])|\]::exit\b/i;
const sourcing = /(?:^|[;{\n]) *\.\s*(?:["$(]|[\w.~:\\/-]*\.ps1)/i;
const upperWord = /[A-Z][A-Z0-9_]*/g;

function whole(form: string): RegExp {
  return new RegExp(`^\\s*${form}\\s*$`, "i");
}

/**
 * The variables that the script text assigns. The last assignment of a name
 * counts, and names come in capitals, as Windows compares them. `$null`, an
 * empty string and `Remove-Item` all give an empty value, which is how
 * PowerShell removes a variable. A value after an `exit` or its like is
 * computed, and each is if the script may set one that it does not name; one
 * that is set for the user or the machine is not this process's.
 */
export function readPowerShellEnv(text: string): EnvFile {
  const statements = [...powerShellStatements(text)];
  const forms = withoutEffect.test(text)
    ? plainForms
    : [...plainForms, ...itemForms];
  const found: Effect[] = [];
  const others: Statement[] = [];
  let isCertain = true;
  for (const statement of statements) {
    const effect = plainEffect(statement, forms);
    if (effect === undefined) others.push(statement);
    else found.push(isCertain ? effect : { ...effect, value: undefined });
    isCertain &&= effect !== undefined || !mayLeave(statement);
  }
  const changes = others.some(({ code }) => changing.test(code));
  const touches = others.flatMap((each) => touchesIn(each, changes));
  const hidden = touches.find(({ name }) => name === undefined);
  const file = withMasterKeyTexts(
    lastOfEach(said([...found, ...touches], hidden?.line)),
    statements.flatMap(givenIn),
  );
  const codeLine = (hidden ?? others.find(({ code }) => sourcing.test(code)))
    ?.line;
  return codeLine === undefined
    ? file
    : { ...file, code: { line: codeLine, words: wordsOf(statements) } };
}

/** What is touched in any other way comes last: its order is not known. */
function* said(
  effects: readonly Effect[],
  unnamedLine: number | undefined,
): Generator<Said> {
  for (const { name = "", line, value } of effects) {
    const isHidden = unnamedLine !== undefined && value !== undefined;
    yield {
      kind: "assigned",
      name: name.toUpperCase(),
      isPlain: isPlainName(name),
      line: isHidden ? unnamedLine : line,
      value: isHidden ? undefined : value,
    };
  }
}

/** What a whole plain statement does to a variable. */
function plainEffect(
  { code, strings, line }: Statement,
  forms: readonly RegExp[],
): Effect | undefined {
  const groups = forms.values().map((form) => form.exec(code)?.groups)
    .find((found) => found !== undefined);
  if (groups === undefined) return undefined;
  const { name, braced, at, text, number, word, constant = "" } = groups;
  const value = at === undefined
    ? text ?? number ?? word ?? constants[constant.toLowerCase()] ?? ""
    : strings[Number(at)]?.value;
  return value === undefined
    ? undefined
    : { name: name ?? braced, value, line };
}

/** The variables that a statement may give a text, as far as that matters. */
function givenIn(statement: Statement): (readonly [string, string])[] {
  const mentions = (text: string): boolean =>
    text.replaceAll("`", "").toUpperCase().includes(MASTER_KEY);
  const { code, strings } = statement;
  const shown = (part: string): string =>
    part.replace(/#(\d+)/g, (_, at) => {
      const { text = "", value = "" } = strings[Number(at)] ?? {};
      return `${text}\n${value}`;
    });
  const isMeant = mentions(code) || strings.some(({ text }) => mentions(text));
  if (!isMeant) {
    const name = given.exec(code)?.groups?.["name"];
    return name === undefined ? [] : [[name, shown(code)]];
  }
  const others: (readonly [string, string])[] = [];
  const rest = code.replace(inner, (part) => {
    if (mentions(part)) return part;
    others.push([/\w+(?=\}?\s*=)/.exec(part)?.[0] ?? "", shown(part)]);
    return "";
  });
  return [[MASTER_KEY, shown(rest)], ...others];
}

/** Whether the script may end in the statement, short of an error. */
function mayLeave({ code, isDefinition }: Statement): boolean {
  return leaving.test(isDefinition ? code.replace(/\breturn\b/gi, "") : code);
}

/** The places in a statement that may set or remove a variable, in order. */
function touchesIn(statement: Statement, changes: boolean): Effect[] {
  // A backtick may be in a word.
  const code = statement.code.replaceAll("`", "").replace(otherScope, "$1");
  const places = [
    ...code.matchAll(assigned),
    ...code.matchAll(path).filter(({ index }) =>
      changes || !reading.test(code.slice(Math.max(0, index - 100), index))
    ),
    ...code.matchAll(called),
    ...code.matchAll(unnamed),
  ].sort((a, b) => a.index - b.index);
  let [line, counted] = [statement.line, 0];
  return places.map((place) => {
    line += code.slice(counted, place.index).match(/[\n\v]/g)?.length ?? 0;
    counted = place.index;
    return { name: place.slice(1).find((name) => name !== undefined), line };
  });
}

function wordsOf(statements: readonly Statement[]): readonly string[] {
  const texts = statements.flatMap((
    { code, strings },
  ) => [code, ...strings.map(({ text }) => text)]);
  return [...new Set(texts.flatMap((text) => text.match(upperWord) ?? []))];
}

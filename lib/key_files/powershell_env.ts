/**
 * Reads the environment variables that a PowerShell script such as
 * `set-env.ps1` assigns, as far as they are literal and certain. The script is
 * never run: what stands inside `{ }`, comes out of a command or is put
 * together from parts is reported as computed.
 *
 * @module
 */

import {
  type EnvFile,
  type Finding,
  isPlainName,
  lastOfEach,
  type Statement as Said,
} from "./assignments.ts";
import {
  type Mark,
  powerShellTokens,
  type Token,
} from "./powershell_tokens.ts";

/** One statement; `certain` if it runs exactly once. */
interface Statement {
  readonly tokens: readonly Token[];
  readonly certain: boolean;
}

/** A command's arguments, as far as they matter for `Set-Item`. */
interface Arguments {
  readonly path: Token | undefined;
  readonly value: Token | undefined;
  /** Whether nothing else was there. */
  readonly simple: boolean;
}

/** Tokens kept of one statement, with its last; a literal one has far fewer. */
const maxTokens = 64;
/** Brackets within brackets, beyond which the script is not read on. */
const maxDepth = 1000;

const setVariable =
  /^(?:\[void\])?\[(?:System\.)?Environment\]::SetEnvironmentVariable$/i;
const assigning = /^(?:set-item|si|new-item|ni|set-content|sc)$/i;
const removing = /^(?:remove-item|ri|rm|del|clear-item|cli)$/i;
const leaving = /^(?:exit|return|throw)$/i;
const environmentPath = /^env:[\\/]?([^\\/*?[\]]+)$/i;
const environmentVariable = /^env:(.+)$/is;
const decimalNumber = /^(?:0|[1-9][0-9]{0,14})$/;
const plainWord = /^[^`@[\]<>*?]+$/;
const outNull = /^out-null$/i;

/**
 * The variables that the script text assigns. The last assignment of a name
 * counts, and names come in capitals, as Windows compares them. `$null`, an
 * empty string and `Remove-Item` all give an empty value, which is how
 * PowerShell removes a variable. `SetEnvironmentVariable` counts with any
 * scope. Line ends inside values come out as LF.
 */
export function readPowerShellEnv(text: string): EnvFile {
  return lastOfEach(scriptFindings(text.replace(/\r\n?/g, "\n")));
}

function* scriptFindings(text: string): Generator<Said> {
  for (const statement of statements(text)) {
    const first = statement.tokens[0];
    if (statement.certain && isWord(first, leaving)) return;
    for (const finding of statementFindings(statement)) {
      const value = statement.certain ? finding.value : undefined;
      const name = finding.name.toUpperCase();
      const isPlain = isPlainName(finding.name);
      yield { kind: "assigned", ...finding, name, isPlain, value };
    }
  }
}

function* statements(text: string): Generator<Statement> {
  const open: Mark[] = [];
  let braces = 0;
  let tokens: Token[] = [];
  for (const token of powerShellTokens(text)) {
    const bracket = token.kind === "mark" ? token.text : undefined;
    if (bracket === "{" || bracket === "}") {
      yield { tokens, certain: false };
      tokens = [];
      if (bracket === "{") {
        open.push(bracket);
        braces++;
      } else if (braces > 0) {
        while (open.pop() !== "{");
        braces--;
      }
    } else if (token.kind === "end") {
      if (tokens.length === 0 || open.at(-1) === "(") continue;
      if (token.text === "\n" && continuesAfter(tokens.at(-1))) continue;
      yield { tokens, certain: braces === 0 };
      tokens = [];
    } else {
      if (bracket === "(") open.push(bracket);
      if (bracket === ")" && open.at(-1) === "(") open.pop();
      if (tokens.length === maxTokens) tokens.pop();
      tokens.push(token);
    }
    if (open.length > maxDepth) return;
  }
  yield { tokens, certain: open.length === 0 };
}

/** Whether a statement goes on in the next line after this token. */
function continuesAfter(token: Token | undefined): boolean {
  return token?.kind === "assign" || isMark(token, ",") ||
    isMark(token, "|") || isWord(token, /^\+$/);
}

function* statementFindings(statement: Statement): Generator<Finding> {
  const tokens = withoutDiscard(statement.tokens);
  const first = tokens[0];
  const call = tokens.findIndex((token) => isWord(token, setVariable));
  if (call !== -1) {
    yield* callFinding(tokens, call);
  } else if (
    first?.kind === "variable" || isMark(first, "(") || isWord(first, /^\[/)
  ) {
    yield* assignmentFindings(tokens);
  } else {
    yield* commandFindings(tokens);
  }
}

/** Without `$null =` in front and `| Out-Null` behind. */
function withoutDiscard(tokens: readonly Token[]): readonly Token[] {
  const [first, second] = tokens;
  const prefixed = first?.kind === "variable" &&
    first.name.toLowerCase() === "null" && second?.kind === "assign";
  const suffixed = isMark(tokens.at(-2), "|") && isWord(tokens.at(-1), outNull);
  return tokens.slice(prefixed ? 2 : 0, suffixed ? -2 : undefined);
}

/** `$env:NAME = "value"`; of anything longer, the variables on the left. */
function* assignmentFindings(tokens: readonly Token[]): Generator<Finding> {
  const [, operator, value] = tokens;
  const end = tokens.findLastIndex((token) => token.kind === "assign");
  const simple = end === 1 && tokens.length === 3 &&
    operator?.kind === "assign" && operator.text === "=";
  for (const token of tokens.slice(0, Math.max(0, end))) {
    if (token.kind !== "variable") continue;
    const name = environmentVariable.exec(token.name)?.[1];
    if (name === undefined) continue;
    const { line } = token;
    yield { name, line, value: simple ? literal(value) : undefined };
  }
}

/** `[Environment]::SetEnvironmentVariable("NAME", "value", "Process")`. */
function* callFinding(
  tokens: readonly Token[],
  call: number,
): Generator<Finding> {
  const [, open, nameToken, comma, value, next, scope, close] = tokens.slice(
    call,
  );
  const name = literal(nameToken);
  if (name === undefined || nameToken === undefined) return;
  const ends = call === 0 && isMark(open, "(") && isMark(comma, ",") &&
    (tokens.length === 6 && isMark(next, ")") ||
      tokens.length === 8 && isMark(next, ",") && isMark(close, ")") &&
        (scope?.kind === "word" || scope?.kind === "string"));
  const { line } = nameToken;
  yield { name, line, value: ends ? literal(value) : undefined };
}

/** `Set-Item Env:NAME "value"`, `Remove-Item Env:NAME` and their like. */
function* commandFindings(tokens: readonly Token[]): Generator<Finding> {
  const at = tokens.findIndex((token, index) =>
    (isWord(token, assigning) || isWord(token, removing)) &&
    (index === 0 || tokens[index - 1]?.kind === "mark")
  );
  if (at === -1) return;
  const rest = tokens.slice(at + 1);
  const plain = at === 0 && !rest.some((token) => isMark(token, "|"));
  if (isWord(tokens[at], assigning)) {
    const { path, value, simple } = commandArguments(rest);
    const name = pathName(path);
    if (name === undefined || path === undefined) return;
    const text = plain && simple ? argument(value) : undefined;
    yield { name, line: path.line, value: text };
    return;
  }
  for (const token of rest) {
    const name = pathName(token);
    if (name === undefined) continue;
    yield { name, line: token.line, value: plain ? "" : undefined };
  }
}

function commandArguments(tokens: readonly Token[]): Arguments {
  const named = new Map<string, Token>();
  const positional: Token[] = [];
  let simple = true;
  let parameter: string | undefined;
  for (const token of tokens) {
    const isParameter = token.kind === "word" && /^[-\u2013-\u2015]\p{L}/u
      .test(token.text);
    if (isParameter) {
      if (parameter !== undefined) simple = false;
      parameter = token.text.slice(1).toLowerCase().replace(/:$/, "");
      if (parameter === "force") parameter = undefined;
    } else if (parameter === undefined) {
      positional.push(token);
    } else {
      named.set(parameter, token);
      parameter = undefined;
    }
  }
  const path = named.get("path") ?? named.get("literalpath") ??
    positional.shift();
  const value = named.get("value") ?? positional.shift();
  const known = ["path", "literalpath", "value"];
  if (parameter !== undefined || positional.length > 0) simple = false;
  if (named.keys().some((name) => !known.includes(name))) simple = false;
  return { path, value, simple };
}

/** The value of a token in an expression, if it is a literal. */
function literal(token: Token | undefined): string | undefined {
  switch (token?.kind) {
    case "string":
      return token.value;
    case "word":
      return decimalNumber.test(token.text) ? token.text : undefined;
    case "variable":
      return constant(token.name);
    default:
      return undefined;
  }
}

/** The value of a command's argument: there, a bare word is a string. */
function argument(token: Token | undefined): string | undefined {
  if (token?.kind !== "word") return literal(token);
  return plainWord.test(token.text) ? token.text : undefined;
}

function constant(name: string): string | undefined {
  switch (name.toLowerCase()) {
    case "null":
      return "";
    case "true":
      return "True";
    case "false":
      return "False";
    default:
      return undefined;
  }
}

function pathName(token: Token | undefined): string | undefined {
  const text = token?.kind === "word"
    ? token.text
    : token?.kind === "string"
    ? token.value
    : undefined;
  return text === undefined ? undefined : environmentPath.exec(text)?.[1];
}

function isWord(token: Token | undefined, pattern: RegExp): boolean {
  return token?.kind === "word" && pattern.test(token.text);
}

function isMark(token: Token | undefined, text: Mark): boolean {
  return token?.kind === "mark" && token.text === text;
}

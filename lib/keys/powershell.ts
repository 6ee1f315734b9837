/**
 * Reads the environment variables that a PowerShell script such as
 * `set-env.ps1` assigns, as far as they are literal and certain. The script is
 * never run: a value is read from a whole plain statement of a few forms, and
 * whatever else touches a variable makes it computed. What commands do that
 * the script does not show, such as another script that it runs, is not known
 * and left out of account.
 *
 * @module
 */

import {
  type EnvFile,
  type Finding,
  isPlainName,
  lastOfEach,
  type Statement as Said,
} from "./env_file.ts";
import {
  powerShellStatements,
  type Statement,
} from "./powershell_statements.ts";
import { harmless, type Touch, Watch } from "./powershell_touches.ts";

const variable =
  /^\$(?:env:(\w+)|\{env:(\w+)\})\s*=\s*(?:"(\d+)"|(0|[1-9]\d{0,14})|\$(null|true|false))$/i;
const call =
  /^(?:\[void\]\s*|\$null\s*=\s*)?\[(?:System\.)?Environment\]::SetEnvironmentVariable\(\s*"(\d+)"\s*,\s*(?:"(\d+)"|\$null)\s*(?:,\s*(?:"(\d+)"|\[(?:System\.)?EnvironmentVariableTarget\]::Process)\s*)?\)$/i;
const setItem =
  /^(?:set-item|si)\s+(?:-(?:literal)?path\s+)?(?:"(\d+)"|(env:\S+))\s+(?:-value\s+)?(?:"(\d+)"|([a-z][\w.-]*))(?:\s+-force)?$/i;
const removeItem =
  /^(?:remove-item|ri|del)\s+(?:-(?:literal)?path\s+)?(?:"(\d+)"|(env:\S+))(?:\s+-force)?(?:\s+-(?:erroraction|ea)\s+(?:silentlycontinue|ignore))?$/i;
const environmentPath = /^env:[\\/]?(\w+)$/i;
const constants: Readonly<Record<string, string>> = {
  null: "",
  true: "True",
  false: "False",
};

/** With one of these, a command may do nothing. */
const withoutEffect =
  /whatif|confirmpreference|psdefaultparametervalues|-confirm/i;
const end = /^(?:exit|return|break|continue)(?:\s+\d+)?$/i;
/** PowerShell 7 alone lets a line go on with what stands before it. */
const goesOn = /^(?:\||&&)/;
const upperWord = /[A-Z][A-Z0-9_]*/g;

/**
 * The variables that the script text assigns. The last assignment of a name
 * counts, and names come in capitals, as Windows compares them. `$null`, an
 * empty string and `Remove-Item` all give an empty value, which is how
 * PowerShell removes a variable. A value behind an `exit` or its like that may
 * run is computed; one that is set for the user or the machine is not this
 * process's.
 */
export function readPowerShellEnv(text: string): EnvFile {
  const { found, touches, sourced, words } = survey(text);
  const unnamed = touches.find(({ name }) => name === undefined)?.line;
  const file = lastOfEach(findings(found, touches, unnamed));
  const line = unnamed ?? sourced;
  return line === undefined
    ? file
    : { ...file, code: { line, words: words() } };
}

/** What stands in a script, up to where it certainly ends. */
interface Survey {
  /** What whole plain statements assign, in their order. */
  readonly found: readonly Finding[];
  readonly touches: readonly Touch[];
  /** The first line that runs another script as a part of this one. */
  readonly sourced: number | undefined;
  readonly words: () => readonly string[];
}

function survey(text: string): Survey {
  const watch = new Watch(text);
  const isUsual = !withoutEffect.test(text);
  const statements: Statement[] = [];
  const found: Finding[] = [];
  const touches: Touch[] = [];
  let mayHaveEnded = false;
  let sourced: number | undefined;
  for (const statement of powerShellStatements(text)) {
    if (end.test(statement.code)) break;
    statements.push(statement);
    const last = found.at(-1);
    if (goesOn.test(statement.code) && last) touches.push(last);
    const plain = plainFinding(statement, isUsual);
    const seen = plain ? harmless : watch.look(statement);
    if (plain) {
      found.push(mayHaveEnded ? { ...plain, value: undefined } : plain);
    }
    for (const touch of seen.touches) touches.push(touch);
    mayHaveEnded ||= seen.mayLeave;
    if (seen.sources) sourced ??= statement.line;
  }
  const words = () => [...new Set(statements.flatMap(wordsOf))];
  return { found, touches, sourced, words };
}

/** What is touched in any other way counts last: its order is not known. */
function* findings(
  found: readonly Finding[],
  touches: readonly Touch[],
  codeLine: number | undefined,
): Generator<Said> {
  const known = codeLine === undefined
    ? found
    : found.map((finding) =>
      finding.value === undefined
        ? finding
        : { ...finding, line: codeLine, value: undefined }
    );
  const last = new Map<string, Finding>();
  for (const finding of known) last.set(finding.name.toUpperCase(), finding);
  for (const { name = "", line } of touches) {
    last.set(name.toUpperCase(), { name, line, value: undefined });
  }
  for (const [name, { name: written, line, value }] of last) {
    const isPlain = isPlainName(written);
    yield { kind: "assigned", name, isPlain, line, value };
  }
}

/** What a whole plain statement does to a variable. */
function plainFinding(
  { code, strings, line }: Statement,
  isUsual: boolean,
): Finding | undefined {
  const text = (place: string | undefined): string | undefined =>
    place === undefined ? undefined : strings[Number(place)]?.value;
  const [name, value] = plainVariable(code, text) ?? plainCall(code, text) ??
    (isUsual ? plainItem(code, text) : undefined) ?? [];
  return name === undefined || value === undefined
    ? undefined
    : { name, line, value };
}

type NameAndValue = readonly [string | undefined, string | undefined];
type TextOf = (place: string | undefined) => string | undefined;

function plainVariable(code: string, text: TextOf): NameAndValue | undefined {
  const [found, name, braced, place, number, constant] = variable.exec(code) ??
    [];
  if (found === undefined) return undefined;
  const value = constants[constant?.toLowerCase() ?? ""] ?? number;
  return [name ?? braced, value ?? text(place)];
}

function plainCall(code: string, text: TextOf): NameAndValue | undefined {
  const [found, name, value, scope] = call.exec(code) ?? [];
  if (found === undefined) return undefined;
  if (scope !== undefined && !/^process$/i.test(text(scope) ?? "")) {
    return undefined;
  }
  const plain = /^\w+$/.exec(text(name) ?? "")?.[0];
  return [plain, value === undefined ? "" : text(value)];
}

function plainItem(code: string, text: TextOf): NameAndValue | undefined {
  const [set, setText, setPath, place, word] = setItem.exec(code) ?? [];
  const [, removedText, removedPath] = removeItem.exec(code) ?? [];
  const path = setPath ?? removedPath ?? text(setText ?? removedText) ?? "";
  const name = environmentPath.exec(path)?.[1];
  return [name, set === undefined ? "" : word ?? text(place)];
}

function wordsOf({ code, strings }: Statement): readonly string[] {
  return [code, ...strings.map(({ text }) => text)]
    .flatMap((text) => text.match(upperWord) ?? []);
}

/**
 * Finds where a PowerShell statement may change a variable of the environment,
 * or end the script, whatever the statement is. It would rather name a variable
 * that is only read than miss one that is set.
 *
 * @module
 */

import type { Statement } from "./powershell_statements.ts";

/** A place that may set or remove a variable. */
export interface Touch {
  /** None if only running the script tells which. */
  readonly name: string | undefined;
  /** 1-based line in the file. */
  readonly line: number;
}

/** What a statement may do, whatever it is. */
export interface Sight {
  readonly touches: readonly Touch[];
  /** Whether the script may end in it, short of an error. */
  readonly mayLeave: boolean;
  /** Whether it runs another script as a part of this one. */
  readonly sources: boolean;
}

/** A touch, by its place in the code. */
interface Place {
  readonly name: string | undefined;
  readonly at: number;
}

const evaluating =
  /\b(?:iex|invoke-expression|invokescript|scriptblock\]::create)\b/i;
/** A path, a name or a scope. */
const keptText = /^(?:\w*$|\s*[\w.\\]*env(?:ironment:)?:)/i;
const separator = /\$\{[^}]{0,200}\}|((?:[-+*/%]|\?\?)?=|[|;&{}(\n])|$/g;
const variable =
  /\$(?:env:[\\/]{0,2}([\p{L}\p{N}_?:]+)|\{env:[\\/]{0,2}([^}]{0,200})\})/giu;
/** Begins with a word that is no keyword: then `=` assigns nothing. */
const command = /^\s*(?!(?:return|throw|exit|in|else)\b)[\p{L}_."'%?\\/]/iu;
const parameters = /^(?:\[\w+\([^)]*\)\]\s*)?param\b[^{}\n]*$/i;
const path = /(?<!\$\{?|\w)(?:env|environment:):[\\/]*([^\s;,)}"|&>({]*)/giu;
const reading =
  /\b(?:test-path|get-content|gc|resolve-path|(get-item|gi|get-childitem|gci|dir|ls))\s+(?:-\w+[\s:]+)?"?$/i;
const changing =
  /\b(?:(?:set|remove|clear|new|rename|move|copy)-(?:item|content)|si|ni|ri|rm|del|erase|rd|rmdir|cli|clc|sc|rni|ren|mi|mv|move)\b/i;
const renaming = /\b(?:rename-item|rni|ren)\b/i;
const call = /SetEnvironmentVariable(?:\(((?:[^()]|\([^()]*\)){0,2000}))?/gi;
const otherScope = /,\s*["\]:\w.[]*\b(?:User|Machine)"?\s*$/i;
const leaving =
  /(?<=(?:^|[;{}()|&\n])\s*)(exit|throw|return|break|continue)\b(?![-.\w])|\]::exit\b/gi;
const sourcing = /(?:^|[;{\n])\s*\.\s*(?:["$]|[\w.~:\\/-]*\.ps1)/i;
const definition = /^(?:function|filter|class)\b/i;

const mattering = /env|exit|throw|return|break|continue|\.[\s"$]|\.ps1/i;
/** What a plain statement does besides its purpose: nothing. */
export const harmless: Sight = { touches: [], mayLeave: false, sources: false };

/** Looks for touches, knowing all of the script. */
export class Watch {
  /** Whether code may stand in any string. */
  readonly #evaluates: boolean;
  readonly #changes: boolean;

  constructor(script: string) {
    this.#evaluates = evaluating.test(script);
    this.#changes = changing.test(script);
  }

  /** What a statement may do besides its purpose. */
  look(statement: Statement): Sight {
    if (!this.#evaluates && !matters(statement)) return harmless;
    const code = this.#shown(statement);
    const isDefinition = definition.test(code);
    const mayLeave = code.matchAll(leaving).some(([, word]) =>
      !isDefinition || word?.toLowerCase() !== "return"
    );
    const places = /env/i.test(code)
      ? [...assigned(code), ...this.#paths(code), ...called(code)]
      : [];
    places.sort((a, b) => a.at - b.at);
    let [line, counted] = [statement.line, 0];
    const touches = places.map(({ name, at }) => {
      line += code.slice(counted, at).match(/[\n\v]/g)?.length ?? 0;
      counted = at;
      return { name, line };
    });
    return { touches, mayLeave, sources: sourcing.test(code) };
  }

  /** The code with what may matter of its strings. */
  #shown({ code, strings }: Statement): string {
    const shown = code.replace(/"(\d+)"/g, (_, place: string) => {
      const text = strings[Number(place)]?.text ?? "";
      if (this.#evaluates || text.includes("$(")) return `"${text}"`;
      const kept = keptText.test(text) ? text : text.replace(/[^\n]+/g, "");
      return `"${kept.replaceAll("\n", "\v")}"`;
    }).replaceAll("`\n", "\v").replaceAll("`", "")
      .replace(/,[ \t]*\n/g, ",\v");
    return this.#evaluates ? shown.replace(/["']/g, ";") : shown;
  }

  /** `Env:NAME`, unless it is only read. */
  *#paths(code: string): Generator<Place> {
    const changesHere = changing.test(code);
    for (const { 0: found, 1: name = "", index: at } of code.matchAll(path)) {
      const before = code.slice(Math.max(0, at - 200), at)
        .split(/[;{}\n|&]/).at(-1) ?? "";
      const [isRead, listing] = reading.exec(before) ?? [];
      const isFed = before.includes("=") ? this.#changes : changesHere;
      if (isRead !== undefined && !(listing !== undefined && isFed)) continue;
      const next = code.charAt(at + found.length);
      const isNamed = /^[\p{L}\p{N}_.-]+$/u.test(name) && !/[({]/.test(next) &&
        !renaming.test(before) &&
        (next !== '"' || /"[\w.\\]*$/.test(before));
      yield { name: isNamed ? name : undefined, at };
    }
  }
}

/** Whether a statement has anything to look at; most have not. */
function matters({ code, strings }: Statement): boolean {
  return mattering.test(code) ||
    strings.some(({ text }) => /env|\$\(/i.test(text));
}

/** `$env:NAME` on the left of a `=`, and what else assigns to it. */
function* assigned(code: string): Generator<Place> {
  const hasDefaults = parameters.test(code);
  let [from, before] = [0, ""];
  for (const { 0: found, 1: sign, index } of code.matchAll(separator)) {
    if (sign === undefined && found !== "") continue;
    const part = code.slice(from, index);
    const isDefault = hasDefaults && before.endsWith("=") && part.includes(",");
    const isTarget = !isDefault && !command.test(part) &&
      (sign?.endsWith("=") || sign === "(" && part.trimEnd().endsWith(","));
    for (const use of part.matchAll(variable)) {
      const at = from + use.index;
      if (isTarget || isStepped(code, at, at + use[0].length)) {
        yield { name: use[1] ?? use[2], at };
      }
    }
    [from, before] = [index + found.length, found];
  }
}

/** Whether `++`, `--` or a `foreach` sets the variable. */
function isStepped(code: string, at: number, end: number): boolean {
  return /^\s?(?:\+\+|--)/.test(code.slice(end, end + 3)) ||
    /(?:\+\+|--|\bforeach\s*\(\s*)$/i.test(
      code.slice(Math.max(0, at - 20), at),
    );
}

/** `SetEnvironmentVariable`, unless it is for a user or a machine. */
function* called(code: string): Generator<Place> {
  for (const { 1: given, index: at } of code.matchAll(call)) {
    if (given !== undefined && otherScope.test(given)) continue;
    yield { name: /^\s*"(\w+)"\s*,/.exec(given ?? "")?.[1], at };
  }
}

/**
 * Which value a variable has when the environment and the files next to the
 * config are put together, and what LiteLLM must be handed of it.
 *
 * @module
 */

import type { Assignment, EnvFile, OddLine, Unread } from "./env_file.ts";
import type { Warning } from "../warning.ts";
import { Secret } from "../text/secret.ts";
import { VARIABLES } from "../providers/variables.ts";

/** A file that assigns variables, already read. */
export interface KeyFile extends EnvFile {
  readonly path: string;
  /**
   * `set-env.ps1` and files named with `--env-file` win over the environment,
   * as sourcing them does; of a `.env` the environment wins, as everywhere.
   */
  readonly wins: boolean;
  /** Why the file could not be read; its keys are then unknown. */
  readonly error?: string;
}

/** A variable's value, and where it is set. */
export interface Found {
  readonly variable: string;
  readonly value: Secret;
  /** `the environment`, or a file's path and line. */
  readonly from: string;
  /** Set by the config: `os.environ/NAME` in one of its entries does not find it. */
  readonly isStated?: true;
}

/** What the config itself sets for LiteLLM's calls; an empty value takes one away. */
export interface Stated {
  readonly values: ReadonlyMap<string, string>;
  /** Where a name is set, in words. */
  readonly from: (name: string) => string;
  /** Names that are set to `os.environ/NAME` of a variable without a value. */
  readonly unresolved?: ReadonlyMap<string, Unresolved>;
}

/** The variable that `os.environ/NAME` names; its name may be shown. */
export interface Unresolved {
  readonly variable: string;
  /** Certainly not set; else it may not be read, or is known only later. */
  readonly isUnset: boolean;
}

/** Of all variables that are looked for, those that a file with keys is for. */
const keyVariable = /_(?:KEY|BASE|BASE_URL)$/;

/** Whether a file with keys is a script, which is never run. */
export function isScript(path: string): boolean {
  return /\.ps1$/i.test(path);
}

function isWinner({ wins }: KeyFile): boolean {
  return wins;
}

const STATED_LATER =
  "LiteLLM looks up os.environ/NAME before it sets environment_variables";

/** What Python makes of an empty value: an address that fails, and no key. */
const NONE = "None";

function hintFor(path: string): string {
  return isScript(path)
    ? "a script is not run to read it: run it first, or start with start-proxy.ps1"
    : "nothing is executed to read it; set the variable before the start";
}

/** Looks variables up in the environment and in files. */
export class KeyRing {
  readonly #environment: ReadonlyMap<string, string | undefined>;
  readonly #files: readonly KeyFile[];
  readonly #stated: Stated;
  /** Where was looked, files that are not there included. */
  readonly places: readonly string[];

  /**
   * The environment has an entry, be it without a value, for each variable that
   * is looked for in addition to those of the table, and its values of what the files
   * assign, as far as it may be read. Of the files of a kind, the first in the
   * list wins.
   */
  constructor(
    environment: Readonly<Record<string, string | undefined>>,
    files: readonly KeyFile[],
    lookedFor: readonly string[],
    stated: Stated = { values: new Map(), from: () => "" },
  ) {
    this.#environment = new Map(Object.entries(environment));
    this.#files = files;
    this.#stated = stated;
    this.places = ["the environment", ...lookedFor];
  }

  /** The same, but for what the config states. */
  withStated(stated: Stated): KeyRing {
    const [, ...lookedFor] = this.places;
    const environment = Object.fromEntries(this.#environment);
    return new KeyRing(environment, this.#files, lookedFor, stated);
  }

  /**
   * The first of the variables that has a value, as `os.environ/NAME` finds it:
   * LiteLLM looks that up before it sets what the config states, which thus
   * counts last.
   */
  find(variables: readonly string[]): Found | undefined {
    return variables.values().map((variable) => this.#all(variable)[0])
      .find((found) => found !== undefined);
  }

  /**
   * The value that a variable has while LiteLLM makes a call: what the config
   * states is in its environment by then, over what was there.
   */
  findAtCall(variable: string): Found | undefined {
    return this.#stated.values.has(variable)
      ? this.#inConfig(variable)
      : this.find([variable]);
  }

  /** All values that a variable has somewhere, the one that counts first. */
  valuesOf(variable: string): Secret[] {
    return this.#all(variable).map(({ value }) => value);
  }

  /** Texts of which files may make the master key. */
  masterKeyTexts(): Secret[] {
    return this.#files.flatMap((file) => file.masterKeyTexts ?? []);
  }

  /** Whether a file may give the variable a value that is known only by running it. */
  isSetByCode(variable: string): boolean {
    return this.codeFor(variable) !== undefined;
  }

  /** Where that is, as a file's path and line. */
  codeFor(variable: string): string | undefined {
    if (this.#isKnown(variable)) return undefined;
    for (const { path, computed, code } of this.#files) {
      const unread = computed.find(({ name }) => name === variable) ??
        (code?.words.includes(variable) ? code : undefined);
      if (unread) return `${path} line ${unread.line}`;
    }
    return undefined;
  }

  /** Where a file computes a value that wins over the one found, if one does. */
  computedOver({ variable }: Found): string | undefined {
    if (this.#isKnown(variable)) return undefined;
    for (
      const { path, assignments, computed } of this.#files.filter(isWinner)
    ) {
      if (assignments.some(({ name }) => name === variable)) return undefined;
      const unread = computed.find(({ name }) => name === variable);
      if (unread) return `${path} line ${unread.line}`;
    }
    return undefined;
  }

  /** What the config has instead of a value, and where. */
  unresolved(
    variable: string,
  ): Unresolved & { readonly from: string } | undefined {
    const found = this.#stated.unresolved?.get(variable);
    return found && { ...found, from: this.#stated.from(variable) };
  }

  /** What keeps a value from being known or certain; no value is in a warning. */
  warnings(variables: readonly string[]): Warning[] {
    const differing = variables.flatMap((variable) => {
      const [first, ...others] = this.#all(variable);
      const other = others.find(({ value }) =>
        value.reveal() !== first?.value.reveal()
      );
      if (!first || !other) return [];
      const text =
        `${variable}: ${first.from} and ${other.from} differ; using ${first.from}`;
      return [{
        ...{ code: "key-differs", text } as const,
        ...(other.isStated && { hint: STATED_LATER }),
      }];
    });
    const isKeyless = this.find(variables) === undefined;
    return [
      ...differing,
      ...this.#files.flatMap((file) => this.#setByCode(file, isKeyless)),
      ...this.#files.flatMap((file) => this.#unread(file)),
    ];
  }

  /**
   * What LiteLLM must be handed: what the files assign that win, and of a
   * `.env` what the environment does not have. LiteLLM itself reads only a
   * `.env` that lies in a folder above its own program, which need not be the
   * one read here. A variable that the program may not read has the value of
   * the `.env`, so that nothing is lost; an empty one there is left out, as it
   * could only take away what the environment has.
   */
  forLitellm(): Readonly<Record<string, string>> {
    const assigned = (wins: boolean): Assignment[] =>
      this.#files.filter((file) => file.wins === wins).toReversed()
        .flatMap(({ assignments }) => assignments);
    const winning = new Map(
      assigned(true).map(({ name, value }) => [name, value]),
    );
    const missing = assigned(false).filter(({ name, value }) =>
      value !== "" && !(winning.get(name) ?? this.#environment.get(name))
    );
    const added = missing.map(({ name, value }) => [name, value] as const);
    return Object.fromEntries([...winning, ...added]);
  }

  /** Whether no file that is run can have been forgotten. */
  #isKnown(variable: string): boolean {
    return Boolean(this.#environment.get(variable));
  }

  #all(variable: string): Found[] {
    const winning = this.#inFiles(variable, true);
    const isTakenAway = winning[0]?.value.reveal() === "";
    const value = new Secret(this.#environment.get(variable) ?? "");
    const environment: Found = { variable, value, from: "the environment" };
    return [
      ...isTakenAway ? [] : [...winning, environment],
      ...this.#inFiles(variable, false),
    ].concat(this.#inConfig(variable) ?? [])
      .filter(({ value, isStated }) =>
        value.reveal() !== "" && !(isStated && value.reveal() === NONE)
      );
  }

  #inConfig(variable: string): Found | undefined {
    const { values, from } = this.#stated;
    const value = values.get(variable);
    if (!value) return undefined;
    const place = { from: from(variable), isStated: true } as const;
    return { variable, value: new Secret(value), ...place };
  }

  #inFiles(variable: string, wins: boolean): Found[] {
    return this.#files.filter((file) => file.wins === wins).flatMap((file) =>
      file.assignments.filter(({ name }) => name === variable)
        .map(({ value, line }) => ({
          variable,
          value: new Secret(value),
          from: `${file.path} line ${line}`,
        }))
    );
  }

  #unread(file: KeyFile): Warning[] {
    if (file.error !== undefined) {
      return [{ code: "unreadable-file", text: file.error }];
    }
    return [
      ...file.computed.flatMap((unread) => this.#computed(file, unread)),
      ...file.odd.flatMap((odd) => this.#odd(file, odd)),
    ];
  }

  #computed({ path }: KeyFile, { name, isPlain, line }: Unread): Warning[] {
    if (this.#isKnown(name)) return [];
    const at = `in ${path} line ${line} is computed`;
    const isShown = isPlain || this.#isLookedFor(name);
    return [{
      code: "computed-key",
      text: isShown ? `${name}: its value ${at}` : `a value ${at}`,
      hint: hintFor(path),
    }];
  }

  /** What a script sets without naming it, and somebody looks for. */
  #setByCode(file: KeyFile, isKeyless: boolean): Warning[] {
    const { path, code, assignments, computed } = file;
    if (code === undefined) return [];
    const named = new Set(
      [...assignments, ...computed].map(({ name }) => name),
    );
    const meant = code.words.filter((word) =>
      keyVariable.test(word) && this.#isLookedFor(word) && !named.has(word)
    );
    const missing = meant.filter((word) => this.find([word]) === undefined);
    if (missing.length === 0 && (meant.length > 0 || !isKeyless)) return [];
    const at = `${path} line ${code.line}`;
    const text = missing.length === 0
      ? `${at}: may set keys by code`
      : `${missing.join(", ")}: set by code in ${at}`;
    return [{ code: "computed-key", text, hint: hintFor(path) }];
  }

  #odd({ path }: KeyFile, { line, words }: OddLine): Warning[] {
    const meant = words.find((word) => this.#isLookedFor(word));
    if (meant !== undefined && this.#environment.get(meant)) return [];
    return [{
      code: "odd-line",
      text: `${path} line ${line}: not NAME=value`,
      hint: meant === undefined
        ? "a key is written as NAME=value, a comment begins with #"
        : `write it as ${meant}=value`,
    }];
  }

  /** Any other word of a file could be a key itself. */
  #isLookedFor(name: string): boolean {
    return VARIABLES.includes(name) || this.#environment.has(name);
  }
}

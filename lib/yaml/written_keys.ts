/**
 * The keys of one mapping as they stand in the file, those that stand twice
 * among them. YAML libraries keep only the last one.
 *
 * @module
 */

/** A key that stands twice in one mapping, where the last one counts. */
export interface RepeatedKey {
  /** 1-based lines of one that is lost, and of the next. */
  readonly lostLine: number;
  readonly line: number;
  /**
   * What is lost with it: keys below it that the next one does not have; none
   * where that one is no mapping.
   */
  readonly lost: readonly string[];
  /** Keys below both that do not say the same; lists of both, and all others. */
  readonly lists: readonly string[];
  readonly others: readonly string[];
  /** Both are lists with items. */
  readonly areLists: boolean;
  /** The next one is written in brackets or braces. */
  readonly isFlow: boolean;
  /** Both say the same. */
  readonly isSame: boolean;
}

/** A key where it stands. */
interface Written {
  readonly line: number;
  /** Byte offsets of what follows its colon. */
  readonly start: number;
  end: number;
  /** The mapping that is its value. */
  below: WrittenKeys | undefined;
  isList: boolean;
}

/** May stand twice: PyYAML takes all that both bring in. */
const MERGE_KEY = "<<";

/** Also what looks like one in a text: then two may be the same to a reader. */
const COMMENT = /(?<=\s)#[^\r\n]*/g;

/** The keys of a mapping; `text` is the whole file. */
export class WrittenKeys {
  readonly #text: string;
  readonly #keys = new Map<string, Written>();
  #current: Written | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /**
   * A key whose value starts at `start`. Gives how it repeats an earlier one, to
   * be called once the file is read; nothing for one without a name.
   */
  begin(
    key: string | undefined,
    { line, start }: Pick<Written, "line" | "start">,
  ): (() => RepeatedKey) | undefined {
    const end = this.#text.length;
    const now: Written = { line, start, end, below: undefined, isList: false };
    this.#current = now;
    if (key === undefined || key === MERGE_KEY) return undefined;
    const before = this.#keys.get(key);
    this.#keys.set(key, now);
    return before && (() => this.#repeated(before, now));
  }

  /** The value of the last key goes to here. */
  end(at: number): void {
    if (this.#current) this.#current.end = Math.min(at, this.#current.end);
    this.#current = undefined;
  }

  /** The value of the last key is a mapping with these keys. */
  hasBelow(keys: WrittenKeys): void {
    if (this.#current) this.#current.below = keys;
  }

  /** Each once, as it counts. */
  written(): Iterable<[string, Written]> {
    return this.#keys;
  }

  /** The value of the last key is a list. */
  isList(): void {
    if (this.#current) this.#current.isList = true;
  }

  #repeated(before: Written, now: Written): RepeatedKey {
    const nowText = this.#valueText(now);
    const isMapping = now.below !== undefined || nowText === "";
    const own = isMapping ? [...before.below?.written() ?? []] : [];
    const kept = new Map(now.below?.written());
    const other = own.flatMap(([name, was]) => {
      const is = kept.get(name);
      const isOther = is && this.#valueText(was) !== this.#valueText(is);
      return isOther ? [{ name, areLists: this.#areLists(was, is) }] : [];
    });
    const named = (areLists: boolean): string[] =>
      other.filter((one) => one.areLists === areLists).map(({ name }) => name);
    return {
      lostLine: before.line,
      line: now.line,
      lost: own.map(([name]) => name).filter((name) => !kept.has(name)),
      lists: named(true),
      others: named(false),
      areLists: this.#areLists(before, now),
      isFlow: /^[[{]/.test(nowText),
      isSame: this.#valueText(before) === nowText,
    };
  }

  #areLists(...two: readonly Written[]): boolean {
    return two.every((one) =>
      one.isList && !/^\[ ?\]$/.test(this.#valueText(one))
    );
  }

  #valueText({ start, end }: Written): string {
    const text = this.#text.slice(start, end).replaceAll(COMMENT, "");
    return text.trim().replaceAll(/\s+/g, " ");
  }
}

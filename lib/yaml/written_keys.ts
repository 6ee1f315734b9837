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
  /** What is lost with it: keys below it that the next one does not have. */
  readonly lost: readonly string[];
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
    const now: Written = { line, start, end, below: undefined };
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

  /** Each once. */
  names(): Iterable<string> {
    return this.#keys.keys();
  }

  #repeated(before: Written, now: Written): RepeatedKey {
    const kept = new Set(now.below?.names());
    return {
      lostLine: before.line,
      line: now.line,
      lost: [...before.below?.names() ?? []].filter((key) => !kept.has(key)),
      isSame: this.#valueText(before) === this.#valueText(now),
    };
  }

  #valueText({ start, end }: Written): string {
    const text = this.#text.slice(start, end).replaceAll(COMMENT, "");
    return text.trim().replaceAll(/\s+/g, " ");
  }
}

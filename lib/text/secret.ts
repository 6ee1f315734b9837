/**
 * A provider key that cannot be printed by accident: every way to turn it into
 * text gives `[secret]`. Only the code that builds a request, or LiteLLM's
 * environment, calls {@linkcode Secret.reveal}.
 *
 * @module
 */

const MASK = "[secret]";

/** Holds one key. Inspecting, logging or serialising it shows a mask. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The key itself; never store or print what this returns. */
  reveal(): string {
    return this.#value;
  }

  /** Whether the key fits into an HTTP header: printable ASCII, no blanks. */
  get fitsHeader(): boolean {
    return /^[\x21-\x7e]+$/.test(this.#value);
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [Symbol.for("Deno.customInspect")](): string {
    return MASK;
  }
}

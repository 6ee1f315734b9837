/**
 * Values as YAML in the styles that people mix: block and flow, quoted or not.
 *
 * @module
 */
import { isJsonObject } from "../../lib/text/fields.ts";

/** Writes values, in styles that `random` picks. */
export class LooseYaml {
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** What follows a colon, in block style `step` further in, or in flow style. */
  value(value: unknown, step: number, indent = step): string {
    const isEmpty = typeof value !== "object" || value === null ||
      Object.keys(value).length === 0;
    if (isEmpty) return ` ${this.#scalar(value)}`;
    if ((this.#random() < 0.2)) return ` ${this.#flow(value)}`;
    return this.#blockLines(value, step, indent);
  }

  #blockLines(value: unknown, step: number, indent: number): string {
    const pad = "\n" + " ".repeat(indent);
    if (Array.isArray(value)) {
      return value.map((item) => `${pad}-${this.#item(item, step, indent)}`)
        .join("");
    }
    return isJsonObject(value)
      ? Object.entries(value).map(([key, one]) =>
        `${pad}${this.#scalar(key)}:${this.value(one, step, indent + step)}`
      ).join("")
      : "";
  }

  /** The keys of an item begin right after its dash. */
  #item(item: unknown, step: number, indent: number): string {
    if (!isJsonObject(item)) return this.value(item, step, indent + step);
    const value = this.value(item, step, indent + 2);
    return value.startsWith("\n") ? value.replace(/^\n +/, " ") : value;
  }

  #flow(value: unknown): string {
    if (Array.isArray(value)) {
      return `[${value.map((item) => this.#flow(item)).join(", ")}]`;
    }
    return isJsonObject(value)
      ? `{${
        Object.entries(value).map(([key, one]) =>
          `${this.#scalar(key)}: ${this.#flow(one)}`
        ).join(", ")
      }}`
      : this.#scalar(value);
  }

  #scalar(value: unknown): string {
    if (value === null) return this.#random() < 0.5 ? "null" : "~";
    const isPlain = typeof value === "string" &&
      /^[A-Za-z][\w./-]*$/.test(value) && !["no", "y"].includes(value);
    return isPlain && this.#random() < 0.7 ? value : JSON.stringify(value);
  }
}

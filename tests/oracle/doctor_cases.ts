/**
 * Configs as people write them, with one or two faults of a kind that LiteLLM
 * refuses or misreads, or with none, in block and flow style.
 *
 * @module
 */
import { isJsonObject } from "../../lib/text/fields.ts";
import { randomNumbers } from "../faults/stage.ts";

/** A config, what it includes, and LiteLLM's variables. */
export interface Case {
  readonly files: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string>>;
  /** Somebody's own: only the parts are judged that the doctor looks at. */
  readonly isReal: boolean;
}

const CASES = 600;

const PARAMS = { model: "openai/gpt-5", api_key: "k" };

const BAD_ENTRIES: readonly unknown[] = [
  { model_name: "x" },
  { model_name: "x", litellm_params: null },
  { model_name: "x", litellm_params: {} },
  { model_name: "x", litellm_params: "text" },
  { model_name: "x", litellm_params: ["model"] },
  { model_name: "x", litellm_params: { api_key: "k" } },
  { model_name: "x", litellm_params: { model: null } },
  { model_name: "x", litellm_params: { model: 5 } },
  { model_name: "x", litellm_params: { model: ["a"] } },
  { model_name: "x", litellm_params: { model: "os.environ/NOT_SET" } },
  { litellm_params: PARAMS },
  { model_name: null, litellm_params: PARAMS },
  { model_name: 4.5, litellm_params: PARAMS },
  { model_name: true, litellm_params: PARAMS },
  { model_name: ["a"], litellm_params: PARAMS },
  { model_name: "os.environ/NOT_SET", litellm_params: PARAMS },
  { model_name: "x", litellm_params: PARAMS, model_info: null },
  { model_name: "x", litellm_params: PARAMS, model_info: "text" },
  { model_name: "x", litellm_params: PARAMS, model_info: [] },
  {
    model_name: "x",
    litellm_params: { model: "auto_router/complexity_router", tiers: {} },
  },
  "text",
  null,
  ["a"],
  {},
];

/** LiteLLM takes them, or leaves them out without a word. */
const ODD_ENTRIES: readonly unknown[] = [
  { model_name: "x", litellm_params: { model: "" } },
  { model_name: "", litellm_params: PARAMS },
  { model_name: "x", litellm_params: { model: "nobody-knows" } },
  { model_name: "x", litellm_params: PARAMS, model_info: {} },
  { model_name: "x", litellm_params: PARAMS, model_info: { id: null } },
  { model_name: "os.environ/SET", litellm_params: PARAMS },
  { model_name: "x", litellm_params: { ...PARAMS, rpm: "many" } },
  { model_name: "x", litellm_params: PARAMS, other: 1 },
];

const FALLBACKS: readonly unknown[] = [
  [{ a: ["b"] }],
  [{ a: ["b"] }, { b: ["a"] }],
  [{ a: [] }],
  [{ a: [{ model: "b" }] }],
  [{ model: "b" }],
  [],
  null,
  {},
  "",
  "os.environ/NOT_SET",
  { a: ["b"] },
  { a: ["b"], b: ["a", "no"] },
  { a: "b", "4.5": ["a"] },
  { a: null },
  "a",
  5,
  false,
  ["a", "b"],
  [null],
  [["a"]],
  [{}],
  [{ a: ["b"], b: ["a"] }],
  [{ a: ["b"] }, { b: "a" }],
  [{ a: null }],
  [{ a: { model: "b" } }],
  [{ a: "os.environ/NOT_SET" }],
];

const DEFAULTS: readonly unknown[] = [
  ["a"],
  ["a", "b"],
  "a",
  "",
  null,
  { a: ["b"] },
  5,
  [],
];

const ALIASES: readonly unknown[] = [
  { x: "a" },
  { x: { model: "a", hidden: true } },
  { x: { model: "a", hidden: false }, y: "b" },
  {},
  null,
  ["a"],
  [],
  "text",
  5,
  { x: ["a", "b"] },
  { x: { model: "a" } },
  { x: { hidden: false } },
  { x: { hidden: true } },
  { x: { model: null, hidden: false } },
  { x: { model: ["a"], hidden: false } },
  { x: null, y: "a" },
  { x: "" },
  { x: 5 },
];

const MASTER_KEYS: readonly unknown[] = [
  "sk-a-key-of-its-own",
  "sk-a-key-of-its-own",
  "os.environ/LITELLM_MASTER_KEY",
  "os.environ/NOT_SET",
  "sk-1234",
  " sk-1234 ",
  "",
  null,
  1234,
  0,
  true,
  ["a"],
];

const OVERRIDE = "dangerously_permit_weak_or_unset_master_key";

/** The same cases for the same seed. */
export function cases(seed: number): Case[] {
  const random = randomNumbers(seed);
  return Array.from({ length: CASES }, () => new Maker(random).made());
}

/** A section that stands by itself, and other lines for where it stands again. */
type Sections = Record<string, unknown>;

class Maker {
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  made(): Case {
    const main = this.#sections();
    const included = this.#chance(0.25) ? this.#sections() : undefined;
    const again = this.#chance(0.15) ? this.#again(main) : "";
    const include = included ? this.#include() : "";
    const eol = this.#chance(0.2) ? "\r\n" : "\n";
    const files = {
      "config.yaml": include + this.#text(main) + again,
      ...included && { "other.yaml": this.#includedText(included) },
    };
    return {
      files: Object.fromEntries(
        Object.entries(files).map(([name, text]) => [
          name,
          text.replaceAll("\n", eol),
        ]),
      ),
      variables: { SET: "a-name", ...this.#masterKey() },
      isReal: false,
    };
  }

  #chance(share: number): boolean {
    return this.#random() < share;
  }

  #pick<Value>(values: readonly Value[]): Value {
    const picked = values[Math.floor(this.#random() * values.length)];
    if (picked === undefined) throw new Error("nothing to pick from");
    return picked;
  }

  #sections(): Sections {
    const names = ["a", "b"];
    const entries: unknown[] = names.map((name) => ({
      model_name: name,
      litellm_params: PARAMS,
    }));
    if (this.#chance(0.2)) entries.push(this.#pick(BAD_ENTRIES));
    if (this.#chance(0.2)) entries.push(this.#pick(ODD_ENTRIES));
    return {
      model_list: entries,
      ...this.#chance(0.5) && { litellm_settings: this.#litellm() },
      ...this.#chance(0.5) && { router_settings: this.#router() },
      ...this.#chance(0.6) && { general_settings: this.#general() },
      ...this.#chance(0.2) && { environment_variables: this.#stated() },
    };
  }

  #fallbacks(): Sections {
    const share = 0.25;
    return {
      ...this.#chance(share) && { fallbacks: this.#pick(FALLBACKS) },
      ...this.#chance(share / 3) && {
        content_policy_fallbacks: this.#pick(FALLBACKS),
      },
      ...this.#chance(share / 3) && {
        context_window_fallbacks: this.#pick(FALLBACKS),
      },
      ...this.#chance(share / 3) && { default_fallbacks: this.#pick(DEFAULTS) },
    };
  }

  #litellm(): unknown {
    if (this.#chance(0.06)) return this.#pick(["text", ["a"], [], null, 5]);
    return { drop_params: true, ...this.#fallbacks() };
  }

  #router(): unknown {
    if (this.#chance(0.06)) return this.#pick(["text", ["a"], null]);
    return {
      num_retries: 2,
      ...this.#fallbacks(),
      ...this.#chance(0.4) && { model_group_alias: this.#pick(ALIASES) },
      ...this.#chance(0.03) && { health_check_interval: 5 },
    };
  }

  #general(): unknown {
    if (this.#chance(0.06)) return this.#pick(["text", ["a"], [], null, "", 0]);
    return {
      ...this.#chance(0.5) && { master_key: this.#pick(MASTER_KEYS) },
      ...this.#chance(0.5) && { store_prompts_in_spend_logs: true },
      ...this.#chance(0.05) && { [OVERRIDE]: this.#chance(0.5) },
    };
  }

  #stated(): unknown {
    if (this.#chance(0.1)) return this.#pick(["text", ["a"], null, 5]);
    return {
      ANY: "thing",
      ...this.#chance(0.4) && {
        LITELLM_MASTER_KEY: this.#pick(["sk-of-the-config", "sk-1234"]),
      },
    };
  }

  #masterKey(): Record<string, string> {
    const key = this.#pick(["sk-own-key", "sk-own-key", "sk-own-key", "x"]);
    if (this.#chance(0.75)) return { LITELLM_MASTER_KEY: key };
    if (this.#chance(0.3)) return { LITELLM_MASTER_KEY: "sk-1234" };
    const name = `LITELLM_${OVERRIDE.toUpperCase()}`;
    return this.#chance(0.2) ? { [name]: "true" } : {};
  }

  #include(): string {
    const faulty = ["include: other.yaml\n", "include:\n", "include: [5]\n"];
    if (this.#chance(0.06)) return this.#pick(faulty);
    return this.#pick([
      "include: [other.yaml]\n",
      "include:\n  - other.yaml\n",
      "include:\n- ./other.yaml\n- other.yaml\n",
    ]);
  }

  #includedText(sections: Sections): string {
    if (this.#chance(0.1)) {
      return this.#pick(["- a list\n", "", "text\n", "[]\n", "broken: [\n"]);
    }
    return this.#text(sections);
  }

  /** One of the sections once more, with other keys or with the same. */
  #again(sections: Sections): string {
    const name = this.#pick(
      Object.keys(sections).filter((key) => key !== "model_list")
        .concat("litellm_settings"),
    );
    const value = this.#chance(0.3) ? sections[name] : { drop_params: true };
    return `${name}:${this.#value(value ?? { drop_params: true }, 2)}\n`;
  }

  #text(sections: Sections): string {
    return Object.entries(sections).map(([key, value]) => {
      const comment = this.#chance(0.2) ? "# what follows\n" : "";
      const step = this.#pick([2, 4]);
      // In flow style it is not editable: nothing would be judged.
      const text = key === "model_list"
        ? this.#blockLines(value, step, step)
        : this.#value(value, step);
      return `${comment}${key}:${text}\n`;
    }).join("");
  }

  /** What follows a colon, in block style `step` further in, or in flow style. */
  #value(value: unknown, step: number, indent = step): string {
    const isEmpty = typeof value !== "object" || value === null ||
      Object.keys(value).length === 0;
    if (isEmpty) return ` ${this.#scalar(value)}`;
    if (this.#chance(0.2)) return ` ${this.#flow(value)}`;
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
        `${pad}${this.#scalar(key)}:${this.#value(one, step, indent + step)}`
      ).join("")
      : "";
  }

  /** The keys of an item begin right after its dash. */
  #item(item: unknown, step: number, indent: number): string {
    if (!isJsonObject(item)) return this.#value(item, step, indent + step);
    const value = this.#value(item, step, indent + 2);
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
    if (value === null) return this.#pick(["null", "~"]);
    const isPlain = typeof value === "string" &&
      /^[A-Za-z][\w./-]*$/.test(value) && !["no", "y"].includes(value);
    return isPlain && this.#chance(0.7) ? value : JSON.stringify(value);
  }
}

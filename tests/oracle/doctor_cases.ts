/**
 * Configs as people write them, with one or two faults of a kind that LiteLLM
 * refuses or misreads, or with none, in block and flow style.
 *
 * @module
 */
import { randomNumbers } from "../faults/stage.ts";
import {
  ALIASES,
  BAD_ENTRIES,
  DEFAULTS,
  FALLBACKS,
  MASTER_KEYS,
  ODD_ENTRIES,
  ODD_YAML,
  OVERRIDE,
  PARAMS,
  SCALARS,
  STRATEGIES,
} from "./doctor_values.ts";
import { LooseYaml } from "./loose_yaml.ts";

/** A config, what it includes, and LiteLLM's variables. */
export interface Case {
  readonly files: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string>>;
  /** Somebody's own: only the parts are judged that the doctor looks at. */
  readonly isReal: boolean;
}

const CASES = 600;

/** The same cases for the same seed. */
export function cases(seed: number): Case[] {
  const random = randomNumbers(seed);
  return [
    ...Array.from({ length: CASES }, () => new Maker(random).made()),
    ...SCALARS.flatMap(withScalar),
  ];
}

/** The scalar as it is, wherever its kind is judged. */
function withScalar(scalar: string): Case[] {
  const model =
    "model_list:\n  - model_name: a\n    litellm_params: {model: openai/gpt-5, api_key: k}\n";
  return [
    model.replace("model_name: a", `model_name: ${scalar}`),
    model.replace("model: openai/gpt-5", `model: ${scalar}`),
    `${model}general_settings:\n  master_key: ${scalar}\n`,
    `${model}general_settings:\n  other: [${scalar}]\n`,
    `${model}litellm_settings:\n  fallbacks: [{${scalar}: [a]}]\n`,
    `${model}litellm_settings:\n  fallbacks:\n    - a: [${scalar}]\n`,
    `${model}router_settings:\n  model_group_alias:\n    ${scalar}: a\n`,
    `${model}router_settings:\n  routing_strategy: ${scalar}\n`,
    `${model}other:\n  - ${scalar}\n  - {x: ${scalar}}\n`,
  ].map((text) => ({
    files: { "config.yaml": text },
    variables: { LITELLM_MASTER_KEY: "sk-own-key" },
    isReal: false,
  }));
}

/** A section that stands by itself, and other lines for where it stands again. */
type Sections = Record<string, unknown>;

class Maker {
  readonly #random: () => number;
  readonly #yaml: LooseYaml;

  constructor(random: () => number) {
    this.#random = random;
    this.#yaml = new LooseYaml(random);
  }

  made(): Case {
    const main = this.#sections();
    const included = this.#chance(0.25) ? this.#sections() : undefined;
    const again = this.#chance(0.15) ? this.#again(main) : "";
    const include = included ? this.#include() : "";
    const eol = this.#chance(0.2) ? "\r\n" : "\n";
    const files = {
      "config.yaml": this.#damaged(include + this.#text(main) + again),
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
    const noList = ["text", null, 0, { a: 1 }, []];
    return {
      model_list: this.#chance(0.04) ? this.#pick(noList) : entries,
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
      ...this.#chance(0.1) && { routing_strategy: this.#pick(STRATEGIES) },
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
      return this.#pick(["- a list\n", "", "text\n", "[]\n", "\t\n"]);
    }
    return this.#damaged(this.#text(sections));
  }

  /** Sometimes with a form of YAML that one parser takes and another does not. */
  #damaged(text: string): string {
    if (!this.#chance(0.1)) return text;
    if (this.#chance(0.7)) return text + this.#pick(ODD_YAML);
    return this.#pick([
      text.replace(/\n {2}/, "\n\t"),
      text.replace(/: /, ":\t"),
      text.replace(/\n/, "\t\n"),
    ]);
  }

  /** One of the sections once more, with other keys or with the same. */
  #again(sections: Sections): string {
    const name = this.#pick(
      Object.keys(sections).filter((key) => key !== "model_list")
        .concat("litellm_settings"),
    );
    const value = this.#chance(0.3) ? sections[name] : { drop_params: true };
    return `${name}:${this.#yaml.value(value ?? { drop_params: true }, 2)}\n`;
  }

  #text(sections: Sections): string {
    return Object.entries(sections).map(([key, value]) => {
      const comment = this.#chance(0.2) ? "# what follows\n" : "";
      const step = this.#pick([2, 4]);
      return `${comment}${key}:${this.#yaml.value(value, step)}\n`;
    }).join("");
  }
}

/**
 * A `claude-fallback` that stands ready and that nobody has told LiteLLM to
 * use, with the lines to paste. Silent where there is no Claude of the user's
 * own, and where that one has fallbacks already.
 *
 * @module
 */

import {
  field,
  isJsonObject,
  type JsonObject,
  listField,
  objectField,
  textField,
} from "../text/fields.ts";
import { quote } from "../yaml/parse.ts";
import type { Path } from "../yaml/positions.ts";
import type { AdviceInput, Finding } from "./input.ts";
import type { Lines, Spot } from "./lines.ts";
import {
  FALLBACK_SECTIONS,
  fallbackSources,
  fallbackTargets,
  groupAliases,
} from "./names.ts";

const FALLBACK = "claude-fallback";

/** The advice to use it, if there is any to give. */
export function unusedFallback(
  { config, catalog }: AdviceInput,
  lines: Lines,
): Finding[] {
  const userConfig = config.merged.value;
  const isReady = catalog.aliases.some(({ name }) => name === FALLBACK);
  if (!isReady || config.includes.broken.length > 0) return [];
  const choice = firstChoice(userConfig);
  if (!choice || hasFallbacks(userConfig, choice.name)) return [];
  const hint = pasteHint(userConfig, choice.name, lines);
  return [{
    code: "unused-fallback",
    text: `"${choice.name}" has no fallback, and ${FALLBACK} stands ready`,
    hint,
    path: ["model_list", choice.at, "model_name"],
  }];
}

/** The first hand-written Claude that does not come from OpenRouter, too. */
function firstChoice(
  config: JsonObject,
): { name: string; at: number } | undefined {
  for (const [at, item] of listField(config, "model_list").entries()) {
    if (!isJsonObject(item)) continue;
    const name = textField(item, "model_name");
    const model = textField(objectField(item, "litellm_params"), "model") ?? "";
    const isClaude = /claude/i.test(model) && !model.startsWith("openrouter/");
    if (isClaude && name !== undefined && !name.includes("*")) {
      return { name, at };
    }
  }
  return undefined;
}

function hasFallbacks(config: JsonObject, name: string): boolean {
  const isUsed = [...fallbackTargets(config), ...groupAliases(config)]
    .some((target) => target.name === FALLBACK);
  const isCovered = fallbackSources(config).some((source) =>
    source.path[1] === "fallbacks" && ["*", name].includes(source.name)
  );
  const hasDefault = FALLBACK_SECTIONS.some((section) =>
    listField(objectField(config, section), "default_fallbacks").length > 0
  );
  return isUsed || isCovered || hasDefault;
}

/** What to paste where, so that the result is right YAML. */
function pasteHint(config: JsonObject, name: string, lines: Lines): string {
  const pair = `${plainOrQuoted(name)}: [${FALLBACK}]`;
  // Where both sections have the list, LiteLLM takes that of the router.
  const section = FALLBACK_SECTIONS.find((one) =>
    listField(objectField(config, one), "fallbacks").length > 0
  );
  if (section !== undefined) {
    return besideItem([section, "fallbacks"], pair, lines);
  }
  const own = objectField(config, "litellm_settings");
  if (field(own, "fallbacks") !== undefined) {
    return insteadOfKey(["litellm_settings", "fallbacks"], pair, lines);
  }
  const [first] = Object.keys(own);
  if (first !== undefined) {
    return besideKey(["litellm_settings", first], pair, lines);
  }
  const spot = lines.of(["litellm_settings"]);
  const key = "litellm_settings:";
  const rule = `  fallbacks: [{${pair}}]`;
  return spot.line === undefined
    ? `add at the end of the file:\n${key}\n${rule}`
    : `write instead of ${named(spot)}:\n${key}\n${rule}`;
}

/** One more rule in a list that is there. */
function besideItem(list: Path, pair: string, lines: Lines): string {
  const first = [...list, 0];
  const indent = /^( *)- /.exec(lines.textOf(first))?.[1];
  return indent === undefined
    ? `add to the list on ${named(lines.of(first))}: {${pair}}`
    : `add above ${named(lines.of(first))}:\n${indent}- ${pair}`;
}

/** A list in place of one that is empty. */
function insteadOfKey(key: Path, pair: string, lines: Lines): string {
  const indent = /^ */.exec(lines.textOf(key))?.[0] ?? "";
  const line = named(lines.of(key));
  return `write instead of ${line}:\n${indent}fallbacks: [{${pair}}]`;
}

/** The whole list, above the section's first key. */
function besideKey(key: Path, pair: string, lines: Lines): string {
  const indent = /^( +)[\w"']/.exec(lines.textOf(key))?.[1];
  const line = named(lines.of(key));
  return indent === undefined
    ? `add to litellm_settings on ${line}: fallbacks: [{${pair}}]`
    : `add above ${line}:\n${indent}fallbacks:\n${indent}  - ${pair}`;
}

function named({ file, line }: Spot): string {
  return file === undefined ? `line ${line}` : `line ${line} of ${file}`;
}

/** A name that could be read as something else than a text is quoted. */
function plainOrQuoted(name: string): string {
  const isPlain = /^[A-Za-z][\w./-]*$/.test(name) &&
    !/^(y|n|yes|no|on|off|true|false|null)$/i.test(name);
  return isPlain ? name : quote(name);
}

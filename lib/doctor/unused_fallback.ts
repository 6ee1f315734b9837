/**
 * A `claude-fallback` that is available but not used by the config: the rule,
 * and where it goes. Silent if the user has no Claude entry, or one that has
 * fallbacks already.
 *
 * @module
 */

import {
  field,
  type JsonObject,
  listField,
  objectField,
} from "../text/fields.ts";
import { quote } from "../yaml/parse.ts";
import { userModels } from "../config/user_models.ts";
import type { Lines } from "../config/lines.ts";
import type { DoctorInput, Found } from "./input.ts";
import { FALLBACK_SECTIONS, mentionsIn } from "./mentions.ts";

const FALLBACK = "claude-fallback";

/** The advice to use it, if there is any to give. */
export function unusedFallback(
  { config, ours, lines }: DoctorInput,
): Found[] {
  const whole = config.merged.value;
  const isAvailable = ours.some(({ name }) => name === FALLBACK);
  if (!isAvailable || config.includes.broken.length > 0) return [];
  // The first that does not come from OpenRouter itself.
  const claude = userModels(config).find(({ name, model }) =>
    /claude/i.test(model) && !model.startsWith("openrouter/") &&
    name !== "" && !name.includes("*")
  );
  if (!claude || hasFallbacks(whole, claude.name)) return [];
  return [{
    code: "unused-fallback",
    text: `"${claude.name}" has no fallback, and ${FALLBACK} is available`,
    hint: ruleHint(whole, claude.name, lines),
    at: { path: [...claude.path, "model_name"] },
  }];
}

function hasFallbacks(config: JsonObject, model: string): boolean {
  const isCovered = mentionsIn(config).some(({ kind, name, path }) =>
    kind === "has fallbacks"
      ? path[1] === "fallbacks" && ["*", model].includes(name)
      : name === FALLBACK
  );
  return isCovered ||
    FALLBACK_SECTIONS.some((section) =>
      listField(objectField(config, section), "default_fallbacks").length > 0
    );
}

/** The rule, in a form that is valid YAML in brackets and as a list item. */
function ruleHint(config: JsonObject, name: string, lines: Lines): string {
  const rule = `{${plainOrQuoted(name)}: [${FALLBACK}]}`;
  // Where both sections have the list, LiteLLM takes that of the router.
  const section =
    FALLBACK_SECTIONS.find((one) =>
      listField(objectField(config, one), "fallbacks").length > 0
    ) ?? "litellm_settings";
  const isListed =
    field(objectField(config, section), "fallbacks") !== undefined;
  const path = isListed ? [section, "fallbacks"] : [section];
  const { file, line } = lines.of(path);
  if (line === undefined) {
    return `add to the config: ${section}: {fallbacks: [${rule}]}`;
  }
  const where = file === undefined ? `line ${line}` : `line ${line} of ${file}`;
  const value = isListed ? rule : `fallbacks: [${rule}]`;
  return `add to ${path.join(".")} (${where}): ${value}`;
}

/** A name that could be read as something else than a text is quoted. */
function plainOrQuoted(name: string): string {
  const isPlain = /^[A-Za-z][\w./-]*$/.test(name) &&
    !/^(y|n|yes|no|on|off|true|false|null)$/i.test(name);
  return isPlain ? name : quote(name);
}

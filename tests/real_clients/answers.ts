/**
 * Who has to answer a name, and as which model, when Anthropic itself is not
 * enabled: told by the name alone, as a user would.
 *
 * @module
 */

import { assert } from "../support/assert.ts";

/** The names that do not say it themselves. */
const NAMED: Readonly<Record<string, RegExp>> = {
  "claude-main": /^told by own as some-model$/,
  "claude-fallback": /^told by OpenRouter as anthropic\/claude-sonnet-5\.5$/,
  "claude-opus-fallback": /^told by OpenRouter as anthropic\/claude-opus-5\.5$/,
  "claude-haiku-fallback":
    /^told by OpenRouter as anthropic\/claude-haiku-5\.5$/,
  "claude-fable-fallback":
    /^told by OpenRouter as anthropic\/claude-fable-5\.2$/,
  // Which one is the newest of these depends on what is shut down today.
  "grok": /^told by xAI as grok-4\.\d$/,
  "gemini": /^told by Gemini as gemini-\d/,
  "gemini-pro": /^told by Gemini as gemini-\d.*-pro/,
  "gemini-flash": /^told by Gemini as gemini-\d.*-flash/,
};

/** Asserts that a name was answered by the upstream that has it. */
export function assertTeller(name: string, answer: string): void {
  assert(isRight(name, answer), `"${name}": ${answer}`);
}

function isRight(name: string, answer: string): boolean {
  const named = NAMED[name];
  if (named !== undefined) return named.test(answer);
  const [, teller, model = ""] = /^told by (\w+) as (.+)$/.exec(answer) ?? [];
  if (name.startsWith("grok-")) return teller === "xAI" && model === name;
  if (name.startsWith("gemini-")) return teller === "Gemini" && model === name;
  return teller === "OpenRouter" && apiName(model) === undated(name);
}

/** Anthropic's own name of an id of OpenRouter's. */
function apiName(id: string): string {
  return id.replace(/^anthropic\//, "").replaceAll(".", "-");
}

/** OpenRouter has no dates in its ids. */
function undated(name: string): string {
  return name.replace(/-\d{8}$/, "");
}

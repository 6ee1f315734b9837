/**
 * Providers that could have a name and did not say: disabled, not enabled, left
 * out, without a key, or failed.
 *
 * @module
 */

import { noKeyWarning } from "../advice/missing_keys.ts";
import { outcomeHint } from "../advice/outcomes.ts";
import { FIRST_CHOICE, STAND_IN } from "../catalog/first_choice.ts";
import { sourceOf } from "../catalog/offer.ts";
import { describeWithSaid } from "../fetch/failure_words.ts";
import type { Outcome } from "../fetch/outcome.ts";
import { PROVIDERS } from "../providers/table.ts";
import type { SkippedProvider } from "../settings/decisions.ts";
import { pasteHint, providerOf, settingAt, type WhyInput } from "./input.ts";
import { because, placeOf, type Reason } from "./reasons.ts";

/** How the models of some makers are called, by their own provider. */
const FAMILIES: ReadonlyMap<string, RegExp> = new Map([
  ["xai", /^grok/],
  ["gemini", /^(?:gemini|gemma|learnlm)/],
  ["anthropic", /^claude-/],
  ["openai", /^(?:gpt-|chatgpt-|o\d)/],
  [
    "mistral",
    /^(?:(?:open-)?mi[sn]i?s?tral|codestral|devstral|magistral|pixtral)/,
  ],
  ["deepseek", /^deepseek-/],
  ["cohere", /^(?:command|c4ai)/],
  ["moonshot", /^(?:kimi|moonshot)/],
  ["nvidia-nim", /nemotron/],
  ["zai", /^glm-/],
  ["dashscope", /^(?:qwen|qwq|qvq)/],
  ["minimax", /^minimax-/],
]);

/**
 * The providers without a list that could have the name: by its form, or since
 * an alias follows them; where nothing is found, any server, and all that are on
 * where it could be anybody's.
 */
export function silentReasons(
  followed: ReadonlySet<string>,
  isFound: boolean,
  input: WhyInput,
): Reason[] {
  const { sources, off } = input.settings;
  const on = sources.map(({ provider }) => provider);
  const ids = on.map(({ id }) => id);
  const all = new Set([...ids, ...off, ...PROVIDERS.map(({ id }) => id)]);
  const may = [...all].filter((id) => followed.has(id) || mayHave(id, input));
  const isAnybodys = !may.some((id) => ids.includes(id));
  const others = on.filter(({ kind }) => isAnybodys || kind === "local");
  return [...new Set([...may, ...isFound ? [] : others.map(({ id }) => id)])]
    .flatMap((id) => silenceOf(id, input) ?? []);
}

/** Whether a provider may have a model of this name, as far as names tell. */
function mayHave(id: string, input: WhyInput): boolean {
  const { name, settings: { sources, off }, outcomes } = input;
  // OpenRouter's list has all of Anthropic's models.
  if (
    id === FIRST_CHOICE && !off.has(id) && !sourceOf(id, sources) &&
    outcomes.some((one) => one.provider === STAND_IN && one.kind === "answered")
  ) return false;
  const { prefix } = providerOf(id, input);
  const plain = name.replace(/^discover:/, "").toLowerCase();
  if ([prefix, `${id}/`].some((start) => plain.startsWith(start))) return true;
  const last = plain.slice(plain.lastIndexOf("/") + 1);
  return FAMILIES.get(id)?.test(last) ?? (id === STAND_IN && plain !== last);
}

/** Why a provider gave no list; nothing where it gave one. */
export function silenceOf(id: string, input: WhyInput): Reason | undefined {
  const { settings, outcomes } = input;
  const outcome = outcomes.find((one) => one.provider === id);
  if (outcome?.kind === "answered") return undefined;
  if (outcome) return failed(outcome, input);
  const left = settings.skipped.find(({ provider }) => provider.id === id);
  if (left) return skipped(left, input);
  const provider = providerOf(id, input);
  if (!settings.off.has(id)) return notEnabled(provider);
  const at = settingAt(input, ["providers", id]);
  const message = `${provider.title} is disabled (${placeOf(at)})`;
  const hint = "remove that line to enable it";
  return because("turned-off", message, { provider: id, at, hint });
}

function failed(outcome: Failed, input: WhyInput): Reason {
  const { settings } = input;
  const provider = providerOf(outcome.provider, input);
  const said = describeWithSaid(outcome.failure, settings.timeoutMs);
  const lead = outcome.failure.reason === "shrunk" ? "" : "no list from ";
  return because("provider-failed", `${lead}${provider.title}: ${said}`, {
    provider: provider.id,
    hint: outcomeHint(outcome, settings) ?? null,
  });
}

type Failed = Outcome & { readonly kind: "failed" };

function skipped(one: SkippedProvider, { settings }: WhyInput): Reason {
  const { provider: { id: provider, title }, reason } = one;
  if (reason === "not-asked") {
    return because(reason, `${title} was left out by --only`, { provider });
  }
  const { text, hint = null } = noKeyWarning(one, settings.keyPlaces);
  return because(reason, text, { provider, hint });
}

function notEnabled(provider: ReturnType<typeof providerOf>): Reason {
  const { id, title, keyVariables: [variable] } = provider;
  const key = variable === undefined ? "" : `, and ${variable} to its key`;
  const what = `to ask it, set this in discover.yaml${key}`;
  // A server of the user's needs more than its name.
  const isKnown = PROVIDERS.some((one) => one.id === id);
  return because("not-enabled", `${title} is not enabled`, {
    ...{ provider: id, hint: isKnown ? pasteHint(what, id) : null },
  });
}

/**
 * Providers that could have a name and did not say: disabled, not enabled, left
 * out, without a key, or failed.
 *
 * @module
 */

import { FIRST_CHOICE, STAND_IN } from "../catalog/first_choice.ts";
import { sourceOf } from "../catalog/offer.ts";
import { describeWithSaid } from "../fetch/failure_words.ts";
import type { Provider } from "../providers/provider.ts";
import { PROVIDERS } from "../providers/table.ts";
import type { Reason } from "./reasons.ts";
import type { SkippedProvider } from "../settings/decisions.ts";
import { failureHint } from "../advice/failure_hint.ts";
import { variablesOf } from "../advice/missing_keys.ts";
import { providerName, settingAt, type WhyInput } from "./input.ts";

/** How the models of some makers are called, by their own provider. */
const FAMILIES: ReadonlyMap<string, RegExp> = new Map([
  ["openrouter", /^~?claude-|\//],
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
]);

/** Whether a provider may have a model of this name, as far as names tell. */
function mayHave(provider: Provider, name: string): boolean {
  const family = FAMILIES.get(provider.id);
  if (hasPrefix(provider, name)) return true;
  if (family === undefined) return provider.kind === "local";
  const plain = name.toLowerCase();
  const last = plain.slice(plain.lastIndexOf("/") + 1);
  return [plain, last].some((one) => family.test(one));
}

/** As LiteLLM writes it, or as `discover.yaml` does. */
function hasPrefix(
  { id, prefix }: Pick<Provider, "id" | "prefix">,
  name: string,
): boolean {
  const plain = name.replace(/^discover:/, "").toLowerCase();
  return plain.startsWith(prefix) || plain.startsWith(`${id}/`);
}

/** Why a provider gave no list; nothing where it gave one. */
export function silenceOf(id: string, input: WhyInput): Reason | undefined {
  const { settings, outcomes } = input;
  const outcome = outcomes.find((one) => one.provider === id);
  if (outcome?.kind === "answered") return undefined;
  if (outcome) return failed(id, outcome.failure, input);
  const skipped = settings.skipped.find(({ provider }) => provider.id === id);
  if (skipped) return ofSkipped(skipped, input);
  const provider = providerName(id, input);
  if (settings.off.has(id)) {
    const at = settingAt(input, ["providers", id]);
    return { kind: "turned-off", provider, at };
  }
  const { keyVariables = [] } = PROVIDERS.find((one) => one.id === id) ?? {};
  return { kind: "not-enabled", provider, keyVariables };
}

type Failed = WhyInput["outcomes"][number] & { readonly kind: "failed" };

function failed(
  id: string,
  failure: Failed["failure"],
  input: WhyInput,
): Reason {
  const { sources, requests, timeoutMs } = input.settings;
  const source = sourceOf(id, sources);
  const base = requests.find(({ provider }) => provider.id === id)?.base;
  const hint = source && failureHint(failure, source, base);
  return {
    kind: "provider-failed",
    provider: providerName(id, input),
    failure: failure.reason,
    message: describeWithSaid(failure, timeoutMs),
    ...(hint !== undefined && { hint }),
  };
}

function ofSkipped(
  { provider: { id }, provider, reason, key }: SkippedProvider,
  input: WhyInput,
): Reason {
  const name = providerName(id, input);
  if (reason === "not-asked") return { kind: "not-asked", provider: name };
  return {
    kind: "no-key",
    provider: name,
    message: key.kind === "none" || key.kind === "usable"
      ? `no key in ${variablesOf(provider)}`
      : `${key.found.variable} from ${key.found.from} ${NO_KEY[key.kind]}`,
    hint: `looked in ${input.settings.keyPlaces.join(", ")}`,
  };
}

/** What is wrong with what was found. */
const NO_KEY = {
  own: "is this proxy's own key",
  late: "comes too late: LiteLLM looks for it before",
  token: "is a client's token, not a key",
} as const;

/**
 * The providers without a list that could have the name, or all that are on
 * where it could be anybody's.
 */
export function silentReasons(
  name: string,
  concerned: ReadonlySet<string>,
  isFound: boolean,
  input: WhyInput,
): Reason[] {
  const { sources, off } = input.settings;
  const on = sources.map(({ provider }) => provider);
  const decided = new Set([...off, ...on.map(({ id }) => id)]);
  const may = on.filter((one) => concerned.has(one.id) || mayHave(one, name));
  const asked = may.length > 0 || isFound ? may : on;
  return [...asked.map(({ id }) => id), ...others(name, input)]
    // OpenRouter's list has all of Anthropic's models.
    .filter((id) =>
      decided.has(id) || id !== FIRST_CHOICE || !hasAnswered(STAND_IN, input)
    )
    .flatMap((id) => silenceOf(id, input) ?? []);
}

/** Providers that are not on. Of local servers only those that are named. */
function others(
  name: string,
  { settings: { off, sources } }: WhyInput,
): string[] {
  const listed = PROVIDERS.filter((one) =>
    one.kind === "local" && !off.has(one.id)
      ? hasPrefix(one, name)
      : mayHave(one, name)
  );
  const servers = [...off].filter((id) => name.startsWith(`${id}/`));
  const on = sources.map(({ provider }) => provider.id);
  return [...listed.map(({ id }) => id), ...servers]
    .filter((id) => !on.includes(id));
}

function hasAnswered(id: string, { outcomes }: WhyInput): boolean {
  return outcomes.some(({ kind, provider }) =>
    kind === "answered" && provider === id
  );
}

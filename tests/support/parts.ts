/**
 * The parts from which unit tests put a run together: settings, outcomes, a
 * config, and the block that a run would make of them.
 *
 * @module
 */

import { parseArgs } from "../../lib/cli/args.ts";
import type { RunFlags } from "../../lib/cli/command.ts";
import { type Config, readConfig } from "../../lib/config/config.ts";
import { KeyRing } from "../../lib/keys/key_ring.ts";
import {
  askProvider,
  type FetchOptions,
  type ProviderRequest,
} from "../../lib/fetch/fetch.ts";
import type { AnswerReason, Outcome } from "../../lib/fetch/outcome.ts";
import { type Plan, planRefresh } from "../../lib/commands/plan.ts";
import type { Model } from "../../lib/providers/provider.ts";
import { resolveSettings, type Settings } from "../../lib/settings/settings.ts";

/** Text as bytes, in UTF-8. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/** Bytes as text, in UTF-8. */
export function textOf(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

/** The flags of a command line that runs something. */
export function flagsOf(...argv: string[]): RunFlags {
  const command = parseArgs(argv);
  if (command.kind !== "run") throw new Error("not a run");
  return command.flags;
}

/** A key for each of the three default providers. */
export const KEYS: Readonly<Record<string, string>> = {
  OPENROUTER_API_KEY: "key-1",
  XAI_API_KEY: "key-2",
  GEMINI_API_KEY: "key-3",
};

/** The settings that flags and variables give, without any file. */
export function settingsOf(
  argv: readonly string[] = [],
  environment: Readonly<Record<string, string>> = KEYS,
): Settings {
  const keys = new KeyRing(environment, [], [".env"]);
  return resolveSettings(flagsOf(...argv), keys);
}

/** Asks all at once, as a run does; outcomes come in the order of the requests. */
export function askProviders(
  requests: readonly ProviderRequest[],
  options: FetchOptions,
): Promise<Outcome[]> {
  return Promise.all(requests.map((request) => askProvider(request, options)));
}

/** A provider that lists these models. */
export function answered(
  provider: string,
  ...models: readonly (string | Model)[]
): Outcome & { readonly kind: "answered" } {
  return {
    kind: "answered",
    provider,
    elapsedMs: 5,
    models: models.map((model) =>
      typeof model === "string" ? { id: model } : model
    ),
    rows: {
      listed: models.length,
      ineligible: 0,
      ambiguousMaker: 0,
      malformed: 0,
      repeated: 0,
      notForKey: 0,
    },
    alsoListed: new Set(),
    listing: [],
  };
}

/** A provider that did not answer. */
export function failed(
  provider: string,
  reason: AnswerReason = "timeout",
): Outcome {
  return { kind: "failed", provider, elapsedMs: 5, failure: { reason } };
}

/** A hand-written config. */
export const MINE = `model_list:
  - model_name: mine
    litellm_params:
      model: openai/my-own-gpt
litellm_settings:
  drop_params: true
`;

/** Reads a config from its text. */
export async function configOf(text: string = MINE): Promise<Config> {
  return await readConfig(bytesOf(text));
}

/** What a run plans for a config, given what the providers say. */
export async function planOf(
  text: string,
  outcomes: readonly Outcome[],
  settings: Settings = settingsOf(),
): Promise<Plan> {
  const config = await configOf(text);
  return await planRefresh(config, config.previous, settings, outcomes);
}

/** A config's text after a run in which xAI alone answered. */
export async function withGrok(text: string = MINE): Promise<string> {
  const plan = await planOf(text, [answered("xai", "grok-4.5")]);
  return textOf(plan.bytes);
}

/**
 * Wildcards for which LiteLLM asks the provider what there is
 * (`check_provider_endpoint`), next to a block that lists the same: each model is
 * in `/v1/models` under two names.
 *
 * @module
 */

import { deploymentOf, type Entry } from "../../block/entry.ts";
import { hasBase, targetIn } from "../../config/call_targets.ts";
import { type UserModel, userModels } from "../../config/user_models.ts";
import { isSince } from "../../litellm/release.ts";
import { field, objectField } from "../../text/fields.ts";
import { counted } from "../../text/plural.ts";
import { quoted } from "../../text/key_look.ts";
import type { DoctorInput, Found } from "../input.ts";

/** One finding for each such wildcard. */
export function listedTwice(input: DoctorInput): Found[] {
  const { config, ours, environment } = input;
  const settings = objectField(config.merged.value, "litellm_settings");
  if (field(settings, "check_provider_endpoint") !== true) return [];
  const models = ours.filter((entry) =>
    !deploymentOf(entry).startsWith("alias/")
  );
  return userModels(config).flatMap((wildcard) => {
    const start = listedStart(wildcard, environment?.release);
    const twice = models.filter((entry) =>
      start !== undefined && entry.model.startsWith(start) &&
      hasBase(entry, targetIn(wildcard.params).base)
    );
    return twice.length > 0 ? [findingFor(wildcard, twice)] : [];
  });
}

/**
 * How the models begin that LiteLLM lists for a wildcard, if it asks for them:
 * `get_known_models_from_wildcard`, read in 1.108.7.
 */
function listedStart(
  { name, params, model }: UserModel,
  release: string | undefined,
): string | undefined {
  const pattern = name === "*" ? model : name;
  const isListed = pattern.includes("/") && pattern.includes("*") &&
    model.includes("*") && !targetIn(params).isElsewhere;
  const [provider = ""] = model.split("/");
  const isAsked = ASKED.has(provider) ||
    provider === "openrouter" && isSince("1.110", release) === true;
  if (!isListed || !isAsked) return undefined;
  const [, part = ""] = /\/(.*)$/s.exec(pattern) ?? [];
  return `${provider}/${part.replaceAll("*", "")}`;
}

/**
 * The providers of the block that LiteLLM asks (`get_provider_model_info`, read
 * in 1.100 and 1.108.7); OpenRouter is not among them in 1.108.7, but in 1.110.2.
 * Fireworks is only with a variable for the account.
 */
const ASKED: ReadonlySet<string> = new Set([
  ...["anthropic", "gemini", "hosted_vllm", "ollama_chat"],
  ...["openai", "xai"],
]);

function findingFor(
  { name, path }: UserModel,
  twice: readonly Entry[],
): Found {
  const ids = new Set(
    twice.map((entry) => deploymentOf(entry).replace(/\/.*$/s, "")),
  );
  const off = [...ids].map((id) => `${id}: false`).join(", ");
  return {
    code: "listed-twice",
    text: `${quoted(name)} lists what the block lists, too: ` +
      `${counted(twice.length, "model")} twice in /v1/models, since ` +
      "check_provider_endpoint is true",
    hint: "remove the wildcard or that setting, or write " +
      `providers: {${off}} in discover.yaml`,
    at: { path: [...path, "model_name"] },
  };
}

/**
 * What a user may set on our entries in `discover.yaml`: parameters that LiteLLM
 * reads per deployment, and of `model_info` what is nobody's but the user's.
 *
 * LiteLLM's own list is in `litellm/types/router.py` (read in 1.108.7), with
 * words on most at https://docs.litellm.ai/docs/proxy/config_settings and
 * https://docs.litellm.ai/docs/completion/input.
 *
 * @module
 */

import { field, type JsonObject, objectField } from "../text/fields.ts";
import { flowValue } from "../yaml/flow.ts";
import type { OwnSettings } from "./entry.ts";
import { type OwnKind, ownProblem } from "./own_values.ts";

/** One name: what it takes, and the words that an editor shows for it. */
interface OwnName {
  readonly kind: OwnKind;
  readonly words: string;
}

function own(kind: OwnKind, words: string): OwnName {
  return { kind, words };
}

/** Goes under `litellm_params`. */
export const OWN_PARAMS: Readonly<Record<string, OwnName>> = {
  rpm: own("count", "Requests a minute"),
  tpm: own("count", "Tokens a minute"),
  max_parallel_requests: own("count", "Requests at the same time"),
  weight: own("amount", "Share of the calls of its name"),
  tags: own("texts", "Tags that requests are routed by"),
  timeout: own("time", "Seconds until a call fails"),
  stream_timeout: own("time", "Seconds until a streamed call fails"),
  max_retries: own(
    "whole",
    "How often the provider's client tries a call again",
  ),
  num_retries: own("whole", "How often LiteLLM tries a failed call again"),
  cooldown_time: own("amount", "Seconds that it rests after errors"),
  max_budget: own("amount", "USD to spend in budget_duration"),
  budget_duration: own("duration", "The time of max_budget, such as 1d"),
  extra_headers: own("headers", "Headers of the request to the provider"),
  extra_body: own("body", "Fields of the body to the provider"),
  organization: own("text", "The organization that OpenAI bills"),
  temperature: own("amount", "Where a request has none"),
  top_p: own("amount", "Where a request has none"),
  top_k: own("count", "Where a request has none"),
  frequency_penalty: own("number", "Where a request has none"),
  presence_penalty: own("number", "Where a request has none"),
  seed: own("integer", "Where a request has none"),
  stop: own("texts", "Texts that end an answer"),
  max_tokens: own("count", "Where a request has none"),
  max_completion_tokens: own("count", "Where a request has none"),
  num_ctx: own("count", "Size of the context, for Ollama"),
  reasoning_effort: own("text", "Where a request has none"),
  thinking: own("mapping", "Where a request has none"),
  verbosity: own("text", "Where a request has none"),
  service_tier: own("text", "Where a request has none"),
  drop_params: own("flag", "Leave out what the provider does not take"),
  additional_drop_params: own("texts", "Fields that are left out"),
  allowed_openai_params: own("texts", "Fields that are sent in any case"),
  merge_reasoning_content_in_choices: own(
    "flag",
    "Put reasoning into the answer's text",
  ),
  cache_control_injection_points: own(
    "mappings",
    "Where prompts are marked for the provider's cache",
  ),
};

/** Goes under `model_info`. */
export const OWN_INFO: Readonly<Record<string, OwnName>> = {
  access_groups: own("texts", "Groups of models that keys are given"),
  team_id: own("id", "The one team that may call it"),
  base_model: own("words", "The model whose price and limits count"),
  description: own("words", "Words about it"),
  discoverable: own("flag", "false: hidden from lists, and still called"),
  supports_reasoning: own("flag", "What LiteLLM takes it to be able to"),
  supports_response_schema: own("flag", "What LiteLLM takes it to be able to"),
  supports_parallel_function_calling: own(
    "flag",
    "What LiteLLM takes it to be able to",
  ),
  supports_web_search: own("flag", "What LiteLLM takes it to be able to"),
};

/** The settings as they are written; what is null is taken back. */
export function writeOwn(
  params: JsonObject = {},
  info: JsonObject = {},
): OwnSettings {
  return {
    params: writtenIn(params, OWN_PARAMS),
    info: writtenIn(info, OWN_INFO),
  };
}

function writtenIn(
  values: JsonObject,
  names: typeof OWN_PARAMS,
): OwnSettings["params"] {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      const kind = names[name]?.kind;
      if (kind === undefined || value === undefined) return [];
      return [[name, value === null ? undefined : written(kind, value)]];
    }),
  );
}

/** A single text is a list of one. */
function written(kind: OwnKind, value: unknown): string {
  return flowValue(kind === "texts" ? [value].flat() : value);
}

/**
 * Those of a parsed item of ours, as far as they are what we write: another
 * program may have rewritten it.
 */
export function ownIn(item: JsonObject): OwnSettings | undefined {
  const params = usableIn(objectField(item, "litellm_params"), OWN_PARAMS);
  const info = usableIn(objectField(item, "model_info"), OWN_INFO);
  const count = Object.keys(params).length + Object.keys(info).length;
  return count === 0 ? undefined : writeOwn(params, info);
}

/**
 * Whether a parsed item has what `own` writes, and nothing that it takes back.
 * Texts in `compared` are read as they are meant: hundreds of entries may have
 * the same ones.
 */
export function hasOwn(
  item: JsonObject,
  { params, info }: OwnSettings,
  compared: Set<string>,
): boolean {
  return isAsWritten(objectField(item, "litellm_params"), params, compared) &&
    isAsWritten(objectField(item, "model_info"), info, compared);
}

function isAsWritten(
  values: JsonObject,
  texts: OwnSettings["params"],
  compared: Set<string>,
): boolean {
  return Object.entries(texts).every(([name, text]) => {
    const value = field(values, name);
    if (value === undefined || text === undefined) return value === text;
    if (compared.has(text)) return true;
    compared.add(text);
    return flowValue(value) === text;
  });
}

function usableIn(values: JsonObject, names: typeof OWN_PARAMS): JsonObject {
  return Object.fromEntries(
    Object.entries(names).flatMap(([name, { kind }]) => {
      const value = values[name];
      const isThere = Object.hasOwn(values, name) && value !== null;
      return isThere && !ownProblem(kind, value) ? [[name, value]] : [];
    }),
  );
}

/**
 * What is known of the end of a model that the user's config names: by what its
 * provider lists now, by the program's table, and by LiteLLM's own list.
 *
 * @module
 */

import type { UserModel } from "../config/user_models.ts";
import type { Outcome } from "../fetch/outcome.ts";
import { type CostRow, costRowFor } from "../litellm/cost_map.ts";
import { undatedName } from "../providers/claude.ts";
import {
  endsWithin,
  hasEnded,
  type Lifecycle,
  lifecycleOf,
  withLifecycle,
} from "../providers/lifecycle.ts";
import { isOwnBase } from "../providers/own_hosts.ts";
import type { Model } from "../providers/provider.ts";
import { textField } from "../text/fields.ts";
import type { DoctorInput } from "./input.ts";
import type { Upstream } from "./upstream.ts";

/** The list of a provider that answered. */
export type Answer = Outcome & { readonly kind: "answered" };

type Known = Upstream & { readonly kind: "known" };

/** What is known of the end of one model. */
export type End = Pick<Model, "endsOn" | "successor" | "retired"> & {
  /** The provider answered, and the model is not in its list. */
  readonly isUnlisted?: true;
};

/** What is to be said of a model that ends. */
export type EndCode = "model-retired" | "model-gone" | "model-ending";

/** So early it is said that a model ends: time to try another one. */
export const NOTICE_DAYS = 90;

/** The most urgent that is to be said of a model, if there is anything. */
export function codeFor(
  end: End,
  today: string,
): EndCode | undefined {
  const isPast = hasEnded(end, today);
  // Without a day of today, what is no longer listed is taken to be over.
  const isOver = end.isUnlisted && end.endsOn !== undefined && today === "";
  if (isPast || isOver) return "model-retired";
  if (end.isUnlisted) return "model-gone";
  return endsWithin(NOTICE_DAYS, end, today) ? "model-ending" : undefined;
}

/** What is known of the end of an entry's model. */
export function endOf(
  upstream: Upstream,
  entry: Pick<UserModel, "info">,
  input: DoctorInput,
): End {
  switch (upstream.kind) {
    case "ended":
      return { endsOn: upstream.provider.endsOn };
    case "unknown":
    case "deployment":
      return endIn(rowFor(upstream.model, input));
    case "known":
      return endOfKnown(upstream, entry, input);
  }
}

/** The provider's own word comes first, then the table, then LiteLLM's list. */
function endOfKnown(
  upstream: Known,
  entry: Pick<UserModel, "info">,
  input: DoctorInput,
): End {
  const { provider, id, base } = upstream;
  const answer = answerOf(upstream, input);
  const model = answer && listedAs(answer, id);
  if (model) return withLifecycle(provider.id, model);
  const isAtHome = isOwnBase(provider, base);
  const inTable = isAtHome ? endInTable(provider.id, id) : undefined;
  // One name more of a living model, or of one that does not chat.
  if (answer?.alsoListed.has(id)) {
    return inTable && !hasEnded(inTable, input.settings.today) ? inTable : {};
  }
  const row = rowFor(provider.prefix + id, input);
  const known = { ...(isAtHome && endIn(row)), ...inTable };
  const isChat = chats(id, textField(entry.info, "mode") ?? row?.mode);
  return answer && isChat ? { ...known, isUnlisted: true } : known;
}

/** What the provider answered, if it was asked where LiteLLM calls it. */
export function answerOf(
  { provider: { id }, base }: Known,
  { settings: { requests }, outcomes }: DoctorInput,
): Answer | undefined {
  const request = requests.find(({ provider }) => provider.id === id);
  const answer = outcomes.find(({ provider }) => provider === id);
  return request?.base.href === base.href && answer?.kind === "answered"
    ? answer
    : undefined;
}

/**
 * Anthropic's names without a day are in no list (`claude-opus-4-1`,
 * `claude-sonnet-4-0`, `claude-3-5-haiku-latest`), nor are OpenRouter's without
 * OpenRouter in front (`auto`). Source:
 * https://docs.claude.com/en/docs/about-claude/models/overview
 */
export function listedAs(
  { provider, models }: Answer,
  id: string,
): Model | undefined {
  const undated = id.replace(/-(?:0|latest)$/, "");
  return models.find((model) => model.id === id) ??
    models.find((model) =>
      undatedName(model.id) === undated || model.id === `${provider}/${id}`
    );
}

function rowFor(model: string, { costMap }: DoctorInput): CostRow | undefined {
  return costMap && costRowFor(costMap, model);
}

function endIn(row: CostRow | undefined): End {
  const { endsOn, successor } = row ?? {};
  return {
    ...(endsOn !== undefined && { endsOn }),
    ...(successor !== undefined && { successor }),
  };
}

/**
 * `ft:gpt-4o-2024-08-06:company::id` ends as `ft:gpt-4o-2024-08-06` does, and
 * Fireworks' routers have names without an account in the table.
 */
function endInTable(provider: string, id: string): Lifecycle | undefined {
  return lifecycleOf(provider, id.replace(/^(ft:[^:]+):.*$/, "$1")) ??
    lifecycleOf(provider, id.replace(/^accounts\/fireworks\/models\//, ""));
}

/** Whether it would be in the list that was asked for, were it still there. */
function chats(id: string, mode = "chat"): boolean {
  return ["chat", "completion", "responses"].includes(mode) &&
    !OTHER_USE.test(id) && !PRIVATE.test(id);
}

/** Ids of models that do not chat, and may be in other lists. */
export const OTHER_USE =
  /embed|image|imagen|dall-e|flux|stable-diffusion|veo-|sora|video|tts|whisper|transcri|speech|audio|voice|realtime|live|rerank|moderation|ocr|guard/i;

/**
 * What somebody trained or deployed for himself may be in no list, nor are
 * Fireworks' routers in that of its models. At Together such a model is called
 * `acme/Qwen/Qwen9-1a2b3c4d`: https://docs.together.ai/docs/inference-options
 */
const PRIVATE =
  /^ft:|^tunedModels\/|^accounts\/(?!fireworks\/models\/)|#|^(?!accounts\/)[^/]+\/[^/]+\/[^/]+-[0-9a-f]{8}$/;

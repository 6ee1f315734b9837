/**
 * Entries of the user whose provider no longer lists their model.
 *
 * @module
 */

import type { Outcome } from "../fetch/outcome.ts";
import { undatedName } from "../providers/claude.ts";
import { hasEnded, lifecycleOf } from "../providers/lifecycle.ts";
import type { Model } from "../providers/provider.ts";
import { textField } from "../text/fields.ts";
import { closestIds } from "../advice/input.ts";
import { userModels } from "../config/user_models.ts";
import type { DoctorInput, Found } from "./input.ts";

type Answer = Outcome & { readonly kind: "answered" };

/** The models that their provider no longer offers. */
export function modelFindings(input: DoctorInput): Found[] {
  const { config, settings: { sources, today }, outcomes } = input;
  return userModels(config).flatMap(({ path, name, params, model }) => {
    // Another base means another server, whatever the prefix.
    const isElsewhere = textField(params, "api_base") !== undefined;
    const provider = sources.map((source) => source.provider)
      .find(({ kind, prefix }) => kind !== "local" && model.startsWith(prefix));
    const answer = outcomes.find((one) => one.provider === provider?.id);
    if (isElsewhere || !provider || answer?.kind !== "answered") return [];
    const id = model.slice(provider.prefix.length);
    if (id.includes("*") || isOffered(answer, id, today)) return [];
    const end = listed(answer, id)?.endsOn ??
      lifecycleOf(provider.id, id)?.endsOn;
    return [{
      code: "model-gone",
      text: `your model "${name || model}": ${provider.title} no longer ` +
        `offers "${id}"${endText(end, today)}`,
      ...closestIds(id, answer.models, today),
      at: { path: [...path, "litellm_params", "model"] },
    }];
  });
}

function endText(day: string | undefined, today: string): string {
  if (day === undefined) return "";
  return day < today || today === ""
    ? `; it was shut down on ${day}`
    : `; its shutdown was announced for ${day}`;
}

/**
 * `:online` and the like are added by the caller and are in no list; nor are
 * Anthropic's names without a day (`claude-opus-4-1`, `claude-sonnet-4-0`,
 * `claude-3-5-haiku-latest`). Source:
 * https://docs.claude.com/en/docs/about-claude/models/overview
 */
function listed({ models }: Answer, id: string): Model | undefined {
  const [plain = ""] = id.split(":");
  const undated = plain.replace(/-(?:0|latest)$/, "");
  return models.find((model) => model.id === id) ??
    models.find((model) => model.id === plain) ??
    models.find((model) => undatedName(model.id) === undated);
}

function isOffered(answer: Answer, id: string, today: string): boolean {
  const model = listed(answer, id);
  return model ? !hasEnded(model, today) : answer.alsoListed.has(id);
}

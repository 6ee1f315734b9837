/**
 * Hand-written entries whose provider answered without their model.
 *
 * @module
 */

import type { Source } from "../catalog/catalog.ts";
import { nearestIds } from "../text/suggest.ts";
import type { Outcome } from "../fetch/outcome.ts";
import {
  isJsonObject,
  type JsonObject,
  listField,
  objectField,
  textField,
} from "../text/fields.ts";
import type { AdviceInput, Finding } from "./input.ts";

type Answer = Outcome & { readonly kind: "answered" };

/** How many models are named in place of the one that is gone. */
const NEAREST = 3;

/** What there is to say of models that are gone. */
export function missingModels(facts: AdviceInput): Finding[] {
  return listField(facts.config.merged.value, "model_list").flatMap((
    item,
    at,
  ) => isJsonObject(item) ? missingModel(facts, item, at) : []);
}

function missingModel(
  { settings, outcomes }: AdviceInput,
  item: JsonObject,
  at: number,
): Finding[] {
  const model = textField(objectField(item, "litellm_params"), "model") ?? "";
  const source = settings.sources.find((one) => isServedBy(one, item));
  const answer = outcomes.find(({ provider }) =>
    provider === source?.provider.id
  );
  if (!source || answer?.kind !== "answered" || model.includes("*")) return [];
  const { provider } = source;
  const id = model.slice(provider.prefix.length);
  if (isOffered(answer, id)) return [];
  const name = textField(item, "model_name") ?? model;
  const offered = answer.models.filter(({ retired }) => !retired);
  const near = nearestIds(id, offered.map((one) => one.id), NEAREST);
  const day = listed(answer, id)?.endsOn ?? provider.endOf?.(id);
  const end = day === undefined ? "" : `; ${endText(day, settings.today)}`;
  return [{
    code: "model-gone",
    text: `your model "${name}": ${provider.title} does not offer ` +
      `"${id}" any more${end}`,
    ...(near.length > 0 && { hint: `the nearest are ${near.join(", ")}` }),
    path: ["model_list", at, "litellm_params", "model"],
  }];
}

function endText(day: string, today: string): string {
  return day <= today || today === ""
    ? `it was shut down on ${day}`
    : `its end was announced for ${day}`;
}

/** Another base means another server, whatever the prefix. */
function isServedBy({ provider }: Source, item: JsonObject): boolean {
  const params = objectField(item, "litellm_params");
  return textField(params, "api_base") === undefined &&
    provider.kind !== "local" &&
    textField(params, "model")?.startsWith(provider.prefix) === true;
}

/** `:online` and the like are added by the caller and stand in no list. */
function listed(
  { models }: Answer,
  id: string,
): Answer["models"][number] | undefined {
  const [plain] = id.split(":");
  return models.find((model) => model.id === id) ??
    models.find((model) => model.id === plain);
}

function isOffered(answer: Answer, id: string): boolean {
  const model = listed(answer, id);
  return model ? !model.retired : answer.alsoListed.has(id);
}

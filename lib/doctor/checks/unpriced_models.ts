/**
 * Models that LiteLLM refuses to call (403) since it has no price for them and
 * `block_requests_for_models_without_pricing` is set: `auth_checks.py`, read in
 * 1.108.7.
 *
 * @module
 */

import { userModels } from "../../config/user_models.ts";
import { type CostMap, costRowFor } from "../../litellm/cost_map.ts";
import {
  field,
  type JsonObject,
  objectField,
  textField,
} from "../../text/fields.ts";
import { counted } from "../../text/plural.ts";
import { quotedFew } from "../../text/key_look.ts";
import type { DoctorInput, Found } from "../input.ts";

const SETTING = "block_requests_for_models_without_pricing";

/** One finding for all of them. */
export function unpricedModels(input: DoctorInput): Found[] {
  const { config, ours, costMap } = input;
  const settings = objectField(config.merged.value, "litellm_settings");
  if (field(settings, SETTING) !== true) return [];
  const ownNames = new Set(ours.map(({ name }) => name));
  const priced = Map.groupBy<string, Deployment>([
    ...userModels(config).filter(({ name, model }) => name && model),
    ...ours.map(({ name, model }) => ({ name, model, params: {}, info: {} })),
  ], ({ name }) => name);
  const names = [...priced].flatMap(([name, group]) =>
    group.some((one) => mayBePriced(one, costMap)) ? [] : [name]
  );
  if (names.length === 0) return [];
  return [{
    code: "no-price",
    text: `LiteLLM answers 403 for ${counted(names.length, "model")} that ` +
      `its list has no price for: ${quotedFew(names)}`,
    hint: names.some((name) => ownNames.has(name))
      ? `remove ${SETTING}: the block has no prices`
      : "add input_cost_per_token: and output_cost_per_token: under the " +
        "model_info of each; 0 will do",
    at: { path: ["litellm_settings", SETTING] },
  }];
}

interface Deployment {
  readonly name: string;
  readonly model: string;
  readonly params: JsonObject;
  readonly info: JsonObject;
}

/** One deployment with a price is enough for a name. */
function mayBePriced(
  { model, params, info }: Deployment,
  costMap: CostMap | undefined,
): boolean {
  if ([params, info].some(statesPrice)) return true;
  const base = textField(info, "base_model");
  return [model, ...base === undefined ? [] : [base]]
    .some((one) => isInMap(one, costMap));
}

/** LiteLLM takes a stated price of 0 for one. */
function statesPrice(fields: JsonObject): boolean {
  return Object.keys(fields).some((key) =>
    key.includes("cost_per") || key === "tiered_pricing"
  );
}

/**
 * Without a list, what no list of 1.108.7 has a price for: models of OpenRouter,
 * whose calls are priced afterwards, and those that run on this machine.
 */
function isInMap(model: string, costMap: CostMap | undefined): boolean {
  const row = costMap && costRowFor(costMap, model);
  if (row) return row.hasPrice;
  if (
    /^(?:openrouter|ollama|ollama_chat|hosted_vllm|lm_studio)\//.test(model)
  ) return false;
  return costMap === undefined || /\*|^os\.environ\//.test(model);
}

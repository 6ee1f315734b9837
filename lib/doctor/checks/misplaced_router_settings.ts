/**
 * Settings of a complexity router that stand next to its
 * `complexity_router_config`, where LiteLLM refuses them. Source:
 * `router_utils/auto_router_model_naming.py`
 * (`validate_complexity_router_config_placement`), read in 1.108.7.
 *
 * @module
 */

import { userModels } from "../../config/user_models.ts";
import { field, type JsonObject } from "../../text/fields.ts";
import { quoted } from "../../text/key_look.ts";
import type { DoctorInput, Found } from "../input.ts";

const CONFIG = "complexity_router_config";

/** The settings that its documentation shows; LiteLLM knows some more. */
const SETTINGS = [
  "classifier_llm_config",
  "classifier_type",
  "code_keywords",
  "default_model",
  "dimension_weights",
  "reasoning_keywords",
  "session_affinity",
  "simple_keywords",
  "technical_keywords",
  "tier_boundaries",
  "tiers",
  "token_thresholds",
] as const;

/** One finding for each entry with such settings. */
export function misplacedRouterSettings(
  { config }: Pick<DoctorInput, "config">,
): Found[] {
  return userModels(config).flatMap(({ path, name, model, params }) => {
    const [first, ...others] = isRouter(model, params)
      ? SETTINGS.filter((setting) => Object.hasOwn(params, setting))
      : [];
    if (first === undefined) return [];
    const settings = [first, ...others].join(", ");
    return [{
      code: "malformed-entry",
      text: `${quoted(name)} has settings of its router in the wrong place: ` +
        settings,
      hint: moveHint(others.length > 0 ? "them" : "it", params),
      at: { path: [...path, "litellm_params", first] },
    }];
  });
}

function moveHint(what: string, params: JsonObject): string {
  return Object.hasOwn(params, CONFIG)
    ? `move ${what} below ${CONFIG}:`
    : `add ${CONFIG}: to its litellm_params, and move ${what} below it`;
}

function isRouter(model: string, params: JsonObject): boolean {
  return model.startsWith("auto_router/complexity_router") ||
    [CONFIG, "complexity_router_default_model"].some((name) =>
      (field(params, name) ?? null) !== null
    );
}

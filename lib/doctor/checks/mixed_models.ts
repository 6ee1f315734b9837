/**
 * One name with different models behind it and no sign that this is meant:
 * LiteLLM splits the calls between them at random.
 *
 * @module
 */

import { type UserModel, userModels } from "../../config/user_models.ts";
import { isSameModel } from "../../providers/model_words.ts";
import { objectField } from "../../text/fields.ts";
import { quoted } from "../../text/key_look.ts";
import type { DoctorInput, Found } from "../input.ts";

/** Each such name once, at its first entry with another model. */
export function mixedModels({ config }: DoctorInput): Found[] {
  const router = objectField(config.merged.value, "router_settings");
  const isRouted = Object.keys(router).some((key) => !NO_SIGNS.has(key));
  if (isRouted) return [];
  const byName = Map.groupBy(userModels(config), ({ name }) => name);
  return [...byName].flatMap(([name, group]) => mixedIn(name, group));
}

/** Settings of the router that say nothing about how calls are split. */
const NO_SIGNS: ReadonlySet<string> = new Set([
  "fallbacks",
  "context_window_fallbacks",
  "content_policy_fallbacks",
  "default_fallbacks",
  "model_group_alias",
]);

function mixedIn(name: string, group: readonly UserModel[]): Found[] {
  const [first] = group;
  if (!first || name === "") return [];
  const other = group.find(({ model }) =>
    model !== first.model && !isSameModel(model, first.model)
  );
  if (!other || !group.every(isPlain)) return [];
  return [{
    code: "mixed-models",
    text: `${quoted(name)} is ${quoted(first.model)} and ` +
      `${quoted(other.model)}: LiteLLM picks one at random for each call`,
    hint: "give each its own model_name, with fallbacks from one to the " +
      "other; if it is meant, order: or weight: under litellm_params says so",
    at: { path: [...other.path, "model_name"] },
  }];
}

/**
 * Whether an entry says nothing but its model and how to call it: limits of
 * calls, regions, bases, tags, teams and the like show that the split is meant.
 */
function isPlain({ name, params, model, info }: UserModel): boolean {
  return !/\*/.test(name + model) && !OWN_NAMES.test(model) &&
    Object.keys(params).every((key) => PLAIN_PARAMS.has(key)) &&
    Object.keys(info).every((key) => PLAIN_INFO.test(key));
}

/** Where the id is what the user called a deployment, or a choice of models. */
const OWN_NAMES =
  /^(?:azure|azure_ai|azure_text|sagemaker|sagemaker_chat|predibase|databricks|watsonx|oci|snowflake|petals|custom|custom_openai|openai_like|litellm_proxy|auto_router)\/|^os\.environ\/|arn:|\/ft:|^ft:|@preset\/|^openrouter\/(?:openrouter\/)?auto|\/\d+$/;

const PLAIN_PARAMS: ReadonlySet<string> = new Set([
  ...["model", "api_key", "custom_llm_provider", "drop_params", "timeout"],
  ...["temperature", "top_p", "max_tokens", "stream", "seed"],
  ...["max_completion_tokens", "reasoning_effort", "thinking", "extra_headers"],
]);

const PLAIN_INFO =
  /^(?:id|description|display_name|mode|max_(?:input_|output_)?tokens|supports_\w+|\w+_cost_per_\w+)$/;

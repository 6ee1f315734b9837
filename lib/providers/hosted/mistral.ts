/**
 * Mistral: https://docs.mistral.ai/api/#tag/models
 *
 * @module
 */

import { type Facts, HOSTED, rowsOf, trueField } from "../common.ts";
import { MODEL_ID, type Provider } from "../provider.ts";
import {
  dayField,
  field,
  type JsonObject,
  objectField,
  textField,
} from "../../text/fields.ts";

/** Mistral. */
export const MISTRAL: Provider = {
  ...HOSTED,
  id: "mistral",
  title: "Mistral",
  defaultBase: "https://api.mistral.ai/v1",
  // https://docs.mistral.ai/studio/regional-inference
  ownHosts: ["api.eu.mistral.ai", "api.us.mistral.ai"],
  // For chat LiteLLM reads this one alone, and not `MISTRAL_API_BASE`.
  baseVariables: ["MISTRAL_AZURE_API_BASE"],
  keyVariables: ["MISTRAL_API_KEY"],
  prefix: "mistral/",
  read: rowsOf({
    isChat: (row) =>
      field(objectField(row, "capabilities"), "completion_chat") === true,
    maxInputTokens: "max_context_length",
    more: mistralFacts,
  }),
};

/**
 * Each further name of a model is a separate row. `deprecation` is the day of the
 * end, not of its announcement: of `mistral-medium-2508` 2026-08-31, which
 * https://docs.mistral.ai/getting-started/models/ calls its retirement.
 */
function mistralFacts(row: JsonObject, id: string): Facts {
  const abilities = objectField(row, "capabilities");
  const variant = id.endsWith("-latest") ? "latest" : "alias";
  return {
    supportsVision: trueField(abilities, "vision"),
    supportsFunctionCalling: trueField(abilities, "function_calling"),
    variant: id === (textField(row, "name") ?? id) ? undefined : variant,
    endsOn: dayField(row, "deprecation"),
    successor: idField(row, "deprecation_replacement_model"),
  };
}

/** An id that a config may hold. */
function idField(row: JsonObject, name: string): string | undefined {
  const id = textField(row, name);
  return id !== undefined && MODEL_ID.test(id) ? id : undefined;
}

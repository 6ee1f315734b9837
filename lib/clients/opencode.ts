/**
 * What opencode reads from `opencode.json`. It does not ask a proxy for its
 * list, so that all models are named.
 *
 * @module
 */

import {
  type ClientInput,
  type ClientText,
  settingsJson,
} from "./client_text.ts";
import type { ListedModel } from "./model_list.ts";

/** The settings with the whole list. */
export function opencodeText(
  { url, keyVariable, list, defaultModel }: ClientInput,
): ClientText {
  const litellm = {
    npm: "@ai-sdk/openai-compatible",
    name: "LiteLLM",
    options: { baseURL: `${url}/v1`, apiKey: "" },
    models: Object.fromEntries(
      list.models.map((model) => [model.name, modelSettings(model)]),
    ),
  };
  const text = settingsJson({
    $schema: "https://opencode.ai/config.json",
    model: `litellm/${defaultModel}`,
    provider: { litellm },
  });
  return {
    // The one reference that is meant; no text of a model has these quotes.
    text: text.replace('"apiKey": ""', `"apiKey": "{env:${keyVariable}}"`),
    notes: [
      "for opencode.json in a project, or ~/.config/opencode/opencode.json for " +
      "all of them; opencode does not ask the proxy for its list: print it " +
      "again when models come or go",
      `opencode takes the proxy's key from the variable ${keyVariable}: set ` +
      "it in the shell that starts opencode",
    ],
  };
}

/** As opencode's schema has it (`@opencode-ai/sdk` 1.18.33, `ProviderConfig`). */
function modelSettings(model: ListedModel): object {
  const { displayName, maxInputTokens, maxOutputTokens } = model;
  return {
    name: displayName,
    // It wants both or neither; 0 is its own word for unknown.
    ...(maxInputTokens &&
      { limit: { context: maxInputTokens, output: maxOutputTokens ?? 0 } }),
    ...(model.supportsVision && {
      attachment: true,
      modalities: { input: ["text", "image"], output: ["text"] },
    }),
    ...(model.supportsFunctionCalling && { tool_call: true }),
    ...(model.supportsReasoning && { reasoning: true }),
  };
}

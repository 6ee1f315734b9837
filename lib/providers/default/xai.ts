/**
 * xAI: https://docs.x.ai/docs/api-reference#list-models
 *
 * @module
 */

import { AS_OPENAI, rowsOf } from "../common.ts";
import { centsPer100Million, priceOf } from "../price.ts";
import type { Provider } from "../provider.ts";
import {
  field,
  isJsonObject,
  type JsonObject,
  textField,
} from "../../text/fields.ts";

/** xAI. */
export const XAI: Provider = {
  ...AS_OPENAI,
  id: "xai",
  title: "xAI",
  kind: "default",
  defaultBase: "https://api.x.ai/v1",
  // Regions come and go: https://docs.x.ai/developers/regions
  ownHosts: ["*.api.x.ai"],
  baseVariables: ["XAI_API_BASE"],
  keyVariables: ["XAI_API_KEY"],
  prefix: "xai/",
  statesPrices: true,
  include: ["grok-*"],
  read: rowsOf({
    isChat: isXaiChat,
    maxInputTokens: "context_length",
    // In cents per 100 million tokens:
    // https://docs.x.ai/developers/rest-api-reference/inference/models
    more: (row) => ({
      price: priceOf(
        centsPer100Million(row, "prompt_text_token_price"),
        centsPer100Million(row, "completion_text_token_price"),
      ),
    }),
  }),
  isWrongKey: (status, body) =>
    status === 401 ||
    status === 400 && isJsonObject(body) &&
      (textField(body, "error") ?? "").startsWith("Incorrect API key"),
};

/** Rows have prices only since May 2026, so ids must be able to decide alone. */
const XAI_NOT_CHAT = /imagine|-image|-video|multi-agent/;

function isXaiChat(row: JsonObject, id: string): boolean {
  const isPriced = field(row, "image_price") !== undefined &&
    field(row, "prompt_text_token_price") === undefined;
  return !isPriced && !XAI_NOT_CHAT.test(id);
}

/**
 * Together: https://docs.together.ai/reference/dmi/supported-models-list, of
 * that what a key can call without a server of its own; and the whole catalogue,
 * a bare list: https://docs.together.ai/reference/models-1
 *
 * @module
 */

import {
  hasValue,
  HOSTED,
  listIn,
  nextQuery,
  rowsOf,
  under,
  underRoot,
} from "../common.ts";
import { dollarsPerMillion, priceOf } from "../price.ts";
import type { Price, Provider, Reading } from "../provider.ts";
import {
  field,
  isJsonObject,
  type JsonObject,
  listField,
  objectField,
  textField,
  tokensField,
} from "../../text/fields.ts";

const QUERY = "product=PRODUCT_SERVERLESS&limit=200";

/** Together. */
export const TOGETHER: Provider = {
  ...HOSTED,
  id: "together",
  title: "Together",
  defaultBase: "https://api.together.ai/v1",
  // The older name: https://github.com/togethercomputer/openapi
  ownHosts: ["api.together.xyz"],
  baseVariables: ["TOGETHER_AI_API_BASE"],
  keyVariables: ["TOGETHER_API_KEY", "TOGETHERAI_API_KEY"],
  prefix: "together_ai/",
  statesPrices: true,
  modelsUrl: (base) => underRoot(base, "v2/supported-models", QUERY),
  plainModelsUrl: (base) => under(base, "models"),
  page: (body) => Array.isArray(body) ? { rows: body } : supportedModels(body),
  read: (row) => isSupportedModel(row) ? readSupported(row) : readListed(row),
};

const supportedModels = listIn(
  "data",
  (body) => nextQuery(QUERY, "after", textField(body, "next_cursor")),
);

const readListed = rowsOf({
  isChat: (row) => textField(row, "type") === "chat",
  displayName: "display_name",
  maxInputTokens: "context_length",
  more: (row) => ({ price: priceIn(row) }),
});

function isSupportedModel(row: unknown): row is JsonObject {
  return isJsonObject(row) && field(row, "products") !== undefined;
}

/** Its `id` is that of the weights; only those with an endpoint can be called. */
function readSupported(row: JsonObject): Reading {
  return textField(row, "serverlessEndpoint") === undefined
    ? { kind: "ineligible" }
    : readServerless(row);
}

const readServerless = rowsOf({
  id: "serverlessEndpoint",
  isChat: (row) => listField(row, "capabilities").includes("CAPABILITY_CHAT"),
  createdAt: "createdAt",
  displayName: "displayName",
  more: (row) => ({
    // Of the weights: what is served may be less. A 64-bit number is a text.
    maxInputTokens: tokensField(
      { tokens: Number(textField(row, "contextLength")) },
      "tokens",
    ),
    supportsVision: hasValue(row, "inputModalities", "MODALITY_IMAGE"),
    supportsFunctionCalling: hasValue(row, "features", "FEATURE_TOOL_CALLING"),
    price: priceIn(row),
  }),
});

/**
 * Taken for US dollars per million tokens in both lists: the references name no
 * unit, but LiteLLM's prices that cite the catalogue are of that size. Nothing but
 * zeros is a model that is not paid by the token, not a free one.
 */
function priceIn(row: JsonObject): Price | undefined {
  const pricing = objectField(row, "pricing");
  const [input, output] = ["input", "output"]
    .map((part) => dollarsPerMillion(pricing, part));
  const price = priceOf(input, output);
  return price && price.input + price.output > 0 ? price : undefined;
}

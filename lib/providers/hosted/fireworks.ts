/**
 * Fireworks: https://docs.fireworks.ai/api-reference/list-models, of that what
 * is served without a deployment of one's own; and the list of its API that is
 * like OpenAI's, which is not documented and not complete.
 *
 * @module
 */

import { HOSTED, listIn, nextQuery, rowsOf, under } from "../common.ts";
import type { Provider } from "../provider.ts";
import {
  dayField,
  field,
  isJsonObject,
  type JsonObject,
  objectField,
  textField,
} from "../../text/fields.ts";

// https://docs.fireworks.ai/faq-new/models-inference/how-to-check-if-a-model-is-available-on-serverless
const QUERY = "filter=supports_serverless%3Dtrue&pageSize=200";

/** Fireworks. */
export const FIREWORKS: Provider = {
  ...HOSTED,
  id: "fireworks",
  title: "Fireworks",
  defaultBase: "https://api.fireworks.ai/inference/v1",
  baseVariables: ["FIREWORKS_API_BASE"],
  keyVariables: ["FIREWORKS_API_KEY", "FIREWORKS_AI_API_KEY"],
  prefix: "fireworks_ai/",
  modelsUrl: catalogUrl,
  plainModelsUrl: (base) => under(base, "models"),
  page: (body) => catalogPage(body) ?? plainPage(body),
  read: (row) => isPlain(row) ? readPlain(row) : readCatalogRow(row),
};

/** The models of the account `fireworks`, next to the API that answers chats. */
function catalogUrl(base: URL): URL {
  const root = new URL(base);
  root.pathname = root.pathname.replace(/(?:\/inference)?\/v1\/*$/, "/");
  return under(root, "v1/accounts/fireworks/models", QUERY);
}

const catalogPage = listIn(
  "models",
  (body) => nextQuery(QUERY, "pageToken", textField(body, "nextPageToken")),
);

const plainPage = listIn("data");

function isPlain(row: unknown): boolean {
  return isJsonObject(row) && field(row, "id") !== undefined;
}

const readCatalogRow = rowsOf({
  id: "name",
  isChat: (row) =>
    isJsonObject(field(row, "conversationConfig")) && !embeds(row) &&
    field(row, "supportsServerless") !== false &&
    textField(row, "state") !== "UPLOADING",
  createdAt: "createTime",
  displayName: "displayName",
  maxInputTokens: "contextLength",
  supportsVision: "supportsImageInput",
  supportsFunctionCalling: "supportsTools",
  more: (row) => ({ endsOn: dateField(row, "deprecationDate") }),
});

const readPlain = rowsOf({
  isChat: (row) => field(row, "supports_chat") === true && !embeds(row),
  maxInputTokens: "context_length",
  supportsVision: "supports_image_input",
  supportsFunctionCalling: "supports_tools",
  more: (row) => ({ endsOn: dateField(row, "deprecationDate") }),
});

/** Embedding models have the marks of chat models, too; `kind` is right. */
function embeds(row: JsonObject): boolean {
  return /embed/i.test(textField(row, "kind") ?? "");
}

/** A day in numbers: `{"year": 2026, "month": 9, "day": 25}`. */
function dateField(row: JsonObject, name: string): string | undefined {
  const date = objectField(row, name);
  const [year, month, day] = ["year", "month", "day"].map((part) =>
    String(field(date, part)).padStart(2, "0")
  );
  return dayField({ day: `${year}-${month}-${day}` }, "day");
}

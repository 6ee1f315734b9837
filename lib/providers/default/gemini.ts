/**
 * Gemini: https://ai.google.dev/api/models
 *
 * @module
 */

import { listIn, nextQuery, rowsOf, under } from "../common.ts";
import type { Provider } from "../provider.ts";
import {
  field,
  isJsonObject,
  listField,
  objectField,
  textField,
} from "../../text/fields.ts";

const QUERY = "pageSize=1000";

/**
 * Rows that offer `generateContent` and yet do not chat. Which models are for
 * what: https://ai.google.dev/gemini-api/docs/models
 */
const GEMINI_NOT_CHAT =
  /tts|speech|voice|audio|transcri|-live|image|video|nano-banana|lyria|omni|robotics|computer-use|deep-research|antigravity|embedding/;

/** Gemini. */
export const GEMINI: Provider = {
  id: "gemini",
  title: "Gemini",
  kind: "default",
  defaultBase: "https://generativelanguage.googleapis.com",
  baseVariables: ["GEMINI_API_BASE"],
  keyVariables: ["GOOGLE_API_KEY", "GEMINI_API_KEY"],
  prefix: "gemini/",
  include: ["gemini-*"],
  modelsUrl: (base) => under(geminiBase(base), "models", QUERY),
  apiBase: geminiBase,
  headers: (key) => ({ "x-goog-api-key": key }),
  page: listIn(
    "models",
    (body) => nextQuery(QUERY, "pageToken", textField(body, "nextPageToken")),
  ),
  read: rowsOf({
    id: "name",
    idPrefix: "models/",
    isChat: (row) =>
      listField(row, "supportedGenerationMethods").includes("generateContent"),
    notChat: GEMINI_NOT_CHAT,
    displayName: "displayName",
    maxInputTokens: "inputTokenLimit",
    maxOutputTokens: "outputTokenLimit",
  }),
  isWrongKey: (status, body) =>
    status === 401 || status === 400 && isJsonObject(body) &&
      listField(objectField(body, "error"), "details").some((detail) =>
        isJsonObject(detail) && field(detail, "reason") === "API_KEY_INVALID"
      ),
};

/** The base with its version, without which LiteLLM would call another path. */
function geminiBase(base: URL): URL {
  const isVersioned = /\/v\d+[a-z0-9]*\/*$/.test(base.pathname);
  return isVersioned ? base : under(base, "v1beta");
}

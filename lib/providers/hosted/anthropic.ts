/**
 * Anthropic: https://docs.claude.com/en/api/models-list; every row chats.
 *
 * @module
 */

import {
  HOSTED,
  listIn,
  nextQuery,
  rowsOf,
  trueField,
  underRoot,
} from "../common.ts";
import type { Provider } from "../provider.ts";
import {
  field,
  type JsonObject,
  objectField,
  textField,
} from "../../text/fields.ts";

const QUERY = "limit=1000";

/** Anthropic. */
export const ANTHROPIC: Provider = {
  ...HOSTED,
  id: "anthropic",
  title: "Anthropic",
  defaultBase: "https://api.anthropic.com",
  baseVariables: ["ANTHROPIC_API_BASE", "ANTHROPIC_BASE_URL"],
  keyVariables: ["ANTHROPIC_API_KEY"],
  tokenVariables: ["ANTHROPIC_AUTH_TOKEN"],
  prefix: "anthropic/",
  modelsUrl: (base) => underRoot(base, "v1/models", QUERY),
  headers: (key) => ({ "x-api-key": key, "anthropic-version": "2023-06-01" }),
  page: listIn(
    "data",
    (body) =>
      field(body, "has_more") === true
        ? nextQuery(QUERY, "after_id", textField(body, "last_id"))
        : undefined,
  ),
  read: rowsOf({
    createdAt: "created_at",
    displayName: "display_name",
    maxInputTokens: "max_input_tokens",
    maxOutputTokens: "max_tokens",
    more: (row) => ({ supportsVision: supports(row, "image_input") }),
  }),
};

/** `capabilities` is in rows since March 2026; tool use is none of them. */
function supports(row: JsonObject, capability: string): true | undefined {
  const all = objectField(row, "capabilities");
  return trueField(objectField(all, capability), "supported");
}

/**
 * Cohere: https://docs.cohere.com/reference/list-models
 *
 * @module
 */

import { HOSTED, listIn, nextQuery, rowsOf, underRoot } from "../common.ts";
import type { Provider } from "../provider.ts";
import { listField, textField } from "../../text/fields.ts";

const QUERY = "endpoint=chat&page_size=1000";

/** Cohere. */
export const COHERE: Provider = {
  ...HOSTED,
  id: "cohere",
  title: "Cohere",
  defaultBase: "https://api.cohere.com/v1",
  // https://docs.cohere.com/docs/compatibility-api
  ownHosts: ["api.cohere.ai"],
  baseVariables: ["COHERE_API_BASE"],
  keyVariables: ["COHERE_API_KEY", "CO_API_KEY"],
  prefix: "cohere_chat/",
  modelsUrl: (base) => underRoot(base, "v1/models", QUERY),
  apiBase: (base) => underRoot(base, "v2/chat"),
  page: listIn(
    "models",
    (body) =>
      nextQuery(
        QUERY,
        "page_token",
        textField(body, "next_page_token"),
      ),
  ),
  read: rowsOf({
    id: "name",
    isChat: (row) => listField(row, "endpoints").includes("chat"),
    maxInputTokens: "context_length",
    supportsVision: "supports_vision",
    // Closed to new customers, and in the end to all; the list has no day.
    // https://docs.cohere.com/docs/deprecations
    retired: "is_deprecated",
  }),
};

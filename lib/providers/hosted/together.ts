/**
 * Together: https://docs.together.ai/reference/models-1; a bare list.
 *
 * @module
 */

import { HOSTED, rowsOf } from "../common.ts";
import type { Provider } from "../provider.ts";
import { textField } from "../../text/fields.ts";

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
  page: (body) => Array.isArray(body) ? { rows: body } : undefined,
  read: rowsOf({
    isChat: (row) => textField(row, "type") === "chat",
    displayName: "display_name",
    maxInputTokens: "context_length",
  }),
};

/**
 * Groq: https://console.groq.com/docs/api-reference#models-list
 *
 * @module
 */

import { HOSTED, rowsOf } from "../common.ts";
import type { Provider } from "../provider.ts";
import { field } from "../../text/fields.ts";

const GROQ_NOT_CHAT = /whisper|tts|orpheus|guard/;

/** Groq. */
export const GROQ: Provider = {
  ...HOSTED,
  id: "groq",
  title: "Groq",
  defaultBase: "https://api.groq.com/openai/v1",
  baseVariables: ["GROQ_API_BASE"],
  keyVariables: ["GROQ_API_KEY"],
  prefix: "groq/",
  read: rowsOf({
    isChat: (row) => field(row, "active") !== false,
    notChat: GROQ_NOT_CHAT,
    maxInputTokens: "context_window",
    maxOutputTokens: "max_completion_tokens",
  }),
};

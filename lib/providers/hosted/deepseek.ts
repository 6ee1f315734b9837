/**
 * DeepSeek: https://api-docs.deepseek.com/api/list-models; every row chats.
 *
 * @module
 */

import { HOSTED, rowsOf, under } from "../common.ts";
import type { Provider } from "../provider.ts";

/** DeepSeek. */
export const DEEPSEEK: Provider = {
  ...HOSTED,
  id: "deepseek",
  title: "DeepSeek",
  defaultBase: "https://api.deepseek.com",
  baseVariables: ["DEEPSEEK_API_BASE"],
  keyVariables: ["DEEPSEEK_API_KEY"],
  prefix: "deepseek/",
  modelsUrl: (base) =>
    under(new URL(base.href.replace(/\/beta\/*$/, "")), "models"),
  // LiteLLM uses it by itself: some features are offered nowhere else.
  apiBase: (base) =>
    base.href === "https://api.deepseek.com/" ? under(base, "beta") : base,
  read: rowsOf({
    maxInputTokens: "context_window",
    maxOutputTokens: "max_output_tokens",
  }),
};

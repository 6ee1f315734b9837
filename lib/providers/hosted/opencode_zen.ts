/**
 * OpenCode Zen: https://opencode.ai/docs/zen. LiteLLM has no provider of that
 * name, so it is called as a server of the user's is. The list is public, and its
 * rows have nothing but ids: the page says which endpoint each model has.
 *
 * @module
 */

import { HOSTED, rowsOf } from "../common.ts";
import type { Provider } from "../provider.ts";

/** Models at `/messages`, at Gemini's own path, or at `/systemone`. */
const ZEN_ELSEWHERE = /^(?:claude|qwen|gemini|jev)/;

/** OpenCode Zen. */
export const OPENCODE_ZEN: Provider = {
  ...HOSTED,
  id: "opencode-zen",
  title: "OpenCode Zen",
  defaultBase: "https://opencode.ai/zen/v1",
  baseVariables: [],
  // https://github.com/anomalyco/models.dev, which its makers maintain.
  keyVariables: ["OPENCODE_API_KEY"],
  // With `openai/` LiteLLM would send it the key for OpenAI where its own is not
  // set, call `/responses` for every `/v1/messages`, and by one entry's mode call
  // OpenAI's model of the same name otherwise, too.
  prefix: "hosted_vllm/",
  isBaseWritten: true,
  read: rowsOf({
    notChat: ZEN_ELSEWHERE,
    more: (_, id) => ({
      // Every row has the time of the answer.
      createdAt: undefined,
      mode: ZEN_RESPONSES.test(id) ? "responses" : undefined,
      variant: id.endsWith("-free") ? "free" : undefined,
    }),
  }),
};

/** Models at `/responses`; all others are at `/chat/completions`. */
const ZEN_RESPONSES = /^(?:gpt|grok|muse)-/;

/**
 * OpenAI: https://platform.openai.com/docs/api-reference/models/list
 *
 * @module
 */

import { HOSTED, rowsOf } from "../common.ts";
import type { Provider } from "../provider.ts";
import { dayField } from "../../text/fields.ts";

/** OpenAI's rows have no type, so ids decide: these families chat … */
const OPENAI_CHAT = /^(?:gpt-|o\d|chatgpt-|chat-|daybreak-|codex-)/;

/**
 * … without those for other uses. Deep research needs a search tool in every
 * request, which a chat client does not send:
 * https://developers.openai.com/api/docs/guides/deep-research
 */
const OPENAI_NOT_CHAT =
  /audio|realtime|-live(?:-|$)|transcribe|translate|tts|whisper|image|-search(?:-|$)|instruct|deep-research|computer-use/;

/** OpenAI. */
export const OPENAI: Provider = {
  ...HOSTED,
  id: "openai",
  title: "OpenAI",
  defaultBase: "https://api.openai.com/v1",
  // https://developers.openai.com/api/docs/guides/data-residency; eu, us and
  // more from time to time, each as a name before this one.
  ownHosts: ["*.api.openai.com"],
  baseVariables: ["OPENAI_BASE_URL", "OPENAI_API_BASE"],
  keyVariables: ["OPENAI_API_KEY"],
  prefix: "openai/",
  read: rowsOf({
    isChat: (_, id) => OPENAI_CHAT.test(id),
    notChat: OPENAI_NOT_CHAT,
    more: (row, id) => ({
      endsOn: dayField(row, "shutdown_date"),
      mode: RESPONSES_ONLY.test(id) ? "responses" : undefined,
    }),
  }),
};

/**
 * Those that have no chat completions, only Responses; LiteLLM translates. Each
 * has a page below https://developers.openai.com/api/docs/models that names its
 * endpoints; LiteLLM's list has the same ones under the mode `responses`.
 */
const RESPONSES_ONLY = /-pro(?:-|$)|codex|^gpt-daybreak-/;

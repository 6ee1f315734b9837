/**
 * OpenAI: https://platform.openai.com/docs/api-reference/models/list
 *
 * @module
 */

import { HOSTED, rowsOf } from "../common.ts";
import type { Provider } from "../provider.ts";
import { dayField } from "../../text/fields.ts";

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
    isChat: (_, id) => OPENAI_CHAT.test(id) && !OPENAI_NOT_CHAT.test(id),
    more: (row) => ({ endsOn: dayField(row, "shutdown_date") }),
  }),
};

/** OpenAI's rows have no type, so ids decide: these families chat … */
const OPENAI_CHAT = /^(?:gpt-|o\d|chatgpt-)/;
/** … without those for other uses and those for its other API alone. */
const OPENAI_NOT_CHAT =
  /audio|realtime|transcribe|tts|image|search|instruct|-pro(?:-|$)|-codex|deep-research|computer-use/;

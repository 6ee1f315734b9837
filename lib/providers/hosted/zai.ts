/**
 * Z.ai: https://docs.z.ai/api-reference/introduction
 * The list is not documented by the vendor: its path and rows are as clients of
 * others use them (https://hex.pm/packages/genai). The ids are those of
 * https://docs.z.ai/guides/overview/overview.
 *
 * @module
 */

import { HOSTED, rowsOf } from "../common.ts";
import type { Provider } from "../provider.ts";

/** Rows have no type: GLM-Image, GLM-ASR and the like have an API each. */
const ZAI_NOT_CHAT = /image|asr|tts|ocr|voice|realtime/;

/** Z.ai. */
export const ZAI: Provider = {
  ...HOSTED,
  id: "zai",
  title: "Z.ai",
  defaultBase: "https://api.z.ai/api/paas/v4",
  // In China, with a key from there: https://docs.bigmodel.cn/cn/guide/develop/http/introduction
  ownHosts: ["open.bigmodel.cn"],
  baseVariables: ["ZAI_API_BASE"],
  keyVariables: ["ZAI_API_KEY"],
  prefix: "zai/",
  read: rowsOf({
    isChat: (_, id) => /^glm-/.test(id),
    notChat: ZAI_NOT_CHAT,
  }),
};

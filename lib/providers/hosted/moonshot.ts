/**
 * Moonshot: https://platform.moonshot.ai/docs/api/list-models; all rows chat.
 *
 * @module
 */

import { HOSTED, rowsOf } from "../common.ts";
import type { Provider } from "../provider.ts";

/** Moonshot. */
export const MOONSHOT: Provider = {
  ...HOSTED,
  id: "moonshot",
  title: "Moonshot",
  defaultBase: "https://api.moonshot.ai/v1",
  // In China, with a key from there: https://platform.kimi.com/docs/api/overview
  ownHosts: ["api.moonshot.cn"],
  baseVariables: ["MOONSHOT_API_BASE"],
  keyVariables: ["MOONSHOT_API_KEY"],
  prefix: "moonshot/",
  read: rowsOf({
    maxInputTokens: "context_length",
    supportsVision: "supports_image_in",
  }),
};

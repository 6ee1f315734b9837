/**
 * MiniMax: https://platform.minimax.io/docs/api-reference/models/openai/list-models
 *
 * @module
 */

import { HOSTED, rowsOf } from "../common.ts";
import type { Provider } from "../provider.ts";

/** The documented list is of language models; its others are known by these. */
const MINIMAX_NOT_CHAT = /^(?:speech|image|music|video)-|hailuo|[tis]2v|-h\d/i;

/** MiniMax. */
export const MINIMAX: Provider = {
  ...HOSTED,
  id: "minimax",
  title: "MiniMax",
  defaultBase: "https://api.minimax.io/v1",
  // In China, with a key from there: https://platform.minimaxi.com/docs/api-reference/text-openai-api
  ownHosts: ["api.minimaxi.com"],
  baseVariables: ["MINIMAX_API_BASE"],
  keyVariables: ["MINIMAX_API_KEY"],
  prefix: "minimax/",
  read: rowsOf({ notChat: MINIMAX_NOT_CHAT }),
};

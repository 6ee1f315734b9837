/**
 * NVIDIA NIM, as NVIDIA itself hosts it: https://docs.api.nvidia.com/nim/
 * Its reference has the calls but not the list, which is seen in the client that
 * NVIDIA maintains (https://github.com/langchain-ai/langchain-nvidia) and in
 * models.dev. The list is public, so no key is wrong to it.
 *
 * @module
 */

import { HOSTED, rowsOf } from "../common.ts";
import type { Provider } from "../provider.ts";

/**
 * Its rows have no type, so ids decide: no embedding, ranking, parsing or
 * guarding, no code completion, and not the first models for images, which are
 * called at another host.
 */
const NVIDIA_NOT_CHAT =
  /embed|bge-|rerank|parse|ocr|clip|reward|guard|safety|topic-control|detector|pii|starcoder|deplot|fuyu|kosmos|neva-|\/vila$/;

/** NVIDIA NIM. */
export const NVIDIA_NIM: Provider = {
  ...HOSTED,
  id: "nvidia-nim",
  title: "NVIDIA NIM",
  defaultBase: "https://integrate.api.nvidia.com/v1",
  baseVariables: ["NVIDIA_NIM_API_BASE"],
  keyVariables: ["NVIDIA_NIM_API_KEY"],
  prefix: "nvidia_nim/",
  read: rowsOf({
    notChat: NVIDIA_NOT_CHAT,
    // Every row has the same day, in 1993.
    more: () => ({ createdAt: undefined }),
  }),
};

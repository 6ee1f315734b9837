/**
 * The providers that are asked only when `discover.yaml` names them, a file for
 * each in `hosted/`.
 *
 * @module
 */

import type { Provider } from "./provider.ts";
import { ANTHROPIC } from "./hosted/anthropic.ts";
import { OPENAI } from "./hosted/openai.ts";
import { GROQ } from "./hosted/groq.ts";
import { MISTRAL } from "./hosted/mistral.ts";
import { DEEPSEEK } from "./hosted/deepseek.ts";
import { TOGETHER } from "./hosted/together.ts";
import { FIREWORKS } from "./hosted/fireworks.ts";
import { CEREBRAS } from "./hosted/cerebras.ts";
import { COHERE } from "./hosted/cohere.ts";
import { MOONSHOT } from "./hosted/moonshot.ts";
import { NVIDIA_NIM } from "./hosted/nvidia_nim.ts";
import { ZAI } from "./hosted/zai.ts";
import { DASHSCOPE } from "./hosted/dashscope.ts";
import { MINIMAX } from "./hosted/minimax.ts";
import { OPENCODE_ZEN } from "./hosted/opencode_zen.ts";

/** In the order of the block's sections. */
export const HOSTED_PROVIDERS: readonly Provider[] = [
  ANTHROPIC,
  OPENAI,
  GROQ,
  MISTRAL,
  DEEPSEEK,
  TOGETHER,
  FIREWORKS,
  CEREBRAS,
  COHERE,
  MOONSHOT,
  NVIDIA_NIM,
  ZAI,
  DASHSCOPE,
  MINIMAX,
  OPENCODE_ZEN,
];

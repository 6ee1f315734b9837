/**
 * Local servers: on this machine or in the private network, often without a
 * key. Every entry has their base as `api_base`.
 *
 * @module
 */

import type { Model, Provider } from "./provider.ts";
import {
  AS_OPENAI,
  type Facts,
  hasValue,
  listIn,
  rowsOf,
  underRoot,
} from "./common.ts";
import {
  field,
  isJsonObject,
  type JsonObject,
  listField,
  objectField,
  textField,
  tokensField,
} from "../text/fields.ts";

/** The usual names of embedding, ranking and speech models. */
const NOT_CHAT = /embed|rerank|whisper|\bbge-|\be5-|\bgte-|all-minilm|\btts\b/i;

const LOCAL = { ...AS_OPENAI, kind: "local" } as const;

const OPENAI_LIKE = {
  ...LOCAL,
  defaultBase: "http://127.0.0.1:8000/v1",
  baseVariables: ["HOSTED_VLLM_API_BASE"],
  keyVariables: [],
  // With `openai/` LiteLLM would send such a server the key for OpenAI.
  prefix: "hosted_vllm/",
  read: rowsOf({
    isChat: (row) => !/embed/.test(textField(row, "type") ?? ""),
    notChat: NOT_CHAT,
    maxOutputTokens: "max_completion_tokens",
    more: openAiFacts,
  }),
} as const;

/** Any server that speaks OpenAI's API; `discover.yaml` names and places it. */
export const OPENAI_COMPATIBLE: Provider = {
  ...OPENAI_LIKE,
  id: "openai-compatible",
  title: "OpenAI-compatible server",
  isPlacedByUser: true,
};

/** vLLM: https://docs.vllm.ai/en/latest/serving/openai_compatible_server/ */
const vllm: Provider = {
  ...OPENAI_LIKE,
  id: "vllm",
  title: "vLLM",
  keyVariables: ["HOSTED_VLLM_API_KEY"],
};

/** llama.cpp: https://github.com/ggml-org/llama.cpp/tree/master/tools/server */
const llamaCpp: Provider = {
  ...OPENAI_LIKE,
  id: "llama-cpp",
  title: "llama.cpp",
  defaultBase: "http://127.0.0.1:8080/v1",
  baseVariables: ["LLAMA_CPP_API_BASE"],
};

/** LM Studio: https://lmstudio.ai/docs/developer/rest/endpoints */
const lmStudio: Provider = {
  ...LOCAL,
  id: "lm-studio",
  title: "LM Studio",
  defaultBase: "http://127.0.0.1:1234/v1",
  baseVariables: ["LM_STUDIO_API_BASE"],
  keyVariables: ["LM_STUDIO_API_KEY"],
  prefix: "lm_studio/",
  // This list, unlike that under /v1, marks embedding models.
  modelsUrl: (base) => underRoot(base, "api/v0/models"),
  read: rowsOf({
    isChat: (row) => /^(?:llm|vlm)$/.test(textField(row, "type") ?? ""),
    maxInputTokens: "max_context_length",
    more: (row) => ({
      supportsVision: field(row, "type") === "vlm" || undefined,
      supportsFunctionCalling: hasValue(row, "capabilities", "tool_use"),
    }),
  }),
};

/** Ollama: https://docs.ollama.com/api/tags and /api/show */
const ollama: Provider = {
  ...LOCAL,
  id: "ollama",
  title: "Ollama",
  defaultBase: "http://127.0.0.1:11434",
  baseVariables: ["OLLAMA_API_BASE"],
  isAtRoot: true,
  keyVariables: [],
  prefix: "ollama_chat/",
  modelsUrl: (base) => underRoot(base, "api/tags"),
  page: listIn("models"),
  read: rowsOf({
    id: "name",
    notChat: NOT_CHAT,
    createdAt: "modified_at",
  }),
  detail: {
    url: (base) => underRoot(base, "api/show"),
    body: ({ id }) => ({ model: id }),
    refine: refineOllama,
  },
};

/** In the order of the block's sections. */
export const LOCAL_SERVERS: readonly Provider[] = [
  ollama,
  lmStudio,
  vllm,
  llamaCpp,
];

function openAiFacts(row: JsonObject): Facts {
  return {
    maxInputTokens: tokensField(row, "max_model_len") ??
      tokensField(objectField(row, "meta"), "n_ctx") ??
      tokensField(row, "context_window") ??
      tokensField(row, "context_length"),
  };
}

/** An Ollama too old to name capabilities leaves the model as it is listed. */
function refineOllama(model: Model, answer: unknown): Model | undefined {
  if (!isJsonObject(answer) || !Array.isArray(field(answer, "capabilities"))) {
    return model;
  }
  const abilities = listField(answer, "capabilities");
  if (!abilities.includes("completion")) return undefined;
  const info = objectField(answer, "model_info");
  const family = textField(info, "general.architecture") ?? "";
  const maxInputTokens = tokensField(info, `${family}.context_length`);
  return {
    ...model,
    ...(maxInputTokens !== undefined && { maxInputTokens }),
    ...(abilities.includes("vision") && { supportsVision: true }),
    ...(abilities.includes("tools") && { supportsFunctionCalling: true }),
  };
}

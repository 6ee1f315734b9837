/**
 * The providers that are asked only when `discover.yaml` names them. Each has
 * its own rule for what chats; what is not said here is as OpenAI does it.
 *
 * @module
 */

import type { Page, Provider } from "./provider.ts";
import {
  bearer,
  dataPage,
  type Facts,
  isUnauthorized,
  listPage,
  rowReader,
  timeField,
  under,
  underRoot,
  yes,
} from "./common.ts";
import {
  field,
  isJsonObject,
  type JsonObject,
  listField,
  objectField,
  secondsField,
  textField,
  tokensField,
} from "../text/fields.ts";

/** What most entries share. */
const AS_OPENAI = {
  kind: "hosted",
  include: ["*"],
  modelsUrl: (base: URL) => under(base, "models"),
  headers: bearer,
  page: dataPage,
  isWrongKey: isUnauthorized,
} as const;

/** Anthropic: https://docs.claude.com/en/api/models-list; every row chats. */
const anthropic: Provider = {
  ...AS_OPENAI,
  id: "anthropic",
  title: "Anthropic",
  defaultBase: "https://api.anthropic.com",
  baseVariables: ["ANTHROPIC_API_BASE", "ANTHROPIC_BASE_URL"],
  keyVariables: ["ANTHROPIC_API_KEY"],
  tokenVariables: ["ANTHROPIC_AUTH_TOKEN"],
  prefix: "anthropic/",
  modelsUrl: (base) => withQuery(underRoot(base, "v1/models"), "limit=1000"),
  headers: (key) => ({ "x-api-key": key, "anthropic-version": "2023-06-01" }),
  page: anthropicPage,
  read: rowReader((row) => ({
    createdAt: timeField(row, "created_at"),
    maxInputTokens: tokensField(row, "max_input_tokens"),
    maxOutputTokens: tokensField(row, "max_tokens"),
  })),
};

/** OpenAI: https://platform.openai.com/docs/api-reference/models/list */
const openai: Provider = {
  ...AS_OPENAI,
  id: "openai",
  title: "OpenAI",
  defaultBase: "https://api.openai.com/v1",
  baseVariables: ["OPENAI_BASE_URL", "OPENAI_API_BASE"],
  keyVariables: ["OPENAI_API_KEY"],
  prefix: "openai/",
  read: rowReader((row, id) =>
    OPENAI_CHAT.test(id) && !OPENAI_NOT_CHAT.test(id)
      ? dated(row)
      : "ineligible"
  ),
};

/** Groq: https://console.groq.com/docs/api-reference#models-list */
const groq: Provider = {
  ...AS_OPENAI,
  id: "groq",
  title: "Groq",
  defaultBase: "https://api.groq.com/openai/v1",
  baseVariables: ["GROQ_API_BASE"],
  keyVariables: ["GROQ_API_KEY"],
  prefix: "groq/",
  read: rowReader((row, id) =>
    field(row, "active") === false || GROQ_NOT_CHAT.test(id) ? "ineligible" : {
      ...dated(row),
      maxInputTokens: tokensField(row, "context_window"),
      maxOutputTokens: tokensField(row, "max_completion_tokens"),
    }
  ),
};

/** Mistral: https://docs.mistral.ai/api/#tag/models */
const mistral: Provider = {
  ...AS_OPENAI,
  id: "mistral",
  title: "Mistral",
  defaultBase: "https://api.mistral.ai/v1",
  // For chat LiteLLM reads this one alone, and not `MISTRAL_API_BASE`.
  baseVariables: ["MISTRAL_AZURE_API_BASE"],
  keyVariables: ["MISTRAL_API_KEY"],
  prefix: "mistral/",
  read: rowReader(mistralFacts),
};

/** DeepSeek: https://api-docs.deepseek.com/api/list-models; every row chats. */
const deepseek: Provider = {
  ...AS_OPENAI,
  id: "deepseek",
  title: "DeepSeek",
  defaultBase: "https://api.deepseek.com",
  baseVariables: ["DEEPSEEK_API_BASE"],
  keyVariables: ["DEEPSEEK_API_KEY"],
  prefix: "deepseek/",
  modelsUrl: (base) =>
    under(new URL(base.href.replace(/\/beta\/*$/, "")), "models"),
  // There LiteLLM calls by itself: some features are offered nowhere else.
  apiBase: (base) =>
    base.href === "https://api.deepseek.com/" ? under(base, "beta") : base,
  read: rowReader((row) => ({
    ...dated(row),
    maxInputTokens: tokensField(row, "context_window"),
    maxOutputTokens: tokensField(row, "max_output_tokens"),
  })),
};

/** Together: https://docs.together.ai/reference/models-1; a bare list. */
const together: Provider = {
  ...AS_OPENAI,
  id: "together",
  title: "Together",
  defaultBase: "https://api.together.ai/v1",
  baseVariables: ["TOGETHER_AI_API_BASE"],
  keyVariables: ["TOGETHER_API_KEY", "TOGETHERAI_API_KEY"],
  prefix: "together_ai/",
  page: (body) => Array.isArray(body) ? { rows: body } : undefined,
  read: rowReader((row) =>
    textField(row, "type") !== "chat" ? "ineligible" : {
      ...dated(row),
      maxInputTokens: tokensField(row, "context_length"),
    }
  ),
};

/** Fireworks: https://docs.fireworks.ai/api-reference/list-models */
const fireworks: Provider = {
  ...AS_OPENAI,
  id: "fireworks",
  title: "Fireworks",
  defaultBase: "https://api.fireworks.ai/inference/v1",
  baseVariables: ["FIREWORKS_API_BASE"],
  keyVariables: ["FIREWORKS_API_KEY", "FIREWORKS_AI_API_KEY"],
  prefix: "fireworks_ai/",
  read: rowReader((row) => {
    // Embedding models say that they chat; their kind knows better.
    const isEmbedding = /embed/i.test(textField(row, "kind") ?? "");
    if (isEmbedding || field(row, "supports_chat") !== true) {
      return "ineligible";
    }
    return {
      ...dated(row),
      maxInputTokens: tokensField(row, "context_length"),
      supportsVision: yes(row, "supports_image_input"),
      supportsFunctionCalling: yes(row, "supports_tools"),
    };
  }),
};

/** Cerebras: https://inference-docs.cerebras.ai/api-reference/models */
const cerebras: Provider = {
  ...AS_OPENAI,
  id: "cerebras",
  title: "Cerebras",
  defaultBase: "https://api.cerebras.ai/v1",
  baseVariables: ["CEREBRAS_API_BASE"],
  keyVariables: ["CEREBRAS_API_KEY"],
  prefix: "cerebras/",
  read: rowReader(dated),
};

/** Cohere: https://docs.cohere.com/reference/list-models */
const cohere: Provider = {
  ...AS_OPENAI,
  id: "cohere",
  title: "Cohere",
  defaultBase: "https://api.cohere.com/v1",
  baseVariables: ["COHERE_API_BASE"],
  keyVariables: ["COHERE_API_KEY", "CO_API_KEY"],
  prefix: "cohere_chat/",
  modelsUrl: (base) => withQuery(underRoot(base, "v1/models"), COHERE_QUERY),
  apiBase: (base) => underRoot(base, "v2/chat"),
  page: coherePage,
  read: rowReader(
    (row) =>
      !listField(row, "endpoints").includes("chat") ? "ineligible" : {
        maxInputTokens: tokensField(row, "context_length"),
        supportsVision: yes(row, "supports_vision"),
        // Cohere calls deprecated what no longer answers.
        retired: yes(row, "is_deprecated"),
      },
    "name",
  ),
};

/** Moonshot: https://platform.moonshot.ai/docs/api/list-models; all rows chat. */
const moonshot: Provider = {
  ...AS_OPENAI,
  id: "moonshot",
  title: "Moonshot",
  defaultBase: "https://api.moonshot.ai/v1",
  baseVariables: ["MOONSHOT_API_BASE"],
  keyVariables: ["MOONSHOT_API_KEY"],
  prefix: "moonshot/",
  read: rowReader((row) => ({
    ...dated(row),
    maxInputTokens: tokensField(row, "context_length"),
    supportsVision: yes(row, "supports_image_in"),
  })),
};

/** In the order of the block's sections. */
export const HOSTED_PROVIDERS: readonly Provider[] = [
  anthropic,
  openai,
  groq,
  mistral,
  deepseek,
  together,
  fireworks,
  cerebras,
  cohere,
  moonshot,
];

/** OpenAI's rows have no type, so ids decide: these families chat … */
const OPENAI_CHAT = /^(?:gpt-|o\d|chatgpt-)/;
/** … without those for other uses and those for its other API alone. */
const OPENAI_NOT_CHAT =
  /audio|realtime|transcribe|tts|image|search|instruct|-pro(?:-|$)|-codex|deep-research|computer-use/;

const GROQ_NOT_CHAT = /whisper|tts|orpheus|guard/;

const COHERE_QUERY = "endpoint=chat&page_size=1000";

function withQuery(url: URL, query: string): URL {
  url.search = query;
  return url;
}

function dated(row: JsonObject): Facts {
  return { createdAt: secondsField(row, "created") };
}

function anthropicPage(body: unknown): Page | undefined {
  const page = listPage(body, "data");
  if (!page || !isJsonObject(body)) return undefined;
  const last = textField(body, "last_id");
  if (field(body, "has_more") !== true || last === undefined) return page;
  const next = `?limit=1000&after_id=${encodeURIComponent(last)}`;
  return { ...page, next };
}

function coherePage(body: unknown): Page | undefined {
  const page = listPage(body, "models");
  if (!page || !isJsonObject(body)) return undefined;
  const token = textField(body, "next_page_token");
  if (token === undefined) return page;
  const next = `?${COHERE_QUERY}&page_token=${encodeURIComponent(token)}`;
  return { ...page, next };
}

/** Each name that a model also goes by is a row of its own. */
function mistralFacts(row: JsonObject, id: string): Facts | "ineligible" {
  const abilities = objectField(row, "capabilities");
  if (field(abilities, "completion_chat") !== true) return "ineligible";
  const canonical = textField(row, "name") ?? id;
  const variant = id.endsWith("-latest") ? "latest" : "alias";
  return {
    ...dated(row),
    maxInputTokens: tokensField(row, "max_context_length"),
    supportsVision: yes(abilities, "vision"),
    supportsFunctionCalling: yes(abilities, "function_calling"),
    variant: id === canonical ? undefined : variant,
    endsOn: textField(row, "deprecation")?.slice(0, 10),
  };
}

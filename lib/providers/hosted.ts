/**
 * The providers that are asked only when `discover.yaml` names them. Each has
 * its own rule for what chats; what is not said here is as OpenAI does it.
 *
 * @module
 */

import { MODEL_ID, type Provider } from "./provider.ts";
import {
  AS_OPENAI,
  type Facts,
  listIn,
  nextQuery,
  rowsOf,
  trueField,
  under,
  underRoot,
} from "./common.ts";
import {
  dayField,
  field,
  type JsonObject,
  listField,
  objectField,
  textField,
} from "../text/fields.ts";

const HOSTED = { ...AS_OPENAI, kind: "hosted" } as const;

const ANTHROPIC_QUERY = "limit=1000";
const COHERE_QUERY = "endpoint=chat&page_size=1000";

/** In the order of the block's sections. */
export const HOSTED_PROVIDERS: readonly Provider[] = [
  // Anthropic: https://docs.claude.com/en/api/models-list; every row chats.
  {
    ...HOSTED,
    id: "anthropic",
    title: "Anthropic",
    defaultBase: "https://api.anthropic.com",
    baseVariables: ["ANTHROPIC_API_BASE", "ANTHROPIC_BASE_URL"],
    keyVariables: ["ANTHROPIC_API_KEY"],
    tokenVariables: ["ANTHROPIC_AUTH_TOKEN"],
    prefix: "anthropic/",
    modelsUrl: (base) => underRoot(base, "v1/models", ANTHROPIC_QUERY),
    headers: (key) => ({ "x-api-key": key, "anthropic-version": "2023-06-01" }),
    page: listIn(
      "data",
      (body) =>
        field(body, "has_more") === true
          ? nextQuery(ANTHROPIC_QUERY, "after_id", textField(body, "last_id"))
          : undefined,
    ),
    read: rowsOf({
      createdAt: "created_at",
      displayName: "display_name",
      maxInputTokens: "max_input_tokens",
      maxOutputTokens: "max_tokens",
    }),
  },
  // OpenAI: https://platform.openai.com/docs/api-reference/models/list
  {
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
  },
  // Groq: https://console.groq.com/docs/api-reference#models-list
  {
    ...HOSTED,
    id: "groq",
    title: "Groq",
    defaultBase: "https://api.groq.com/openai/v1",
    baseVariables: ["GROQ_API_BASE"],
    keyVariables: ["GROQ_API_KEY"],
    prefix: "groq/",
    read: rowsOf({
      isChat: (row, id) =>
        field(row, "active") !== false && !GROQ_NOT_CHAT.test(id),
      maxInputTokens: "context_window",
      maxOutputTokens: "max_completion_tokens",
    }),
  },
  // Mistral: https://docs.mistral.ai/api/#tag/models
  {
    ...HOSTED,
    id: "mistral",
    title: "Mistral",
    defaultBase: "https://api.mistral.ai/v1",
    // https://docs.mistral.ai/studio/regional-inference
    ownHosts: ["api.eu.mistral.ai", "api.us.mistral.ai"],
    // For chat LiteLLM reads this one alone, and not `MISTRAL_API_BASE`.
    baseVariables: ["MISTRAL_AZURE_API_BASE"],
    keyVariables: ["MISTRAL_API_KEY"],
    prefix: "mistral/",
    read: rowsOf({
      isChat: (row) =>
        field(objectField(row, "capabilities"), "completion_chat") === true,
      maxInputTokens: "max_context_length",
      more: mistralFacts,
    }),
  },
  // DeepSeek: https://api-docs.deepseek.com/api/list-models; every row chats.
  {
    ...HOSTED,
    id: "deepseek",
    title: "DeepSeek",
    defaultBase: "https://api.deepseek.com",
    baseVariables: ["DEEPSEEK_API_BASE"],
    keyVariables: ["DEEPSEEK_API_KEY"],
    prefix: "deepseek/",
    modelsUrl: (base) =>
      under(new URL(base.href.replace(/\/beta\/*$/, "")), "models"),
    // LiteLLM uses it by itself: some features are offered nowhere else.
    apiBase: (base) =>
      base.href === "https://api.deepseek.com/" ? under(base, "beta") : base,
    read: rowsOf({
      maxInputTokens: "context_window",
      maxOutputTokens: "max_output_tokens",
    }),
  },
  // Together: https://docs.together.ai/reference/models-1; a bare list.
  {
    ...HOSTED,
    id: "together",
    title: "Together",
    defaultBase: "https://api.together.ai/v1",
    // The older name: https://github.com/togethercomputer/openapi
    ownHosts: ["api.together.xyz"],
    baseVariables: ["TOGETHER_AI_API_BASE"],
    keyVariables: ["TOGETHER_API_KEY", "TOGETHERAI_API_KEY"],
    prefix: "together_ai/",
    page: (body) => Array.isArray(body) ? { rows: body } : undefined,
    read: rowsOf({
      isChat: (row) => textField(row, "type") === "chat",
      displayName: "display_name",
      maxInputTokens: "context_length",
    }),
  },
  // Fireworks: https://docs.fireworks.ai/api-reference/list-models
  {
    ...HOSTED,
    id: "fireworks",
    title: "Fireworks",
    defaultBase: "https://api.fireworks.ai/inference/v1",
    baseVariables: ["FIREWORKS_API_BASE"],
    keyVariables: ["FIREWORKS_API_KEY", "FIREWORKS_AI_API_KEY"],
    prefix: "fireworks_ai/",
    read: rowsOf({
      // Embedding models claim that they chat; `kind` is right.
      isChat: (row) =>
        field(row, "supports_chat") === true &&
        !/embed/i.test(textField(row, "kind") ?? ""),
      maxInputTokens: "context_length",
      supportsVision: "supports_image_input",
      supportsFunctionCalling: "supports_tools",
      more: (row) => ({ endsOn: dateField(row, "deprecationDate") }),
    }),
  },
  // Cerebras: https://inference-docs.cerebras.ai/api-reference/models
  {
    ...HOSTED,
    id: "cerebras",
    title: "Cerebras",
    defaultBase: "https://api.cerebras.ai/v1",
    baseVariables: ["CEREBRAS_API_BASE"],
    keyVariables: ["CEREBRAS_API_KEY"],
    prefix: "cerebras/",
    read: rowsOf({}),
  },
  // Cohere: https://docs.cohere.com/reference/list-models
  {
    ...HOSTED,
    id: "cohere",
    title: "Cohere",
    defaultBase: "https://api.cohere.com/v1",
    // https://docs.cohere.com/docs/compatibility-api
    ownHosts: ["api.cohere.ai"],
    baseVariables: ["COHERE_API_BASE"],
    keyVariables: ["COHERE_API_KEY", "CO_API_KEY"],
    prefix: "cohere_chat/",
    modelsUrl: (base) => underRoot(base, "v1/models", COHERE_QUERY),
    apiBase: (base) => underRoot(base, "v2/chat"),
    page: listIn(
      "models",
      (body) =>
        nextQuery(
          COHERE_QUERY,
          "page_token",
          textField(body, "next_page_token"),
        ),
    ),
    read: rowsOf({
      id: "name",
      isChat: (row) => listField(row, "endpoints").includes("chat"),
      maxInputTokens: "context_length",
      supportsVision: "supports_vision",
      // Closed to new customers, and in the end to all; the list has no day.
      // https://docs.cohere.com/docs/deprecations
      retired: "is_deprecated",
    }),
  },
  // Moonshot: https://platform.moonshot.ai/docs/api/list-models; all rows chat.
  {
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
  },
];

/** OpenAI's rows have no type, so ids decide: these families chat … */
const OPENAI_CHAT = /^(?:gpt-|o\d|chatgpt-)/;
/** … without those for other uses and those for its other API alone. */
const OPENAI_NOT_CHAT =
  /audio|realtime|transcribe|tts|image|search|instruct|-pro(?:-|$)|-codex|deep-research|computer-use/;

const GROQ_NOT_CHAT = /whisper|tts|orpheus|guard/;

/**
 * Each further name of a model is a separate row. `deprecation` is the day of the
 * end, not of its announcement: of `mistral-medium-2508` 2026-08-31, which
 * https://docs.mistral.ai/getting-started/models/ calls its retirement.
 */
function mistralFacts(row: JsonObject, id: string): Facts {
  const abilities = objectField(row, "capabilities");
  const variant = id.endsWith("-latest") ? "latest" : "alias";
  return {
    supportsVision: trueField(abilities, "vision"),
    supportsFunctionCalling: trueField(abilities, "function_calling"),
    variant: id === (textField(row, "name") ?? id) ? undefined : variant,
    endsOn: dayField(row, "deprecation"),
    successor: idField(row, "deprecation_replacement_model"),
  };
}

/** An id that a config may hold. */
function idField(row: JsonObject, name: string): string | undefined {
  const id = textField(row, name);
  return id !== undefined && MODEL_ID.test(id) ? id : undefined;
}

/** A day in numbers: `{"year": 2026, "month": 9, "day": 25}`. */
function dateField(row: JsonObject, name: string): string | undefined {
  const date = objectField(row, name);
  const [year, month, day] = ["year", "month", "day"].map((part) =>
    String(field(date, part)).padStart(2, "0")
  );
  return dayField({ day: `${year}-${month}-${day}` }, "day");
}

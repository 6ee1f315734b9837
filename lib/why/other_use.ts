/**
 * What a row of a list is for that does not chat: by what the row itself says,
 * and where it says nothing, by the words of its id.
 *
 * @module
 */

import {
  isJsonObject,
  type JsonObject,
  listField,
  objectField,
  textField,
} from "../text/fields.ts";

/** Other uses of models than to chat. */
export type Use =
  | "images"
  | "video"
  | "audio"
  | "embeddings"
  | "ranking"
  | "moderation"
  | "documents"
  | "batch";

/** Parts of ids and of the words in rows; the first that is found counts. */
const WORDS: readonly (readonly [RegExp, Use])[] = [
  [/:batch\b/, "batch"],
  [/embed/, "embeddings"],
  [/rerank/, "ranking"],
  [/moderat|guard/, "moderation"],
  [/\bocr\b/, "documents"],
  [/video|veo-|sora/, "video"],
  [
    /audio|speech|tts|voice|whisper|transcri|realtime|-live|lyria|orpheus/,
    "audio",
  ],
  [/image|imagen|imagine|dall-e|flux|diffusion|nano-banana/, "images"],
];

/** What the row is for, as far as it or its id tells. */
export function useOf(row: unknown, id: string): Use | undefined {
  const told = isJsonObject(row) ? wordsIn(row) : [];
  return [...told, id].map(useIn).find((use) => use !== undefined);
}

function useIn(text: string): Use | undefined {
  const lower = text.toLowerCase();
  return WORDS.find(([words]) => words.test(lower))?.[1];
}

/**
 * OpenRouter lists what comes out, Together and LM Studio a type, Gemini the
 * calls that a model answers.
 */
function wordsIn(row: JsonObject): string[] {
  const outputs = listField(
    objectField(row, "architecture"),
    "output_modalities",
  );
  return [
    textField(row, "type"),
    ...outputs,
    ...listField(row, "supportedGenerationMethods"),
  ].filter((word) => typeof word === "string");
}

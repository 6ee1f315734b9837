/**
 * What a row of a list is for that does not chat: by what the row itself says,
 * and where it says nothing, by the words of its id.
 *
 * @module
 */

import {
  field,
  isJsonObject,
  type JsonObject,
  listField,
  objectField,
  textField,
} from "../text/fields.ts";

/** Parts of ids and of the words in rows; the first that is found counts. */
const USES: readonly (readonly [RegExp, string])[] = [
  [/:batch\b/, "answers batch requests alone"],
  [/deep-research/, "answers nothing without search tools"],
  [/embed/, "makes embeddings"],
  [/rerank/, "ranks texts"],
  [/moderat|guard/, "moderates texts"],
  [/\bocr\b/, "reads documents"],
  [/video|veo-|sora/, "makes videos"],
  [
    /audio|speech|tts|voice|whisper|transcri|realtime|-live|lyria|orpheus/,
    "is for speech or sound",
  ],
  [
    /image|imagen|imagine|dall-e|flux|diffusion|nano-banana/,
    "makes images",
  ],
];

/** What the row is for, as far as it or its id tells, in words. */
export function useOf(row: unknown, id: string): string {
  if (isDedicated(row)) return "only for a dedicated endpoint of your own";
  const told = isJsonObject(row) ? wordsIn(row) : [];
  const use = [...told, id].map(useIn).find((one) => one !== undefined);
  return use === undefined
    ? "not as a chat model that discover can add"
    : `it ${use}, and only chat models are added`;
}

/** Together's models that no shared server runs. */
function isDedicated(row: unknown): boolean {
  return isJsonObject(row) && field(row, "products") !== undefined &&
    textField(row, "serverlessEndpoint") === undefined;
}

function useIn(text: string): string | undefined {
  const lower = text.toLowerCase();
  return USES.find(([words]) => words.test(lower))?.[1];
}

/**
 * OpenRouter lists what comes out, Together and LM Studio a type, Fireworks a
 * kind, Gemini the calls that a model answers.
 */
function wordsIn(row: JsonObject): string[] {
  const outputs = listField(
    objectField(row, "architecture"),
    "output_modalities",
  );
  return [
    textField(row, "type"),
    textField(row, "displayType"),
    textField(row, "kind"),
    ...outputs,
    ...listField(row, "supportedGenerationMethods"),
  ].filter((word) => typeof word === "string");
}

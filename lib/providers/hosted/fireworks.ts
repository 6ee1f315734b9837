/**
 * Fireworks: https://docs.fireworks.ai/api-reference/list-models
 *
 * @module
 */

import { HOSTED, rowsOf } from "../common.ts";
import type { Provider } from "../provider.ts";
import {
  dayField,
  field,
  type JsonObject,
  objectField,
  textField,
} from "../../text/fields.ts";

/** Fireworks. */
export const FIREWORKS: Provider = {
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
};

/** A day in numbers: `{"year": 2026, "month": 9, "day": 25}`. */
function dateField(row: JsonObject, name: string): string | undefined {
  const date = objectField(row, name);
  const [year, month, day] = ["year", "month", "day"].map((part) =>
    String(field(date, part)).padStart(2, "0")
  );
  return dayField({ day: `${year}-${month}-${day}` }, "day");
}

/**
 * Cerebras: https://inference-docs.cerebras.ai/api-reference/models
 *
 * @module
 */

import { HOSTED, rowsOf } from "../common.ts";
import type { Provider } from "../provider.ts";

/** Cerebras. */
export const CEREBRAS: Provider = {
  ...HOSTED,
  id: "cerebras",
  title: "Cerebras",
  defaultBase: "https://api.cerebras.ai/v1",
  baseVariables: ["CEREBRAS_API_BASE"],
  keyVariables: ["CEREBRAS_API_KEY"],
  prefix: "cerebras/",
  read: rowsOf({}),
};

/**
 * LiteLLM's own list of models, which comes with each release
 * (`model_prices_and_context_window_backup.json`): what it says of a model's
 * end, and whether LiteLLM can price it.
 *
 * @module
 */

import {
  dayField,
  isJsonObject,
  type JsonObject,
  objectField,
  textField,
} from "../text/fields.ts";

/** What the list says of one model. */
export interface CostRow {
  /** Whose model it is, in LiteLLM's spelling (`vertex_ai-language-models`). */
  readonly provider: string | undefined;
  /** The day from which it is no longer served, YYYY-MM-DD. */
  readonly endsOn: string | undefined;
  /** The model that takes its place, as an entry's `model:` has it. */
  readonly successor: string | undefined;
  /** `chat`, `embedding`, `image_generation` and the like. */
  readonly mode: string | undefined;
  /** Whether LiteLLM can price it (its `_entry_has_priced_metric`). */
  readonly hasPrice: boolean;
}

/** The rows under the list's own names. */
export type CostMap = ReadonlyMap<string, CostRow>;

/** LiteLLM's list has 3 MB. */
const longestText = 32_000_000;

/** Reads the list. Nothing where the text is damaged or no mapping. */
export function parseCostMap(text: string): CostMap | undefined {
  if (text.length > longestText) return undefined;
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isJsonObject(list)) return undefined;
  // The example that explains the fields is no model.
  const rows = Object.entries(list).flatMap(([name, fields]) =>
    isJsonObject(fields) && name !== "sample_spec"
      ? [[name, rowOf(fields)] as const]
      : []
  );
  return new Map(rows);
}

function rowOf(fields: JsonObject): CostRow {
  return {
    provider: textField(fields, "litellm_provider"),
    endsOn: dayField(fields, "deprecation_date"),
    successor: successorIn(fields),
    mode: textField(fields, "mode"),
    hasPrice: Object.entries(fields).some(isPrice),
  };
}

/** Since 1.110 a field; before that three rows had it. Some say it in prose. */
function successorIn(fields: JsonObject): string | undefined {
  const text = textField(fields, "successor_model") ??
    textField(objectField(fields, "metadata"), "successor");
  return text?.includes(" ") ? undefined : text;
}

function isPrice([name, value]: readonly [string, unknown]): boolean {
  if (name === "tiered_pricing") return value !== null;
  if (!name.includes("cost_per")) return false;
  return isPositive(value) ||
    isJsonObject(value) && Object.values(value).some(isPositive);
}

/**
 * The row for an entry's `model:` as LiteLLM looks it up (1.108.7,
 * `get_model_info_helper`). LiteLLM also prices a model by the row of its name
 * without the version, or of another provider: such a row comes without an end
 * and a successor, which need not be those of this model.
 */
export function costRowFor(map: CostMap, model: string): CostRow | undefined {
  const exact = map.get(model);
  if (exact !== undefined) return exact;
  const [, provider = "", id = model] = /^([^/]+)\/(.+)$/s.exec(model) ?? [];
  const names = isBedrock(provider) ? bedrockNames(id) : [id];
  const own = rowsOf(map, names).find((row) => isOf(row, provider)) ??
    rowsOf(map, [namedAlike(map, model)]).find((row) => isOf(row, provider));
  if (own !== undefined) return own;
  const priced = rowsOf(map, [withoutVersion(model, provider)])
    .find((row) => isOf(row, provider)) ??
    rowsOf(map, [id]).find((row) => isLent(row, provider));
  return priced && { ...priced, endsOn: undefined, successor: undefined };
}

function rowsOf(
  map: CostMap,
  names: readonly (string | undefined)[],
): CostRow[] {
  return names.flatMap((name) => map.get(name ?? "") ?? []);
}

/** The list's name that differs in capitals alone: LiteLLM takes that, too. */
function namedAlike(map: CostMap, model: string): string | undefined {
  const lower = model.toLowerCase();
  return [...map.keys()].find((name) => name.toLowerCase() === lower);
}

/** Providers whose rows also stand under longer names, or under a second one. */
const families: readonly RegExp[] = [
  /^vertex_ai(?:$|[_-])/,
  /^fireworks_ai(?:$|-)/,
  /^bedrock(?:$|_converse$)/,
  /^cohere(?:_chat)?$/,
  /^(?:text-completion-)?openai$/,
];

/** A name without a provider is that of the row, whoever's it is. */
function isOf(row: CostRow, provider: string): boolean {
  if (provider === "" || row.provider === provider) return true;
  return families.some((family) =>
    family.test(provider) && family.test(row.provider ?? "")
  );
}

/** Whether LiteLLM prices a provider's model by another provider's row. */
function isLent(row: CostRow, provider: string): boolean {
  return provider === "azure_ai"
    ? row.provider === "azure" || row.provider === "openai"
    : /^(?:github|nadir|litellm_proxy)$/.test(provider);
}

function isBedrock(provider: string): boolean {
  return /^bedrock(?:_converse)?$/.test(provider);
}

/**
 * Bedrock's id with what LiteLLM lets stand before it: a route, a region (of
 * AWS), an ARN; last without the group of regions that is part of the id.
 */
function bedrockNames(id: string): string[] {
  const plain = id
    .replace(/^(?:chat_completions|converse|invoke|openai|mantle)\//, "")
    .replace(/^[a-z]{2}(?:-gov)?-[a-z]+-\d\//, "")
    .replace(/^arn:.*\//s, "");
  return [plain, plain.replace(/^(?:global|us|eu|apac|jp|au|us-gov)\./, "")];
}

/** The name up to the version; of a fine-tuned model, that of its base. */
function withoutVersion(model: string, provider: string): string {
  if (isBedrock(provider)) return model;
  if (/^(?:vertex_ai|gemini|databricks)$/.test(provider)) {
    return model.replace(/-\d+$/, "");
  }
  return model.replace(/^(ft:[^:]+):.*$/s, "$1")
    .replace(/-\d{4}-\d{2}-\d{2}$/, "");
}

function isPositive(value: unknown): boolean {
  return typeof value === "number" && value > 0;
}

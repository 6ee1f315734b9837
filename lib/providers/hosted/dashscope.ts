/**
 * DashScope, the API of Alibaba Cloud's Model Studio:
 * https://www.alibabacloud.com/help/en/model-studio/list-models
 * A key is of one region. Prices do not state their currency (in China they are
 * in yuan), so they are not read.
 *
 * @module
 */

import { type Facts, hasValue, HOSTED, rowsOf, under } from "../common.ts";
import type { Page, Provider } from "../provider.ts";
import {
  dayField,
  field,
  isJsonObject,
  type JsonObject,
  listField,
  objectField,
  tokensField,
} from "../../text/fields.ts";

/** DashScope. */
export const DASHSCOPE: Provider = {
  ...HOSTED,
  id: "dashscope",
  title: "DashScope",
  defaultBase: "https://dashscope.aliyuncs.com/compatible-mode/v1",
  // Singapore, Virginia, Hong Kong, and a workspace's own host in any region:
  // https://www.alibabacloud.com/help/en/model-studio/base-url
  ownHosts: [
    "dashscope-intl.aliyuncs.com",
    "dashscope-us.aliyuncs.com",
    "cn-hongkong.dashscope.aliyuncs.com",
    "*.maas.aliyuncs.com",
  ],
  baseVariables: ["DASHSCOPE_API_BASE"],
  keyVariables: ["DASHSCOPE_API_KEY"],
  prefix: "dashscope/",
  modelsUrl: (base) => under(nativeBase(base), "api/v1/models", queryOf(1)),
  page: pageOf,
  read: rowsOf({
    id: "model",
    isChat: (row) =>
      listField(row, "capabilities").some((one) => CHATS.includes(one)),
    notChat: /deep-research/,
    createdAt: "published_time",
    displayName: "name",
    more: dashscopeFacts,
  }),
};

/** Text, text after thinking, and text about images. */
const CHATS: readonly unknown[] = ["TG", "Reasoning", "VU"];

const PAGE_SIZE = 100;

/** A model with any of them, so that half of the five hundred is not sent. */
const FILTER = CHATS.map((one) => `capabilities=${one}`).join("&");

function queryOf(page: number): string {
  return `${FILTER}&language=en-US&page_no=${page}&page_size=${PAGE_SIZE}`;
}

/** The list is not under the base for calls in OpenAI's form. */
function nativeBase(base: URL): URL {
  const root = new URL(base);
  root.pathname = root.pathname.replace(/\/compatible-mode\/v1\/*$/, "/");
  return root;
}

function pageOf(body: unknown): Page | undefined {
  const output = isJsonObject(body) ? objectField(body, "output") : {};
  if (!Array.isArray(field(output, "models"))) return undefined;
  const rows = listField(output, "models");
  const [page, total] = [field(output, "page_no"), field(output, "total")];
  // A server may have smaller pages than it was asked for.
  const size = tokensField(output, "page_size") ?? PAGE_SIZE;
  const isFull = rows.length > 0 && typeof page === "number" &&
    typeof total === "number" && page * size < total;
  return { rows, ...(isFull && { next: `?${queryOf(page + 1)}` }) };
}

/** The day it goes offline is not documented; models.dev reads it. */
function dashscopeFacts(row: JsonObject): Facts {
  const limits = objectField(row, "model_info");
  const metadata = objectField(row, "inference_metadata");
  return {
    maxInputTokens: tokensField(limits, "max_input_tokens") ??
      tokensField(limits, "context_window"),
    maxOutputTokens: tokensField(limits, "max_output_tokens"),
    supportsVision: hasValue(metadata, "request_modality", "Image"),
    supportsFunctionCalling: hasValue(row, "features", "function-calling"),
    endsOn: dayField(objectField(row, "inference_offline_info"), "offlineTime"),
  };
}

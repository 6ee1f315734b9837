/**
 * Asks a proxy what its clients ask, in their words.
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
} from "../../lib/text/fields.ts";
import { MASTER_KEY, type Proxy } from "./litellm.ts";

/** What most clients send; Claude Code's gateway token is sent the same way. */
const BEARER = { authorization: `Bearer ${MASTER_KEY}` };
const VERSION = { "anthropic-version": "2023-06-01" };

/** The list as Open WebUI and others ask for it, by name. */
export async function listModels(
  proxy: Proxy,
): Promise<ReadonlyMap<string, JsonObject>> {
  return await list(proxy, "/v1/models", BEARER);
}

/** The list as Claude Code asks for it when it starts; it shows the names. */
export async function listForClaudeCode(
  proxy: Proxy,
): Promise<ReadonlyMap<string, JsonObject>> {
  return await list(proxy, "/v1/models?limit=1000", { ...BEARER, ...VERSION });
}

/** What the proxy says of the ends of its models, in three groups. */
export async function listDeprecations({ base }: Proxy): Promise<JsonObject> {
  const url = `${base}/v1/model/deprecations`;
  const response = await fetch(url, { headers: BEARER });
  return parse(await response.text());
}

/** A chat request of Cursor or Open WebUI; the answer's text. */
export async function chat(proxy: Proxy, model: string): Promise<string> {
  const body = { model, messages: [{ role: "user", content: "Who?" }] };
  const text = await post(proxy, "/v1/chat/completions", BEARER, body);
  const [choice] = listField(parse(text), "choices");
  const message = objectField(isJsonObject(choice) ? choice : {}, "message");
  return textField(message, "content") ?? `no text in ${text}`;
}

/** A request of Claude Code, which always streams; the answer's text. */
export async function message(proxy: Proxy, model: string): Promise<string> {
  const body = {
    model,
    max_tokens: 64,
    stream: true,
    messages: [{ role: "user", content: [{ type: "text", text: "Who?" }] }],
  };
  const headers = { ...BEARER, ...VERSION };
  const text = await post(proxy, "/v1/messages?beta=true", headers, body);
  const deltas = text.split("\n").filter((line) => line.startsWith("data: {"))
    .map((line) => objectField(parse(line.slice("data: ".length)), "delta"));
  const said = deltas.map((delta) => textField(delta, "text") ?? "").join("");
  return said === "" ? `no text in ${text}` : said;
}

async function list(
  { base }: Proxy,
  path: string,
  headers: Record<string, string>,
): Promise<ReadonlyMap<string, JsonObject>> {
  const response = await fetch(`${base}${path}`, { headers });
  const rows = listField(parse(await response.text()), "data").filter(
    isJsonObject,
  );
  return new Map(rows.map((row) => [String(field(row, "id")), row]));
}

async function post(
  { base }: Proxy,
  path: string,
  headers: Record<string, string>,
  body: object,
): Promise<string> {
  const response = await fetch(`${base}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  return await response.text();
}

function parse(text: string): JsonObject {
  const value: unknown = JSON.parse(text);
  if (!isJsonObject(value)) throw new Error(`no object: ${text}`);
  return value;
}

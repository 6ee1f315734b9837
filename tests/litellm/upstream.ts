/**
 * Loopback stand-ins that list models and answer chat requests: what the
 * program asks and then what LiteLLM sends. Each remembers the chat requests
 * that reached it, with the key that they carried.
 *
 * @module
 */

import {
  field,
  isJsonObject,
  type JsonObject,
  textField,
} from "../../lib/text/fields.ts";
import { isOfKey } from "../support/stand_in_providers.ts";
import { answerChat, refusal } from "./dialects.ts";

/** One chat request as it reached a stand-in. */
export interface Chat {
  /** The model that was asked for. */
  readonly model: string;
  readonly key: string;
}

/** What came with a chat request besides. */
export interface Received {
  /** Where it was asked. */
  readonly path: string;
  readonly headers: Headers;
  readonly body: JsonObject;
}

/** A running stand-in; what it does can be changed at any time. */
export interface Upstream extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly base: string;
  readonly chats: readonly Chat[];
  /** The same requests, whole. */
  readonly received: readonly Received[];
  /** What it lists; nothing: its list is down, the chat is not. */
  list: object | undefined;
  /** What it answers a chat request with: who it is, unless told otherwise. */
  says: (model: string) => string;
  /** The status with which it refuses chat requests; nothing: it answers. */
  refusesWith: number | undefined;
}

/** Starts a stand-in on a free port; `name` is what it says who it is. */
export function startUpstream(name: string, list?: object): Upstream {
  const chats: Chat[] = [];
  const received: Received[] = [];
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: (): void => {} },
    (request) => answer(request, upstream, { chats, received }),
  );
  const upstream: Upstream = {
    base: `http://127.0.0.1:${server.addr.port}`,
    chats,
    received,
    list,
    says: () => `told by ${name}`,
    refusesWith: undefined,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
  return upstream;
}

async function answer(
  request: Request,
  upstream: Upstream,
  { chats, received }: { chats: Chat[]; received: Received[] },
): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (/[/:]cachedContents$/.test(pathname)) return promptCache(request);
  if (request.method === "GET") return listOf(upstream, pathname);
  const body: unknown = await request.json();
  if (!isJsonObject(body)) {
    throw new Error(`chat on "${pathname}": not an object`);
  }
  const model = textField(body, "model") ?? modelInPath(pathname);
  chats.push({ model, key: keyOf(request) });
  received.push({ path: pathname, headers: request.headers, body });
  if (upstream.refusesWith !== undefined) return refusal(upstream.refusesWith);
  const isStreamed = pathname.includes(":stream") ||
    field(body, "stream") === true;
  return answerChat(pathname, {
    model,
    text: upstream.says(model),
    isStreamed,
  });
}

function listOf({ list }: Upstream, path: string): Response {
  if (isOfKey(path)) return Response.json({});
  return list === undefined
    ? new Response("upstream error", { status: 503 })
    : Response.json(list);
}

/** Where LiteLLM puts Claude Code's long prompts before it asks Gemini. */
function promptCache({ method }: Request): Response {
  return Response.json(method === "GET" ? {} : { name: "cachedContents/1" });
}

/** Gemini has the model in the path: `.../models/ID:generateContent`. */
function modelInPath(path: string): string {
  return decodeURIComponent(/\/models\/([^:]+):/.exec(path)?.[1] ?? "");
}

function keyOf({ headers }: Request): string {
  return headers.get("x-api-key") ?? headers.get("x-goog-api-key") ??
    headers.get("authorization")?.replace(/^Bearer /, "") ?? "";
}

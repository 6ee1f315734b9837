/**
 * The three default providers as stand-ins: recorded catalogs, each provider's
 * own way to reject a key, and the variables that point the program here.
 *
 * @module
 */

import {
  type Behaviour,
  type Script,
  type StandIn,
  startStandIn,
  type Unreachable,
} from "./stand_in.ts";
import {
  isJsonObject,
  type JsonObject,
  listField,
} from "../../lib/text/fields.ts";

/**
 * Fake keys, the proxy's own among them; no test may find one of these texts in
 * any output or file.
 */
export const FAKE_KEYS = {
  OPENROUTER_API_KEY: "sk-or-v1-5ecre7-0penr0uter",
  XAI_API_KEY: "xai-5ecre7-xa1",
  GEMINI_API_KEY: "AQ.5ecre7-gem1n1",
  LITELLM_MASTER_KEY: "sk-5ecre7-the-pr0xy",
} as const;

const CATALOGS = new URL("../fixtures/catalogs/", import.meta.url);

/**
 * A list of models, by the name of its file without `.json`. They are recorded
 * answers, reduced to facts; November 2026 and the second page of July follow
 * the documented shape with the ids of their time.
 */
export async function readCatalog(name: string): Promise<object> {
  const text = await Deno.readTextFile(new URL(`${name}.json`, CATALOGS));
  const body: unknown = JSON.parse(text);
  if (typeof body !== "object" || body === null) {
    throw new Error(`catalog "${name}": not an object`);
  }
  return body;
}

/**
 * OpenRouter's two addresses: the list of the key, and how many models there are
 * for all keys, by default no more.
 */
export function openRouter(
  list: Behaviour,
  count: Behaviour = countOf(list),
): Script {
  return (_, { path }) => path.endsWith("/models/count") ? count : list;
}

function countOf(list: Behaviour): Behaviour {
  const rows = list.kind === "answers" && isJsonObject(list.body)
    ? listField(list.body, "data")
    : [];
  return { kind: "answers", body: { data: { count: rows.length } } };
}

/** xAI's two addresses: the list, and what it says of the key. */
export function xAi(
  list: Behaviour,
  key: Behaviour = { kind: "answers", body: XAI_KEY },
): Script {
  return (_, { path }) => path.endsWith("/api-key") ? key : list;
}

/**
 * What xAI says of a key that may do anything, in the documented form:
 * https://docs.x.ai/developers/rest-api-reference/inference/other
 */
export const XAI_KEY = {
  redacted_api_key: "xai-...xa1",
  user_id: "59fbe5f2-0000-4000-8000-868bb8f23eb2",
  name: "Key of a stand-in",
  create_time: "2026-01-01T12:55:18.139305Z",
  modify_time: "2026-08-28T17:20:12.343321Z",
  modified_by: "3d38b4dc-0000-4000-8000-c3fa8997ffc7",
  team_id: "5ea6f6bd-0000-4000-8000-28b2d7ba6722",
  acls: ["api-key:model:*", "api-key:endpoint:*"],
  api_key_id: "ae1e1841-0000-4000-8000-8a1a7237db11",
  team_blocked: false,
  api_key_blocked: false,
  api_key_disabled: false,
} as const;

/** Whether a request is not for a list, but for what the list of a key lacks. */
export function isOfKey(path: string): boolean {
  return path.endsWith("/models/count") || path.endsWith("/api-key");
}

/** How each provider answers a wrong key. */
export const WRONG_KEY = {
  openrouter: refusal(401, {
    error: { message: "User not found.", code: 401 },
  }),
  xai: refusal(400, {
    code: "Client specified an invalid argument",
    error: "Incorrect API key provided. You can obtain a key at console.x.ai.",
  }),
  gemini: refusal(400, {
    error: {
      code: 400,
      message: "API key not valid. Please pass a valid API key.",
      status: "INVALID_ARGUMENT",
      details: [{
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        reason: "API_KEY_INVALID",
        domain: "googleapis.com",
      }],
    },
  }),
} as const;

/** An error with a JSON body, as providers send them. */
export function refusal(status: number, body: object): Behaviour {
  const headers = { "content-type": "application/json" };
  return { kind: "status", status, headers, body: JSON.stringify(body) };
}

/** What the three do; one that is left out answers with its newest catalog. */
export interface Cast {
  readonly openrouter?: Behaviour | Script | Unreachable;
  readonly xai?: Behaviour | Script | Unreachable;
  readonly gemini?: Behaviour | Script | Unreachable;
}

/** The running three, and the environment that leads the program to them. */
export interface Providers extends AsyncDisposable {
  readonly openrouter: StandIn;
  readonly xai: StandIn;
  readonly gemini: StandIn;
  readonly env: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
}

/** Starts all three; bases and fake keys are in `env`. */
export async function startProviders(cast: Cast = {}): Promise<Providers> {
  const openrouter = await startStandIn(
    cast.openrouter ?? openRouter(await newest("openrouter-2026-08")),
  );
  const xai = await startStandIn(
    cast.xai ?? xAi(await newest("xai-documented")),
  );
  const gemini = await startStandIn(cast.gemini ?? await geminiPages());
  const stop = async (): Promise<void> => {
    await Promise.all([openrouter.stop(), xai.stop(), gemini.stop()]);
  };
  const env = {
    OPENROUTER_API_BASE: `${openrouter.base}/api/v1`,
    XAI_API_BASE: `${xai.base}/v1`,
    GEMINI_API_BASE: gemini.base,
    ...FAKE_KEYS,
  };
  return { openrouter, xai, gemini, env, stop, [Symbol.asyncDispose]: stop };
}

async function newest(name: string): Promise<Behaviour> {
  return { kind: "answers", body: await readCatalog(name) };
}

/** The recorded list of a month, its two pages as one. */
export async function geminiList(month: string): Promise<JsonObject> {
  const pages = await Promise.all(
    [1, 2].map((page) => readCatalog(`gemini-${month}-page-${page}`)),
  );
  const models = pages.flatMap((page) =>
    isJsonObject(page) ? listField(page, "models") : []
  );
  return { models };
}

/** Gemini's list of autumn 2026 in its two pages. */
export async function geminiPages(): Promise<Behaviour & { kind: "pages" }> {
  const pages = [
    await readCatalog("gemini-2026-11-page-1"),
    await readCatalog("gemini-2026-11-page-2"),
  ];
  return { kind: "pages", pages };
}

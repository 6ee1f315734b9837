/**
 * Providers that hold some of their answers back until they are told to let
 * them go, each at a place of choice, so that a test can do something while a
 * run waits for them, however quick or slow the machine is.
 *
 * @module
 */

import { assert, assertEquals } from "../support/assert.ts";
import type { RunResult } from "../support/program.ts";
import { XAI_KEY } from "../support/stand_in_providers.ts";
import type { FaultStage, Files } from "./stage.ts";
import {
  type Pieces,
  startStream,
  type StreamServer,
} from "./stream_server.ts";

/** The requests of a run, in no certain order. */
export const REQUESTS = [
  "openrouter list",
  "openrouter count",
  "xai list",
  "xai key",
  "gemini page 1",
  "gemini page 2",
] as const;

/** One request of a run. */
export type Request = typeof REQUESTS[number];

/** Those that do not wait for the answer to another one. */
export const EARLY: readonly Request[] = REQUESTS.filter((request) =>
  request !== "gemini page 2"
);

/** Next to a list, and not waited for long once that is there. */
const OF_KEYS: readonly Request[] = ["openrouter count", "xai key"];

/** What may be waited for: all that come first, or a single list. */
export const HOLDS: readonly (readonly Request[])[] = [
  EARLY,
  ...REQUESTS.filter((request) => !OF_KEYS.includes(request))
    .map((request) => [request]),
];

/** How far an answer has come before it is let go. */
export const PLACES = ["nothing", "headers", "half", "trickle"] as const;

/** Where an answer is held; a trickle never stands still. */
export type Place = typeof PLACES[number];

const PAGES = ["gemini-3.8-flash", "gemini-3.9-pro"].map((id) => ({
  name: `models/${id}`,
  supportedGenerationMethods: ["generateContent"],
}));

const BODIES: Readonly<Record<Request, object>> = {
  "openrouter list": {
    data: [{
      id: "anthropic/claude-sonnet-5",
      canonical_slug: "anthropic/claude-sonnet-5",
    }],
  },
  "openrouter count": { data: { count: 1 } },
  "xai list": { models: [{ id: "grok-4.5", object: "model" }] },
  "xai key": XAI_KEY,
  "gemini page 1": { models: PAGES.slice(0, 1), nextPageToken: "2" },
  "gemini page 2": { models: PAGES.slice(1) },
};

/** The three, with what they hold. */
export class HeldProviders implements AsyncDisposable {
  readonly #holds: ReadonlySet<Request>;
  readonly #place: Place;
  readonly #servers: readonly StreamServer[];
  readonly #reached = new Set<Request>();
  readonly #allReached = Promise.withResolvers<void>();
  readonly #asked = Promise.withResolvers<void>();
  readonly #letGo = Promise.withResolvers<void>();

  /** Holds the answers to these requests, each at that place. */
  constructor(holds: readonly Request[], place: Place) {
    this.#holds = new Set(holds);
    this.#place = place;
    const pieces: Pieces = (n, head) => this.#piece(n, requestOf(head));
    this.#servers = [1, 2, 3].map(() => startStream(pieces));
  }

  /** The variables that lead a run here. */
  get env(): Readonly<Record<string, string>> {
    const [openrouter, xai, gemini] = this.#servers.map(({ base }) =>
      base.replace("localhost", "127.0.0.1")
    );
    assert(openrouter && xai && gemini);
    return {
      OPENROUTER_API_BASE: `${openrouter}/api/v1`,
      XAI_API_BASE: `${xai}/x/v1`,
      GEMINI_API_BASE: gemini,
    };
  }

  /** How many requests came in. */
  get requests(): number {
    return this.#servers.reduce((sum, { heads }) => sum + heads.length, 0);
  }

  /** How many connections with a request neither side has closed. */
  get open(): number {
    return this.#servers.reduce((sum, { open }) => sum + open, 0);
  }

  /** Waits for the first request. */
  async asked(): Promise<void> {
    await this.#asked.promise;
  }

  /** Waits until every answer to be held is at its place. */
  async reached(): Promise<void> {
    await this.#allReached.promise;
  }

  /** Sends what is held. */
  letGo(): void {
    this.#letGo.resolve();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.letGo();
    for (const server of this.#servers) await server[Symbol.asyncDispose]();
  }

  async #piece(n: number, request: Request): Promise<string | undefined> {
    this.#asked.resolve();
    const body = JSON.stringify(BODIES[request]);
    const head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" +
      `Connection: close\r\nContent-Length: ${body.length}\r\n\r\n`;
    const parts = partsOf(this.#place, head, body);
    if (!this.#holds.has(request)) return n === 0 ? head + body : undefined;
    if (n > 0) await this.#hold(request, n === parts.length - 1);
    return parts[n];
  }

  /** A trickle goes on without being let go, but for its last piece. */
  async #hold(request: Request, isLast: boolean): Promise<void> {
    this.#reached.add(request);
    if (this.#reached.size === this.#holds.size) this.#allReached.resolve();
    const isStill = isLast || this.#place !== "trickle";
    await Promise.race([this.#letGo.promise, ...(isStill ? [] : [pause(20)])]);
  }
}

/** The first piece is sent at once; see {@linkcode HeldProviders}. */
function partsOf(place: Place, head: string, body: string): string[] {
  const half = body.length / 2;
  switch (place) {
    case "nothing":
      return ["", head + body];
    case "headers":
      return [
        head.slice(0, head.length / 2),
        head.slice(head.length / 2) + body,
      ];
    case "half":
      return [head + body.slice(0, half), body.slice(half)];
    case "trickle":
      return [head, ...body];
    default:
      return place satisfies never;
  }
}

function requestOf(head: string): Request {
  const [, path = ""] = head.split(" ");
  if (path.startsWith("/api/")) {
    return path.endsWith("/count") ? "openrouter count" : "openrouter list";
  }
  if (path.startsWith("/x/")) {
    return path.endsWith("/api-key") ? "xai key" : "xai list";
  }
  return path.includes("pageToken=") ? "gemini page 2" : "gemini page 1";
}

/** Waits. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** That nobody is waited for any more shows here soon. */
export async function assertAllClosed(held: HeldProviders): Promise<void> {
  for (let tries = 0; held.open > 0 && tries < 400; tries++) await pause(5);
  assertEquals(held.open, 0, "connections that are still open");
}

/** What a run makes of these files when nothing is held and nothing happens. */
export async function runUnheld(
  stage: FaultStage,
  files: Files,
  args: readonly string[] = [],
): Promise<RunResult & { readonly files: Files }> {
  await using unheld = new HeldProviders([], "nothing");
  await stage.reset(files);
  const env = { ...stage.scene.env, ...unheld.env };
  const all = ["--config", stage.scene.config, ...args];
  const result = await stage.scene.runWith({ env }, ...all);
  return { ...result, files: await stage.files() };
}

/**
 * Loopback servers that stand in for providers, good ones and bad ones. Every
 * server speaks HTTP on a plain socket, one request per connection, because a
 * real HTTP server cannot be made to misbehave. What the answers mean is no
 * business of this file.
 *
 * @module
 */

/** What a stand-in does with one request. */
export type Behaviour =
  | {
    readonly kind: "answers";
    readonly body: unknown;
    readonly delayMs?: number;
  }
  /** Page `n` names page `n + 1` in Gemini's `nextPageToken`. */
  | {
    readonly kind: "pages";
    readonly pages: readonly object[];
    /** Before every page. */
    readonly delayMs?: number;
  }
  | {
    readonly kind: "status";
    readonly status: number;
    readonly body?: string | Uint8Array;
    readonly headers?: Readonly<Record<string, string>>;
    readonly delayMs?: number;
  }
  /** These bytes and nothing else, then the connection is closed. */
  | { readonly kind: "raw"; readonly bytes: string | Uint8Array }
  /** Silence after the request, in the middle of the headers or of the body. */
  | { readonly kind: "hangs"; readonly where: "answer" | "headers" | "body" }
  /** A body that never ends: one byte every 10 ms, so that it is never idle. */
  | { readonly kind: "drips" };

/** Decides by the request and its number, counted from 0. */
export type Script = (n: number, request: SeenRequest) => Behaviour;

/** How a stand-in treats the connection itself, before any request. */
export type Unreachable =
  /** Nothing listens on the port. */
  | { readonly kind: "refuses" }
  /** The queue of the port is full, so that connecting never ends. */
  | { readonly kind: "hangs"; readonly where: "connect" };

/** Where a connection waits whose queue is full; Windows refuses it. */
export const connectingCanHang: boolean = Deno.build.os === "linux";

/** One request as it came in. */
export interface SeenRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /** ASCII. */
  readonly body?: string;
}

/** A running stand-in. */
export interface StandIn extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly base: string;
  readonly requests: readonly SeenRequest[];
  readonly stop: () => Promise<void>;
}

/** Starts one stand-in on a free port of 127.0.0.1. */
export async function startStandIn(
  behaviour: Behaviour | Script | Unreachable,
): Promise<StandIn> {
  if (typeof behaviour === "function") return serve(behaviour);
  if (behaviour.kind === "refuses") return refuse();
  if (behaviour.kind === "hangs" && behaviour.where === "connect") {
    return await fillQueue();
  }
  return serve(() => behaviour);
}

/** Listens on a free port; `tcpBacklog` is how many may wait in its queue. */
function listen(
  tcpBacklog = 128,
): { listener: Deno.TcpListener; base: string } {
  const hostname = "127.0.0.1";
  const listener = Deno.listen({ hostname, port: 0, tcpBacklog });
  return { listener, base: `http://${hostname}:${listener.addr.port}` };
}

function standIn(
  base: string,
  requests: readonly SeenRequest[],
  stop: () => Promise<void>,
): StandIn {
  return { base, requests, stop, [Symbol.asyncDispose]: stop };
}

function refuse(): StandIn {
  const { listener, base } = listen();
  listener.close();
  return standIn(base, [], () => Promise.resolve());
}

/** Linux keeps one more than asked for; where more fit, nobody answers them. */
async function fillQueue(): Promise<StandIn> {
  const { listener, base } = listen(1);
  const { hostname, port } = listener.addr;
  const waiting = [
    await Deno.connect({ hostname, port }),
    await Deno.connect({ hostname, port }),
  ];
  return standIn(base, [], () => {
    for (const connection of waiting) connection.close();
    listener.close();
    return Promise.resolve();
  });
}

function serve(script: Script): StandIn {
  const { listener, base } = listen();
  const requests: SeenRequest[] = [];
  const open = new Set<Deno.Conn>();
  const stopped = new AbortController();
  const accepting = (async (): Promise<void> => {
    const handled: Promise<void>[] = [];
    for await (const connection of listener) {
      open.add(connection);
      handled.push(
        handle(connection, script, requests, stopped.signal)
          .catch(isGone)
          .finally(() => open.delete(connection)),
      );
    }
    await Promise.all(handled);
  })();
  let stopping: Promise<void> | undefined;
  return standIn(base, requests, () => {
    stopping ??= (async (): Promise<void> => {
      stopped.abort();
      listener.close();
      for (const connection of open) close(connection);
      await accepting;
    })();
    return stopping;
  });
}

/** A client that has had enough closes the connection: that is its right. */
function isGone(error: unknown): void {
  const expected = error instanceof Deno.errors.BrokenPipe ||
    error instanceof Deno.errors.ConnectionReset ||
    error instanceof Deno.errors.ConnectionAborted ||
    error instanceof Deno.errors.BadResource ||
    error instanceof Deno.errors.Interrupted;
  if (!expected) throw error;
}

function close(connection: Deno.Conn): void {
  try {
    connection.close();
  } catch (error) {
    if (!(error instanceof Deno.errors.BadResource)) throw error;
  }
}

async function handle(
  connection: Deno.Conn,
  script: Script,
  requests: SeenRequest[],
  stopped: AbortSignal,
): Promise<void> {
  try {
    const request = await readRequest(connection);
    if (!request) return;
    requests.push(request);
    const behaviour = script(requests.length - 1, request);
    await act(connection, behaviour, request, stopped);
  } finally {
    close(connection);
  }
}

/** Reads up to the empty line, and then as much as `Content-Length` says. */
async function readRequest(
  connection: Deno.Conn,
): Promise<SeenRequest | undefined> {
  const buffer = new Uint8Array(16 * 1024);
  let text = "";
  while (isIncomplete(text)) {
    const length = await connection.read(buffer);
    if (length === null) return undefined;
    text += new TextDecoder("latin1").decode(buffer.subarray(0, length));
  }
  const [head = "", body = ""] = text.split("\r\n\r\n");
  const [first = "", ...lines] = head.split("\r\n");
  const [method = "", path = ""] = first.split(" ");
  const headers = new Map(lines.map((line) => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  }));
  return { method, path, headers, body };
}

function isIncomplete(text: string): boolean {
  const [head = "", body] = text.split("\r\n\r\n");
  const expected = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
  return body === undefined || body.length < expected;
}

async function act(
  connection: Deno.Conn,
  behaviour: Behaviour,
  request: SeenRequest,
  stopped: AbortSignal,
): Promise<void> {
  switch (behaviour.kind) {
    case "answers":
      await pause(behaviour.delayMs ?? 0, stopped);
      return await write(connection, json(behaviour.body));
    case "pages":
      await pause(behaviour.delayMs ?? 0, stopped);
      return await write(connection, json(pageFor(behaviour.pages, request)));
    case "status":
      await pause(behaviour.delayMs ?? 0, stopped);
      return await write(connection, answer(behaviour));
    case "raw":
      return await write(connection, bytesOf(behaviour.bytes));
    case "hangs":
      await write(connection, bytesOf(BEFORE_SILENCE[behaviour.where]));
      return await pause(Infinity, stopped);
    case "drips":
      await write(connection, bytesOf(BEFORE_SILENCE.body));
      while (!stopped.aborted) {
        await write(connection, bytesOf(" "));
        await pause(10, stopped);
      }
      return;
    default:
      behaviour satisfies never;
  }
}

/** What a hanging server has sent before it falls silent. */
const BEFORE_SILENCE = {
  answer: "",
  headers: "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n",
  body: "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" +
    'Content-Length: 100000\r\n\r\n{"data": [',
};

function pageFor(pages: readonly object[], request: SeenRequest): unknown {
  const url = new URL(request.path, "http://stand-in");
  const token = url.searchParams.get("pageToken");
  const at = token === null ? 0 : Number(token.replace("page/+", ""));
  const last = at + 1 >= pages.length;
  // The "/" and "+" want encoding, as real tokens do.
  return { ...pages[at], nextPageToken: last ? undefined : `page/+${at + 1}` };
}

function json(body: unknown): Uint8Array {
  const headers = { "content-type": "application/json; charset=UTF-8" };
  return answer({ status: 200, headers, body: JSON.stringify(body) });
}

function answer(parts: {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}): Uint8Array {
  const body = bytesOf(parts.body ?? "");
  const all = { "content-length": `${body.length}`, ...parts.headers };
  const lines = Object.entries(all).map(([name, value]) =>
    `${name}: ${value}\r\n`
  );
  const head = bytesOf(
    `HTTP/1.1 ${parts.status} Told So\r\nconnection: close\r\n` +
      `${lines.join("")}\r\n`,
  );
  const bytes = new Uint8Array(head.length + body.length);
  bytes.set(head);
  bytes.set(body, head.length);
  return bytes;
}

function bytesOf(text: string | Uint8Array): Uint8Array {
  return typeof text === "string" ? new TextEncoder().encode(text) : text;
}

async function write(connection: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    at += await connection.write(bytes.subarray(at));
  }
}

/** Waits, but not past the end of the stand-in, which clears the timer. */
function pause(ms: number, stopped: AbortSignal): Promise<void> {
  if (ms <= 0 || stopped.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = ms === Infinity ? undefined : setTimeout(resolve, ms);
    stopped.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    }, { once: true });
  });
}

/**
 * A local HTTPS proxy that plays the real provider hosts for tests: it
 * answers `CONNECT` for them with a certificate of a throw-away authority
 * and hands each request to a function. Any other host is refused and
 * remembered. It never opens a connection to the outside.
 *
 * The program under test is pointed at it with `HTTPS_PROXY` (the `url`) and
 * `DENO_CERT` (the `caPath`).
 *
 * @module
 */
import { makeIdentity } from "./certificate.ts";

/** The hosts that the proxy answers for, on port 443. */
export const PLAYED_HOSTS: readonly string[] = [
  "openrouter.ai",
  "api.x.ai",
  "generativelanguage.googleapis.com",
  "api.anthropic.com",
  "api.openai.com",
];

/** One request as it arrived inside the tunnel. */
export interface SeenRequest {
  readonly host: string;
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What the proxy answers. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Decides the answer to a request; may take its time. */
export type Handler = (
  host: string,
  request: Omit<SeenRequest, "host">,
) => Answer | Promise<Answer>;

/** A running proxy. */
export interface ConnectProxy {
  readonly url: string;
  /** The certificate authority's file, PEM. */
  readonly caPath: string;
  readonly seen: readonly SeenRequest[];
  /** Targets (`host:port`, or the request line) that were turned away. */
  readonly refused: readonly string[];
  stop(): Promise<void>;
}

/** Starts the proxy on a free loopback port; it plays no others than `hosts`. */
export async function startConnectProxy(
  handler: Handler,
  hosts: readonly string[] = PLAYED_HOSTS,
): Promise<ConnectProxy> {
  const folder = await Deno.makeTempDir({ prefix: "discover-proxy-" });
  const caPath = `${folder}/ca.pem`;
  const { authority, ...tls } = await makeIdentity(hosts);
  await Deno.writeTextFile(caPath, authority);
  const seen: SeenRequest[] = [];
  const refused: string[] = [];
  const stopping = new AbortController();
  const ports = new Map<string, number>();
  const servers = hosts.map((host) => {
    const server = playHost(host, {
      ...tls,
      handler,
      seen,
      signal: stopping.signal,
    });
    ports.set(`${host}:443`, server.addr.port);
    return server.finished;
  });

  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open = new Set<Deno.Conn>();
  const accepting = acceptAll(listener, { ports, refused, open });
  return {
    url: `http://127.0.0.1:${listener.addr.port}`,
    caPath,
    seen,
    refused,
    async stop(): Promise<void> {
      listener.close();
      for (const connection of open) close(connection);
      stopping.abort();
      await Promise.all([accepting, ...servers]);
      await Deno.remove(folder, { recursive: true });
    },
  };
}

interface PlayedHost {
  readonly cert: string;
  readonly key: string;
  readonly handler: Handler;
  readonly seen: SeenRequest[];
  readonly signal: AbortSignal;
}

/** The TLS server behind the tunnels to one host. */
function playHost(
  host: string,
  { handler, seen, ...tls }: PlayedHost,
): Deno.HttpServer<Deno.NetAddr> {
  return Deno.serve({
    ...tls,
    hostname: "127.0.0.1",
    port: 0,
    onListen: () => {},
  }, async (request) => {
    const { pathname, search } = new URL(request.url);
    const what = {
      method: request.method,
      path: pathname + search,
      headers: Object.fromEntries(request.headers),
    };
    seen.push({ host, ...what });
    const { status, headers, body } = await handler(host, what);
    return new Response(body, { status, headers: { ...headers } });
  });
}

interface Tunnels {
  readonly ports: ReadonlyMap<string, number>;
  readonly refused: string[];
  readonly open: Set<Deno.Conn>;
}

async function acceptAll(
  listener: Deno.Listener,
  tunnels: Tunnels,
): Promise<void> {
  const running: Promise<void>[] = [];
  for await (const client of listener) {
    tunnels.open.add(client);
    running.push(
      tunnel(client, tunnels)
        // A client that goes away in the middle is its own affair.
        .catch(() => {})
        .finally(() => close(client)),
    );
  }
  await Promise.all(running);
}

async function tunnel(client: Deno.Conn, tunnels: Tunnels): Promise<void> {
  const line = (await readHead(client)).split("\r\n", 1)[0] ?? "";
  const [method, target = ""] = line.split(" ");
  const port = method === "CONNECT" ? tunnels.ports.get(target) : undefined;
  if (port === undefined) {
    tunnels.refused.push(method === "CONNECT" ? target : line);
    await write(client, "HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n");
    return;
  }
  const server = await Deno.connect({ hostname: "127.0.0.1", port });
  tunnels.open.add(server);
  await write(client, "HTTP/1.1 200 Connection established\r\n\r\n");
  await Promise.allSettled([
    client.readable.pipeTo(server.writable),
    server.readable.pipeTo(client.writable),
  ]);
  close(server);
}

/** Reads up to the blank line; what follows it only comes after our answer. */
async function readHead(connection: Deno.Conn): Promise<string> {
  const buffer = new Uint8Array(4096);
  let head = "";
  while (!head.includes("\r\n\r\n")) {
    const count = await connection.read(buffer);
    if (count === null) break;
    head += new TextDecoder().decode(buffer.subarray(0, count));
  }
  return head;
}

async function write(connection: Deno.Conn, text: string): Promise<void> {
  const bytes = new TextEncoder().encode(text);
  for (let sent = 0; sent < bytes.length;) {
    sent += await connection.write(bytes.subarray(sent));
  }
}

/** Closes a connection that may be closed already. */
function close(connection: Deno.Conn): void {
  try {
    connection.close();
  } catch (error) {
    if (!(error instanceof Deno.errors.BadResource)) throw error;
  }
}

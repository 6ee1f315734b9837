/**
 * A server that never comes to an end: after each request it sends pieces for
 * as long as somebody takes them. Bytes are counted, so that a test can tell
 * how much of an endless answer was read.
 *
 * @module
 */

/** What is sent, piece by piece; undefined ends the answer. */
export type Pieces = (n: number) => string | Uint8Array | undefined;

/** A running server. */
export interface StreamServer extends AsyncDisposable {
  readonly base: string;
  /** The heads of the requests that it could read. */
  readonly heads: readonly string[];
}

/** With `tls` it speaks TLS with that certificate. */
export function startStream(
  pieces: Pieces,
  options: {
    readonly pauseMs?: number;
    readonly tls?: { readonly cert: string; readonly key: string };
  } = {},
): StreamServer {
  const { pauseMs = 0, tls } = options;
  const at = { hostname: "127.0.0.1", port: 0 };
  const listener = tls ? Deno.listenTls({ ...at, ...tls }) : Deno.listen(at);
  const heads: string[] = [];
  const serving = (async (): Promise<void> => {
    const all: Promise<void>[] = [];
    for await (const connection of listener) {
      all.push(serve(connection, pieces, pauseMs, heads));
    }
    await Promise.all(all);
  })();
  const scheme = tls ? "https" : "http";
  return {
    base: `${scheme}://localhost:${listener.addr.port}`,
    heads,
    [Symbol.asyncDispose]: async () => {
      listener.close();
      await serving;
    },
  };
}

async function serve(
  connection: Deno.Conn,
  pieces: Pieces,
  pauseMs: number,
  heads: string[],
): Promise<void> {
  try {
    const buffer = new Uint8Array(16 * 1024);
    const length = await connection.read(buffer) ?? 0;
    heads.push(new TextDecoder().decode(buffer.subarray(0, length)));
    for (let n = 0;; n++) {
      const piece = pieces(n);
      if (piece === undefined) break;
      const bytes = typeof piece === "string"
        ? new TextEncoder().encode(piece)
        : piece;
      for (let at = 0; at < bytes.length;) {
        at += await connection.write(bytes.subarray(at));
      }
      if (pauseMs > 0) {
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    }
  } catch {
    // The client has had enough: that is what it is meant to do.
  } finally {
    connection.close();
  }
}

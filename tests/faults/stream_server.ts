/**
 * A server that never comes to an end: after each request it sends pieces for
 * as long as somebody takes them. Bytes are counted, so that a test can tell
 * how much of an endless answer was read.
 *
 * @module
 */

type Piece = string | Uint8Array | undefined;

/**
 * What is sent, piece by piece, to the request with that head; undefined ends
 * the answer.
 */
export type Pieces = (n: number, head: string) => Piece | Promise<Piece>;

/** A running server. */
export interface StreamServer extends AsyncDisposable {
  readonly base: string;
  /** The heads of the requests that it could read. */
  readonly heads: readonly string[];
  /**
   * How many connections with a request neither side has closed. A client may
   * keep one that it has opened for nothing.
   */
  readonly open: number;
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
  const seen: Seen = { heads: [], open: 0 };
  const serving = (async (): Promise<void> => {
    const all: Promise<void>[] = [];
    for await (const connection of listener) {
      all.push(serve(connection, pieces, pauseMs, seen));
    }
    await Promise.all(all);
  })();
  const scheme = tls ? "https" : "http";
  return {
    base: `${scheme}://localhost:${listener.addr.port}`,
    heads: seen.heads,
    get open(): number {
      return seen.open;
    },
    [Symbol.asyncDispose]: async () => {
      listener.close();
      await serving;
    },
  };
}

interface Seen {
  readonly heads: string[];
  open: number;
}

async function serve(
  connection: Deno.Conn,
  pieces: Pieces,
  pauseMs: number,
  seen: Seen,
): Promise<void> {
  try {
    const buffer = new Uint8Array(16 * 1024);
    const length = await connection.read(buffer) ?? 0;
    const head = new TextDecoder().decode(buffer.subarray(0, length));
    if (length === 0) return;
    seen.heads.push(head);
    seen.open++;
    await answer(connection, pieces, head, pauseMs)
      .finally(() => seen.open--);
  } catch {
    // The client has had enough: that is what it is meant to do.
  } finally {
    connection.close();
  }
}

async function answer(
  connection: Deno.Conn,
  pieces: Pieces,
  head: string,
  pauseMs: number,
): Promise<void> {
  const gone = untilClosed(connection);
  for (let n = 0;; n++) {
    const piece = await Promise.race([pieces(n, head), gone]);
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
}

/** That a client has had enough shows while nothing is sent, too. */
async function untilClosed(connection: Deno.Conn): Promise<undefined> {
  const buffer = new Uint8Array(1024);
  try {
    while (await connection.read(buffer) !== null);
  } catch {
    // Cut off is closed.
  }
}

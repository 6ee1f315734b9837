/**
 * What `fetch` throws when a connection fails, over real sockets, and what is
 * made of it.
 *
 * @module
 */

import { noAnswer } from "../../lib/fetch/connection.ts";
import type { AnswerFailure } from "../../lib/fetch/outcome.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { type Identity, makeIdentity } from "../support/certificate.ts";
import { insideWine } from "../support/inside_wine.ts";

/** What a server does with each connection; it is closed after that. */
type Server = (connection: Deno.Conn) => Promise<void>;

interface Listening extends AsyncDisposable {
  readonly host: string;
}

function listen(server: Server): Listening {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const serving = (async (): Promise<void> => {
    for await (const connection of listener) {
      await server(connection).catch(() => {});
      connection.close();
    }
  })();
  return {
    host: `127.0.0.1:${listener.addr.port}`,
    async [Symbol.asyncDispose](): Promise<void> {
      listener.close();
      await serving;
    },
  };
}

/** Reads the request, and then sends the text. */
function says(text: string | Uint8Array): Server {
  return async (connection) => {
    await connection.read(new Uint8Array(16 * 1024));
    const bytes = typeof text === "string"
      ? new TextEncoder().encode(text)
      : text;
    if (bytes.length > 0) await connection.write(bytes);
  };
}

async function nobody(): Promise<string> {
  await using listening = listen(says(""));
  return listening.host;
}

/** Asks in vain, perhaps through a proxy. */
async function failureOf(
  url: string,
  { proxy, authority }: { proxy?: string; authority?: string } = {},
): Promise<AnswerFailure> {
  using client = Deno.createHttpClient({
    ...(authority && { caCerts: [authority] }),
    ...(proxy && { proxy: { url: `http://${proxy}` } }),
  });
  try {
    const response = await fetch(url, { client });
    await response.body?.cancel();
  } catch (error) {
    return noAnswer(error, proxy);
  }
  throw new Error(`${url} answered`);
}

Deno.test("noAnswer() tells a port where nobody listens", async () => {
  const refused = { reason: "connection", state: "refused" } as const;
  assertEquals(await failureOf(`http://${await nobody()}/`), refused);
  assertEquals(await failureOf(`https://${await nobody()}/`), refused);
});

Deno.test("noAnswer() tells a host that does not exist", async () => {
  assertEquals(await failureOf("https://nobody.invalid/"), { reason: "dns" });
});

/** What servers send that answer wrongly, to http and to https. */
const ANSWERS: readonly (readonly [
  what: string,
  scheme: "http" | "https",
  text: string | Uint8Array,
  state: NonNullable<AnswerFailure["state"]>,
])[] = [
  ["nothing", "http", "", "closed without an answer"],
  [
    "half of a head",
    "http",
    "HTTP/1.1 200 OK\r\nA: b",
    "closed without an answer",
  ],
  ["SSH", "http", "SSH-2.0-OpenSSH_9.2\r\n\r\n", "answers, but not in HTTP"],
  ["nothing to TLS", "https", "", "closed without an answer"],
  [
    "http to https",
    "https",
    "HTTP/1.1 400 Bad Request\r\n\r\n",
    "answers, but not in TLS",
  ],
  [
    "an alert",
    "https",
    new Uint8Array([0x15, 3, 3, 0, 2, 2, 40]),
    "TLS refused",
  ],
];

for (const [what, scheme, text, state] of ANSWERS) {
  Deno.test(`noAnswer() tells a server that sends ${what}`, async () => {
    await using server = listen(says(text));
    assertEquals(
      await failureOf(`${scheme}://${server.host}/`),
      { reason: "connection", state },
    );
  });
}

/** Serves over TLS while `work` is done. */
async function withTls<T>(
  { cert, key }: Identity,
  work: (host: string) => Promise<T>,
): Promise<T> {
  const server = Deno.serve({
    hostname: "127.0.0.1",
    port: 0,
    cert,
    key,
    onListen: () => {},
  }, () => new Response("hi"));
  try {
    return await work(`localhost:${server.addr.port}`);
  } finally {
    await server.shutdown();
  }
}

Deno.test({
  name: "noAnswer() tells http to a server that wants https",
  // Wine knows no localhost, as below.
  ignore: insideWine,
  fn: async () => {
    const failure = await withTls(
      await makeIdentity(["localhost"]),
      (host) => failureOf(`http://${host}/`),
    );
    assertEquals(failure, {
      reason: "connection",
      state: "answers, but not in HTTP",
    });
  },
});

Deno.test({
  name: "noAnswer() tells what is wrong with a certificate",
  // Wine knows no localhost, which the certificate is for.
  ignore: insideWine,
  fn: async () => {
    const good = await makeIdentity(["localhost"]);
    const expired = await makeIdentity(["localhost"], -1);
    const other = await makeIdentity(["other.example"]);
    const cases = [
      [good, undefined, "unknown issuer"],
      [good, other.authority, "unknown issuer"],
      [expired, expired.authority, "expired"],
      [other, other.authority, "made for another name"],
    ] as const;
    for (const [identity, authority, state] of cases) {
      const failure = await withTls(
        identity,
        (host) =>
          failureOf(`https://${host}/`, { ...(authority && { authority }) }),
      );
      assertEquals(failure, { reason: "tls", state });
    }
  },
});

/** What proxies answer to `CONNECT`, and what that means. */
const PROXIES: readonly (readonly [
  what: string,
  text: string,
  failure: AnswerFailure,
])[] = [
  [
    "wants a password",
    "HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n",
    { reason: "proxy", state: "no tunnel", status: 407 },
  ],
  [
    "forbids the host",
    "HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n",
    { reason: "proxy", state: "no tunnel" },
  ],
  ["is none", "SSH-2.0-x\r\n\r\n", { reason: "proxy", state: "no tunnel" }],
  ["hangs up", "", { reason: "proxy", state: "closed without an answer" }],
  [
    "hangs up later",
    "HTTP/1.1 200 OK\r\n\r\n",
    { reason: "connection", state: "closed without an answer" },
  ],
];

for (const [what, text, failure] of PROXIES) {
  Deno.test(`noAnswer() tells a proxy that ${what}`, async () => {
    await using proxy = listen(async (connection) => {
      await says(text)(connection);
      // With something unread a connection is reset, not closed.
      if (text.includes("200 OK")) await says("")(connection);
    });
    const url = "https://api.x.ai/v1/models";
    assertEquals(await failureOf(url, { proxy: proxy.host }), failure);
  });
}

Deno.test("noAnswer() tells a proxy that is not there", async () => {
  const url = "https://api.x.ai/v1/models";
  assertEquals(await failureOf(url, { proxy: await nobody() }), {
    reason: "proxy",
    state: "refused",
  });
  assertEquals(await failureOf(url, { proxy: "nobody.invalid:3128" }), {
    reason: "proxy",
    state: "host name not found",
  });
});

/** As they come from Windows and macOS, in the user's language. */
const SYSTEMS: readonly (readonly [string, AnswerFailure])[] = [
  [
    "tcp connect error: Es konnte keine Verbindung hergestellt werden " +
    "(os error 10061)",
    { reason: "connection", state: "refused" },
  ],
  [
    "tcp connect error: Operation timed out (os error 60)",
    { reason: "connection", state: "timed out" },
  ],
  [
    "tcp connect error: No route to host (os error 65)",
    { reason: "connection", state: "unreachable" },
  ],
  ["dns error: (os error 11001)", { reason: "dns" }],
  ["something new", { reason: "connection" }],
];

for (const [words, failure] of SYSTEMS) {
  Deno.test(`noAnswer() knows "${words}" by its code`, () => {
    const said = "error sending request for url (https://dns.tls/): " +
      `client error (Connect): ${words}`;
    assertEquals(noAnswer(new TypeError(said), undefined), failure);
    const cause = new Error(said);
    const later = new TypeError("fetch failed", { cause });
    assertEquals(noAnswer(later, undefined), failure);
  });
}

Deno.test("noAnswer() is not misled by what stands in the address", () => {
  const url = "http://127.0.0.1/client error (Connect): dns error: x";
  const said = `error sending request for url (${url}): client error ` +
    "(Connect): tcp connect error: Connection refused (os error 111)";
  const failure = noAnswer(new TypeError(said), undefined);
  assertEquals(failure, { reason: "connection", state: "refused" });
  assert(!JSON.stringify(failure).includes("127.0.0.1"));
});

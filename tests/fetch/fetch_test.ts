/**
 * Everything a provider can do to a request, with servers that really do it.
 *
 * @module
 */

import { assert, assertEquals } from "../support/assert.ts";
import { askProviders } from "../support/parts.ts";
import { askProvider, type ProviderRequest } from "../../lib/fetch/fetch.ts";
import { MAX_BODY_BYTES, MAX_DEPTH } from "../../lib/fetch/json_body.ts";
import type { Failure, Outcome } from "../../lib/fetch/outcome.ts";
import type { Provider } from "../../lib/providers/provider.ts";
import { DEFAULT_PROVIDERS as PROVIDERS } from "../../lib/providers/default.ts";
import { Secret } from "../../lib/text/secret.ts";
import {
  type Behaviour,
  connectingCanHang,
  type Script,
  type SeenRequest,
  type StandIn,
  startStandIn,
  type Unreachable,
} from "../support/stand_in.ts";
import {
  geminiPages,
  isOfKey,
  readCatalog,
  refusal,
  WRONG_KEY,
} from "../support/stand_in_providers.ts";

const KEY = "5ecre7-key-that-must-stay-here";

function providerOf(id: string): Provider {
  const found = PROVIDERS.find((provider) => provider.id === id);
  assert(found, `no provider "${id}"`);
  return found;
}

function askOf(id: string, base: string, key = KEY): ProviderRequest {
  const provider = providerOf(id);
  const include = provider.include;
  const where = { base: new URL(base), localNames: [] };
  return { ...where, provider, key: new Secret(key), include };
}

/** Asks, and looks for the key in everything that comes back. */
async function askAll(
  requests: readonly ProviderRequest[],
  timeoutMs: number,
  signal = new AbortController().signal,
): Promise<Outcome[]> {
  const outcomes = await askProviders(requests, {
    timeoutMs,
    signal,
    fetch,
    proxyFor: () => undefined,
    monotonicMs: () => performance.now(),
  });
  const shown = JSON.stringify(outcomes) +
    Deno.inspect(outcomes, { depth: 9, iterableLimit: Infinity });
  assert(!shown.includes(KEY), "the key is in an outcome");
  return outcomes;
}

/**
 * Enough for any answer from loopback, on a busy machine too, and for Windows
 * to find out twice that nobody listens, which takes it two seconds each.
 */
const PLENTY_MS = 15_000;

async function askOne(
  id: string,
  server: StandIn,
  timeoutMs = PLENTY_MS,
): Promise<Outcome> {
  const [outcome] = await askAll([askOf(id, server.base)], timeoutMs);
  assert(outcome);
  assertEquals(outcome.provider, id);
  return outcome;
}

/** The failure, apart from who was asked. */
function failureOf(outcome: Outcome): Omit<Failure, "host"> {
  assert(outcome.kind === "failed", `${outcome.provider} answered`);
  const { host, ...failure } = outcome.failure;
  const isAsked = !["interrupted", "unusable-key"].includes(failure.reason);
  assertEquals(host !== undefined, isAsked);
  return failure;
}

type Answered = Outcome & { readonly kind: "answered" };

function answered(outcome: Outcome): Answered {
  assert(
    outcome.kind === "answered",
    outcome.kind === "failed" ? `failed: ${outcome.failure.reason}` : "",
  );
  return outcome;
}

function idsOf(outcome: Outcome): string[] {
  return answered(outcome).models.map(({ id }) => id);
}

function list(...rows: unknown[]): Behaviour {
  return { kind: "answers", body: { data: rows, object: "list" } };
}

function isForList({ path }: SeenRequest): boolean {
  return !isOfKey(path);
}

/** Counts only the requests for lists, and says nothing of a key. */
function ofLists(script: (n: number) => Behaviour): Script {
  let count = 0;
  return (_, request) =>
    isForList(request) ? script(count++) : { kind: "answers", body: {} };
}

const GROK = { id: "grok-4.5" };

/** Failures that every provider's server can show. */
const FAILURES: readonly {
  readonly when: string;
  readonly behaviour: Behaviour | Unreachable;
  readonly failure: Omit<Failure, "host">;
  /** Requests that the server sees in all; 1 unless told. */
  readonly requests?: number;
}[] = [
  {
    when: "nothing listens",
    behaviour: { kind: "refuses" },
    failure: { reason: "connection", state: "refused" },
    requests: 0,
  },
  {
    when: "the connection is closed without an answer",
    behaviour: { kind: "raw", bytes: "" },
    failure: { reason: "connection", state: "closed without an answer" },
    requests: 2,
  },
  {
    when: "the answer is no HTTP",
    behaviour: { kind: "raw", bytes: "SSH-2.0-OpenSSH_9.2\r\n\r\n" },
    failure: { reason: "connection", state: "answers, but not in HTTP" },
    requests: 2,
  },
  {
    when: "the key is not accepted (401)",
    behaviour: refusal(401, { error: { message: "no auth" } }),
    failure: { reason: "wrong-key", status: 401, said: "no auth" },
  },
  {
    when: "the key lacks a permission (403)",
    behaviour: refusal(403, { error: "forbidden" }),
    failure: { reason: "forbidden", status: 403, said: "forbidden" },
  },
  {
    when: "there are too many requests (429)",
    behaviour: {
      kind: "status",
      status: 429,
      headers: { "retry-after": "3600" },
    },
    failure: { reason: "rate-limited", status: 429 },
  },
  {
    when: "the address is unknown (404)",
    behaviour: { kind: "status", status: 404, body: "<h1>Not Found</h1>" },
    failure: { reason: "not-found", status: 404 },
  },
  {
    when: "the server breaks (500): not worth a retry",
    behaviour: { kind: "status", status: 500, body: "oops" },
    failure: { reason: "status", status: 500, said: "oops" },
  },
  {
    when: "the server is away (503), and still is after one retry",
    behaviour: { kind: "status", status: 503, body: "<html>busy</html>" },
    failure: { reason: "status", status: 503 },
    requests: 2,
  },
  {
    when: "HTML comes instead of JSON",
    behaviour: {
      kind: "status",
      status: 200,
      body: "<!doctype html><title>Log in to the hotel Wi-Fi</title>",
      headers: { "content-type": "text/html" },
    },
    failure: {
      reason: "web-page",
      status: 200,
      said: "Log in to the hotel Wi-Fi",
    },
  },
  {
    when: "nothing comes as the body",
    behaviour: { kind: "status", status: 200, body: "" },
    failure: { reason: "not-json" },
  },
  {
    when: "the body is not UTF-8 JSON",
    behaviour: {
      kind: "status",
      status: 200,
      body: new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]),
    },
    failure: { reason: "not-json" },
  },
  {
    when: "the JSON has another shape",
    behaviour: { kind: "answers", body: { items: [GROK] } },
    failure: { reason: "wrong-shape" },
  },
  {
    when: "an error comes with status 200",
    behaviour: { kind: "answers", body: { error: { code: 500 } } },
    failure: { reason: "wrong-shape" },
  },
  {
    when: "the body is shorter than its length",
    behaviour: {
      kind: "raw",
      bytes: 'HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n{"data": [',
    },
    failure: { reason: "cut-off" },
  },
  {
    when: "the chunks of the body are nonsense",
    behaviour: {
      kind: "raw",
      bytes: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" +
        '5\r\n{"dat\r\nzz\r\nrubbish\r\n',
    },
    failure: { reason: "cut-off" },
  },
  {
    when: "the last chunk of the body is missing",
    behaviour: {
      kind: "raw",
      bytes: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" +
        'c\r\n{"data": []}\r\n',
    },
    failure: { reason: "cut-off" },
  },
  {
    when: "the body says gzip and is none",
    behaviour: {
      kind: "status",
      status: 200,
      body: '{"data": []}',
      headers: { "content-encoding": "gzip" },
    },
    failure: { reason: "cut-off" },
  },
  {
    when: "the body is larger than the limit",
    behaviour: {
      kind: "status",
      status: 200,
      body: `{"data": [], "pad": "${"x".repeat(MAX_BODY_BYTES)}"}`,
    },
    failure: { reason: "too-large" },
  },
  {
    when: "the body is nested too deep",
    behaviour: {
      kind: "status",
      status: 200,
      body: `{"data": ${"[".repeat(100_000)}${"]".repeat(100_000)}}`,
    },
    failure: { reason: "too-deep" },
  },
  {
    when: "the body ends in an open nesting",
    behaviour: { kind: "status", status: 200, body: "[".repeat(1_000_000) },
    failure: { reason: "too-deep" },
  },
  {
    when: "the list is empty",
    behaviour: { kind: "answers", body: { data: [], models: [] } },
    failure: { reason: "no-models" },
  },
  {
    when: "no row of the list is a chat model",
    behaviour: {
      kind: "answers",
      body: {
        data: [{ id: "grok-imagine-video" }, null, 7],
        models: [{ name: "models/aqa" }, null, 7],
      },
    },
    failure: { reason: "no-models" },
  },
];

for (const { when, behaviour, failure, requests = 1 } of FAILURES) {
  for (const { id, plainModelsUrl } of PROVIDERS) {
    const isAskedAgain = failure.reason === "not-found" && plainModelsUrl;
    Deno.test(`askProviders() fails for ${id} when ${when}`, async () => {
      await using server = await startStandIn(behaviour);
      assertEquals(failureOf(await askOne(id, server)), failure);
      const lists = server.requests.filter(isForList);
      assertEquals(lists.length, isAskedAgain ? 2 : requests);
    });
  }
}

for (const status of [301, 302, 303, 307, 308]) {
  Deno.test(`askProviders() never follows a redirect (${status}), and the key stays`, async () => {
    await using elsewhere = await startStandIn(list(GROK));
    await using server = await startStandIn({
      kind: "status",
      status,
      headers: { location: `${elsewhere.base}/v1/models` },
    });
    for (const { id } of PROVIDERS) {
      const failure = failureOf(await askOne(id, server));
      assertEquals(failure, { reason: "redirect", status });
    }
    assertEquals(elsewhere.requests.length, 0);
  });
}

Deno.test("askProvider() tells xAI's wrong key, an HTTP 400 with a flat body", async () => {
  await using server = await startStandIn(WRONG_KEY.xai);
  const failure = failureOf(await askOne("xai", server));
  assertEquals(failure, {
    reason: "wrong-key",
    status: 400,
    said: "Incorrect API key provided. You can obtain a key at console.x.ai.",
  });
});

Deno.test("askProvider() tells Gemini's wrong key, an HTTP 400 with a reason", async () => {
  await using server = await startStandIn(WRONG_KEY.gemini);
  const failure = failureOf(await askOne("gemini", server));
  assertEquals(failure, {
    reason: "wrong-key",
    status: 400,
    said: "API key not valid. Please pass a valid API key.",
  });
});

Deno.test("askProvider() takes another HTTP 400 for no wrong key", async () => {
  const other = refusal(400, {
    error: { code: 400, message: "key? what key?" },
  });
  await using server = await startStandIn(other);
  for (const { id } of PROVIDERS) {
    const failure = failureOf(await askOne(id, server));
    assertEquals(failure, {
      reason: "status",
      status: 400,
      said: "key? what key?",
    });
  }
});

/** How an answer may spell the key. */
const ECHOES: readonly string[] = [
  KEY,
  KEY.slice(3, 12),
  `"${KEY.slice(-9)}"`,
  KEY.toUpperCase(),
  encodeURIComponent(KEY),
  [...KEY].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join(""),
  btoa(KEY),
  btoa(`user:${KEY}`),
  `Bearer=${KEY},`,
  `${KEY.slice(0, 4)}****${KEY.slice(-4)}`,
];

Deno.test("askProvider() keeps a key that an error quotes out of the outcome", async () => {
  for (const echo of ECHOES) {
    const message = `You sent ${echo} to us`;
    await using server = await startStandIn(
      refusal(418, { code: KEY, error: { message } }),
    );
    for (const { id } of PROVIDERS) {
      const failure = failureOf(await askOne(id, server));
      assertEquals(failure, {
        reason: "status",
        status: 418,
        said: "You sent [key] to us",
      });
    }
  }
});

Deno.test("askProvider() says nothing where an error is nothing but a key", async () => {
  await using server = await startStandIn(refusal(418, { error: KEY }));
  const failure = failureOf(await askOne("xai", server));
  assertEquals(failure, { reason: "status", status: 418 });
});

Deno.test("askProvider() names the host that was asked, with its port", async () => {
  await using server = await startStandIn({ kind: "status", status: 500 });
  const outcome = await askOne("xai", server);
  assert(outcome.kind === "failed");
  assertEquals(outcome.failure.host, new URL(server.base).host);
});

Deno.test("askProvider() knows by the status what happened although the body hangs", async () => {
  const head = "HTTP/1.1 402 No\r\nContent-Length: 99\r\n\r\n{";
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const answering = (async (): Promise<void> => {
    using connection = await listener.accept();
    await connection.read(new Uint8Array(4096));
    await connection.write(new TextEncoder().encode(head));
    // Until the client has had enough.
    while (await connection.read(new Uint8Array(1)) !== null);
  })().catch(() => {});
  const base = `http://127.0.0.1:${listener.addr.port}`;
  const [outcome] = await askAll([askOf("xai", base)], TIMEOUT_MS);
  assert(outcome);
  assertEquals(failureOf(outcome), { reason: "no-credits", status: 402 });
  await answering;
  listener.close();
});

Deno.test("askProvider() reads no more of an error than its beginning", async () => {
  const error = { message: "Too bad", padding: "x".repeat(200_000) };
  await using server = await startStandIn(refusal(500, { error }));
  const failure = failureOf(await askOne("xai", server));
  assertEquals(failure, { reason: "status", status: 500 });
});

for (
  const key of ["", "two words", "line\nbreak", "\u00fcml\u00e4ut", "a\u0000"]
) {
  Deno.test(`askProviders() sends no request with the key ${JSON.stringify(key)}`, async () => {
    await using server = await startStandIn(list(GROK));
    for (const { id } of PROVIDERS) {
      const request = askOf(id, server.base, key);
      const [outcome] = await askAll([request], PLENTY_MS);
      assert(outcome);
      assertEquals(failureOf(outcome), { reason: "unusable-key" });
    }
    assertEquals(server.requests.length, 0);
  });
}

Deno.test("askProvider() sends each key in its provider's header and nowhere else", async () => {
  const names = [
    ["openrouter", "authorization", `Bearer ${KEY}`],
    ["xai", "authorization", `Bearer ${KEY}`],
    ["gemini", "x-goog-api-key", KEY],
  ] as const;
  for (const [id, name, value] of names) {
    await using server = await startStandIn(list(GROK));
    await askOne(id, server);
    assert(server.requests.length > 0);
    for (const { method, path, headers } of server.requests) {
      assertEquals(method, "GET");
      assert(!path.includes(KEY));
      const carriers = [...headers].filter(([, text]) => text.includes(KEY));
      assertEquals(carriers, [[name, value]]);
    }
  }
});

const RECOVERING: readonly Behaviour[] = [
  { kind: "status", status: 502 },
  { kind: "status", status: 503, headers: { "retry-after": "3600" } },
  { kind: "status", status: 504, body: "<html>" },
  { kind: "raw", bytes: "" },
];

for (const failing of RECOVERING) {
  const what = failing.kind === "status" ? failing.status : "a lost connection";
  Deno.test(`askProviders() retries once after ${what}`, async () => {
    const script = ofLists((n) => n === 0 ? failing : list(GROK));
    await using server = await startStandIn(script);
    assertEquals(idsOf(await askOne("xai", server)), ["grok-4.5"]);
    assertEquals(server.requests.filter(isForList).length, 2);
  });
}

Deno.test("askProvider() keeps the retry inside the deadline", async () => {
  const script = ofLists((n) =>
    n === 0
      ? { kind: "status", status: 503, delayMs: 200 }
      : { kind: "answers", body: { data: [GROK] }, delayMs: 400 }
  );
  await using server = await startStandIn(script);
  const outcome = await askOne("xai", server, 400);
  assertEquals(failureOf(outcome), { reason: "timeout" });
  assert(outcome.elapsedMs <= 700, `${outcome.elapsedMs} ms`);
});

const TIMEOUT_MS = 300;
const GRACE_MS = 300;

const NEVER: readonly (readonly [string, Behaviour | Unreachable])[] = [
  ...connectingCanHang
    ? [["before connecting", { kind: "hangs", where: "connect" }] as const]
    : [],
  ["before the answer", { kind: "hangs", where: "answer" }],
  ["in the headers", { kind: "hangs", where: "headers" }],
  ["in the body", { kind: "hangs", where: "body" }],
  ["byte by byte", { kind: "drips" }],
];

for (const [where, behaviour] of NEVER) {
  Deno.test(`askProviders() ends in time when all providers hang ${where}`, async () => {
    await using server = await startStandIn(behaviour);
    const requests = PROVIDERS.map(({ id }) => askOf(id, server.base));
    const startedMs = performance.now();
    const outcomes = await askAll(requests, TIMEOUT_MS);
    const elapsedMs = performance.now() - startedMs;
    assert(elapsedMs <= TIMEOUT_MS + GRACE_MS, `${elapsedMs} ms`);
    for (const outcome of outcomes) {
      assertEquals(failureOf(outcome), { reason: "timeout" });
      assert(outcome.elapsedMs >= TIMEOUT_MS - 20, `${outcome.elapsedMs} ms`);
    }
  });

  Deno.test(`askProviders() has the others at once when one hangs ${where}`, async () => {
    await using bad = await startStandIn(behaviour);
    await using xai = await startStandIn(list(GROK));
    await using gemini = await startStandIn(await geminiPages());
    const requests = [
      askOf("openrouter", bad.base),
      askOf("xai", xai.base),
      askOf("gemini", gemini.base),
    ];
    const outcomes = await askAll(requests, TIMEOUT_MS);
    assertEquals(outcomes.map(({ kind }) => kind), [
      "failed",
      "answered",
      "answered",
    ]);
    for (const { elapsedMs } of outcomes.slice(1)) {
      assert(elapsedMs < TIMEOUT_MS, `${elapsedMs} ms`);
    }
  });
}

Deno.test("askProvider() ends when the body of an error is cut off", async () => {
  await using server = await startStandIn({
    kind: "raw",
    bytes: "HTTP/1.1 401 No\r\nContent-Length: 5\r\n\r\n{",
  });
  const failure = failureOf(await askOne("xai", server));
  assertEquals(failure, { reason: "wrong-key", status: 401 });
});

Deno.test("askProvider() counts all pages against one deadline", async () => {
  const script: Script = (n) => ({
    kind: "answers",
    body: { models: [], nextPageToken: `${n}` },
    delayMs: 100,
  });
  await using server = await startStandIn(script);
  const outcome = await askOne("gemini", server, TIMEOUT_MS);
  assertEquals(failureOf(outcome), { reason: "timeout" });
  assert(outcome.elapsedMs <= TIMEOUT_MS + GRACE_MS, `${outcome.elapsedMs} ms`);
});

Deno.test("askProvider() has an answer that is slow but in time", async () => {
  const body = { data: [GROK] };
  await using server = await startStandIn({
    kind: "answers",
    body,
    delayMs: 300,
  });
  const outcome = await askOne("xai", server);
  assertEquals(idsOf(outcome), ["grok-4.5"]);
  assert(outcome.elapsedMs >= 280, `${outcome.elapsedMs} ms`);
});

Deno.test("askProvider() stops at once when it is aborted", async () => {
  await using server = await startStandIn({ kind: "hangs", where: "body" });
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), 100);
  const startedMs = performance.now();
  const requests = PROVIDERS.map(({ id }) => askOf(id, server.base));
  const outcomes = await askAll(requests, PLENTY_MS, stop.signal);
  clearTimeout(timer);
  assert(performance.now() - startedMs < PLENTY_MS / 2);
  for (const outcome of outcomes) {
    assertEquals(failureOf(outcome), { reason: "interrupted" });
  }
});

Deno.test("askProvider() asks nobody when it was aborted before", async () => {
  await using server = await startStandIn(list(GROK));
  const [outcome] = await askAll(
    [askOf("xai", server.base)],
    PLENTY_MS,
    AbortSignal.abort(),
  );
  assert(outcome);
  assertEquals(failureOf(outcome), { reason: "interrupted" });
  assertEquals(server.requests.length, 0);
});

/** What `fetch` throws, in words of Deno's; they may quote the key. */
const THROWN: readonly (readonly [Failure["reason"], Error])[] = [
  [
    "not-permitted",
    new Deno.errors.NotCapable(`Requires net access to "x/${KEY}"`),
  ],
  [
    "tls",
    new TypeError(
      "error sending request: client error (Connect): " +
        "invalid peer certificate: UnknownIssuer",
    ),
  ],
  [
    "dns",
    new TypeError(
      "error sending request: client error (Connect): dns error: " +
        "failed to lookup address information: Name or service not known",
    ),
  ],
  ["connection", new TypeError(`Invalid header value: "Bearer ${KEY}"`)],
];

for (const [reason, error] of THROWN) {
  Deno.test(`askProviders() makes "${reason}" of what fetch throws, and nothing of its words`, async () => {
    const outcomes = await askProviders([askOf("xai", "https://api.x.ai/v1")], {
      timeoutMs: PLENTY_MS,
      signal: new AbortController().signal,
      fetch: () => Promise.reject(error),
      proxyFor: () => undefined,
      monotonicMs: () => performance.now(),
    });
    assertEquals(outcomes.map((outcome) => failureOf(outcome).reason), [
      reason,
    ]);
    assert(!Deno.inspect(outcomes, { depth: 9 }).includes(KEY));
  });
}

Deno.test("askProvider() is not misled by words in the base's path", async () => {
  await using server = await startStandIn({ kind: "refuses" });
  const request = askOf("xai", `${server.base}/dns/tls-certificates/v1`);
  const [outcome] = await askAll([request], PLENTY_MS);
  assert(outcome);
  assertEquals(failureOf(outcome), { reason: "connection", state: "refused" });
});

Deno.test("askProvider() lets the fastest be in first", async () => {
  await using slow = await startStandIn({
    kind: "answers",
    body: { data: [{ id: "anthropic/claude-x" }] },
    delayMs: 200,
  });
  await using fast = await startStandIn(list(GROK));
  const requests = [askOf("openrouter", slow.base), askOf("xai", fast.base)];
  const order: string[] = [];
  const outcomes = await Promise.all(requests.map(async (request) => {
    const outcome = await askProvider(request, {
      timeoutMs: PLENTY_MS,
      signal: new AbortController().signal,
      fetch,
      proxyFor: () => undefined,
      monotonicMs: () => performance.now(),
    });
    order.push(outcome.provider);
    return outcome;
  }));
  assertEquals(outcomes.map(idsOf), [["anthropic/claude-x"], ["grok-4.5"]]);
  assertEquals(order, ["xai", "openrouter"]);
});

Deno.test("askProvider() follows Gemini's pages and asks for large ones", async () => {
  await using server = await startStandIn(await geminiPages());
  const outcome = answered(await askOne("gemini", server));
  assertEquals(server.requests.length, 2);
  for (const { path } of server.requests) {
    assert(path.startsWith("/v1beta/models?pageSize=1000"), path);
  }
  const ids = idsOf(outcome);
  assert(ids.includes("gemini-3.5-flash") && ids.includes("gemini-3.8-flash"));
  assertEquals(outcome.rows.listed, 34);
});

Deno.test("askProvider() follows OpenRouter's next link on the same host", async () => {
  const script: Script = (_, { path }) => ({
    kind: "answers",
    body: path.includes("offset")
      ? { data: [{ id: "anthropic/claude-b" }], links: { next: null } }
      : {
        data: [{ id: "anthropic/claude-a" }],
        links: { next: "/api/v1/models?offset=1" },
      },
  });
  await using server = await startStandIn(script);
  const outcome = await askOne("openrouter", server);
  assertEquals(idsOf(outcome), ["anthropic/claude-a", "anthropic/claude-b"]);
});

Deno.test("askProvider() sends no key to a next page on another host", async () => {
  await using elsewhere = await startStandIn(list({ id: "anthropic/x" }));
  const port = new URL(elsewhere.base).port;
  for (
    const next of [
      `${elsewhere.base}/models`,
      `//127.0.0.1:${port}/models`,
      `http://127.0.0.1:${port}@127.0.0.1:${port}/`,
      "https://openrouter.ai/api/v1/models",
      "file:///etc/passwd",
      "data:application/json,{}",
    ]
  ) {
    const body = { data: [{ id: "anthropic/claude-a" }], links: { next } };
    await using server = await startStandIn({ kind: "answers", body });
    const failure = failureOf(await askOne("openrouter", server));
    assertEquals(failure, { reason: "foreign-page" }, next);
  }
  assertEquals(elsewhere.requests.length, 0);
});

Deno.test("askProvider() calls a next link that is no URL wrong, not a lost connection", async () => {
  const links = { next: "http://[" };
  const body = { data: [{ id: "anthropic/claude-a" }], links };
  await using server = await startStandIn({ kind: "answers", body });
  const { reason } = failureOf(await askOne("openrouter", server));
  assert(reason !== "connection" && reason !== "dns", reason);
});

const LOOPS: readonly (readonly [string, (n: number) => string])[] = [
  ["is the same for ever", () => "again"],
  ["goes to and fro", (n) => n % 2 === 0 ? "to" : "fro"],
  ["is always new", (n) => `page-${n}`],
];

for (const [how, token] of LOOPS) {
  Deno.test(`askProviders() gives up when the next page ${how}`, async () => {
    const row = {
      name: "models/gemini-9",
      supportedGenerationMethods: ["generateContent"],
    };
    await using server = await startStandIn((n) => ({
      kind: "answers",
      body: { models: [row], nextPageToken: token(n) },
    }));
    const failure = failureOf(await askOne("gemini", server));
    assertEquals(failure, { reason: "paging" });
    assert(server.requests.length <= 100, `${server.requests.length}`);
  });
}

Deno.test("askProvider() loses the provider, not half of it, when a later page fails", async () => {
  const first = await readCatalog("gemini-2026-11-page-1");
  await using server = await startStandIn((n) =>
    n === 0 ? { kind: "answers", body: first } : { kind: "status", status: 500 }
  );
  const failure = failureOf(await askOne("gemini", server));
  assertEquals(failure, { reason: "status", status: 500 });
});

async function gzip(text: string): Promise<Uint8Array> {
  const stream = new Blob([text]).stream()
    .pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

Deno.test("askProvider() counts a body after decompression: a gzip bomb is too large", async () => {
  const pad = " ".repeat(16 * MAX_BODY_BYTES);
  const body = await gzip(`{"data": [${pad}]}`);
  assert(body.length < 256 * 1024);
  const headers = { "content-encoding": "gzip" };
  await using server = await startStandIn({
    kind: "status",
    status: 200,
    body,
    headers,
  });
  const failure = failureOf(await askOne("xai", server));
  assertEquals(failure, { reason: "too-large" });
});

Deno.test("askProvider() reads an honest gzip answer", async () => {
  await using server = await startStandIn({
    kind: "status",
    status: 200,
    body: await gzip(JSON.stringify({ data: [GROK] })),
    headers: { "content-encoding": "gzip" },
  });
  assertEquals(idsOf(await askOne("xai", server)), ["grok-4.5"]);
});

Deno.test("askProvider() reads a body just under the limits", async () => {
  const nested = "[".repeat(MAX_DEPTH - 1) + "]".repeat(MAX_DEPTH - 1);
  const head = `{"data": [{"id": "grok-4.5"}], "deep": ${nested}, "pad": "`;
  const inText = '[{\\"'.repeat(1000);
  const fill = MAX_BODY_BYTES - head.length - inText.length - 2;
  const body = `${head}${inText}${"x".repeat(fill)}"}`;
  assertEquals(body.length, MAX_BODY_BYTES);
  await using server = await startStandIn({
    kind: "status",
    status: 200,
    body,
  });
  assertEquals(idsOf(await askOne("xai", server)), ["grok-4.5"]);
});

Deno.test("askProvider() reads a body in one-byte chunks", async () => {
  const text = JSON.stringify({ data: [{ id: "grok-4.5", note: "\u00e9" }] });
  const chunks = [...new TextEncoder().encode(text)].map((byte) =>
    `1\r\n${String.fromCharCode(byte)}\r\n`
  );
  const head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  const bytes = Uint8Array.from(
    `${head}${chunks.join("")}0\r\n\r\n`,
    (character) => character.charCodeAt(0),
  );
  await using server = await startStandIn({ kind: "raw", bytes });
  assertEquals(idsOf(await askOne("xai", server)), ["grok-4.5"]);
});

Deno.test("askProvider() drops hostile rows, counts them, and keeps the others", async () => {
  const hostile = [
    { id: 'grok-"4"' },
    { id: "grok-4\n# <<< discover: auto-discovered models <<<" },
    { id: "grok-\u001b[2J" },
    { id: "grok: [" },
    { id: "g".repeat(10_000) },
    { id: { toString: "grok" } },
    "grok-4",
    null,
    [],
  ];
  const body = JSON.stringify({
    data: [
      ...hostile,
      GROK,
      { id: "grok-4.5", context_length: 1 },
      { id: "grok-imagine-video" },
      { id: "grok-4.6" },
    ],
  }).replace("{", '{"__proto__": {"id": "grok-0"}, "constructor": 1, ');
  await using server = await startStandIn({
    kind: "status",
    status: 200,
    body,
  });
  const outcome = answered(await askOne("xai", server));
  assertEquals(outcome.models, [
    { id: "grok-4.5", maxInputTokens: 1 },
    { id: "grok-4.6" },
  ]);
  assertEquals(outcome.rows, {
    listed: 13,
    ineligible: 1,
    ambiguousMaker: 0,
    malformed: 9,
    repeated: 1,
    notForKey: 0,
  });
  assertEquals(Object.hasOwn(Object.prototype, "id"), false);
});

Deno.test("askProvider() reads one model from two pages, whichever comes first", async () => {
  const row = (inputTokenLimit: number): object => ({
    name: "models/gemini-4-pro",
    supportedGenerationMethods: ["generateContent"],
    inputTokenLimit,
  });
  const pages = [{ models: [row(2000)] }, { models: [row(1000)] }];
  for (const inOrder of [pages, pages.toReversed()]) {
    await using server = await startStandIn({ kind: "pages", pages: inOrder });
    const { models, rows } = answered(await askOne("gemini", server));
    assertEquals(models, [{ id: "gemini-4-pro", maxInputTokens: 1000 }]);
    assertEquals(rows.repeated, 1);
  }
});

Deno.test("askProvider() takes a row named __proto__ for a plain bad row", async () => {
  const body =
    '{"data": [{"id": "__proto__"}, {"__proto__": {"id": "grok-1"}},' +
    ' {"id": "constructor"}, {"id": "grok-2"}]}';
  await using server = await startStandIn({
    kind: "status",
    status: 200,
    body,
  });
  const outcome = answered(await askOne("xai", server));
  assertEquals(outcome.rows.malformed, 2);
  assertEquals(idsOf(outcome).includes("grok-2"), true);
  assertEquals(idsOf(outcome).includes("grok-1"), false);
});

Deno.test("askProvider() reads a list of 50,000 rows in time", async () => {
  const data = Array.from({ length: 50_000 }, (_, n) => ({ id: `grok-${n}` }));
  await using server = await startStandIn({ kind: "answers", body: { data } });
  const outcome = await askOne("xai", server);
  assertEquals(idsOf(outcome).length, 50_000);
});

Deno.test("the rows of a list are kept as they came, next to the models in them", async () => {
  const rows = [{ id: "grok-4.5" }, { id: "grok-imagine-image" }];
  await using server = await startStandIn(list(...rows));
  assertEquals(answered(await askOne("xai", server)).listing, rows);
});

/**
 * What a key may call: the request next to the list that says so, the plainer
 * list, and what all of that costs when it goes wrong.
 *
 * @module
 */

import { assert, assertEquals } from "../support/assert.ts";
import { askProviders } from "../support/parts.ts";
import type { Outcome } from "../../lib/fetch/outcome.ts";
import { OPENROUTER } from "../../lib/providers/default/openrouter.ts";
import { XAI } from "../../lib/providers/default/xai.ts";
import type { Provider } from "../../lib/providers/provider.ts";
import { Secret } from "../../lib/text/secret.ts";
import {
  type Behaviour,
  type Script,
  type StandIn,
  startStandIn,
} from "../support/stand_in.ts";
import {
  openRouter,
  readCatalog,
  refusal,
  WRONG_KEY,
  xAi,
  XAI_KEY,
} from "../support/stand_in_providers.ts";

const PLENTY_MS = 15_000;

async function ask(
  provider: Provider,
  server: StandIn,
  timeoutMs = PLENTY_MS,
  fetchAny: typeof fetch = fetch,
): Promise<Outcome> {
  const { pathname } = new URL(provider.defaultBase);
  const base = new URL(server.base + pathname);
  const { include } = provider;
  const key = new Secret("5ecre7-key");
  const [outcome] = await askProviders(
    [{ provider, base, key, include, localNames: [] }],
    {
      timeoutMs,
      signal: new AbortController().signal,
      fetch: fetchAny,
      proxyFor: () => undefined,
      monotonicMs: () => performance.now(),
    },
  );
  assert(outcome);
  return outcome;
}

type Answered = Outcome & { readonly kind: "answered" };

async function answerOf(
  provider: Provider,
  script: Script,
  timeoutMs?: number,
): Promise<Answered> {
  await using server = await startStandIn(script);
  const outcome = await ask(provider, server, timeoutMs);
  assert(
    outcome.kind === "answered",
    outcome.kind === "failed" ? `failed: ${outcome.failure.reason}` : "",
  );
  return outcome;
}

/** The reason of a failure, its state and its HTTP status. */
async function failureOf(
  provider: Provider,
  script: Script,
  timeoutMs?: number,
): Promise<unknown[]> {
  await using server = await startStandIn(script);
  const outcome = await ask(provider, server, timeoutMs);
  assert(outcome.kind === "failed", "answered");
  const { reason, state, status } = outcome.failure;
  return [reason, state, status];
}

function idsOf({ models }: Answered): string[] {
  return models.map(({ id }) => id);
}

function answers(body: unknown): Behaviour {
  return { kind: "answers", body };
}

const CLAUDES = answers({
  data: [
    { id: "anthropic/claude-a" },
    { id: "anthropic/claude-b", architecture: { output_modalities: ["text"] } },
    { id: "anthropic/claude-b:batch" },
    { id: "maker/paint", architecture: { output_modalities: ["image"] } },
  ],
});

const GROKS = answers({
  models: [
    { id: "grok-4.5", aliases: ["grok-4.5-latest", "grok-build-latest"] },
    { id: "grok-4.3", aliases: ["grok-latest"] },
    { id: "grok-code", aliases: [] },
    { id: "grok-imagine", output_modalities: ["image"] },
  ],
});

/** What xAI says of a key with these differences. */
function xaiKey(differences: object): Behaviour {
  return answers({ ...XAI_KEY, ...differences });
}

Deno.test("OpenRouter's models that are not for the key are counted, and only those that write text", async () => {
  for (const [count, notForKey] of [[40, 37], [3, 0], [2, 0]]) {
    const script = openRouter(CLAUDES, answers({ data: { count } }));
    const outcome = await answerOf(OPENROUTER, script);
    assertEquals(outcome.notForKey, notForKey);
    assertEquals(outcome.isPlainList, undefined);
    assertEquals(idsOf(outcome), ["anthropic/claude-a", "anthropic/claude-b"]);
    assertEquals([outcome.rows.listed, outcome.rows.notForKey], [4, 0]);
  }
});

Deno.test("OpenRouter's list of the key is asked for, and the count next to it", async () => {
  await using server = await startStandIn(openRouter(CLAUDES));
  await ask(OPENROUTER, server);
  assertEquals(server.requests.map(({ path }) => path).toSorted(), [
    "/api/v1/models/count",
    "/api/v1/models/user",
  ]);
});

for (
  const [what, behaviour] of [
    ["fails", { kind: "status", status: 500, body: "{}" }],
    ["is cut off", { kind: "raw", bytes: "" }],
    ["rejects the key", WRONG_KEY.openrouter],
    ["is another page", answers({ data: [] })],
    ["is no number", answers({ data: { count: "many" } })],
    ["is a list", answers([1])],
    ["is no JSON", { kind: "status", status: 200, body: "<html>" }],
  ] as const
) {
  Deno.test(`nothing is known of the key, and the list counts, where what is said of it ${what}`, async () => {
    const router = await answerOf(OPENROUTER, openRouter(CLAUDES, behaviour));
    assertEquals(router.notForKey, undefined);
    assertEquals(router.models.length, 2);
    const xai = await answerOf(XAI, xAi(GROKS, behaviour));
    assertEquals(xai.notForKey, undefined);
    assertEquals(xai.models.length, 3);
  });
}

for (const where of ["answer", "headers", "body"] as const) {
  Deno.test(`a list does not wait long for what is said of its key, which hangs before its ${where}`, async () => {
    const hangs: Behaviour = { kind: "hangs", where };
    for (
      const [provider, script] of [
        [OPENROUTER, openRouter(CLAUDES, hangs)],
        [XAI, xAi(GROKS, hangs)],
      ] as const
    ) {
      // Neither to the deadline, nor beyond one that is near.
      const far = await answerOf(provider, script);
      assert(far.elapsedMs < PLENTY_MS / 2, `${far.elapsedMs} ms`);
      const near = await answerOf(provider, script, 400);
      assertEquals([far.notForKey, near.notForKey], [undefined, undefined]);
    }
  });
}

Deno.test("what is said of a key is waited for where it comes after the list", async () => {
  const late: Behaviour = {
    kind: "answers",
    body: { data: { count: 9 } },
    delayMs: 100,
  };
  const outcome = await answerOf(OPENROUTER, openRouter(CLAUDES, late));
  assertEquals(outcome.notForKey, 6);
});

Deno.test("what hangs next to a list is let go: no connection and no timer is left", async () => {
  const hangs: Behaviour = { kind: "hangs", where: "body" };
  await using server = await startStandIn(openRouter(CLAUDES, hangs));
  // The sanitizers of the test look for what outlives this.
  for (let times = 0; times < 5; times++) await ask(OPENROUTER, server, 300);
  assertEquals(server.requests.length, 10);
});

/** A provider whose usual list is missing. */
function plain(list: Behaviour, rest: Behaviour): Script {
  return (_, { path }) =>
    path.endsWith("/models")
      ? list
      : /\/(?:models\/user|language-models)$/.test(path)
      ? { kind: "status", status: 404, body: "{}" }
      : rest;
}

Deno.test("where the list of the key is missing, the plainer one counts, and says nothing of the key", async () => {
  const script = plain(CLAUDES, answers({ data: { count: 40 } }));
  const outcome = await answerOf(OPENROUTER, script);
  assertEquals([outcome.isPlainList, outcome.notForKey], [true, undefined]);
  assertEquals(outcome.models.length, 2);
});

Deno.test("the plainer list is asked for at once, though what says that the usual one is missing never ends", async () => {
  await using server = await startStandIn(plain(CLAUDES, answers({})));
  const outcome = await ask(
    OPENROUTER,
    server,
    PLENTY_MS,
    (url, init) =>
      String(url).endsWith("/models/user")
        ? Promise.resolve(new Response(new ReadableStream(), { status: 404 }))
        : fetch(url, init),
  );
  assertEquals(outcome.kind === "answered" && outcome.isPlainList, true);
});

Deno.test("xAI's plainer list is told apart by id, and bound to the key all the same", async () => {
  const list = answers(await readCatalog("xai-2026-07"));
  const key = xaiKey({ acls: ["api-key:model:grok-4.5"] });
  await using server = await startStandIn(plain(list, key));
  const outcome = await ask(XAI, server);
  assert(outcome.kind === "answered");
  assertEquals(idsOf(outcome), ["grok-4.5"]);
  assertEquals([outcome.isPlainList, outcome.notForKey], [true, 4]);
  assertEquals(server.requests.map(({ path }) => path).toSorted(), [
    "/v1/api-key",
    "/v1/language-models",
    "/v1/models",
  ]);
});

Deno.test("a failure of the plainer list is its own, not that the usual one is missing", async () => {
  const known = answers({});
  const hangs: Behaviour = { kind: "hangs", where: "answer" };
  assertEquals(await failureOf(OPENROUTER, plain(hangs, known), 400), [
    "timeout",
    undefined,
    undefined,
  ]);
  assertEquals(
    await failureOf(OPENROUTER, plain(refusal(500, {}), known)),
    ["status", undefined, 500],
  );
});

Deno.test("another refusal than 404 leads to no plainer list", async () => {
  for (const status of [401, 403, 405, 410, 500]) {
    await using server = await startStandIn(refusal(status, {}));
    const outcome = await ask(OPENROUTER, server);
    assertEquals(outcome.kind, "failed");
    const paths = server.requests.map(({ path }) => path);
    assert(!paths.includes("/api/v1/models"), String(status));
  }
});

Deno.test("a key that OpenRouter rejects or forbids is told by the list itself", async () => {
  const count = answers({ data: { count: 40 } });
  assertEquals(
    await failureOf(OPENROUTER, openRouter(WRONG_KEY.openrouter, count)),
    ["wrong-key", undefined, 401],
  );
  const forbidden = refusal(403, {
    error: {
      code: 403,
      message: "Only management keys can perform this operation",
    },
  });
  assertEquals(await failureOf(OPENROUTER, openRouter(forbidden, count)), [
    "forbidden",
    undefined,
    403,
  ]);
});

for (
  const [field, state] of [
    ["api_key_blocked", "blocked"],
    ["api_key_disabled", "disabled"],
    ["team_blocked", "team blocked"],
  ] as const
) {
  Deno.test(`a key is a failure of xAI where "${field}" is true, and nothing else`, async () => {
    const key = xaiKey({ [field]: true });
    assertEquals(await failureOf(XAI, xAi(GROKS, key)), [
      "key-blocked",
      state,
      undefined,
    ]);
    // "Your API key/team is blocked" is a 403 of every endpoint.
    const forbidden = refusal(403, { error: "blocked" });
    assertEquals(await failureOf(XAI, xAi(forbidden, key)), [
      "key-blocked",
      state,
      403,
    ]);
    for (const value of [false, "true", 1, null]) {
      const other = xAi(GROKS, xaiKey({ [field]: value }));
      assertEquals((await answerOf(XAI, other)).models.length, 3);
    }
  });
}

Deno.test("a key that is forbidden a list, and not blocked, is called forbidden", async () => {
  const forbidden = refusal(403, { error: "no" });
  assertEquals(await failureOf(XAI, xAi(forbidden)), [
    "forbidden",
    undefined,
    403,
  ]);
});

/** What a key of these rules may call. */
const RULES:
  readonly (readonly [string, readonly unknown[], string[], number?])[] = [
    [
      "may call everything",
      ["api-key:model:*", "api-key:endpoint:*"],
      ["grok-4.5", "grok-4.3", "grok-code"],
      0,
    ],
    [
      "names one model",
      ["api-key:model:grok-4.3", "api-key:endpoint:chat"],
      ["grok-4.3"],
      2,
    ],
    [
      "names a model by another name",
      ["api-key:model:grok-build-latest", "api-key:endpoint:*"],
      ["grok-4.5"],
      2,
    ],
    [
      "names several, one of them gone",
      ["api-key:model:grok-4.3", "api-key:model:grok-code", "api-key:model:x"],
      ["grok-4.3", "grok-code"],
      1,
    ],
    [
      "has a pattern that is not documented",
      ["api-key:model:grok-4*", "api-key:model:grok-code"],
      ["grok-4.5", "grok-4.3", "grok-code"],
    ],
    ["has no rule", [], ["grok-4.5", "grok-4.3", "grok-code"]],
    [
      "has rules of other kinds only",
      ["api-key:region:eu", 7, null, "grok-4.3"],
      ["grok-4.5", "grok-4.3", "grok-code"],
    ],
  ];

for (const [what, acls, ids, notForKey] of RULES) {
  Deno.test(`of xAI's list is left what the key may call, which ${what}`, async () => {
    const outcome = await answerOf(XAI, xAi(GROKS, xaiKey({ acls })));
    assertEquals(idsOf(outcome), ids);
    assertEquals(outcome.notForKey, notForKey);
    const { listed, ineligible, notForKey: left } = outcome.rows;
    assertEquals(listed, ids.length + ineligible + left);
    // What is not for the key is no model that is gone.
    assert(outcome.alsoListed.has("grok-4.5"));
    assertEquals(outcome.withheld?.size ?? 0, left);
  });
}

/** More than a run can try on every model. */
const MANY = Array.from({ length: 100_000 }, (_, at) => at);

Deno.test("any number of rules that name a model is looked up", async () => {
  const groks = answers({
    models: MANY.slice(0, 2000).map((at) => ({ id: `grok-${at}` })),
  });
  const named = MANY.map((at) => `api-key:model:grok-${at + 1999}`);
  const one = await answerOf(XAI, xAi(groks, xaiKey({ acls: named })));
  assertEquals([idsOf(one), one.notForKey], [["grok-1999"], 1999]);
});

Deno.test("a model of several rows is for the key if any of their names is, and is counted once if not", async () => {
  const twice = answers({
    models: [
      { id: "grok-4.5", aliases: ["grok-latest"] },
      { id: "grok-4.5" },
      { id: "grok-4.3" },
      { id: "grok-4.3", aliases: ["grok-old"] },
    ],
  });
  const key = xaiKey({ acls: ["api-key:model:grok-latest"] });
  const outcome = await answerOf(XAI, xAi(twice, key));
  assertEquals(idsOf(outcome), ["grok-4.5"]);
  const { listed, repeated, notForKey } = outcome.rows;
  assertEquals([listed, repeated, notForKey], [4, 2, 1]);
});

Deno.test("a key that may not chat, or call no listed model, is a failure of xAI", async () => {
  assertEquals(
    await failureOf(
      XAI,
      xAi(
        GROKS,
        xaiKey({ acls: ["api-key:model:*", "api-key:endpoint:image"] }),
      ),
    ),
    ["forbidden", "for chat", undefined],
  );
  assertEquals(
    await failureOf(XAI, xAi(GROKS, xaiKey({ acls: ["api-key:model:x"] }))),
    ["forbidden", "for any listed model", undefined],
  );
});

Deno.test("of what xAI says of a key, no part of it and nobody's id is kept", async () => {
  const told = Object.values(XAI_KEY).filter((value) =>
    typeof value === "string"
  );
  assert(told.length > 6);
  for (const acls of [XAI_KEY.acls, ["api-key:model:grok-4.3"]]) {
    const outcome = await answerOf(XAI, xAi(GROKS, xaiKey({ acls })));
    const shown = Deno.inspect(outcome, { depth: 9, iterableLimit: Infinity });
    assertEquals(told.filter((value) => shown.includes(value)), []);
  }
});

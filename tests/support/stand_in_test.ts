/**
 * The stand-ins themselves: a test against a server that does not misbehave as
 * it says would prove nothing.
 *
 * @module
 */

import { assert, assertEquals, assertRejects } from "./assert.ts";
import { connectingCanHang, startStandIn } from "./stand_in.ts";
import { FAKE_KEYS, startProviders, WRONG_KEY } from "./stand_in_providers.ts";

Deno.test("startStandIn() answers with JSON and records the request", async () => {
  await using server = await startStandIn({ kind: "answers", body: [1] });
  const response = await fetch(`${server.base}/v1/models?a=b`, {
    headers: { authorization: "Bearer x" },
  });
  assertEquals(await response.json(), [1]);
  assertEquals(server.requests.length, 1);
  assertEquals(server.requests[0]?.method, "GET");
  assertEquals(server.requests[0]?.path, "/v1/models?a=b");
  assertEquals(server.requests[0]?.headers.get("authorization"), "Bearer x");
});

Deno.test("startStandIn() serves page after page by token", async () => {
  const pages = [{ models: ["a"] }, { models: ["b"] }];
  await using server = await startStandIn({ kind: "pages", pages });
  const first = await (await fetch(server.base)).json();
  assertEquals(first.models, ["a"]);
  const token = encodeURIComponent(first.nextPageToken);
  const second = await fetch(`${server.base}/?pageToken=${token}`);
  assertEquals(await second.json(), { models: ["b"] });
});

Deno.test("startStandIn() refuses a connection", async () => {
  await using server = await startStandIn({ kind: "refuses" });
  await assertRejects(() => fetch(server.base), TypeError);
});

Deno.test("startStandIn() closes a connection without a word", async () => {
  await using server = await startStandIn({ kind: "raw", bytes: "" });
  await assertRejects(() => fetch(server.base), TypeError);
  assertEquals(server.requests.length, 1);
});

Deno.test("startStandIn() decides anew for every request", async () => {
  await using server = await startStandIn((n) => ({
    kind: "status",
    status: n === 0 ? 503 : 204,
  }));
  const statuses: number[] = [];
  for (let n = 0; n < 2; n++) {
    const response = await fetch(server.base);
    await response.body?.cancel();
    statuses.push(response.status);
  }
  assertEquals(statuses, [503, 204]);
});

for (const where of ["connect", "answer", "headers"] as const) {
  Deno.test({
    name: `startStandIn() hangs: ${where}`,
    ignore: where === "connect" && !connectingCanHang,
    fn: async () => {
      await using server = await startStandIn({ kind: "hangs", where });
      const signal = AbortSignal.timeout(150);
      await assertRejects(() => fetch(server.base, { signal }), DOMException);
      const came = server.requests.length;
      assertEquals(came, where === "connect" ? 0 : 1);
    },
  });
}

for (const kind of ["hangs", "drips"] as const) {
  Deno.test(`startStandIn() ${kind} in the body`, async () => {
    await using server = await startStandIn(
      kind === "hangs" ? { kind, where: "body" } : { kind },
    );
    const signal = AbortSignal.timeout(150);
    const response = await fetch(server.base, { signal });
    assertEquals(response.status, 200);
    await assertRejects(() => response.text(), DOMException);
  });
}

Deno.test("startProviders() points every variable at its own server", async () => {
  await using providers = await startProviders({ xai: WRONG_KEY.xai });
  const { env } = providers;
  const list = await fetch(`${env.OPENROUTER_API_BASE}/models`);
  assert((await list.json()).data.length > 80);
  const refused = await fetch(`${env.XAI_API_BASE}/models`);
  assertEquals(refused.status, 400);
  await refused.body?.cancel();
  const page = await fetch(`${env.GEMINI_API_BASE}/v1beta/models`);
  assert((await page.json()).nextPageToken !== undefined);
  for (const [name, key] of Object.entries(FAKE_KEYS)) {
    assertEquals(env[name], key);
  }
});

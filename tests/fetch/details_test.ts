import { assert, assertEquals } from "../support/assert.ts";
import { refineModels } from "../../lib/fetch/details.ts";
import { LOCAL_SERVERS } from "../../lib/providers/local.ts";
import type { Detail, Model } from "../../lib/providers/provider.ts";

const BASE = new URL("http://127.0.0.1:11434");
const MODELS: readonly Model[] = Array.from(
  { length: 30 },
  (_, at) => ({ id: `m${at}` }),
);

function detailOf(id: string): Detail {
  const detail = LOCAL_SERVERS.find((server) => server.id === id)?.detail;
  assert(detail);
  return detail;
}

const DETAIL = detailOf("ollama");

Deno.test("refineModels() asks about a few models at a time and keeps their order", async () => {
  let open = 0;
  let most = 0;
  const refined = await refineModels(MODELS, DETAIL, BASE, async () => {
    most = Math.max(most, ++open);
    await new Promise((resolve) => setTimeout(resolve, 1));
    open--;
    return Response.json({ capabilities: ["completion"] });
  });
  assertEquals(refined, MODELS);
  assertEquals(most, 8);
});

for (
  const [when, answer] of [
    ["there is no such address", () => new Response(null, { status: 404 })],
    ["the answer is no JSON", () => new Response("<html>")],
    ["it names no capabilities", () => Response.json({ details: {} })],
  ] as const
) {
  Deno.test(`refineModels() leaves a model as it is listed when ${when}`, async () => {
    const models = await refineModels(
      MODELS,
      DETAIL,
      BASE,
      () => Promise.resolve(answer()),
    );
    assertEquals(models, MODELS);
  });
}

Deno.test("refineModels() drops what does not complete", async () => {
  const post = (_: URL, body: unknown): Promise<Response> => {
    const isFirst = JSON.stringify(body) === '{"model":"m0"}';
    const capabilities = [isFirst ? "completion" : "embedding"];
    return Promise.resolve(Response.json({ capabilities }));
  };
  assertEquals(await refineModels(MODELS, DETAIL, BASE, post), [{ id: "m0" }]);
});

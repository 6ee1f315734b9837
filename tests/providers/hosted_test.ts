/** What is read from the lists of hosted providers besides the ids. */

import { assert, assertEquals } from "../support/assert.ts";
import { readCatalog } from "../support/stand_in_providers.ts";
import type { Model, Provider } from "../../lib/providers/provider.ts";
import { PROVIDERS } from "../../lib/providers/table.ts";

function providerOf(id: string): Provider {
  const provider = PROVIDERS.find((one) => one.id === id);
  assert(provider);
  return provider;
}

/** A chat model of a fixture. */
async function modelIn(catalog: string, id: string): Promise<Model> {
  const provider = PROVIDERS.find((one) => catalog.startsWith(`${one.id}-`));
  const page = provider?.page(await readCatalog(catalog));
  const found = page?.rows.flatMap((row) => {
    const reading = provider?.read(row);
    return reading?.kind === "chat" ? [reading.model] : [];
  }).find((model) => model.id === id);
  assert(found, id);
  return found;
}

const FILTER = "capabilities=TG&capabilities=Reasoning&capabilities=VU";

Deno.test("DashScope is asked for its own list, next to the base for calls", () => {
  const listAt = (base: string): string =>
    providerOf("dashscope").modelsUrl(new URL(base)).href;
  const query = `?${FILTER}&language=en-US&page_no=1&page_size=100`;
  assertEquals(
    listAt("https://dashscope-intl.aliyuncs.com/compatible-mode/v1/"),
    `https://dashscope-intl.aliyuncs.com/api/v1/models${query}`,
  );
  assertEquals(
    listAt("https://gateway.example/ali/compatible-mode/v1"),
    `https://gateway.example/ali/api/v1/models${query}`,
  );
});

Deno.test("DashScope's pages are followed by their number, up to the total", async () => {
  const { page } = providerOf("dashscope");
  const first = page(await readCatalog("dashscope-documented-page-1"));
  const next = `?${FILTER}&language=en-US&page_no=2&page_size=100`;
  assertEquals(first?.next, next);
  const last = page(await readCatalog("dashscope-documented-page-2"));
  assertEquals(last?.next, undefined);
  assertEquals(page({ success: false, code: "InvalidApiKey" }), undefined);
});

Deno.test("DashScope's rows state limits, images, tools and the last day", async () => {
  assertEquals(await modelIn("dashscope-documented-page-1", "qwen3.7-plus"), {
    id: "qwen3.7-plus",
    displayName: "Qwen3.7-Plus",
    createdAt: Date.parse("2026-06-02T03:04:05Z") / 1000,
    maxInputTokens: 991808,
    maxOutputTokens: 65536,
    supportsVision: true,
    supportsFunctionCalling: true,
  });
  const ending = await modelIn(
    "dashscope-documented-page-1",
    "qwen3-max-2026-01-23",
  );
  assertEquals(ending.endsOn, "2026-12-23");
  assertEquals(ending.supportsVision, undefined);
});

Deno.test("OpenCode Zen's models have the mode of the endpoint that its page names", async () => {
  const modeOf = async (id: string): Promise<string | undefined> =>
    (await modelIn("opencode-zen-documented", id)).mode;
  for (const id of ["gpt-5.3-codex", "grok-build-0.1", "muse-spark-1.3"]) {
    assertEquals(await modeOf(id), "responses", id);
  }
  for (const id of ["glm-5.3", "minimax-m3", "big-pickle"]) {
    assertEquals(await modeOf(id), undefined, id);
  }
});

Deno.test("what OpenCode Zen gives away for a while is a variant", async () => {
  assertEquals(
    await modelIn("opencode-zen-documented", "mimo-v2.6-flash-free"),
    {
      id: "mimo-v2.6-flash-free",
      variant: "free",
    },
  );
});

Deno.test("a day that every row has is no model's", async () => {
  const model = await modelIn("nvidia-nim-2026-08", "moonshotai/kimi-k3");
  assertEquals(model, { id: "moonshotai/kimi-k3" });
});

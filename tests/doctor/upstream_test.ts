import { assertEquals } from "../support/assert.ts";
import { upstreamOf } from "../../lib/doctor/upstream.ts";
import { settingsOf } from "../support/parts.ts";

/** Whose model an entry is taken for, and what it is called there. */
function takenFor(
  model: string,
  params: Readonly<Record<string, string>> = {},
): string | undefined {
  const { litellmBases } = settingsOf();
  const found = upstreamOf({ model, params, info: {} }, litellmBases);
  if (found?.kind === "known") return `${found.provider.id}: ${found.id}`;
  return found && found.kind;
}

const ZEN = "https://opencode.ai/zen/v1";

Deno.test("upstreamOf() knows the new providers by LiteLLM's prefixes", () => {
  const models = [
    ["nvidia_nim/moonshotai/kimi-k3", "nvidia-nim: moonshotai/kimi-k3"],
    ["zai/glm-5.3", "zai: glm-5.3"],
    ["dashscope/qwen3.8-max", "dashscope: qwen3.8-max"],
    ["minimax/MiniMax-M3", "minimax: MiniMax-M3"],
  ] as const;
  for (const [model, taken] of models) assertEquals(takenFor(model), taken);
});

Deno.test("upstreamOf() takes an entry for OpenCode Zen's by its address alone", () => {
  for (const prefix of ["openai", "hosted_vllm"]) {
    const model = `${prefix}/glm-5.3`;
    assertEquals(takenFor(model, { api_base: ZEN }), "opencode-zen: glm-5.3");
  }
  assertEquals(takenFor("hosted_vllm/glm-5.3"), "unknown");
  const own = { api_base: "http://127.0.0.1:8000/v1" };
  assertEquals(takenFor("hosted_vllm/glm-5.3", own), undefined);
});

Deno.test("upstreamOf() takes no entry at another address for OpenAI's", () => {
  const ours = { api_base: "https://api.openai.com/v1" };
  assertEquals(takenFor("openai/gpt-5"), "openai: gpt-5");
  assertEquals(takenFor("openai/gpt-5", ours), "openai: gpt-5");
  assertEquals(
    takenFor("openai/gpt-5", { api_base: ZEN }),
    "opencode-zen: gpt-5",
  );
  const gateway = { api_base: "https://gateway.example/v1" };
  assertEquals(takenFor("openai/gpt-5", gateway), undefined);
});

Deno.test("upstreamOf() knows whose address OpenAI's client is pointed at, in any order of the table", () => {
  const bases = [
    ["xai", "https://api.x.ai/v1"],
    ["groq", "https://api.groq.com/openai/v1"],
    ["zai", "https://open.bigmodel.cn/api/paas/v4"],
    ["dashscope", "https://dashscope-us.aliyuncs.com/compatible-mode/v1"],
    [
      "dashscope",
      "https://ws-1.eu-central-1.maas.aliyuncs.com/compatible-mode/v1",
    ],
  ] as const;
  for (const [provider, api_base] of bases) {
    assertEquals(takenFor("openai/some", { api_base }), `${provider}: some`);
  }
});

import { assertEquals } from "../support/assert.ts";
import { isHostedClaude } from "../../lib/doctor/hosted_claude.ts";

Deno.test("a Claude is known by its host and the start of its id", () => {
  for (
    const model of [
      "anthropic/claude-sonnet-5",
      "claude-opus-4-5-20251101",
      "vertex_ai/claude-sonnet-4@20250514",
      "azure_ai/claude-opus-5",
      "bedrock/anthropic.claude-3-haiku-20240307-v1:0",
      "bedrock/us.anthropic.claude-sonnet-4-20250514-v1:0",
      "bedrock/converse/apac.anthropic.claude-3-7-sonnet-20250219-v1:0",
      "bedrock_converse/us-gov.anthropic.claude-sonnet-5",
    ]
  ) assertEquals(isHostedClaude({ model }), true, model);
  assertEquals(
    isHostedClaude({
      model: "claude-sonnet-5",
      custom_llm_provider: "azure_ai",
    }),
    true,
  );
});

Deno.test("a model with Claude in its name need not be one", () => {
  for (
    const model of [
      "",
      "openai/Qwen3.5-27B-Claude-4.6-Opus-Distilled-MLX-6bit",
      "openai/qwen3.5-claude-262k",
      "openai/anthropic/claude-sonnet-5",
      "ollama/claude-like",
      "anthropic/not-claude",
      "bedrock/us.meta.llama-claude",
      "bedrock/arn:aws:bedrock:us-east-1:1:inference-profile/claude",
      "openrouter/anthropic/claude-sonnet-5",
      "huggingface/someone/claude-3",
      "my-claude-distill",
    ]
  ) assertEquals(isHostedClaude({ model }), false, model);
});

Deno.test("a Claude at somebody's own server is not told from another model", () => {
  const model = "anthropic/claude-sonnet-5";
  for (
    const params of [
      { api_base: "http://10.0.0.5:8000/v1" },
      { base_url: "https://gateway.example/anthropic" },
      { api_base: "os.environ/GATEWAY" },
      { api_base: "https://api.anthropic.com.example.org" },
      { litellm_credential_name: "shared" },
    ]
  ) assertEquals(isHostedClaude({ model, ...params }), false);
  for (
    const params of [
      { api_base: "https://api.anthropic.com" },
      {
        model: "azure_ai/claude-opus-5",
        api_base: "os.environ/AZURE_API_BASE",
      },
      {
        model: "azure_ai/claude-opus-5",
        api_base: "https://x.services.ai.azure.com/anthropic",
      },
    ]
  ) assertEquals(isHostedClaude({ model, ...params }), true);
});

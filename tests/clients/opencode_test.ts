import { opencodeText } from "../../lib/clients/opencode.ts";
import { readModelList } from "../../lib/clients/model_list.ts";
import { assert, assertEquals, assertMatch } from "../support/assert.ts";
import { inputFor, ODD_NAME } from "../support/client_input.ts";

Deno.test("opencodeText() names every model, the proxy and an alias", () => {
  const { text } = opencodeText(inputFor(["my-1", "grok"], {
    url: "http://box:4001",
    keyVariable: "PROXY_KEY",
  }));
  assertEquals<unknown>(JSON.parse(text), {
    $schema: "https://opencode.ai/config.json",
    model: "litellm/grok",
    provider: {
      litellm: {
        npm: "@ai-sdk/openai-compatible",
        name: "LiteLLM",
        options: {
          baseURL: "http://box:4001/v1",
          apiKey: "{env:PROXY_KEY}",
        },
        models: { "my-1": { name: "my-1" }, grok: { name: "grok" } },
      },
    },
  });
});

Deno.test("opencodeText() says of a model what its entry says, and no more", () => {
  const entries = [
    { max_input_tokens: 500_000, max_output_tokens: 64_000 },
    { max_input_tokens: 500_000 },
    { max_output_tokens: 64_000 },
    { supports_vision: true },
    { supports_function_calling: true, supports_reasoning: true },
    { supports_vision: false, supports_function_calling: false },
  ];
  const model_list = entries.map((model_info, at) => ({
    model_name: `m${at}`,
    model_info: { ...model_info, display_name: `M ${at}` },
  }));
  const list = readModelList({ model_list }, () => undefined);
  const { text } = opencodeText(inputFor([], { list, defaultModel: "m0" }));
  const image = { input: ["text", "image"], output: ["text"] };
  assertEquals(JSON.parse(text).provider.litellm.models, {
    m0: { name: "M 0", limit: { context: 500_000, output: 64_000 } },
    m1: { name: "M 1", limit: { context: 500_000, output: 0 } },
    m2: { name: "M 2" },
    m3: { name: "M 3", attachment: true, modalities: image },
    m4: { name: "M 4", tool_call: true, reasoning: true },
    m5: { name: "M 5" },
  });
});

Deno.test("opencodeText() lets no name fetch a variable or a file, or stand for the key", () => {
  const names = [
    ODD_NAME,
    "{env:SECRET}",
    '"apiKey": ""',
    "apiKey",
    "__proto__",
  ];
  const { text } = opencodeText(inputFor(names));
  assertMatch(text, /^[\n\x20-\x7e]+$/);
  assertEquals(text.match(/\{(?:env|file):[^}]*\}/g), [
    "{env:LITELLM_MASTER_KEY}",
  ]);
  const { models, options } = JSON.parse(text).provider.litellm;
  assertEquals(Object.keys(models).sort(), names.sort());
  assertEquals(options.apiKey, "{env:LITELLM_MASTER_KEY}");
  assert(Object.hasOwn(models, ODD_NAME));
});

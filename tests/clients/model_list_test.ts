import {
  defaultModelOf,
  type ModelList,
  readModelList,
} from "../../lib/clients/model_list.ts";
import { assertEquals } from "../support/assert.ts";

type Item = Readonly<Record<string, unknown>>;

function listOf(items: readonly Item[], rest: Item = {}): ModelList {
  const variables: Readonly<Record<string, string>> = { MY_MODEL: "mine" };
  const config = { model_list: items, ...rest };
  return readModelList(config, (name) => variables[name]);
}

const names = ({ models }: ModelList): string[] =>
  models.map(({ name }) => name);

/** An entry as the block has it. */
function ours(name: string, id: string, info: Item = {}): Item {
  return {
    model_name: name,
    litellm_params: { model: `xai/${name}` },
    model_info: { id: `discover:${id}`, mode: "chat", ...info },
  };
}

Deno.test("readModelList() lists the user's names and the block's, each once", () => {
  const list = listOf([
    { model_name: "my-own" },
    { model_name: "os.environ/MY_MODEL" },
    { model_name: "os.environ/NOT_KNOWN" },
    { model_name: "openai/*" },
    ours("claude-opus-4-8", "anthropic/claude-opus-4-8"),
    ours("claude-opus-4-8", "openrouter/anthropic/claude-opus-4.8"),
    ours("grok", "alias/grok"),
  ]);
  assertEquals(names(list), ["my-own", "mine", "claude-opus-4-8", "grok"]);
  assertEquals(list.wildcards, ["openai/*"]);
  assertEquals(list.aliases, ["grok"]);
  assertEquals(list.hasBlock, true);
});

Deno.test("readModelList() reads what an entry states, and takes nothing else for known", () => {
  const { models: [stated, old] } = listOf([
    ours("grok-4.5", "xai/grok-4.5", {
      display_name: "Grok 4.5",
      max_input_tokens: 500_000,
      max_output_tokens: 64_000,
      supports_vision: true,
      supports_function_calling: true,
      supports_reasoning: true,
    }),
    ours("anthropic/claude-opus-4.8", "openrouter/x", {
      max_input_tokens: "many",
      supports_vision: "yes",
    }),
  ]);
  assertEquals(stated, {
    name: "grok-4.5",
    displayName: "Grok 4.5",
    maxInputTokens: 500_000,
    maxOutputTokens: 64_000,
    supportsVision: true,
    supportsFunctionCalling: true,
    supportsReasoning: true,
  });
  assertEquals(old, {
    name: "anthropic/claude-opus-4.8",
    displayName: "anthropic/claude-opus-4.8",
    maxInputTokens: undefined,
    maxOutputTokens: undefined,
    supportsVision: false,
    supportsFunctionCalling: false,
    supportsReasoning: false,
  });
});

Deno.test("readModelList() takes the lowest limit of a name's entries, as any may answer", () => {
  const { models: [model] } = listOf([
    ours("claude-opus-4-8", "anthropic/claude-opus-4-8", {
      max_input_tokens: 1_000_000,
    }),
    ours("claude-opus-4-8", "openrouter/anthropic/claude-opus-4.8", {
      display_name: "Claude Opus 4.8",
      max_input_tokens: 200_000,
      max_output_tokens: 64_000,
      supports_vision: true,
    }),
  ]);
  assertEquals(
    [model?.displayName, model?.maxInputTokens, model?.maxOutputTokens],
    ["Claude Opus 4.8", 200_000, 64_000],
  );
  assertEquals(model?.supportsVision, true);
});

Deno.test("readModelList() leaves out what states another mode than chat", () => {
  const list = listOf([
    { model_name: "vectors", model_info: { mode: "embedding" } },
    { model_name: "pictures", model_info: { mode: "image_generation" } },
    { model_name: "o1-pro", model_info: { mode: "responses" } },
  ]);
  assertEquals(names(list), ["o1-pro"]);
});

Deno.test("readModelList() lists group aliases, but no hidden ones", () => {
  const model_group_alias = {
    best: "grok",
    secret: { model: "grok", hidden: true },
    open: { model: "grok", hidden: false },
    vectors: "embed",
  };
  const embed = { model_name: "embed", model_info: { mode: "embedding" } };
  const list = listOf([ours("grok", "alias/grok"), embed], {
    router_settings: { model_group_alias },
  });
  assertEquals(names(list), ["grok", "best", "open"]);
});

Deno.test("readModelList() leaves out names that could be a key, and counts them", () => {
  const key = "sk-or-v1-5ecre7Ab12";
  const list = listOf([
    { model_name: key },
    ours(key, "alias/x"),
    ours("grok", "alias/grok", { display_name: key }),
  ]);
  assertEquals(list.models.map(({ displayName }) => displayName), ["grok"]);
  assertEquals(list.aliases, ["grok"]);
  assertEquals(list.keyLike, 1);
});

Deno.test("readModelList() finds nothing where nothing is a list of entries", () => {
  for (const model_list of [undefined, "text", [1, null, "x", {}]]) {
    const list = readModelList({ model_list }, () => undefined);
    assertEquals([names(list), list.hasBlock], [[], false]);
  }
});

Deno.test("defaultModelOf() is an alias, the usual ones first, else the first name", () => {
  const one = ours("gpt-6", "openai/gpt-6");
  const [grok, fast] = ["grok", "fast"].map((name) =>
    ours(name, `alias/${name}`)
  );
  assertEquals(defaultModelOf(listOf([one, fast ?? {}, grok ?? {}])), "grok");
  assertEquals(defaultModelOf(listOf([one, fast ?? {}])), "fast");
  assertEquals(defaultModelOf(listOf([one])), "gpt-6");
  assertEquals(defaultModelOf(listOf([])), undefined);
});

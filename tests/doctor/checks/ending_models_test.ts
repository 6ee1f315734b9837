import { assertEquals, assertStringIncludes } from "../../support/assert.ts";
import type { Entry } from "../../../lib/block/entry.ts";
import { modelFindings } from "../../../lib/doctor/checks/ending_models.ts";
import type { Outcome } from "../../../lib/fetch/outcome.ts";
import { KeyRing } from "../../../lib/keys/key_ring.ts";
import type { CostMap, CostRow } from "../../../lib/litellm/cost_map.ts";
import { LIFECYCLE_LINES } from "../../../lib/providers/lifecycle_table.ts";
import { lifecycleOf } from "../../../lib/providers/lifecycle.ts";
import { PROVIDERS } from "../../../lib/providers/table.ts";
import { readDiscoverFile } from "../../../lib/settings/file.ts";
import {
  resolveSettings,
  type Settings,
} from "../../../lib/settings/settings.ts";
import type { Finding } from "../../../lib/warning.ts";
import { doctorInput, examined, type Scene } from "../../support/examined.ts";
import { answered, failed, flagsOf, KEYS } from "../../support/parts.ts";

const TODAY = "2026-11-28";

/** A config with one entry "mine", its model on line 4. */
function entry(model: string, ...more: readonly string[]): string {
  const lines = more.map((line) => `      ${line}\n`).join("");
  return `model_list:
  - model_name: mine
    litellm_params:
      model: ${model}
${lines}`;
}

/** The settings on a day, with keys and perhaps a `discover.yaml`. */
async function settingsOn(
  today: string,
  { file = "{}", environment = KEYS }: {
    readonly file?: string;
    readonly environment?: Readonly<Record<string, string>>;
  } = {},
): Promise<Settings> {
  return resolveSettings(flagsOf(), new KeyRing(environment, [], []), {
    file: await readDiscoverFile(file, "discover.yaml"),
    today,
  });
}

/** What is found about models on a day, by default with no answers. */
async function found(text: string, scene: Scene = {}): Promise<Finding[]> {
  const settings = await settingsOn(TODAY);
  const all = await examined(text, { settings, outcomes: [], ...scene });
  return all.filter(({ code }) => code.startsWith("model-"));
}

async function codes(text: string, scene?: Scene): Promise<string[]> {
  return (await found(text, scene)).map(({ code }) => code);
}

/** The one finding in words, as it is printed. */
async function said(text: string, scene?: Scene): Promise<string[]> {
  return (await found(text, scene))
    .map(({ text, hint }) => hint === undefined ? text : `${text} -> ${hint}`);
}

function costMap(rows: Readonly<Record<string, Partial<CostRow>>>): CostMap {
  return new Map(
    Object.entries(rows).map(([name, row]) => [name, {
      provider: name.split("/")[0],
      endsOn: undefined,
      successor: undefined,
      mode: "chat",
      hasPrice: true,
      ...row,
    }]),
  );
}

Deno.test("a model that was shut down is named with the day, its line and its successor", async () => {
  const [finding, ...others] = await found(entry("openai/gpt-4"));
  assertEquals(others, []);
  assertEquals(finding, {
    code: "model-retired",
    text: 'your model "mine": "openai/gpt-4" was shut down on 2026-10-23',
    hint: 'its successor is "gpt-5.6-sol"',
    line: 4,
  });
});

Deno.test("a model that ends is named from 90 days before to its last day", async () => {
  const on = async (today: string): Promise<string[]> =>
    await said(entry("openai/gpt-5"), { settings: await settingsOn(today) });
  const successor = '-> its successor is "gpt-5.6-sol"';
  const ending = 'your model "mine": "openai/gpt-5" will be shut down on ' +
    `2026-12-11 ${successor}`;
  assertEquals(await on("2026-09-11"), []);
  assertEquals(await on("2026-09-12"), [ending]);
  assertEquals(await on("2026-12-11"), [ending]);
  assertEquals(await on("2026-12-12"), [
    `your model "mine": "openai/gpt-5" was shut down on 2026-12-11 ${successor}`,
  ]);
});

Deno.test("every model of the table is judged by its day and no other", async () => {
  const hosted = PROVIDERS.filter(({ kind }) => kind !== "local");
  const models = hosted.flatMap(({ id, prefix }) =>
    (LIFECYCLE_LINES[id] ?? "").trim().split("\n").flatMap((line) => {
      const [model = "", endsOn = ""] = line.split(" ");
      return model === "" ? [] : [{ model: prefix + model, endsOn }];
    })
  );
  const text = "model_list:\n" +
    models.flatMap(({ model }) =>
      [model, `${model}-of-mine`].map((one) =>
        `  - {model_name: "${one}", litellm_params: {model: "${one}"}}\n`
      )
    ).join("");
  for (const today of [TODAY, "2025-10-01", "2027-03-01"]) {
    const soon = new Date(Date.parse(today) + 90 * 86_400_000).toISOString();
    const expected = models.flatMap(({ model, endsOn }) => {
      if (endsOn < today) return [`"${model}" was shut down on ${endsOn}`];
      return endsOn <= soon.slice(0, 10)
        ? [`"${model}" will be shut down on ${endsOn}`]
        : [];
    });
    const settings = await settingsOn(today);
    const texts = (await found(text, { settings })).map(({ text }) => text);
    assertEquals(texts.toSorted(), expected.toSorted(), today);
  }
});

Deno.test("the provider of a model is that of its prefix, of custom_llm_provider, or the one that a bare name has", async () => {
  for (
    const text of [
      entry("gpt-4"),
      entry("gpt-4", "custom_llm_provider: openai"),
      entry("openai/gpt-4", "custom_llm_provider: openai"),
      entry("openai/responses/gpt-4"),
      entry("text-completion-openai/gpt-4"),
      entry("ft:gpt-3.5-turbo-0125:acme::abc"),
      entry("openai/ft:gpt-3.5-turbo-0125:acme::abc"),
      entry("claude-3-opus-20240229"),
      entry("cohere/command-r"),
      entry("cohere_chat/command-r"),
      entry("together_ai/zai-org/GLM-5"),
      entry("fireworks_ai/glm-5p2"),
      entry("fireworks_ai/accounts/fireworks/models/glm-5p2"),
      entry("openai/grok-3", "api_base: https://api.x.ai/v1"),
      entry("xai/grok-3", "api_base: https://api.x.ai/v1/"),
      entry("xai/grok-3", "base_url: os.environ/XAI_API_BASE"),
      // At a region of the provider's.
      entry("xai/grok-3", "api_base: https://us.api.x.ai/v1"),
      entry("openai/grok-3", "api_base: https://eu-west-1.api.x.ai/v1"),
      entry("openai/gpt-4", "api_base: https://eu.api.openai.com/v1"),
      entry(
        "together_ai/zai-org/GLM-5",
        "api_base: https://api.together.xyz/v1",
      ),
    ]
  ) assertEquals(await codes(text), ["model-retired"], text);
  for (
    const text of [
      // Another provider's model of that name need not end.
      entry("gpt-4", "custom_llm_provider: azure"),
      entry("nvidia_nim/gpt-4"),
      entry("openrouter/openai/gpt-4"),
      // That of Vertex.
      entry("gemini-2.0-flash"),
      // LiteLLM knows no provider for it.
      entry("grok-3"),
    ]
  ) assertEquals(await codes(text), [], text);
});

Deno.test("models of GitHub Models are at a provider that is no more", async () => {
  const gone = 'your model "mine": GitHub Models was shut down on 2026-07-30 ' +
    "-> choose a model of another provider, or remove the entry";
  for (
    const text of [
      entry("github/gpt-4o"),
      entry("github/gpt-4o", "api_base: https://models.github.ai/inference"),
      entry("openai/gpt-4o", "api_base: https://models.inference.ai.azure.com"),
    ]
  ) assertEquals(await said(text), [gone], text);
  const elsewhere = entry("github/gpt-4o", "api_base: http://127.0.0.1:1/v1");
  assertEquals(await said(elsewhere), []);
  assertEquals(await said(entry("github_copilot/gpt-4o")), []);
});

Deno.test("models that are called at another server are not judged", async () => {
  const outcomes = [answered("xai", "grok-4.5")];
  for (
    const text of [
      entry("openai/gpt-4", "api_base: http://10.0.0.5:8000/v1"),
      entry("openai/gpt-4", "base_url: https://api.example.com/v1"),
      entry("openai/gpt-4", "api_base: os.environ/MY_SERVER"),
      entry("openai/gpt-4", "litellm_credential_name: ours"),
      entry("openai/gpt-4", "use_litellm_proxy: true"),
      entry("openai/gpt-4", "mock_response: hello"),
      entry("gpt-4", "api_base: https://api.example.com/v1"),
      entry("xai/grok-0", "api_base: https://api.example.com/v1"),
      entry("openai/gpt-4", "api_base: https://us.api.x.ai.example/v1"),
      // A region has a list of its own, which was not asked for.
      entry("xai/grok-0", "api_base: https://us.api.x.ai/v1"),
      entry("anthropic/claude-3-opus-20240229", "api_base: http://a.test"),
      entry(
        "anthropic/deepseek-chat",
        "api_base: https://api.deepseek.com/anthropic",
      ),
      `${entry("openai/gpt-4")}litellm_settings: {api_base: "http://a.test"}\n`,
      // Somebody's local model has "Claude" in its name.
      entry(
        "openai/Qwen3.5-27B-Claude-4.6-Opus-Distilled",
        "api_base: http://10.0.0.5:8000/v1",
      ),
    ]
  ) assertEquals(await codes(text, { outcomes }), [], text);
});

Deno.test("models are not judged where a variable leads to another server", async () => {
  const environment = {
    ...KEYS,
    OPENAI_API_BASE: "http://127.0.0.1:8000/v1",
    XAI_API_BASE: "https://api.example.com/v1",
  };
  const settings = await settingsOn(TODAY, { environment });
  const outcomes = [answered("xai", "grok-4.5")];
  for (const model of ["openai/gpt-4", "gpt-4", "xai/grok-3", "xai/grok-0"]) {
    assertEquals(await codes(entry(model), { settings, outcomes }), [], model);
  }
  const stated = entry("openai/gpt-4", "api_base: https://api.openai.com/v1");
  assertEquals(await codes(stated, { settings }), ["model-retired"]);
});

Deno.test("a list that came from another base says nothing of a model", async () => {
  const file = "providers: {xai: {base_url: 'http://127.0.0.1:8000/v1'}}";
  const settings = await settingsOn(TODAY, { file });
  const outcomes = [answered("xai", "grok-4.5")];
  assertEquals(await codes(entry("xai/grok-0"), { settings, outcomes }), []);
});

Deno.test("only the first fifty of a config are compared with what there is", async () => {
  const entries = Array.from(
    { length: 60 },
    (_, at) =>
      `  - model_name: m${at}\n    litellm_params: {model: xai/grok-0.${at}}\n`,
  );
  const outcomes = [answered("xai", "grok-4.5")];
  const findings = await found(`model_list:\n${entries.join("")}`, {
    outcomes,
  });
  const hints = findings.map(({ hint }) => hint);
  assertEquals(hints.length, 60);
  assertEquals(new Set(hints.slice(0, 50)), new Set(["closest ids: grok-4.5"]));
  assertEquals(
    new Set(hints.slice(50)),
    new Set(["choose another model of this provider, or remove the entry"]),
  );
});

Deno.test("a model that its provider does not list is named, with the closest ids that last", async () => {
  const ending = { id: "grok-1", endsOn: "2027-02-01" };
  const outcomes = [answered("xai", "grok-4.5", ending)];
  const [finding, ...others] = await found(entry("xai/grok-0"), { outcomes });
  assertEquals(others, []);
  assertEquals(finding, {
    code: "model-gone",
    text: 'your model "mine": xAI does not list "grok-0"',
    hint: "closest ids: grok-4.5",
    line: 4,
  });
  for (const model of ["xai/grok-4.5", "xai/*", '"*"', "os.environ/MODEL"]) {
    assertEquals(await codes(entry(model), { outcomes }), [], model);
  }
});

Deno.test("no model is missed in a list that did not come", async () => {
  const outcomes = [failed("xai"), answered("gemini", "gemini-3.8-flash")];
  assertEquals(await codes(entry("xai/grok-0"), { outcomes }), []);
  assertEquals(await codes(entry("mistral/anything"), { outcomes }), []);
});

Deno.test("the provider's word on a model weighs more than the table's and the cost map's", async () => {
  const rows = costMap({ "xai/grok-9": { endsOn: "2026-01-01" } });
  const ask = (
    model: string,
    ...list: Parameters<typeof answered>[1][]
  ): Promise<string[]> =>
    said(entry(`xai/${model}`), {
      outcomes: [answered("xai", "grok-4.5", ...list)],
      costMap: rows,
    });
  assertEquals(await ask("grok-9", "grok-9"), []);
  assertEquals(await ask("grok-9", { id: "grok-9", endsOn: "2026-12-24" }), [
    'your model "mine": "xai/grok-9" will be shut down on 2026-12-24 -> ' +
    "closest ids: grok-4.5",
  ]);
  assertEquals(await ask("grok-3", { id: "grok-3", endsOn: "2027-12-24" }), []);
  const retired = { id: "grok-9", retired: true, successor: "grok-4.5" };
  assertEquals(await ask("grok-9", retired), [
    'your model "mine": "xai/grok-9" was shut down -> ' +
    'its successor is "grok-4.5"; the block has it as "grok-4.5"',
  ]);
  const listed = {
    ...answered("xai", "grok-4.5"),
    alsoListed: new Set(["grok-image", "grok-9", "grok-3"]),
  };
  for (const model of ["grok-image", "grok-9", "grok-3"]) {
    const scene = { outcomes: [listed], costMap: rows };
    assertEquals(await codes(entry(`xai/${model}`), scene), [], model);
  }
});

Deno.test("a model that is no longer listed was shut down on the day of the table", async () => {
  const outcomes = [answered("gemini", "gemini-3.8-flash")];
  const model = entry("gemini/gemini-2.0-flash");
  const gone =
    'your model "mine": "gemini/gemini-2.0-flash" was shut down on 2026-06-01';
  const hint = "closest ids: gemini-3.8-flash";
  assertEquals(await said(model, { outcomes }), [`${gone} -> ${hint}`]);
  const dayless = await settingsOn("");
  assertEquals(await said(model, { outcomes, settings: dayless }), [
    `${gone} -> ${hint}`,
  ]);
  assertEquals(await said(model, { settings: dayless }), []);
  const early = await settingsOn("2026-05-01");
  assertEquals(await said(model, { outcomes, settings: early }), [
    'your model "mine": Gemini does not list "gemini-2.0-flash"; its ' +
    `shutdown was announced for 2026-06-01 -> ${hint}`,
  ]);
});

Deno.test("Anthropic's names without a day are in its list", async () => {
  const settings = await settingsOn(TODAY, {
    file: "providers: { anthropic: {} }",
    environment: { ...KEYS, ANTHROPIC_API_KEY: "key-4" },
  });
  const outcomes = [
    answered(
      "anthropic",
      "claude-haiku-4-5-20251001",
      { id: "claude-sonnet-9-20290514" },
      { id: "claude-9-5-haiku-20291022" },
    ),
  ];
  for (
    const id of [
      "claude-haiku-4-5",
      "claude-sonnet-9-0",
      "claude-9-5-haiku-latest",
    ]
  ) {
    const text = entry(`anthropic/${id}`);
    assertEquals(await codes(text, { outcomes, settings }), [], id);
  }
  const unlisted = entry("anthropic/claude-haiku-4");
  assertEquals(await codes(unlisted, { outcomes, settings }), ["model-gone"]);
});

Deno.test("what is in other lists than the chat models is not missed", async () => {
  const outcomes: readonly Outcome[] = [
    answered("openrouter", "anthropic/claude-sonnet-5", "openrouter/auto"),
    answered("gemini", "gemini-3.8-flash"),
  ];
  const embedding = `model_list:
  - model_name: emb
    litellm_params: {model: openrouter/acme/vectors-3}
    model_info: {mode: embedding}
`;
  for (
    const text of [
      entry("openrouter/@preset/free-then-cheap"),
      entry("openrouter/anthropic/claude-sonnet-5@preset/coding"),
      embedding,
      entry("openrouter/openai/text-embedding-3-small"),
      entry("gemini/imagen-5.0-generate-001"),
      entry("gemini/gemini-9-flash-tts"),
      entry("gemini/tunedModels/mine"),
      entry("openrouter/auto"),
      entry("openrouter/openrouter/auto"),
    ]
  ) assertEquals(await codes(text, { outcomes }), [], text);
  const known = costMap({
    "openrouter/acme/clip": { mode: "video_generation" },
  });
  const clip = entry("openrouter/acme/clip");
  assertEquals(await codes(clip, { outcomes, costMap: known }), []);
  assertEquals(await codes(clip, { outcomes }), ["model-gone"]);
});

Deno.test("what only an endpoint of one's own answers is not missed", async () => {
  const settings = await settingsOn(TODAY, {
    file: "providers: { fireworks: {}, together: {} }",
    environment: {
      ...KEYS,
      FIREWORKS_API_KEY: "key-4",
      TOGETHER_API_KEY: "key-5",
    },
  });
  const outcomes = [
    answered("fireworks", "accounts/fireworks/models/glm-9"),
    answered("together", "Qwen/Qwen9"),
  ];
  for (
    const model of [
      "fireworks_ai/accounts/fireworks/routers/glm-9-fast",
      "fireworks_ai/accounts/acme/models/mine",
      "fireworks_ai/accounts/fireworks/models/glm-8#accounts/acme/deployments/1",
      "together_ai/acme/Qwen/Qwen3.5-9B-FP8-bb04c904",
    ]
  ) {
    assertEquals(await codes(entry(model), { outcomes, settings }), [], model);
  }
  for (
    const model of [
      "fireworks_ai/accounts/fireworks/models/glm-8",
      "together_ai/Qwen/Qwen8",
    ]
  ) {
    assertEquals(
      await codes(entry(model), { outcomes, settings }),
      ["model-gone"],
      model,
    );
  }
});

Deno.test("embeddings and the like end as other models do", async () => {
  const settings = await settingsOn("2028-05-01");
  assertEquals(await said(entry("gemini/gemini-embedding-001"), { settings }), [
    'your model "mine": "gemini/gemini-embedding-001" will be shut down on ' +
    '2028-05-14 -> its successor is "gemini-embedding-2"',
  ]);
});

Deno.test("at OpenRouter an ending belongs to the id, unless the caller adds it", async () => {
  const outcomes = [
    answered(
      "openrouter",
      "anthropic/claude-sonnet-4.6",
      "acme/free-one:free",
      { id: "acme/dying", endsOn: "2026-12-01" },
    ),
  ];
  for (
    const model of [
      "anthropic/claude-sonnet-4.6:nitro",
      "anthropic/claude-sonnet-4.6:floor",
      "anthropic/claude-sonnet-4.6:exacto",
      "anthropic/claude-sonnet-4.6:online",
      "acme/free-one:free",
      "acme/free-one:free:online",
    ]
  ) {
    const text = entry(`openrouter/${model}`);
    assertEquals(await codes(text, { outcomes }), [], model);
  }
  for (
    const model of [
      "anthropic/claude-sonnet-4.6:thinking",
      "anthropic/claude-sonnet-4.6:batch",
      "acme/free-one",
      "meta-llama/llama-3.3-70b-instruct:free",
    ]
  ) {
    const [text = ""] = await said(entry(`openrouter/${model}`), { outcomes });
    assertStringIncludes(text, `OpenRouter does not list "${model}"`);
  }
  const dying = entry("openrouter/acme/dying:nitro");
  assertEquals(await codes(dying, { outcomes }), ["model-ending"]);
});

Deno.test("a successor in LiteLLM's list that may be a key is not printed", async () => {
  const successor = "vertex_ai/sk-proj-Abc123Def456Ghi789Jkl012";
  const map = costMap({ "vertex_ai/old": { endsOn: "2026-12-20", successor } });
  const old = entry("old", "custom_llm_provider: vertex_ai");
  const [found] = await said(old, { costMap: map });
  assertStringIncludes(found ?? "", 'its successor is "[looks like a key]"');
});

Deno.test("models of other providers are judged by LiteLLM's own list, if there is one", async () => {
  const map = costMap({
    "bedrock/some.model": { endsOn: "2026-10-14" },
    "gemini-2.5-pro": { provider: "vertex_ai", endsOn: "2026-12-20" },
    "vertex_ai/old": { endsOn: "2026-12-20", successor: "vertex_ai/new" },
    "openrouter/acme/one": { endsOn: "2026-10-14" },
    "groq/acme": { endsOn: "2026-10-14", successor: "groq/acme-2" },
    "azure/gpt-4": { endsOn: "2025-06-06" },
  });
  const ask = (text: string): Promise<string[]> => said(text, { costMap: map });
  const otherwise =
    "choose another model of this provider, or remove the entry";
  const named = 'your model "mine": ';
  assertEquals(await ask(entry("bedrock/some.model")), [
    `${named}"bedrock/some.model" was shut down on 2026-10-14, by LiteLLM's own list -> ${otherwise}`,
  ]);
  assertEquals(await ask(entry("gemini-2.5-pro")), [
    `${named}"gemini-2.5-pro" will be shut down on 2026-12-20, by LiteLLM's own list -> ${otherwise}`,
  ]);
  assertEquals(await ask(entry("old", "custom_llm_provider: vertex_ai")), [
    `${named}"old" will be shut down on 2026-12-20, by LiteLLM's own list -> ` +
    'its successor is "vertex_ai/new"',
  ]);
  assertEquals(await ask(entry("groq/acme")), [
    `${named}"groq/acme" was shut down on 2026-10-14 -> its successor is ` +
    '"acme-2"',
  ]);
  assertEquals(
    await codes(entry("openrouter/acme/one:nitro"), { costMap: map }),
    [
      "model-retired",
    ],
  );
  assertEquals(await codes(entry("bedrock/some.model")), []);
  const elsewhere = entry("bedrock/some.model", "api_base: http://a.test");
  assertEquals(await ask(elsewhere), []);
});

Deno.test("a deployment at Azure is judged by its base_model alone", async () => {
  const map = costMap({ "azure/gpt-4": { endsOn: "2025-06-06" } });
  const deployed = entry("azure/gpt-4", "api_base: os.environ/AZURE_API_BASE");
  assertEquals(await said(deployed, { costMap: map }), []);
  const ask = (model: string, base: string): Promise<string[]> =>
    said(
      entry(model, "api_base: https://a.test") +
        `    model_info: {base_model: ${base}}\n`,
      { costMap: map },
    );
  const gone = "was shut down on 2025-06-06, by LiteLLM's own list -> deploy " +
    "another model, or remove the entry";
  for (const base of ["gpt-4", "azure/gpt-4"]) {
    assertEquals(await ask("azure/main", base), [
      'your model "mine": "azure/gpt-4", the base_model of "azure/main", ' +
      gone,
    ]);
    assertEquals(await ask("azure/gpt-4", base), [
      `your model "mine": "azure/gpt-4" ${gone}`,
    ]);
  }
});

Deno.test("a hint says under which name the block has the successor", async () => {
  const file = await settingsOn(TODAY, {
    file: "providers: { openai: {} }",
    environment: { ...KEYS, OPENAI_API_KEY: "key-5" },
  });
  const atOpenai = [answered("openai", "gpt-5.6-sol", "gpt-5.6-terra")];
  const hint = async (model: string, scene: Scene): Promise<unknown> =>
    (await found(entry(model), scene)).map(({ hint }) => hint);
  assertEquals(
    await hint("openai/gpt-4", { settings: file, outcomes: atOpenai }),
    ['its successor is "gpt-5.6-sol"; the block has it as "openai/gpt-5.6-sol"'],
  );
  // The same model from another provider, under that provider's id.
  const atOpenRouter = [answered("openrouter", "anthropic/claude-sonnet-5.5")];
  assertEquals(
    await hint("claude-sonnet-4-5-20250929", { outcomes: atOpenRouter }),
    [
      'its successor is "claude-sonnet-5-5"; the block has it as ' +
      '"claude-sonnet-5-5"',
    ],
  );
  // A successor that the provider does not list is none.
  const terra = [answered("openai", "gpt-5.6-terra")];
  assertEquals(
    await hint("openai/gpt-4", { settings: file, outcomes: terra }),
    ["closest ids: gpt-5.6-terra"],
  );
});

Deno.test("a hint takes the model's own name before an alias, and a plain one before one with its provider", async () => {
  const name = (name: string, deployment: string): Entry => {
    const id = `discover:${deployment}`;
    return { name, model: "openai/gpt-5.6-sol", id, lines: [] };
  };
  const alias = name("gpt", "alias/gpt");
  const whole = name("openai/gpt-5.6-sol", "openai/gpt-5.6-sol");
  const plain = name("gpt-5.6-sol", "openai/gpt-5.6-sol");
  for (
    const [ours, expected] of [
      [[alias], "gpt"],
      [[alias, whole], "openai/gpt-5.6-sol"],
      [[alias, whole, plain], "gpt-5.6-sol"],
    ] as const
  ) {
    const settings = await settingsOn(TODAY);
    const scene = { settings, outcomes: [] };
    const input = await doctorInput(entry("openai/gpt-4"), scene);
    const [finding] = modelFindings({ ...input, ours });
    assertEquals(
      finding?.hint,
      `its successor is "gpt-5.6-sol"; the block has it as "${expected}"`,
    );
  }
});

Deno.test("a hint names the same model of another provider where there is no successor", async () => {
  const hintOf = async (outcome: Outcome): Promise<string | undefined> =>
    (await found(entry("github/grok-4.5"), { outcomes: [outcome] }))[0]?.hint;
  const same = await hintOf(answered("xai", "grok-4.5"));
  assertEquals(same, 'the block has the same model as "grok-4.5"');
  const endsThere = { id: "grok-4.5", endsOn: "2026-12-31" };
  assertEquals(
    await hintOf(answered("xai", endsThere, "grok-4.6")),
    "choose a model of another provider, or remove the entry",
  );
});

Deno.test("no hint proposes a chat model for a model of another use", async () => {
  const outcomes = [answered("xai", "grok-4.5")];
  const [finding] = await found(entry("xai/grok-voice-transcribe-1.0"), {
    outcomes,
  });
  assertEquals(
    finding?.hint,
    "choose another model of this provider, or remove the entry",
  );
});

Deno.test("no hint names a successor that ends soon itself", async () => {
  for (const [provider, lines] of Object.entries(LIFECYCLE_LINES)) {
    const prefix = PROVIDERS.find(({ id }) => id === provider)?.prefix ?? "";
    const models = lines.trim().split("\n").map((line) => line.split(" ")[0]);
    const text = "model_list:\n" +
      models.map((model) =>
        `  - {model_name: a, litellm_params: {model: "${prefix}${model}"}}\n`
      ).join("");
    for (const { hint = "" } of await found(text)) {
      const next = /^its successor is "([^"]+)"/.exec(hint)?.[1];
      if (next === undefined) continue;
      const { endsOn = "2999" } = lifecycleOf(provider, next) ?? {};
      assertEquals(endsOn > "2027-02-26", true, next);
    }
  }
});

Deno.test("each entry of a model has a finding, in included files too", async () => {
  const files = { "more.yaml": entry("openai/gpt-4") };
  const twice = `include: [more.yaml]\n${entry("openai/gpt-4")}` +
    "  - {model_name: openai/o1, litellm_params: {model: openai/o1}}\n";
  const all = await found(twice, { files });
  assertEquals(
    all.map(({ file, line, text }) => [file, line, text.split(" was ")[0]]),
    [
      [undefined, 5, 'your model "mine": "openai/gpt-4"'],
      [undefined, 6, '"openai/o1"'],
      ["more.yaml", 4, 'your model "mine": "openai/gpt-4"'],
    ],
  );
});

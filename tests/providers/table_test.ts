/**
 * The table of providers as a whole: every entry has a fixture, the ids of it
 * that chat, a permission and a line in the documentation.
 *
 * @module
 */

import {
  assert,
  assertEquals,
  assertStringIncludes,
} from "../support/assert.ts";
import { askProviders } from "../support/parts.ts";
import type { ProviderRequest } from "../../lib/fetch/fetch.ts";
import type { Outcome } from "../../lib/fetch/outcome.ts";
import { PERMISSIONS } from "../../packaging/permissions.ts";
import type { Provider } from "../../lib/providers/provider.ts";
import { PROVIDERS, SERVER_KINDS } from "../../lib/providers/table.ts";
import { Secret } from "../../lib/text/secret.ts";
import { selectModels } from "../../lib/catalog/select.ts";
import { fromRepository } from "../support/repository.ts";
import { type Behaviour, startStandIn } from "../support/stand_in.ts";
import { readCatalog, refusal } from "../support/stand_in_providers.ts";

const KEY = "5ecre7-key";

/** What a provider's fixture must come to. */
interface Expectation {
  /** Of several pages in their order. */
  readonly fixtures: readonly string[];
  /** What is offered without any filter, sorted. */
  readonly offered: readonly string[] | number;
  /** Rows that do not chat. */
  readonly ineligible: number;
  readonly header?: readonly [string, string];
}

const EXPECTED: Readonly<Record<string, Expectation>> = {
  // The ids of the first three are in providers_test.ts.
  openrouter: { fixtures: ["openrouter-2026-08"], offered: 17, ineligible: 20 },
  xai: { fixtures: ["xai-2026-07"], offered: 5, ineligible: 5 },
  gemini: {
    fixtures: ["gemini-2026-11-page-1", "gemini-2026-11-page-2"],
    offered: 14,
    ineligible: 13,
    header: ["x-goog-api-key", KEY],
  },
  anthropic: {
    fixtures: ["anthropic-2026-02"],
    offered: [
      "claude-3-5-haiku-20241022",
      "claude-3-7-sonnet-20250219",
      "claude-3-haiku-20240307",
      "claude-haiku-4-5-20251001",
      "claude-opus-4-1-20250805",
      "claude-opus-4-20250514",
      "claude-opus-4-5-20251101",
      "claude-opus-4-6",
      "claude-sonnet-4-20250514",
      "claude-sonnet-4-5-20250929",
    ],
    ineligible: 0,
    header: ["x-api-key", KEY],
  },
  openai: {
    fixtures: ["openai-2026-02"],
    offered: [
      "chatgpt-4o-latest",
      "gpt-3.5-turbo",
      "gpt-3.5-turbo-0125",
      "gpt-3.5-turbo-1106",
      "gpt-3.5-turbo-16k",
      "gpt-4",
      "gpt-4-0125-preview",
      "gpt-4-0613",
      "gpt-4-1106-preview",
      "gpt-4-turbo",
      "gpt-4-turbo-2024-04-09",
      "gpt-4-turbo-preview",
      "gpt-4.1",
      "gpt-4.1-2025-04-14",
      "gpt-4.1-mini",
      "gpt-4.1-mini-2025-04-14",
      "gpt-4.1-nano",
      "gpt-4.1-nano-2025-04-14",
      "gpt-4o",
      "gpt-4o-2024-05-13",
      "gpt-4o-2024-08-06",
      "gpt-4o-2024-11-20",
      "gpt-4o-mini",
      "gpt-4o-mini-2024-07-18",
      "gpt-5",
      "gpt-5-2025-08-07",
      "gpt-5-chat-latest",
      "gpt-5-mini",
      "gpt-5-mini-2025-08-07",
      "gpt-5-nano",
      "gpt-5-nano-2025-08-07",
      "gpt-5.1",
      "gpt-5.1-2025-11-13",
      "gpt-5.1-chat-latest",
      "gpt-5.2",
      "gpt-5.2-2025-12-11",
      "gpt-5.2-chat-latest",
      "o1",
      "o1-2024-12-17",
      "o3",
      "o3-2025-04-16",
      "o3-mini",
      "o3-mini-2025-01-31",
      "o4-mini",
      "o4-mini-2025-04-16",
    ],
    ineligible: 74,
  },
  groq: {
    fixtures: ["groq-documented"],
    offered: [
      "groq/compound",
      "llama-3.1-8b-instant",
      "llama-3.3-70b-versatile",
      "openai/gpt-oss-120b",
    ],
    ineligible: 6,
  },
  mistral: {
    fixtures: ["mistral-2026-02"],
    offered: [
      "codestral-2508",
      "devstral-2512",
      "devstral-medium-2507",
      "devstral-small-2507",
      "labs-devstral-small-2512",
      "labs-mistral-small-creative",
      "magistral-medium-2509",
      "magistral-small-2509",
      "ministral-14b-2512",
      "ministral-3b-2512",
      "ministral-8b-2512",
      "mistral-large-2411",
      "mistral-large-2512",
      "mistral-medium-2505",
      "mistral-medium-2508",
      "mistral-small-2501",
      "mistral-small-2506",
      "open-mistral-nemo",
      "pixtral-large-2411",
      "voxtral-mini-2507",
      "voxtral-small-2507",
    ],
    ineligible: 14,
  },
  deepseek: {
    fixtures: ["deepseek-2026-02"],
    offered: ["deepseek-chat", "deepseek-reasoner"],
    ineligible: 0,
  },
  together: {
    fixtures: ["together-documented"],
    offered: [
      "deepseek-ai/DeepSeek-V3",
      "meta-llama/Llama-3.3-70B-Instruct-Turbo",
    ],
    ineligible: 5,
  },
  fireworks: {
    fixtures: ["fireworks-documented"],
    offered: [
      "accounts/fireworks/models/kimi-k2-instruct",
      "accounts/fireworks/models/qwen2p5-vl-32b-instruct",
    ],
    ineligible: 2,
  },
  cerebras: {
    fixtures: ["cerebras-documented"],
    offered: ["gpt-oss-120b", "llama3.1-8b", "qwen-3-235b-a22b-instruct-2507"],
    ineligible: 0,
  },
  cohere: {
    fixtures: ["cohere-documented-page-1", "cohere-documented-page-2"],
    offered: [
      "command-a-03-2025",
      "command-a-vision-07-2025",
      "command-r-plus-08-2024",
    ],
    ineligible: 2,
  },
  moonshot: {
    fixtures: ["moonshot-documented"],
    offered: ["kimi-k2-turbo-preview", "kimi-k2.5", "moonshot-v1-128k"],
    ineligible: 0,
  },
  ollama: {
    fixtures: ["ollama-2025-05"],
    offered: [
      "llama3.2:latest",
      "llava:latest",
      "mistral-small3.1:latest",
      "qwen2.5vl:7b",
      "qwen3:14b",
      "qwen3:latest",
    ],
    ineligible: 0,
  },
  "lm-studio": {
    fixtures: ["lm-studio-documented"],
    offered: ["meta-llama-3.1-8b-instruct", "qwen2-vl-7b-instruct"],
    ineligible: 1,
  },
  vllm: {
    fixtures: ["vllm-documented"],
    offered: ["Qwen/Qwen3-32B", "sql-lora"],
    ineligible: 1,
  },
  "llama-cpp": {
    fixtures: ["llama-cpp-2026-07"],
    offered: ["ggml-org/gpt-oss-20b-GGUF"],
    ineligible: 0,
  },
};

function expectationOf({ id }: Provider): Expectation {
  const expected = EXPECTED[id];
  assert(expected, `no expectation for "${id}"`);
  return expected;
}

function askOf(provider: Provider, base: string): ProviderRequest {
  // As LiteLLM's variables have it: with the path of the real base.
  const url = new URL(new URL(provider.defaultBase).pathname, base);
  const { include } = provider;
  return { provider, base: url, key: new Secret(KEY), include, localNames: [] };
}

async function askOne(provider: Provider, base: string): Promise<Outcome> {
  const [outcome] = await askProviders([askOf(provider, base)], {
    timeoutMs: 5000,
    signal: new AbortController().signal,
    fetch,
    monotonicMs: () => performance.now(),
  });
  assert(outcome);
  return outcome;
}

const README = await Deno.readTextFile(fromRepository("README.md"));
const DOCS = await Deno.readTextFile(fromRepository("docs/providers.md"));

Deno.test("no provider has two entries, and no expectation is without one", () => {
  const ids = PROVIDERS.map(({ id }) => id);
  assertEquals(ids.length, new Set(ids).size);
  assertEquals(Object.keys(EXPECTED).toSorted(), ids.toSorted());
});

Deno.test("README leads to the table of providers", () => {
  assertStringIncludes(README, "(docs/providers.md)");
});

for (const provider of PROVIDERS) {
  const { id, title, prefix, keyVariables } = provider;

  Deno.test(`docs/providers.md tells of ${id} what the table says`, () => {
    const line = DOCS.split("\n").find((text) =>
      text.startsWith(`| \`${id}\` `) && text.includes(`\`${prefix}\``)
    );
    assert(line, `no line for "${id}"`);
    assertStringIncludes(line, title);
    for (const variable of keyVariables) assertStringIncludes(line, variable);
  });

  Deno.test(`docs/providers.md tells where ${id} is asked, its variables in their order`, () => {
    const cells = DOCS.split("\n")
      .filter((text) => text.startsWith(`| \`${id}\` `))
      .map((text) => text.split("|").slice(2, -1).map((cell) => cell.trim()));
    const variables = provider.baseVariables.map((name) => `\`${name}\``);
    assertEquals(cells.at(-1), [
      `\`${provider.defaultBase}\``,
      variables.join(", "),
    ]);
  });

  Deno.test(`the program is permitted to ask ${id} and to read its variables`, () => {
    const { protocol, host, hostname } = new URL(provider.defaultBase);
    const net = PERMISSIONS.net;
    if (provider.kind === "local") {
      assertEquals([hostname, net.includes("127.0.0.0/8")], [
        "127.0.0.1",
        true,
      ]);
    } else {
      assertEquals([protocol, net.includes(`${host}:443`)], ["https:", true]);
    }
    for (const name of [...keyVariables, ...provider.baseVariables]) {
      assert(PERMISSIONS.env.includes(name), name);
    }
  });

  Deno.test(`${id} offers exactly the chat models of its fixture`, async () => {
    const expected = expectationOf(provider);
    const pages = await Promise.all(expected.fixtures.map(readCatalog));
    const body = (n: number): unknown => pages[Math.min(n, pages.length - 1)];
    let lists = 0;
    await using server = await startStandIn((_, { method, path }) => {
      if (path.endsWith("/key")) return { kind: "answers", body: {} };
      if (method === "POST") return { kind: "status", status: 404 };
      return { kind: "answers", body: body(lists++) };
    });
    const outcome = await askOne(provider, server.base);
    assert(outcome.kind === "answered", JSON.stringify(outcome));
    assertEquals(lists, pages.length);
    const { models } = selectModels(outcome.models, {
      include: provider.include,
      exclude: [],
      variants: [],
      keepRetired: false,
    });
    const ids = models.map((model) => model.id);
    const { offered } = expected;
    assertEquals(typeof offered === "number" ? ids.length : ids, offered);
    assertEquals(outcome.rows.ineligible, expected.ineligible);
    assertEquals(outcome.rows.malformed, 0);
  });

  Deno.test(`${id} gets the key in its own header, and tells a wrong one`, async () => {
    const [name, value] = expectationOf(provider).header ??
      ["authorization", `Bearer ${KEY}`];
    await using server = await startStandIn(refusal(401, { error: "no" }));
    const outcome = await askOne(provider, server.base);
    assert(outcome.kind === "failed");
    assertEquals(outcome.failure, { reason: "wrong-key", status: 401 });
    for (const { path, headers } of server.requests) {
      assertEquals(headers.get(name), value);
      assert(!path.includes(KEY));
    }
  });
}

Deno.test("Anthropic's second page is asked for by the last id of the first", async () => {
  const anthropic = providerOf("anthropic");
  const row = (id: string): object => ({ type: "model", id });
  const pages: Behaviour[] = [
    {
      kind: "answers",
      body: { data: [row("a-1")], has_more: true, last_id: "a-1" },
    },
    { kind: "answers", body: { data: [row("a-2")], has_more: false } },
  ];
  await using server = await startStandIn((n) =>
    pages[n] ?? { kind: "status", status: 404 }
  );
  const outcome = await askOne(anthropic, server.base);
  assert(outcome.kind === "answered");
  assertEquals(outcome.models.map(({ id }) => id), ["a-1", "a-2"]);
  assertEquals(server.requests.map(({ path }) => path), [
    "/v1/models?limit=1000",
    "/v1/models?limit=1000&after_id=a-1",
  ]);
  const versions = server.requests.map(({ headers }) =>
    headers.get("anthropic-version")
  );
  assertEquals(versions, ["2023-06-01", "2023-06-01"]);
});

Deno.test("Cohere's list is asked for chat models, page by page", async () => {
  const cohere = providerOf("cohere");
  const pages = [
    await readCatalog("cohere-documented-page-1"),
    await readCatalog("cohere-documented-page-2"),
  ];
  await using server = await startStandIn((n) => ({
    kind: "answers",
    body: pages[n],
  }));
  await askOne(cohere, server.base);
  assertEquals(server.requests.map(({ path }) => path), [
    "/v1/models?endpoint=chat&page_size=1000",
    "/v1/models?endpoint=chat&page_size=1000&page_token=page%2F%2B2",
  ]);
});

for (
  const [id, base, path] of [
    ["anthropic", "http://h/", "/v1/models"],
    ["anthropic", "http://h/v1/messages", "/v1/models"],
    ["cohere", "http://h/v1/chat", "/v1/models"],
    ["deepseek", "http://h/beta", "/models"],
    ["lm-studio", "http://h/v1", "/api/v0/models"],
    ["ollama", "http://h", "/api/tags"],
    ["vllm", "http://h/v1/", "/v1/models"],
    ["groq", "http://h/openai/v1", "/openai/v1/models"],
  ] as const
) {
  Deno.test(`${id} with the base ${base} is asked at ${path}`, () => {
    assertEquals(providerOf(id).modelsUrl(new URL(base)).pathname, path);
  });
}

Deno.test("limits and abilities are read from each provider's own fields", async () => {
  const facts = async (
    id: string,
    fixture: string,
  ): Promise<unknown> => {
    const provider = providerOf(id);
    const reading = provider.page(await readCatalog(fixture))?.rows
      .map(provider.read).find(({ kind }) => kind === "chat");
    return reading?.kind === "chat" ? reading.model : undefined;
  };
  assertEquals(await facts("groq", "groq-documented"), {
    id: "llama-3.3-70b-versatile",
    createdAt: 1733447754,
    maxInputTokens: 131072,
    maxOutputTokens: 32768,
  });
  assertEquals(await facts("mistral", "mistral-2026-02"), {
    id: "mistral-medium-2505",
    createdAt: 1770716737,
    maxInputTokens: 131072,
    supportsVision: true,
    supportsFunctionCalling: true,
  });
  assertEquals(await facts("anthropic", "anthropic-2026-02"), {
    id: "claude-opus-4-6",
    createdAt: 1770163200,
  });
  assertEquals(await facts("llama-cpp", "llama-cpp-2026-07"), {
    id: "ggml-org/gpt-oss-20b-GGUF",
    createdAt: 1783049074,
    maxInputTokens: 131072,
  });
  assertEquals(await facts("moonshot", "moonshot-documented"), {
    id: "kimi-k2.5",
    createdAt: 1769500000,
    maxInputTokens: 262144,
    supportsVision: true,
  });
});

Deno.test("LiteLLM is given no prefix with which it would send another key", () => {
  for (const { prefix } of SERVER_KINDS) assert(prefix !== "openai/");
});

function providerOf(id: string): Provider {
  const found = PROVIDERS.find((provider) => provider.id === id);
  assert(found, `no provider "${id}"`);
  return found;
}

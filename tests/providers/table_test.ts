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
import { OWN_NETWORK } from "../../lib/providers/private_host.ts";
import { PROVIDERS, SERVER_KINDS } from "../../lib/providers/table.ts";
import { Secret } from "../../lib/text/secret.ts";
import { selectModels } from "../../lib/catalog/select.ts";
import { fromRepository } from "../support/repository.ts";
import { type Behaviour, startStandIn } from "../support/stand_in.ts";
import {
  isOfKey,
  readCatalog,
  refusal,
} from "../support/stand_in_providers.ts";

const KEY = "5ecre7-key";

/** What a provider's fixture must come to. */
interface Expectation {
  /** Of several pages in their order. */
  readonly fixtures: readonly string[];
  /** What is offered without any filter, sorted. */
  readonly offered: readonly string[] | number;
  /** Rows that do not chat. */
  readonly ineligible: number;
  /** The header that carries the key, where it is not the usual one. */
  readonly keyHeader?: string;
}

const EXPECTED: Readonly<Record<string, Expectation>> = JSON.parse(
  await Deno.readTextFile(
    fromRepository("tests/fixtures/catalogs.expected.json"),
  ),
);

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
    proxyFor: () => undefined,
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

Deno.test("docs/providers.md names every host where a server may be", () => {
  for (const host of OWN_NETWORK.filter((host) => !host.includes("/"))) {
    assertStringIncludes(DOCS, `\`${host.replace("*", "")}\``);
  }
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

  Deno.test(`docs/providers.md tells where ${id} is asked, its variables in their order, and its further hosts`, () => {
    const cells = DOCS.split("\n")
      .filter((text) => text.startsWith(`| \`${id}\` `))
      .map((text) => text.split("|").slice(2, -1).map((cell) => cell.trim()));
    const variables = provider.baseVariables.map((name) => `\`${name}\``);
    const [, base, hosts] = cells;
    assertEquals(base, [
      `\`${provider.defaultBase}\``,
      variables.join(", ") || "none",
    ]);
    const { ownHosts = [] } = provider;
    assertEquals(hosts !== undefined, ownHosts.length > 0);
    for (const host of ownHosts) {
      assertStringIncludes(hosts?.[0] ?? "", `\`${host}\``);
    }
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
      if (isOfKey(path)) return { kind: "answers", body: {} };
      if (method === "POST") return { kind: "status", status: 404 };
      return { kind: "answers", body: body(lists++) };
    });
    const outcome = await askOne(provider, server.base);
    assert(outcome.kind === "answered", JSON.stringify(outcome));
    assertEquals(lists, pages.length);
    const { include } = provider;
    const rules = { include, exclude: [], variants: [], keepRetired: false };
    const { models } = selectModels(outcome.models, rules, "2026-11-23");
    const ids = models.map((model) => model.id).toSorted();
    const { offered } = expected;
    assertEquals(typeof offered === "number" ? ids.length : ids, offered);
    assertEquals(outcome.rows.ineligible, expected.ineligible);
    assertEquals(outcome.rows.malformed, 0);
  });

  Deno.test(`${id} gets the key in its own header, and tells a wrong one`, async () => {
    const { keyHeader: name = "authorization" } = expectationOf(provider);
    const value = name === "authorization" ? `Bearer ${KEY}` : KEY;
    await using server = await startStandIn(refusal(401, { error: "no" }));
    const outcome = await askOne(provider, server.base);
    assert(outcome.kind === "failed");
    assertEquals(outcome.failure.reason, "wrong-key");
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
    displayName: "Claude Opus 4.6",
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

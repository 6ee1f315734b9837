import { failureHint } from "../../lib/advice/failure_hint.ts";
import type { AnswerFailure } from "../../lib/fetch/outcome.ts";
import { OPENAI_COMPATIBLE } from "../../lib/providers/local.ts";
import type { Provider } from "../../lib/providers/provider.ts";
import { PROVIDERS } from "../../lib/providers/table.ts";
import { hostPort } from "../../lib/text/host_port.ts";
import { assert, assertEquals } from "../support/assert.ts";

function providerOf(id: string): Provider {
  const found = PROVIDERS.find((provider) => provider.id === id);
  assert(found, id);
  return found;
}

/** The hint where the provider was asked at `base`, by default its own. */
function hintOf(
  provider: Provider,
  failure: AnswerFailure,
  base = provider.defaultBase,
  unusableProxy?: string,
): string | undefined {
  const url = new URL(base);
  const host = hostPort(url);
  const source = {
    provider,
    rules: { include: [], exclude: [], variants: [], keepRetired: false },
    nameTemplate: "{id}",
    keyVariable: "XAI_API_KEY",
    keyFrom: ".env line 3",
  };
  return failureHint({ ...failure, host }, source, url, unusableProxy);
}

const XAI = providerOf("xai");
const OLLAMA = providerOf("ollama");
const VLLM = providerOf("vllm");
const MINE: Provider = { ...OPENAI_COMPATIBLE, id: "desk", title: "Desk" };

Deno.test("failureHint() says which key to check, and where that is set", () => {
  for (const reason of ["wrong-key", "unusable-key"] as const) {
    assertEquals(
      hintOf(XAI, { reason }),
      "check XAI_API_KEY (from .env line 3)",
    );
  }
});

Deno.test("failureHint() says where a key's permissions are set", () => {
  assertEquals(
    hintOf(XAI, { reason: "forbidden" }),
    "check XAI_API_KEY (from .env line 3) at https://console.x.ai",
  );
  assertEquals(
    hintOf(XAI, { reason: "key-blocked", state: "disabled" }),
    "check XAI_API_KEY (from .env line 3) at https://console.x.ai, or set " +
      "another key",
  );
  const forbidden = { reason: "forbidden" } as const;
  assertEquals(hintOf(providerOf("gemini"), forbidden)?.includes("at"), false);
});

Deno.test("failureHint() does not blame the key where money is missing", () => {
  assertEquals(
    hintOf(XAI, { reason: "no-credits", status: 402 }),
    "add credits at xAI, or use a key of an account that has some",
  );
});

Deno.test("failureHint() says how a list that shrank is accepted", () => {
  assertEquals(
    hintOf(MINE, { reason: "shrunk", counts: { listed: 3, earlier: 40 } }),
    "if the others are really gone, run once with --accept-shrink, or set " +
      'shrink: accept for "desk" in discover.yaml',
  );
});

Deno.test("failureHint() blames the base for a 404 only where one is set", () => {
  const failure = { reason: "not-found", status: 404 } as const;
  assertEquals(hintOf(XAI, failure), "run again later");
  assertEquals(
    hintOf(XAI, failure, "http://127.0.0.1:4001"),
    'check XAI_API_BASE or base_url of "xai" in discover.yaml: most servers ' +
      "want it to end in /v1",
  );
  assertEquals(
    hintOf(MINE, failure, "http://127.0.0.1:8000/v1"),
    'check base_url of "desk" in discover.yaml',
  );
  assertEquals(
    hintOf(OLLAMA, failure),
    'check OLLAMA_API_BASE or base_url of "ollama" in discover.yaml',
  );
});

Deno.test("failureHint() asks whether a server of one's own is running", () => {
  const failure = { reason: "connection", state: "refused" } as const;
  assertEquals(
    hintOf(OLLAMA, failure),
    "is Ollama running at 127.0.0.1:11434? in a container, 127.0.0.1 is the " +
      "container itself: use host.docker.internal",
  );
  assertEquals(
    hintOf(VLLM, failure, "http://192.168.1.5:8000/v1"),
    "is vLLM running at 192.168.1.5:8000?",
  );
  assertEquals(
    hintOf(VLLM, { reason: "timeout" }, "http://192.168.1.5:8000/v1"),
    "is vLLM running at 192.168.1.5:8000? if so, wait longer with --timeout 5s",
  );
  assertEquals(
    hintOf(XAI, failure, "http://127.0.0.1:4001/v1"),
    'is a server running at 127.0.0.1:4001? XAI_API_BASE or base_url of "xai" ' +
      "in discover.yaml leads there",
  );
});

Deno.test("failureHint() tells http and https apart", () => {
  assertEquals(
    hintOf(
      MINE,
      { reason: "connection", state: "answers, but not in TLS" },
      "https://192.168.1.5:8000/v1",
    ),
    'write base_url of "desk" in discover.yaml with http://, not https://',
  );
});

Deno.test("failureHint() looks for a provider's own host in the network, not in its base", () => {
  const refused = { reason: "connection", state: "refused" } as const;
  assertEquals(
    hintOf(XAI, refused),
    "check the network; behind a company's proxy, set HTTPS_PROXY as " +
      "http://USER:PASSWORD@HOST:PORT",
  );
  assertEquals(
    hintOf(XAI, { reason: "web-page", status: 403 }),
    "open https://api.x.ai in a browser: a company's filter or a login page " +
      "may answer",
  );
});

Deno.test("failureHint() names a proxy's variable that is set and cannot be used", () => {
  assertEquals(
    hintOf(XAI, { reason: "dns" }, XAI.defaultBase, "HTTPS_PROXY"),
    "HTTPS_PROXY is not in a form that can be used: write " +
      "http://USER:PASSWORD@HOST:PORT, in ASCII, and without \\ ^ / # ? or a " +
      "space in the password",
  );
});

Deno.test("failureHint() says what to do about a proxy", () => {
  const proxy = "proxy.example:3128";
  assertEquals(
    hintOf(XAI, { reason: "proxy", state: "no tunnel", status: 407, proxy }),
    "write its user and password into the proxy's variable: " +
      "http://USER:PASSWORD@proxy.example:3128",
  );
  assertEquals(
    hintOf(XAI, { reason: "proxy", state: "no tunnel", proxy }),
    "it cannot reach api.x.ai, or its rules forbid it: have it allowed",
  );
  assertEquals(
    hintOf(XAI, { reason: "proxy", state: "refused", proxy }),
    "check the address in HTTPS_PROXY or ALL_PROXY",
  );
});

Deno.test("failureHint() tells what is wrong with a certificate", () => {
  const hints = ([
    "unknown issuer",
    "expired",
    "made for another name",
  ] as const).map((state) => hintOf(XAI, { reason: "tls", state }));
  assertEquals(hints, [
    "behind a company's proxy, set SSL_CERT_FILE to a PEM file with its " +
    "root certificate, which LiteLLM reads too",
    "is this machine's clock right? if so, the certificate has to be renewed",
    "something else answers for api.x.ai, such as a company's filter or a " +
    "login page",
  ]);
});

import {
  assertEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "../support/assert.ts";
import { parseArgs } from "../../lib/cli/args.ts";
import type { RunFlags } from "../../lib/cli/command.ts";
import { UsageError } from "../../lib/errors.ts";
import { readDiscoverFile } from "../../lib/settings/file.ts";
import { KeyRing } from "../../lib/keys/key_ring.ts";
import type { Failure } from "../../lib/fetch/outcome.ts";
import { resolveSettings, type Settings } from "../../lib/settings/settings.ts";

function flags(...argv: string[]): RunFlags {
  const command = parseArgs(argv);
  if (command.kind !== "run") throw new Error("not a run");
  return command.flags;
}

const KEYS = {
  OPENROUTER_API_KEY: "k1",
  XAI_API_KEY: "k2",
  GEMINI_API_KEY: "k3",
};

function resolve(
  argv: string[],
  environment: Record<string, string> = KEYS,
): Settings {
  return resolveSettings(flags(...argv), new KeyRing(environment, [], []));
}

/** Why a provider is not asked, be its key what it may. */
function refusalOf(
  { rejected }: Settings,
  id: string,
): Failure & { readonly reason: "bad-base" } {
  const failure = rejected.find(({ provider }) => provider.id === id)?.failure;
  if (failure?.reason !== "bad-base") throw new Error(`"${id}" is not refused`);
  return failure;
}

function asked(settings: Settings): string[] {
  return settings.requests.map(({ provider, base }) =>
    `${provider.id} ${base}`
  );
}

Deno.test("resolveSettings() asks the three providers at their own hosts", () => {
  assertEquals(asked(resolve([])), [
    "openrouter https://openrouter.ai/api/v1",
    "xai https://api.x.ai/v1",
    "gemini https://generativelanguage.googleapis.com/",
  ]);
});

Deno.test("resolveSettings() asks no provider without a key", () => {
  const settings = resolve([], { XAI_API_KEY: "k" });
  assertEquals(asked(settings), ["xai https://api.x.ai/v1"]);
  assertEquals(
    settings.skipped.map(({ provider, reason }) => `${provider.id} ${reason}`),
    ["openrouter no-key", "gemini no-key"],
  );
});

Deno.test("resolveSettings() asks only what --only names", () => {
  const settings = resolve(["--only", "gemini"]);
  assertEquals(asked(settings).length, 1);
  assertEquals(settings.skipped.map(({ reason }) => reason), [
    "not-asked",
    "not-asked",
  ]);
});

Deno.test("resolveSettings() names the variable that LiteLLM takes the key from", () => {
  const settings = resolve([], { GOOGLE_API_KEY: "g", GEMINI_API_KEY: "h" });
  const gemini = settings.sources.find(({ provider }) =>
    provider.id === "gemini"
  );
  assertEquals(gemini?.keyVariable, "GOOGLE_API_KEY");
});

Deno.test("resolveSettings() names the provider that was probably meant", () => {
  const error = assertThrows(() => resolve(["--only", "gemni"]), UsageError);
  assertEquals(error.message, 'unknown provider "gemni"');
  assertEquals(error.hint, "did you mean gemini?");
});

for (
  const base of [
    "http://127.0.0.1:4010/v1",
    "http://localhost:80",
    "http://[::1]:4010/api",
    "https://api.x.ai/v2",
    "https://us.api.x.ai/v1",
    "https://eu-west-1.api.x.ai/v1",
    "https://US.API.X.AI/v1",
  ]
) {
  Deno.test(`resolveSettings() lets XAI_API_BASE be ${base}`, () => {
    const settings = resolve([], { ...KEYS, XAI_API_BASE: base });
    assertEquals(settings.requests[1]?.base.href, new URL(base).href);
  });
}

for (
  const [base, message] of [
    ["not a url", "not an http(s) URL"],
    ["file:///etc/passwd", "not an http(s) URL"],
    ["https://user:pw@api.x.ai/v1", "more than a host and a path"],
    ["https://api.x.ai/v1?key=1", "more than a host and a path"],
    ["http://api.x.ai/v1", "plain http would show xAI's key"],
    ["http://api.x.ai:443/v1", "plain http would show xAI's key"],
    ["https://us.api.x.ai:8443/v1", "not one that xAI's key may go to"],
    ["https://evilapi.x.ai/v1", "not one that xAI's key may go to"],
    ["https://x.ai/v1", "not one that xAI's key may go to"],
    ["https://us.api.x.ai.example/v1", "not one that xAI's key may go to"],
    ["https://gpu.tail1234.ts.net/v1", "not one that xAI's key may go to"],
    ["http://ollama:11434", "not one that xAI's key may go to"],
    ["https://host.docker.internal/v1", "not one that xAI's key may go to"],
    ["http://100.64.0.1/v1", "not one that xAI's key may go to"],
    ["http://192.168.1.5/v1", "not one that xAI's key may go to"],
    ["http://proxy/v1", "not one that xAI's key may go to"],
    ["https://openrouter.ai/api/v1", "not one that xAI's key may go to"],
    ["https://evil.example/v1", "not one that xAI's key may go to"],
    ["http://127.0.0.1.evil.example/v1", "not one that xAI's key may go to"],
  ] as const
) {
  Deno.test(`resolveSettings() refuses XAI_API_BASE ${base}`, () => {
    const settings = resolve([], { ...KEYS, XAI_API_BASE: base });
    const failure = refusalOf(settings, "xai");
    assertStringIncludes(failure.state, message);
    assertStringIncludes(failure.hint, "https://api.x.ai");
    assertEquals(failure.state.includes("pw"), false);
    assertEquals(settings.requests.length, 2, "the others are asked");
  });
}

/** Settings with a `discover.yaml` of this text. */
async function withFile(
  text: string,
  environment: Record<string, string> = KEYS,
  canConnect: (host: string) => boolean = () => false,
): Promise<Settings> {
  const file = await readDiscoverFile(text, "discover.yaml");
  const keys = new KeyRing(environment, [], []);
  const proxy = { port: 4000, masterKeys: [] };
  return resolveSettings(flags(), keys, { file, canConnect, proxy });
}

for (
  const [settings, line, message, hint] of [
    [
      'box: { kind: ollama, base_url: "http://10.0.0.2:11434/v1/" }',
      2,
      'base_url of "box": its API is at the root, not under /v1',
      "leave out /v1, as in http://127.0.0.1:11434",
    ],
    [
      'box:\n    kind: vllm\n    base_url: "ftp://h/"',
      4,
      'base_url of "box": not an http(s) URL',
      "write it as http://127.0.0.1:8000/v1",
    ],
    [
      "box: { kind: vllm, base_url: 127.0.0.1 }",
      2,
      'base_url of "box": not an http(s) URL',
      "write it as http://127.0.0.1:8000/v1",
    ],
    [
      'box: { kind: vllm, base_url: "http://u:5ecre7@127.0.0.1/v1" }',
      2,
      'base_url of "box": more than a host and a path',
      "write it as http://127.0.0.1:8000/v1",
    ],
    [
      'box: { kind: vllm, base_url: "http://127.0.0.1/xai-5ecre7/v1" }',
      2,
      'base_url of "box": a part of it looks like a key',
      "the config would show it",
    ],
    [
      'box: { kind: vllm, base_url: "http://xai%2D5ecre7.example/v1" }',
      2,
      'base_url of "box": a part of it looks like a key',
      "the config would show it",
    ],
    [
      'xai: { base_url: "http://127.0.0.1/xai-5ecre7/v1" }',
      2,
      'base_url of "xai": a part of it looks like a key',
      "the config would show it",
    ],
    [
      'box: { kind: vllm, base_url: "http://localhost:4000/v1" }',
      2,
      `base_url of "box": this proxy's own address`,
      "discover -- --port N",
    ],
    ...["a..example", "gpu..lan", "*.lan", "a,b.example", "."].map((host) =>
      [
        `box: { kind: vllm, base_url: "http://${host}:8000/v1" }`,
        2,
        'base_url of "box": its host is neither a name nor an address',
        "write it as http://127.0.0.1:8000/v1",
      ] as const
    ),
    [
      'xai: { base_url: "https://*.api.x.ai/v1" }',
      2,
      'base_url of "xai": its host is neither a name nor an address',
      "write it as https://api.x.ai/v1",
    ],
    [
      'box: { kind: ollama, base_url: "http://0.0.0.0:11434" }',
      2,
      'base_url of "box": "0.0.0.0" is where a server listens, not its address',
      "on this machine write http://127.0.0.1:11434",
    ],
    [
      "box: { kind: openai-compatible }",
      2,
      'provider "box": no base_url',
      "say where it is, as http://127.0.0.1:8000/v1",
    ],
    [
      'box: { kind: openai-compatible, base_url: "" }',
      2,
      'base_url of "box": no base_url',
      "say where it is, as http://127.0.0.1:8000/v1",
    ],
    [
      'xai: { base_url: "" }',
      2,
      'base_url of "xai": no base_url',
      "say where it is, as https://api.x.ai/v1",
    ],
    [
      'xai: { base_url: "http://us.api.x.ai/v1" }',
      2,
      `base_url of "xai": plain http would show xAI's key`,
      "write it with https, as https://us.api.x.ai/v1",
    ],
    [
      'xai: { base_url: "https://gateway.example/v1" }',
      2,
      `base_url of "xai": the host "gateway.example" is not one that xAI's key may go to`,
      "expected https://api.x.ai, https://*.api.x.ai or this machine's " +
      "loopback; remove base_url; for a gateway",
    ],
    [
      'xai: { base_url: "https://xai%2D5ecre7.example/v1" }',
      2,
      'base_url of "xai": a part of it looks like a key',
      "the config would show it",
    ],
  ] as const
) {
  Deno.test(`resolveSettings() asks all but the one provider whose line is ${settings}`, async () => {
    const id = settings.slice(0, 3);
    const all = await withFile(`providers:\n  ${settings}\n`);
    const failure = refusalOf(all, id);
    const place = `settings "discover.yaml", line ${line}: `;
    assertStringIncludes(failure.state, place + message);
    assertStringIncludes(failure.hint, hint);
    assertEquals(`${failure.state} ${failure.hint}`.includes("5ecre7"), false);
    assertEquals(all.requests.length, id === "xai" ? 2 : 3);
    assertEquals(
      all.requests.some(({ provider }) => provider.id === id),
      false,
    );
  });
}

Deno.test("resolveSettings() asks what discover.yaml names next to the three, in the table's order", async () => {
  const settings = await withFile(
    `providers:
  lab: { kind: vllm, base_url: "http://192.168.1.20:8000/v1/" }
  ollama: {}
  groq: {}
`,
    { ...KEYS, GROQ_API_KEY: "k4" },
  );
  assertEquals(asked(settings), [
    "openrouter https://openrouter.ai/api/v1",
    "xai https://api.x.ai/v1",
    "gemini https://generativelanguage.googleapis.com/",
    "groq https://api.groq.com/openai/v1",
    "ollama http://127.0.0.1:11434/",
    "lab http://192.168.1.20:8000/v1/",
  ]);
  const told = settings.sources.map(({ apiBase, nameTemplate }) => [
    apiBase,
    nameTemplate,
  ]);
  assertEquals(told, [
    [undefined, "{name}"],
    [undefined, "{name}"],
    [undefined, "{name}"],
    [undefined, "{provider}/{id}"],
    ["http://127.0.0.1:11434", "{provider}/{id}"],
    ["http://192.168.1.20:8000/v1", "{provider}/{id}"],
  ]);
});

Deno.test("resolveSettings() asks no provider only because there is a key", () => {
  const settings = resolve([], { ...KEYS, GROQ_API_KEY: "k", CO_API_KEY: "k" });
  assertEquals(settings.requests.length, 3);
});

Deno.test("resolveSettings() tells a provider that is off from an unknown one under --only", () => {
  const error = assertThrows(() => resolve(["--only", "groq"]), UsageError);
  assertEquals(error.message, 'provider "groq" is not enabled');
  assertStringIncludes(error.hint ?? "", "groq: {}");
});

Deno.test("resolveSettings() misses the key of a local server only where one is named", async () => {
  const settings = await withFile(`providers:
  vllm: {}
  lab: { kind: vllm, key: DISCOVER_LAB_KEY }
`);
  assertEquals(settings.requests.at(-1)?.provider.id, "vllm");
  assertEquals(settings.requests.at(-1)?.key, undefined);
  assertEquals(
    settings.skipped.map(({ provider, reason, isExplicit }) => [
      provider.id,
      reason,
      isExplicit,
    ]),
    [["lab", "no-key", true]],
  );
});

Deno.test("resolveSettings() takes the timeout of discover.yaml, and --timeout before it", async () => {
  const file = await readDiscoverFile("timeout: 5s\n", "discover.yaml");
  const keys = new KeyRing(KEYS, [], []);
  assertEquals(resolveSettings(flags(), keys, { file }).timeoutMs, 5000);
  const given = resolveSettings(flags("--timeout", "1"), keys, { file });
  assertEquals(given.timeoutMs, 1000);
  const error = await assertRejects(
    () => withFile("# a\ntimeout: soon\n"),
    UsageError,
  );
  assertStringIncludes(error.message, 'line 2: "timeout": not a time');
});

for (
  const base of [
    "http://localhost:8000",
    "http://[::1]:8000/v1",
    "https://10.255.0.1/v1",
    "http://172.16.0.1:1",
    "http://172.31.9.9:1",
    "http://100.64.0.1:8000/v1",
    "http://100.127.255.254:8000/v1",
    "http://ollama:11434",
    "http://OLLAMA.:11434",
    "http://host.docker.internal:1234/v1",
    "http://gpu.local:8000/v1",
    "https://vllm.ai.svc.cluster.local/v1",
    "https://gpu.tail1234.ts.net/v1",
    "http://nas.home.arpa./v1",
  ]
) {
  Deno.test(`resolveSettings() lets a local server be at ${base}`, async () => {
    const settings = await withFile(
      `providers: { vllm: { base_url: "${base}" } }\n`,
    );
    assertEquals(settings.requests.at(-1)?.base.href, new URL(base).href);
  });
}

for (
  const [base, host] of [
    ["http://gpu.example:8000/v1", "gpu.example:8000"],
    ["https://gpu.example/v1", "gpu.example:443"],
    ["http://gpu.example/v1", "gpu.example:80"],
    ["http://172.32.0.1:1", "172.32.0.1:1"],
    ["http://169.254.169.254", "169.254.169.254:80"],
    ["http://10.0.0.1.example", "10.0.0.1.example:80"],
    ["http://100.128.0.1:1", "100.128.0.1:1"],
    ["http://100.63.255.255:1", "100.63.255.255:1"],
    ["http://metadata.google.internal", "metadata.google.internal:80"],
    ["http://gpu.internal:8000", "gpu.internal:8000"],
    ["http://evil-ollama:11434", "evil-ollama:11434"],
    ["http://ollama.example.com:11434", "ollama.example.com:11434"],
    ["http://x.ollama:11434", "x.ollama:11434"],
    ["http://gpulocal.example", "gpulocal.example:80"],
    ["http://notts.net", "notts.net:80"],
    ["https://api.openai.com/v1", "api.openai.com:443"],
  ] as const
) {
  Deno.test(`resolveSettings() lets a local server be at ${base} only if built for it`, async () => {
    const text = `providers: { vllm: { base_url: "${base}" } }\n`;
    const { state, hint } = refusalOf(await withFile(text), "vllm");
    assertStringIncludes(state, `not built to reach the host "${host}"`);
    assertStringIncludes(hint, "://192.168.1.20:");
    assertEquals(
      hint.includes(`ssh -L 8000:${host} `),
      base.startsWith("http:"),
    );
    const settings = await withFile(text, KEYS, (asked) => asked === host);
    assertEquals(settings.requests.at(-1)?.base.href, new URL(base).href);
  });
}

Deno.test("resolveSettings() refuses a base of a local server that would put a key into the config", async () => {
  const env = { HOSTED_VLLM_API_BASE: "http://127.0.0.1:8000/xai-5ecre7/v1" };
  const text = "providers: { vllm: {} }\n";
  const settings = await withFile(text, { ...KEYS, ...env });
  assertEquals(
    refusalOf(settings, "vllm").state,
    "HOSTED_VLLM_API_BASE from the environment: a part of it looks like a key",
  );
});

for (
  const base of [
    "https://xai-Ab12Cd34Ef56Gh78Ij90Kl12.api.x.ai/v1",
    "https://xai%2DAb12Cd34Ef56Gh78Ij90Kl12.api.x.ai/v1",
    "https://aB1cD2eF3gH4iJ5kL6mN7oP8.api.x.ai/v1",
  ]
) {
  Deno.test(`resolveSettings() looks up no host with a key in it: ${base}`, () => {
    const env = { ...KEYS, XAI_API_BASE: base };
    const settings = resolve([], env);
    const { state, hint } = refusalOf(settings, "xai");
    assertEquals(
      state,
      "XAI_API_BASE from the environment: a part of its host looks like a key",
    );
    assertEquals(hint, "unset XAI_API_BASE; a key belongs in XAI_API_KEY");
  });
}

Deno.test("resolveSettings() leads a hosted provider's key nowhere else, however it was built", async () => {
  const text = 'providers: { groq: { base_url: "https://evil.example" } }\n';
  const keys = { ...KEYS, GROQ_API_KEY: "k" };
  const settings = await withFile(text, keys, () => true);
  assertStringIncludes(
    refusalOf(settings, "groq").state,
    "not one that Groq's key may go to",
  );
});

Deno.test("resolveSettings() has entries name the region that discover.yaml names, as LiteLLM needs it", async () => {
  const settings = await withFile(
    `providers:
  xai: { base_url: "https://us.api.x.ai/v1" }
  cohere: { base_url: "https://api.cohere.ai" }
`,
    { ...KEYS, CO_API_KEY: "k" },
  );
  assertEquals(settings.rejected, []);
  assertEquals(settings.sources.flatMap(({ apiBase }) => apiBase ?? []), [
    "https://us.api.x.ai/v1",
    "https://api.cohere.ai/v2/chat",
  ]);
});

Deno.test("resolveSettings() tells LiteLLM of a base only where it cannot know it", async () => {
  const base = "http://127.0.0.1:9/v1";
  const settings = await withFile(
    `providers: { xai: { base_url: "${base}" } }\n`,
    { ...KEYS, GEMINI_API_BASE: "http://127.0.0.1:9" },
  );
  assertEquals(settings.sources.map(({ apiBase }) => apiBase), [
    undefined,
    base,
    undefined,
  ]);
});

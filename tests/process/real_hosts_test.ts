/**
 * The program on its real URLs, over TLS: a local proxy plays the three hosts,
 * and nothing is overridden. What counts is what the proxy saw.
 *
 * @module
 */
import {
  assert,
  assertEquals,
  assertStringIncludes,
} from "../support/assert.ts";
import {
  type Answer,
  type ConnectProxy,
  startConnectProxy,
} from "../support/connect_proxy.ts";
import { runProgram, type RunResult } from "../support/program.ts";
import {
  FAKE_KEYS,
  isOfKey,
  readCatalog,
} from "../support/stand_in_providers.ts";

const CONFIG = "model_list:\n  - model_name: mine\n    litellm_params:\n" +
  "      model: openai/gpt-4o\n";

/** Headers that may carry a key. */
const KEY_HEADERS = ["authorization", "x-goog-api-key", "x-api-key"];

async function recorded(): Promise<(host: string, path: string) => Answer> {
  const bodies = {
    openrouter: JSON.stringify(await readCatalog("openrouter-2026-08")),
    xai: JSON.stringify(await readCatalog("xai-documented")),
    gemini: JSON.stringify(await readCatalog("gemini-2026-11-page-2")),
  };
  return (host, path) => {
    if (isOfKey(path)) return { status: 200, body: "{}" };
    if (host === "openrouter.ai") {
      return { status: 200, body: bodies.openrouter };
    }
    if (host === "api.x.ai") return { status: 200, body: bodies.xai };
    return { status: 200, body: bodies.gemini };
  };
}

async function runThrough(
  proxy: ConnectProxy,
): Promise<RunResult & { config: string }> {
  const folder = await Deno.makeTempDir({ prefix: "discover-hosts-" });
  try {
    const path = `${folder}/config.yaml`;
    await Deno.writeTextFile(path, CONFIG);
    const result = await runProgram(["--config", path, "--timeout", "20s"], {
      env: {
        ...FAKE_KEYS,
        HTTPS_PROXY: proxy.url,
        DENO_CERT: proxy.caPath,
      },
      timeoutMs: 60_000,
    });
    return { ...result, config: await Deno.readTextFile(path) };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("the program asks exactly the real addresses, each key at its own host", async () => {
  const answer = await recorded();
  const proxy = await startConnectProxy((host, { path }) => answer(host, path));
  try {
    const { code, stderr, config } = await runThrough(proxy);
    assertEquals(code, 0, stderr);
    assertEquals(
      proxy.seen.map(({ method, host, path }) => `${method} ${host}${path}`)
        .toSorted(),
      [
        "GET api.x.ai/v1/api-key",
        "GET api.x.ai/v1/language-models",
        "GET generativelanguage.googleapis.com/v1beta/models?pageSize=1000",
        "GET openrouter.ai/api/v1/models/count",
        "GET openrouter.ai/api/v1/models/user",
      ],
    );
    assertEquals(proxy.refused, []);
    const ownKey = new Map([
      ["openrouter.ai", `Bearer ${FAKE_KEYS.OPENROUTER_API_KEY}`],
      ["api.x.ai", `Bearer ${FAKE_KEYS.XAI_API_KEY}`],
      ["generativelanguage.googleapis.com", FAKE_KEYS.GEMINI_API_KEY],
    ]);
    for (const { host, headers } of proxy.seen) {
      const carried = KEY_HEADERS.flatMap((name) => headers[name] ?? []);
      assertEquals(carried, [ownKey.get(host)], host);
      const text = JSON.stringify(headers);
      const others = [...ownKey].filter(([other]) => other !== host);
      assert(others.every(([, key]) => !text.includes(key)), host);
    }
    for (
      const name of [
        "claude-sonnet-5",
        "grok-4.5",
        "gemini-3.8-flash",
      ]
    ) {
      assertStringIncludes(config, `model_name: "${name}"`);
    }
  } finally {
    await proxy.stop();
  }
});

Deno.test("a redirect takes the program, and its key, to no other host", async () => {
  const answer = await recorded();
  const proxy = await startConnectProxy((host, { path }) =>
    host === "api.x.ai"
      ? {
        status: 302,
        headers: { location: "https://openrouter.ai/api/v1/steal" },
        body: "",
      }
      : answer(host, path)
  );
  try {
    const { code, stderr } = await runThrough(proxy);
    assertEquals(code, 0, stderr);
    assertStringIncludes(stderr, "unexpected redirect (HTTP 302)");
    const stolen = proxy.seen.filter(({ path }) => path.includes("steal"));
    assertEquals(stolen, []);
    assertEquals(proxy.refused, []);
  } finally {
    await proxy.stop();
  }
});

Deno.test("a next page on another host is not asked", async () => {
  const answer = await recorded();
  const proxy = await startConnectProxy((host, { path }) =>
    host === "openrouter.ai" && path === "/api/v1/models/user"
      ? {
        status: 200,
        body: JSON.stringify({
          data: [],
          links: { next: "https://api.x.ai/v1/models?offset=1" },
        }),
      }
      : answer(host, path)
  );
  try {
    const { stderr } = await runThrough(proxy);
    assertStringIncludes(stderr, "next page is on another host");
    const xai = proxy.seen.filter(({ host }) => host === "api.x.ai");
    assertEquals(xai.map(({ path }) => path).toSorted(), [
      "/v1/api-key",
      "/v1/language-models",
    ]);
  } finally {
    await proxy.stop();
  }
});

Deno.test("a certificate that nobody vouches for gets no key", async () => {
  const answer = await recorded();
  const proxy = await startConnectProxy((host, { path }) => answer(host, path));
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/config.yaml`;
    await Deno.writeTextFile(path, CONFIG);
    const env = { ...FAKE_KEYS, HTTPS_PROXY: proxy.url };
    const { code, stderr } = await runProgram(["--config", path], { env });
    assertEquals(code, 1, stderr);
    assertStringIncludes(
      stderr.replaceAll(/\s+/g, " "),
      "TLS certificate of api.x.ai not accepted (unknown issuer), through the " +
        `proxy ${new URL(proxy.url).host}`,
    );
    assertEquals(proxy.seen, []);
    assertEquals(await Deno.readTextFile(path), CONFIG);
  } finally {
    await proxy.stop();
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a proxy that refuses is named, its user and password are not", async () => {
  const proxy = await startConnectProxy(
    () => ({ status: 200, body: "" }),
    [],
  );
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/config.yaml`;
    await Deno.writeTextFile(path, CONFIG);
    const { host } = new URL(proxy.url);
    const env = {
      XAI_API_KEY: FAKE_KEYS.XAI_API_KEY,
      HTTPS_PROXY: `http://maria:pa55word@${host}`,
    };
    const args = ["--config", path, "--json", "-v"];
    const { code, stdout, stderr } = await runProgram(args, { env });
    assertEquals(code, 1, stderr);
    const words = `the proxy ${host} refused the connection to api.x.ai:443`;
    assertStringIncludes(stderr, words);
    const { providers } = JSON.parse(stdout);
    const [xai] = providers.filter(({ id }: { id: string }) => id === "xai");
    assertEquals(xai.failure, {
      reason: "proxy",
      status: null,
      message: words,
      said: null,
      host: "api.x.ai:443",
      proxy: host,
    });
    assertEquals(xai.key, {
      variable: "XAI_API_KEY",
      from: "the environment",
    });
    assertEquals(/maria|pa55word/.test(stdout + stderr), false);
  } finally {
    await proxy.stop();
    await Deno.remove(folder, { recursive: true });
  }
});

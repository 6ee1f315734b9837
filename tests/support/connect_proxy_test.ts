import { assertEquals, assertMatch } from "./assert.ts";
import { startConnectProxy } from "./connect_proxy.ts";

/** Fetches each argument and prints `status body` or the error's name. */
const CLIENT = `
for (const url of Deno.args) {
  try {
    const response = await fetch(url, { headers: { "x-key": "abc" } });
    console.log(response.status, await response.text());
  } catch (error) {
    console.log(error instanceof Error ? error.name : "?");
  }
}`;

async function runClient(
  urls: readonly string[],
  env: Record<string, string>,
): Promise<string> {
  const script = await Deno.makeTempFile({ suffix: ".js" });
  try {
    await Deno.writeTextFile(script, CLIENT);
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "-q", "--no-prompt", "--no-config", "--no-lock"],
        ...["--allow-net=openrouter.ai:443,example.com:443", script, ...urls],
      ],
      env: { ...env, DENO_NO_UPDATE_CHECK: "1" },
    }).output();
    return new TextDecoder().decode(stdout);
  } finally {
    await Deno.remove(script);
  }
}

Deno.test("startConnectProxy() plays a provider's host over TLS", async () => {
  const proxy = await startConnectProxy((host, { path }) => ({
    status: 203,
    headers: { "content-type": "text/plain" },
    body: `${host} ${path}`,
  }));
  try {
    const output = await runClient(
      ["https://openrouter.ai/api/v1/models?a=b"],
      { HTTPS_PROXY: proxy.url, DENO_CERT: proxy.caPath },
    );
    assertEquals(output, "203 openrouter.ai /api/v1/models?a=b\n");
    const requests = proxy.seen.map(({ headers, ...request }) => ({
      ...request,
      key: headers["x-key"],
    }));
    assertEquals(requests, [{
      host: "openrouter.ai",
      method: "GET",
      path: "/api/v1/models?a=b",
      key: "abc",
    }]);
    assertEquals(proxy.refused, []);
  } finally {
    await proxy.stop();
  }
});

Deno.test("startConnectProxy() refuses and remembers every other host", async () => {
  const proxy = await startConnectProxy(() => ({ status: 200, body: "" }));
  try {
    const output = await runClient(
      ["https://example.com/", "https://api.x.ai/v1/models"],
      { HTTPS_PROXY: proxy.url, DENO_CERT: proxy.caPath },
    );
    assertMatch(output, /^\w+Error\nNotCapable\n$/);
    assertEquals(proxy.refused, ["example.com:443"]);
    assertEquals(proxy.seen, []);
  } finally {
    await proxy.stop();
  }
});

Deno.test("startConnectProxy() is not believed without its authority", async () => {
  const proxy = await startConnectProxy(() => ({ status: 200, body: "" }));
  try {
    const output = await runClient(["https://openrouter.ai/"], {
      HTTPS_PROXY: proxy.url,
    });
    assertEquals(output, "TypeError\n");
    assertEquals(proxy.seen, []);
  } finally {
    await proxy.stop();
  }
});

Deno.test("startConnectProxy() stops while an answer is still owed", async () => {
  const asked = Promise.withResolvers<void>();
  const never = new Promise<never>(() => {});
  const proxy = await startConnectProxy(() => {
    asked.resolve();
    return never;
  });
  const client = runClient(["https://openrouter.ai/"], {
    HTTPS_PROXY: proxy.url,
    DENO_CERT: proxy.caPath,
  });
  // One that ends without asking is not waited for.
  await Promise.race([asked.promise, client]);
  await proxy.stop();
  assertEquals(await client, "TypeError\n");
});

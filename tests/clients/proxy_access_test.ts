import { keyVariableIn, proxyUrl } from "../../lib/clients/proxy_access.ts";
import { UsageError } from "../../lib/errors.ts";
import { assert, assertEquals, assertThrows } from "../support/assert.ts";

for (
  const [args, url] of [
    [[], "http://127.0.0.1:4000"],
    [["--host", "0.0.0.0"], "http://127.0.0.1:4000"],
    [["--host=::"], "http://127.0.0.1:4000"],
    [["--host", "1.2.3.4", "--host", "192.168.1.5"], "http://192.168.1.5:4000"],
    [["--host", "box.lan"], "http://box.lan:4000"],
    [["--host", "fe80::1"], "http://[fe80::1]:4000"],
    [["--host", "[fe80::1]"], "http://[fe80::1]:4000"],
    [["--host", "0:0:0:0:0:0:0:0"], "http://127.0.0.1:4000"],
    [["--host", "0"], "http://127.0.0.1:4000"],
    [["--ssl_certfile_path", "a.pem"], "https://127.0.0.1:4000"],
    [["--", "--host", "box"], "http://127.0.0.1:4000"],
  ] as const
) {
  Deno.test(`proxyUrl() is ${url} for [${args.join(" ")}]`, () => {
    assertEquals(proxyUrl(args, 4000), url);
  });
}

Deno.test("proxyUrl() takes the host from HOST where no argument names one", () => {
  assertEquals(proxyUrl([], 4000, "box.lan"), "http://box.lan:4000");
  assertEquals(proxyUrl([], 4000, "0.0.0.0"), "http://127.0.0.1:4000");
  assertEquals(proxyUrl([], 4000, ""), "http://127.0.0.1:4000");
  const args = ["--host", "192.168.1.5"];
  assertEquals(proxyUrl(args, 4000, "box.lan"), "http://192.168.1.5:4000");
  const refuse = (): string => proxyUrl([], 4000, "a b");
  assertThrows(refuse, UsageError, "HOST: not a host");
});

Deno.test("proxyUrl() refuses what is no host, and shows no key", () => {
  for (const host of ["a b", "{file:x}", "http://x", 'x"', "x/y", "box:80"]) {
    assertThrows(() => proxyUrl(["--host", host], 1), UsageError, "not a host");
  }
  const key = "sk-or-v1-5ecre7Ab12";
  const refuse = (): string => proxyUrl(["--host", key], 1);
  const { message } = assertThrows(refuse, UsageError, "not a host");
  assert(!message.includes(key), message);
});

Deno.test("proxyUrl() refuses what is no port", () => {
  assertThrows(() => proxyUrl([], undefined), UsageError, "the proxy's port");
});

Deno.test("keyVariableIn() is the variable that the config names, if it names one", () => {
  const named = (master_key: unknown): string =>
    keyVariableIn({ general_settings: { master_key } });
  assertEquals(named("os.environ/PROXY_KEY"), "PROXY_KEY");
  for (
    const other of [
      undefined,
      "sk-1234",
      "os.environ/",
      "os.environ/A}{B",
      "os.environ/sk_5ecre7Ab12Cd34Ef56Gh78",
    ]
  ) {
    assertEquals(named(other), "LITELLM_MASTER_KEY", `${other}`);
  }
});

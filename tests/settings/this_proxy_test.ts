import { assertEquals } from "../support/assert.ts";
import { KeyRing } from "../../lib/keys/key_ring.ts";
import type { JsonObject } from "../../lib/text/fields.ts";
import { Secret } from "../../lib/text/secret.ts";
import {
  isItsAddress,
  isItsKey,
  type ThisProxy,
  thisProxy,
} from "../../lib/settings/this_proxy.ts";

function proxyWith(
  { args = [], env = {}, config = {}, values = {} }: {
    readonly args?: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
    readonly config?: JsonObject;
    readonly values?: Readonly<Record<string, string>>;
  },
): ThisProxy {
  const valueOf = (name: string): string | undefined => values[name];
  return thisProxy(args, new KeyRing(env, [], []), { config, valueOf });
}

for (
  const [words, where, port] of [
    ["4000 by default", {}, 4000],
    ["the last --port", { args: ["--port", "1", "--port=5001"] }, 5001],
    ["PORT, as LiteLLM gets it", { env: { PORT: "5002" } }, 5002],
    ["--port before PORT", { args: ["--port", "7"], env: { PORT: "8" } }, 7],
    ["none where PORT is no number", { env: { PORT: "web" } }, undefined],
  ] as const
) {
  Deno.test(`thisProxy() takes for its port ${words}`, () => {
    assertEquals(proxyWith(where).port, port);
  });
}

const ITS_ADDRESSES = [
  "http://127.0.0.1:4000",
  "http://127.0.0.1:4000/v1",
  "https://127.0.0.1:4000/",
  "http://127.8.9.1:4000",
  "http://127.1:4000",
  "http://0x7f.0.0.1:4000",
  "http://localhost:4000",
  "http://LOCALHOST.:4000",
  "http://proxy.localhost:4000",
  "http://[::1]:4000/v1",
  "http://[0:0:0:0:0:0:0:1]:4000",
  "http://[::ffff:127.0.0.1]:4000",
  "http://0.0.0.0:4000",
  "http://0:4000",
  "http://[::]:4000",
];

for (const address of ITS_ADDRESSES) {
  Deno.test(`isItsAddress() finds the proxy itself at ${address}`, () => {
    assertEquals(isItsAddress(proxyWith({}), new URL(address)), true);
  });
}

const OTHER_ADDRESSES = [
  "http://127.0.0.1:4001",
  "http://127.0.0.1",
  "http://192.168.1.5:4000",
  "https://api.anthropic.com",
  "http://localhost.example:4000",
  "http://127.0.0.1.example:4000",
  "http://[::2]:4000",
  "http://[::ffff:192.168.1.5]:4000",
];

for (const address of OTHER_ADDRESSES) {
  Deno.test(`isItsAddress() finds somebody else at ${address}`, () => {
    assertEquals(isItsAddress(proxyWith({}), new URL(address)), false);
  });
}

Deno.test("isItsAddress() knows the port that a scheme stands for", () => {
  const web = proxyWith({ env: { PORT: "80" } });
  assertEquals(isItsAddress(web, new URL("http://localhost/v1")), true);
  assertEquals(isItsAddress(web, new URL("https://localhost/v1")), false);
  const tls = proxyWith({ args: ["--port", "443"] });
  assertEquals(isItsAddress(tls, new URL("https://localhost/v1")), true);
});

for (
  const [words, where] of [
    ["LITELLM_MASTER_KEY", { env: { LITELLM_MASTER_KEY: "sk-its" } }],
    ["general_settings", { config: general("sk-its") }],
    [
      "the variable that general_settings name",
      { config: general("os.environ/MINE"), values: { MINE: "sk-its" } },
    ],
    [
      "the variable that LITELLM_MASTER_KEY names",
      {
        env: { LITELLM_MASTER_KEY: "os.environ/MINE" },
        values: { MINE: "sk-its" },
      },
    ],
    ["a value with a blank at its end", { config: general("sk-its ") }],
  ] as const
) {
  Deno.test(`isItsKey() knows the key of ${words}, and no other`, () => {
    const proxy = proxyWith(where);
    assertEquals(isItsKey(proxy, new Secret("sk-its")), true);
    assertEquals(isItsKey(proxy, new Secret("sk-theirs")), false);
    assertEquals(isItsKey(proxy, new Secret("")), false);
  });
}

Deno.test("isItsKey() knows all of two keys that differ, as either may be in use", () => {
  const proxy = proxyWith({
    env: { LITELLM_MASTER_KEY: "sk-one" },
    config: general("sk-two"),
  });
  for (const value of ["sk-one", "sk-two"]) {
    assertEquals(isItsKey(proxy, new Secret(value)), true);
  }
});

Deno.test("isItsKey() takes nothing for a key where the config names an unknown variable", () => {
  const proxy = proxyWith({ config: general("os.environ/NOBODY") });
  assertEquals(proxy.masterKeys.length, 0);
});

function general(masterKey: string): JsonObject {
  return { general_settings: { master_key: masterKey } };
}

import { assertEquals } from "../support/assert.ts";
import { isExcepted } from "../../lib/fetch/excepted_host.ts";
import {
  namedProxy,
  proxyFor,
  unusableProxy,
} from "../../lib/fetch/proxy_route.ts";

/**
 * Each is asked in a process of its own, which takes Wine seconds; and Windows
 * does not tell apart names in capitals and others.
 */
const ignore = Deno.build.os === "windows";

const PUBLIC = new URL("https://api.x.ai/v1/models");

interface Listening extends AsyncDisposable {
  readonly told: readonly { readonly name: string; readonly text: string }[];
  readonly ports: ReadonlyMap<string, number>;
}

/** Notes who is told of which request, and hangs up. */
function listenAll(names: readonly string[]): Listening {
  const told: { readonly name: string; readonly text: string }[] = [];
  const listeners = names.map((name) => {
    const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const accepting = (async () => {
      for await (const connection of listener) {
        const buffer = new Uint8Array(4096);
        const count = await connection.read(buffer).catch(() => null) ?? 0;
        const text = new TextDecoder("latin1").decode(
          buffer.subarray(0, count),
        );
        told.push({ name, text });
        connection.close();
      }
    })();
    return { name, listener, accepting };
  });
  return {
    told,
    ports: new Map(
      listeners.map(({ name, listener }) => [name, listener.addr.port]),
    ),
    async [Symbol.asyncDispose](): Promise<void> {
      for (const { listener } of listeners) listener.close();
      await Promise.all(listeners.map(({ accepting }) => accepting));
    },
  };
}

/** Deno reads the environment once in a process. */
async function fetchWith(
  env: Readonly<Record<string, string>>,
  urls: readonly string[],
): Promise<void> {
  const code = `const one = (url) => fetch(url).catch(() => {});
await Promise.all(${JSON.stringify(urls)}.map(one));`;
  const { code: exit, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-config", code],
    clearEnv: true,
    env: {
      ...env,
      ...Object.fromEntries(
        ["PATH", "HOME", "SYSTEMROOT", "LOCALAPPDATA", "TMP"].flatMap(
          (name) => {
            const value = Deno.env.get(name);
            return value === undefined ? [] : [[name, value]];
          },
        ),
      ),
    },
    stdin: "null",
  }).output();
  assertEquals(exit, 0, new TextDecoder().decode(stderr));
}

/** Which of the proxies A to D `fetch` goes through; each `{A}` is its address. */
async function askedProxy(
  variables: Readonly<Record<string, string>>,
): Promise<readonly [string | undefined, string | undefined]> {
  await using proxies = listenAll(["A", "B", "C", "D"]);
  const env = Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [
      name,
      value.replaceAll(
        /\{([A-D])\}/g,
        (_, proxy) => `127.0.0.1:${proxies.ports.get(proxy)}`,
      ),
    ]),
  );
  await fetchWith(env, ["https://x.localhost/"]);
  const expected = namedProxy(env);
  const [name] =
    [...proxies.ports].find(([, port]) => expected === `127.0.0.1:${port}`) ??
      [expected];
  return [name, proxies.told[0]?.name];
}

for (
  const [variables, proxy] of [
    [{
      HTTPS_PROXY: "http://{A}",
      https_proxy: "http://{B}",
      ALL_PROXY: "http://{C}",
      all_proxy: "http://{D}",
    }, "C"],
    [{ HTTPS_PROXY: "http://{A}", all_proxy: "http://{D}" }, "D"],
    [{ HTTPS_PROXY: "http://{A}", https_proxy: "http://{B}" }, "A"],
    [{ HTTPS_PROXY: "", https_proxy: "http://{B}" }, "B"],
    [{ HTTPS_PROXY: "http://{A}", ALL_PROXY: "ftp://{C}" }, "A"],
    [{ HTTPS_PROXY: "http://{A}", ALL_PROXY: "" }, "A"],
    [{ HTTPS_PROXY: "http://{A}", REQUEST_METHOD: "GET" }, "A"],
    [{ HTTP_PROXY: "http://{A}", http_proxy: "http://{A}" }, undefined],
  ] as const
) {
  Deno.test({
    name: `namedProxy() knows whom fetch asks with ${Object.keys(variables)}`,
    ignore,
    fn: async () => assertEquals(await askedProxy(variables), [proxy, proxy]),
  });
}

for (
  const value of [
    "http://{A}",
    "Http://{A}",
    "https://{A}",
    "HTTPS://{A}",
    "socks5://{A}",
    "socks5h://u:p@{A}",
    "{A}",
    "u:p@{A}",
    "http://u:p@{A}",
    "http://u:@{A}",
    "http://:p@{A}",
    "http://u:p@w@{A}",
    "http://u:p:q@{A}",
    "http://u%40x:p%zz@{A}",
    "http://{A}/path?x",
    "http://{A}#f",
  ]
) {
  Deno.test({
    name: `namedProxy() reads the proxy ${value} as fetch does`,
    ignore,
    fn: async () =>
      assertEquals(await askedProxy({ HTTPS_PROXY: value }), ["A", "A"]),
  });
}

for (
  const value of [
    " http://{A} ",
    "http://{A} ",
    "//{A}",
    "http:{A}",
    "{A}/",
    "http://u@{A}",
    "http://@{A}",
    "http://u:p/w@{A}",
    "http://u:p#w@{A}",
    "http://u:p w@{A}",
    "http://u:p[w@{A}",
    "http://u:p\\w@{A}",
    "http://u:pä@{A}",
    "http://{A},http://{A}",
    "socks4://{A}",
    "socks://{A}",
    "SOCKS5://{A}",
    "ftp://{A}",
    "http://",
    "direct://",
  ]
) {
  Deno.test({
    name: `namedProxy() finds none in ${value}, as fetch does`,
    ignore,
    fn: async () => {
      const found = await askedProxy({ HTTPS_PROXY: value });
      assertEquals(found, [undefined, undefined]);
    },
  });
}

const HOSTS = [
  "x.localhost",
  "a.x.localhost",
  "ax.localhost",
  "x.localhost.",
  "127.0.0.2",
  "127.0.3.9",
  "[::1]",
];

for (
  const list of [
    "x.localhost",
    ".x.localhost",
    "..x.localhost",
    "*.x.localhost",
    "X.Localhost",
    "x.localhost.",
    "x.localhost:443",
    "https://x.localhost",
    "a.localhost x.localhost",
    "a.localhost;x.localhost",
    " , x.localhost ,",
    "localhost",
    "*",
    "x*,127.*",
    "127.0.0.2, 127.0.3.0/24",
    "127.0.0.9/24",
    "127.0.0.2/33,127.2",
    "0.0.0.0/0",
    "::1",
    "[::1]",
    "0:0:0:0:0:0:0:1",
    "fd00::/8,::ffff:127.0.0.2",
    "::/0",
  ]
) {
  Deno.test({
    name: `isExcepted() reads NO_PROXY=${list} as fetch does`,
    ignore,
    fn: async () => {
      await using proxy = listenAll(["A"]);
      const env = {
        HTTPS_PROXY: `http://127.0.0.1:${proxy.ports.get("A")}`,
        NO_PROXY: list,
      };
      // Where nobody listens, in case that the host is reached directly.
      await fetchWith(env, HOSTS.map((host) => `https://${host}:8/`));
      const direct = HOSTS.filter((host) =>
        !proxy.told.some(({ text }) => text.startsWith(`CONNECT ${host}:8 `))
      );
      assertEquals(HOSTS.filter((host) => isExcepted(host, list)), direct);
    },
  });
}

Deno.test("proxyFor() shows neither the user nor the password of a proxy", () => {
  const shown = (HTTPS_PROXY: string) => proxyFor(PUBLIC, { HTTPS_PROXY });
  assertEquals(
    shown("http://u:secret@proxy.example:3128"),
    "proxy.example:3128",
  );
  assertEquals(shown("socks5://u:se@cret@proxy.example"), "proxy.example:1080");
  for (const rest of ["1/x", "8080/secret", "81#secret", "81?secret"]) {
    const value = `http://alice:${rest}@proxy.example:3128`;
    assertEquals(shown(value), "[not shown]");
  }
  assertEquals(shown("http://CORP/alice:pw@proxy.example"), "[not shown]");
});

Deno.test("proxyFor() shows nothing that looks like a key", () => {
  const shown = (HTTPS_PROXY: string) => proxyFor(PUBLIC, { HTTPS_PROXY });
  for (const start of ["", "http://"]) {
    const value = `${start}xai-Ab12Cd34Ef56Gh78Ij90Kl12`;
    assertEquals(shown(value), "[looks like a key]");
    assertEquals(shown(`${value}.example:3128`), "[looks like a key]");
  }
});

for (
  const [value, proxy] of [
    ["http://proxy.example", "proxy.example:80"],
    ["proxy.example", "proxy.example:80"],
    ["https://proxy.example", "proxy.example:443"],
    ["socks5h://proxy.example", "proxy.example:1080"],
    ["http://[::1]:3128", "[::1]:3128"],
    ["http://proxy.example:", "proxy.example:80"],
    ["http://proxy.example:70000", "proxy.example:80"],
  ] as const
) {
  Deno.test(`proxyFor() names the proxy ${value} with its port`, () => {
    assertEquals(proxyFor(PUBLIC, { HTTPS_PROXY: value }), proxy);
  });
}

Deno.test("proxyFor() names none for what goes past every proxy", () => {
  const HTTPS_PROXY = "http://proxy.example:3128";
  const direct = (url: string, rest = {}) =>
    proxyFor(new URL(url), { HTTPS_PROXY, ...rest });
  assertEquals(direct("http://gpu.example:8000/v1"), undefined);
  assertEquals(direct("https://nas.local/v1"), undefined);
  assertEquals(direct("https://10.1.2.3/v1"), undefined);
  assertEquals(direct(PUBLIC.href, { NO_PROXY: "x.ai" }), undefined);
  assertEquals(direct(PUBLIC.href, { no_proxy: "x.ai" }), undefined);
  const both = { NO_PROXY: "", no_proxy: "x.ai" };
  assertEquals(direct(PUBLIC.href, both), "proxy.example:3128");
});

Deno.test("unusableProxy() names the variable that is set in another form", () => {
  const usable = "http://proxy.example:3128";
  assertEquals(unusableProxy({ HTTPS_PROXY: "SOCKS5://h" }), "HTTPS_PROXY");
  assertEquals(unusableProxy({ ALL_PROXY: "http://u@h:1" }), "ALL_PROXY");
  assertEquals(unusableProxy({ HTTPS_PROXY: "" }), undefined);
  const both = { ALL_PROXY: "ftp://h", HTTPS_PROXY: usable };
  assertEquals(unusableProxy(both), undefined);
});

import { assertEquals } from "../support/assert.ts";
import { noProxyFor } from "../../lib/fetch/no_proxy.ts";

const HTTPS = "https://api.x.ai/v1";

function noProxy(
  bases: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): string | undefined {
  return noProxyFor(bases.map((base) => new URL(base)), environment);
}

for (
  const [base, host] of [
    ["http://127.0.0.1:8000/v1", "127.0.0.1"],
    ["http://127.1.2.3", "127.1.2.3"],
    ["http://LocalHost:1234/v1", "localhost"],
    ["http://[::1]:1234/v1", "::1"],
    ["https://[::1]:1234/v1", "::1"],
    ["https://127.0.0.1/v1", "127.0.0.1"],
    ["https://10.1.2.3/v1", "10.1.2.3"],
    ["https://172.16.5.5/v1", "172.16.5.5"],
    ["https://192.168.1.7:8443/v1", "192.168.1.7"],
    ["https://169.254.3.3/v1", "169.254.3.3"],
    ["https://[fd12::7]/v1", "fd12::7"],
    ["https://[fe80::1]/v1", "fe80::1"],
    ["https://nas/v1", "nas"],
    ["https://nas.local/v1", "nas.local"],
    ["https://gpu.lan/v1", "gpu.lan"],
    ["https://models.internal/v1", "models.internal"],
    ["https://box.home.arpa./v1", "box.home.arpa."],
    ["https://gpu.tail1234.ts.net/v1", "gpu.tail1234.ts.net"],
    ["https://100.64.0.1/v1", "100.64.0.1"],
    ["https://100.127.255.255/v1", "100.127.255.255"],
    ["https://host.docker.internal/v1", "host.docker.internal"],
    ["https://host.containers.internal./v1", "host.containers.internal."],
    ["https://llama-server/v1", "llama-server"],
    ["http://gpu.example:8000/v1", "gpu.example"],
  ] as const
) {
  Deno.test(`noProxyFor() leads ${base} past every proxy`, () => {
    assertEquals(noProxy([HTTPS, base]), host);
  });
}

for (
  const base of [
    HTTPS,
    "https://gpu.example:8443/v1",
    "https://8.8.8.8/v1",
    "https://172.32.0.1/v1",
    "https://100.63.255.255/v1",
    "https://100.128.0.1/v1",
    "https://eu.openrouter.ai/api/v1",
    "https://notts.net/v1",
    "https://[2001:db8::1]/v1",
    "https://notlocal.example/v1",
    "https://local.example/v1",
    "https://fd.example/v1",
  ]
) {
  Deno.test(`noProxyFor() leaves ${base} to a proxy`, () => {
    assertEquals(noProxy([base]), undefined);
    assertEquals(noProxy([base], { NO_PROXY: "a" }), "a");
    assertEquals(noProxy([base], { no_proxy: "a" }), undefined);
  });
}

for (
  const [environment, expected] of [
    [{ NO_PROXY: "corp.example, 10.0.0.0/8" }, "corp.example, 10.0.0.0/8,nas"],
    [{ NO_PROXY: "*" }, "*,nas"],
    [{ NO_PROXY: "" }, "nas"],
    [{ no_proxy: "corp.example" }, "corp.example,nas"],
    [{ NO_PROXY: "a", no_proxy: "b" }, "a,nas"],
    [{ NO_PROXY: "", no_proxy: "b" }, "nas"],
  ] as const
) {
  Deno.test(`noProxyFor() keeps what the owner excepted in ${JSON.stringify(environment)}`, () => {
    const bases = ["http://nas:1/v1", "http://nas:2/v1"];
    assertEquals(noProxy(bases, environment), expected);
  });
}

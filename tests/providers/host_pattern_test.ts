import { assertEquals } from "../support/assert.ts";
import { isHostOf } from "../../lib/providers/host_pattern.ts";

for (
  const [pattern, hosts, others] of [
    [
      "ollama",
      ["ollama", "OLLAMA", "ollama."],
      ["x.ollama", "ollama.example.com", "evil-ollama", "ollama2", ""],
    ],
    [
      "*.lan",
      ["gpu.lan", "a.b.lan", "GPU.Lan", "gpu.lan.", "lan"],
      ["gpulan", "gpu.lan.example", "evil-lan"],
    ],
    [
      "*.api.x.ai",
      ["us.api.x.ai", "a.b.api.x.ai", "api.x.ai"],
      ["evilapi.x.ai", "x.ai", "us.x.ai", "us.api.x.ai.example"],
    ],
    [
      "100.64.0.0/10",
      ["100.64.0.0", "100.99.1.2", "100.127.255.255"],
      ["100.63.255.255", "100.128.0.0", "100.64.0.0.example", "[100:64::]"],
    ],
    [
      "192.168.0.0/16",
      ["192.168.0.1", "192.168.255.255"],
      ["192.169.0.0", "192.168.0", "1192.168.0.1"],
    ],
    ["[::1]", ["[::1]"], ["[::11]", "::1", "[::]"]],
  ] as const
) {
  Deno.test(`isHostOf() knows which hosts ${pattern} names`, () => {
    const named = [...hosts, ...others]
      .filter((host) => isHostOf(host, pattern));
    assertEquals(named, [...hosts]);
  });
}

/**
 * What a proxy of the environment gets to see: nothing of a request that it
 * could read, whatever its variable is called and whatever `NO_PROXY` says.
 *
 * @module
 */

import {
  assert,
  assertEquals,
  assertNotMatch,
  assertStringIncludes,
} from "../support/assert.ts";
import { startConnectProxy } from "../support/connect_proxy.ts";
import { startStandIn } from "../support/stand_in.ts";
import { isOfKey, readCatalog } from "../support/stand_in_providers.ts";
import { onWindows, onWine, runCommand, starter } from "../support/program.ts";
import {
  blockNames,
  FEW_NAMES,
  type Scene,
  setScene,
} from "../support/scene.ts";
import { installShell, windowsPath } from "../support/windows.ts";

/** Runs the program, which must get every list past the recording proxy. */
async function assertPassedBy(
  scene: Scene,
  variables: (proxy: string) => Readonly<Record<string, string>>,
): Promise<void> {
  await using proxy = await startStandIn({ kind: "answers", body: {} });
  const env = { ...scene.env, ...variables(proxy.base) };
  const args = ["--config", scene.config];
  const { code, stderr } = await scene.runWith({ env }, ...args);
  assertEquals(proxy.requests, []);
  assertEquals(code, 0, stderr);
  assertEquals(blockNames(await scene.read()), FEW_NAMES);
}

for (const name of ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"]) {
  Deno.test(`a proxy in ${name} gets no request to a server of this machine`, async () => {
    await using scene = await setScene();
    await assertPassedBy(scene, (proxy) => ({ [name]: proxy }));
  });
}

Deno.test("a SOCKS proxy gets no request to a server of this machine", async () => {
  await using scene = await setScene();
  await assertPassedBy(scene, (proxy) => ({
    ALL_PROXY: proxy.replace("http:", "socks5:"),
  }));
});

for (
  const owners of [
    { NO_PROXY: "*" },
    { NO_PROXY: "" },
    { NO_PROXY: "corp.example, 10.0.0.0/8," },
    { no_proxy: "corp.example" },
    { NO_PROXY: "corp.example", no_proxy: "127.0.0.1" },
  ] as const
) {
  Deno.test(`a proxy gets no such request either with ${JSON.stringify(owners)}`, async () => {
    await using scene = await setScene();
    await assertPassedBy(scene, (proxy) => ({ HTTP_PROXY: proxy, ...owners }));
  });
}

Deno.test({
  name: "a proxy gets no request to localhost by that name",
  // There it is no name.
  ignore: onWine,
  fn: async () => {
    await using scene = await setScene();
    const { port } = new URL(scene.providers.xai.base);
    await assertPassedBy(scene, (proxy) => ({
      HTTP_PROXY: proxy,
      XAI_API_BASE: `http://localhost:${port}/v1`,
    }));
  },
});

/** Of each kind of server of the user's own one that is not there. */
const NOT_THERE: readonly string[] = [
  ...["ollama:11434", "VLLM.:8000", "host.docker.internal:1234"],
  ...["host.containers.internal:8000", "nobody.local:8000", "nobody.lan."],
  ...["a.nobody.home.arpa", "nobody.tail1234.ts.net", "100.127.255.254:8000"],
];

for (
  const [name, scheme] of [
    ["HTTP_PROXY", "http"],
    ["HTTPS_PROXY", "https"],
    ["ALL_PROXY", "http"],
    ["ALL_PROXY", "https"],
  ] as const
) {
  Deno.test(`a proxy in ${name} gets no ${scheme} request to a server of the user's own, by whatever name`, async () => {
    await using scene = await setScene();
    const proxy = await startConnectProxy(() => ({ status: 200, body: "{}" }));
    const bases = NOT_THERE.map((host) => `${scheme}://${host}/v1`);
    const servers = bases.map((base, at) =>
      `  own-${at}: { kind: openai-compatible, base_url: "${base}" }\n`
    );
    await scene.write(`providers:\n${servers.join("")}`, "discover.yaml");
    try {
      const { code, stdout, stderr } = await scene.runWith(
        { env: { ...scene.env, [name]: proxy.url } },
        ...["--config", scene.config, "--json", "--timeout", "3s"],
      );
      assertEquals(code, 0, stderr);
      assertEquals([...proxy.seen, ...proxy.refused], []);
      assertEquals(blockNames(await scene.read()), FEW_NAMES);
      // Each was asked, although nobody is there.
      assertEquals(stdout.match(/"reason": "/g)?.length, bases.length);
      assertNotMatch(stdout, /"reason": "(?:bad-base|not-permitted|proxy)"/);
    } finally {
      await proxy.stop();
    }
  });
}

Deno.test({
  name: "a NO_PROXY that is no text stops neither the run nor the exceptions",
  ignore: onWindows,
  fn: async () => {
    await using scene = await setScene();
    await using proxy = await startStandIn({ kind: "answers", body: {} });
    const { command, prefix } = starter();
    const script = `NO_PROXY=$(printf '\\377') exec "$0" "$@"`;
    const { code, stderr } = await runCommand(
      { command: "/bin/sh", prefix: ["-c", script, command, ...prefix] },
      ["--config", scene.config],
      { env: { ...scene.env, HTTP_PROXY: proxy.base }, cwd: scene.folder },
    );
    assertEquals(code, 0, stderr);
    assertEquals(proxy.requests, []);
    assertEquals(blockNames(await scene.read()), FEW_NAMES);
  },
});

Deno.test("of one proxy for all, https gets a tunnel and http nothing", async () => {
  await using scene = await setScene();
  const catalog = await readCatalog("openrouter-2026-08");
  const proxy = await startConnectProxy((_, { path }) => ({
    status: 200,
    body: JSON.stringify(isOfKey(path) ? { data: {} } : catalog),
  }));
  try {
    const { OPENROUTER_API_BASE: _, ...others } = scene.env;
    const variables = { ALL_PROXY: proxy.url, DENO_CERT: proxy.caPath };
    const { code, stderr } = await scene.runWith(
      { env: { ...others, ...variables } },
      ...["--config", scene.config, "--timeout", "20s"],
    );
    assertEquals(code, 0, stderr);
    assertEquals(proxy.refused, []);
    assertEquals(proxy.seen.map(({ host, path }) => host + path).toSorted(), [
      "openrouter.ai/api/v1/models/count",
      "openrouter.ai/api/v1/models/user",
    ]);
    const names = blockNames(await scene.read());
    assert(names.includes("claude-opus-5"), names.join());
    assert(names.includes("grok-4.5"), names.join());
  } finally {
    await proxy.stop();
  }
});

Deno.test("a proxy's password is in no output", async () => {
  await using scene = await setScene();
  const { XAI_API_BASE: _, ...others } = scene.env;
  const HTTPS_PROXY = "http://user:5ecre7-pr0xy@127.0.0.1:1";
  const { code, stdout, stderr } = await scene.runWith(
    { env: { ...others, HTTPS_PROXY } },
    ...["--config", scene.config, "--verbose", "--json"],
    // Windows takes two seconds to tell of a port where nobody listens.
    ...["--log-file", scene.path("run.log"), "--timeout", "20s"],
  );
  assertEquals(code, 0, stderr);
  assertStringIncludes(stdout, '"reason": "proxy"');
  assertStringIncludes(stdout, '"proxy": "127.0.0.1:1"');
});

for (
  const owners of [
    {},
    { NO_PROXY: "corp.example,127.0.0.1" },
    { NO_PROXY: "" },
    { no_proxy: "corp.example" },
    { NO_PROXY: "corp.example", no_proxy: "other.example" },
  ]
) {
  Deno.test({
    name: `LiteLLM gets the owner's own exceptions: ${JSON.stringify(owners)}`,
    // There both names are one variable.
    ignore: onWindows && Object.keys(owners).length > 1,
    fn: async () => {
      await using scene = await setScene();
      const expected = Object.entries(owners).map(([name, value]) =>
        `${onWindows ? "NO_PROXY" : name}=${value}`
      );
      assertEquals(await exceptionsOfLitellm(scene, owners), expected);
    },
  });
}

Deno.test("LiteLLM gets the exceptions that a file with variables assigns", async () => {
  await using scene = await setScene();
  await scene.write("NO_PROXY=file.example\n", "more.env");
  const more = ["--env-file", scene.path("more.env")];
  const owners = { NO_PROXY: "corp.example" };
  const got = await exceptionsOfLitellm(scene, owners, ...more);
  assertEquals(got, ["NO_PROXY=file.example"]);
});

/** `NO_PROXY` and `no_proxy` in the environment of a LiteLLM that is started. */
async function exceptionsOfLitellm(
  scene: Scene,
  owners: Readonly<Record<string, string>>,
  ...more: string[]
): Promise<string[]> {
  const bin = await installLister(scene);
  const env = { ...scene.env, ...owners, HTTP_PROXY: "http://127.0.0.1:1" };
  const config = onWindows ? windowsPath(scene.config) : scene.config;
  const { code, stdout, stderr } = await scene.runWith(
    { env: { ...env, PATH: bin } },
    ...["--config", config, ...more, "--start", "--quiet"],
    ...["--", "/c", "set", "no_proxy"],
  );
  assert(onWindows || code === 0, stderr);
  assertEquals(blockNames(await scene.read()), FEW_NAMES);
  return stdout.split(/\r?\n/).filter((line) => line !== "")
    .map((line) => onWindows ? line.replace(/^[^=]*/, "NO_PROXY") : line);
}

/** Puts a LiteLLM on a PATH that lists those variables; returns the folder. */
async function installLister(scene: Scene): Promise<string> {
  if (onWindows) return await installShell(scene.path("bin"), "litellm.exe");
  const bin = scene.path("bin");
  await Deno.mkdir(bin);
  const list = (name: string): string =>
    `[ -z "\${${name}+set}" ] || printf '%s=%s\\n' ${name} "$${name}"\n`;
  const script = `#!/bin/sh\n${list("NO_PROXY")}${list("no_proxy")}`;
  await Deno.writeTextFile(`${bin}/litellm`, script);
  await Deno.chmod(`${bin}/litellm`, 0o755);
  return bin;
}

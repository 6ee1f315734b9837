/**
 * A company's proxy that opens every connection: it plays the providers' hosts
 * with certificates of its own root. Whoever trusts that root gets the models;
 * without it no key is sent.
 *
 * @module
 */
import {
  assert,
  assertEquals,
  assertStringIncludes,
} from "../support/assert.ts";
import {
  type ConnectProxy,
  startConnectProxy,
} from "../support/connect_proxy.ts";
import { onWindows, onWine, type RunResult } from "../support/program.ts";
import {
  blockNames,
  FEW_NAMES,
  type Scene,
  setScene,
} from "../support/scene.ts";
import { FAKE_KEYS, readCatalog } from "../support/stand_in_providers.ts";
import { installShell } from "../support/windows.ts";

type Variables = Readonly<Record<string, string>>;

interface Company extends AsyncDisposable {
  readonly scene: Scene;
  readonly proxy: ConnectProxy;
  /** Only xAI is reached through the proxy. */
  run(variables: Variables, ...args: string[]): Promise<RunResult>;
}

async function setCompany(): Promise<Company> {
  const scene = await setScene();
  const list = JSON.stringify(await readCatalog("xai-documented"));
  const proxy = await startConnectProxy(
    () => ({ status: 200, body: list }),
    ["api.x.ai"],
  );
  const { XAI_API_BASE: _, ...others } = scene.env;
  return {
    scene,
    proxy,
    run: (variables, ...args) =>
      scene.runWith(
        { env: { ...others, HTTPS_PROXY: proxy.url, ...variables } },
        ...["--config", scene.config, "--timeout", "20s", ...args],
      ),
    async [Symbol.asyncDispose](): Promise<void> {
      await proxy.stop();
      await scene[Symbol.asyncDispose]();
    },
  };
}

function assertAnswered({ proxy }: Company, { code, stderr }: RunResult): void {
  assertEquals(code, 0, stderr);
  assertEquals(
    proxy.seen.map(({ path }) => path).toSorted(),
    ["/v1/api-key", "/v1/language-models"],
    stderr,
  );
}

function assertRefused({ proxy }: Company, { code, stderr }: RunResult): void {
  assertEquals(code, 0, stderr);
  assertStringIncludes(stderr, "certificate");
  assertEquals(proxy.seen, []);
}

/** Decided alike everywhere, and not by Wine, where each run takes seconds. */
function alikeTest(name: string, fn: () => Promise<void>): void {
  Deno.test({ name, ignore: onWine, fn });
}

const WAYS = [
  "DENO_CERT",
  "NODE_EXTRA_CA_CERTS",
  "REQUESTS_CA_BUNDLE",
  "SSL_CERT_FILE",
];

for (const variable of WAYS) {
  // Deno itself reads this one, in its own way on Windows.
  const test = variable === "SSL_CERT_FILE" ? Deno.test : alikeTest;
  test(`the company's root is trusted through ${variable}`, async () => {
    await using company = await setCompany();
    const { caPath } = company.proxy;
    const result = await company.run({ [variable]: caPath });
    assertAnswered(company, result);
    assert(!result.stderr.includes(variable), result.stderr);
  });
}

Deno.test("the company's root is trusted by a path from the working directory", async () => {
  await using company = await setCompany();
  const root = await Deno.readTextFile(company.proxy.caPath);
  await company.scene.write(root, "root.pem");
  assertAnswered(company, await company.run({ DENO_CERT: "root.pem" }));
});

alikeTest("without the company's root no key is sent", async () => {
  await using company = await setCompany();
  assertRefused(company, await company.run({}));
});

alikeTest("an owner who trusts Mozilla's roots alone is heard", async () => {
  await using company = await setCompany();
  assertRefused(company, await company.run({ DENO_TLS_CA_STORE: "mozilla" }));
});

alikeTest(
  "a bundle of several megabytes with the company's root is trusted",
  async () => {
    await using company = await setCompany();
    const root = await Deno.readTextFile(company.proxy.caPath);
    const text = `${"# ".padEnd(99, "x")}\n`.repeat(40_000) + root;
    await company.scene.write(text, "bundle.pem");
    assertAnswered(company, await company.run({ DENO_CERT: "bundle.pem" }));
  },
);

/** What is wrong with a file, and how that is said. */
const FAULTS: Readonly<Record<string, (scene: Scene) => Promise<string>>> = {
  "not found": () => Promise.resolve("missing.pem"),
  "not a file": async (scene) => {
    await Deno.mkdir(scene.path("folder.pem"));
    return "folder.pem";
  },
  "no certificate in it": async (scene) => {
    await scene.write("none\n", "other.pem");
    return "other.pem";
  },
  "the block that ends on line 3 is damaged": async (scene) => {
    const text = "-----BEGIN CERTIFICATE-----\n*\n-----END CERTIFICATE-----\n";
    await scene.write(text, "damaged.pem");
    return "damaged.pem";
  },
  "larger than 8 MiB": async (scene) => {
    await scene.write("x".repeat(8 * 1024 * 1024 + 1), "large.pem");
    return "large.pem";
  },
};

for (const [state, make] of Object.entries(FAULTS)) {
  for (const variable of ["DENO_CERT", "SSL_CERT_FILE"]) {
    alikeTest(
      `a file in ${variable} that is ${state} stops no request`,
      async () => {
        await using company = await setCompany();
        const { scene, proxy } = company;
        const path = await make(scene);
        const trusted = variable === "DENO_CERT"
          ? "NODE_EXTRA_CA_CERTS"
          : "DENO_CERT";
        const result = await company.run({
          [variable]: path,
          [trusted]: proxy.caPath,
        });
        assertAnswered(company, result);
        const warning = `${variable} "${path}": ${state}; not used`;
        assertStringIncludes(result.stderr, warning);
      },
    );
  }
}

alikeTest("a damaged file is a warning where nobody needs it", async () => {
  await using scene = await setScene();
  for (const variable of ["DENO_CERT", "SSL_CERT_FILE"]) {
    const env = { ...scene.env, [variable]: "missing.pem" };
    const args = ["--config", scene.config];
    const { code, stderr } = await scene.runWith({ env }, ...args);
    assertEquals(code, 0, stderr);
    assertStringIncludes(
      stderr,
      `${variable} "missing.pem": not found; not used`,
    );
    assertEquals(blockNames(await scene.read()), FEW_NAMES);
  }
});

alikeTest(
  "an unreadable file is a warning, and the company's root still missing",
  async () => {
    await using company = await setCompany();
    const result = await company.run({ DENO_CERT: "missing.pem" });
    assertRefused(company, result);
    assertStringIncludes(
      result.stderr,
      'DENO_CERT "missing.pem": not found; not used',
    );
  },
);

Deno.test("empty variables and unknown stores stop no request", async () => {
  await using company = await setCompany();
  const result = await company.run({
    ...{ DENO_CERT: "", SSL_CERT_FILE: "", DENO_TLS_CA_STORE: "windows" },
    NODE_EXTRA_CA_CERTS: company.proxy.caPath,
  });
  assertAnswered(company, result);
  assertStringIncludes(
    result.stderr,
    "DENO_TLS_CA_STORE: not a list of mozilla and system; not used",
  );
});

Deno.test("LiteLLM gets the variables for certificates as their owner set them", async () => {
  await using company = await setCompany();
  const { scene, proxy } = company;
  const root = await Deno.readTextFile(proxy.caPath);
  await scene.write(root, "bundle.pem");
  const owners = {
    DENO_CERT: "missing.pem",
    DENO_TLS_CA_STORE: "mozilla,system",
    ...(onWindows ? {} : { SSL_CERT_FILE: "other.pem" }),
  };
  const PATH = await installLister(scene, Object.keys(owners));
  const start = async (variables: Variables): Promise<string> => {
    const { stdout, stderr } = await company.run(
      { ...variables, PATH, REQUESTS_CA_BUNDLE: "bundle.pem" },
      ...["--start", "--quiet", "--", "/c", "set", "DENO_"],
    );
    assertEquals(proxy.seen.length, 2, stderr);
    return stdout;
  };
  const lines = (await start(owners)).split(/\r?\n/);
  for (const [name, value] of Object.entries(owners)) {
    assert(lines.includes(`${name}=${value}`), name);
  }
});

Deno.test("LiteLLM gets no variable for certificates that its owner did not set", async () => {
  await using company = await setCompany();
  const names = ["DENO_CERT", "DENO_TLS_CA_STORE", "SSL_CERT_FILE"];
  const PATH = await installLister(company.scene, names);
  const { stdout } = await company.run(
    { PATH, NODE_EXTRA_CA_CERTS: company.proxy.caPath },
    ...["--start", "--quiet", "--", "/c", "set", "DENO_"],
  );
  assertEquals(company.proxy.seen.length, 2);
  assertEquals(names.filter((name) => stdout.includes(`${name}=`)), []);
});

/** Puts a LiteLLM on a PATH that lists those variables; returns the folder. */
async function installLister(
  scene: Scene,
  names: readonly string[],
): Promise<string> {
  if (onWindows) return await installShell(scene.path("bin"), "litellm.exe");
  const bin = scene.path("bin");
  await Deno.mkdir(bin);
  const list = names.map((name) =>
    `[ -z "\${${name}+set}" ] || echo "${name}=$${name}"\n`
  );
  await Deno.writeTextFile(`${bin}/litellm`, `#!/bin/sh\n${list.join("")}`);
  await Deno.chmod(`${bin}/litellm`, 0o755);
  return bin;
}

/** A proxy that wants other credentials, and repeats those it got. */
function startRefusing(status: string): Deno.TcpListener & AsyncDisposable {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const accepting = (async () => {
    for await (const connection of listener) {
      const buffer = new Uint8Array(4096);
      const count = await connection.read(buffer) ?? 0;
      const head = new TextDecoder().decode(buffer.subarray(0, count));
      const given = /proxy-authorization: (.*)/i.exec(head)?.[1]?.trim();
      const answer = `HTTP/1.1 ${status} got ${given}\r\n` +
        `Proxy-Authenticate: Basic realm="${given}"\r\n` +
        `content-length: 0\r\n\r\n`;
      await connection.write(new TextEncoder().encode(answer));
      connection.close();
    }
  })();
  return Object.assign(listener, {
    async [Symbol.asyncDispose](): Promise<void> {
      listener.close();
      await accepting;
    },
  });
}

for (const status of ["407", "403"]) {
  alikeTest(
    `a proxy that answers ${status} brings no credentials into the output`,
    async () => {
      await using scene = await setScene();
      await using proxy = startRefusing(status);
      const { XAI_API_BASE: _, ...others } = scene.env;
      const at = `127.0.0.1:${proxy.addr.port}`;
      const log = scene.path("run.log");
      const { code, stdout, stderr } = await scene.runWith(
        { env: { ...others, HTTPS_PROXY: `http://user:5ecre7-pr0xy@${at}` } },
        ...["--config", scene.config, "--verbose", "--json"],
        ...["--log-file", log, "--timeout", "20s"],
      );
      assertEquals(code, 0, stderr);
      const shown = stdout + stderr + await Deno.readTextFile(log);
      const secrets = [
        "5ecre7-pr0xy",
        btoa("user:5ecre7-pr0xy"),
        FAKE_KEYS.XAI_API_KEY,
      ];
      assertEquals(secrets.filter((secret) => shown.includes(secret)), []);
      assertEquals(blockNames(await scene.read()).includes("grok-4.5"), false);
    },
  );
}

/**
 * The environment that LiteLLM is started with: what the files next to the
 * config add to it, and what they may not.
 *
 * @module
 */
import { assertEquals, assertStringIncludes } from "../support/assert.ts";
import { startConnectProxy } from "../support/connect_proxy.ts";
import { onWindows } from "../support/program.ts";
import { blockNames, MINE, type Scene, setScene } from "../support/scene.ts";
import { readCatalog } from "../support/stand_in_providers.ts";
import { installShell, windowsPath } from "../support/windows.ts";

type Variables = Readonly<Record<string, string>>;

/** Puts a LiteLLM on a PATH that lists its environment; returns the folder. */
async function installLister(scene: Scene): Promise<string> {
  if (onWindows) return await installShell(scene.path("bin"), "litellm.exe");
  const bin = scene.path("bin");
  await Deno.mkdir(bin);
  await Deno.writeTextFile(`${bin}/litellm`, "#!/bin/sh\nexec /usr/bin/env\n");
  await Deno.chmod(`${bin}/litellm`, 0o755);
  return bin;
}

/**
 * What LiteLLM has in its environment once it is started. No key of a provider
 * is in it, as all of it is printed: nobody is asked.
 */
async function environmentOfLitellm(
  scene: Scene,
  owners: Variables = {},
  ...args: string[]
): Promise<Map<string, string>> {
  const PATH = await installLister(scene);
  const { code, stdout, stderr } = await scene.runWith(
    { env: { ...owners, PATH } },
    ...[...args, "--start", "--quiet", "--", "/c", "set"],
  );
  assertEquals(code, 0, stderr);
  const lines = stdout.split(/\r?\n/).filter((line) => line.includes("="));
  return new Map(lines.map((line) => {
    const at = line.indexOf("=");
    return [line.slice(0, at), line.slice(at + 1)];
  }));
}

function assertHas(
  environment: ReadonlyMap<string, string>,
  expected: Readonly<Record<string, string | undefined>>,
): void {
  const found = Object.keys(expected)
    .map((name) => [name, environment.get(name)]);
  assertEquals(Object.fromEntries(found), expected);
}

Deno.test("--start hands LiteLLM all of a .env, where the environment has no such variable", async () => {
  await using scene = await setScene();
  const lines = [
    "LITELLM_MASTER_KEY=sk-of-the-file",
    "AZURE_API_KEY='of the file'",
    "export DATABASE_URL=postgres://file  # with a comment",
    "REDIS_HOST=file",
    "UI_USERNAME=",
    "MINE=file",
    "COMPUTED=${MINE}",
  ];
  await scene.write(lines.join("\n"), ".env");
  const owners = {
    AZURE_API_KEY: "owner's",
    REDIS_HOST: "",
    UI_USERNAME: "owner",
  };
  assertHas(await environmentOfLitellm(scene, owners), {
    LITELLM_MASTER_KEY: "sk-of-the-file",
    AZURE_API_KEY: "owner's",
    DATABASE_URL: "postgres://file",
    REDIS_HOST: "file",
    UI_USERNAME: "owner",
    MINE: "file",
    COMPUTED: undefined,
  });
});

Deno.test("--start hands LiteLLM nothing of a .env that decides what runs", async () => {
  await using scene = await setScene();
  const names = ["PYTHONPATH", "PYTHONSTARTUP", "PYTHONIOENCODING"];
  const loaders = ["LD_PRELOAD", "LD_LIBRARY_PATH", "DYLD_INSERT_LIBRARIES"];
  const unwanted = [...names, ...loaders];
  const text = unwanted.map((name) => `${name}=file\n`).join("");
  await scene.write(`PATH=file\n${text}FINE=file\n`, ".env");
  const environment = await environmentOfLitellm(scene);
  const none = unwanted.map((name) => [name, undefined]);
  assertHas(environment, { ...Object.fromEntries(none), FINE: "file" });
  const path = environment.get("PATH") ?? environment.get("Path");
  assertEquals(path === "file", false);
});

Deno.test("of two .env files --start hands LiteLLM the value of the nearer one", async () => {
  await using scene = await setScene();
  await Deno.mkdir(scene.path("config"));
  await Deno.rename(scene.config, scene.path("config/litellm.yaml"));
  await scene.write("LITELLM_SALT_KEY=near\nNEAR=1\n", "config/.env");
  await scene.write("LITELLM_SALT_KEY=far\nFAR=1\nOTHER=far\n", ".env");
  await scene.write('$env:OTHER = "script"\n', "config/set-env.ps1");
  assertHas(await environmentOfLitellm(scene), {
    LITELLM_SALT_KEY: "near",
    NEAR: "1",
    FAR: "1",
    OTHER: "script",
  });
});

Deno.test("--start hands LiteLLM nothing of any file with --no-env-files", async () => {
  await using scene = await setScene();
  await scene.write("MINE=file\n", ".env");
  await scene.write('$env:MINE = "script"\n', "set-env.ps1");
  const environment = await environmentOfLitellm(scene, {}, "--no-env-files");
  assertHas(environment, { MINE: undefined });
});

Deno.test("--start lets Python write UTF-8 where the config is not UTF-8", async () => {
  const encodings = async (
    config: string | Uint8Array,
    owners: Variables = {},
  ): Promise<(string | undefined)[]> => {
    await using scene = await setScene(config);
    await scene.write("PYTHONIOENCODING=file\nPYTHONUTF8=file\n", ".env");
    const environment = await environmentOfLitellm(scene, owners);
    return ["PYTHONUTF8", "PYTHONIOENCODING"]
      .map((name) => environment.get(name));
  };
  const latin = new Uint8Array([...new TextEncoder().encode("# Z"), 0xfc, 10]);
  const owners = { PYTHONIOENCODING: "latin-1" };
  assertEquals(await encodings(MINE), ["1", undefined]);
  assertEquals(await encodings(latin), [undefined, "utf-8"]);
  assertEquals(await encodings(latin, owners), [undefined, "latin-1"]);
});

Deno.test("a model's name in a variable is what LiteLLM will see, not what .env says", async () => {
  const config = "model_list:\n  - model_name: os.environ/LITELLM_MAIN\n" +
    "    litellm_params: { model: openai/x }\n";
  await using scene = await setScene(config);
  await scene.write("LITELLM_MAIN=other\n", ".env");
  const env = { ...scene.env, LITELLM_MAIN: "grok-4.5" };
  await scene.runWith({ env }, "--quiet");
  // A second model of that name would take half of its calls.
  assertEquals((await scene.read()).includes('model_name: "grok-4.5"'), false);
});

/** A LiteLLM on a PATH that ends with 7, by `/c exit 7` on Windows. */
async function installExitSeven(scene: Scene): Promise<string> {
  if (onWindows) return await installShell(scene.path("bin"), "litellm.exe");
  const bin = scene.path("bin");
  await Deno.mkdir(bin);
  await Deno.writeTextFile(`${bin}/litellm`, "#!/bin/sh\nexit 7\n");
  await Deno.chmod(`${bin}/litellm`, 0o755);
  return bin;
}

const CLAUDE_ONLY = `model_list:
  - model_name: claude-main
    litellm_params: {model: anthropic/claude-sonnet-5, api_key: os.environ/ANTHROPIC_API_KEY}
`;

/** Runs `--start` with these variables too; returns what was said in one line. */
async function startWith(scene: Scene, variables: Variables): Promise<string> {
  const PATH = await installExitSeven(scene);
  const { code, stderr } = await scene.runWith(
    { env: { ...scene.env, ...variables, PATH } },
    ...["--config", onWindows ? windowsPath(scene.config) : scene.config],
    ...["--timeout", "20s", "--start", "--", "/c", "exit", "7"],
  );
  assertEquals(code, 7, stderr);
  return stderr.replace(/\s+/g, " ");
}

Deno.test("--start asks xAI at a region that XAI_API_BASE names", async () => {
  await using scene = await setScene(CLAUDE_ONLY);
  await scene.write("providers: { ollama: {} }\n", "discover.yaml");
  const catalog = JSON.stringify(await readCatalog("xai-documented"));
  const answer = { status: 200, body: catalog };
  const region = "us.api.x.ai";
  const proxy = await startConnectProxy(() => answer, [region]);
  try {
    const said = await startWith(scene, {
      XAI_API_BASE: `https://${region}/v1`,
      OLLAMA_API_BASE: scene.providers.xai.base,
      HTTPS_PROXY: proxy.url,
      DENO_CERT: proxy.caPath,
    });
    assertEquals(proxy.refused, []);
    assertEquals(proxy.seen.map(({ host, path }) => host + path).toSorted(), [
      `${region}/v1/api-key`,
      `${region}/v1/language-models`,
    ]);
    const key = scene.env["XAI_API_KEY"];
    assertEquals(proxy.seen[0]?.headers["authorization"], `Bearer ${key}`);
    const names = blockNames(await scene.read());
    assertEquals(names.includes("grok-4.5"), true, said);
  } finally {
    await proxy.stop();
  }
});

for (
  const [where, settings, variables] of [
    [
      "XAI_API_BASE",
      "providers: { ollama: {} }\n",
      { XAI_API_BASE: "https://gateway.example/v1" },
    ],
    [
      "discover.yaml",
      'providers: { xai: { base_url: "https://gateway.example/v1" } }\n',
      { XAI_API_BASE: "" },
    ],
  ] as const
) {
  Deno.test(`--start starts, and asks the others, where ${where} leads xAI's key to another host`, async () => {
    await using scene = await setScene(CLAUDE_ONLY);
    await scene.write(settings, "discover.yaml");
    const base = scene.providers.xai.base;
    const all = { ...variables, OLLAMA_API_BASE: base };
    const said = await startWith(scene, all);
    assertStringIncludes(said, `host "gateway.example" is not one that xAI's`);
    assertStringIncludes(said, "https://*.api.x.ai or this machine's loopback");
    const { openrouter, gemini } = scene.providers;
    assertEquals(openrouter.requests.length > 0, true);
    assertEquals(gemini.requests.length > 0, true);
    const names = blockNames(await scene.read());
    assertEquals(names.includes("gemini-flash"), true, names.join());
    assertEquals(names.some((name) => name.startsWith("grok")), false);
  });
}

/**
 * The program with a `discover.yaml`, as a process under its own permissions:
 * other providers, local servers, filters, names and aliases.
 *
 * @module
 */

import { PROVIDERS } from "../../lib/providers/table.ts";
import { onWindows, seenPath } from "../support/program.ts";
import {
  assert,
  assertEquals,
  assertStringIncludes,
} from "../support/assert.ts";
import {
  blockNames,
  FEW_NAMES,
  type Scene,
  setScene,
  withoutBlock,
} from "../support/scene.ts";
import {
  type Behaviour,
  type Script,
  startStandIn,
} from "../support/stand_in.ts";

const LAB_KEY = "lab-5ecre7";

/** The lines of the block that hold a key, joined by a blank. */
async function valuesOf(scene: Scene, key: string): Promise<string[]> {
  const text = await scene.read();
  const block = text.slice(text.indexOf("# >>>"), text.indexOf("# <<<"));
  const found = block.matchAll(new RegExp(`\\b${key}: "([^"]*)"`, "g"));
  return [...found].map(([, value]) => value ?? "");
}

interface Told {
  readonly warnings: readonly {
    readonly code: string;
    readonly message: string;
    readonly hint: string | null;
  }[];
}

async function json(
  scene: Scene,
  ...args: string[]
): Promise<Told & { readonly code: number }> {
  const { code, stdout } = await scene.run("--json", ...args);
  const report: Told = JSON.parse(stdout);
  return { code, warnings: report.warnings };
}

/** Ollama with an embedding model that only its details tell. */
function ollama(): Script {
  return (_, { method, path, body }) => {
    if (method === "GET") {
      const names = ["qwen3:8b", "granite-vectors:30m", "llava:7b"];
      return {
        kind: "answers",
        body: { models: names.map((name) => ({ name, model: name })) },
      };
    }
    assertEquals(path, "/api/show");
    const { model }: { model: string } = JSON.parse(body ?? "");
    const abilities = new Map([
      ["qwen3:8b", ["completion", "tools", "thinking"]],
      ["granite-vectors:30m", ["embedding"]],
      ["llava:7b", ["completion", "vision"]],
    ]).get(model);
    return {
      kind: "answers",
      body: {
        capabilities: abilities,
        model_info: {
          "general.architecture": "qwen3",
          "qwen3.context_length": 40960,
        },
      },
    };
  };
}

Deno.test("the program adds Groq and a local server, each under its name", async () => {
  await using groq = await startStandIn({
    kind: "answers",
    body: { data: [{ id: "llama-9" }, { id: "groq/compound" }] },
  });
  await using lab = await startStandIn({
    kind: "answers",
    body: { data: [{ id: "big/one", max_model_len: 9000 }] },
  });
  await using scene = await setScene();
  await scene.write(
    `providers:
  groq: { include: ["llama-*"] }
  lab: { kind: openai-compatible, base_url: "${lab.base}/v1", key: DISCOVER_LAB_KEY, name: "my/{provider}/{id}" }
aliases:
  fast: [groq mixtral-*, groq llama-*]
`,
    "discover.yaml",
  );
  const env = {
    ...scene.env,
    GROQ_API_KEY: "gsk-5ecre7",
    GROQ_API_BASE: `${groq.base}/openai/v1`,
    DISCOVER_LAB_KEY: LAB_KEY,
  };
  const { code, stderr } = await scene.runWith(
    { env },
    "--config",
    scene.config,
  );
  assertEquals([code, stderr.includes("warning")], [0, false]);
  const names = await valuesOf(scene, "model_name");
  for (
    const name of [
      "groq/llama-9",
      "my/lab/big/one",
      "fast",
    ]
  ) assert(names.includes(name), name);
  assert(!names.includes("groq/groq/compound"));
  const [request] = lab.requests;
  assertEquals(request?.headers.get("authorization"), `Bearer ${LAB_KEY}`);
  const text = await scene.read();
  assertStringIncludes(
    text,
    `    litellm_params:
      model: "hosted_vllm/big/one"
      api_key: "os.environ/DISCOVER_LAB_KEY"
      api_base: "${lab.base}/v1"
    model_info:
      id: "discover:lab/big/one"
      mode: "chat"
      display_name: "big/one (lab)"
      max_input_tokens: 9000
`,
  );
  assertStringIncludes(text, 'model: "groq/llama-9"\n');
});

Deno.test("the program offers Ollama's models without those that only embed, with their base", async () => {
  await using server = await startStandIn(ollama());
  await using scene = await setScene();
  await scene.write(
    `providers: { ollama: { base_url: "${server.base}" } }\n`,
    "discover.yaml",
  );
  const { code } = await scene.run("--only", "ollama");
  assertEquals(code, 0);
  assertEquals(await valuesOf(scene, "model_name"), [
    "ollama/llava:7b",
    "ollama/qwen3:8b",
  ]);
  assertEquals(await valuesOf(scene, "api_base"), [server.base, server.base]);
  assertEquals(await valuesOf(scene, "api_key"), []);
  const text = await scene.read();
  assertStringIncludes(text, "max_input_tokens: 40960");
  assertEquals(text.match(/supports_vision/g)?.length, 1);
  assertEquals(text.match(/supports_function_calling/g)?.length, 1);
});

Deno.test("the program keeps Ollama's models when their details are slow, as for any late answer", async () => {
  await using server = await startStandIn((_, { method }) =>
    method === "GET"
      ? { kind: "answers", body: { models: [{ name: "qwen3:8b" }] } }
      : { kind: "hangs", where: "answer" }
  );
  await using scene = await setScene();
  await scene.write(
    `timeout: 300ms\nproviders: { ollama: { base_url: "${server.base}" } }\n`,
    "discover.yaml",
  );
  const { code, warnings } = await json(scene);
  assertEquals(code, 0);
  const failed = warnings.find(({ code }) => code === "provider-failed");
  assertStringIncludes(failed?.message ?? "", "timed out after 0.3 s");
});

Deno.test("a provider that the settings turn off loses its section, and no other", async () => {
  await using scene = await setScene();
  await scene.run();
  const before = await valuesOf(scene, "id");
  assert(before.some((id) => id.startsWith("discover:xai/")));
  await scene.write("providers: { xai: false }\n", "discover.yaml");
  assertEquals((await scene.run()).code, 0);
  const after = await valuesOf(scene, "id");
  assertEquals(
    after,
    before.filter((id) => !/xai\/|alias\/(claude\/)?grok/.test(id)),
  );
});

Deno.test("a provider that the settings no longer name keeps its section", async () => {
  await using scene = await setScene();
  await using server = await startStandIn(list({ id: "small" }));
  await scene.write(own("lab", server.base), "discover.yaml");
  await scene.run();
  const before = await scene.read();
  assertStringIncludes(before, "discover:lab/small");
  await Deno.remove(scene.path("discover.yaml"));
  assertEquals((await scene.run()).code, 0);
  assertEquals(await scene.read(), before);
});

Deno.test("next to a wildcard for everything the block is empty, reported once, until the settings say otherwise", async () => {
  const mine = `model_list:
  - model_name: "*"
    litellm_params: { model: "openrouter/*" }
`;
  await using scene = await setScene(mine);
  const { code, stderr } = await scene.run();
  const shown = stderr.replaceAll(/\s+/g, " ");
  assertEquals(code, 0, stderr);
  assertStringIncludes(
    shown,
    '! line 2: no models were added: your wildcard "*" already answers calls to their names',
  );
  assertStringIncludes(
    shown,
    "set over_wildcards: true in discover.yaml to add",
  );
  assertEquals(stderr.match(/left to your wildcards:/g)?.length, 1);
  const text = await scene.read();
  assertEquals(withoutBlock(text), mine);
  assertEquals(blockNames(text), []);
  assertStringIncludes(text, "# <<< discover");

  const second = await json(scene);
  assertEquals(second.code, 0);
  assertEquals(second.warnings.map(({ code }) => code), ["all-covered"]);
  assertEquals(await scene.read(), text);
  assertEquals((await scene.run("--check")).code, 0);

  await scene.write("over_wildcards: true\n", "discover.yaml");
  assertEquals((await json(scene)).warnings, []);
  assertEquals(blockNames(await scene.read()), FEW_NAMES);
});

function list(...data: object[]): Behaviour {
  return { kind: "answers", body: { data } };
}

function own(id: string, base: string): string {
  return `providers:\n  ${id}:\n    kind: openai-compatible\n    base_url: "${base}"\n`;
}

Deno.test("a provider that the settings name without a key is a failure", async () => {
  await using scene = await setScene();
  await scene.write("providers: { groq: {} }\n", "discover.yaml");
  const { code, warnings } = await json(scene);
  assertEquals(code, 0);
  assertEquals(warnings.map(({ code, message }) => [code, message]), [
    ["no-key", "Groq: no key in GROQ_API_KEY"],
  ]);
  assertEquals((await scene.run("--strict")).code, 1);
  assertEquals((await scene.run("--check")).code, 1);
});

Deno.test("a filter and an alias that match nothing are told with the nearest ids", async () => {
  await using scene = await setScene();
  await scene.write(
    `providers: { gemini: { include: ["gemini-*", "gemni-2*"] } }
aliases: { quick: xai grook-* }
`,
    "discover.yaml",
  );
  const { code, warnings } = await json(scene);
  assertEquals(code, 0);
  const misses = warnings.filter(({ code }) => code === "no-match");
  assertEquals(misses.map(({ message }) => message), [
    'Gemini: no model matches "gemni-2*"',
    'alias "quick": no model matches xai grook-*',
  ]);
  for (const { hint } of misses) {
    assertStringIncludes(hint ?? "", "closest ids: g");
  }
});

Deno.test("a filter for shut-down models says so, and retired: keep offers them", async () => {
  await using scene = await setScene(undefined, {});
  const settings = (more: string): Promise<void> =>
    scene.write(
      `providers: { gemini: { include: ["gemini-2.0-*"]${more} } }\n`,
      "discover.yaml",
    );
  await settings("");
  const { warnings } = await json(scene, "--only", "gemini");
  assertEquals(warnings.map(({ code }) => code), ["all-retired"]);
  await settings(", retired: keep");
  await scene.run("--only", "gemini");
  const names = await valuesOf(scene, "model_name");
  assert(names.some((name) => name.startsWith("gemini-2.0-")));
});

Deno.test("include: [google/*] means exactly that, and limit the newest of it", async () => {
  await using scene = await setScene(undefined, {});
  await scene.write(
    'providers: { openrouter: { include: ["google/*"], limit: 2 } }\n',
    "discover.yaml",
  );
  await scene.run("--only", "openrouter");
  const ids = (await valuesOf(scene, "id")).filter((id) =>
    id.startsWith("discover:openrouter/")
  );
  assertEquals(ids.length, 2);
  for (const id of ids) assertStringIncludes(id, "openrouter/google/");
});

Deno.test("a mistake in discover.yaml stops the run before anything is asked", async () => {
  await using scene = await setScene();
  await scene.write("providers:\n  gemini: { limt: 3 }\n", "discover.yaml");
  const before = await scene.read();
  const { code, stderr } = await scene.run();
  assertEquals(code, 2);
  assertStringIncludes(stderr, 'line 2: limt of "gemini": unknown key');
  assertStringIncludes(stderr, "did you mean limit?");
  assertEquals(await scene.read(), before);
  assertEquals(scene.providers.gemini.requests.length, 0);
});

Deno.test("a variable in small letters, which the program may not read, is a mistake in discover.yaml", async () => {
  await using scene = await setScene();
  const text = "providers: { lab: { kind: vllm, key: discover_lab_key } }\n";
  await scene.write(text, "discover.yaml");
  const { code, stderr } = await scene.run();
  assertEquals(code, 2, stderr);
  assertStringIncludes(stderr, "in capitals");
});

Deno.test("--settings names another file, and must name one that is there", async () => {
  await using scene = await setScene();
  await scene.write("providers: { xai: false }\n", "other.yaml");
  assertEquals((await scene.run("--settings", "other.yaml")).code, 0);
  assertEquals(scene.providers.xai.requests.length, 0);
  const { code, stderr } = await scene.run("--settings", "none.yaml");
  assertEquals(code, 2);
  assertStringIncludes(stderr, '--settings "none.yaml": not found');
});

Deno.test("a server at a host that the program cannot reach fails alone, with a hint that needs no build", async () => {
  await using scene = await setScene();
  await scene.write(own("lab", "http://gpu.example:8000/v1"), "discover.yaml");
  const { code, stderr } = await scene.run();
  assertEquals(code, 0, stderr);
  const said = stderr.replace(/\s+/g, " ");
  const place = `settings "${seenPath(scene.path("discover.yaml"))}", line 4: `;
  assertStringIncludes(said, `${place}base_url of "lab": this program was not`);
  assertStringIncludes(said, "as http://192.168.1.20:8000/v1, or a private");
  assertStringIncludes(said, "(ssh -L 8000:gpu.example:8000 USER@HOST)");
  assertEquals(said.includes("deno"), false, said);
  assertEquals(blockNames(await scene.read()), FEW_NAMES);
});

Deno.test("--init writes a file that the program takes, and never over another", async () => {
  await using scene = await setScene();
  const env = { ...scene.env, MISTRAL_API_KEY: "mistral-5ecre7" };
  const init = (): ReturnType<Scene["runWith"]> =>
    scene.runWith({ env }, "--config", scene.config, "--init");
  if (!onWindows) await Deno.chmod(scene.config, 0o640);
  assertEquals((await init()).code, 0);
  const text = await scene.read("discover.yaml");
  const { mode } = await Deno.stat(scene.path("discover.yaml"));
  if (!onWindows) assertEquals((mode ?? 0) & 0o777, 0o640);
  assertStringIncludes(text, "\n  mistral: {}  # MISTRAL_API_KEY was found");
  assertStringIncludes(text, "\n  # groq: {}  # GROQ_API_KEY");
  assertEquals((await init()).code, 2);
  assertEquals(await scene.read("discover.yaml"), text);
  assertEquals((await scene.run()).code, 0);
});

Deno.test("--init names the flag that leads it elsewhere", async () => {
  await using scene = await setScene();
  const { code, stderr } = await scene.runWith(
    {},
    ...[
      "--config",
      scene.config,
      "--init",
      "--settings",
      scene.path("no/d.yaml"),
    ],
  );
  assertEquals(code, 3, stderr);
  assertStringIncludes(stderr, "or name another file with --settings");
});

Deno.test("--list-providers shows every provider, its variable and state, and no key", async () => {
  await using scene = await setScene();
  await scene.write(
    `providers:
  xai: false
  lab: { kind: vllm, key: DISCOVER_LAB_KEY }
`,
    "discover.yaml",
  );
  const env = { ...scene.env, DISCOVER_LAB_KEY: LAB_KEY };
  const run = (...more: string[]): ReturnType<Scene["runWith"]> =>
    scene.runWith(
      { env },
      "--config",
      scene.config,
      "--list-providers",
      ...more,
    );
  const { code, stdout } = await run();
  assertEquals(code, 0);
  const rows = stdout.trimEnd().split("\n").map((line) => line.split(/\s{2,}/));
  const rowOf = (id: string): unknown =>
    rows.find(([first]) => first === id)?.slice(1);
  assertEquals(rowOf("openrouter"), [
    ...["on", "OPENROUTER_API_KEY from the environment"],
  ]);
  assertEquals(rowOf("xai"), ["off", "XAI_API_KEY from the environment"]);
  assertEquals(rowOf("groq"), ["off", "not found: GROQ_API_KEY"]);
  assertEquals(rowOf("ollama"), ["off", "not needed"]);
  assertEquals(rowOf("lab"), ["on", "DISCOVER_LAB_KEY from the environment"]);
  const listed: { kind: string; providers: object[] } = JSON.parse(
    (await run("--json")).stdout,
  );
  assertEquals(listed.kind, "providers");
  assertEquals(listed.providers.length, PROVIDERS.length + 1);
  assertEquals(scene.providers.openrouter.requests.length, 0);
});

Deno.test("--list-providers works where there is no config", async () => {
  await using scene = await setScene();
  await Deno.remove(scene.config);
  const { code, stdout } = await scene.runWith({}, "--list-providers");
  assertEquals(code, 0);
  assertStringIncludes(stdout, "openrouter");
});

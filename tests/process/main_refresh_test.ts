import {
  assert,
  assertEquals,
  assertStringIncludes,
} from "../support/assert.ts";
import { onWindows } from "../support/program.ts";
import {
  blockNames,
  FEW_MODELS,
  FEW_NAMES,
  geminiModels,
  MINE,
  openRouterModels,
  parseReport,
  setScene,
  withoutBlock,
  xaiModels,
} from "../support/scene.ts";
import { hasEnded, withLifecycle } from "../../lib/providers/lifecycle.ts";
import { isOfKey, readCatalog } from "../support/stand_in_providers.ts";

/** What a file is, so that a write that changes nothing shows, too. */
async function stateOf(path: string): Promise<unknown> {
  const { mtime, size, ino } = await Deno.stat(path);
  return [mtime?.getTime(), size, ino];
}

Deno.test("a first run adds the block and keeps every other byte", async () => {
  await using scene = await setScene();
  const { code, stderr } = await scene.run();
  assertEquals(code, 0, stderr);
  const text = await scene.read();
  assertEquals(withoutBlock(text), MINE);
  assertEquals(blockNames(text), FEW_NAMES);
  assertStringIncludes(
    text,
    `  - model_name: "grok-4.5"
    litellm_params:
      model: "xai/grok-4.5"
      api_key: "os.environ/XAI_API_KEY"
    model_info:
      id: "discover:xai/grok-4.5"
      mode: "chat"
`,
  );
  assertEquals(await scene.read("config.yaml.bak"), MINE);
  assertEquals(await scene.read("config.yaml.before-discover"), MINE);
  assertEquals(stderr.includes("Added the block to"), true, stderr);
});

/** Which of the recorded ones have ended depends on the day. */
async function geminiNamesOf(date: Date): Promise<string[]> {
  const texts = await Promise.all(
    ["page-1", "page-2"].map(async (page) =>
      JSON.stringify(await readCatalog(`gemini-2026-11-${page}`))
    ),
  );
  const chat =
    /"models\/(gemini-\d[\d.]*-(?:flash|pro)(?:-lite)?(?:-001|-preview)?)"/g;
  const today = date.toISOString().slice(0, 10);
  return [...texts.join().matchAll(chat)].map(([, id = ""]) => id)
    .filter((id) => !hasEnded(withLifecycle("gemini", { id }), today))
    .toSorted();
}

Deno.test("the block of the recorded catalogs is what the providers offer", async () => {
  await using scene = await setScene(MINE, {});
  const { code, stderr } = await scene.run();
  assertEquals(code, 0, stderr);
  const text = await scene.read();
  const names = blockNames(text);
  const gemini = names.filter((name) => /^gemini-\d/.test(name));
  assertEquals(gemini, await geminiNamesOf(new Date()));
  assertEquals(names.length - gemini.length, (17 + 3) + 5 + 3 + 8);
  for (const name of names) {
    assert(/^(claude|grok|gemini)(-|$)/.test(name), name);
  }
  assertEquals(names.filter((name) => name.startsWith("gemini-2.0")), []);
  assertEquals(/\b(cost|price|pricing)/.test(text), false);
  assertStringIncludes(text, "      max_input_tokens: 1000000\n");
});

Deno.test("a second run writes nothing", async () => {
  await using scene = await setScene();
  await scene.run();
  const names = await scene.names();
  const before = await Promise.all(
    names.map((name) => stateOf(scene.path(name))),
  );
  const { code, stderr } = await scene.run();
  assertEquals(code, 0, stderr);
  assertStringIncludes(stderr, "Already up to date");
  assertEquals(await scene.names(), names);
  const after = await Promise.all(
    names.map((name) => stateOf(scene.path(name))),
  );
  assertEquals(after, before);
});

Deno.test("--remove gives back the file of before the first run", async () => {
  const texts = [
    ...[MINE, MINE.replaceAll("\n", "\r\n"), MINE.replaceAll("\n", "\r")],
    "litellm_settings: {}",
    "model_list: []\nlitellm_settings: {}\n",
    "model_list: ~ # none yet\r\nlitellm_settings: {}\r\n",
    "litellm_settings: {}\rmodel_list:\r  [\r  ]",
  ];
  await Promise.all(texts.map(async (mine) => {
    await using scene = await setScene(mine);
    await scene.run();
    assertEquals(blockNames(await scene.read()), FEW_NAMES);
    const { code, stderr } = await scene.runWith(
      // No key, no provider: taking the block out needs neither.
      { env: {} },
      ...["--config", scene.config, "--remove"],
    );
    assertEquals(code, 0, stderr);
    assertEquals(await scene.read(), mine);
    assertStringIncludes(stderr, "Removed the block");
  }));
});

Deno.test("a new model comes, a retired one goes, an alias follows", async () => {
  let ids = ["grok-4.3", "grok-build-0.1"];
  await using scene = await setScene(MINE, {
    ...FEW_MODELS,
    xai: () => xaiModels(...ids),
  });
  await scene.run();
  const first = await scene.read();
  ids = ["grok-4.3", "grok-4.5"];
  const { stdout } = await scene.run("--json");
  const report = parseReport(stdout);
  assertEquals(report["result"], "updated");
  assertEquals(report["models"], {
    added: ["grok-4.5"],
    removed: ["grok-build-0.1"],
    kept: 3,
    renamed: [],
    rerouted: [],
  });
  const text = await scene.read();
  assertStringIncludes(text, 'id: "discover:alias/grok"');
  assertEquals(text.match(/model: "xai\/grok-4\.5"/g)?.length, 2);
  assertEquals(withoutBlock(text), MINE);
  assertEquals(await scene.read("config.yaml.bak"), first);
  assertEquals(await scene.read("config.yaml.before-discover"), MINE);
});

Deno.test("a name whose capitals alone changed is renamed, not gone and new", async () => {
  let id = "grok-4.5-Fast";
  await using scene = await setScene(MINE, {
    ...FEW_MODELS,
    xai: () => xaiModels(id),
  });
  await scene.run();
  id = "grok-4.5-fast";
  const stat = await scene.run("--stat");
  assertStringIncludes(stat.stdout, ": 1 name renamed. Run without --stat");
  const { code, stderr } = await scene.run();
  assertEquals(code, 0, stderr);
  assertStringIncludes(stderr, "1 name renamed");
  assertStringIncludes(stderr, "grok-4.5-Fast -> grok-4.5-fast");
  assertEquals(/added|removed|was grok/.test(stderr), false, stderr);
});

Deno.test("a provider that fails keeps its section and its aliases", async () => {
  let isDown = false;
  await using scene = await setScene(MINE, {
    ...FEW_MODELS,
    xai: () => isDown ? { kind: "status", status: 500 } : xaiModels("grok-4.5"),
    gemini: () =>
      geminiModels(...isDown ? ["gemini-3.9-flash"] : ["gemini-3.8-flash"]),
  });
  await scene.run();
  const xaiSection = sectionOf(await scene.read(), "xai");
  assertStringIncludes(xaiSection, '"grok-4.5"');
  isDown = true;
  const { code, stderr, stdout } = await scene.run("--json");
  assertEquals(code, 0, stderr);
  const text = await scene.read();
  assertEquals(sectionOf(text, "xai"), xaiSection);
  const names = blockNames(text);
  assertEquals(names.includes("gemini-3.9-flash"), true);
  assertEquals(names.includes("gemini-3.8-flash"), false);
  assertEquals(names.includes("grok"), true);
  assertStringIncludes(stdout, '"code": "provider-failed"');
  assertStringIncludes(stderr, "HTTP 500 from 127.0.0.1:");
});

Deno.test("an answer without a single chat model counts as failed", async () => {
  let isEmpty = false;
  await using scene = await setScene(MINE, {
    ...FEW_MODELS,
    openrouter: (_, { path }) =>
      isOfKey(path)
        ? { kind: "answers", body: { data: {} } }
        : openRouterModels(...isEmpty ? [] : ["anthropic/claude-sonnet-5"]),
  });
  await scene.run();
  const first = await scene.read();
  isEmpty = true;
  const { code, stderr } = await scene.run();
  assertEquals(code, 0);
  assertStringIncludes(stderr, "model list has no chat models");
  assertEquals(await scene.read(), first);
});

function sectionOf(text: string, id: string): string {
  const [, section = ""] = new RegExp(`(# -- ${id}: .*?)\\n *# `, "s")
    .exec(text) ?? [];
  return section;
}

Deno.test("when no provider answers, nothing is written and the code is 1", async () => {
  await using scene = await setScene(MINE, {
    openrouter: { kind: "refuses" },
    xai: { kind: "status", status: 429 },
    gemini: { kind: "answers", body: [] },
  });
  const { code, stderr } = await scene.run();
  assertEquals(code, 1, stderr);
  assertStringIncludes(stderr, "No provider returned a model list; ");
  assertEquals(await scene.read(), MINE);
  assertEquals(await scene.names(), ["config.yaml"]);
});

Deno.test("--strict reports a failure with code 1 and writes what came", async () => {
  await using scene = await setScene(MINE, {
    ...FEW_MODELS,
    xai: { kind: "status", status: 503 },
  });
  const { code, stderr } = await scene.run("--strict");
  assertEquals(code, 1, stderr);
  assertEquals(
    blockNames(await scene.read()).includes("gemini-3.8-flash"),
    true,
  );
  assertStringIncludes(stderr, "Not every provider returned a model list");
});

Deno.test("--only asks one provider and keeps the sections of the others", async () => {
  let n = 0;
  await using scene = await setScene(MINE, {
    ...FEW_MODELS,
    xai: () => xaiModels(`grok-4.${n}`),
    gemini: () => geminiModels(`gemini-4.${n}-flash`),
  });
  await scene.run();
  n = 1;
  const asked = scene.providers.xai.requests.length;
  const { code, stderr } = await scene.run("--only", "gemini");
  assertEquals(code, 0, stderr);
  assertEquals(scene.providers.xai.requests.length, asked);
  const names = blockNames(await scene.read());
  assertEquals(names.includes("gemini-4.1-flash"), true);
  assertEquals(names.includes("grok-4.0"), true);
  assertEquals(names.includes("grok"), true);
});

Deno.test("hand-written names win, aliases' names among them", async () => {
  const mine = `model_list:
  - model_name: grok-4.5
    litellm_params: {model: openai/mine}
  - model_name: anthropic/*
    litellm_params: {model: anthropic/*}
router_settings:
  model_group_alias: {gemini-flash: grok-4.5}
include: [more.yaml]
`;
  await using scene = await setScene(mine);
  await scene.write(
    "model_list:\n- model_name: claude-fallback\n  litellm_params: {}\n",
    "more.yaml",
  );
  const { stdout } = await scene.run("--json");
  assertEquals(blockNames(await scene.read()), [
    "openrouter/anthropic/claude-sonnet-5",
    "gemini-3.8-flash",
    "grok",
    "gemini",
  ]);
  assertEquals(parseReport(stdout)["skipped"], [
    { name: "grok-4.5", reason: "hand-written" },
    { name: "claude-fallback", reason: "hand-written" },
    { name: "gemini-flash", reason: "hand-written" },
  ]);
});

Deno.test("an edit between the markers is overwritten, kept aside and told", async () => {
  await using scene = await setScene();
  await scene.run();
  const written = await scene.read();
  const edited = written.replace("xai/grok-4.5", "xai/grok-by-hand");
  await scene.write(edited);
  const { code, stderr } = await scene.run();
  assertEquals(code, 0, stderr);
  assertEquals(await scene.read(), written);
  assertStringIncludes(stderr, "the block was edited by hand");
  const copies = (await scene.names()).filter((name) =>
    /^config\.yaml\.edited-[0-9a-f]{12}$/.test(name)
  );
  assertEquals(copies.length, 1);
  assertEquals(await scene.read(copies[0]), edited);
  assertStringIncludes(stderr, `your copy is ${copies[0]}; to make`);
});

Deno.test("an edited section of a provider that fails is kept as it is", async () => {
  let isDown = false;
  await using scene = await setScene(MINE, {
    ...FEW_MODELS,
    xai: () => isDown ? { kind: "status", status: 500 } : xaiModels("grok-4.5"),
  });
  await scene.run();
  isDown = true;
  const written = await scene.read();
  const edited = written.replace('"xai/grok-4.5"', '"xai/grok-by-hand"');
  await scene.write(edited);
  await scene.run();
  const text = await scene.read();
  assertEquals(
    sectionOf(text, "xai"),
    sectionOf(edited, "xai"),
    "an edit must not pass for ours",
  );
  const { stderr } = await scene.run();
  assertStringIncludes(stderr, "the block was edited by hand");
});

Deno.test({
  name: "a symbolic link stays one; the file behind it changes, mode kept",
  ignore: onWindows,
  fn: async () => {
    await using scene = await setScene();
    await Deno.mkdir(scene.path("real"));
    await Deno.rename(scene.config, scene.path("real/models.yaml"));
    await Deno.chmod(scene.path("real/models.yaml"), 0o640);
    await Deno.symlink("real/models.yaml", scene.config);
    const { code, stderr } = await scene.run();
    assertEquals(code, 0, stderr);
    assertEquals((await Deno.lstat(scene.config)).isSymlink, true);
    const { mode } = await Deno.stat(scene.config);
    assertEquals((mode ?? 0) & 0o777, 0o640);
    assertEquals(
      blockNames(await scene.read("real/models.yaml")),
      FEW_NAMES,
    );
    assertEquals(await scene.read("real/models.yaml.bak"), MINE);
    await Deno.remove(scene.path("real"), { recursive: true });
  },
});

Deno.test("the config is found in the working directory and by DISCOVER_CONFIG", async () => {
  await using scene = await setScene();
  await scene.write("litellm_settings: {}\n", "other.yaml");
  const { env } = scene;
  const [here, named] = await Promise.all([
    scene.runWith({ env }),
    scene.runWith({
      env: { ...env, DISCOVER_CONFIG: scene.path("other.yaml") },
    }),
  ]);
  assertEquals([here.code, named.code], [0, 0], here.stderr + named.stderr);
  assertEquals(blockNames(await scene.read()), FEW_NAMES);
  assertEquals(blockNames(await scene.read("other.yaml")), FEW_NAMES);
});

Deno.test("a config in cp1252 keeps its bytes and gets an advice", async () => {
  const mine = new Uint8Array([
    ...new TextEncoder().encode("model_list:\n- model_name: gr"),
    0xfc,
    ...new TextEncoder().encode("n\n  litellm_params: {}\n"),
  ]);
  await using scene = await setScene(mine);
  const { code, stderr } = await scene.run();
  assertEquals(code, 0, stderr);
  assertStringIncludes(stderr, "the config is not UTF-8");
  const bytes = await Deno.readFile(scene.config);
  assertEquals(bytes.subarray(0, mine.length), mine);
});

import { assertEquals, assertStringIncludes } from "../support/assert.ts";
import { seenPath } from "../support/program.ts";
import {
  assertRefused,
  blockNames,
  FEW_NAMES,
  parseReport,
  type Scene,
  setScene,
} from "../support/scene.ts";

const CLAUDE_MAIN = `model_list:
  - model_name: claude-main
    litellm_params: {model: anthropic/claude-opus-5, api_key: os.environ/K}
`;

/** The warnings of a run as `--json` has them, without their hints. */
async function warningsOf(scene: Scene): Promise<unknown[]> {
  const { stdout } = await scene.run("--json");
  const { warnings } = parseReport(stdout);
  return Array.isArray(warnings)
    ? warnings.map(({ code, file, line, message }) => [
      code,
      file,
      line,
      message,
    ])
    : [];
}

async function write(
  scene: Scene,
  files: Readonly<Record<string, string>>,
): Promise<void> {
  await Deno.mkdir(scene.path("sub"), { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    await scene.write(text, name);
  }
}

Deno.test("a name two includes away is not written a second time", async () => {
  await using scene = await setScene("include:\n  - sub/models.yaml\n");
  await write(scene, {
    "sub/models.yaml": `${CLAUDE_MAIN}include: [google.yaml]\n`,
    "sub/google.yaml": "model_list:\n  - model_name: grok\n" +
      "    litellm_params: {model: vertex_ai/gemini-2.5-pro, api_key: k}\n",
  });
  const { code, stderr } = await scene.run();
  assertEquals(code, 0);
  const names = blockNames(await scene.read());
  assertEquals(names, FEW_NAMES.filter((name) => name !== "grok"));
  assertStringIncludes(stderr, "grok");
  // Else the next runs would see the included files as folders.
  await Deno.remove(scene.path("sub"), { recursive: true });
});

Deno.test("a second block in one merged config is refused, with both paths", async () => {
  const text = "include:\n  - auto.yaml\ngeneral_settings: {}\n";
  await using scene = await setScene(text);
  await scene.write(CLAUDE_MAIN, "auto.yaml");
  const auto = scene.path("auto.yaml");
  await scene.runWith({}, "--config", auto);
  const withBlock = await scene.read("auto.yaml");
  assertEquals(blockNames(withBlock), FEW_NAMES);
  assertRefused(await scene.run(), {
    code: 3,
    text: `config "${seenPath(scene.config)}": "${
      seenPath(auto)
    }", which it includes, already has a block`,
    hint: "refresh that file instead",
  });
  assertEquals(await scene.read(), text);
  assertRefused(await scene.run("--remove"), {
    code: 3,
    text: `"${seenPath(auto)}", which it includes, already has a block`,
    hint: "refresh that file instead",
  });
  assertEquals(await scene.read("auto.yaml"), withBlock);
});

Deno.test("--remove takes this file's block, and says which other file has one", async () => {
  await using scene = await setScene(CLAUDE_MAIN);
  await scene.run();
  const { code } = await scene.runWith(
    {},
    ...["--config", scene.config, "--output", scene.path("auto.yaml")],
  );
  assertEquals(code, 0);
  await scene.write(`${await scene.read()}include: [auto.yaml]\n`);
  const refused = await scene.run();
  assertRefused(refused, { code: 3, text: "two blocks: one here, and one in" });
  const removed = await scene.run("--remove");
  assertEquals(removed.code, 0);
  assertEquals(await scene.read(), `${CLAUDE_MAIN}include: [auto.yaml]\n`);
  assertStringIncludes(
    removed.stderr.replace(/\s+/g, " "),
    `the included file "${seenPath(scene.path("auto.yaml"))}" also has a block`,
  );
});

Deno.test("advice looks at fallbacks in an included file, and names it", async () => {
  await using scene = await setScene(
    `include:\n  - routing.yaml\n${CLAUDE_MAIN}`,
  );
  await scene.write(
    "litellm_settings:\n  fallbacks: [{claude-main: [claude-falback]}]\n" +
      "router_settings:\n  model_group_alias: {fast: nothere}\n",
    "routing.yaml",
  );
  const routing = seenPath(scene.path("routing.yaml"));
  assertEquals(await warningsOf(scene), [
    [
      ...["unknown-alias", routing, 4],
      'model_group_alias "fast" resolves to "nothere", ' +
      "which is not defined in this config",
    ],
    [
      ...["unknown-fallback", routing, 2],
      'the fallback "claude-falback" is not defined in this config',
    ],
  ]);
});

Deno.test("advice says into which file a fallback belongs", async () => {
  await using scene = await setScene(
    `include:\n  - routing.yaml\n${CLAUDE_MAIN}` +
      "litellm_settings:\n  drop_params: true\n",
  );
  await scene.write("litellm_settings:\n  num_retries: 1\n", "routing.yaml");
  const { stderr } = await scene.run();
  const routing = seenPath(scene.path("routing.yaml"));
  assertStringIncludes(
    stderr.replace(/\s+/g, " "),
    `after line 1 of "${routing}", add: fallbacks: ` +
      "[{claude-main: [claude-fallback]}]",
  );
});

for (
  const [what, include, text] of [
    [
      "missing",
      "[nothere.yaml]",
      'LiteLLM refuses include "nothere.yaml": no such file',
    ],
    [
      "no list",
      "nothere.yaml",
      "LiteLLM refuses include: not a list of file names",
    ],
    ["a folder", "[sub]", 'LiteLLM refuses include "sub": no such file'],
  ] as const
) {
  Deno.test(`an include that is ${what} is one warning, and the models are written`, async () => {
    await using scene = await setScene(`include: ${include}\n${CLAUDE_MAIN}`);
    await Deno.mkdir(scene.path("sub"));
    const warnings = await warningsOf(scene);
    assertEquals(warnings, [["broken-include", null, 1, text]]);
    assertEquals(blockNames(await scene.read()), FEW_NAMES);
    await Deno.remove(scene.path("sub"));
  });
}

Deno.test("of an include that is too large for a run its keys are not known either", async () => {
  await using scene = await setScene(`include: [inc.yaml]\n${CLAUDE_MAIN}`);
  await scene.write(new Uint8Array(8 * 1024 * 1024 + 1).fill(0x23), "inc.yaml");
  const large = await scene.run();
  assertStringIncludes(
    large.stderr.replace(/\s+/g, " "),
    "this run does not know the names, fallbacks and keys in it",
  );
  await scene.write("list: [-]\n", "inc.yaml");
  const broken = await scene.run();
  assertStringIncludes(
    broken.stderr.replace(/\s+/g, " "),
    "this run does not know the names and fallbacks in it",
  );
});

Deno.test("a name in a variable that is set is not written a second time", async () => {
  await using scene = await setScene(
    "model_list:\n  - model_name: os.environ/DISCOVER_MAIN\n" +
      "    litellm_params: {model: openai/a, api_key: k}\n",
  );
  const env = { ...scene.env, DISCOVER_MAIN: "grok" };
  await scene.runWith({ env }, "--config", scene.config);
  const names = blockNames(await scene.read());
  assertEquals(names, FEW_NAMES.filter((name) => name !== "grok"));
});

Deno.test("--output into another folder warns of includes that LiteLLM will not find there", async () => {
  await using scene = await setScene(`include: [inc.yaml]\n${CLAUDE_MAIN}`);
  await scene.write("litellm_settings: {num_retries: 1}\n", "inc.yaml");
  await Deno.mkdir(scene.path("out"));
  const codesFor = async (output: string): Promise<string> => {
    const { stdout, code, stderr } = await scene.run("-o", output, "--json");
    assertEquals(code, 0, stderr);
    return JSON.stringify(parseReport(stdout)["warnings"]);
  };
  const moved = await codesFor(scene.path("out/config.yaml"));
  assertStringIncludes(moved, '"code":"include-left-behind"');
  const beside = await codesFor(scene.path("out.yaml"));
  assertEquals(beside.includes("include-left-behind"), false, beside);
});

import { assertEquals, assertStringIncludes } from "../support/assert.ts";
import { onWindows, type RunResult, seenPath } from "../support/program.ts";
import {
  assertRefused,
  MINE,
  type Scene,
  setScene,
  withoutBlock,
} from "../support/scene.ts";

const BEGIN = "  # >>> discover: auto-discovered models >>>\n";
const END = "  # <<< discover: auto-discovered models <<<\n";
const ITEM = "  - model_name: a\n    litellm_params: {model: openai/a}\n";
const utf16 = (text: string): Uint8Array =>
  new Uint8Array([
    ...[0xff, 0xfe],
    ...[...text].flatMap((char) => [char.charCodeAt(0), 0]),
  ]);

/** Configs that are refused; what is said about each, its own part's tests hold. */
const CONFIGS: readonly {
  readonly what: string;
  readonly config: string | Uint8Array;
  readonly line?: number;
}[] = [
  {
    what: "UTF-16",
    config: utf16(MINE),
    line: 1,
  },
  {
    what: "NUL bytes",
    config: "model_list:\n\0",
    line: 2,
  },
  { what: "an empty file", config: "" },
  {
    what: "text that is no YAML",
    config: "model_list:\n  - model_name: [a\nlitellm_settings: }\n",
    line: 3,
  },
  {
    what: "a tab for an indent",
    config: "model_list:\n\t- model_name: a\n",
    line: 2,
  },
  {
    what: "an unterminated quote",
    config: 'model_list:\n  - model_name: "a\n',
    line: 2,
  },
  {
    what: "a list instead of a mapping",
    config: "- model_name: a\n- model_name: b\n",
    line: 1,
  },
  { what: "plain text", config: "hello\n" },
  {
    what: "a docker-compose file",
    config: "services:\n  litellm:\n    image: litellm\n",
  },
  {
    what: "several documents",
    config: `${MINE}---\nmodel_list:\n${ITEM}`,
    line: 10,
  },
  {
    what: "two model_list keys",
    config: `model_list:\n${ITEM}model_list:\n${ITEM}`,
    line: 4,
  },
  {
    what: "an empty flow list with an anchor",
    config: "model_list: &none []\n",
    line: 1,
  },
  {
    what: "a flow list",
    config: "x: 1\nmodel_list: [{model_name: a}]\n",
    line: 2,
  },
  {
    what: "null with a tag",
    config: "model_list: !!null null\n",
    line: 1,
  },
  {
    what: "a mapping under model_list",
    config: "model_list:\n  gpt: {}\n",
    line: 1,
  },
  {
    what: "text under model_list",
    config: "model_list: all\n",
    line: 1,
  },
  {
    what: "a flow mapping as the root",
    config: "{model_list: []}\n",
    line: 1,
  },
  {
    what: "a block scalar that ends the file without a newline",
    config: "model_list:\n  - model_name: |\n      a",
  },
  {
    what: "a begin marker alone",
    config: `model_list:\n${ITEM}${BEGIN}${ITEM}`,
    line: 4,
  },
  {
    what: "an end marker alone",
    config: `model_list:\n${ITEM}${END}`,
    line: 4,
  },
  {
    what: "the markers exchanged",
    config: `model_list:\n${END}${ITEM}${BEGIN}`,
    line: 2,
  },
  {
    what: "a begin marker twice",
    config: `model_list:\n${BEGIN}${BEGIN}${ITEM}${END}`,
    line: 3,
  },
  {
    what: "an end marker twice",
    config: `model_list:\n${BEGIN}${ITEM}${END}${END}`,
    line: 6,
  },
  {
    what: "a block in a block",
    config: `model_list:\n${BEGIN}${BEGIN}${ITEM}${END}${END}`,
    line: 3,
  },
  {
    what: "two blocks",
    config: `model_list:\n${BEGIN}${ITEM}${END}${BEGIN}${END}`,
    line: 6,
  },
  {
    what: "a marker with extra text",
    config: `model_list:\n${BEGIN.trimEnd()} mine\n${ITEM}${END}`,
    line: 2,
  },
  {
    what: "a marker after other text",
    config: `model_list: ${BEGIN.trim()}\n${ITEM}${END}`,
    line: 1,
  },
  {
    what: "a marker in brackets",
    config: `model_list:\n  - {model_name: a,\n${BEGIN}    x: 1}\n${END}`,
    line: 3,
  },
  {
    what: "a block outside model_list",
    config: `model_list:\n${ITEM}router_settings:\n${BEGIN}${END}  x: 1\n`,
    line: 5,
  },
  {
    what: "markers of another indent",
    config: `model_list:\n${ITEM}${BEGIN.trim()}\n${END.trim()}\n`,
    line: 4,
  },
  {
    what: "a block of a newer format",
    config: `model_list:\n${BEGIN}  # Written by discover, format 99. Edits ` +
      `between the two markers are overwritten.\n${END}`,
    line: 3,
  },
  {
    what: "entries of ours that lost their markers",
    config: `model_list:
- litellm_params: {model: xai/grok-4.5}
  model_info: {id: 'discover:xai/grok-4.5'}
  model_name: grok-4.5
`,
  },
];

/** A run that was refused before anybody was asked. */
function assertNobodyAsked({ providers }: Scene): void {
  const { openrouter, xai, gemini } = providers;
  const asked = [openrouter, xai, gemini].map(({ requests }) =>
    requests.length
  );
  assertEquals(asked, [0, 0, 0], "a provider was asked");
}

/** A refused run: nothing written, no file more. */
async function assertUntouched(
  scene: Scene,
  config: string | Uint8Array,
): Promise<void> {
  const bytes = typeof config === "string"
    ? new TextEncoder().encode(config)
    : config;
  assertEquals(await Deno.readFile(scene.config), bytes);
  assertEquals(await scene.names(), ["config.yaml"]);
}

for (const { what, config, line } of CONFIGS) {
  Deno.test(`a config is refused: ${what}`, async () => {
    await using scene = await setScene(config);
    const result = await scene.run();
    const path = `config "${seenPath(scene.config)}"`;
    const text = line === undefined ? path : `${path}, line ${line}:`;
    assertRefused(result, { code: 3, text });
    await assertUntouched(scene, config);
  });
}

Deno.test("--dry-run, --check, --output and --remove refuse what a run refuses", async () => {
  const config = `model_list:\n${BEGIN}${ITEM}`;
  await using scene = await setScene(config);
  const out = scene.path("out.yaml");
  const results = await Promise.all(
    [["-n"], ["--check"], ["-o", out], ["--remove"]].map((args) =>
      scene.run(...args)
    ),
  );
  for (const result of results) {
    assertRefused(result, { code: 3, text: "begin marker without an end" });
  }
  await assertUntouched(scene, config);
});

Deno.test("--repair keeps a copy of comments in the entries that it takes in", async () => {
  await using scene = await setScene();
  await scene.run();
  const text = (await scene.read()).replace(/^ *# (?:>>>|<<<|--).*\n/gm, "");
  for (const mine of ["mine", "mine, too"]) {
    const edited = text.replace(/^( *)model_info:\n/m, `$&$1  # ${mine}\n`);
    await scene.write(edited);
    const { code, stderr } = await scene.run("--repair");
    assertEquals(code, 0, stderr);
    const copy = /your copy is (\S+\.edited-\w+)/.exec(stderr)?.[1] ?? "";
    assertEquals(await scene.read(copy), edited);
  }
});

Deno.test("a lost marker is refused, and --repair puts it back", async () => {
  await using scene = await setScene();
  await scene.run();
  const whole = await scene.read();
  const broken = whole.replace(END, "");
  await scene.write(broken);
  assertRefused(await scene.run(), {
    code: 3,
    text: "begin marker without an end marker",
    hint: "run discover --repair, or add `# <<< discover: ",
  });
  assertEquals(await scene.read(), broken);
  const { code, stderr } = await scene.run("--repair");
  assertEquals(code, 0, stderr);
  assertEquals(await scene.read(), whole);
  assertEquals((await scene.run("--check")).code, 0);
});

Deno.test("markers at another indent than their items are put right by the next run", async () => {
  await using scene = await setScene();
  await scene.run();
  const whole = await scene.read();
  await scene.write(whole.replace(BEGIN, BEGIN.trimStart()));
  assertEquals((await scene.run("--check")).code, 5);
  const { code, stderr } = await scene.run();
  assertEquals(code, 0, stderr);
  assertEquals(stderr.includes("edited"), false, stderr);
  assertEquals(await scene.read(), whole);
});

Deno.test("the values of a Helm chart and a template are refused by what they are", async () => {
  const configs = [
    {
      config: "image: {}\nproxy_config:\n  model_list: []\n",
      text: "line 3: model_list is inside",
      hint: "move LiteLLM's config to a file of its own",
    },
    {
      config: "model_list:\n{% for m in all %}\n",
      text: "line 2: an unrendered template",
      hint: "render it first",
    },
  ];
  for (const { config, text, hint } of configs) {
    await using scene = await setScene(config);
    const result = await scene.run();
    assertRefused(result, { code: 3, text, hint });
    assertEquals(result.stderr.includes("add a line"), false);
    await assertUntouched(scene, config);
  }
});

Deno.test("a config that is not there is named, or all that was tried", async () => {
  await using scene = await setScene();
  await Deno.mkdir(scene.path("empty"));
  const named = await scene.runWith({}, "-c", scene.path("none.yaml"));
  assertRefused(named, {
    code: 3,
    text: `config "${seenPath(scene.path("none.yaml"))}": not found`,
  });
  const anywhere = await scene.runWith({ cwd: scene.path("empty") });
  assertRefused(anywhere, {
    code: 3,
    text: "config: not found",
    hint: "looked for config.yaml, ",
  });
  assertStringIncludes(anywhere.stderr, "name it with --config");
});

Deno.test("a folder in place of the config is refused", async () => {
  await using scene = await setScene();
  await Deno.mkdir(scene.path("folder.yaml"));
  const result = await scene.runWith({}, "-c", scene.path("folder.yaml"));
  assertRefused(result, { code: 3, text: "a folder, not a file" });
});

Deno.test("a read-only config is refused before the answers are in", async () => {
  await using scene = await setScene();
  await Deno.chmod(scene.config, 0o444);
  const result = await scene.run();
  assertRefused(result, { code: 3, text: "read-only", hint: "make the file" });
  await assertUntouched(scene, MINE);
  await Deno.chmod(scene.config, 0o644);
});

Deno.test({
  name: "a symbolic link that leads nowhere, or back to itself, is refused",
  ignore: onWindows,
  fn: async () => {
    await using scene = await setScene();
    await Deno.symlink("none", scene.path("dangling.yaml"));
    await Deno.symlink("loop.yaml", scene.path("loop.yaml"));
    for (const name of ["dangling.yaml", "loop.yaml"]) {
      const result = await scene.runWith({}, "-c", scene.path(name));
      assertRefused(result, { code: 3, text: `${name}": ` });
    }
    assertEquals((await scene.names()).length, 3);
  },
});

/** Command lines that are refused with code 2. */
const USAGE: readonly {
  readonly args: readonly string[];
  readonly text: string;
  readonly hint?: string;
}[] = [
  {
    args: ["--dryrun"],
    text: 'unknown flag "--dryrun"',
    hint: "did you mean --dry-run?",
  },
  { args: ["-x"], text: 'unknown flag "-x"', hint: "discover --help" },
  { args: ["config.yaml"], text: 'unexpected argument "config.yaml"' },
  {
    args: ["--only", "grok,opnrouter"],
    text: 'unknown provider "grok"',
  },
  {
    args: ["--only", "opnrouter"],
    text: 'unknown provider "opnrouter"',
    hint: "did you mean openrouter?",
  },
  {
    args: ["--timeout", "soon"],
    text: '--timeout "soon": not a time between 1ms and 60s',
    hint: "write 2, 2s or 1500ms",
  },
  {
    args: ["--timeout", "soon", "--config", "not-there.yaml"],
    text: '--timeout "soon"',
  },
  {
    args: ["--log-file", "out.txt", "--output", "out.txt"],
    text: `--log-file "out.txt": that is --output's file`,
  },
  { args: ["--timeout", "0"], text: '--timeout "0"' },
  { args: ["--timeout=-1"], text: '--timeout "-1"' },
  { args: ["--timeout", "1e3"], text: '--timeout "1e3"' },
  { args: ["--timeout", "61"], text: '--timeout "61"' },
  { args: ["--timeout", "NaN"], text: '--timeout "NaN"' },
  { args: ["--timeout"], text: "--timeout needs a value" },
  { args: ["--output="], text: "--output needs a value" },
  {
    args: ["--check", "--dry-run"],
    text: "--dry-run cannot be used with --check",
  },
  { args: ["--check", "--remove"], text: "cannot be used with" },
  {
    args: ["--color", "sometimes"],
    text: '--color "sometimes": invalid value',
  },
  {
    args: ["--env-file", "none.env"],
    text: '--env-file "none.env": not found',
  },
  {
    args: ["--log-file", "config.yaml", "--config", "config.yaml"],
    text: "that is the config",
  },
];

Deno.test("a wrong flag or value is refused with code 2 and a hint", async () => {
  await using scene = await setScene();
  const results = await Promise.all(
    USAGE.map(({ args }): Promise<RunResult> => {
      const where = args.includes("--config") ? [] : ["-c", scene.config];
      return scene.runWith({}, ...where, ...args);
    }),
  );
  for (const [at, { text, hint }] of USAGE.entries()) {
    const result = results[at];
    if (!result) continue;
    assertRefused(result, { code: 2, text, ...(hint && { hint }) });
  }
  assertNobodyAsked(scene);
  await assertUntouched(scene, MINE);
});

/** Bases that may not be one, and what is said about them. */
const BASES: readonly {
  readonly env: Readonly<Record<string, string>>;
  readonly text: string;
  readonly hint: string;
}[] = [
  {
    env: { XAI_API_BASE: "api.x.ai" },
    text: "XAI_API_BASE from the environment: not an http(s) URL",
    hint: "write it as https://api.x.ai/v1",
  },
  {
    env: { XAI_API_BASE: "ftp://127.0.0.1/v1" },
    text: "XAI_API_BASE from the environment: not an http(s) URL",
    hint: "write it as https://api.x.ai/v1",
  },
  {
    env: { XAI_API_BASE: "http://user:pass@127.0.0.1/" },
    text: "XAI_API_BASE from the environment: more than a host and a path",
    hint: "write it as https://api.x.ai/v1",
  },
  {
    env: { XAI_API_BASE: "https://api.x.ai.evil.example/v1" },
    text: 'XAI_API_BASE from the environment: the host "api.x.ai.evil.example"',
    hint:
      "expected https://api.x.ai, https://*.api.x.ai or this machine's loopback",
  },
];

Deno.test("a base URL that is not allowed costs its provider alone, which keeps its earlier models", async () => {
  await using scene = await setScene();
  await scene.run();
  const before = await scene.read();
  const results = await Promise.all(
    BASES.map(({ env }) =>
      scene.runWith({ env: { ...scene.env, ...env } }, "-c", scene.config)
    ),
  );
  for (const [at, { text, hint }] of BASES.entries()) {
    const { code, stderr } = results[at] ?? { code: -1, stderr: "" };
    assertEquals(code, 0, stderr);
    for (const part of [text, hint, "earlier model"]) {
      assertStringIncludes(stderr, part);
    }
    assertEquals(stderr.includes("pass"), false);
  }
  assertEquals(await scene.read(), before);
});

Deno.test("a config with an alias bomb or a deep nesting ends soon, unharmed", async () => {
  const bomb = ["a0: &a0 [x, x]"];
  for (let n = 1; n < 40; n++) {
    bomb.push(`a${n}: &a${n} [*a${n - 1}, *a${n - 1}]`);
  }
  const deep = `x: ${"[".repeat(20_000)}${"]".repeat(20_000)}\n`;
  const configs = [`${bomb.join("\n")}\n${MINE}`, `${deep}${MINE}`];
  await Promise.all(configs.map(async (config) => {
    await using scene = await setScene(config);
    const { code, stderr } = await scene.run();
    const text = await scene.read();
    if (code === 0) assertEquals(withoutBlock(text), config);
    else {
      assertEquals(code, 3, stderr);
      assertEquals(text, config);
    }
  }));
});

Deno.test("--verbose shows no stack where the user has to change something", async () => {
  await using scene = await setScene("hello\n");
  for (
    const [args, expected] of [[[], 3], [["--only", "nobody"], 2]] as const
  ) {
    const { code, stderr } = await scene.run("-v", ...args);
    assertEquals(code, expected);
    assertEquals(stderr.match(/^ *at .*/m), null);
  }
});

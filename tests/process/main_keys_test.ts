import fc from "fast-check";
import {
  assert,
  assertEquals,
  assertStringIncludes,
} from "../support/assert.ts";
import {
  argsOf,
  findKey,
  type Misplacement,
  misplacement,
} from "../support/misplaced_keys.ts";
import { type RunResult, seenPath } from "../support/program.ts";
import {
  assertNoKey,
  basesOf,
  blockNames,
  FEW_MODELS,
  FEW_NAMES,
  MINE,
  parseReport,
  recognizableKeys,
  type Scene,
  setScene,
} from "../support/scene.ts";
import {
  type Cast,
  FAKE_KEYS,
  isOfKey,
  refusal,
  WRONG_KEY,
} from "../support/stand_in_providers.ts";

/** What each stand-in was sent as its key, and nothing else of the kind. */
function seenKeys({ providers }: Scene): Record<string, string[]> {
  const { openrouter, xai, gemini } = providers;
  return Object.fromEntries(
    Object.entries({ openrouter, xai, gemini }).map(([id, { requests }]) => {
      const keys = requests.flatMap(({ headers, path }) => {
        assertNoKey(path, "the address");
        return [headers.get("authorization"), headers.get("x-goog-api-key")]
          .filter((value) => value !== undefined);
      });
      return [id, [...new Set(keys)]];
    }),
  );
}

Deno.test("each key goes to its own provider and nowhere else", async () => {
  await using scene = await setScene();
  const { code, stderr } = await scene.run();
  assertEquals(code, 0, stderr);
  assertEquals(seenKeys(scene), {
    openrouter: [`Bearer ${FAKE_KEYS.OPENROUTER_API_KEY}`],
    xai: [`Bearer ${FAKE_KEYS.XAI_API_KEY}`],
    gemini: [FAKE_KEYS.GEMINI_API_KEY],
  });
});

Deno.test("without any key the run ends with 1 and names all it looked at", async () => {
  await using scene = await setScene();
  const options = { env: basesOf(scene) };
  const { code, stderr } = await scene.runWith(options, "-c", scene.config);
  assertEquals(code, 1, stderr);
  const places = [
    ...["OPENROUTER_API_KEY", "OR_API_KEY", "XAI_API_KEY"],
    ...["GOOGLE_API_KEY", "GEMINI_API_KEY"],
    "the environment",
    seenPath(scene.path("set-env.ps1")),
    seenPath(scene.path(".env")),
  ];
  for (const place of places) assertStringIncludes(stderr, place);
  assertStringIncludes(stderr, "No provider was asked; ");
  assertEquals(seenKeys(scene), { openrouter: [], xai: [], gemini: [] });
  assertEquals(await scene.read(), MINE);
  const quiet = await scene.runWith(options, "-c", scene.config, "-q");
  assertEquals(quiet.code, 1);
  assert(quiet.stderr !== "", "an error without a word");
});

Deno.test("a provider without a key is not asked and is no failure", async () => {
  await using scene = await setScene();
  await scene.run();
  const env = {
    ...basesOf(scene),
    GEMINI_API_KEY: FAKE_KEYS.GEMINI_API_KEY,
  };
  const args = ["-c", scene.config, "--strict"];
  const { code, stderr } = await scene.runWith({ env }, ...args);
  assertEquals(code, 0, stderr);
  assertStringIncludes(stderr, "no key for OpenRouter");
  assertEquals(blockNames(await scene.read()), FEW_NAMES);
  assertEquals(scene.providers.xai.requests.length, 2);
});

Deno.test("keys come from set-env.ps1, .env and --env-file, too", async () => {
  await using scene = await setScene();
  const { OPENROUTER_API_KEY, XAI_API_KEY, GEMINI_API_KEY } = FAKE_KEYS;
  await scene.write(
    `$env:OPENROUTER_API_KEY = '${OPENROUTER_API_KEY}'\r\n` +
      "$env:XAI_API_KEY = Get-Secret xai\r\n",
    "set-env.ps1",
  );
  await scene.write(`GEMINI_API_KEY="${GEMINI_API_KEY}"\n`, ".env");
  await scene.write(`XAI_API_KEY=${XAI_API_KEY}\n`, "more.env");
  const args = ["-c", scene.config, "--env-file", scene.path("more.env"), "-v"];
  const { code, stderr } = await scene.runWith(
    { env: basesOf(scene) },
    ...args,
  );
  assertEquals(code, 0, stderr);
  assertEquals(seenKeys(scene), {
    openrouter: [`Bearer ${OPENROUTER_API_KEY}`],
    xai: [`Bearer ${XAI_API_KEY}`],
    gemini: [GEMINI_API_KEY],
  });
  assertEquals(blockNames(await scene.read()), FEW_NAMES);
  assertStringIncludes(stderr, "XAI_API_KEY: its value in ");
});

/** As found in the field: the keys are in the config's own section. */
const WITH_KEYS = `model_list:
  - model_name: claude-main
    litellm_params: {model: anthropic/claude-sonnet-5, api_key: os.environ/ANTHROPIC_API_KEY}
environment_variables:
  OPENROUTER_API_KEY: sk-or-v1-fake
  XAI_API_KEY: xai-fake
  GEMINI_API_KEY: AIzafake
`;

Deno.test("keys that are in the config's environment_variables go to their providers", async () => {
  await using scene = await setScene(WITH_KEYS);
  const options = { env: basesOf(scene) };
  const args = ["-c", scene.config];
  const { code, stderr } = await scene.runWith(options, ...args);
  assertEquals(code, 0, stderr);
  assertEquals(seenKeys(scene), {
    openrouter: ["Bearer sk-or-v1-fake"],
    xai: ["Bearer xai-fake"],
    gemini: ["AIzafake"],
  });
  const text = await scene.read();
  assertEquals(blockNames(text), FEW_NAMES);
  assertEquals(`${stderr}${text}`.match(/xai-fake/g)?.length, 1);
  const list = await scene.runWith(options, ...args, "--list-providers");
  // The block above it has many lines.
  const lines = text.split("\n");
  const line = lines.indexOf("  XAI_API_KEY: xai-fake") + 1;
  assertStringIncludes(
    list.stdout,
    `XAI_API_KEY from ${seenPath(scene.config)} line ${line}\n`,
  );
});

Deno.test("keys in an included file's environment_variables are told by its name and line", async () => {
  await using scene = await setScene(
    `include: [keys.yaml]\n${MINE}environment_variables: {A: b}\n`,
  );
  await scene.write(
    `# keys\nenvironment_variables:\n  XAI_API_KEY: xai-fake\n`,
    "keys.yaml",
  );
  const args = ["-c", scene.config, "--list-providers"];
  const { stdout } = await scene.runWith({ env: basesOf(scene) }, ...args);
  assert(
    /XAI_API_KEY from \S*keys\.yaml line 3\n/.test(stdout),
    stdout,
  );
});

Deno.test("a key that LiteLLM has too late is told, and sent to nobody", async () => {
  await using scene = await setScene(
    `${MINE}environment_variables:\n  DISCOVER_XAI: xai-fake\n`,
  );
  await scene.write("providers: {xai: {key: DISCOVER_XAI}}\n", "discover.yaml");
  const args = ["-c", scene.config];
  const { code, stderr } = await scene.runWith({ env: scene.env }, ...args);
  assertEquals(code, 0, stderr);
  assertEquals(seenKeys(scene).xai, []);
  const shown = stderr.replaceAll(/\s+/g, " ");
  assertStringIncludes(
    shown,
    "comes too late: LiteLLM looks for it before it has read " +
      "environment_variables",
  );
  assertStringIncludes(
    shown,
    "set DISCOVER_XAI where LiteLLM is started, not in the config",
  );
});

/** As found in the field: the script goes through a hash table. */
const HASH_TABLE = `$keys = @{
  OPENROUTER_API_KEY = '${FAKE_KEYS.OPENROUTER_API_KEY}'
  XAI_API_KEY        = '${FAKE_KEYS.XAI_API_KEY}'
}
$keys.GetEnumerator() | ForEach-Object { Set-Item -Path "Env:$($_.Key)" -Value $_.Value }
`;

Deno.test("keys of a hash table that set-env.ps1 goes through are named, with the line", async () => {
  await using scene = await setScene();
  await scene.write(HASH_TABLE, "set-env.ps1");
  const options = { env: basesOf(scene) };
  const args = ["-c", scene.config];
  const { code, stderr } = await scene.runWith(options, ...args);
  assertEquals(code, 1, stderr);
  const shown = stderr.replaceAll(/\s+/g, " ");
  assertStringIncludes(
    shown,
    "OPENROUTER_API_KEY, XAI_API_KEY: set by code in " +
      `${seenPath(scene.path("set-env.ps1"))} line 5`,
  );
  assertStringIncludes(
    shown,
    "run it first, or start with start-proxy.ps1",
  );
  const list = await scene.runWith(options, ...args, "--list-providers");
  assert(
    /^xai +on +not usable: its value is computed\n +XAI_API_KEY in \S*set-env\.ps1 line 5$/m
      .test(list.stdout),
    list.stdout,
  );
});

Deno.test("odd lines of a .env are told by number, with the variable that was meant", async () => {
  await using scene = await setScene();
  // As found in the field: a colon, and a command of Windows.
  await scene.write(
    "GEMINI_API_KEY: AIza-5ecre7\nset XAI_API_KEY=xai-5ecre7\n" +
      `OPENROUTER_API_KEY=${FAKE_KEYS.OPENROUTER_API_KEY}\n`,
    ".env",
  );
  const options = { env: basesOf(scene) };
  const args = ["-c", scene.config, "--json"];
  const { code, stdout } = await scene.runWith(options, ...args);
  assertEquals(code, 0);
  const path = seenPath(scene.path(".env"));
  assertEquals(parseReport(stdout)["warnings"], [
    {
      code: "odd-line",
      weight: null,
      message: `${path} line 1: not NAME=value`,
      hint: "write it as GEMINI_API_KEY=value",
      file: null,
      line: null,
    },
    {
      code: "odd-line",
      weight: null,
      message: `${path} line 2: not NAME=value`,
      hint: "write it as XAI_API_KEY=value",
      file: null,
      line: null,
    },
  ]);
});

Deno.test("set-env.ps1 wins over the environment, which wins over .env", async () => {
  await using scene = await setScene();
  await scene.write(
    `$env:XAI_API_KEY = "${FAKE_KEYS.XAI_API_KEY}"\n`,
    "set-env.ps1",
  );
  await scene.write(`GEMINI_API_KEY=of-no-use-5ecre7\n`, ".env");
  const env = { ...scene.env, XAI_API_KEY: "older-5ecre7" };
  const { code, stderr } = await scene.runWith({ env }, "-c", scene.config);
  assertEquals(code, 0, stderr);
  const { xai, gemini } = seenKeys(scene);
  assertEquals(xai, [`Bearer ${FAKE_KEYS.XAI_API_KEY}`]);
  assertEquals(gemini, [FAKE_KEYS.GEMINI_API_KEY]);
  assertStringIncludes(stderr, "XAI_API_KEY: ");
  assertStringIncludes(stderr, " differ; using ");
});

Deno.test("with --no-env-files keys come from the environment alone", async () => {
  await using scene = await setScene();
  const { OPENROUTER_API_KEY, XAI_API_KEY, GEMINI_API_KEY } = FAKE_KEYS;
  const script = `$env:XAI_API_KEY = "of-no-use-5ecre7"\n` +
    "$env:GEMINI_API_KEY = Get-Secret gemini\n";
  await scene.write(script, "set-env.ps1");
  const dotEnv = `OPENROUTER_API_KEY=${OPENROUTER_API_KEY}\n` +
    `GOOGLE_API_KEY: ${GEMINI_API_KEY}\n`;
  await scene.write(dotEnv, ".env");
  const options = { env: { ...basesOf(scene), XAI_API_KEY } };
  const args = ["-c", scene.config, "--no-env-files"];
  const { code, stdout } = await scene.runWith(options, ...args, "--json");
  assertEquals(code, 0);
  assertEquals(seenKeys(scene), {
    openrouter: [],
    xai: [`Bearer ${XAI_API_KEY}`],
    gemini: [],
  });
  // Neither the computed value nor the odd line is told of.
  assertEquals(parseReport(stdout)["warnings"], []);
  const list = await scene.runWith(options, ...args, "--list-providers");
  const found = list.stdout.split("\n")
    .filter((row) => row.endsWith("_KEY from the environment"))
    .map((row) => row.split(" ")[0]);
  assertEquals(found, ["xai"]);
});

Deno.test("with --no-env-files the environment is all that was looked at", async () => {
  await using scene = await setScene();
  const options = { env: basesOf(scene) };
  const args = ["-c", scene.config, "--no-env-files"];
  const { code, stderr } = await scene.runWith(options, ...args);
  assertEquals(code, 1, stderr);
  assertStringIncludes(stderr, "-> set one of them in the environment\n");
  assertEquals(stderr.includes(".env"), false, stderr);
});

Deno.test("without a key, a file of --env-file is among those that were looked at", async () => {
  await using scene = await setScene();
  await scene.write("OTHER=1\n", "more.env");
  const more = scene.path("more.env");
  const args = ["-c", scene.config, "--env-file", more];
  const { code, stderr } = await scene.runWith(
    { env: basesOf(scene) },
    ...args,
  );
  assertEquals(code, 1, stderr);
  assertStringIncludes(
    stderr,
    `set one of them in the environment, ${seenPath(more)}, `,
  );
});

/** The key of each, sent back in every way in which an answer can fail. */
const ECHOES = Object.values(FAKE_KEYS).join(" ");
/** How one of them may be spelled. */
const spellingsOf = (key: string): string[] => [
  key,
  key.slice(2, 14),
  key.toUpperCase(),
  encodeURIComponent(`"${key}"`),
  btoa(key),
  `${key.slice(0, 5)}...${key.slice(-4)}`,
];
const spelled = (key: string): string =>
  [ECHOES, ...spellingsOf(key)].join(" and ");
const { OPENROUTER_API_KEY, XAI_API_KEY, GEMINI_API_KEY } = FAKE_KEYS;
const echo = (status: number): Cast => ({
  openrouter: refusal(status, {
    error: { message: spelled(OPENROUTER_API_KEY), code: status },
  }),
  xai: refusal(status, { error: spelled(XAI_API_KEY) }),
  gemini: refusal(status, {
    error: { message: spelled(GEMINI_API_KEY), status: ECHOES },
  }),
});
const all = (behaviour: Required<Cast>["xai"]): Cast => ({
  openrouter: behaviour,
  xai: behaviour,
  gemini: behaviour,
});

/** Bad providers; what is said of them, and that no key is, is checked. */
const FAILURES: readonly (readonly [Cast, string])[] = [
  [all({ kind: "refuses" }), "(refused)"],
  [all({ kind: "raw", bytes: "" }), "(closed without an answer)"],
  [
    all({ kind: "raw", bytes: `${ECHOES}\r\n\r\n` }),
    "(answers, but not in HTTP)",
  ],
  [all({ kind: "hangs", where: "headers" }), "timed out after 2 s"],
  [all({ kind: "hangs", where: "body" }), "timed out after 2 s"],
  [all({ kind: "drips" }), "timed out after 2 s"],
  [
    all({
      kind: "raw",
      bytes: "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{",
    }),
    "response cut off",
  ],
  [echo(401), "API key rejected (HTTP 401)"],
  [echo(403), "API key lacks a permission (HTTP 403)"],
  [echo(429), "rate limit exceeded (HTTP 429)"],
  [echo(402), "no credits (HTTP 402)"],
  [echo(404), "HTTP 404 from 127.0.0.1:"],
  [echo(500), "HTTP 500 from 127.0.0.1:"],
  [echo(503), "HTTP 503 from 127.0.0.1:"],
  [
    {
      openrouter: WRONG_KEY.openrouter,
      xai: WRONG_KEY.xai,
      gemini: WRONG_KEY.gemini,
    },
    "API key rejected (HTTP 4",
  ],
  [
    all({
      kind: "status",
      status: 302,
      headers: { location: `http://127.0.0.1:1/?${ECHOES}` },
    }),
    "unexpected redirect (HTTP 302)",
  ],
  [
    all({
      kind: "status",
      status: 200,
      body: `<html><title>${ECHOES}</title></html>`,
    }),
    "a web page answers for 127.0.0.1:",
  ],
  [
    all({ kind: "status", status: 200, body: `{"${ECHOES}": ` }),
    "response is not JSON",
  ],
  [
    all({ kind: "answers", body: { error: ECHOES } }),
    "response is not a model list",
  ],
  [
    all({
      kind: "status",
      status: 200,
      body: `"${"x".repeat(9 * 1024 * 1024)}"`,
    }),
    "response is larger than 8 MiB",
  ],
  [
    all({
      kind: "answers",
      body: { data: [{ id: `grok ${ECHOES}` }], models: [{ name: ECHOES }] },
    }),
    "model list has no chat models",
  ],
];

Deno.test("the program's check for keys would find every fake key", () => {
  assertEquals(recognizableKeys(), Object.keys(FAKE_KEYS).length);
});

Deno.test("no failure of a provider shows a key, and each has its own words", async () => {
  const pending = [...FAILURES];
  const worker = async (): Promise<void> => {
    for (let next = pending.shift(); next; next = pending.shift()) {
      await checkFailure(...next);
    }
  };
  await Promise.all([worker(), worker(), worker(), worker()]);
});

/** The scene looks for keys in both streams and in all files, the log too. */
async function checkFailure(cast: Cast, words: string): Promise<void> {
  await using scene = await setScene(MINE, cast);
  // Windows takes two seconds to tell of a port where nobody listens.
  const limit = words.startsWith("timed out") ? "2s" : "20s";
  const args = ["--log-file", scene.path("log"), "--timeout", limit];
  const { code, stdout, stderr } = await scene.run(...args, "-v", "--json");
  assertEquals(code, 1, stderr);
  assertStringIncludes(stderr, words);
  assertStringIncludes(stdout, words);
  for (const spelling of Object.values(FAKE_KEYS).flatMap(spellingsOf)) {
    assert(!(stdout + stderr).includes(spelling), `${spelling} is shown`);
  }
  assertEquals(parseReport(stdout)["result"], "nothing-written");
  assertEquals(await scene.read(), MINE);
  assertEquals(await scene.names(), ["config.yaml", "log"]);
}

Deno.test("a provider's own sentence is below its line, in its warning and in --json", async () => {
  await using scene = await setScene(MINE, {
    ...FEW_MODELS,
    xai: refusal(403, {
      code: "The caller does not have permission",
      error: `Team of ${FAKE_KEYS.XAI_API_KEY} has no \x1b[1maccess`,
    }),
  });
  const said = "Team of [key] has no ?[1maccess";
  const { code, stdout, stderr } = await scene.run("--json");
  assertEquals(code, 0, stderr);
  assertStringIncludes(stderr, `"${said}"`);
  assertStringIncludes(stdout, `"said": "${said}"`);
  assertStringIncludes(stdout, `(HTTP 403): \\"${said}\\"; no earlier`);
  assertStringIncludes(stdout, "check XAI_API_KEY (from the environment)");
  const verbose = await scene.run("-v");
  assertStringIncludes(verbose.stderr, "; XAI_API_KEY from the environment");
  const quiet = await scene.run("-q", "--strict");
  assertStringIncludes(quiet.stderr, `"${said}"`);
});

Deno.test("no bad key, base, file or flag shows a key", async () => {
  await using scene = await setScene();
  const key = FAKE_KEYS.XAI_API_KEY;
  await scene.write(`model_list: [a\n  ${key}: }\n`, "broken.yaml");
  const runs: [Record<string, string>, string[], number][] = [
    [{ XAI_API_KEY: `${key}\n` }, [], 0],
    [{ XAI_API_KEY: `${key} \u00e9\u0142` }, [], 0],
    [{ XAI_API_KEY: "\x07" + key }, [], 0],
    [{ XAI_API_BASE: key }, [], 0],
    [{ XAI_API_BASE: `http://${key}@127.0.0.1/v1` }, [], 0],
    [{ XAI_API_BASE: `http://127.0.0.1/v1?key=${key}` }, [], 0],
    [{ XAI_API_BASE: `https://${key}.example/v1` }, [], 0],
    [{ GEMINI_API_BASE: `http://127.0.0.1:1/${key}` }, [], 0],
    [{}, ["-c", "broken.yaml"], 3],
  ];
  const results = await Promise.all(
    runs.map(([env, args]): Promise<RunResult> =>
      scene.runWith(
        { env: { ...scene.env, ...env } },
        ...["-c", scene.config, ...args, "-v", "--json", "--dry-run"],
        ...["--timeout", "20s"],
      )
    ),
  );
  assertEquals(
    results.map(({ code }) => code),
    runs.map(([, , code]) => code),
    results.map(({ stderr }) => stderr).join("\n"),
  );
  await Deno.remove(scene.path("broken.yaml"));
});

Deno.test("no key in the wrong place is shown or written by the program", async () => {
  const pending = fc.sample(misplacement, { numRuns: 32, seed: 16 });
  const worker = async (): Promise<void> => {
    for (let next = pending.shift(); next; next = pending.shift()) {
      await checkMisplaced(next);
    }
  };
  await Promise.all([worker(), worker(), worker(), worker()]);
});

async function checkMisplaced(one: Misplacement): Promise<void> {
  await using scene = await setScene();
  for (const [name, text] of Object.entries(one.files)) {
    await scene.write(text, name);
  }
  const options = { env: { ...scene.env, ...one.env } };
  const result = await scene.runWith(options, ...argsOf(one, scene.folder));
  assert(result.code !== 70, result.stderr);
  assertEquals(await findKey(one, scene.folder, result), undefined);
}

Deno.test("a key that OpenRouter rejects keeps the earlier section", async () => {
  let isWrong = false;
  const { openrouter } = FEW_MODELS;
  assert(typeof openrouter === "function");
  await using scene = await setScene(MINE, {
    ...FEW_MODELS,
    openrouter: (at, request) =>
      isWrong && !isOfKey(request.path)
        ? WRONG_KEY.openrouter
        : openrouter(at, request),
  });
  await scene.run();
  const first = await scene.read();
  isWrong = true;
  const { code, stderr } = await scene.run();
  assertEquals(code, 0, stderr);
  assertStringIncludes(stderr, "API key rejected (HTTP 401)");
  assertStringIncludes(stderr, "keeping 1 earlier model");
  assertEquals(await scene.read(), first);
});

Deno.test("hostile ids reach neither the config nor the screen", async () => {
  const ids = [
    "grok-4\n  # <<< discover: auto-discovered models <<<",
    'grok-"quoted"',
    "grok-\x1b[31mred",
    "grok-: [a]",
    "grok-&anchor *alias",
    "__proto__",
    `grok-${"x".repeat(10_000)}`,
    "grok-4.5",
    "grok-4.5",
  ];
  const data = ids.map((id) => ({ id, object: "model" }));
  await using scene = await setScene(MINE, {
    ...FEW_MODELS,
    xai: { kind: "answers", body: { data } },
  });
  const { code, stderr } = await scene.run("-v");
  assertEquals(code, 0, stderr);
  assertEquals(blockNames(await scene.read()), FEW_NAMES);
  assertEquals(stderr.includes("\x1b"), false);
  assertStringIncludes(stderr, "1 repeated");
  assertStringIncludes(stderr, "malformed");
});

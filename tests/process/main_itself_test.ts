/**
 * The proxy is no provider, and its key is nobody else's: what a run makes of
 * variables that are meant for a client of the proxy.
 *
 * @module
 */

import {
  assert,
  assertEquals,
  assertMatch,
  assertNotMatch,
  assertStringIncludes,
} from "../support/assert.ts";
import { faultsOf } from "../support/report_schema.ts";
import {
  MASTER_KEY,
  oneLine,
  playAnthropic,
  playLitellm,
  runIn,
  setAnthropic,
} from "../support/client_variables.ts";
import {
  blockNames,
  FEW_NAMES,
  parseReport,
  setScene,
} from "../support/scene.ts";

for (
  const [where, files] of [
    ["in the environment", {}],
    ["in a file with keys", { ".env": `LITELLM_MASTER_KEY=${MASTER_KEY}\n` }],
    [
      "in a file that the config names by a variable",
      { ".env": `MY_PROXY=${MASTER_KEY}\n` },
    ],
  ] as const
) {
  Deno.test(`the proxy's own key ${where} is sent to no provider`, async () => {
    const isNamed = where.includes("variable");
    await using scene = await setAnthropic(
      "model_list:\ngeneral_settings:\n  master_key: os.environ/" +
        (isNamed ? "MY_PROXY\n" : "LITELLM_MASTER_KEY\n"),
    );
    await using anthropic = await playAnthropic();
    for (const [name, text] of Object.entries(files)) {
      await scene.write(text, name);
    }
    const own = where === "in the environment"
      ? { LITELLM_MASTER_KEY: MASTER_KEY }
      : {};
    const env = {
      ...own,
      ANTHROPIC_API_KEY: MASTER_KEY,
      XAI_API_KEY: MASTER_KEY,
      ...anthropic.env,
    };
    const { code, stderr } = await runIn(scene, env);
    assertEquals(code, 0, stderr);
    assertEquals(anthropic.seen, []);
    assertEquals(anthropic.refused, []);
    assertEquals(scene.providers.xai.requests, []);
    for (const [title, name] of [["Anthropic", "ANTHROPIC"], ["xAI", "XAI"]]) {
      assertStringIncludes(
        oneLine(stderr),
        `${title}: ${name}_API_KEY from the environment is this proxy's own key`,
      );
    }
  });
}

Deno.test("the proxy's own key is found where the config spells it out", async () => {
  const master = "sk-spelled-out-in-the-config";
  await using scene = await setAnthropic(
    `model_list:\ngeneral_settings:\n  master_key: ${master}\n`,
  );
  await using anthropic = await playAnthropic();
  const { code, stderr } = await runIn(scene, {
    ANTHROPIC_API_KEY: master,
    ...anthropic.env,
  });
  assertEquals(code, 0, stderr);
  assertEquals(anthropic.seen, []);
  assert(!stderr.includes(master), stderr);
  assertStringIncludes(oneLine(stderr), "is this proxy's own key");
});

Deno.test("the proxy's own key in one variable leaves the other one to be used", async () => {
  await using scene = await setScene();
  const { code, stderr } = await runIn(scene, {
    LITELLM_MASTER_KEY: MASTER_KEY,
    GOOGLE_API_KEY: MASTER_KEY,
  });
  assertEquals(code, 0, stderr);
  assertEquals(blockNames(await scene.read()), FEW_NAMES);
  assertStringIncludes(await scene.read(), "os.environ/GEMINI_API_KEY");
  assertNotMatch(stderr, /own key/);
});

Deno.test("the hint at the proxy's own key names the place of a real one", async () => {
  await using scene = await setAnthropic();
  const variable = "DISCOVER_ANTHROPIC_API_KEY";
  const shownWith = async (name: string): Promise<string> => {
    const env = { LITELLM_MASTER_KEY: MASTER_KEY, [name]: MASTER_KEY };
    return oneLine((await scene.runWith({ env })).stderr);
  };
  assertStringIncludes(
    await shownWith("ANTHROPIC_API_KEY"),
    `into another variable: key: ${variable} in discover.yaml`,
  );
  await scene.write(
    `providers:\n  anthropic: { key: ${variable} }\n`,
    "discover.yaml",
  );
  assertStringIncludes(
    await shownWith(variable),
    "that variable is for a real Anthropic key",
  );
});

Deno.test("--list-providers and --init take the proxy's own key for none", async () => {
  await using scene = await setAnthropic();
  const env = {
    LITELLM_MASTER_KEY: MASTER_KEY,
    ANTHROPIC_API_KEY: MASTER_KEY,
    GROQ_API_KEY: "gsk_5ecre7-of-groq-9",
  };
  const list = await runIn(scene, env, "--list-providers");
  assertMatch(
    list.stdout,
    /^anthropic +on +not usable: this proxy's own key\n +ANTHROPIC_API_KEY from the environment$/m,
  );
  const init = await runIn(scene, env, "--init", "--settings", "new.yaml");
  assertEquals(init.code, 0, init.stderr);
  const text = await scene.read("new.yaml");
  assertMatch(text, /^ {2}groq:/m);
  assertNotMatch(text, /^ {2}anthropic:/m);
});

Deno.test("a client's token is named, and sent to nobody", async () => {
  await using scene = await setAnthropic();
  await using anthropic = await playAnthropic();
  const { code, stderr } = await runIn(scene, {
    ANTHROPIC_AUTH_TOKEN: MASTER_KEY,
    ...anthropic.env,
  });
  assertEquals(code, 0, stderr);
  assertEquals(anthropic.seen, []);
  assertStringIncludes(
    oneLine(stderr),
    "ANTHROPIC_AUTH_TOKEN is a client's token",
  );
});

Deno.test("a client's token is named, too, where nobody has a key", async () => {
  await using scene = await setAnthropic();
  const env = { ANTHROPIC_AUTH_TOKEN: MASTER_KEY };
  const { code, stderr } = await scene.runWith({ env });
  assertEquals(code, 1, stderr);
  assertStringIncludes(oneLine(stderr), "no API key found");
  assertStringIncludes(
    oneLine(stderr),
    "ANTHROPIC_AUTH_TOKEN is a client's token",
  );
});

Deno.test("a real key under a name of its own goes to Anthropic next to a client's variables", async () => {
  await using scene = await setScene();
  await using anthropic = await playAnthropic();
  const settings = "providers:\n" +
    "  anthropic: { key: DISCOVER_ANTHROPIC_API_KEY }\n";
  await scene.write(settings, "discover.yaml");
  const real = "sk-ant-5ecre7-real";
  await scene.write(
    `$env:LITELLM_MASTER_KEY = '${MASTER_KEY}'
$env:ANTHROPIC_BASE_URL = 'http://127.0.0.1:4000'
$env:ANTHROPIC_AUTH_TOKEN = '${MASTER_KEY}'
$env:ANTHROPIC_API_KEY = '${MASTER_KEY}'
$env:DISCOVER_ANTHROPIC_API_KEY = '${real}'
`,
    "set-env.ps1",
  );
  const { code, stderr } = await runIn(scene, {
    ...anthropic.env,
  });
  assertEquals(code, 0, stderr);
  assertEquals(
    anthropic.seen.map(({ host, headers }) => [host, headers["x-api-key"]]),
    [["api.anthropic.com", real]],
  );
  const text = await scene.read();
  const [entry = ""] =
    /model: "anthropic\/claude-[\s\S]*?model_info/.exec(text) ??
      [];
  assertStringIncludes(entry, 'api_base: "https://api.anthropic.com"');
  assertStringIncludes(entry, '"os.environ/DISCOVER_ANTHROPIC_API_KEY"');
  assertMatch(
    oneLine(stderr),
    /ANTHROPIC_BASE_URL from \S*set-env\.ps1 line 2 is this proxy's own address/,
  );
  assertNotMatch(stderr, /own key/);
});

/** How the port of the proxy that listens at `base` can be said. */
const PORTS: readonly (readonly [
  words: string,
  say: (port: string) => {
    readonly args?: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
    readonly dotEnv?: string;
  },
])[] = [
  ["behind --", (port) => ({ args: ["--", "--port", port] })],
  ["in PORT", (port) => ({ env: { PORT: port } })],
  ["in the .env", (port) => ({ dotEnv: `PORT=${port}\n` })],
];

for (const [words, say] of PORTS) {
  Deno.test(`a base at the proxy's own address, its port ${words}, leads to Anthropic itself`, async () => {
    await using scene = await setAnthropic();
    await using anthropic = await playAnthropic();
    await using litellm = await playLitellm(scene);
    const { args = [], env = {}, dotEnv = "" } = say(
      new URL(litellm.base).port,
    );
    await scene.write(dotEnv, ".env");
    const { code, stderr } = await runIn(
      scene,
      {
        ...env,
        ANTHROPIC_BASE_URL: litellm.base,
        ANTHROPIC_API_KEY: "sk-ant-5ecre7-real",
        ...anthropic.env,
      },
      ...args,
    );
    assertEquals(code, 0, stderr);
    assertEquals(litellm.requests, []);
    assertEquals(anthropic.seen.map(({ host }) => host), ["api.anthropic.com"]);
    const text = await scene.read();
    const entry = /model: "anthropic\/claude-[\s\S]*?model_info/.exec(text);
    assertStringIncludes(
      entry?.[0] ?? "",
      'api_base: "https://api.anthropic.com"',
    );
    assertStringIncludes(
      oneLine(stderr),
      "ANTHROPIC_BASE_URL from the environment is this proxy's own address: " +
        "Anthropic is asked, and called, at https://api.anthropic.com",
    );
  });
}

Deno.test("a base that the config itself sets is followed, as LiteLLM follows it", async () => {
  await using scene = await setAnthropic(
    `model_list:
  - model_name: claude-direct
    litellm_params:
      model: anthropic/claude-sonnet-4-5
environment_variables:
  ANTHROPIC_BASE_URL: http://127.0.0.1:4000
  ANTHROPIC_API_KEY: os.environ/DISCOVER_REAL_KEY
`,
  );
  await using anthropic = await playAnthropic();
  const real = "sk-ant-5ecre7-real";
  await scene.write(`DISCOVER_REAL_KEY=${real}\n`, ".env");
  const { code, stderr } = await runIn(scene, {
    LITELLM_MASTER_KEY: MASTER_KEY,
    ...anthropic.env,
  });
  assertEquals(code, 0, stderr);
  assertEquals(
    anthropic.seen.map(({ headers }) => headers["x-api-key"]),
    [real],
  );
  const text = await scene.read();
  assertMatch(
    text,
    /model: "anthropic\/claude-.*\n.*\n +api_base: "https:\/\/api.anthropic.com"/,
  );
  const shown = oneLine(stderr);
  assertMatch(
    shown,
    /ANTHROPIC_BASE_URL from environment_variables in \S*config\.yaml line 6 is this proxy's own address/,
  );
  assertStringIncludes(
    shown,
    '"claude-direct" would call this proxy itself: ANTHROPIC_BASE_URL from ' +
      "environment_variables in",
  );
});

Deno.test("a hand-written entry that would call the proxy is told, although nobody is asked", async () => {
  await using scene = await setAnthropic(
    `model_list:
  - model_name: claude-direct
    litellm_params:
      model: anthropic/claude-sonnet-4-5
litellm_settings:
  master_key: sk-spelled-out-in-the-config
`,
  );
  await scene.write(
    `LITELLM_MASTER_KEY=${MASTER_KEY}
ANTHROPIC_BASE_URL=http://127.0.0.1:4000
ANTHROPIC_AUTH_TOKEN=${MASTER_KEY}
ANTHROPIC_API_KEY=${MASTER_KEY}
`,
    ".env",
  );
  const options = { env: {} };
  const { code, stderr } = await scene.runWith(options);
  assertEquals(code, 1, stderr);
  const shown = oneLine(stderr);
  for (
    const text of [
      'line 4: "claude-direct" would call this proxy itself: ' +
      "ANTHROPIC_BASE_URL from .env line 2 is its own address",
      "api_base: https://api.anthropic.com, and an api_key that is not this " +
      "proxy's own",
      "line 6: LiteLLM does not read master_key here",
    ]
  ) assertStringIncludes(shown, text);
});

/** A run depends on the file and the lists alone: two alike, and all are. */
const RUNS = 5;

for (const form of ["OpenAI's", "Anthropic's"] as const) {
  Deno.test(`a proxy's list in ${form} form is no provider's, and the block settles`, async () => {
    const [id, base] = form === "OpenAI's"
      ? ["openai", "OPENAI_BASE_URL"]
      : ["anthropic", "ANTHROPIC_API_BASE"];
    await using scene = await setScene();
    await scene.write(`providers:\n  ${id}: {}\n`, "discover.yaml");
    await using litellm = await playLitellm(scene);
    const env = {
      [base]: `${litellm.base}/v1`,
      [`${id.toUpperCase()}_API_KEY`]: "sk-5ecre7-for-somebody",
    };
    let settled: string | undefined;
    for (let run = 1; run <= RUNS; run++) {
      const { code, stderr } = await runIn(scene, env);
      assertEquals(code, 0, stderr);
      assertStringIncludes(
        stderr,
        "response is the model list of a LiteLLM proxy",
      );
      settled ??= await scene.read();
      assertEquals(await scene.read(), settled, `run ${run}`);
    }
    assertEquals(blockNames(settled ?? ""), FEW_NAMES);
    assertEquals(litellm.requests.length, RUNS);
  });
}

Deno.test("another proxy of the owner's is listed, without what came from here", async () => {
  await using scene = await setScene();
  await using litellm = await playLitellm(scene);
  const lab = `{ kind: openai-compatible, base_url: "${litellm.base}/v1" }`;
  await scene.write(`providers:\n  lab: ${lab}\n`, "discover.yaml");
  const texts: string[] = [];
  for (let run = 1; run <= RUNS; run++) {
    const { code, stderr } = await runIn(scene, {});
    assertEquals(code, 0, stderr);
    texts.push(await scene.read());
  }
  const names = blockNames(texts.at(-1) ?? "");
  assert(names.includes("lab/my-own"), names.join());
  assertEquals(names.filter((name) => name.startsWith("lab/lab/")), []);
  // What the first run wrote is listed by the second; then nothing moves.
  assertEquals(new Set(texts.slice(1)).size, 1);
});

Deno.test("a local server at the proxy's own address is one failure, and the rest is refreshed", async () => {
  await using scene = await setScene();
  await using litellm = await playLitellm(scene);
  const lab = `{ kind: openai-compatible, base_url: "${litellm.base}/v1" }`;
  await scene.write(`providers:\n  lab: ${lab}\n`, "discover.yaml");
  const { port } = new URL(litellm.base);
  const { code, stderr } = await runIn(scene, {}, "--", "--port", port);
  assertEquals(code, 0, stderr);
  assertStringIncludes(
    oneLine(stderr),
    'base_url of "lab": this proxy\'s own address',
  );
  assertEquals(litellm.requests, []);
  assertEquals(blockNames(await scene.read()), FEW_NAMES);
  const { stdout } = await runIn(scene, {}, "--json", "--", "--port", port);
  assertStringIncludes(stdout, '"reason": "bad-base"');
  assertEquals(faultsOf(parseReport(stdout)), "");
});

/** Which the scene does not know as a key that no file may show. */
const MINE = "sk-mast3r-Key/1";

for (
  const [words, master] of [
    ["beside an alias that only PyYAML reads", "&a b: 1\nc: *a\n"],
    ["behind a line separator, which ends a comment", "# a\u2028"],
    ["in YAML that is broken", "list: [\n"],
  ] as const
) {
  Deno.test(`the proxy's own key in an included file ${words} is sent to no provider`, async () => {
    await using scene = await setScene(
      "model_list:\ninclude: [inc.yaml]\n",
    );
    await scene.write(
      `${master}general_settings:\n  master_key: ${MINE}\n`,
      "inc.yaml",
    );
    const { code, stderr } = await runIn(scene, { XAI_API_KEY: MINE });
    assertEquals(code, 0, stderr);
    assertEquals(scene.providers.xai.requests, []);
    assert(!stderr.includes(MINE), stderr);
    assertStringIncludes(oneLine(stderr), "is this proxy's own key");
  });
}

for (
  const [name, text] of [
    ["set-env.ps1", `if ($x) { $env:LITELLM_MASTER_KEY = '${MASTER_KEY}' }\n`],
    [".env", `LITELLM_MASTER_KEY=\${X:-${MASTER_KEY}}\n`],
  ] as const
) {
  Deno.test(`a key that may become the proxy's own in ${name} is sent to no provider`, async () => {
    await using scene = await setScene();
    await scene.write(text, name);
    const { code, stderr } = await runIn(scene, { XAI_API_KEY: MASTER_KEY });
    assertEquals(code, 0, stderr);
    assertEquals(scene.providers.xai.requests, []);
    assert(scene.providers.gemini.requests.length > 0);
    assert(!stderr.includes(MASTER_KEY), stderr);
    assertStringIncludes(oneLine(stderr), "is this proxy's own key");
  });
}

Deno.test("a master key in a variable that may not be read is a warning with advice", async () => {
  await using scene = await setScene(
    "model_list:\ngeneral_settings:\n  master_key: os.environ/MY_MASTER_KEY\n",
  );
  const { code, stderr } = await runIn(scene, { MY_MASTER_KEY: MASTER_KEY });
  assertEquals(code, 0, stderr);
  assertEquals(
    oneLine(stderr).match(
      /master_key is in "MY_MASTER_KEY", which discover may not read/g,
    )?.length,
    1,
    stderr,
  );
  assertStringIncludes(oneLine(stderr), "keep it in LITELLM_MASTER_KEY");
});

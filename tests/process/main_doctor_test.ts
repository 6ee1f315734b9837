/**
 * `--doctor` as a process under its own permissions.
 *
 * @module
 */

import {
  assert,
  assertEquals,
  assertMatch,
  assertNotEquals,
  assertStringIncludes,
} from "../support/assert.ts";
import type { RunResult } from "../support/program.ts";
import { faultsOf } from "../support/report_schema.ts";
import { MINE, parseReport, type Scene, setScene } from "../support/scene.ts";

/** What LiteLLM needs to start, and what the entry of `MINE` needs. */
const SET = {
  LITELLM_MASTER_KEY: "sk-of-the-pr0xy",
  OPENAI_API_KEY: "sk-of-my-0wn",
};

const BAD = `${MINE}  fallbacks: [{my-own: [gone]}, {my-own: [gone-too]}]
  context_window_fallbacks: [{my-own: [gone-3]}]
  default_fallbacks: [gone-4, gone-5]
`;

/** What it says; it may write nothing. */
async function examine(
  scene: Scene,
  env: Readonly<Record<string, string>>,
  ...args: string[]
): Promise<RunResult> {
  const before = [await scene.names(), await scene.read()];
  const result = await scene.runWith(
    { env },
    ...["--config", "config.yaml", "--doctor", ...args],
  );
  assertEquals([await scene.names(), await scene.read()], before);
  return result;
}

Deno.test("--doctor has nothing to say about a config in good order, and ends with 0", async () => {
  await using scene = await setScene(
    `${MINE}  fallbacks: [{my-own: [claude-fallback, grok]}]\n`,
  );
  const { code, stdout, stderr } = await examine(scene, {
    ...scene.env,
    ...SET,
  });
  assertEquals([code, stdout], [0, ""], stderr);
  assertStringIncludes(stderr, "Nothing to do in config.yaml");
});

Deno.test("--doctor begins each finding with its file and line, and ends with 5", async () => {
  await using scene = await setScene(`include: [routing.yaml]\n${BAD}`);
  await scene.write(
    "router_settings:\n  model_group_alias: {fast: nothere}\n",
    "routing.yaml",
  );
  const env = { ...scene.env, ...SET };
  const { code, stdout } = await examine(scene, env);
  assertEquals(code, 5);
  const [heading, ...lines] = stdout.split("\n");
  assertEquals(heading, "Fails or answers wrongly");
  const places = lines.filter((line) => /^\S/.test(line));
  assertEquals(
    places.map((line) => line.replace(/: .*/, "")),
    [
      "routing.yaml:2",
      ...[11, 11, 12, 13, 13].map((at) => `config.yaml:${at}`),
    ],
  );
});

Deno.test("--doctor judges by the names that the next run writes, and by the block where nobody answers", async () => {
  const mine = `${MINE}  fallbacks: [{my-own: [grok]}]\n`;
  await using scene = await setScene(mine);
  const env = { ...scene.env, ...SET };
  assertEquals((await examine(scene, env)).code, 0);
  const offline = { ...SET };
  assertEquals((await examine(scene, offline)).code, 5);
  assertEquals((await scene.run()).code, 0);
  const { code, stderr } = await examine(scene, offline);
  assertEquals(code, 0, stderr);
  assertStringIncludes(stderr, "checked without a model list");
});

Deno.test("--doctor --json prints one object that is valid under the schema", async () => {
  await using scene = await setScene(BAD);
  const env = { ...scene.env, ...SET };
  const { code, stdout } = await examine(scene, env, "--json");
  const report = parseReport(stdout);
  assertEquals(faultsOf(report), "");
  assertEquals([code, report["exitCode"]], [5, 5]);
  assertMatch(
    stdout,
    /"code": "unknown-fallback",\s+"weight": "answers-wrongly"/,
  );
});

Deno.test("--doctor is also for files that LiteLLM cannot read, and that a run cannot edit", async () => {
  await using scene = await setScene("model_list:\n{% for m in models %}\n");
  const env = { ...scene.env, ...SET };
  const unreadable = await examine(scene, env);
  assertEquals(unreadable.code, 5);
  assertMatch(unreadable.stdout, /^LiteLLM will not start\nconfig\.yaml:2: /);
  await scene.write(`${MINE}# >>> discover: auto-discovered models >>>\n`);
  const damaged = await examine(scene, env);
  assertEquals(damaged.code, 5);
  assertMatch(
    damaged.stdout,
    /^Worth knowing\nconfig\.yaml:10: a run refuses/m,
  );
});

Deno.test("--doctor names the line of a tab that LiteLLM refuses, and its reason", async () => {
  await using scene = await setScene("model_list:\n\t- model_name: a\n");
  const env = { ...scene.env, ...SET };
  for (const text of ["model_list:\n\t- model_name: a\n", "a: 1\nb:\t1\n"]) {
    await scene.write(text);
    const { code, stdout } = await examine(scene, env);
    assertEquals(code, 5);
    assertStringIncludes(
      stdout,
      "LiteLLM will not start\nconfig.yaml:2: tab where only spaces are allowed",
    );
    const json = await examine(scene, env, "--json");
    const report = parseReport(json.stdout);
    assertEquals(faultsOf(report), "");
    assertEquals([json.code, report["kind"]], [5, "doctor"]);
  }
});

Deno.test("a run shows the three most urgent findings, the same every time, and where the rest is", async () => {
  await using scene = await setScene(BAD);
  const run = (): Promise<RunResult> => scene.runWith({});
  const [first, second] = [await run(), await run()];
  for (const { code, stderr } of [first, second]) {
    assertEquals(code, 0);
    assertEquals(stderr.match(/line \d+: the fallback/g)?.length, 3);
    assertStringIncludes(stderr, "and 2 more: discover --doctor");
  }
});

Deno.test("advice: off hides findings from a run, and skip from the doctor as well", async () => {
  await using scene = await setScene(BAD);
  const env = { ...scene.env, ...SET };
  await scene.write("advice: off\n", "discover.yaml");
  assert(!(await scene.run()).stderr.includes('fallback "'));
  assertEquals((await examine(scene, env)).code, 5);
  await scene.write("advice: {skip: [unknown-fallback]}\n", "discover.yaml");
  assert(!(await scene.run()).stderr.includes('fallback "'));
  const { code, stdout } = await examine(scene, env);
  assertEquals([code, stdout], [0, ""]);
});

Deno.test("--doctor -q prints the findings alone", async () => {
  await using scene = await setScene(BAD);
  const env = { ...scene.env, ...SET };
  const { stdout, stderr } = await examine(scene, env, "-q");
  assertNotEquals(stdout, "");
  assertEquals(stderr, "");
});

Deno.test("--doctor knows that LiteLLM looks up its master key before the config's own variables", async () => {
  await using scene = await setScene(
    `${MINE}general_settings:\n  master_key: os.environ/LITELLM_MASTER_KEY\n` +
      "environment_variables: {LITELLM_MASTER_KEY: sk-0f-the-c0nfig}\n",
  );
  const { LITELLM_MASTER_KEY: _, ...env } = { ...scene.env, ...SET };
  const { code, stdout } = await examine(scene, env);
  assertEquals(code, 5);
  assertStringIncludes(
    stdout,
    "LiteLLM 1.106 and later will not start: it looks for " +
      "LITELLM_MASTER_KEY before it has read environment_variables",
  );
  const set = await examine(scene, { ...env, ...SET });
  assertEquals(set.stdout.includes("will not start"), false);
});

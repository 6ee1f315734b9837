/**
 * A config in a folder of its own, as repositories have it: which names are
 * looked for, and what is found in the folder above.
 *
 * @module
 */
import { assertEquals, assertStringIncludes } from "../support/assert.ts";
import { onWindows, type RunResult, seenPath } from "../support/program.ts";
import { FAKE_KEYS } from "../support/stand_in_providers.ts";
import {
  assertRefused,
  basesOf,
  blockNames,
  FEW_NAMES,
  MINE,
  parseReport,
  type Scene,
  setScene,
} from "../support/scene.ts";

/** A scene whose config lies at another place. */
async function setSceneAt(path: string): Promise<Scene> {
  const scene = await setScene();
  await Deno.mkdir(scene.path(path.slice(0, path.indexOf("/"))));
  await Deno.rename(scene.config, scene.path(path));
  return scene;
}

/** As the program prints a relative path. */
const shownPath = (path: string): string =>
  onWindows ? path.replaceAll("/", "\\") : path;

for (const folder of ["config/litellm.yaml", "configs/litellm.yaml"]) {
  Deno.test(`${folder} is found without being named`, async () => {
    await using scene = await setSceneAt(folder);
    const { code, stdout, stderr } = await scene.runWith({}, "--json");
    assertEquals(code, 0, stderr);
    assertEquals(parseReport(stdout)["config"], shownPath(folder));
    assertEquals(blockNames(await scene.read(folder)), FEW_NAMES);
  });
}

Deno.test("config.yaml comes before the configs in folders, and litellm.yaml first of those", async () => {
  await using scene = await setSceneAt("config/litellm_config.yaml");
  const found = async (): Promise<unknown> => {
    const { stdout } = await scene.runWith({}, "--json", "--dry-run");
    return parseReport(stdout)["config"];
  };
  assertEquals(await found(), shownPath("config/litellm_config.yaml"));
  await scene.write(MINE, "config/litellm.yaml");
  assertEquals(await found(), shownPath("config/litellm.yaml"));
  await scene.write(MINE);
  assertEquals(await found(), "config.yaml");
});

Deno.test("without a config its names are told, and no log takes one of them", async () => {
  await using scene = await setSceneAt("sub/moved.yaml");
  const missing = await scene.runWith({});
  assertEquals(missing.code, 3, missing.stderr);
  const names = ["config/litellm.yaml", "configs/litellm.yaml"];
  const told = missing.stderr.replace(/\s+/g, " ");
  for (const name of ["config.yaml", ...names.map(shownPath)]) {
    assertStringIncludes(told, `${name}, `);
  }
  await Deno.mkdir(scene.path("config"));
  const text = `--log-file "${names[0]}": that is the config`;
  const refused = await scene.runWith({}, "--log-file", "config/litellm.yaml");
  assertRefused(refused, { code: 2, text });
});

/** Runs without a key in the environment. */
async function runKeyless(
  scene: Scene,
  cwd: string,
  ...args: string[]
): Promise<RunResult> {
  const options = { env: basesOf(scene), cwd: scene.path(cwd) };
  return await scene.runWith(options, ...args, "--json");
}

/** Writes keys and settings into the folder above `config`. */
async function writeAbove(scene: Scene): Promise<void> {
  const { OPENROUTER_API_KEY, XAI_API_KEY, GEMINI_API_KEY } = FAKE_KEYS;
  await scene.write(`$env:XAI_API_KEY = "${XAI_API_KEY}"\n`, "set-env.ps1");
  const others = `OPENROUTER_API_KEY=${OPENROUTER_API_KEY}\n` +
    `GEMINI_API_KEY=${GEMINI_API_KEY}\n`;
  await scene.write(`${others}odd: line\n`, ".env");
  await scene.write(
    "providers:\n  gemini: false\n",
    "discover.yaml",
  );
}

/** The ways to name a config in a folder: from above, by all of its path, inside. */
const WAYS = [
  ["by its usual name", "", []],
  ["by a relative path", "", ["-c", "config/litellm.yaml"]],
  ["by its whole path", "sub", ["-c", "WHOLE"]],
  ["from inside the folder", "config", ["-c", "litellm.yaml"]],
] as const;

for (const [how, cwd, args] of WAYS) {
  Deno.test(`set-env.ps1, .env and discover.yaml are found above config, which is named ${how}`, async () => {
    await using scene = await setSceneAt("config/litellm.yaml");
    await Deno.mkdir(scene.path("sub"));
    await writeAbove(scene);
    const whole = seenPath(scene.path("config/litellm.yaml"));
    const words = args.map((arg) => arg === "WHOLE" ? whole : arg);
    const { code, stdout, stderr } = await runKeyless(scene, cwd, ...words);
    assertEquals(code, 0, stderr);
    const { openrouter, xai, gemini } = scene.providers;
    assertEquals(xai.requests.length, 1);
    assertEquals(openrouter.requests.length > 0, true);
    assertEquals(gemini.requests.length, 0);
    const names = blockNames(await scene.read("config/litellm.yaml"));
    const all = FEW_NAMES.filter((name) => !name.includes("gemini"));
    assertEquals(names, all);
    const odd = parseReport(stdout)["warnings"];
    assertEquals(JSON.stringify(odd).match(/odd-line/g)?.length, 1, stdout);
  });
}

Deno.test("what lies beside the config comes before what lies above", async () => {
  await using scene = await setSceneAt("config/litellm.yaml");
  await writeAbove(scene);
  const { GEMINI_API_KEY } = FAKE_KEYS;
  await scene.write("providers:\n  xai: false\n", "config/discover.yaml");
  await scene.write(
    `GEMINI_API_KEY=${GEMINI_API_KEY}\nOPENROUTER_API_KEY=nearer-5ecre7\n`,
    "config/.env",
  );
  const { code, stderr } = await runKeyless(scene, "");
  assertEquals(code, 0, stderr);
  const { openrouter, xai, gemini } = scene.providers;
  assertEquals(xai.requests.length, 0);
  assertEquals(gemini.requests.length, 1);
  const sent = openrouter.requests.map(({ headers }) =>
    headers.get("authorization")
  );
  assertEquals([...new Set(sent)], ["Bearer nearer-5ecre7"]);
});

Deno.test("nothing is read above a folder of another name", async () => {
  await using scene = await setSceneAt("proxy/litellm.yaml");
  await writeAbove(scene);
  const { code, stderr } = await runKeyless(
    scene,
    "proxy",
    "-c",
    "litellm.yaml",
  );
  assertEquals(code, 1, stderr);
  assertEquals(scene.providers.openrouter.requests.length, 0);
});

Deno.test("--init writes no settings that would hide those above config", async () => {
  await using scene = await setSceneAt("config/litellm.yaml");
  await scene.write("timeout: 3s\n", "discover.yaml");
  const text = 'settings "discover.yaml": already there';
  assertRefused(await scene.runWith({}, "--init"), { code: 2, text });
  const target = ["--log-file", ".env"];
  const refused = await scene.runWith({}, ...target);
  assertRefused(refused, { code: 2, text: "that is a file with keys" });
});

/**
 * `--print-client` as a process under its own permissions, on configs that the
 * program itself wrote.
 *
 * @module
 */

// @ts-types="../types/std_toml_parse.d.ts"
import { parse } from "@std/toml/parse";
import { CLIENTS } from "../../lib/cli/flags.ts";
import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "../support/assert.ts";
import { onWindows, type RunResult } from "../support/program.ts";
import { blockNames, MINE, type Scene, setScene } from "../support/scene.ts";

/** What `--print-client` printed; it may change no file and ask nobody. */
async function print(scene: Scene, ...args: string[]): Promise<RunResult> {
  const before = [await scene.names(), await scene.read()];
  const { openrouter, xai, gemini } = scene.providers;
  const asked = (): number =>
    [openrouter, xai, gemini].flatMap(({ requests }) => requests).length;
  const askedBefore = asked();
  const result = await scene.run("--print-client", ...args);
  assertEquals(asked(), askedBefore);
  assertEquals([await scene.names(), await scene.read()], before);
  return result;
}

interface OpencodeModel {
  readonly name: string;
  readonly limit?: { readonly context: number; readonly output: number };
}

async function opencodeModels(
  scene: Scene,
): Promise<Readonly<Record<string, OpencodeModel>>> {
  const { code, stdout, stderr } = await print(scene, "opencode");
  assertEquals(code, 0, stderr);
  return JSON.parse(stdout).provider.litellm.models;
}

Deno.test("--print-client prints for each client what its own parser reads", async () => {
  await using scene = await setScene();
  await scene.run();
  const toProxy = ["--", "--port", "4001"];
  const codex = await print(scene, "codex", ...toProxy);
  assertEquals(codex.code, 0, codex.stderr);
  const { model, model_providers } = parse(codex.stdout);
  assertEquals(model, "grok");
  assertStringIncludes(
    JSON.stringify(model_providers),
    '"base_url":"http://127.0.0.1:4001/v1"',
  );
  assertStringIncludes(codex.stderr, "LITELLM_MASTER_KEY");
  const claude = await print(scene, "claude-code", ...toProxy);
  assertEquals(
    JSON.parse(claude.stdout).env.ANTHROPIC_BASE_URL,
    "http://127.0.0.1:4001",
  );
  assertStringIncludes(
    claude.stderr,
    onWindows
      ? "$env:ANTHROPIC_AUTH_TOKEN = $env:LITELLM_MASTER_KEY"
      : 'export ANTHROPIC_AUTH_TOKEN="$LITELLM_MASTER_KEY"',
  );
  assertEquals(claude.stderr.includes("-Encoding ascii"), onWindows);
  const opencode = await print(scene, "opencode", ...toProxy);
  assertEquals(JSON.parse(opencode.stdout).model, "litellm/grok");
});

Deno.test("--print-client opencode names all that the proxy lists, with what the config says of it", async () => {
  await using scene = await setScene(`${MINE}include: [more.yaml]\n`);
  await scene.write(
    'model_list:\n  - model_name: "\\"odd\\" {env:PATH} \\u00e9"\n' +
      "    litellm_params: { model: openai/gpt-5 }\n" +
      "    model_info: { display_name: Odd, max_input_tokens: 9000 }\n" +
      "  - model_name: openai/*\n" +
      "    litellm_params: { model: openai/* }\n",
    "more.yaml",
  );
  await scene.run();
  const models = await opencodeModels(scene);
  const block = blockNames(await scene.read());
  assert(block.includes("grok"), `${block}`);
  assertEquals(
    Object.keys(models).sort(),
    [...new Set(["my-own", '"odd" {env:PATH} é', ...block])].sort(),
  );
  assertEquals(models['"odd" {env:PATH} é'], {
    name: "Odd",
    limit: { context: 9000, output: 0 },
  });
});

Deno.test("--print-client names no model whose name the config sets too late for LiteLLM", async () => {
  await using scene = await setScene(
    `model_list:
  - model_name: os.environ/MINE
    litellm_params: {model: xai/grok-4}
environment_variables: {MINE: late-name}
`,
  );
  await scene.run();
  const names = Object.keys(await opencodeModels(scene));
  assert(names.includes("grok"), names.join());
  assert(!names.includes("late-name"), names.join());
});

Deno.test("--print-client reads an edited block, and one of an older version, as it is", async () => {
  await using scene = await setScene();
  await scene.run();
  const text = await scene.read();
  await scene.write(text.replace(
    /( *)# <<< discover/,
    "$1- model_name: by-hand # mine\n$1  litellm_params: {model: xai/x}\n" +
      '$1- {model_name: "anthropic/claude-opus-4.8", model_info: {id: ' +
      '"discover:openrouter/anthropic/claude-opus-4.8", mode: chat}, ' +
      "litellm_params: {model: openrouter/anthropic/claude-opus-4.8}}\n" +
      "$&",
  ));
  const models = await opencodeModels(scene);
  assertEquals(models["by-hand"]?.name, "by-hand");
  const older = "anthropic/claude-opus-4.8";
  assertEquals(models[older]?.name, older);
});

Deno.test("--print-client shows no key: the variable that the config names, no name like one", async () => {
  const key = "sk-or-v1-5ecre7Ab12Cd34";
  await using scene = await setScene(
    `general_settings: { master_key: os.environ/PROXY_KEY }\n${MINE}`,
  );
  await scene.run();
  const text = await scene.read();
  for (const client of CLIENTS) {
    const { stdout, stderr } = await print(scene, client);
    assertStringIncludes(`${stdout}${stderr}`, "PROXY_KEY");
  }
  await scene.write(text.replace("my-own", key));
  const { code, stdout, stderr } = await print(scene, "opencode");
  assertEquals(code, 0);
  assert(!stdout.includes(key));
  assertStringIncludes(stderr, "left out: 1 name that could be a key");
  // What is left at the end may hold no key.
  await scene.write(text);
});

Deno.test("--print-client takes host and port from HOST and PORT, or as they were named", async () => {
  await using scene = await setScene();
  await scene.run();
  const base = async (
    env: Readonly<Record<string, string>>,
    ...args: string[]
  ): Promise<string> => {
    const { stdout } = await scene.runWith(
      { env },
      ...["-c", scene.config, "--print-client", "claude-code", ...args],
    );
    return JSON.parse(stdout).env.ANTHROPIC_BASE_URL;
  };
  assertEquals(await base({}), "http://127.0.0.1:4000");
  assertEquals(await base({ PORT: "4002" }), "http://127.0.0.1:4002");
  assertEquals(await base({ HOST: "box.lan" }), "http://box.lan:4000");
  await scene.write("PORT=4003\n", ".env");
  assertEquals(await base({}), "http://127.0.0.1:4003");
  assertEquals(
    await base({ HOST: "box.lan" }, "--", "--host=192.168.1.5", "--port=1"),
    "http://192.168.1.5:1",
  );
});

Deno.test("--print-client says what is missing, and prints nothing", async () => {
  await using scene = await setScene();
  const fails = async (
    code: number,
    message: string,
    ...args: string[]
  ): Promise<void> => {
    const result = await print(scene, ...args);
    assertEquals([result.code, result.stdout], [code, ""], result.stderr);
    assertStringIncludes(result.stderr, message);
  };
  await fails(3, "run discover first", "codex");
  await scene.run();
  const text = await scene.read();
  await fails(2, "not a number from 1 to 65535", "codex", "--", "--port", "x");
  await fails(2, "not a host", "codex", "--", "--host", "a/b");
  await scene.write(text.replace(/ *# <<< discover.*\n/, ""));
  await fails(3, "without an end marker", "codex");
  await scene.write(text.replace(/ *# (?:<<<|>>>) discover.*\n/g, ""));
  await fails(3, "discover --repair", "codex");
});

Deno.test("--print-client says that an include could not be read", async () => {
  await using scene = await setScene();
  await scene.run();
  await scene.write(`${await scene.read()}include: [gone.yaml]\n`);
  const { code, stderr } = await print(scene, "opencode");
  assertEquals(code, 0, stderr);
  assertStringIncludes(stderr, "gone.yaml");
});

Deno.test("--print-client -q prints the text alone", async () => {
  await using scene = await setScene();
  await scene.run();
  const { stdout, stderr } = await print(scene, "codex", "-q");
  assertMatch(stdout, /^model = /);
  assertEquals(stderr, "");
});

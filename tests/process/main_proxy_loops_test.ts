/**
 * Entries of an earlier run, where LiteLLM would now call itself or send its own
 * key: what a run makes of them.
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
import {
  MASTER_KEY,
  oneLine,
  playAnthropic,
  runIn,
  setAnthropic,
} from "../support/client_variables.ts";
import {
  blockNames,
  FEW_NAMES,
  type Scene,
  setScene,
} from "../support/scene.ts";

Deno.test("a base at the proxy's own address leaves entries of an earlier run safe, too", async () => {
  await using scene = await setScene();
  const first = await runIn(scene, {});
  assertEquals(first.code, 0, first.stderr);
  const { port } = new URL(scene.providers.xai.base);
  // Nobody is there to be asked, so the entries of the first run stay.
  const env = { HTTPS_PROXY: "http://127.0.0.1:1" };
  const { code, stderr } = await runIn(scene, env, "--", "--port", port);
  assertEquals(code, 0, stderr);
  const text = await scene.read();
  assertEquals(blockNames(text), FEW_NAMES);
  const entries = text.split("- model_name:").filter((entry) =>
    entry.includes('model: "xai/')
  );
  assert(entries.length > 1);
  for (const entry of entries) {
    const [params = ""] = entry.split("model_info:");
    assertStringIncludes(params, 'api_base: "https://api.x.ai/v1"');
  }
  const again = await runIn(scene, env, "--", "--port", port);
  assertEquals([again.code, await scene.read()], [0, text], again.stderr);
});

Deno.test("entries of an earlier run are made safe although nobody answers", async () => {
  await using scene = await setScene();
  const first = await runIn(scene, {});
  assertEquals(first.code, 0, first.stderr);
  const { port } = new URL(scene.providers.xai.base);
  const nobody = {
    OPENROUTER_API_KEY: "",
    GOOGLE_API_KEY: "",
    XAI_API_KEY: "",
  };
  const env = { ...nobody, GEMINI_API_KEY: "" };
  const { code, stderr } = await runIn(scene, env, "--", "--port", port);
  assertEquals(code, 1, stderr);
  const text = await scene.read();
  assertEquals(blockNames(text), FEW_NAMES);
  assertMatch(
    text,
    /model: "xai\/grok-4.5"\n.*\n +api_base: "https:\/\/api.x.ai/,
  );
  const again = await runIn(scene, env, "--", "--port", port);
  assertEquals([again.code, await scene.read()], [1, text], again.stderr);
});

Deno.test("an entry of an earlier run is not led to a provider with the proxy's own key", async () => {
  await using scene = await setScene();
  const first = await runIn(scene, {});
  assertEquals(first.code, 0, first.stderr);
  // Without a key of its own, LiteLLM takes the same one for it.
  const text = (await scene.read())
    .replace(/^ +api_key: "os.environ\/XAI_API_KEY"\n/m, "");
  await scene.write(text);
  const { port } = new URL(scene.providers.xai.base);
  const env = { LITELLM_MASTER_KEY: MASTER_KEY, XAI_API_KEY: MASTER_KEY };
  const { code, stderr } = await runIn(scene, env, "--", "--port", port);
  assertEquals([code, await scene.read()], [0, text], stderr);
  assertStringIncludes(oneLine(stderr), "is this proxy's own key");
});

const REAL_KEY = "sk-ant-5ecre7-real";
const ITS_BASE = 'api_base: "https://api.anthropic.com"';

/** A scene whose block has Anthropic's models, with a real key for them. */
async function setKnown(
  before: Readonly<Record<string, string>>,
): Promise<Scene> {
  const scene = await setAnthropic();
  await using anthropic = await playAnthropic();
  const { code, stderr } = await runIn(scene, {
    ...before,
    ANTHROPIC_API_KEY: REAL_KEY,
    ...anthropic.env,
  });
  assertEquals(code, 0, stderr);
  return scene;
}

for (
  const [where, name, text] of [
    [
      "set-env.ps1",
      "set-env.ps1",
      "$env:ANTHROPIC_BASE_URL = 'http://127.0.0.1:4000'\n" +
      "$env:ANTHROPIC_API_KEY = $env:LITELLM_MASTER_KEY\n",
    ],
    [
      "the .env",
      ".env",
      "ANTHROPIC_BASE_URL=http://127.0.0.1:4000\n" +
      "ANTHROPIC_API_KEY=${LITELLM_MASTER_KEY}\n",
    ],
  ] as const
) {
  Deno.test(`entries whose key code in ${where} sets are not led to the provider`, async () => {
    await using scene = await setKnown({});
    const before = await scene.read();
    assertNotMatch(before, /api_base/);
    await scene.write(text, name);
    const { code, stderr } = await runIn(scene, {
      LITELLM_MASTER_KEY: MASTER_KEY,
    });
    assertEquals([code, await scene.read()], [0, before], stderr);
    assertMatch(oneLine(stderr), /ANTHROPIC_API_KEY: its value .* computed/);
  });
}

Deno.test("entries are led no longer once their variable holds the proxy's own key", async () => {
  const client = { ANTHROPIC_BASE_URL: "http://127.0.0.1:4000" };
  await using scene = await setKnown(client);
  const led = await scene.read();
  assertStringIncludes(led, ITS_BASE);
  const own = { LITELLM_MASTER_KEY: MASTER_KEY, ANTHROPIC_API_KEY: MASTER_KEY };
  const { code, stderr } = await runIn(scene, { ...client, ...own });
  assertEquals(code, 0, stderr);
  const text = await scene.read();
  assertEquals(blockNames(text), blockNames(led));
  assert(!text.includes(ITS_BASE), text);
  // With a real key again they are led again.
  const real = { ...client, ANTHROPIC_API_KEY: REAL_KEY };
  const again = await runIn(scene, { ...real, HTTPS_PROXY: "http://[::1]:1" });
  assertEquals([again.code, await scene.read()], [0, led], again.stderr);
});

import { assertEquals, assertMatch } from "../../support/assert.ts";
import { KeyRing } from "../../../lib/keys/key_ring.ts";
import type { Warning } from "../../../lib/warning.ts";
import { Secret } from "../../../lib/text/secret.ts";
import { resolveSettings } from "../../../lib/settings/settings.ts";
import { examined } from "../../support/examined.ts";
import { flagsOf } from "../../support/parts.ts";

const ITSELF = "http://127.0.0.1:4000";

const MASTER_KEY = "sk-5ecre7-of-the-pr0xy";

/** A client's variables, in the environment of the proxy. */
const CLIENT = { ANTHROPIC_BASE_URL: ITSELF, OPENAI_BASE_URL: `${ITSELF}/v1` };

/** What is advised on a config that may include other files. */
async function adviceOn(
  text: string,
  environment: Readonly<Record<string, string>> = CLIENT,
  files: Readonly<Record<string, string>> = {},
): Promise<Warning[]> {
  const keys = new KeyRing(environment, [], []);
  const proxy = { port: 4000, masterKeys: [new Secret(MASTER_KEY)] };
  const settings = resolveSettings(flagsOf(), keys, { proxy });
  return await examined(text, { settings, files, outcomes: [] });
}

/** A config with an entry of these parameters, on its lines 2 to 4. */
function entry(...params: readonly string[]): string {
  const lines = params.map((param) => `      ${param}\n`).join("");
  return `model_list:
  - model_name: mine
    litellm_params:
${lines}`;
}

Deno.test("an entry that would call the proxy itself is a warning with its line, and the hint repairs it", async () => {
  const text = entry("model: anthropic/claude-sonnet-5");
  const [warning, ...others] = await adviceOn(text);
  assertEquals(others, []);
  assertEquals(warning?.code, "calls-itself");
  assertEquals(warning?.line, 4);
  assertEquals(
    warning?.text,
    '"mine" would call this proxy itself: ANTHROPIC_BASE_URL from the ' +
      "environment is its own address",
  );
  const [, param = ""] = warning?.hint?.split("litellm_params: ") ?? [];
  assertEquals(param, "api_base: https://api.anthropic.com");
  assertEquals(await adviceOn(`${text}      ${param}\n`), []);
});

for (
  const params of [
    ["model: openai/gpt-5"],
    ["model: openai/*"],
    ["model: anthropic/*"],
    // LiteLLM infers whose these are.
    ["model: gpt-5"],
    ["model: claude-sonnet-4-5"],
    ["model: claude-mine", "custom_llm_provider: anthropic"],
    ["model: anthropic/claude-sonnet-5", "custom_llm_provider: openai"],
    // Empty counts for nothing, and the variable leads back.
    ["model: openai/gpt-5", 'api_base: ""'],
    ["model: openai/gpt-5", "api_base: os.environ/OPENAI_BASE_URL"],
  ]
) {
  Deno.test(`an entry with ${params.join(", ")} would call the proxy itself`, async () => {
    const warnings = await adviceOn(entry(...params));
    assertEquals(warnings.map(({ code, line }) => [code, line]), [
      ["calls-itself", 4],
    ]);
  });
}

for (
  const params of [
    ["model: anthropic/claude-sonnet-5", "api_base: http://10.0.0.7:8000"],
    ["model: openai/gpt-5", "base_url: http://10.0.0.7:8000/v1"],
    ["model: openai/gpt-5", "api_base: os.environ/MY_BASE"],
    ["model: openai/gpt-5", "litellm_credential_name: mine"],
    ["model: openrouter/anthropic/claude-sonnet-5"],
    ["model: azure/gpt-5"],
    ["model: anthropic/claude-sonnet-5", "custom_llm_provider: bedrock"],
  ]
) {
  Deno.test(`an entry with ${params.join(", ")} calls somebody else`, async () => {
    assertEquals(await adviceOn(entry(...params)), []);
  });
}

Deno.test("an entry that the proxy's own key would follow to the provider needs another key, too", async () => {
  const text = entry("model: anthropic/claude-sonnet-5");
  const hints = async (key: string): Promise<string> =>
    (await adviceOn(text, { ...CLIENT, ANTHROPIC_API_KEY: key }))
      .map(({ hint = "" }) => hint).join();
  assertMatch(
    await hints(MASTER_KEY),
    /api_base: https:\/\/api\.anthropic\.com, and an api_key that is not this proxy's own$/,
  );
  assertMatch(await hints("sk-ant-real"), /api\.anthropic\.com$/);
});

Deno.test("an entry is safe where no variable leads to the proxy", async () => {
  const text = entry("model: anthropic/claude-sonnet-5");
  assertEquals(await adviceOn(text, {}), []);
  const other = { ANTHROPIC_BASE_URL: "http://127.0.0.1:8317" };
  assertEquals(await adviceOn(text, other), []);
  // LiteLLM reads this one first.
  const first = { ...CLIENT, ANTHROPIC_API_BASE: "https://api.anthropic.com" };
  assertEquals(await adviceOn(text, first), []);
});

Deno.test("an entry of an included file is named with that file and its line there", async () => {
  const files = {
    "more.yaml": `# Mine\n${entry("model: anthropic/claude-sonnet-5")}`,
  };
  const other = entry("model: xai/grok-4.5").replace("mine", "other");
  const text = `include: [more.yaml]\n${other}`;
  const warnings = await adviceOn(text, CLIENT, files);
  assertEquals(warnings.map(({ code, file, line }) => [code, file, line]), [
    ["calls-itself", "more.yaml", 5],
  ]);
});

Deno.test("many entries are one line for each variable, the first three named", async () => {
  const names = ["a", "b", "c", "d", "e"];
  const entries = names.map((name) =>
    `  - model_name: ${name}\n    litellm_params: {model: anthropic/${name}}\n`
  ).join("");
  const own =
    "  - model_name: gpt\n    litellm_params: {model: openai/gpt-5}\n";
  const warnings = await adviceOn(`model_list:\n${entries}${own}`);
  assertEquals(
    warnings.map(({ line, text }) => [line, text.replace(/ would .*/, "")]),
    [[3, '"a", "b", "c" and 2 more'], [13, '"gpt"']],
  );
});

for (
  const [place, text, line] of [
    ["at the top", "model_list: []\nmaster_key: sk-1\n", 2],
    ["below litellm_settings", "litellm_settings:\n  master_key: sk-1\n", 2],
    ["below router_settings", "router_settings:\n  master_key: sk-1\n", 2],
    ["there as a number", "\nlitellm_settings:\n  master_key: 1234\n", 3],
  ] as const
) {
  Deno.test(`a master_key ${place} is a warning with its line: LiteLLM does not read it`, async () => {
    const [warning, ...others] = await adviceOn(text);
    assertEquals(others, []);
    assertEquals(
      [warning?.code, warning?.line, warning?.text],
      ["unread-master-key", line, "LiteLLM does not read master_key here"],
    );
    assertEquals(
      warning?.hint,
      "move it to general_settings:, or set LITELLM_MASTER_KEY",
    );
  });
}

Deno.test("a master_key where LiteLLM reads it is nothing to tell", async () => {
  for (const value of ["sk-1", "os.environ/LITELLM_MASTER_KEY", "' 1'"]) {
    const text = `general_settings:\n  master_key: ${value}\n`;
    assertEquals(await adviceOn(text), []);
  }
});

Deno.test("a second master_key is a warning as well: whoever changes it changes nothing", async () => {
  const text = "general_settings:\n  master_key: sk-1\n" +
    "litellm_settings:\n  master_key: sk-2\n";
  const warnings = await adviceOn(text);
  assertEquals(warnings.map(({ code, line, hint }) => [code, line, hint]), [
    [
      "unread-master-key",
      4,
      "remove it: LiteLLM uses the one under general_settings:",
    ],
  ]);
});

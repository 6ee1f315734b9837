import { assertEquals, assertStringIncludes } from "../support/assert.ts";
import { examine } from "../../lib/doctor/doctor.ts";
import {
  field,
  isJsonObject,
  type JsonObject,
  listField,
} from "../../lib/text/fields.ts";
import type { Warning } from "../../lib/warning.ts";
import { parseYaml } from "../../lib/yaml/parse.ts";
import { doctorInput } from "../support/examined.ts";
import { answered, bytesOf, textOf } from "../support/parts.ts";

const CLAUDE = `model_list:
  - model_name: gpt
    litellm_params: {model: openai/gpt-5}
  - model_name: claude-opus-*
    litellm_params: {model: anthropic/claude-opus-*}
  - model_name: my-or
    litellm_params: {model: openrouter/anthropic/claude-sonnet-5}
  - model_name: my-claude
    litellm_params: {model: anthropic/claude-sonnet-5}
`;

/** The config after a run, and what is advised. */
async function runOn(
  text: string,
): Promise<{ text: string; warnings: Warning[] }> {
  const outcomes = [answered("openrouter", "anthropic/claude-sonnet-5")];
  const input = await doctorInput(text, { outcomes });
  return { text: textOf(input.bytes), warnings: examine(input) };
}

/** What a hint says: the rule, what it is added to, and on which line that is. */
interface Advice {
  readonly rule: unknown;
  readonly path: readonly string[];
  readonly line: number | undefined;
}

function readHint(hint: string): Advice {
  const [, path, line, rule = ""] =
    /^add to (?:the config|(\S+) \(line (\d+)\)): (.*)$/.exec(hint) ?? [];
  return {
    rule: parseYaml(bytesOf(rule)),
    path: path?.split(".") ?? [],
    line: line === undefined ? undefined : Number(line),
  };
}

/** Does what a hint says, as its reader would. */
function follow(text: string, hint: string): string {
  const { rule, path: [section, list] } = readHint(hint);
  const end = text.indexOf("\n", text.indexOf("# <<< ")) + 1;
  const rest = asObject(parseYaml(bytesOf(text.slice(end))));
  const own = asObject(field(rest, section ?? ""));
  const changed = list === undefined
    ? { ...own, ...asObject(rule) }
    : { ...own, [list]: [rule, ...listField(own, list)] };
  const after = section === undefined
    ? { ...rest, ...asObject(rule) }
    : { ...rest, [section]: changed };
  const lines = Object.entries(after)
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`);
  return text.slice(0, end) + lines.join("");
}

function asObject(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** What may follow the list, and the part of it that the hint leads to. */
const FORMS: readonly (readonly [string, string, number?])[] = [
  ["", ""],
  ["litellm_settings:\n", "litellm_settings", 1],
  ["litellm_settings: {}\n", "litellm_settings", 1],
  ["litellm_settings:\n  drop_params: true\n", "litellm_settings", 1],
  ["\nlitellm_settings:\n\n    'drop_params': true\n", "litellm_settings", 2],
  ["litellm_settings: {drop_params: true}\n", "litellm_settings", 1],
  [
    "litellm_settings:\n  fallbacks:\n  - gpt: [my-or]\n",
    "litellm_settings.fallbacks",
    2,
  ],
  [
    "litellm_settings:\n  fallbacks: [\n    {gpt: [my-or]}]\n",
    "litellm_settings.fallbacks",
    2,
  ],
  [
    "litellm_settings:\n  fallbacks: []\n",
    "litellm_settings.fallbacks",
    2,
  ],
  [
    "litellm_settings:\n  fallbacks: []\nrouter_settings:\n  fallbacks:\n" +
    "    - gpt: [my-or]\n",
    "router_settings.fallbacks",
    4,
  ],
];

for (const [form, path, line] of FORMS) {
  Deno.test(`advise() says where the fallback goes in ${JSON.stringify(form)}`, async () => {
    const { text, warnings } = await runOn(CLAUDE + form);
    assertEquals(
      warnings.map(({ code, line, text }) => [code, line, text]),
      [[
        "unused-fallback",
        8,
        '"my-claude" has no fallback, and claude-fallback is available',
      ]],
    );
    const [hint = ""] = warnings.flatMap((warning) => warning.hint ?? []);
    const end = text.split("\n").findIndex((line) => line.includes("# <<< "));
    const advice = readHint(hint);
    assertEquals(advice.path.join("."), path);
    assertEquals(advice.line, line && end + 1 + line);
    const followed = follow(text, hint);
    assertStringIncludes(followed, '"claude-fallback"');
    assertEquals((await runOn(followed)).warnings, []);
  });
}

Deno.test("advise() leaves alone who has fallbacks, and who has no Claude", async () => {
  for (
    const settings of [
      "fallbacks: [{my-claude: [gpt]}]",
      "fallbacks: [{'*': [gpt]}]",
      "fallbacks: [{gpt: [claude-fallback]}]",
      "default_fallbacks: [gpt]",
    ]
  ) {
    for (const section of ["litellm_settings", "router_settings"]) {
      const text = `${CLAUDE}${section}:\n  ${settings}\n`;
      assertEquals((await runOn(text)).warnings, [], text);
    }
  }
  const end = CLAUDE.indexOf("  - model_name: my-claude");
  assertEquals((await runOn(CLAUDE.slice(0, end))).warnings, []);
});

Deno.test("advise() quotes a name that YAML would read as something else", async () => {
  for (const name of ["4.1", "on", "a: b", "- x", "caf\u00e9"]) {
    const text = CLAUDE.replace("my-claude", JSON.stringify(name));
    const run = await runOn(text);
    const [hint = ""] = run.warnings.flatMap((warning) => warning.hint ?? []);
    assertEquals((await runOn(follow(run.text, hint))).warnings, [], hint);
  }
});

import { assert, assertEquals } from "../support/assert.ts";
import { advise } from "../../lib/advice/advice.ts";
import { readConfig } from "../../lib/config/config.ts";
import { planRefresh } from "../../lib/commands/plan.ts";
import type { Warning } from "../../lib/warning.ts";
import { parseYaml } from "../../lib/yaml/parse.ts";
import { answered, bytesOf, settingsOf, textOf } from "../support/parts.ts";

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
  const config = await readConfig(bytesOf(text));
  const { previous } = config;
  const settings = settingsOf();
  const outcomes = [answered("openrouter", "anthropic/claude-sonnet-5")];
  const { bytes, catalog } = await planRefresh(
    config,
    previous,
    settings,
    outcomes,
  );
  if (!catalog) throw new Error("no catalog");
  const facts = { config, bytes, previous, catalog, settings, outcomes };
  return {
    text: textOf(bytes),
    warnings: advise({ ...facts, readAs: "utf-8" }),
  };
}

/** Does what a hint says, as its reader would. */
function follow(text: string, hint: string): string {
  const [what = "", ...paste] = hint.split("\n");
  const lines = text.split("\n");
  const line = Number(/line (\d+)/.exec(what)?.[1] ?? 0);
  if (what.startsWith("add above")) lines.splice(line - 1, 0, ...paste);
  else if (what.startsWith("write instead")) {
    lines.splice(line - 1, 1, ...paste);
  } else if (what.startsWith("add at the end")) lines.splice(-1, 0, ...paste);
  else {
    // Into a collection in brackets, as its first part.
    const part = what.slice(what.indexOf(": ") + 2);
    const own = lines[line - 1] ?? "";
    const isEmpty = /[[{][\]}]/.test(own);
    lines[line - 1] = own.replace(/[[{]/, `$&${part}${isEmpty ? "" : ", "}`);
  }
  return lines.join("\n");
}

/** What may follow the list, and the hint with lines counted from there. */
const FORMS: readonly (readonly [string, string])[] = [
  ["", "add at the end of the file:"],
  ["litellm_settings:\n", "write instead of line 1:"],
  ["litellm_settings: {}\n", "write instead of line 1:"],
  ["litellm_settings:\n  drop_params: true\n", "add above line 2:"],
  ["litellm_settings:\n\n    'drop_params': true\n", "add above line 3:"],
  [
    "litellm_settings: {drop_params: true}\n",
    "add to litellm_settings on line 1: fallbacks: [{my-claude: [claude-fallback]}]",
  ],
  [
    "litellm_settings:\n  fallbacks:\n  - gpt: [my-or]\n",
    "add above line 3:",
  ],
  [
    "litellm_settings:\n  fallbacks: [{gpt: [my-or]}]\n",
    "add to the list on line 2: {my-claude: [claude-fallback]}",
  ],
  ["litellm_settings:\n  fallbacks: []\n", "write instead of line 2:"],
  [
    "litellm_settings:\n  fallbacks: []\nrouter_settings:\n  fallbacks:\n" +
    "    - gpt: [my-or]\n",
    "add above line 5:",
  ],
];

for (const [form, first] of FORMS) {
  Deno.test(`advise() says where the fallback goes in ${JSON.stringify(form)}`, async () => {
    const { text, warnings } = await runOn(CLAUDE + form);
    assertEquals(warnings.map(({ code, line }) => [code, line]), [
      ["unused-fallback", 8],
    ]);
    const [hint = ""] = warnings.flatMap((warning) => warning.hint ?? []);
    const end = text.split("\n").findIndex((line) => line.includes("# <<< "));
    const told = hint.replace(
      /line (\d+)/,
      (_, line) => `line ${Number(line) - end - 1}`,
    );
    assertEquals(told.split("\n")[0], first);
    const followed = follow(text, hint);
    const before = JSON.stringify(parseYaml(bytesOf(text)));
    const after = JSON.stringify(parseYaml(bytesOf(followed)));
    const rule = '{"my-claude":["claude-fallback"]}';
    assert(after.includes(rule), followed);
    assert(before.replace(/[{}[\]]/g, "").length < after.length);
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

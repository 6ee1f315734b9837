import { assertEquals } from "../../support/assert.ts";
import { examined } from "../../support/examined.ts";

/** Code, line and text of what is found about these router settings. */
async function onRouter(...lines: readonly string[]): Promise<string[]> {
  const text = `model_list:
  - model_name: claude-main
    litellm_params: {model: anthropic/claude-sonnet-5}
router_settings:
${lines.map((line) => `  ${line}\n`).join("")}`;
  const found = await examined(text, { outcomes: [] });
  return found.map(({ code, line, text }) => `${code} ${line}: ${text}`);
}

Deno.test("an alias that is a list resolves to nothing; a mapping without hidden stops LiteLLM", async () => {
  const aliases = "model_group_alias: {llm: [claude-main, claude-fallback], " +
    "nohid: {model: claude-main}}";
  assertEquals(await onRouter(aliases), [
    'malformed-alias 5: the alias "nohid" is a mapping without "hidden"',
    'dead-alias 5: the alias "llm" is a list, which LiteLLM never resolves',
  ]);
});

Deno.test("an alias without a model stops LiteLLM where it would list it", async () => {
  assertEquals(
    await onRouter(
      "model_group_alias:",
      "  hides: {hidden: true}",
      "  lists: {hidden: false}",
      "  none: {hidden: false, model: }",
      "  several: {hidden: false, model: [claude-main]}",
    ),
    [
      'malformed-alias 7: the alias "lists" names no model',
      'malformed-alias 9: the alias "several" names no model',
      'dead-alias 6: the alias "hides" names no model',
      'dead-alias 8: the alias "none" names no model',
    ],
  );
});

Deno.test("aliases in a form of their own are no finding", async () => {
  const good = [
    "model_group_alias: {short: claude-main}",
    "model_group_alias: {short: {model: claude-main, hidden: true}}",
    "model_group_alias: {short: {model: claude-main, hidden: false}}",
    "model_group_alias: {}",
    "model_group_alias:",
    "model_group_alias: os.environ/ALIASES",
  ];
  for (const line of good) assertEquals(await onRouter(line), [], line);
});

Deno.test("model_group_alias as a list or text stops LiteLLM", async () => {
  for (const [value, kind] of [["[a]", "a list"], ["a", "text"]]) {
    assertEquals(await onRouter(`model_group_alias: ${value}`), [
      `malformed-alias 5: model_group_alias is ${kind} where LiteLLM needs a ` +
      "mapping",
    ]);
  }
});

Deno.test("since 1.110 LiteLLM starts with model_group_alias as a list, and reads none", async () => {
  const found = await examined("router_settings: {model_group_alias: [a]}\n", {
    environment: {
      valueOf: () => "a-key",
      mayRead: () => true,
      release: "1.110.2",
    },
    outcomes: [],
  });
  assertEquals(found.map(({ code }) => code), ["dead-alias"]);
});

Deno.test("aliases where LiteLLM does not look are dead", async () => {
  const text = "model_group_alias: {a: b}\nmodel_list: []\n" +
    "litellm_settings:\n  model_group_alias: {a: b}\n";
  const found = await examined(text, { outcomes: [] });
  assertEquals(found.map(({ code, line, hint }) => [code, line, hint]), [
    ["dead-alias", 1, "move it to router_settings:"],
    ["dead-alias", 4, "move its aliases to the model_group_alias: on line 1"],
  ]);
});

Deno.test("aliases are not to be moved before LiteLLM can take them", async () => {
  const hintOn = async (value: string): Promise<string | undefined> => {
    const text = `model_list: []\nmodel_group_alias: ${value}\n`;
    const [found] = await examined(text, { outcomes: [] });
    return found?.hint;
  };
  assertEquals(
    await hintOn("[a]"),
    "move it to router_settings:, but first repair it: model_group_alias is a " +
      "list where LiteLLM needs a mapping (write each alias below it as " +
      "`alias: model_name`)",
  );
  assertEquals(
    await hintOn("{x: {model: a}}"),
    'move it to router_settings:, but first repair it: the alias "x" is a ' +
      'mapping without "hidden" (add hidden: false, or true to leave it out ' +
      "of /v1/models)",
  );
});

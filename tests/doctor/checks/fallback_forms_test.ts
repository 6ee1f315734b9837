import { assert, assertEquals } from "../../support/assert.ts";
import { examined, type Scene } from "../../support/examined.ts";
import { bytesOf } from "../../support/parts.ts";
import { isJsonObject } from "../../../lib/text/fields.ts";
import { parseYaml } from "../../../lib/yaml/parse.ts";
import type { Finding } from "../../../lib/warning.ts";

const MODELS = `model_list:
  - model_name: claude-main
    litellm_params: {model: anthropic/claude-sonnet-5}
  - model_name: gpt
    litellm_params: {model: openai/gpt-5}
`;

/** The findings about forms alone; nobody answers, so that nothing is written. */
async function forms(text: string, scene: Scene = {}): Promise<Finding[]> {
  const found = await examined(text, { outcomes: [], ...scene });
  return found.filter(({ code }) => code.endsWith("-fallbacks"));
}

async function onlyForm(text: string): Promise<Finding> {
  const [found, ...others] = await forms(text);
  assertEquals(others, []);
  assert(found !== undefined, text);
  return found;
}

/** Does to the letter what a hint says to replace; nothing if it says none. */
function edited(text: string, hint: string): string | undefined {
  const [first = "", ...lines] = hint.split("\n");
  const [, from, to] = /^replace lines? (\d+)(?:-(\d+))? with:$/.exec(first) ??
    [];
  if (from === undefined) return undefined;
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const old = text.split(eol);
  const at = Number(from) - 1;
  old.splice(at, Number(to ?? from) - at, ...lines);
  return old.join(eol);
}

Deno.test("an item with two keys stops LiteLLM, and the hint shows an item for each", async () => {
  const text = `${MODELS}litellm_settings:
  fallbacks:
    - claude-main: [claude-fallback]
      gpt: [gpt-fallback]
`;
  assertEquals(await onlyForm(text), {
    code: "malformed-fallbacks",
    text: "an item of fallbacks has 2 keys, and LiteLLM needs one",
    hint: `replace lines 7-9 with:
  fallbacks:
    - claude-main: [claude-fallback]
    - gpt: [gpt-fallback]`,
    line: 7,
  });
});

Deno.test("fallbacks as a mapping are shown as a list, for all of its lines", async () => {
  const text = `${MODELS}litellm_settings:
  fallbacks:
    claude-main: [gpt]
    gpt: [claude-main]
`;
  assertEquals(await onlyForm(text), {
    code: "malformed-fallbacks",
    text: "fallbacks is a mapping where LiteLLM needs a list",
    hint: `replace lines 7-9 with:
  fallbacks:
    - claude-main: [gpt]
    - gpt: [claude-main]`,
    line: 7,
  });
});

const WANTED = [{ "claude-main": ["gpt"] }, { gpt: ["claude-main"] }];

const BLOCK = `litellm_settings:
  fallbacks:
    claude-main: [gpt]
    gpt: claude-main
  num_retries: 2
`;

/** Shapes in which the lines can be promised. */
const PROMISED: Readonly<Record<string, string>> = {
  "in block style": BLOCK,
  "with CRLF": BLOCK.replaceAll("\n", "\r\n"),
  "at the end of a file without a newline": BLOCK.trimEnd().replace(
    /\n.*retries.*/,
    "",
  ),
  "deeper in": BLOCK.replaceAll("\n  ", "\n      "),
  "before a document's end": `${BLOCK}...\n`,
  "before a comment": BLOCK.replace("  num", "  # more\n  num"),
  "before a text block": `${BLOCK}  other: |\n    fallbacks:\n      a: b\n`,
  "in a flow mapping of its own lines":
    "litellm_settings:\n  fallbacks: {claude-main: [gpt],\n    gpt: claude-main}\n",
  "under a quoted key": BLOCK.replace("fallbacks", '"fallbacks"'),
  "as items in the column of the key":
    "litellm_settings:\n  fallbacks:\n  - claude-main: [gpt]\n    gpt: claude-main\n" +
    "  num_retries: 2\n",
  "with tags": BLOCK.replace("fallbacks:", "fallbacks: !!map"),
  "in the router's settings": BLOCK.replace("litellm_", "router_"),
};

for (const [shape, settings] of Object.entries(PROMISED)) {
  Deno.test(`the lines that a hint says to replace ${shape} give the same list, and nothing else changes`, async () => {
    const eol = settings.includes("\r\n") ? "\r\n" : "\n";
    const text = MODELS.replaceAll("\n", eol) + settings;
    const { hint = "" } = await onlyForm(text);
    const after = edited(text, hint);
    assert(after !== undefined, hint);
    assertEquals(await forms(after), []);
    const value = parseYaml(bytesOf(text));
    assert(isJsonObject(value));
    const section = Object.keys(value).at(-1) ?? "";
    const before = value[section];
    assert(isJsonObject(before));
    const expected = { ...before, fallbacks: WANTED };
    assertEquals(parseYaml(bytesOf(after)), { ...value, [section]: expected });
  });
}

Deno.test("an indented file is edited to the letter as well", async () => {
  const text = (MODELS + BLOCK).replaceAll(/^/gm, "  ").trimEnd() + "\n";
  const after = edited(text, (await onlyForm(text)).hint ?? "");
  assert(after !== undefined);
  assertEquals(await forms(after), []);
});

Deno.test("no line is promised where the rest of it would change or be lost", async () => {
  const inFlow = "litellm_settings: {fallbacks: {claude-main: [gpt]}, a: 1}\n";
  const commented = BLOCK.replace("[gpt]", "[gpt] # the cheap one");
  const anchored = BLOCK.replace("fallbacks:", "fallbacks: &all") +
    "other: *all\n";
  for (const settings of [inFlow, commented, anchored]) {
    const { hint = "" } = await onlyForm(MODELS + settings);
    assert(
      hint.startsWith(
        "write it as a list:\nfallbacks:\n  - claude-main: [gpt]",
      ),
      hint,
    );
  }
});

Deno.test("names that YAML would read as something else are quoted", async () => {
  const text = `${MODELS}litellm_settings:
  fallbacks:
    gpt: ["no", "*"]
    "4.5": [gpt-4.1]
`;
  const { hint = "" } = await onlyForm(text);
  assertEquals(hint.split("\n").slice(-2), [
    '    - gpt: ["no", "*"]',
    '    - "4.5": [gpt-4.1]',
  ]);
});

Deno.test("a list of names is taken for the fallbacks of all models", async () => {
  const text = `${MODELS}litellm_settings:\n  fallbacks: [gpt, claude-main]\n`;
  const { hint, text: what } = await onlyForm(text);
  assertEquals(
    what,
    "an item of fallbacks is text where LiteLLM needs a mapping",
  );
  assertEquals(
    hint,
    'replace line 7 with:\n  fallbacks:\n    - "*": [gpt, claude-main]',
  );
});

Deno.test("a value with more than names is not shown, and neither is one like a key", async () => {
  const rule = "write it as a list with one model in each item, such as " +
    "`- my-model: [fallback, another]`";
  for (
    const value of [
      "{claude-main: [{model: gpt, api_key: sk-2c9F81kdPw0aQ}]}",
      "{claude-main: sk-2c9F81kdPw0aQ}",
      "5",
      "|\n    - a\n    - b",
      // Keys that are no models: LiteLLM has no such form.
      "[{match: [context_window], to_model: [gpt]}]",
    ]
  ) {
    const text = `${MODELS}litellm_settings:\n  fallbacks: ${value}\n`;
    const { hint } = await onlyForm(text);
    assertEquals(hint, rule);
  }
});

Deno.test("default_fallbacks as text stop LiteLLM; as a mapping they are dead", async () => {
  const on = (value: string): Promise<Finding> =>
    onlyForm(`${MODELS}litellm_settings:\n  default_fallbacks: ${value}\n`);
  const { code, hint } = await on("gpt");
  assertEquals(code, "malformed-fallbacks");
  assertEquals(hint, "replace line 7 with:\n  default_fallbacks: [gpt]");
  assertEquals((await on("{claude-main: [gpt]}")).code, "dead-fallbacks");
});

Deno.test("LiteLLM never looks at the form of context_window_fallbacks, which are then dead", async () => {
  const text = `${MODELS}litellm_settings:
  context_window_fallbacks: {claude-main: [gpt]}
`;
  const { code, hint } = await onlyForm(text);
  assertEquals(code, "dead-fallbacks");
  assertEquals(
    hint,
    "replace line 7 with:\n  context_window_fallbacks:\n    - claude-main: [gpt]",
  );
});

Deno.test("fallbacks that LiteLLM takes are no finding", async () => {
  const values = [
    "[]",
    "",
    "{}",
    '""',
    "[{claude-main: []}]",
    "[{claude-main: [{model: gpt, max_tokens: 5}]}]",
    "[{model: gpt}]",
    "os.environ/FALLBACKS",
  ];
  for (const value of values) {
    const text = `${MODELS}litellm_settings:\n  fallbacks: ${value}\n`;
    assertEquals(await forms(text), [], value);
  }
});

Deno.test("only the section that counts is judged: the router's, unless it is empty", async () => {
  const text = (router: string): string =>
    `${MODELS}litellm_settings:\n  fallbacks: {claude-main: [gpt]}\n` +
    `router_settings:\n  fallbacks: ${router}\n`;
  assertEquals(await forms(text("[{gpt: [claude-main]}]")), []);
  assertEquals((await onlyForm(text("[]"))).line, 7);
});

Deno.test("fallbacks where LiteLLM does not look are dead", async () => {
  const text = `${MODELS}fallbacks: [{gpt: [claude-main]}]\n`;
  assertEquals(await onlyForm(text), {
    code: "dead-fallbacks",
    text: "LiteLLM does not read fallbacks here",
    hint: "move it to litellm_settings:",
    line: 6,
  });
});

Deno.test("misplaced fallbacks are to be moved only in a form that LiteLLM takes", async () => {
  const hintOn = async (value: string): Promise<string | undefined> =>
    (await onlyForm(`${MODELS}fallbacks: ${value}\n`)).hint;
  assertEquals(
    await hintOn("{gpt: [claude-main]}"),
    "move it to litellm_settings:, as a list:\nfallbacks:\n" +
      "  - gpt: [claude-main]",
  );
  assertEquals(
    await hintOn("5"),
    "remove it; what belongs to litellm_settings: is a list with one model " +
      "in each item, such as `- my-model: [fallback, another]`",
  );
});

Deno.test("misplaced fallbacks join those that are there", async () => {
  const text = (section: string): string =>
    `${MODELS}general_settings:\n  fallbacks: [{gpt: [claude-main]}]\n` +
    `${section}:\n  fallbacks: [{claude-main: [gpt]}]\n`;
  for (const section of ["litellm_settings", "router_settings"]) {
    const { line, hint } = await onlyForm(text(section));
    assertEquals(line, 7);
    assertEquals(hint, "move its items to the fallbacks: on line 9");
  }
  const files = { "r.yaml": "litellm_settings: {fallbacks: [{gpt: [a]}]}\n" };
  const [found] = await forms(
    `include: [r.yaml]\n${MODELS}fallbacks: [{gpt: [claude-main]}]\n`,
    { files },
  );
  assertEquals(
    found?.hint,
    'move its items to the fallbacks: on line 1 of "r.yaml"',
  );
});

Deno.test("a model without fallbacks after it is said in a plain sentence", async () => {
  const text = `${MODELS}litellm_settings:\n  fallbacks: [{gpt: }]\n`;
  assertEquals(
    (await onlyForm(text)).text,
    '"gpt" has nothing in fallbacks where LiteLLM needs a list',
  );
});

Deno.test("in an included file the lines are those of that file", async () => {
  const files = {
    "routing.yaml": "litellm_settings:\n  fallbacks:\n    gpt: claude-main\n",
  };
  const [found] = await forms(`include: [routing.yaml]\n${MODELS}`, { files });
  assertEquals([found?.file, found?.line], ["routing.yaml", 2]);
  assertEquals(
    found?.hint,
    "replace lines 2-3 with:\n  fallbacks:\n    - gpt: [claude-main]",
  );
});

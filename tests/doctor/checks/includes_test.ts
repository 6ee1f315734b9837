import { assertEquals } from "../../support/assert.ts";
import { examined } from "../../support/examined.ts";

/** Code, file, line, text and hint of all that is found. */
async function found(
  text: string,
  files: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const all = await examined(text, { outcomes: [], files });
  return all.map(({ code, file = "config", line, text, hint }) =>
    `${code} ${file}:${line}: ${text} -> ${hint}`
  );
}

const MODELS = `model_list:
  - model_name: claude-main
    litellm_params: {model: anthropic/claude-sonnet-5}
`;

Deno.test("an include that is not there is named, and how its path counts", async () => {
  assertEquals(await found(`include: [nothere.yaml]\n${MODELS}`), [
    'broken-include config:1: LiteLLM refuses include "nothere.yaml": no such ' +
    "file -> correct the path (it counts from the folder of this file), or " +
    "remove it",
  ]);
});

Deno.test("include as text, or empty, is no list", async () => {
  for (const value of ["more.yaml", "", "{a: b}", "[5]"]) {
    const files = { "more.yaml": "" };
    assertEquals(await found(`include: ${value}\n${MODELS}`, files), [
      "broken-include config:1: LiteLLM refuses include: not a list of file " +
      "names -> write it as a list, such as include: [models.yaml]",
    ]);
  }
});

/** What is said of an included file with this text. */
function included(text: string): Promise<string[]> {
  return found(`include: [more.yaml]\n${MODELS}`, { "more.yaml": text });
}

Deno.test("an included file that is a list or text is refused, an empty one is not", async () => {
  for (const text of ["- model_name: a\n", "text\n"]) {
    assertEquals(await included(text), [
      'broken-include config:1: LiteLLM refuses include "more.yaml": the top ' +
      "level is not a mapping -> begin it with keys such as model_list:",
    ]);
  }
  for (const text of ["", "# nothing yet\n", "[]\n", "{}\n"]) {
    assertEquals(await included(text), []);
  }
});

Deno.test("an included file that PyYAML refuses is refused, with its line and the reason", async () => {
  const reasons: Readonly<Record<string, string>> = {
    "\t\n": "tab where only spaces are allowed on line 1",
    "a: 1\nlitellm_settings: {}\t\n":
      "tab where only spaces are allowed on line 2",
    "a: [\n": "unclosed bracket on line 1",
    "a: 1\n---\nb: 2\n": "more than one YAML document on line 2",
    "{% if x %}\na: 1\n": "an unrendered template (`{%`) on line 1",
    "a: {{ x }}\n": "an unrendered template (`{{`) on line 1",
    "a: { {x: y}: z}\n": "list or mapping as a key on line 1",
    "a: 1\nb: *.yaml\n": "alias without an anchor before it on line 2",
    "a: 1\n- b\n": "cannot be read as YAML on line 2",
    "a: 1\0\n": "NUL byte on line 1",
  };
  for (const [text, reason] of Object.entries(reasons)) {
    const [first = "", ...others] = await included(text);
    assertEquals(
      [first.split(" -> ")[0], others],
      [
        `broken-include config:1: LiteLLM refuses include "more.yaml": ${reason}`,
        [],
      ],
    );
  }
});

Deno.test("an included file that only this program cannot read is a note", async () => {
  for (const text of ["x: [-]\n", "&k a: 1\nb: *k\n", "[".repeat(100_000)]) {
    const [first = ""] = await included(
      text.startsWith("[") ? `${text}${"]".repeat(100_000)}` : text,
    );
    assertEquals(first.split(" ")[0], "unread-include", text.slice(0, 20));
  }
});

Deno.test("of a URL as an include no password and no token is shown", async () => {
  for (
    const url of [
      "https://user:s5ecre7pass@host/x.yaml",
      "https://user:s5ec/re7p@ss@host/x.yaml?token=t0k#frag",
    ]
  ) {
    assertEquals(await found(`include: ["${url}"]\n${MODELS}`), [
      'broken-include config:1: LiteLLM refuses include "https://host/x.yaml"' +
      ": no file, but a URL -> download it, and name the file instead",
    ]);
  }
});

Deno.test("a broken include of an included file is named there", async () => {
  const files = { "more.yaml": "\ninclude:\n  - gone.yaml\n" };
  const [one = ""] = await found(`include: [more.yaml]\n${MODELS}`, files);
  assertEquals(
    one.split(":").slice(0, 2),
    ["broken-include more.yaml", "3"],
  );
});

Deno.test("a typo in an included routing file is named where it stands, and so is an alias", async () => {
  const files = {
    "routing.yaml": `litellm_settings:
  fallbacks: [{claude-main: [claude-falback]}]
router_settings:
  model_group_alias: {fast: nothere}
`,
  };
  const all = await found(`include:\n  - routing.yaml\n${MODELS}`, files);
  assertEquals(all.map((one) => one.split(" -> ")[0]), [
    'unknown-alias routing.yaml:4: model_group_alias "fast" resolves to ' +
    '"nothere", which is not defined in this config',
    'unknown-fallback routing.yaml:2: the fallback "claude-falback" is not ' +
    "defined in this config",
  ]);
});

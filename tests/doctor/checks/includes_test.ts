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
    'broken-include config:1: include "nothere.yaml": not found -> LiteLLM ' +
    "will not start: correct the path (it counts from the folder of this " +
    "file), or remove it",
  ]);
});

Deno.test("include as text, or empty, is no list", async () => {
  for (const value of ["more.yaml", "", "{a: b}", "[5]"]) {
    const files = { "more.yaml": "" };
    assertEquals(await found(`include: ${value}\n${MODELS}`, files), [
      "broken-include config:1: include is not a list of file names -> " +
      "LiteLLM will not start: write it as a list, such as include: " +
      "[models.yaml]",
    ]);
  }
});

Deno.test("an included file that is a list or text is refused, an empty one is not", async () => {
  const on = (text: string): Promise<string[]> =>
    found(`include: [more.yaml]\n${MODELS}`, { "more.yaml": text });
  for (const text of ["- model_name: a\n", "text\n"]) {
    assertEquals(await on(text), [
      'broken-include config:1: include "more.yaml": the top level is not a ' +
      "mapping -> LiteLLM will not start: begin it with keys such as " +
      "model_list:",
    ]);
  }
  for (const text of ["", "# nothing yet\n", "[]\n", "{}\n"]) {
    assertEquals(await on(text), []);
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

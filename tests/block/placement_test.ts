import { findRegion } from "../../lib/block/splice.ts";
import { assertEquals } from "../support/assert.ts";
import { fromRepository } from "../support/repository.ts";

/** The text in front of the new block and the text after it. */
function around(text: string): [string, string] {
  const { start, end } = findRegion(new TextEncoder().encode(text));
  assertEquals(start, end);
  return [text.slice(0, start), text.slice(end)];
}

/** Asserts that the block goes where the text says `<here>`. */
function assertPlace(marked: string): void {
  const [before = "", after = ""] = marked.split("<here>");
  assertEquals(around(before + after), [before, after]);
}

Deno.test("a new block goes after the last item, in front of blank lines", () => {
  assertPlace("model_list:\n  - a: 1\n    b: 2 # two\n<here>\n\nx: 1\n");
});

Deno.test("a new block goes after comments as deep as the items", () => {
  assertPlace("model_list:\n  - a: 1\n\n  # - b: 1\n    # c\n<here>\nx: 1\n");
});

Deno.test("a new block stays in front of the next key's heading", () => {
  assertPlace("model_list:\n  - a: 1\n<here># Next\n  # deep\nx: 1\n");
  assertPlace("model_list:\n  - a: 1\n<here> # less deep\n\nx: 1\n");
});

Deno.test("a new block at column 0 goes up to the first blank line", () => {
  assertPlace("model_list:\n- a: 1\n# about a\n<here>\n# Next\nx: 1\n");
  assertPlace("model_list:\n- a: 1\n<here>   \n# Next\nx: 1\n");
});

Deno.test("a new block goes after the empty lines that a text keeps", () => {
  assertPlace("model_list:\n  - a: |+\n      text\n\n\n<here>x: 1\n");
  assertPlace("model_list:\n- a: >\n   text\n\n  \n<here># Next\nx: 1\n");
  assertPlace("model_list:\r\n- a: |\r\n   b\r\n\r\n<here># N\r\nx: 1\r\n");
  assertPlace("model_list:\n- a: >\n   text\n# about a\n<here>x: 1\n");
});

Deno.test("a new block goes below the empty key and the comments under it", () => {
  assertPlace("model_list: # none\n<here>x: 1\n");
  assertPlace("model_list:\n\n  # - a: 1\n<here>\n# Next\nx: 1\n");
});

Deno.test("a new key goes to the end of the document", () => {
  assertPlace("general_settings: {}\n\n# end\n<here>");
  assertPlace("general_settings: {}\n# end\n<here>...\n# behind\n");
});

Deno.test("a new block says what it needs in front of it", () => {
  const added = (text: string): readonly string[] =>
    findRegion(new TextEncoder().encode(text)).added;
  assertEquals(added("model_list:\n- a: 1\n"), []);
  assertEquals(added("model_list:\n- a: 1"), ["newline"]);
  assertEquals(added("model_list:"), ["newline"]);
  assertEquals(added("prompts: {}\n"), ["model_list"]);
  assertEquals(added("prompts: {}\n# x"), ["model_list", "newline"]);
});

Deno.test("a new block takes the end of the first line with an LF, or a lone CR", () => {
  const eol = (text: string): string =>
    findRegion(new TextEncoder().encode(text)).eol;
  assertEquals(eol("model_list:"), "\n");
  assertEquals(eol("model_list:\n- a\r\n- b\r\n"), "\n");
  assertEquals(eol("model_list:\r\n- a\n- b\n"), "\r\n");
  assertEquals(eol("model_list:\r- a\r"), "\r");
  assertEquals(eol("# x\rmodel_list:\n- a\n"), "\n");
});

const LINE_OF_BLOCK: Readonly<Record<string, number>> = {
  "comments_between.yaml": 20,
  "indent_4.yaml": 12,
  "block_scalar_ends_list.yaml": 10,
  "column_0_comment_next_key.yaml": 5,
  "list_empty_key.yaml": 4,
  "trailing_space.yaml": 5,
  "flow_entries.yaml": 10,
};

for (const [name, line] of Object.entries(LINE_OF_BLOCK)) {
  Deno.test(`a new block in ${name} begins on line ${line}`, () => {
    const path = fromRepository(`tests/fixtures/configs/${name}`);
    const bytes = Deno.readFileSync(path);
    const before = bytes.subarray(0, findRegion(bytes).start);
    assertEquals(new TextDecoder().decode(before).split("\n").length, line);
  });
}

import { ConfigError } from "../../lib/errors.ts";
import { BEGIN_MARKER, END_MARKER } from "../../lib/block/markers.ts";
import { isJsonObject, listField } from "../../lib/text/fields.ts";
import {
  findRegion,
  headerLine,
  parseHeader,
  type Region,
  removeBlock,
  replaceBlock,
} from "../../lib/block/splice.ts";
import { parseYaml } from "../../lib/yaml/parse.ts";
import { assert, assertEquals, assertThrows } from "../support/assert.ts";
import { fromRepository } from "../support/repository.ts";

const NAMES: readonly string[] = ["discovered/one", "discovered/two"];
const ENTRIES: readonly string[] = [
  "# -- test: 2 models, sha256:0123456789ab --",
  ...NAMES.flatMap((name) => [
    `- model_name: "${name}"`,
    "  litellm_params:",
    `    model: "${name}"`,
  ]),
];

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

function insert(
  bytes: Uint8Array,
  entries: readonly string[] = ENTRIES,
): Uint8Array {
  const region = findRegion(bytes);
  return replaceBlock(bytes, region, [
    headerLine(region.added, region.instead),
    ...entries,
  ]);
}

function remove(bytes: Uint8Array): Uint8Array {
  return removeBlock(bytes, findRegion(bytes));
}

/** Files of a folder by name; none if there is no such folder. */
function filesIn(folder: string): [string, Uint8Array][] {
  const path = fromRepository(folder);
  try {
    return [...Deno.readDirSync(path)].map(({ name }) => name).sort()
      .map((name) => [name, Deno.readFileSync(`${path}/${name}`)]);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** Like a comparison of values, but quick and on bytes. */
function assertSameBytes(
  actual: Uint8Array,
  expected: Uint8Array,
  what: string,
): void {
  const isSame = actual.length === expected.length &&
    actual.every((byte, at) => byte === expected[at]);
  assert(isSame, what);
}

function modelNames(items: readonly unknown[]): unknown[] {
  return items.map((item) => isJsonObject(item) ? item.model_name : item);
}

function assertMeansTheSame(region: Region, bytes: Uint8Array): void {
  const mine = parseYaml(removeBlock(bytes, region));
  const both = parseYaml(insert(bytes));
  assert(isJsonObject(mine) && isJsonObject(both));
  const own = listField(mine, "model_list");
  const all = listField(both, "model_list");
  assertEquals(own.length, region.userItems);
  const theirs = all.filter((item) =>
    !(isJsonObject(item) && NAMES.includes(String(item.model_name)))
  );
  assertEquals(theirs, [...own]);
  assertEquals(modelNames(all).length, own.length + NAMES.length);
  assertEquals({ ...both, model_list: 0 }, { ...mine, model_list: 0 });
}

function assertLaws(bytes: Uint8Array): void {
  const region = findRegion(bytes);
  const once = insert(bytes);
  const { kind, start, end, colonEnd = start, instead } = region;
  const tail = bytes.length - end;
  const gone = kind === "new" ? instead.length : 0;
  assertSameBytes(
    once.subarray(0, start - gone),
    Uint8Array.from([
      ...bytes.subarray(0, colonEnd),
      ...bytes.subarray(colonEnd + gone, start),
    ]),
    "bytes in front of the block differ",
  );
  assertSameBytes(
    once.subarray(once.length - tail),
    bytes.subarray(end),
    "bytes after the block differ",
  );
  assertSameBytes(insert(once), once, "the second replace changes something");
  const empty = insert(once, []);
  assertSameBytes(
    insert(empty),
    once,
    "replacing does not depend on the block alone",
  );
  const bare = region.kind === "new" ? bytes : remove(bytes);
  assertSameBytes(remove(once), bare, "removing gives another file");
  assertSameBytes(remove(empty), bare, "removing an empty block does, too");
  assertMeansTheSame(region, bytes);
  const written = findRegion(once);
  assertEquals(written.kind, "existing");
  assertEquals(written.inner.slice(1), [...ENTRIES]);
  assertEquals(written.userItems, region.userItems);
}

for (const [name, bytes] of filesIn("tests/fixtures/configs")) {
  Deno.test(`splicing ${name} keeps every other byte, twice and back`, () => {
    assertLaws(bytes);
  });
}

/** Which files of the corpus are refused, and why. */
const REFUSED_CORPUS: Readonly<Record<string, string>> = {
  "115-JockDaRock-ai-local-setup.yaml": "more than one YAML document",
  "116-LyleClassen-HomeLabConfigs.yaml":
    'model_list is in the text of "command", not at the top level',
};

const CORPUS = filesIn("../shared/corpus/configs");

Deno.test({
  name: "splicing keeps every other byte of real configs",
  ignore: CORPUS.length === 0,
  fn: () => {
    const refused: Record<string, string> = {};
    for (const [name, bytes] of CORPUS) {
      try {
        findRegion(bytes);
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        refused[name] = error.message;
        continue;
      }
      assertLaws(bytes);
    }
    assertEquals(refused, { ...REFUSED_CORPUS });
  },
});

Deno.test("replaceBlock() writes markers, indent and the file's line end", () => {
  const text = "model_list:\r\n - a: 1\r\nx: 2\r\n";
  const spliced = insert(encode(text), ["- b: 2", "", "  c: 3"]);
  assertEquals(
    decode(spliced),
    "model_list:\r\n - a: 1\r\n" +
      ` ${BEGIN_MARKER}\r\n ${headerLine([])}\r\n` +
      ` - b: 2\r\n\r\n   c: 3\r\n ${END_MARKER}\r\nx: 2\r\n`,
  );
});

Deno.test("replaceBlock() takes no line that could end the block or its line", () => {
  const bytes = encode("model_list:\n- a: 1\n");
  const region = findRegion(bytes);
  for (const line of [END_MARKER, `  ${BEGIN_MARKER}`, "a\nb", "é", "a\tb"]) {
    assertThrows(
      () => replaceBlock(bytes, region, [line]),
      Error,
      "block line",
    );
  }
});

Deno.test("findRegion() gives an existing block's lines without its indent", () => {
  const region = findRegion(encode(
    `model_list:\n   ${BEGIN_MARKER}\n   - a: 1\n     b: 2\n  # less\n\n` +
      `   ${END_MARKER}\n`,
  ));
  assertEquals(region.inner, ["- a: 1", "  b: 2", "# less"]);
  assertEquals(region.indent, 3);
  assertEquals(region.userItems, 0);
});

Deno.test("replaceBlock() leaves a missing final line end missing", () => {
  const bytes = encode(`model_list:\n${BEGIN_MARKER}\n- a: 1\n${END_MARKER}`);
  const spliced = insert(bytes);
  assert(decode(spliced).endsWith(`\n${END_MARKER}`));
  assertEquals(decode(remove(spliced)), "model_list:\n");
});

Deno.test("headerLine() is read back by parseHeader()", () => {
  for (
    const added of [
      [],
      ["newline"],
      ["model_list"],
      ["model_list", "newline"],
    ] as const
  ) {
    assertEquals(parseHeader(headerLine(added)), {
      format: 1,
      added: [...added],
      instead: "",
    });
  }
  for (const instead of [" []", " null", "\n  []", " [\r\n]", "\r~"]) {
    const header = headerLine(["newline"], instead);
    assertEquals(parseHeader(header), {
      format: 1,
      added: ["newline"],
      instead,
    });
  }
  assertEquals(
    headerLine(["newline", "model_list"]),
    "# Written by discover, format 1. Edits between the two markers are " +
      "overwritten. Added outside: model_list, newline.",
  );
});

Deno.test("parseHeader() knows no other line for a header", () => {
  for (const line of ["", "- a", "# Written by me", ` ${headerLine([])}`]) {
    assertEquals(parseHeader(line), undefined);
  }
});

Deno.test("findRegion() refuses a block written by a newer discover", () => {
  const header = headerLine([]).replace("format 1", "format 2");
  const text = `a: 1\nmodel_list:\n${BEGIN_MARKER}\n${header}\n${END_MARKER}\n`;
  const error = assertThrows(
    () => findRegion(encode(text)),
    ConfigError,
    "newer version of discover",
  );
  assertEquals(error.line, 4);
});

const SETTINGS = "litellm_settings:\n  drop_params: true";

/** What is left after somebody has edited a spliced file and removes the block. */
function removedAfter(
  original: string,
  edit: (text: string) => string,
): string {
  return decode(remove(encode(edit(decode(insert(encode(original)))))));
}

Deno.test("removeBlock() keeps the line end that a later key needs", () => {
  const later = "router_settings: {}\n";
  assertEquals(
    removedAfter(SETTINGS, (text) => text + later),
    `${SETTINGS}\n${later}`,
  );
});

Deno.test("removeBlock() gives the file back though its last line end is gone", () => {
  assertEquals(removedAfter(SETTINGS, (text) => text.trimEnd()), SETTINGS);
});

Deno.test("removeBlock() keeps the model_list that has items of its owner now", () => {
  const own = "  - model_name: mine\n";
  assertEquals(
    removedAfter(
      `${SETTINGS}\n`,
      (text) => text.replace("model_list:\n", `model_list:\n${own}`),
    ),
    `${SETTINGS}\nmodel_list:\n${own}`,
  );
});

Deno.test("removeBlock() keeps the model_list that has a comment after it now", () => {
  assertEquals(
    removedAfter(
      `${SETTINGS}\n`,
      (text) => text.replace("model_list:\n", "model_list: # mine\n"),
    ),
    `${SETTINGS}\nmodel_list: # mine\n`,
  );
});

Deno.test("removeBlock() brings no `[]` back where the owner has items or an anchor now", () => {
  const own = "  - model_name: mine\n";
  const original = `model_list: []\n${SETTINGS}\n`;
  assertEquals(
    removedAfter(original, (text) => text.replace(":\n", `:\n${own}`)),
    `model_list:\n${own}${SETTINGS}\n`,
  );
  assertEquals(
    removedAfter(original, (text) => text.replace(":\n", ": &models\n")),
    `model_list: &models\n${SETTINGS}\n`,
  );
});

Deno.test("removeBlock() brings `[]` back in front of a comment put there since", () => {
  assertEquals(
    removedAfter(
      "model_list: []\nx: 1",
      (text) => text.replace(":\n", ": # why\n"),
    ),
    "model_list: [] # why\nx: 1",
  );
});

Deno.test("removeBlock() takes no text from the header but a list without items", () => {
  for (const text of ["", " [a]", " # x", "[]", " {}", "\\u0020[]"]) {
    assertEquals(
      removedAfter(
        "model_list: []\n",
        (block) => block.replace('" []"', `"${text}"`),
      ),
      "model_list:\n",
    );
  }
});

Deno.test("removeBlock() keeps the model_list that is the last key left", () => {
  assertEquals(
    removedAfter(`${SETTINGS}\n`, (text) => text.replace(`${SETTINGS}\n`, "")),
    "model_list:\n",
  );
});

Deno.test("removeBlock() keeps a line end that has become part of a text", () => {
  const own = "  - note: |\n      text\n";
  assertEquals(
    removedAfter(
      "model_list:\n  - a: 1",
      (text) => text.replace("  - a: 1\n", `  - a: 1\n${own}`),
    ),
    `model_list:\n  - a: 1\n${own}`,
  );
});

Deno.test("removeBlock() adds and takes nothing where the header is gone", () => {
  assertEquals(
    removedAfter(SETTINGS, (text) => text.replace(/^ *# Written.*\n/m, "")),
    `${SETTINGS}\nmodel_list:\n`,
  );
});

Deno.test("removeBlock() finds the header below a line put above it", () => {
  assertEquals(
    removedAfter(
      SETTINGS,
      (text) => text.replace(/^( *# Written)/m, "  # mine\n$1"),
    ),
    SETTINGS,
  );
});

Deno.test("removeBlock() leaves a file without a block alone", () => {
  const bytes = encode(SETTINGS);
  assertSameBytes(remove(bytes), bytes, "another file");
});

Deno.test("replaceBlock() follows a list that was indented anew as a whole", () => {
  const spliced = decode(insert(encode("model_list:\n- a: 1\n")));
  const deeper = spliced.split("\n").map((line, at) =>
    at === 0 || line === "" ? line : `    ${line}`
  ).join("\n");
  const region = findRegion(encode(deeper));
  assertEquals(region.indent, 4);
  assertEquals(region.inner.slice(1), [...ENTRIES]);
  assertEquals(decode(insert(encode(deeper))), deeper);
});

Deno.test("splicing costs time in proportion to the file", () => {
  const item = "  - model_name: some-name # and a comment\n" +
    '    litellm_params: {model: "openai/x", tags: [a, b]}\n';
  const millisecondsFor = (items: number): number => {
    const bytes = encode(`model_list:\n${item.repeat(items)}`);
    const start = performance.now();
    findRegion(insert(bytes));
    return performance.now() - start;
  };
  millisecondsFor(2000);
  // Quadratic time would be hundreds of seconds.
  assert(millisecondsFor(100_000) < 10_000);
});

import { assert, assertEquals } from "../support/assert.ts";
import { type EntryFacts, renderEntry } from "../../lib/block/entry.ts";
import {
  renamed,
  withApiBase,
  withDisplayName,
  withoutApiBase,
  withoutOrder,
} from "../../lib/block/entry_lines.ts";
import {
  OWN_INFO,
  OWN_PARAMS,
  writeOwn,
} from "../../lib/block/own_settings.ts";
import { entryFrom, factsOf, readEntries } from "../../lib/block/read_entry.ts";
import { isJsonObject } from "../../lib/text/fields.ts";
import { parseYaml } from "../../lib/yaml/parse.ts";
import { bytesOf } from "../support/parts.ts";
import { fromRepository } from "../support/repository.ts";

const OWN = writeOwn({
  tpm: 1000,
  rpm: 60,
  tags: "paid",
  extra_headers: { "X-Title": "desk", "X-B": "os.environ/DESK" },
  // Values that look like lines of an entry.
  extra_body: { "api_base:": "api_key: x", z: ["  model_info:", 1e-7] },
}, { access_groups: ["team-a"], base_model: "openai/gpt-5" });

const FACTS: EntryFacts = {
  name: "grok-4.5",
  deployment: "xai/grok-4.5",
  model: "xai/grok-4.5",
  keyVariable: "XAI_API_KEY",
  order: 2,
  displayName: "Grok 4.5",
  limits: { maxInputTokens: 1000 },
  own: OWN,
};

Deno.test("renderEntry() writes own settings by name, each on one line", () => {
  assertEquals(renderEntry(FACTS).lines, [
    '- model_name: "grok-4.5"',
    "  litellm_params:",
    '    model: "xai/grok-4.5"',
    '    api_key: "os.environ/XAI_API_KEY"',
    "    order: 2",
    '    extra_body: {"api_base:": "api_key: x", "z": ["  model_info:", 1.0e-7]}',
    '    extra_headers: {"X-B": "os.environ/DESK", "X-Title": "desk"}',
    "    rpm: 60",
    '    tags: ["paid"]',
    "    tpm: 1000",
    "  model_info:",
    '    id: "discover:xai/grok-4.5"',
    '    mode: "chat"',
    '    display_name: "Grok 4.5"',
    "    max_input_tokens: 1000",
    '    access_groups: ["team-a"]',
    '    base_model: "openai/gpt-5"',
  ]);
});

Deno.test("writeOwn() writes the same whatever the order and style", () => {
  const one = writeOwn({
    rpm: 1,
    tags: "a",
    extra_headers: { b: "1", a: "2" },
  });
  const other = writeOwn({
    extra_headers: { a: "2", b: "1" },
    tags: ["a"],
    rpm: 1,
  });
  assertEquals(
    renderEntry({ ...FACTS, own: one }),
    renderEntry({ ...FACTS, own: other }),
  );
});

Deno.test("an entry with own settings is read back as it was written", () => {
  const written = renderEntry(FACTS);
  const { own: _, ...named } = written;
  for (const isEdited of [false, true]) {
    assertEquals(readEntries(written.lines, isEdited), [named]);
  }
  const facts = factsOf(written);
  assert(facts);
  assertEquals(renderEntry(facts), written);
});

Deno.test("single lines of an entry are changed next to its own settings", () => {
  const base = "https://api.x.ai/v1";
  const withBase = renderEntry({ ...FACTS, apiBase: base });
  assertEquals(withApiBase(renderEntry(FACTS), base), withBase);
  assertEquals(withoutApiBase(withBase, base), renderEntry(FACTS));
  assertEquals(
    renamed(renderEntry(FACTS), "b"),
    renderEntry({ ...FACTS, name: "b" }),
  );
  assertEquals(
    withDisplayName(renderEntry(FACTS), "G"),
    renderEntry({ ...FACTS, displayName: "G" }),
  );
  assertEquals(
    withoutOrder(renderEntry(FACTS)),
    renderEntry({ ...FACTS, order: undefined }),
  );
});

Deno.test("entryFrom() takes of a rewritten entry's settings only what can be set", () => {
  const item: unknown = parseYaml(bytesOf(`
model_name: a
litellm_params:
  model: xai/a
  rpm: 60
  tpm: many
  tags: [paid]
  use_in_pass_through: false
  timeout: null
  extra_headers: {Authorization: Bearer sk-5ecre7-abcdefgh}
model_info: {id: "discover:xai/a", db_model: false, access_groups: [x]}
`));
  assert(isJsonObject(item));
  assertEquals(
    entryFrom(item),
    renderEntry({
      name: "a",
      deployment: "xai/a",
      model: "xai/a",
      own: writeOwn({ rpm: 60, tags: ["paid"] }, { access_groups: ["x"] }),
    }),
  );
});

Deno.test("no name that can be set is one that an entry has by itself", () => {
  const all = renderEntry({
    ...FACTS,
    own: undefined,
    apiBase: "https://h",
    limits: {
      maxInputTokens: 1,
      maxOutputTokens: 1,
      supportsVision: true,
      supportsFunctionCalling: true,
    },
    endsOn: "2026-12-01",
    successor: "b",
  });
  const names = all.lines.map((line) => line.trim().replace(/:.*/, ""));
  const settable = [...Object.keys(OWN_PARAMS), ...Object.keys(OWN_INFO)];
  assertEquals(settable.filter((name) => names.includes(name)), []);
  assertEquals(settable.filter((name) => !/^[a-z_]+$/.test(name)), []);
});

Deno.test("docs/discover-yaml.md names all that can be set, and nothing else", async () => {
  const docs = await Deno.readTextFile(fromRepository("docs/discover-yaml.md"));
  const [, section = ""] = docs.split("## Settings of your own");
  const [params = "", info = ""] = section.split("| in `params`")[1]
    ?.split("\n## ")[0]?.split("| in `info`") ?? [];
  const namesIn = (table: string): string[] =>
    table.split("\n").flatMap((line) => /^\| (`[^|]+)\|/.exec(line)?.[1] ?? [])
      .flatMap((cell) => cell.match(/[a-z_]+/g) ?? []).toSorted();
  assertEquals(namesIn(params), Object.keys(OWN_PARAMS).toSorted());
  assertEquals(namesIn(info), Object.keys(OWN_INFO).toSorted());
});

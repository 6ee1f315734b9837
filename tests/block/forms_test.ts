import { ConfigError } from "../../lib/errors.ts";
import { isJsonObject, listField } from "../../lib/text/fields.ts";
import { BEGIN_MARKER, END_MARKER } from "../../lib/block/markers.ts";
import {
  findRegion,
  headerLine,
  removeBlock,
  replaceBlock,
} from "../../lib/block/splice.ts";
import { parseYaml } from "../../lib/yaml/parse.ts";
import { assert, assertEquals, assertThrows } from "../support/assert.ts";

interface TakenRow {
  readonly form: string;
  readonly yaml: string;
  /** Columns of the block. */
  readonly indent: number;
}

/** A list without entries, at the end of the file and in front of a key. */
function emptyRow(form: string, value: string): TakenRow {
  const yaml = `litellm_settings: {}\nmodel_list: ${value}\nx: 1\n`;
  return { form: `${form}: ${JSON.stringify(value)}`, yaml, indent: 2 };
}

/** Every form that takes a block; docs/config-forms.md shows the same rows. */
const TAKEN: readonly TakenRow[] = [
  {
    form: "a list indented by 2",
    yaml: "model_list:\n  - model_name: a\n",
    indent: 2,
  },
  {
    form: "a list at the key's own column",
    yaml: "model_list:\n- model_name: a\n",
    indent: 0,
  },
  {
    form: "a list indented by 1",
    yaml: "model_list:\n - model_name: a\n",
    indent: 1,
  },
  {
    form: "a list indented by 4",
    yaml: "model_list:\n    - model_name: a\n",
    indent: 4,
  },
  {
    form: "the key in double quotes",
    yaml: '"model_list":\n  - model_name: a\n',
    indent: 2,
  },
  {
    form: "the key in single quotes",
    yaml: "'model_list':\n  - model_name: a\n",
    indent: 2,
  },
  {
    form: "a space in front of the colon",
    yaml: "model_list :\n  - model_name: a\n",
    indent: 2,
  },
  { form: "the key with nothing after it", yaml: "model_list:\n", indent: 2 },
  {
    form: "the key with only a comment after it",
    yaml: "model_list: # none yet\nlitellm_settings: {}\n",
    indent: 2,
  },
  {
    form: "no such key, but another one of LiteLLM",
    yaml: "litellm_settings:\n  drop_params: true\n",
    indent: 2,
  },
  {
    form: "`include` as the only key",
    yaml: "include:\n  - models.yaml\n",
    indent: 2,
  },
  {
    form: "an anchor in front of the list",
    yaml: "model_list: &models\n  - model_name: a\n",
    indent: 2,
  },
  {
    form: "a tag in front of the list",
    yaml: "model_list: !!seq\n  - model_name: a\n",
    indent: 2,
  },
  ...["[]", "[ ]", "[  ]  ", "[] # none", "[\n]", "\n  []", "[\n\n ] # none"]
    .map((value) => emptyRow("`[]`", value)),
  ...["null", "~", "Null", "NULL # none", "\n  null\n# below"]
    .map((value) => emptyRow("null", value)),
  {
    form: "an anchor on the key itself",
    yaml: "&k model_list:\n  - model_name: a\nx: 1\n",
    indent: 2,
  },
  {
    form: "anchors and tags on the first keys of items",
    yaml: "model_list: &l !!seq\n  - &i model_name: a\n    b: &n 1\n" +
      "  - !!map\n    model_name: *n\n  - !!str model_name: c\n    d: e\n",
    indent: 2,
  },
  {
    form: "`!!null`, `!!bool yes` and the like",
    yaml: "x: !!null\ny: !!bool yes\nz: [!!int 1_000, !!float 1:30]\n" +
      "model_list:\n  - model_name: a\n",
    indent: 2,
  },
  {
    form: "`...` twice",
    yaml: "model_list:\n  - model_name: a\n...\n# end\n...\n",
    indent: 2,
  },
  {
    form: "top-level keys that are indented",
    yaml: "  general_settings: {}\n  model_list:\n    - model_name: a\n",
    indent: 4,
  },
  {
    form: "indented top-level keys without a list",
    yaml: "  general_settings: {}\n",
    indent: 4,
  },
  {
    form: "`---` in front",
    yaml: "---\nmodel_list:\n  - model_name: a\n",
    indent: 2,
  },
  {
    form: "`...` after",
    yaml: "litellm_settings: {}\n...\n",
    indent: 2,
  },
  {
    form: "a `%YAML` directive",
    yaml: "%YAML 1.1\n---\nmodel_list:\n  - model_name: a\n",
    indent: 2,
  },
  {
    form: "what looks like a template, in texts, comments and plain values",
    yaml:
      'model_list:\n  - model_name: "{{ a }}"\n    b: hi {{ c }} {% d %}\n' +
      "    e: |\n      {% for f %}\n      {{ g }}\n    h: ${BASE}\n" +
      "# {{ i }}\n# {% j %}\n",
    indent: 2,
  },
  {
    form: "what looks like another config, in a section of LiteLLM",
    yaml: "litellm_settings:\n  note: |\n    model_list:\n  model_list: []\n",
    indent: 2,
  },
  {
    form: "blank lines and comments around",
    yaml:
      "\n# top\n\nmodel_list:\n\n  # list\n\n  - model_name: a\n\n\n# end\n",
    indent: 2,
  },
];

const IN_LINES_OF = { "LF": "\n", "CRLF": "\r\n", "lone CR": "\r" } as const;

const taken = TAKEN.flatMap((row) =>
  Object.entries(IN_LINES_OF).map(([name, eol]) => ({ ...row, name, eol }))
);
for (const { form, yaml, indent, name, eol } of taken) {
  Deno.test(`a config is taken: ${form}, lines end in ${name}`, () => {
    const bytes = new TextEncoder().encode(yaml.replaceAll("\n", eol));
    const region = findRegion(bytes);
    assertEquals(region.indent, indent);
    const lines = [
      headerLine(region.added, region.instead),
      '- model_name: "b"',
    ];
    const written = replaceBlock(bytes, region, lines);
    const config = parseYaml(written);
    assert(isJsonObject(config));
    const items = listField(config, "model_list");
    assertEquals(items.length, region.userItems + 1);
    assertEquals(items.at(-1), { model_name: "b" });
    const again = findRegion(written);
    assertEquals(replaceBlock(written, again, lines), written);
    assertEquals(removeBlock(written, again), bytes);
  });
}

interface RefusedRow {
  readonly form: string;
  readonly yaml: string;
  readonly line: number | undefined;
  readonly message: string;
  readonly hint: string;
}

const BARE_KEY = "replace line 1 with `model_list:`";

/** Every form that is refused, and what its owner is told. */
const REFUSED: readonly RefusedRow[] = [
  {
    form: "`? model_list`",
    yaml: "? model_list\n: - model_name: a\n",
    line: 1,
    message: "unsupported form of a top-level key",
    hint: "write line 1 as a plain `name:`",
  },
  {
    form: "a key that is an alias",
    yaml: "a: &k model_list\n*k : []\n",
    line: 2,
    message: "unsupported form of a top-level key",
    hint: "write line 2 as a plain `name:`",
  },
  {
    form: "a key with an escape",
    yaml: '"model\\x5flist":\n  - model_name: a\n',
    line: 1,
    message: "unsupported form of a top-level key",
    hint: "write line 1 as a plain `name:`",
  },
  {
    form: "`[]` with a comment in it",
    yaml: "model_list: [ # none yet\n  ]\n",
    line: 1,
    message: "model_list is written as `[]`",
    hint: BARE_KEY,
  },
  {
    form: "an anchor in front of `[]`",
    yaml: "model_list: &models []\n",
    line: 1,
    message: "model_list has an anchor or a tag, but no items",
    hint: BARE_KEY,
  },
  {
    form: "`!!null`",
    yaml: "model_list: !!null\nx: 1\n",
    line: 1,
    message: "model_list has an anchor or a tag, but no items",
    hint: BARE_KEY,
  },
  {
    form: "a tag in front of `null`",
    yaml: "model_list: !!null null\n",
    line: 1,
    message: "model_list has an anchor or a tag, but no items",
    hint: BARE_KEY,
  },
  {
    form: "`[]` above a block without entries",
    yaml: `model_list: []\n  ${BEGIN_MARKER}\n  ${END_MARKER}\n`,
    line: 1,
    message: "model_list is written as `[]`",
    hint: BARE_KEY,
  },
  {
    form: "a list in brackets",
    yaml: "model_list: [{model_name: a}]\n",
    line: 1,
    message: "model_list is written as `[...]`",
    hint: `${BARE_KEY} and put its entries below it`,
  },
  {
    form: "a list in brackets over several lines",
    yaml: "model_list:\n  [\n  {model_name: a},\n  ]\n",
    line: 1,
    message: "model_list is written as `[...]`",
    hint: BARE_KEY,
  },
  {
    form: "an alias",
    yaml: "x: &x\n- model_name: a\nmodel_list: *x\n",
    line: 3,
    message: "model_list is an alias, not a list",
    hint: "replace line 3 with `model_list:` and put its entries below it",
  },
  {
    form: "text",
    yaml: "model_list: none\n",
    line: 1,
    message: "model_list is text, not a list",
    hint: BARE_KEY,
  },
  {
    form: "a block of text",
    yaml: "model_list: |\n  - model_name: a\n",
    line: 1,
    message: "model_list is text, not a list",
    hint: BARE_KEY,
  },
  {
    form: "a mapping",
    yaml: "model_list:\n  model_name: a\n",
    line: 1,
    message: "model_list is a mapping, not a list",
    hint: `${BARE_KEY} and put its entries below it`,
  },
  {
    form: "a mapping in braces",
    yaml: "model_list: {a: b}\n",
    line: 1,
    message: "model_list is a mapping, not a list",
    hint: BARE_KEY,
  },
  {
    form: "an anchor without a list",
    yaml: "model_list: &models\nx: *models\n",
    line: 1,
    message: "model_list has an anchor or a tag, but no items",
    hint: BARE_KEY,
  },
  {
    form: "two such keys",
    yaml: "model_list:\n- model_name: a\n'model_list':\n- model_name: b\n",
    line: 3,
    message: "duplicate key model_list",
    hint: "LiteLLM reads only the last one",
  },
  {
    form: "several documents",
    yaml: "model_list:\n- model_name: a\n---\nx: 1\n",
    line: 3,
    message: "more than one YAML document",
    hint: "keep only one",
  },
  {
    form: "a second document after `...`",
    yaml: "model_list:\n...\nx: 1\n",
    line: 3,
    message: "more than one YAML document",
    hint: "keep only one",
  },
  {
    form: "a second document that is empty",
    yaml: "model_list:\n---\n",
    line: 2,
    message: "more than one YAML document",
    hint: "keep only one",
  },
  {
    form: "an empty file",
    yaml: "",
    line: undefined,
    message: "the file is empty",
    hint: "add a line `model_list:`",
  },
  {
    form: "comments alone",
    yaml: "# to do\n---\n",
    line: undefined,
    message: "the file is empty",
    hint: "add a line `model_list:`",
  },
  {
    form: "a list at the top",
    yaml: "# models\n- model_name: a\n",
    line: 2,
    message: "the top level is a list, not a mapping",
    hint: "`model_list:` at its top level",
  },
  {
    form: "text at the top",
    yaml: "hello\n",
    line: 1,
    message: "the top level is text, not a mapping",
    hint: "`model_list:` at its top level",
  },
  {
    form: "braces around everything",
    yaml: "{model_list: []}\n",
    line: 1,
    message: "the top level is written in brackets",
    hint: "without the outer brackets",
  },
  {
    form: "a docker-compose file",
    yaml: "include:\n  - a.yaml\nservices:\n  litellm:\n    image: x\n",
    line: undefined,
    message: "no model_list and no other LiteLLM key",
    hint: "add a line `model_list:`",
  },
  {
    form: "the values of a Helm chart",
    yaml: "replicaCount: 1\nproxy_config:\n  model_list:\n    - a: 1\n",
    line: 3,
    message: 'model_list is inside "proxy_config", not at the top level',
    hint: "have your tool insert it here",
  },
  {
    form: "the same, with a key above that LiteLLM has as well",
    yaml: "prompts: []\nproxy: {x: {model_list: []}}\n",
    line: 2,
    message: 'model_list is inside "proxy", not at the top level',
    hint: "refresh that (--config)",
  },
  {
    form: "a ConfigMap",
    yaml: "kind: ConfigMap\ndata:\n  config.yaml: |\n    x: 1\n\n" +
      "    model_list:\n      - a: 1\n",
    line: 6,
    message: 'model_list is in the text of "config.yaml", not at the top level',
    hint: "a file of its own",
  },
  {
    form: "a ConfigMap after another manifest",
    yaml: "kind: Deployment\n---\nkind: ConfigMap\ndata:\n  config.yaml: >-\n" +
      "    model_list: []\n",
    line: 6,
    message: 'model_list is in the text of "config.yaml", not at the top level',
    hint: "a file of its own",
  },
  {
    form: "a ConfigMap with the text in quotes",
    yaml: 'data:\n  config.yaml: "x: 1\\nmodel_list:\\n- a: 1\\n"\n',
    line: 2,
    message: 'in the text of "config.yaml"',
    hint: "a file of its own",
  },
  {
    form: "a play of Ansible",
    yaml: "- hosts: all\n  tasks:\n  - copy:\n      dest: c.yaml\n" +
      "      content: |\n        model_list:\n        - a: 1\n",
    line: 6,
    message: 'model_list is in the text of "content", not at the top level',
    hint: "a file of its own",
  },
  {
    form: "variables of Ansible",
    yaml:
      "- hosts: all\n  vars:\n    litellm:\n      model_list:\n      - a: 1\n",
    line: 4,
    message: 'model_list is inside "litellm", not at the top level',
    hint: "a file of its own",
  },
  {
    form: "a config of docker-compose",
    yaml: "services: {}\nconfigs:\n  litellm:\n    content: |\n" +
      "      model_list:\n      - a: 1\n",
    line: 5,
    message: 'model_list is in the text of "content", not at the top level',
    hint: "a file of its own",
  },
  {
    form: "a list of configs",
    yaml: "- model_list:\n  - a: 1\n",
    line: 1,
    message: "model_list is inside a list, not at the top level",
    hint: "a file of its own",
  },
  {
    form: "a template with a loop",
    yaml: "model_list:\n{% for m in models %}\n- a: 1\n{% endfor %}\n",
    line: 2,
    message: "an unrendered template (`{%`)",
    hint: "render it first",
  },
  {
    form: "a template of Helm",
    yaml: "data:\n  config.yaml: |\n    {{ .Values.x | toYaml }}\n",
    line: 3,
    message: "an unrendered template (`{{`)",
    hint: "name the rendered file with --config",
  },
  {
    form: "a template that YAML parsers read",
    yaml: "model_list:\n- model_name: {{ name }}\n",
    line: 2,
    message: "an unrendered template (`{{`)",
    hint: "render it first",
  },
  {
    form: "a template with the whole list in quotes",
    yaml: 'model_list: "{{ models }}"\n',
    line: 1,
    message: "an unrendered template (`{{`)",
    hint: "render it first",
  },
  {
    form: "a template with a comment in front",
    yaml: "x: 1\n{# all models #}\nmodel_list:\n- a: 1\n",
    line: 2,
    message: "an unrendered template (`{#`)",
    hint: "render it first",
  },
  {
    form: "a template whose tag goes on with the text above",
    yaml: "model_list:\n- a: b\n  {% if c %}\n\n  d: e\n  {% endif %}\n",
    line: 3,
    message: "an unrendered template (`{%`)",
    hint: "render it first",
  },
  {
    form: "an error after a text with a tag in it",
    yaml: "model_list:\n- a: |\n    {% if c %}\n  b: d: e\n",
    line: 4,
    message: "unexpected colon",
    hint: "",
  },
  {
    form: "a tab in a line with a tag in quotes",
    yaml: 'model_list:\n- a: "{{ b }}"\t\n',
    line: 2,
    message: "tab where only spaces are allowed",
    hint: "delete it",
  },
  {
    form: "a text block that ends the file, with no line end after it",
    yaml: "model_list:\n  - note: |\n      text",
    line: 1,
    message: "the file ends in a text block without a final newline",
    hint: "add a newline at the end of the file",
  },
  {
    form: "the same under another key, where the list has to follow",
    yaml: "litellm_settings:\n  note: >-\n    text\n  ",
    line: 1,
    message: "the file ends in a text block without a final newline",
    hint: "add a newline at the end of the file",
  },
  {
    form: "a tab as indentation",
    yaml: "model_list:\n\t- model_name: a\n",
    line: 2,
    message: "tab where only spaces are allowed",
    hint: "replace the tab with spaces",
  },
  {
    form: "a tab after a value",
    yaml: "model_list:\n  - model_name: a\t\n",
    line: 2,
    message: "tab where only spaces are allowed",
    hint: "at the end of a line, delete it",
  },
  {
    form: "U+2028 in a comment",
    yaml: "model_list:\n  # one\u2028  - model_name: a\n",
    line: 2,
    message: "which LiteLLM reads as a line break",
    hint: "delete that invisible character",
  },
  {
    form: "U+2029 in a text block",
    yaml: "model_list:\n  - note: |\n      a\u2029b\n",
    line: 3,
    message: "which LiteLLM reads as a line break",
    hint: "delete that invisible character",
  },
  {
    form: "U+0085 in a plain value",
    yaml: "model_list:\n  - note: a\u0085b\n",
    line: 2,
    message: "which LiteLLM reads as a line break",
    hint: "delete that invisible character",
  },
  {
    form: "a NUL byte",
    yaml: "model_list:\n  - note: a\0b\n",
    line: 2,
    message: "NUL byte",
    hint: "save the file as UTF-8",
  },
  {
    form: "a control character",
    yaml: 'model_list:\n  - note: "\x1b[0m"\n',
    line: 2,
    message: "control character 0x1b",
    hint: "delete that invisible character",
  },
];

for (const { form, yaml, line, message, hint } of REFUSED) {
  Deno.test(`a config is refused: ${form}`, () => {
    const bytes = new TextEncoder().encode(yaml);
    const error = assertThrows(() => findRegion(bytes), ConfigError, message);
    assertEquals(error.line, line);
    assert((error.hint ?? "").includes(hint), `hint is: ${error.hint}`);
  });
}

Deno.test("a config in UTF-16 or UTF-32 is refused, with or without a mark", () => {
  const text = "model_list:\n";
  const wide = (width: number, isBig: boolean): number[] =>
    [...text].flatMap((character) => {
      const unit = new Array<number>(width).fill(0);
      unit[isBig ? width - 1 : 0] = character.charCodeAt(0);
      return unit;
    });
  const files = [
    wide(2, false),
    wide(2, true),
    wide(4, false),
    wide(4, true),
    [0xff, 0xfe, ...wide(2, false)],
    [0xfe, 0xff, ...wide(2, true)],
    [0xff, 0xfe, 0, 0, ...wide(4, false)],
    [0, 0, 0xfe, 0xff, ...wide(4, true)],
  ];
  for (const file of files) {
    assertThrows(
      () => findRegion(Uint8Array.from(file)),
      ConfigError,
      "UTF-16 or UTF-32",
    );
  }
});

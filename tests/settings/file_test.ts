import { Ajv2020 } from "ajv/2020";
// @ts-types="../../lib/types/std_yaml_parse.d.ts"
import { parse } from "@std/yaml/parse";
import { toJsonSchema } from "@valibot/to-json-schema";
import { assert, assertEquals, assertRejects } from "../support/assert.ts";
import {
  type DiscoverFile,
  readDiscoverFile,
} from "../../lib/settings/file.ts";
import { PROVIDERS } from "../../lib/providers/table.ts";
import { SettingsError } from "../../lib/settings/errors.ts";
import { SETTINGS_PARTS, SETTINGS_SCHEMA } from "../../lib/settings/schema.ts";
import { fromRepository } from "../support/repository.ts";

function read(text: string): Promise<DiscoverFile> {
  return readDiscoverFile(text, "discover.yaml");
}

/** An example of the documentation, below this heading; else the first. */
async function example(heading = ""): Promise<string> {
  const docs = await Deno.readTextFile(fromRepository("docs/discover-yaml.md"));
  const below = docs.slice(docs.indexOf(heading));
  const found = /```yaml\n([^]*?)```/.exec(below)?.[1];
  assert(found);
  return found;
}

Deno.test("readDiscoverFile() reads the documented example", async () => {
  const file = await read(await example());
  assertEquals(file.timeoutMs, 2000);
  assertEquals(file.enabled.flatMap((one) => one.claudeOrder ?? []), [2, 1]);
  assertEquals([...file.off], ["xai"]);
  assertEquals(file.enabled.map(({ provider: { id } }) => id), [
    "openrouter",
    "gemini",
    "anthropic",
    "groq",
    "lab",
  ]);
  const [openrouter, gemini, , groq, lab] = file.enabled;
  const rules = {
    exclude: [],
    variants: [],
    keepRetired: false,
    limit: undefined,
    minContextTokens: undefined,
    maxPrice: undefined,
    free: undefined,
  };
  assertEquals(openrouter?.rules, {
    ...rules,
    include: ["anthropic/*"],
    variants: ["free"],
  });
  assertEquals(gemini?.rules, {
    ...rules,
    include: ["gemini-2.0-*", "gemini-3*"],
    keepRetired: true,
  });
  assertEquals(groq?.rules, { ...rules, include: ["*"] });
  assertEquals(lab?.provider.prefix, "hosted_vllm/");
  assertEquals(lab?.baseUrl, "http://127.0.0.1:8000/v1");
  assertEquals(lab?.keyVariable, "DISCOVER_LAB_KEY");
  assertEquals(lab?.nameTemplate, "lab/{id}");
  const named = file.aliases.filter(({ isExplicit }) => isExplicit);
  assertEquals(named.map(({ name, families }) => [name, families]), [
    ["claude-fallback", [
      { provider: "openrouter", glob: "anthropic/claude-sonnet-*" },
    ]],
    ["fast", [
      { provider: "groq", glob: "llama-*" },
      { provider: "gemini", glob: "gemini-*-flash" },
    ]],
  ]);
});

Deno.test("readDiscoverFile() takes a price for both parts, or one for each", async () => {
  const rulesFor = async (rules: string): Promise<unknown> => {
    const { enabled } = await read(`providers: { xai: { ${rules} } }`);
    const xai = enabled.find(({ provider: { id } }) => id === "xai");
    return [xai?.rules.maxPrice, xai?.rules.free, xai?.acceptsShrink];
  };
  assertEquals(await rulesFor("max_price: 15"), [
    { input: 15, output: 15 },
    undefined,
    false,
  ]);
  assertEquals(await rulesFor("max_price: { output: 2.5 }, shrink: accept"), [
    { output: 2.5 },
    undefined,
    true,
  ]);
  assertEquals(await rulesFor("max_price: 0, free: never, shrink: keep"), [
    { input: 0, output: 0 },
    "never",
    false,
  ]);
});

Deno.test("readDiscoverFile() reads the documented settings of one's own, as they are written", async () => {
  const file = await read(await example("## Settings of your own"));
  const [openrouter] = file.enabled;
  assertEquals(openrouter?.own, {
    all: {
      params: {
        rpm: "60",
        tags: '["paid"]',
        extra_headers: '{"X-Title": "desk"}',
      },
      info: { access_groups: '["team-a"]' },
    },
    for: [{
      glob: "anthropic/claude-opus-*",
      own: { params: { rpm: "10" }, info: {} },
    }],
  });
  const own = file.aliases.filter((alias) => alias.own);
  assertEquals(own.map(({ name, own }) => [name, own?.params]), [
    ["claude-fallback", { rpm: "5" }],
    ["fast", { timeout: "20" }],
  ]);
});

for (
  const text of [
    "",
    "# nothing\n",
    "{}",
    "providers:\naliases:\n",
    "providers:\n  groq:\n",
    "providers:\n  groq: true\n",
    "timeout: 2\n",
    "providers: { lab: false }\n",
    "providers: { ollama: { kind: ollama } }\n",
    'providers: { gpu: { kind: ollama, base_url: "http://10.0.0.5:11434" } }\n',
  ]
) {
  Deno.test(`readDiscoverFile() takes ${JSON.stringify(text)}`, async () => {
    await read(text);
  });
}

const VARIABLE_HINT = "write the name of a variable such as " +
  "DISCOVER_LAB_KEY, in capitals, not the key itself";
const KIND_HINT = "(a local server needs a kind:, such as openai-compatible)";

/** Text, message after `settings "discover.yaml", `, and hint. */
const REFUSED: readonly (readonly [string, string, string?])[] = [
  [
    "providers:\n  groq: { key: OPENAI_API_KEY }\n",
    'line 2: key of "groq": not a variable that may hold its key',
    VARIABLE_HINT,
  ],
  [
    "providers:\n  vllm: { key: OPENAI_API_KEY }\n",
    'line 2: key of "vllm": not a variable that may hold its key',
    VARIABLE_HINT,
  ],
  [
    "providers:\n  lab: { kind: vllm, key: discover_lab_key }\n",
    'line 2: key of "lab": not a variable that may hold its key',
    VARIABLE_HINT,
  ],
  [
    "# one\ntimeot: 2s\n",
    'line 2: "timeot": unknown key',
    "did you mean timeout?",
  ],
  [
    "providers:\n  groq: {}\n  gemini:\n    # b\n    inclde: [a]\n",
    'line 5: inclde of "gemini": unknown key',
    "did you mean include?",
  ],
  [
    "providers:\n  gemini: {\n    limit: 3,\n    inclde: [a] }\n",
    'line 4: inclde of "gemini": unknown key',
    "did you mean include?",
  ],
  [
    "providers:\n  zen: {}\n",
    'line 2: provider "zen": not a known provider',
    `did you mean opencode-zen? ${KIND_HINT}`,
  ],
  [
    "providers:\n  vertex_ai: {}\n",
    'line 2: provider "vertex_ai": not a known provider',
    "write its entries by hand, outside the block, with model: vertex_ai/MODEL",
  ],
  [
    "providers:\n  gruq: {}\n",
    'line 2: provider "gruq": not a known provider',
    `did you mean groq? ${KIND_HINT}`,
  ],
  [
    "providers:\n  xia: false\n",
    'line 2: provider "xia": not a known provider',
    `did you mean xai? ${KIND_HINT}`,
  ],
  [
    "providers:\n  groq: { limit: 1.5 }\n",
    'line 2: limit of "groq": expected a whole number, 1 or more',
  ],
  [
    "providers:\n  xai:\n    max_price: $15\n",
    'line 3: max_price of "xai": expected US dollars per million tokens, such as 15, or {input: 5, output: 25}',
  ],
  [
    "providers:\n  xai: { max_price: -1 }\n",
    'line 2: max_price of "xai": expected US dollars per million tokens, such as 15, or {input: 5, output: 25}',
  ],
  [
    "providers:\n  xai: { max_price: {} }\n",
    'line 2: max_price of "xai": expected US dollars per million tokens, such as 15, or {input: 5, output: 25}',
  ],
  [
    "providers:\n  xai:\n    max_price:\n      outptu: 3\n",
    'line 4: outptu of "xai": unknown key',
    "did you mean output?",
  ],
  [
    "providers:\n  xai:\n    max_price:\n      output: 3 dollars\n",
    'line 4: output of "xai": expected US dollars per million tokens, such as 15, or {input: 5, output: 25}',
  ],
  [
    "providers:\n  xai: { free: true }\n",
    'line 2: free of "xai": expected one of: only, never',
  ],
  [
    "providers:\n  groq:\n    limit: 3\n    max_price: 3\n",
    'line 4: max_price of "groq": its list states no prices',
    "remove it, and name the models that you want with include",
  ],
  [
    "providers:\n  ollama:\n    free: only\n",
    'line 3: free of "ollama": its list states no prices',
    "remove it, and name the models that you want with include",
  ],
  [
    "providers:\n  xai: { shrink: yes }\n",
    'line 2: shrink of "xai": expected one of: keep, accept',
  ],
  [
    "providers:\n  groq: { include: 7 }\n",
    'line 2: include of "groq": expected a glob or a list of globs',
  ],
  [
    "providers:\n  groq: { include: [a, 7] }\n",
    'line 2: include of "groq": expected a glob or a list of globs',
  ],
  [
    "providers:\n  groq: [a]\n",
    'line 2: provider "groq": expected true, false or a mapping of settings',
  ],
  [
    "providers:\n  groq: on please\n",
    'line 2: provider "groq": expected true, false or a mapping of settings',
  ],
  [
    'providers:\n  # openrouter:\n    include: ["anthropic/*"]\n',
    'line 3: provider "include": a setting, not a provider',
    'indent it below its provider, such as "openrouter:"',
  ],
  [
    "providers:\n    params: { rpm: 60 }\n",
    'line 2: provider "params": a setting, not a provider',
    'indent it below its provider, such as "openrouter:"',
  ],
  [
    "advice: never\n",
    'line 1: "advice": expected off, or skip: and a list of findings',
  ],
  [
    "advice:\n  skip: [no-prices]\n",
    'line 2: skip of "advice": unknown finding',
    "did you mean no-price?",
  ],
  [
    "advice: {skips: []}\n",
    'line 1: skips of "advice": unknown key',
    "did you mean skip?",
  ],
  [
    "over_wildcards: 1\n",
    'line 1: "over_wildcards": expected true or false',
  ],
  [
    "claude_code: maybe\n",
    'line 1: "claude_code": expected true or false',
  ],
  [
    "providers:\r\n\r\n  \"groq\":\t{\r\n    'limit':\t0 }\r\n",
    'line 4: limit of "groq": expected a whole number, 1 or more',
  ],
  [
    "aliases:\n  a:\n    - xai grok-*\n    - groq\n",
    'line 4: alias "a": expected a provider and a glob',
    "write it as openrouter anthropic/claude-sonnet-*",
  ],
  ["- a\n", "line 1: the top level is not a mapping"],
  [
    "providers: []\n",
    'line 1: "providers": expected a mapping of providers to their settings',
  ],
  ["timeout: 2s\ntimeout: 3s\n", "line 2: duplicate key"],
  ["providers: {\n", "line 1: unclosed bracket"],
  ['timeout: "2s\n', "line 1: unterminated quote"],
  [
    "providers:\n\txai: [\n",
    "line 2: tab where only spaces are allowed",
    "replace the tab with spaces",
  ],
  [
    "providers:\n  xai: {}\n   groq: {}\n",
    "line 3: wrong indentation",
    "begin keys of one level in the same column",
  ],
  [
    "providers:\n  xai: { exclude: [*-mini] }\n",
    "line 2: text that begins with * without quotes",
    'put quotes around it, as in exclude: ["*-preview"]',
  ],
  [
    "aliases:\n  fast: 'groq's llama-*'\n\ntimeout: 2s\n",
    "line 2: text after a closing quote",
    "write a quote twice within single quotes",
  ],
  [
    'aliases:\n  fast: "groq \\llama"\n',
    "line 2: unknown escape in double quotes",
    "use single quotes, or write the backslash twice",
  ],
  [
    "timeout: !sk-or-5ecre7 2s\n",
    "line 1: unknown tag",
    "put quotes around text that begins with !",
  ],
  [
    "timeout: 2s: 3s\n",
    "line 1: unexpected colon",
    "put quotes around a value with a colon, and check the indentation",
  ],
  [
    "timeout: @2s\n",
    "line 1: a value cannot start with `@`",
    "put quotes around the value",
  ],
  ["timeout: 2s\n---\ntimeout: 3s\n", "line 2: more than one YAML document"],
  ["timeout: 2s\u0001\n", "line 1: control character 0x01"],
  [
    "- xai\ntimeout: 2s\n",
    "line 2: does not fit the lines above it",
    "check the indentation, and that each key has its colon",
  ],
  [
    "providers: { xai: {} groq: {} }\n",
    "line 1: missing comma, or an unclosed bracket",
  ],
  [
    "providers:\n  lab: { kind: openai }\n",
    'line 2: kind of "lab": expected one of: openai-compatible, ollama, lm-studio, vllm, llama-cpp',
  ],
  ...["alias", "aliases", "0123456789abcdef0123456789abcdef"].map((name) =>
    [
      `providers:\n  ${name}: { kind: vllm }\n`,
      `line 2: provider "${
        name.startsWith("0") ? "[looks like a key]" : name
      }": not a name that can be used`,
      "use small letters, digits, - and _",
    ] as const
  ),
  [
    "aliases:\n  sk-or-5ecre7: xai grok-*\n",
    'line 2: alias "[looks like a key]": not a name that can be used',
    "use letters, digits and . _ : / @ + -",
  ],
  [
    "sk-or-5ecre7: 1\n",
    'line 1: "[looks like a key]": unknown key',
    "expected one of: timeout, claude_code, stand_in, over_wildcards, advice, providers, aliases",
  ],
  [
    "timeout: sk-or-5ecre7\n",
    'line 1: "timeout": not a time between 1ms and 60s',
    "write 2, 2s or 1500ms",
  ],
  [
    'providers:\n  groq: { name: "gsk_5ecre7/{id}" }\n',
    'line 2: name of "groq": it looks like a key',
    'write a text such as "{provider}/{id}"',
  ],
  [
    "providers:\n  Lab 1: { kind: vllm }\n",
    'line 2: provider "Lab 1": not a name that can be used',
    "use small letters, digits, - and _",
  ],
  [
    "providers:\n  groq: { kind: ollama }\n",
    'line 2: kind of "groq": that name has one already',
    "give a local server another name",
  ],
  [
    "providers:\n  vllm:\n    base_url: 8000\n",
    'line 3: base_url of "vllm": expected an address such as http://127.0.0.1:8000/v1',
  ],
  [
    'providers:\n  groq: { name: "fast" }\n',
    'line 2: name of "groq": no {id} in it, so all models would have the same name',
    "write {id} where the model's id belongs",
  ],
  [
    'providers:\n  groq: { name: "{providr}/{id}" }\n',
    'line 2: name of "groq": unknown place in braces',
    "did you mean {provider}?",
  ],
  [
    'providers:\n  groq: { name: "*{id}" }\n',
    'line 2: name of "groq": a character that no name may have',
    "use letters, digits and . _ : / @ + -",
  ],
  [
    "aliases:\n  a: groq llama-*\n",
    'line 2: alias "a": provider "groq" is not enabled',
    "set groq: {} under providers",
  ],
  [
    "aliases:\n  a: gemni gemini-*\n",
    'line 2: alias "a": unknown provider',
    "did you mean gemini?",
  ],
  [
    "aliases:\n  a: gemini\n",
    'line 2: alias "a": expected a provider and a glob',
    "write it as openrouter anthropic/claude-sonnet-*",
  ],
  [
    "aliases:\n  a: []\n",
    'line 2: alias "a": an empty list',
    "name a provider and a glob, or false",
  ],
  [
    "aliases:\n  a: 3\n",
    'line 2: alias "a": expected a provider and a glob, a list of those, settings, or false',
  ],
  [
    'aliases:\n  "a b": xai grok-*\n',
    'line 2: alias "a b": not a name that can be used',
    "use letters, digits and . _ : / @ + -",
  ],
  [
    "claude_code: true\naliases:\n  claude/grok: xai grok-*\n",
    'line 3: alias "claude/grok": that is the second name of the alias "grok"',
    "give it another name, or set claude_code: false",
  ],
  [
    "providers:\n  constructor: { params: { rpm: 3 } }\n",
    'line 2: provider "constructor": not a name that can be used',
  ],
  [
    "aliases:\n  constructor: xai grok-*\n",
    'line 2: alias "constructor": not a name that can be used',
  ],
  [
    "providers:\n  xai:\n    for:\n      __proto__: { params: { rpm: 3 } }\n",
    'line 4: __proto__ of "xai": not a name that can be used',
  ],
];

for (const [text, message, hint] of REFUSED) {
  Deno.test(`readDiscoverFile() refuses ${JSON.stringify(text)}`, async () => {
    const error = await assertRejects(() => read(text), SettingsError);
    assertEquals(error.message, `settings "discover.yaml", ${message}`);
    assertEquals(error.hint, hint);
  });
}

Deno.test("readDiscoverFile() never shows a key that stands where its variable belongs", async () => {
  for (
    const text of [
      "providers:\n  groq: { key: gsk_5ecre7 }\n",
      "providers:\n  groq: gsk_5ecre7\n",
      "providers:\n  groq: { limit: gsk_5ecre7 }\n",
      "aliases:\n  a: 5ecre7\n",
      "aliases:\n  a: 5ecre7 grok-*\n",
      'providers:\n  groq: { name: "{5ecre7}" }\n',
      "timeout: 5ecre7\n",
      "providers: { xai: { params: { rpm: 5ecre7 } } }\n",
      "providers: { xai: { params: { xai-5ecre7: 1 } } }\n",
      "providers: { xai: { params: { extra_headers: { A: xai-5ecre7 } } } }\n",
      "providers: { xai: { params: { extra_headers: { xai-5ecre7: a } } } }\n",
      "providers: { xai: { params: { extra_body: { a: [xai-5ecre7] } } } }\n",
      "providers: { xai: { params: { extra_headers: { token: 5ecre7 } } } }\n",
      "providers: { xai: { for: { xai-5ecre7: { a: 1 } } } }\n",
      "providers: { groq: 5ecre7\n",
    ]
  ) {
    const error = await assertRejects(() => read(text), SettingsError);
    assert(!`${error.message} ${error.hint}`.includes("5ecre7"), text);
  }
});

Deno.test("readDiscoverFile() leaves wildcards alone unless it is told not to", async () => {
  assertEquals((await read("")).overWildcards, false);
  assertEquals((await read("over_wildcards: true\n")).overWildcards, true);
  for (const off of ["off", "false"]) {
    assertEquals((await read(`advice: ${off}\n`)).advice, "off");
  }
  for (const on of ["on", "true", "{}"]) {
    assertEquals((await read(`advice: ${on}\n`)).advice, new Set());
  }
  const { advice } = await read(
    "advice: {skip: [unused-fallback, no-price]}\n",
  );
  assertEquals(advice, new Set(["unused-fallback", "no-price"]));
});

Deno.test("readDiscoverFile() lets a default alias be dropped and replaced", async () => {
  const file = await read(
    "aliases: { grok: false, gemini-pro: gemini gemini-3* }\n",
  );
  const names = file.aliases.map(({ name }) => name);
  assertEquals(names.includes("grok"), false);
  assertEquals(names.filter((name) => name === "gemini-pro").length, 1);
  assertEquals(
    file.aliases.find(({ name }) => name === "gemini-pro")?.families,
    [{ provider: "gemini", glob: "gemini-3*" }],
  );
});

Deno.test("docs/discover-yaml.md names every provider whose list states prices", async () => {
  const docs = await Deno.readTextFile(fromRepository("docs/discover-yaml.md"));
  const [, section = ""] = /^## Choice by price\r?\n([^]*?)^## /m.exec(docs) ??
    [];
  const titles = PROVIDERS.filter(({ statesPrices }) => statesPrices)
    .map(({ title }) => title);
  assert(titles.length > 0);
  assertEquals(titles.filter((title) => !section.includes(title)), []);
});

/** The schema for editors, as it is made from that of the program. */
function editorSchema(): Record<string, unknown> {
  return {
    title: "discover.yaml",
    ...toJsonSchema(SETTINGS_SCHEMA, {
      definitions: SETTINGS_PARTS,
      // A mapping is checked before its keys are; editors need the latter.
      typeMode: "output",
      // What only the program can check.
      errorMode: "ignore",
    }),
  };
}

Deno.test("docs/discover.schema.json is what the program checks", async () => {
  const path = fromRepository("docs/discover.schema.json");
  const text = JSON.stringify(editorSchema(), null, 2) + "\n";
  if (Deno.env.get("DISCOVER_UPDATE") === "1") {
    await Deno.writeTextFile(path, text);
  }
  // To bring it up to date: DISCOVER_UPDATE=1 deno task test
  assertEquals(JSON.parse(await Deno.readTextFile(path)), JSON.parse(text));
});

Deno.test("the schema for editors takes the example and refuses mistakes", async () => {
  const { $schema: _, ...schema } = editorSchema();
  const validate = new Ajv2020({ strict: false }).compile(schema);
  assertEquals(validate(parse(await example())), true);
  for (
    const text of [
      "timeot: 2s",
      "providers: { groq: { limt: 3 } }",
      "providers: { groq: { limit: 0 } }",
      "providers: { lab: { kind: openai } }",
      "aliases: { a: 3 }",
      "aliases: { a: grok }",
      "aliases: { a b: xai grok-* }",
      "aliases: { a: { params: { rmp: 3 } } }",
      "providers: { groq: { params: { rpm: 0 } } }",
      "providers: { groq: { info: { mode: chat } } }",
      "providers: { groq: { for: { a: { params: { tags: [1] } } } } }",
    ]
  ) assertEquals(validate(parse(text)), false, text);
});

Deno.test("a file knows the lines of its settings, be they tabbed or in a list", async () => {
  const file = await read(
    "timeout: 2s\nproviders:\n  xai:\n    exclude:\n      - a*\n      - b*\n  groq: {limit:\t3}\n",
  );
  const lines = [
    file.lineOf(["providers", "xai"]),
    file.lineOf(["providers", "xai", "exclude", 1]),
    file.lineOf(["providers", "groq", "limit"]),
    // Of what is not there, what is around it.
    file.lineOf(["providers", "xai", "limit"]),
  ];
  assertEquals(lines, [3, 6, 7, 3]);
});

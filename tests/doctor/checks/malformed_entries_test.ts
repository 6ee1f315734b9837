import { assertEquals, assertMatch } from "../../support/assert.ts";
import { examined } from "../../support/examined.ts";

const GOOD = "  - model_name: claude-main\n" +
  "    litellm_params: {model: anthropic/claude-sonnet-5}\n";

/** Line, text and hint of the findings on a config with this second entry. */
async function onEntry(...lines: readonly string[]): Promise<string[]> {
  const text = `model_list:\n${GOOD}${lines.join("\n")}\n`;
  return (await examined(text, { outcomes: [] })).map((finding) => {
    assertEquals(finding.code, "malformed-entry");
    return `${finding.line}: ${finding.text} -> ${finding.hint}`;
  });
}

Deno.test("an entry without litellm_params is named with its line, since LiteLLM will not start", async () => {
  const text = `model_list:
${GOOD}  - model_name: gpt-3.5-turbo
litellm_settings:
  drop_params: true
`;
  assertEquals(await examined(text, { outcomes: [] }), [{
    code: "malformed-entry",
    text: '"gpt-3.5-turbo" has no litellm_params',
    hint: "add litellm_params: with a model: to it, or remove the entry",
    line: 4,
  }]);
});

Deno.test("an entry that lacks its model or its name is named where the rest of it stands", async () => {
  const provider = "write the provider and its model under " +
    "litellm_params:, such as model: openai/gpt-5";
  assertEquals(
    await onEntry("  - model_name: x", "    litellm_params: {api_key: k}"),
    [`5: "x" has no model -> ${provider}`],
  );
  assertEquals(
    await onEntry("  - model_name: x", "    litellm_params:", "      model:"),
    [`6: "x" has nothing after model: -> ${provider}`],
  );
  assertEquals(await onEntry("  - litellm_params: {model: openai/a}"), [
    "4: an entry has no model_name -> add the model_name: that clients are " +
    "to use",
  ]);
});

Deno.test("a number for a name only needs quotes", async () => {
  const [found = ""] = await onEntry(
    "  - model_name: 4.5",
    "    litellm_params: {model: openai/a}",
  );
  assertEquals(
    found,
    "4: an entry has a number as model_name, not text -> put quotes around " +
      "it: LiteLLM before 1.110 takes only text for a name",
  );
  const quoted = ['  - model_name: "4.5"', "    litellm_params: {model: o/a}"];
  assertEquals(await onEntry(...quoted), []);
});

Deno.test("a name that only YAML 1.1 takes for no text needs quotes, and one that it takes for text does not", async () => {
  const onName = (name: string): Promise<string[]> =>
    onEntry(`  - model_name: ${name}`, "    litellm_params: {model: o/a}");
  const kinds = {
    no: "a true/false value",
    "12:30:45": "a number",
    "2024-01-01": "a date",
    "&x on": "a true/false value",
    '!!int "3"': "a number",
  };
  for (const [name, kind] of Object.entries(kinds)) {
    assertEquals(await onName(name), [
      `4: an entry has ${kind} as model_name, not text -> put quotes around ` +
      "it: LiteLLM before 1.110 takes only text for a name",
    ]);
  }
  for (const name of ["1e3", "1.5e3", "1e+3", "y", "'no'", "0o14"]) {
    assertEquals(await onName(name), [], name);
  }
});

Deno.test("params that stand next to litellm_params are to be indented", async () => {
  const lines = ["  - model_name: x", "    litellm_params:"];
  assertEquals(
    await onEntry(...lines, "    model: openai/a", "    api_key: k"),
    [
      '5: "x" has nothing under litellm_params -> indent model: and api_key: ' +
      "further than litellm_params:",
    ],
  );
  assertEquals(await onEntry(...lines), [
    '5: "x" has nothing under litellm_params -> write the model: of the ' +
    "entry below it, or remove the entry",
  ]);
});

Deno.test("whatever is no entry, and parts of the wrong kind, stop LiteLLM as well", async () => {
  const params = "litellm_params: {model: openai/a}";
  const faults: readonly (readonly [string, RegExp])[] = [
    ["  - text", /^4: an item of model_list is text/],
    ["  -", /^4: an item of model_list is empty/],
    ["  - [a]", /^4: an item of model_list is a list/],
    ["  - {model_name: x, litellm_params: }", /^4: "x" has nothing under lit/],
    [
      "  - {model_name: x, litellm_params: [a]}",
      /^4: the litellm_params of "x" is a list/,
    ],
    [
      "  - {model_name: x, litellm_params: {model: [a]}}",
      /has a list as model/,
    ],
    [
      `  - {model_name: x, ${params}, model_info: }`,
      /"x" has nothing under model_info/,
    ],
    [
      `  - {model_name: x, ${params}, model_info: []}`,
      /the model_info of "x" is a list/,
    ],
  ];
  for (const [line, expected] of faults) {
    const [found = "nothing", ...others] = await onEntry(line);
    assertMatch(found, expected);
    assertEquals(others, [], line);
  }
});

Deno.test("what LiteLLM leaves out or takes as it is stops nothing", async () => {
  const params = "litellm_params: {model: openai/a}";
  const entries = [
    '  - {model_name: w, litellm_params: {model: ""}}',
    `  - {model_name: "", ${params}}`,
    "  - {model_name: v, litellm_params: {model: nobody-knows}}",
    `  - {model_name: x, ${params}, model_info: {}}`,
    `  - {model_name: x, ${params}, other: 1}`,
    `  - {model_name: os.environ/NAME, ${params}}`,
  ];
  assertEquals(await onEntry(...entries), []);
});

Deno.test("since 1.110 LiteLLM takes names and a model_info of any kind", async () => {
  const params = "litellm_params: {model: openai/a}";
  const text = `model_list:
  - {model_name: 4.5, ${params}}
  - {model_name: , ${params}}
  - {model_name: os.environ/UNSET, ${params}}
  - {model_name: x, ${params}, model_info: }
  - {model_name: y, litellm_params: {model: [a]}}
  - {model_name: z, litellm_params: {model: }}
  - {${params}}
`;
  const codesWith = async (release?: string): Promise<string[]> => {
    const environment = { valueOf: () => undefined, mayRead: () => true };
    const found = await examined(text, {
      environment: { ...environment, release },
      outcomes: [],
    });
    return found.filter(({ code }) => code !== "no-master-key")
      .map(({ code, line }) => `${code} ${line}`);
  };
  const refused = [2, 3, 4, 5, 6, 7, 8].map((line) =>
    `malformed-entry ${line}`
  );
  assertEquals(await codesWith("1.108.7"), refused);
  assertEquals(await codesWith(), refused);
  assertEquals(await codesWith("1.110.2"), [
    "malformed-entry 7",
    "malformed-entry 8",
    "unset-variable 4",
  ]);
});

Deno.test("a name from a variable is judged only where the variable is sure to be unset", async () => {
  const text = "model_list:\n  - model_name: os.environ/NAME\n" +
    "    litellm_params: {model: os.environ/MODEL}\n";
  const codesWhere = async (
    values: Readonly<Record<string, string>>,
    mayRead: boolean,
  ): Promise<string[]> => {
    const environment = {
      valueOf: (name: string) => values[name],
      mayRead: () => mayRead,
      release: "1.100.0",
    };
    const found = await examined(text, { environment, outcomes: [] });
    return found.filter(({ code }) => code === "malformed-entry")
      .map(({ line, text }) => `${line}: ${text}`);
  };
  assertEquals(await codesWhere({ NAME: "a" }, true), [
    '3: "os.environ/NAME" takes its model from "MODEL", which is not set',
  ]);
  assertEquals(await codesWhere({ MODEL: "openai/a" }, true), [
    '2: an entry takes its model_name from "NAME", which is not set',
  ]);
  assertEquals(await codesWhere({}, false), []);
  assertEquals(await codesWhere({ NAME: "a", MODEL: "openai/a" }, true), []);
});

Deno.test("settings of a complexity router next to its config stop LiteLLM", async () => {
  const router = (model: string): string[] => [
    "  - model_name: smart",
    "    litellm_params:",
    `      model: ${model}`,
    "      tiers: {}",
    "      token_thresholds: {}",
  ];
  assertEquals(await onEntry(...router("auto_router/complexity_router")), [
    '7: "smart" has settings of its router in the wrong place: tiers, ' +
    "token_thresholds -> add complexity_router_config: to its " +
    "litellm_params, and move them below it",
  ]);
  const withConfig = "      complexity_router_config: {tiers: {}}";
  const [beside = ""] = await onEntry(
    ...router("auto_router/complexity_router"),
    withConfig,
  );
  assertMatch(beside, /-> move them below complexity_router_config:$/);
  assertEquals(await onEntry(...router("openai/a")), []);
});

import {
  assertEquals,
  assertRejects,
  assertThrows,
} from "../support/assert.ts";
import { assertNoOrphans, readConfig } from "../../lib/config/config.ts";
import { isOurs } from "../../lib/block/read_entry.ts";
import { repairConfig } from "../../lib/config/repair.ts";
import { ConfigError } from "../../lib/errors.ts";
import { isJsonObject, listField } from "../../lib/text/fields.ts";
import { parseYaml } from "../../lib/yaml/parse.ts";
import { BEGIN_MARKER, END_MARKER } from "../../lib/block/markers.ts";
import { MINE, withGrok } from "../support/parts.ts";
import { fromRepository } from "../support/repository.ts";

const BEGIN_LINE = `  ${BEGIN_MARKER}\n`;
const END_LINE = `  ${END_MARKER}\n`;

const bytes = (text: string): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(text);
const textOf = (config: { bytes: Uint8Array }): string =>
  new TextDecoder().decode(config.bytes);

/** What `yaml.dump` makes of a config with a block: no comment is left. */
const DUMPED = `general_settings:
  master_key: os.environ/MASTER
model_list:
- litellm_params:
    model: openai/gpt-4o
  model_name: my-own
- litellm_params:
    api_key: os.environ/XAI_API_KEY
    model: xai/grok-4.5
  model_info:
    id: discover:xai/grok-4.5
    max_input_tokens: 500000
    mode: chat
  model_name: grok-4.5
# mine, too
- litellm_params:
    model: openai/gpt-5
  model_name: my-second
- litellm_params:
    model: xai/grok-4.5
  model_info:
    id: discover:alias/grok
  model_name: grok
`;

Deno.test("readConfig() counts the entries of ours that lost their markers", async () => {
  const config = await readConfig(bytes(DUMPED));
  assertThrows(() => assertNoOrphans(config), ConfigError, "2 entries");
});

Deno.test("repairConfig() cuts out our entries and nothing else", async () => {
  const config = await repairConfig(bytes(DUMPED));
  assertEquals(
    textOf(config),
    `general_settings:
  master_key: os.environ/MASTER
model_list:
- litellm_params:
    model: openai/gpt-4o
  model_name: my-own
# mine, too
- litellm_params:
    model: openai/gpt-5
  model_name: my-second
`,
  );
  assertNoOrphans(config);
});

for (const [name, eol] of [["CRLF", "\r\n"], ["a lone CR", "\r"]] as const) {
  Deno.test(`repairConfig() keeps what is after our entries where lines end in ${name}`, async () => {
    const rest = "general_settings:\n  a: 1\n";
    for (const text of [DUMPED, DUMPED + rest]) {
      const config = await repairConfig(bytes(text.replaceAll("\n", eol)));
      const mended = textOf(await repairConfig(bytes(text)));
      assertEquals(textOf(config), mended.replaceAll("\n", eol));
      assertEquals(
        mended.endsWith(text.endsWith(rest) ? rest : "second\n"),
        true,
      );
    }
  });
}

const ENTRY = "- model_info: {id: 'discover:xai/a'}\n  model_name: a\n";

Deno.test("repairConfig() leaves no text of a cut entry behind", async () => {
  const text = "model_list:\n- model_name: mine\n  note: |\n    text\n" +
    "- model_info: {id: 'discover:xai/a'}\n  note: |\n    one\n    # no comment\n" +
    "- model_name: second\n";
  assertEquals(
    textOf(await repairConfig(bytes(text))),
    "model_list:\n- model_name: mine\n  note: |\n    text\n- model_name: second\n",
  );
});

Deno.test("repairConfig() lets no blank line after an entry get into the text before it", async () => {
  const mine = "model_list:\n- model_name: mine\n  note: |+\n    text\n\n";
  const text = `${mine}${ENTRY}\n \n# mine\n- model_name: second\n`;
  assertEquals(
    textOf(await repairConfig(bytes(text))),
    `${mine}# mine\n- model_name: second\n`,
  );
});

Deno.test("repairConfig() keeps comments and blank lines around a cut entry", async () => {
  const text =
    `model_list:\n# first\n- model_name: mine\n\n${ENTRY}\n# second\n` +
    `- model_name: b\n${ENTRY}\n# end\nlitellm_settings: {}`;
  assertEquals(
    textOf(await repairConfig(bytes(text))),
    text.replaceAll(ENTRY, ""),
  );
});

Deno.test("repairConfig() lets the cut entries stand in for their providers", async () => {
  const { previous } = await repairConfig(bytes(DUMPED));
  const xai = previous.sections.get("xai")?.entries ?? [];
  assertEquals(xai.map(({ name }) => name), ["grok-4.5"]);
  assertEquals(
    xai[0]?.lines.includes("    max_input_tokens: 500000"),
    true,
  );
  const aliases = previous.sections.get("aliases")?.entries ?? [];
  assertEquals(aliases.map(({ name, model }) => [name, model]), [
    ["grok", "xai/grok-4.5"],
  ]);
});

Deno.test("repairConfig() counts what it repaired, and readConfig() repairs nothing", async () => {
  assertEquals((await repairConfig(bytes(DUMPED))).repaired, 2);
  assertEquals((await readConfig(bytes(DUMPED))).repaired, 0);
});

Deno.test("repairConfig() leaves a config without orphans as it is", async () => {
  const text = "model_list:\n  - model_name: a\n    litellm_params: {}\n";
  const config = await repairConfig(bytes(text));
  assertEquals(textOf(config), text);
  assertEquals(config.repaired, 0);
});

Deno.test("repairConfig() repairs a list that holds nothing but our entries", async () => {
  const text = `model_list:
- model_info:
    id: discover:xai/grok-4.5
  litellm_params:
    model: xai/grok-4.5
  model_name: grok-4.5
litellm_settings: {}
`;
  const config = await repairConfig(bytes(text));
  assertEquals(textOf(config), "model_list:\nlitellm_settings: {}\n");
  const value = parseYaml(config.bytes);
  assertEquals(isJsonObject(value) && listField(value, "model_list"), []);
});

Deno.test("repairConfig() refuses what cannot be edited", async () => {
  await assertRejects(
    () => repairConfig(bytes("services:\n  web: {}\n")),
    ConfigError,
  );
});

/**
 * A config with a block, saved as LiteLLM 1.106 does for its admin page: by its
 * own `ProxyConfig.get_config` and `save_config`. The comments are gone, the
 * keys of the environment stand in it, and PyYAML has sorted, folded and
 * escaped.
 */
const REAL_DUMP = await Deno.readFile(
  fromRepository("tests/fixtures/dumps/litellm_1.106.yaml"),
);

/** The items of `model_list` that are ours, or those that are not. */
function itemsOf(value: unknown, areOurs: boolean): unknown[] {
  const items = isJsonObject(value) ? listField(value, "model_list") : [];
  return items.filter((item) => isOurs(item) === areOurs);
}

Deno.test("repairConfig() cuts our entries out of a real dump, byte for byte", async () => {
  const text = new TextDecoder().decode(REAL_DUMP);
  const first = text.indexOf(
    "- litellm_params:\n    api_key: not-a-real-key-2",
  );
  const after = text.indexOf("router_settings:");
  const config = await repairConfig(REAL_DUMP);
  assertEquals(textOf(config), text.slice(0, first) + text.slice(after));
  const dumped = parseYaml(REAL_DUMP);
  const mended = parseYaml(config.bytes);
  assertEquals(itemsOf(dumped, true).length, 8);
  assertEquals(itemsOf(mended, false), itemsOf(dumped, false));
  assertEquals(itemsOf(mended, true), []);
});

Deno.test("repairConfig() takes no key over that LiteLLM wrote out", async () => {
  const { previous } = await repairConfig(REAL_DUMP);
  assertEquals([...previous.sections.keys()], [
    "openrouter",
    "xai",
    "gemini",
    "aliases",
  ]);
  const lines = [...previous.sections.values()]
    .flatMap(({ entries }) => entries.flatMap((entry) => entry.lines));
  assertEquals(lines.some((line) => line.includes("not-a-real-key")), false);
  assertEquals(lines.includes('    id: "discover:alias/claude/grok"'), true);
});

/** A config with a block, and a user's entry with comments after it. */
async function withBlock(): Promise<string> {
  const mine = "  # mine\n  - model_name: other\n    litellm_params: {}\n\n";
  const last = "# <<< discover: auto-discovered models <<<\n";
  return (await withGrok()).replace(last, `${last}${mine}`);
}

/** What somebody may do to the markers, each line given with its line end. */
const BROKEN: Readonly<Record<string, (text: string) => string>> = {
  "the end marker is lost": (text) => text.replace(END_LINE, ""),
  "the begin marker is lost": (text) => text.replace(BEGIN_LINE, ""),
  "the end marker is there twice": (text) =>
    text.replace(END_LINE, END_LINE.repeat(2)),
  "the begin marker is there twice": (text) =>
    text.replace(BEGIN_LINE, BEGIN_LINE.repeat(2)),
  "the begin marker is there again inside the block": (text) =>
    text.replace(/^ +# -- aliases/m, `${BEGIN_LINE}$&`),
  "they are reversed": (text) =>
    text.replace(BEGIN_LINE, "@").replace(END_LINE, BEGIN_LINE)
      .replace("@", END_LINE),
  "the end marker is below the next key": (text) =>
    text.replace(END_LINE, "") + END_LINE,
  "the begin marker is inside an entry": (text) =>
    text.replace(BEGIN_LINE, "").replace(
      /^.*openai\/my.*\n/m,
      `$&${BEGIN_LINE}`,
    )
      .replace(/^.*litellm_params.*\n/m, `$&${BEGIN_LINE}`),
};

for (const [what, breakIt] of Object.entries(BROKEN)) {
  Deno.test(`repairConfig() puts the pair back to where it was: ${what}`, async () => {
    const text = await withBlock();
    const broken = breakIt(text);
    for (const eol of ["\n", "\r\n", "\r"]) {
      const there = bytes(broken.replaceAll("\n", eol));
      const error = await assertRejects(() => readConfig(there), ConfigError);
      assertEquals(error.hint?.startsWith("run discover --repair, or "), true);
      const config = await repairConfig(there);
      assertEquals(textOf(config), text.replaceAll("\n", eol));
      assertEquals(config.repaired, 2);
      assertEquals(config.previous.isEdited, false);
      assertEquals(config.asRead.bytes, there);
    }
  });
}

Deno.test("a lost marker's line and indent are named, and following that is a repair", async () => {
  const text = await withBlock();
  const count = (part: string): number =>
    text.slice(0, text.indexOf(part)).split("\n").length;
  const cases = [
    [END_LINE, `after line ${count(END_LINE) - 1}`],
    [BEGIN_LINE, `above line ${count(BEGIN_LINE)}`],
  ] as const;
  for (const [marker, where] of cases) {
    const broken = text.replace(marker, "");
    const error = await assertRejects(
      () => readConfig(bytes(broken)),
      ConfigError,
    );
    assertEquals(
      error.hint,
      `run discover --repair, or add \`${marker.trim()}\` ${where}, ` +
        "indented by 2 spaces",
    );
    const [, number = ""] = /line (\d+)/.exec(where) ?? [];
    const at = Number(number) - (where.startsWith("above") ? 1 : 0);
    const lines = broken.split("\n").toSpliced(at, 0, marker.trimEnd());
    assertEquals(lines.join("\n"), text);
  }
});

Deno.test("repairConfig() ends the block where something of the user's comes, and cuts our entries after it", async () => {
  const text = await withGrok();
  for (
    const mine of ["  # mine\n", "  - {model_name: b, litellm_params: {}}\n"]
  ) {
    const broken = text.replace(END_LINE, "")
      .replace(/^ +# -- aliases/m, `${mine}$&`);
    const config = await repairConfig(bytes(broken));
    assertEquals(config.repaired, 2);
    const mended = textOf(config);
    const [, after = ""] = mended.split(END_LINE);
    assertEquals(after, `${mine}litellm_settings:\n  drop_params: true\n`);
    assertEquals([...config.previous.sections.keys()].toSorted(), [
      "aliases",
      "xai",
    ]);
  }
});

Deno.test("repairConfig() makes one block of two, and keeps what is between them", async () => {
  const text = await withGrok();
  const block = text.slice(text.indexOf(BEGIN_LINE), text.indexOf("litellm_s"));
  const mine = "  # mine\n  - model_name: b\n";
  const config = await repairConfig(
    bytes(text.replace(block, () => block + mine + block)),
  );
  assertEquals(textOf(config), text.replace(block, () => block + mine));
  assertEquals(config.repaired, 4);
});

Deno.test("repairConfig() takes a marker away that has no entry of ours next to it", async () => {
  const text = `model_list:\n  - model_name: mine\n${BEGIN_LINE}` +
    "  - model_name: second\nx: 1\n";
  const config = await repairConfig(bytes(text));
  assertEquals(textOf(config), text.replace(BEGIN_LINE, ""));
  assertEquals([config.repaired, config.region.kind], [0, "new"]);
});

Deno.test("repairConfig() keeps the byte order mark in front of a marker that it takes away", async () => {
  const text = `\ufeff${BEGIN_MARKER}\n${MINE}`;
  const config = await repairConfig(bytes(text));
  assertEquals(config.bytes, bytes(`\ufeff${MINE}`));
});

Deno.test("repairConfig() adds the marker to a last line without a line end", async () => {
  const text = (await withGrok()).replace(END_LINE, "")
    .replace(/\nlitellm_settings[^]*/, "");
  const config = await repairConfig(bytes(text));
  assertEquals(textOf(config), `${text}\n${END_LINE.trimEnd()}`);
  assertEquals(config.repaired, 2);
});

Deno.test("repairConfig() refuses markers that are not whole lines of the two", async () => {
  const text = await withGrok();
  for (
    const broken of [
      text.replace(BEGIN_LINE, `${BEGIN_LINE.trimEnd()} x\n`),
      text.replace(BEGIN_LINE, "").replace(
        "my-own-gpt",
        `$& ${BEGIN_LINE.trim()}`,
      ),
    ]
  ) {
    const error = await assertRejects(
      () => repairConfig(bytes(broken)),
      ConfigError,
      "marker",
    );
    assertEquals(error.hint?.includes("--repair"), false);
  }
});

Deno.test("repairConfig() takes lines of a text for text, whatever they look like", async () => {
  const note = `  - model_name: noted\n    note: |\n${
    BEGIN_LINE.replace("  ", "      ")
  }      # -- xai: 1 model, sha256:0123456789ab --\n`;
  const text = (await withGrok()).replace("model_list:\n", `$&${note}`);
  const config = await repairConfig(bytes(text.replace(END_LINE, "")));
  assertEquals(textOf(config), text);
});

Deno.test("repairConfig() keeps an edited entry in the block, where a run sees the edit", async () => {
  const text = (await withGrok()).replace(
    'display_name: "Grok 4.5"',
    "$& # mine",
  );
  const config = await repairConfig(bytes(text.replace(END_LINE, "")));
  assertEquals(textOf(config), text);
  assertEquals(config.previous.edited, ["xai"]);
});

Deno.test("repairConfig() keeps how LiteLLM has to call a model", async () => {
  const dumped = DUMPED.replace("mode: chat", "mode: responses");
  const { previous } = await repairConfig(bytes(dumped));
  const lines = previous.sections.get("xai")?.entries.flatMap((entry) =>
    entry.lines
  );
  assertEquals(lines?.filter((line) => line.includes("mode:")), [
    '    mode: "responses"',
  ]);
});

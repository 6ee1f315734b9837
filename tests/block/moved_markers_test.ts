import { assert, assertEquals, assertThrows } from "../support/assert.ts";
import { BEGIN_MARKER, END_MARKER } from "../../lib/block/markers.ts";
import { findRegion } from "../../lib/block/splice.ts";
import { planRefresh, planRemoval } from "../../lib/commands/plan.ts";
import { ConfigError } from "../../lib/errors.ts";
import {
  answered,
  bytesOf,
  configOf,
  settingsOf,
  textOf,
  withGrok,
} from "../support/parts.ts";

/** Comments, blank lines and a text that has to keep its end, around the list. */
const RICH = `general_settings:
  master_key: os.environ/MASTER

model_list:
  # first
  - model_name: mine   # fine
    litellm_params: {model: openai/a}
    note: |+
      # >>> text

  # last

# router
router_settings:
  x: |
    # <<< text
`;

/** Lines of the list, down to the next key, each as `change` makes it. */
function inList(text: string, change: (line: string) => string): string {
  return text.replace(
    /(?<=^model_list:\n)[^]*?(?=^# router)/m,
    (list) => list.split("\n").map(change).join("\n"),
  );
}

const isComment = (line: string): boolean => line.trimStart().startsWith("#");
const deeper = (line: string): string => line === "" ? line : `  ${line}`;
const outdented = (line: string): string => line.replace(/^ {2}/, "");

/** What programs make of a list that is indented by two. */
const REWRITES: Readonly<Record<string, (text: string) => string>> = {
  "ruamel.yaml's default: items further left, comments as they were": (text) =>
    inList(text, (line) => isComment(line) ? line : outdented(line)),
  "ruamel.yaml with an offset: items further right, comments as they were": (
    text,
  ) => inList(text, (line) => isComment(line) ? line : deeper(line)),
  "npm:yaml: all further right, but the end marker at the next key's column": (
    text,
  ) => inList(text, deeper).replace(new RegExp(` *${END_MARKER}`), END_MARKER),
  "npm:yaml without indented lists: all further left": (text) =>
    inList(text, outdented),
  "the begin marker alone further right": (text) =>
    text.replace(BEGIN_MARKER, `   ${BEGIN_MARKER}`),
  "the end marker below blank lines, at column 0": (text) =>
    text.replace(new RegExp(` *${END_MARKER}`), `\n\n${END_MARKER}`),
};

/** The text without the lines from one marker to the other. */
function outside(text: string): string {
  const [before = ""] = text.split(BEGIN_MARKER);
  const [, after = ""] = text.split(END_MARKER);
  return before.trimEnd() + after;
}

for (const [what, rewrite] of Object.entries(REWRITES)) {
  for (const [name, eol] of [["LF", "\n"], ["CRLF", "\r\n"]] as const) {
    Deno.test(`the next run puts markers right: ${what}, ${name}`, async () => {
      const rewritten = rewrite(await withGrok(RICH)).replaceAll("\n", eol);
      const config = await configOf(rewritten);
      assertEquals(config.previous.isEdited, false);
      assertEquals(config.repaired, 0);
      const outcomes = [answered("xai", "grok-4.5")];
      const plan = await planRefresh(
        ...[config, config.previous, settingsOf(), outcomes] as const,
      );
      const text = textOf(plan.bytes);
      assertEquals(outside(text), outside(rewritten));
      const item = /^( *)- model_name: mine/m.exec(text)?.[1];
      for (const marker of [BEGIN_MARKER, END_MARKER]) {
        assert(text.includes(`\n${item}${marker}${eol}`), marker);
      }
      const again = await configOf(text);
      const settled = await planRefresh(
        ...[again, again.previous, settingsOf(), outcomes] as const,
      );
      assertEquals(textOf(settled.bytes), text);
      const removed = textOf(planRemoval(again).bytes);
      assertEquals(removed, textOf(planRemoval(config).bytes));
    });
  }
}

const OURS = `    - model_name: a\n      model_info: {id: "discover:xai/a"}\n`;
const MINE = "    - model_name: mine\n";

/** Where something between the markers, or around them, is not surely ours. */
const UNCERTAIN: Readonly<Record<string, string>> = {
  "a user's entry between them": `  B\n${OURS}${MINE}  E\n`,
  "a user's entry after the begin marker": `  B\n${MINE}${OURS}  E\n`,
  "a user's comment between them": `  B\n${OURS}    # mine\n  E\n`,
  "a user's comment in front of the first entry": `  B\n # mine\n${OURS}  E\n`,
  "an entry that goes on after the end marker": `  B\n${OURS}  E\n      x: 1\n`,
  "a begin marker inside a user's entry":
    `${MINE}  B\n      x: 1\n${OURS}  E\n`,
  "two markers with nothing between them": `${MINE}  B\n  E\n`,
  "an end marker after the next key": `  B\n${OURS}x:\n  y: 1\n  E\n`,
};

for (const [what, list] of Object.entries(UNCERTAIN)) {
  Deno.test(`markers at another indent are refused: ${what}`, () => {
    const text = `model_list:\n${list}z: 1\n`
      .replace("  B", `  ${BEGIN_MARKER}`).replace("  E", `  ${END_MARKER}`);
    const error = assertThrows(() => findRegion(bytesOf(text)), ConfigError);
    const line = text.split("\n")[(error.line ?? 0) - 1]?.trim();
    assert(line === BEGIN_MARKER || line === END_MARKER, `${error.line}`);
    assertEquals(error.hint?.includes("discover --repair"), true);
  });
}

Deno.test("an empty block at another indent is put right: its header shows that it is ours", async () => {
  const text = `model_list:\n${MINE}  ${BEGIN_MARKER}\n` +
    "  # Written by discover, format 1. Edits are overwritten.\n" +
    `  ${END_MARKER}\nz: 1\n`;
  const { region } = await configOf(text);
  assertEquals([region.kind, region.indent], ["existing", 4]);
});

Deno.test("an entry edited by hand between moved markers still counts as edited", async () => {
  const text = inList(
    await withGrok(RICH),
    (line) => isComment(line) ? line : outdented(line),
  ).replace('mode: "chat"', 'mode: "chat" # mine');
  assertEquals((await configOf(text)).previous.isEdited, true);
});

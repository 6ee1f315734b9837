import { assertEquals, assertThrows } from "../support/assert.ts";
import {
  type PreviousBlock,
  readPreviousBlock,
} from "../../lib/block/previous.ts";
import { ConfigError } from "../../lib/errors.ts";
import { renderEntry } from "../../lib/block/entry.ts";
import { renderSections, type Section } from "../../lib/block/format.ts";
import { headerLine, parseHeader } from "../../lib/block/splice.ts";

const entry = (name: string): Section["entries"][number] =>
  renderEntry({ name, deployment: `xai/${name}`, model: `xai/${name}` });

const SECTIONS: readonly Section[] = [
  { id: "xai", entries: [entry("grok-4.4"), entry("grok-4.5")] },
  { id: "gemini", entries: [] },
  { id: "aliases", entries: [entry("grok")] },
];

async function blockLines(): Promise<string[]> {
  return [headerLine([]), ...await renderSections(SECTIONS)];
}

/** The block after an edit of its text. */
async function edited(
  change: (text: string) => string,
): Promise<PreviousBlock> {
  const text = (await blockLines()).join("\n");
  const changed = change(text);
  if (changed === text) throw new Error("the edit changes nothing");
  return await readPreviousBlock(changed.split("\n"));
}

const idsOf = ({ sections }: PreviousBlock): string[] => [...sections.keys()];

Deno.test("readPreviousBlock() reads back what renderSections() wrote", async () => {
  const block = await readPreviousBlock(await blockLines());
  assertEquals([...block.sections.values()], [...SECTIONS]);
  assertEquals([block.edited, block.damaged, block.isEdited], [[], [], false]);
});

Deno.test("readPreviousBlock() finds nothing in a block without sections", async () => {
  for (const lines of [[], [headerLine([])], [headerLine([]), ""]]) {
    const block = await readPreviousBlock(lines);
    assertEquals([block.sections.size, block.isEdited], [0, false]);
  }
});

Deno.test("readPreviousBlock() notices an edit, keeps it and the old hash", async () => {
  const block = await edited((text) =>
    text.replace('model: "xai/grok-4.5"', 'model: "xai/mine"')
  );
  assertEquals([block.edited, block.damaged], [["xai"], []]);
  assertEquals(block.isEdited, true);
  const xai = block.sections.get("xai");
  assertEquals(xai?.entries.map(({ model }) => model), [
    "xai/grok-4.4",
    "xai/mine",
  ]);
  const stated = /xai: .*sha256:(\w+)/.exec((await blockLines()).join("\n"));
  assertEquals(xai?.statedHash, stated?.[1]);
});

Deno.test("readPreviousBlock() notices a comment or a blank line that was added", async () => {
  for (const line of ["# mine", ""]) {
    const block = await edited((text) =>
      text.replace("\n# -- g", `\n${line}$&`)
    );
    assertEquals(block.edited, ["xai"], `line "${line}"`);
    assertEquals(block.sections.get("xai")?.entries.length, 2);
  }
});

Deno.test("readPreviousBlock() notices an entry above the first section", async () => {
  const block = await edited((text) =>
    text.replace("# -- xai", '- model_name: "mine"\n$&')
  );
  assertEquals([block.edited, block.isEdited], [[], true]);
});

const DAMAGES: Readonly<Record<string, (text: string) => string>> = {
  "YAML that cannot be read": (text) => text.replace('"grok-4.5"', '"grok'),
  "an entry that is not ours": (text) =>
    text.replace('id: "discover:xai/grok-4.5"', 'id: "mine"'),
  "an entry without a name": (text) =>
    text.replace('- model_name: "grok-4.5"', "- x: 1"),
  "an entry without a model": (text) =>
    text.replace('    model: "xai/grok-4.5"\n', "    x: 1\n"),
  "text instead of an entry": (text) =>
    text.replace("# -- gemini", "- just text\n$&"),
  "a second key next to the list": (text) =>
    text.replace("# -- gemini", "other: {}\n$&"),
};

for (const [what, damage] of Object.entries(DAMAGES)) {
  Deno.test(`readPreviousBlock() drops a section with ${what}, and only that`, async () => {
    const block = await edited(damage);
    assertEquals(block.damaged, ["xai"]);
    assertEquals(idsOf(block), ["gemini", "aliases"]);
    assertEquals(block.isEdited, true);
  });
}

Deno.test("readPreviousBlock() takes the first of two sections with one name", async () => {
  const block = await edited((text) => text.replace("-- gemini:", "-- xai:"));
  assertEquals(block.damaged, ["xai"]);
  assertEquals(block.sections.get("xai")?.entries.length, 2);
});

Deno.test("readPreviousBlock() reads a title with blanks after it", async () => {
  const block = await edited((text) => text.replaceAll(" --\n", " --  \n"));
  assertEquals(idsOf(block), ["xai", "gemini", "aliases"]);
  assertEquals(block.isEdited, false);
});

Deno.test("a header of a newer format is refused with its line", () => {
  const line = headerLine([]).replace("format 1", "format 2");
  const { message } = assertThrows(() => parseHeader(line, 7), ConfigError);
  assertEquals(message, "the block was written by a newer version of discover");
});

import { assertEquals } from "../support/assert.ts";
import type { Entry } from "../../lib/block/entry.ts";
import type { Section } from "../../lib/block/format.ts";
import { NO_BLOCK } from "../../lib/block/previous.ts";
import { buildCatalog } from "../../lib/catalog/catalog.ts";
import { offersOf } from "../../lib/catalog/offer.ts";
import { readUserEntries } from "../../lib/config/user_entries.ts";
import type { Outcome } from "../../lib/fetch/outcome.ts";
import { KeyRing } from "../../lib/keys/key_ring.ts";
import { readDiscoverFile } from "../../lib/settings/file.ts";
import { resolveSettings } from "../../lib/settings/settings.ts";
import { answered, failed, flagsOf, KEYS } from "../support/parts.ts";

/** The sections that a run would write with this `discover.yaml`. */
async function sectionsOf(
  text: string,
  outcomes: readonly Outcome[],
  earlier: readonly Section[] = [],
): Promise<readonly Section[]> {
  const file = await readDiscoverFile(text, "discover.yaml");
  const keys = new KeyRing(KEYS, [], []);
  const today = "2026-11-23";
  const settings = resolveSettings(flagsOf(), keys, { file, today });
  const userEntries = readUserEntries({});
  const sections = new Map(earlier.map((one) => [one.id, one]));
  return buildCatalog({
    ...settings,
    offers: offersOf(outcomes, settings.sources, userEntries, today),
    previous: { ...NO_BLOCK, sections },
    userEntries,
  }).sections;
}

/** By name, the lines of the settings that can be set. */
function ownOf(sections: readonly Section[]): Record<string, string[]> {
  const own =
    /^ {4}(?:rpm|weight|tags|extra_headers|access_groups|base_model):/;
  const ownLines = ({ lines }: Entry): string[] =>
    lines.filter((line) => own.test(line)).map((line) => line.trim());
  return Object.fromEntries(
    sections.flatMap(({ entries }) =>
      entries.map((entry) => [entry.name, ownLines(entry)])
    ),
  );
}

Deno.test("own settings: a provider's, then each glob's in its order, then the alias's", async () => {
  const text = `
providers:
  xai:
    params: { rpm: 60, tags: [paid, all], weight: 1 }
    info: { access_groups: all }
    for:
      "*-mini": { params: { rpm: 10 }, info: { base_model: xai/mini } }
      "grok-4.5-*": { params: { rpm: 20, tags: [small] } }
aliases:
  grok: { params: { rpm: 5, weight: null } }
  little: { follow: xai grok-*-mini }
`;
  const found = ownOf(
    await sectionsOf(text, [
      answered("xai", "grok-4.5", "grok-4.5-mini", "grok-4-mini"),
      answered("gemini", "gemini-3.8-flash"),
    ]),
  );
  assertEquals(found, {
    "grok-4-mini": [
      "rpm: 10",
      'tags: ["paid", "all"]',
      "weight: 1",
      'access_groups: ["all"]',
      'base_model: "xai/mini"',
    ],
    "grok-4.5": [
      "rpm: 60",
      'tags: ["paid", "all"]',
      "weight: 1",
      'access_groups: ["all"]',
    ],
    "grok-4.5-mini": [
      "rpm: 20",
      'tags: ["small"]',
      "weight: 1",
      'access_groups: ["all"]',
      'base_model: "xai/mini"',
    ],
    grok: ["rpm: 5", 'tags: ["paid", "all"]', 'access_groups: ["all"]'],
    little: [
      "rpm: 20",
      'tags: ["small"]',
      "weight: 1",
      'access_groups: ["all"]',
      'base_model: "xai/mini"',
    ],
    "gemini-3.8-flash": [],
    gemini: [],
    "gemini-flash": [],
  });
});

Deno.test("own settings: of two globs the one that is written last counts, whatever their names", async () => {
  const globs = [
    '"*-mini": { params: { rpm: 1 } }',
    "grok-4.5-*: { params: { rpm: 2 } }",
  ];
  const rpmWith = async (order: readonly string[]): Promise<unknown> => {
    const text = `providers: { xai: { for: { ${order.join(", ")} } } }`;
    const answer = answered("xai", "grok-4.5-mini");
    return ownOf(await sectionsOf(text, [answer]))["grok-4.5-mini"];
  };
  assertEquals(await rpmWith(globs), ["rpm: 2"]);
  assertEquals(await rpmWith(globs.toReversed()), ["rpm: 1"]);
});

Deno.test("own settings: second names of a Claude and of an alias have them, and ids with ~ match", async () => {
  const text = `
claude_code: true
providers:
  openrouter:
    variants: [latest]
    for: { "anthropic/claude-*": { params: { rpm: 7 } } }
  xai: { params: { rpm: 3 } }
`;
  const found = ownOf(
    await sectionsOf(text, [
      answered("openrouter", {
        id: "anthropic/claude-haiku-4.5",
        datedName: "claude-haiku-4-5-20251001",
      }, { id: "~anthropic/claude-haiku-latest", variant: "latest" }),
      answered("xai", "grok-4.5"),
    ]),
  );
  assertEquals(Object.values(found).flat().toSorted(), [
    ...Array(3).fill("rpm: 3"),
    ...Array(4).fill("rpm: 7"),
  ]);
});

Deno.test("own settings: a default alias keeps what it follows, and what it is called", async () => {
  const outcomes = [
    answered("openrouter", "anthropic/claude-opus-5"),
    answered("xai", "grok-4.5"),
  ];
  const plain = await sectionsOf("", outcomes);
  const set = await sectionsOf(
    "aliases: { grok: { params: { rpm: 5 } }, " +
      "claude-opus-fallback: { params: { rpm: 6 } } }",
    outcomes,
  );
  const linesOf = (sections: readonly Section[], name: string): string[] =>
    sections.flatMap(({ entries }) => entries)
      .filter((entry) => entry.name === name)
      .flatMap(({ lines }) => lines);
  for (const [name, rpm] of [["grok", 5], ["claude-opus-fallback", 6]]) {
    const own = `    rpm: ${rpm}`;
    const lines = linesOf(set, String(name));
    assertEquals(lines.includes(own), true);
    assertEquals(
      lines.filter((line) => line !== own),
      linesOf(plain, String(name)),
    );
  }
});

Deno.test("own settings: those of a silent provider's entries stay as they were; removed ones go with the next answer", async () => {
  const set = "providers: { xai: { params: { rpm: 60 } } }";
  const all = [answered("xai", "grok-4.5")];
  const earlier = await sectionsOf(set, all);
  const silent = [failed("xai"), answered("gemini", "gemini-3.8-flash")];
  const other = "providers: { xai: { params: { rpm: 7 } } }";
  const kept = await sectionsOf(other, silent, earlier);
  for (const id of ["xai", "aliases"]) {
    const linesIn = (sections: readonly Section[]): string[] =>
      sections.filter((one) => one.id === id)
        .flatMap(({ entries }) => entries)
        .filter(({ model }) => model.startsWith("xai/"))
        .flatMap(({ lines }) => lines);
    assertEquals(linesIn(kept), linesIn(earlier));
  }
  const gone = await sectionsOf("", all, kept);
  assertEquals(Object.values(ownOf(gone)).flat(), []);
});

Deno.test("own settings: an alias that moves while its provider is silent has those of today", async () => {
  const outcomes = [answered(
    "xai",
    { id: "grok-5", endsOn: "2026-12-01" },
    "grok-4.5",
  )];
  const earlier = await sectionsOf("aliases: { grok: xai grok-5 }", outcomes);
  const text = `
providers: { xai: { params: { rpm: 60 } } }
aliases: { grok: { follow: "xai grok-*", params: { weight: 2 } } }
`;
  const moved = await sectionsOf(text, [
    failed("xai"),
    answered("gemini", "gemini-3.8-flash"),
  ], earlier);
  const alias = moved.flatMap(({ entries }) => entries)
    .find(({ name }) => name === "grok");
  assertEquals(alias?.model, "xai/grok-4.5");
  assertEquals(ownOf(moved)["grok"], ["rpm: 60", "weight: 2"]);
});

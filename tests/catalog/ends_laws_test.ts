/**
 * Laws of last days, on made-up lists and days: written anew here, without the
 * code that holds them.
 *
 * @module
 */

import fc from "fast-check";
import { assert, assertEquals } from "../support/assert.ts";
import { answered, failed, settingsOf } from "../support/parts.ts";
import { DEFAULT_ALIASES } from "../../lib/catalog/aliases.ts";
import { buildCatalog, type Catalog } from "../../lib/catalog/catalog.ts";
import { offersOf } from "../../lib/catalog/offer.ts";
import { NO_BLOCK, type PreviousBlock } from "../../lib/block/previous.ts";
import { readUserEntries } from "../../lib/config/user_entries.ts";
import type { Outcome } from "../../lib/fetch/outcome.ts";
import type { Model } from "../../lib/providers/provider.ts";

const DAY_MS = 86_400_000;
const FIRST_MS = Date.parse("2026-11-01T00:00:00Z");

function dayAt(days: number): string {
  return new Date(FIRST_MS + days * DAY_MS).toISOString().slice(0, 10);
}

/** Ids that no table knows, in the families of Gemini's aliases. */
const IDS = [
  "flash",
  "pro",
  "pro-preview",
  "flash-lite",
  "argon",
  "flash-preview",
]
  .flatMap((kind) => ["90.1", "90.2", "91"].map((v) => `gemini-${v}-${kind}`));

const model: fc.Arbitrary<Model> = fc.record({
  id: fc.constantFrom(...IDS),
  endsOn: fc.nat(80).map(dayAt),
  maxInputTokens: fc.constantFrom(1000, 2000),
  retired: fc.constant(true as const),
}, { requiredKeys: ["id"] });

const list = fc.uniqueArray(model, {
  selector: ({ id }) => id,
  minLength: 1,
  maxLength: 8,
});

function build(
  outcome: Outcome,
  today: string,
  previous: PreviousBlock = NO_BLOCK,
): Catalog {
  const settings = { ...settingsOf(), today, aliases: DEFAULT_ALIASES };
  const userEntries = readUserEntries({});
  const offers = offersOf([outcome], settings.sources, userEntries, today);
  return buildCatalog({ ...settings, offers, previous, userEntries });
}

/** Which ids an alias may follow, in words of its own. */
const MAY_FOLLOW: Readonly<Record<string, RegExp>> = {
  "gemini": /^gemini-\d/,
  "gemini-pro": /^gemini-[\d.]+-pro/,
  "gemini-flash": /^gemini-[\d.]+-flash(-preview.*)?$/,
};

/** The ends of a list, as far as one is known; far away for all others. */
function endOf({ endsOn, retired }: Model): string {
  return retired ? "" : endsOn ?? "9999";
}

function assertLaws(
  { aliases }: Catalog,
  models: readonly Model[],
  day: number,
): void {
  const dying = dayAt(day + 30);
  for (const [name, ids] of Object.entries(MAY_FOLLOW)) {
    const ends = models.filter(({ id }) => ids.test(id)).map(endOf);
    const target = aliases.find((alias) => alias.name === name)?.target;
    assertEquals(target !== undefined, ends.length > 0, name);
    if (target === undefined) continue;
    const followed = models.find(({ id }) => target === `gemini/${id}`);
    assert(followed && ids.test(followed.id), `${name}: ${target}`);
    const end = endOf(followed);
    const latest = ends.toSorted().at(-1) ?? "";
    assert(end > dying || end === latest, `${name}: ${target} ends ${end}`);
  }
}

Deno.test("nothing that ended is offered, and no alias is at a dying model where one stays", () => {
  fc.assert(
    fc.property(list, fc.nat(90), (models, day) => {
      const catalog = build(answered("gemini", ...models), dayAt(day));
      const living = models.filter((one) => endOf(one) >= dayAt(day));
      const names = catalog.sections.find(({ id }) => id === "gemini")?.entries
        .map(({ name }) => name);
      assertEquals(names, living.map(({ id }) => id).toSorted());
      assertLaws(catalog, living, day);
    }),
    { numRuns: 500 },
  );
});

Deno.test("while a provider is silent its section stays, and its aliases leave what is dying", () => {
  const days = fc.tuple(fc.nat(60), fc.nat(60));
  fc.assert(
    fc.property(list, days, (models, [day, later]) => {
      const before = build(answered("gemini", ...models), dayAt(day));
      const sections = new Map(before.sections.map((one) => [one.id, one]));
      const previous = { ...NO_BLOCK, sections };
      const silent = build(failed("gemini"), dayAt(day + later), previous);
      assertEquals(
        silent.sections.filter(({ id }) => id === "gemini"),
        before.sections.filter(({ id }) => id === "gemini"),
      );
      const known = models.filter((one) => endOf(one) >= dayAt(day));
      // What ended meanwhile is no choice, but an alias with nothing else stays.
      for (const { name, target } of silent.aliases) {
        const ids = MAY_FOLLOW[name] ?? /$^/;
        const ends = known.filter(({ id }) => ids.test(id)).map(endOf);
        const followed = known.find(({ id }) => target === `gemini/${id}`);
        const stays = ends.some((end) => end > dayAt(day + later + 30));
        const end = followed ? endOf(followed) : "";
        assert(!stays || end > dayAt(day + later + 30), `${name}: ${target}`);
      }
      assertEquals(
        silent.aliases.map(({ name }) => name),
        before.aliases.map(({ name }) => name),
      );
    }),
    { numRuns: 500 },
  );
});

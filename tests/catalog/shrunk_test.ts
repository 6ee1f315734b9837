import { assertEquals } from "../support/assert.ts";
import type { PreviousBlock } from "../../lib/block/previous.ts";
import type { Source } from "../../lib/catalog/offer.ts";
import { doubtShrunk } from "../../lib/catalog/shrunk.ts";
import type { Outcome } from "../../lib/fetch/outcome.ts";
import { KeyRing } from "../../lib/keys/key_ring.ts";
import { readDiscoverFile } from "../../lib/settings/file.ts";
import { resolveSettings } from "../../lib/settings/settings.ts";
import {
  answered,
  configOf,
  failed,
  flagsOf,
  MINE,
  planOf,
  settingsOf,
  textOf,
} from "../support/parts.ts";

function ids(count: number, name = "grok-"): string[] {
  return Array.from({ length: count }, (_, at) => `${name}${at}`);
}

/** The block of a run in which xAI listed so many models. */
async function blockOf(count: number): Promise<PreviousBlock> {
  const { bytes } = await planOf(MINE, [answered("xai", ...ids(count))]);
  return (await configOf(textOf(bytes))).previous;
}

const { sources } = settingsOf();

async function kindOf(
  earlier: number,
  listed: number,
  more: Partial<Source> = {},
): Promise<Outcome["kind"]> {
  const answer = answered("xai", ...ids(listed));
  const changed = sources.map((one) => ({ ...one, ...more }));
  return doubtShrunk(answer, await blockOf(earlier), changed).kind;
}

Deno.test("doubtShrunk() takes a list of less than a fifth of the section for a failure", async () => {
  const answer = answered("xai", ...ids(3));
  assertEquals(doubtShrunk(answer, await blockOf(40), sources), {
    kind: "failed",
    provider: "xai",
    elapsedMs: 5,
    failure: { reason: "shrunk", counts: { listed: 3, earlier: 40 } },
  });
});

Deno.test("doubtShrunk() believes a list of a fifth, or of less than ten models fewer", async () => {
  const cases = [
    [40, 8, "answered"],
    [40, 7, "failed"],
    [11, 2, "answered"],
    [11, 1, "failed"],
    [12, 2, "failed"],
    [10, 1, "answered"],
    [3, 40, "answered"],
  ] as const;
  for (const [earlier, listed, kind] of cases) {
    assertEquals(await kindOf(earlier, listed), kind, `${earlier}, ${listed}`);
  }
});

Deno.test("doubtShrunk() counts what is listed before the filters", async () => {
  const limited = sources.map((one) => ({
    ...one,
    rules: { ...one.rules, limit: 1 },
  }));
  const answer = answered("xai", ...ids(40));
  const judged = doubtShrunk(answer, await blockOf(40), limited);
  assertEquals(judged, answer);
});

Deno.test("doubtShrunk() believes a list of which the key may call little", async () => {
  const [one = "", ...others] = ids(40);
  const answer = { ...answered("xai", one), withheld: new Set(others) };
  const judged = doubtShrunk(answer, await blockOf(40), sources);
  assertEquals(judged, answer);
});

Deno.test("doubtShrunk() does not mind other capitals", async () => {
  const answer = answered("xai", ...ids(40, "GROK-"));
  const judged = doubtShrunk(answer, await blockOf(40), sources);
  assertEquals(judged, answer);
});

Deno.test("doubtShrunk() believes what is accepted, and the list of another server", async () => {
  assertEquals(await kindOf(40, 3, { acceptsShrink: true }), "answered");
  const apiBase = "https://eu.api.x.ai/v1";
  assertEquals(await kindOf(40, 3, { apiBase }), "answered");
});

Deno.test("doubtShrunk() leaves failures, and providers without a section, as they are", async () => {
  const block = await blockOf(40);
  for (const outcome of [failed("xai"), answered("gemini", "gemini-4-pro")]) {
    assertEquals(doubtShrunk(outcome, block, sources), outcome);
  }
});

Deno.test("doubtShrunk() counts models of a section, not their second names", async () => {
  const yaml = "providers: { anthropic: {} }\n";
  const file = await readDiscoverFile(yaml, "discover.yaml");
  const keys = new KeyRing({ ANTHROPIC_API_KEY: "key-4" }, [], []);
  const settings = resolveSettings(flagsOf(), keys, { file });
  const listed = [..."abcdefghijkl"].map((letter) =>
    `claude-${letter}oe-4-5-20251001`
  );
  const first = answered("anthropic", ...listed);
  const plan = await planOf(MINE, [first], settings);
  const { previous } = await configOf(textOf(plan.bytes));
  assertEquals(previous.sections.get("anthropic")?.entries.length, 24);
  const answer = answered("anthropic", ...listed.slice(9));
  const judged = doubtShrunk(answer, previous, settings.sources);
  assertEquals(judged, answer);
});

/** The same numbers in every run: 0 or more, and less than `below`. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
}

Deno.test("lists that grow and shrink at random never take ten models and more than four fifths of a section in one run", async () => {
  let doubts = 0;
  for (let seed = 1; seed <= 50; seed++) {
    const next = numbers(seed);
    let text = MINE;
    for (let run = 0; run < 20; run++) {
      const config = await configOf(text);
      const { previous } = config;
      const before = previous.sections.get("xai")?.entries.length ?? 0;
      const answer = answered("xai", ...ids(1 + next(next(4) === 0 ? 90 : 12)));
      const outcome = doubtShrunk(answer, previous, sources);
      const plan = await planOf(text, [outcome]);
      const after = plan.catalog?.sections.find(({ id }) => id === "xai");
      const count = after?.entries.length ?? 0;
      const isSmallLoss = count * 5 >= before || before - count < 10;
      assertEquals(isSmallLoss, true, `seed ${seed}: ${before} to ${count}`);
      if (outcome.kind === "failed") {
        doubts++;
        assertEquals(textOf(plan.bytes), text);
      } else assertEquals(count, answer.models.length);
      text = textOf(plan.bytes);
    }
  }
  assertEquals(doubts > 100, true, `${doubts} doubted`);
});

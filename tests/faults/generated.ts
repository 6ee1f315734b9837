/**
 * Generated configs, damage and answers through the pure part of the program,
 * with laws that no input may break. A sample goes to PyYAML, the reader that
 * LiteLLM uses, for a judgement that is not this project's own.
 *
 * @module
 */

import fc from "fast-check";
import { parseArgs } from "../../lib/cli/args.ts";
import {
  assertNoOrphans,
  type Config,
  readConfig,
} from "../../lib/config/config.ts";
import { ConfigError } from "../../lib/errors.ts";
import { askProviders } from "../support/parts.ts";
import { KeyRing } from "../../lib/keys/key_ring.ts";
import {
  type Plan,
  planRefresh,
  planRemoval,
} from "../../lib/commands/plan.ts";
import { repairConfig } from "../../lib/config/repair.ts";
import { readDiscoverFile } from "../../lib/settings/file.ts";
import { resolveSettings, type Settings } from "../../lib/settings/settings.ts";
import { isJsonObject } from "../../lib/text/fields.ts";
import { assert, assertThrows } from "../support/assert.ts";
import {
  assertBlock,
  assertNames,
  assertNamesMarker,
  assertOutside,
  assertPointsInto,
  assertSame,
  blockRange,
  linesOf,
} from "./laws.ts";
import { KEYS, type Round, tell } from "./stage.ts";
import { FAKE_KEYS } from "../support/stand_in_providers.ts";
import { judgeWithPyYaml, type Pair } from "./judge.ts";
import { type ConfigText, configTexts, rows } from "./config_texts.ts";
import { applyDamage, type Damage, damage, DAMAGE_ENDS } from "./damage.ts";

/** What became of the cases. */
interface Count {
  refreshed: number;
  refused: number;
  entries: number;
  later: number;
  damagedRefused: number;
  damagedTaken: number;
  repaired: number;
  mended: number;
  notMended: number;
  readonly sample: Pair[];
}

const SAMPLE_EVERY = 10;

/** All cases of the round, then the judge. */
export async function generated({ long, seed }: Round): Promise<void> {
  const numRuns = long ? 100_000 : 2500;
  const settings = await readSettings();
  const count: Count = {
    refreshed: 0,
    refused: 0,
    entries: 0,
    later: 0,
    damagedRefused: 0,
    damagedTaken: 0,
    repaired: 0,
    mended: 0,
    notMended: 0,
    sample: [],
  };
  const law = fc.asyncProperty(
    configTexts,
    rows,
    rows,
    damage,
    fc.constantFrom(...settings),
    (text, answer, later, harm, settings) =>
      check({ ...text, answer, later, harm, settings, count }),
  );
  await fc.assert(law, { numRuns, seed: seed | 0 });
  tell(
    `  ${numRuns} cases, seed ${seed}: ${count.refreshed} refreshed with ` +
      `${count.entries} entries and ${count.later} once more with other ` +
      `news, ${count.refused} refused; ${count.repaired} with entries of ours ` +
      "among the hand-written repaired; markers damaged " +
      `${count.damagedRefused + count.damagedTaken} times: ` +
      `${count.damagedRefused} refused, ${count.damagedTaken} harmless or ` +
      `put right; lost and repeated ones mended by --repair ${count.mended} ` +
      `times, refused ${count.notMended} times; ` +
      "laws broken 0",
  );
  // Each case must be worth its while.
  assert(count.refreshed > numRuns / 3 && count.entries > numRuns / 3);
  await judgeWithPyYaml(count.sample);
}

/** Without a file; with Anthropic before OpenRouter, and with both apart. */
async function readSettings(): Promise<Settings[]> {
  const command = parseArgs([]);
  if (command.kind !== "run") throw new Error("no run");
  const { flags } = command;
  const keys = { ...FAKE_KEYS, ANTHROPIC_API_KEY: KEYS[0] ?? "" };
  const ring = new KeyRing(keys, [], []);
  const both = "providers: { anthropic: {} }\n";
  const texts = ["", both, `${both}stand_in: false\nclaude_code: true\n`];
  return await Promise.all(texts.map(async (text) => {
    const file = await readDiscoverFile(text, "discover.yaml");
    return resolveSettings(flags, ring, { file });
  }));
}

interface Case extends ConfigText {
  readonly answer: readonly unknown[];
  readonly later: readonly unknown[];
  readonly harm: Damage;
  readonly settings: Settings;
  readonly count: Count;
}

async function check(one: Case): Promise<void> {
  const { bytes, answer, settings, count } = one;
  const config = await readOrRefuse(bytes);
  if (config instanceof ConfigError) {
    assertPointsInto(config, bytes);
    count.refused++;
    return;
  }
  const outcomes = await ask(settings, answer);
  const plan = await planRefresh(config, config.previous, settings, outcomes);
  const lines = linesOf(plan);
  assertOutside(plan, lines);
  assertBlock(lines);
  assertNames(plan);
  const again = await readConfig(plan.bytes);
  const second = await planRefresh(again, again.previous, settings, outcomes);
  assertSame(second.bytes, plan.bytes, "not idempotent");
  const removed = planRemoval(again).bytes;
  assertSame(removed, bytes, "not removable");
  count.refreshed++;
  count.entries += lines.filter((line) => /^ *- model_name/.test(line)).length;
  if (count.refreshed % SAMPLE_EVERY === 0) {
    count.sample.push(
      { before: bytes, after: plan.bytes },
      { before: plan.bytes, after: removed },
    );
  }
  await checkRepair(one, outcomes);
  await checkLater(one, again);
  await checkDamage(one, plan, outcomes);
}

/** Exactly the entries of ours are cut out, wherever they stand. */
async function checkRepair(
  { bytes, withStrays, settings, count }: Case,
  outcomes: Awaited<ReturnType<typeof ask>>,
): Promise<void> {
  if (!withStrays) return;
  const dumped = await readConfig(withStrays);
  assertThrows(() => assertNoOrphans(dumped), ConfigError);
  const config = await repairConfig(withStrays);
  assertSame(config.bytes, bytes, "not only our entries were cut");
  const plan = await planRefresh(config, config.previous, settings, outcomes);
  const lines = linesOf(plan);
  assertOutside(plan, lines);
  assertBlock(lines);
  assertNames(plan);
  count.repaired++;
  if (count.repaired % SAMPLE_EVERY === 0) {
    count.sample.push({ before: withStrays, after: plan.bytes });
  }
}

/** A later run that hears other news touches the block alone. */
async function checkLater(one: Case, config: Config): Promise<void> {
  const { bytes, later, settings, count } = one;
  const outcomes = await ask(settings, later);
  const plan = await planRefresh(config, config.previous, settings, outcomes);
  const lines = linesOf(plan);
  assertOutside(plan, lines);
  assertBlock(lines);
  assertNames(plan);
  const again = await readConfig(plan.bytes);
  assertSame(planRemoval(again).bytes, bytes, "not removable later");
  count.later++;
}

async function readOrRefuse(bytes: Uint8Array): Promise<Config | ConfigError> {
  try {
    const config = await readConfig(bytes);
    assertNoOrphans(config);
    return config;
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}

/** The same rows for all three, in each one's own frame. */
async function ask(
  settings: Settings,
  answer: readonly unknown[],
): ReturnType<typeof askProviders> {
  const models = answer.map((row) =>
    isJsonObject(row)
      ? { ...row, name: `models/${row["id"]}`, displayName: row["name"] }
      : row
  );
  const data = answer.map((row) =>
    isJsonObject(row) ? { ...row, display_name: row["name"] } : row
  );
  const body = JSON.stringify({ data, models })
    // A number that JSON allows and no machine holds.
    .replaceAll('"1e999"', "1e999");
  return await askProviders(settings.requests, {
    timeoutMs: 60_000,
    signal: new AbortController().signal,
    fetch: () => Promise.resolve(new Response(body)),
    proxyFor: () => undefined,
    monotonicMs: () => 0,
  });
}

async function planOrRefuse(
  config: Config,
  settings: Settings,
  outcomes: Awaited<ReturnType<typeof ask>>,
): Promise<Plan | undefined> {
  try {
    return await planRefresh(config, config.previous, settings, outcomes);
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}

/** Damage is refused with the right line, or the result is as good as ever. */
async function checkDamage(
  { harm, settings, count }: Case,
  plan: Plan,
  outcomes: Awaited<ReturnType<typeof ask>>,
): Promise<void> {
  const damaged = damagedText(plan, harm);
  const bytes = Uint8Array.from(damaged, (char) => BYTE.get(char) ?? 0x3f);
  const config = await readOrRefuse(bytes);
  const again = config instanceof ConfigError
    ? undefined
    // Found by the last check: hand-written lines are between the markers now.
    : await planOrRefuse(config, settings, outcomes);
  const end = again ? "taken" : "refused";
  const right = DAMAGE_ENDS[harm.kind];
  assert(right === "either" || right === end, `${harm.kind} was ${end}`);
  if (config instanceof ConfigError) assertNamesMarker(config, damaged);
  if (again) {
    count.damagedTaken++;
    const lines = linesOf(again);
    assertOutside(again, lines);
    assertBlock(lines);
    if (harm.kind === "indent") {
      assertSame(again.bytes, plan.bytes, "a marker was not put right");
    }
  } else count.damagedRefused++;
  await checkMended(bytes, { harm, settings, count }, plan, outcomes);
}

/** What `--repair` takes is as it was before the damage, to the byte. */
async function checkMended(
  damaged: Uint8Array,
  { harm, settings, count }: Pick<Case, "harm" | "settings" | "count">,
  plan: Plan,
  outcomes: Awaited<ReturnType<typeof ask>>,
): Promise<void> {
  if (harm.kind !== "cut" && harm.kind !== "double") return;
  let config: Config;
  try {
    config = await repairConfig(damaged);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    count.notMended++;
    return;
  }
  const again = await planOrRefuse(config, settings, outcomes);
  if (!again) {
    count.notMended++;
    return;
  }
  count.mended++;
  const isEmpty = !linesOf(plan).some((line) => /^ *- /.test(line));
  if (!isEmpty) assertSame(again.bytes, plan.bytes, "not mended as it was");
  if (count.mended % SAMPLE_EVERY === 0) {
    count.sample.push({ before: damaged, after: again.bytes });
  }
}

/** The refreshed text, each byte a character, with damage to its block. */
function damagedText(
  { bytes, config: { bytes: before, region } }: Plan,
  harm: Damage,
): string {
  const decoder = new TextDecoder("latin1");
  const { start, end } = blockRange({ bytes: before, region }, bytes);
  const eol = bytes.includes(0x0a) ? "\n" : "\r";
  const lineAt = (offset: number): number =>
    decoder.decode(bytes.subarray(0, offset)).split(eol).length - 1;
  const block = { first: lineAt(start), behind: lineAt(end) };
  const lines = decoder.decode(bytes).split(eol);
  return applyDamage(lines, harm, block).join(eol);
}

/** `latin1` is cp1252 to a TextDecoder: this is the way back. */
const BYTE: ReadonlyMap<string, number> = new Map(
  Array.from({ length: 256 }, (_, byte) => [
    new TextDecoder("latin1").decode(Uint8Array.of(byte)),
    byte,
  ]),
);

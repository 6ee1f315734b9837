/**
 * Generated configs, damage and answers through the pure part of the program,
 * with laws that no input may break. A sample goes to PyYAML, the reader that
 * LiteLLM uses, for a judgement that is not this project's own.
 *
 * @module
 */

import fc from "fast-check";
import { parseArgs } from "../../lib/args.ts";
import { type Config, readConfig } from "../../lib/config.ts";
import { ConfigError } from "../../lib/errors.ts";
import { fetchModels } from "../../lib/fetch_models.ts";
import { KeyRing } from "../../lib/key_ring.ts";
import { type Plan, planRefresh, planRemoval } from "../../lib/plan.ts";
import { resolveSettings, type Settings } from "../../lib/settings.ts";
import { assert } from "../assert.ts";
import {
  assertBlock,
  assertOutside,
  assertPointsInto,
  assertSame,
  linesOf,
} from "./laws.ts";
import { type Round, tell } from "./stage.ts";
import { FAKE_KEYS } from "../stand_in_providers.ts";
import { judgeWithPyYaml, type Pair } from "./judge.ts";
import {
  applyDamage,
  configBytes,
  type Damage,
  damage,
  rows,
} from "./config_texts.ts";

/** What became of the cases. */
interface Count {
  refreshed: number;
  refused: number;
  entries: number;
  damagedRefused: number;
  damagedTaken: number;
  readonly sample: Pair[];
}

const SAMPLE_EVERY = 10;

/** All cases of the round, then the judge. */
export async function generated({ long, seed }: Round): Promise<void> {
  const numRuns = long ? 100_000 : 10_000;
  const settings = readSettings();
  const count: Count = {
    refreshed: 0,
    refused: 0,
    entries: 0,
    damagedRefused: 0,
    damagedTaken: 0,
    sample: [],
  };
  const law = fc.asyncProperty(
    configBytes,
    rows,
    damage,
    (bytes, answer, harm) => check({ bytes, answer, harm, settings, count }),
  );
  await fc.assert(law, { numRuns, seed: seed | 0 });
  tell(
    `  ${numRuns} cases, seed ${seed}: ${count.refreshed} refreshed with ` +
      `${count.entries} entries, ${count.refused} refused; markers damaged ` +
      `${count.damagedRefused + count.damagedTaken} times: ` +
      `${count.damagedRefused} refused, ${count.damagedTaken} harmless; ` +
      "laws broken 0",
  );
  // Each case must be worth its while.
  assert(count.refreshed > numRuns / 3 && count.entries > numRuns / 3);
  await judgeWithPyYaml(count.sample);
}

function readSettings(): Settings {
  const command = parseArgs([]);
  if (command.kind !== "run") throw new Error("no run");
  return resolveSettings(command.flags, new KeyRing({ ...FAKE_KEYS }, [], []));
}

interface Case {
  readonly bytes: Uint8Array;
  readonly answer: readonly unknown[];
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
  const plan = await planRefresh(config, config.earlier, settings, outcomes);
  const lines = linesOf(plan);
  assertOutside(plan, lines);
  assertBlock(lines);
  const again = await readConfig(plan.bytes);
  const second = await planRefresh(again, again.earlier, settings, outcomes);
  assertSame(second.bytes, plan.bytes, "not idempotent");
  assertSame(planRemoval(again).bytes, bytes, "not removable");
  count.refreshed++;
  count.entries += lines.filter((line) => /^ *- model_name/.test(line)).length;
  if (count.refreshed % SAMPLE_EVERY === 0) {
    count.sample.push({ before: bytes, after: plan.bytes });
  }
  await checkDamage(one, plan);
}

async function readOrRefuse(bytes: Uint8Array): Promise<Config | ConfigError> {
  try {
    return await readConfig(bytes);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}

/** The same rows for all three, in each one's own frame. */
async function ask(
  settings: Settings,
  answer: readonly unknown[],
): ReturnType<typeof fetchModels> {
  const models = answer.map((row) =>
    typeof row === "object" && row !== null && "id" in row
      ? { ...row, name: `models/${row.id}` }
      : row
  );
  const body = JSON.stringify({ data: answer, models })
    // A number that JSON allows and no machine holds.
    .replaceAll('"1e999"', "1e999");
  return await fetchModels(settings.asks, {
    timeoutMs: 60_000,
    signal: new AbortController().signal,
    fetch: () => Promise.resolve(new Response(body)),
    nowMs: () => 0,
  });
}

/** A damaged pair is refused with a line of the file, or it is still a pair. */
async function checkDamage({ harm, count }: Case, plan: Plan): Promise<void> {
  const text = new TextDecoder("latin1").decode(plan.bytes);
  const damaged = applyDamage(text.split("\n"), harm).join("\n");
  const bytes = Uint8Array.from(damaged, (char) => BYTE.get(char) ?? 0x3f);
  const config = await readOrRefuse(bytes);
  if (config instanceof ConfigError) {
    count.damagedRefused++;
    assertPointsInto(config, bytes);
    return;
  }
  count.damagedTaken++;
  const { start, end } = config.region;
  const bare = planRemoval(config).bytes;
  const outside = bytes.length - (end - start);
  assert(bare.length <= outside, "more left than was outside");
}

/** `latin1` is cp1252 to a TextDecoder: this is the way back. */
const BYTE: ReadonlyMap<string, number> = new Map(
  Array.from({ length: 256 }, (_, byte) => [
    new TextDecoder("latin1").decode(Uint8Array.of(byte)),
    byte,
  ]),
);

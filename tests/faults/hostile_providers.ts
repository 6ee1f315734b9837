/**
 * The whole program against providers that mean harm. However one of them
 * behaves, the run ends within the deadline, keeps its memory, the other
 * sections and its keys, and does the rest of its work.
 *
 * @module
 */

import { assert, assertEquals } from "../support/assert.ts";
import {
  assertNoKey,
  blockNames,
  FEW_MODELS,
  MINE,
  type Scene,
  setScene,
  withoutBlock,
} from "../support/scene.ts";
import { startStandIn } from "../support/stand_in.ts";
import { makeCertificate } from "./certificate.ts";
import {
  ENDLESS_PAGES,
  type HostileAnswer,
  hostileAnswers,
} from "./hostile_answers.ts";
import { type MeasuredRun, runMeasured } from "./measure.ts";
import { type Round, tell } from "./stage.ts";
import { startStream } from "./stream_server.ts";

const TIMEOUT_MS = 1000;
const GRACE_MS = 300;
const MAX_MIB = 200;
/** Whatever else the machine does counts too: late so many times is late. */
const TRIES = 4;

/** Every kind of harm; more often in a long round. */
export async function hostileProviders({ long }: Round): Promise<void> {
  await using elsewhere = startStream(() => undefined);
  await using proxy = startStream(() => undefined);
  await using plain = await setScene(MINE, FEW_MODELS);
  const scene = { ...plain, env: { ...plain.env, ALL_PROXY: proxy.base } };
  const { code, stderr } = await scene.run();
  assertEquals(code, 0, stderr);
  const before = await scene.read();
  const answers = await hostileAnswers(elsewhere.base);
  const runs: TimedRun[] = [];
  for (let n = 0; n < (long ? 10 : 1); n++) {
    for (const answer of answers) {
      await scene.write(before);
      runs.push(await tryAnswer(scene, answer));
    }
    await scene.write(before);
    runs.push(await tryPages(scene), await tryWrongName(scene));
  }
  assertEquals(elsewhere.heads, []);
  assertEquals(proxy.heads, []);
  const slowest = Math.max(...runs.map(({ elapsedMs }) => elapsedMs));
  const latest = Math.max(...runs.map(({ overMs }) => overMs));
  const largest = Math.max(...runs.map(({ peakMiB }) => peakMiB));
  tell(
    `  ${runs.length} runs against ${answers.length + 2} kinds of harm, all ` +
      `ended well: at most ${Math.round(slowest)} ms from start to end with ` +
      `a deadline of ${TIMEOUT_MS} ms (${
        Math.round(latest)
      } ms more), at most ${
        Math.round(largest)
      } MiB, no key elsewhere, nothing at a proxy`,
  );
}

async function tryAnswer(
  scene: Scene,
  { name, answer, end }: HostileAnswer,
): Promise<TimedRun> {
  await using server = answer.kind === "stream"
    ? startStream(answer.pieces, { pauseMs: answer.pauseMs ?? 0 })
    : await startStandIn(answer.does);
  const grok = end === "kept" ? "grok-4.5" : "grok-4.6";
  try {
    const changed = { XAI_API_BASE: `${server.base}/v1` };
    return await runInTime(scene, changed, (run) => {
      return assertGood(scene, run, grok);
    });
  } catch (error) {
    throw new Error(name, { cause: error });
  }
}

/** A run, and how much longer it took than the deadline and a usual run. */
interface TimedRun extends MeasuredRun {
  readonly overMs: number;
}

/**
 * Runs the program until it is in time. How long a start and an end take on
 * this machine at this moment is measured next to it, with good answers.
 */
async function runInTime(
  scene: Scene,
  changed: Readonly<Record<string, string>>,
  assertEnd: (run: MeasuredRun) => Promise<void>,
): Promise<TimedRun> {
  const late: number[] = [];
  for (let n = 0; n < TRIES; n++) {
    const result = await run(scene, changed);
    await assertEnd(result);
    const { elapsedMs } = result;
    const inAnyCase = elapsedMs < TIMEOUT_MS + GRACE_MS;
    const usualMs = inAnyCase ? 0 : await usualTime(scene);
    const overMs = elapsedMs - usualMs - TIMEOUT_MS;
    if (overMs < GRACE_MS) return { ...result, overMs };
    late.push(Math.round(overMs));
  }
  throw new Error(`${late.join(", ")} ms behind the deadline`);
}

/** Of a run that changes nothing, since the config stays as it is. */
async function usualTime(scene: Scene): Promise<number> {
  const { code, elapsedMs } = await run(scene, {}, "--dry-run");
  assertEquals(code, 0);
  return elapsedMs;
}

async function run(
  scene: Scene,
  changed: Readonly<Record<string, string>>,
  ...more: string[]
): Promise<MeasuredRun> {
  const timeout = ["--timeout", `${TIMEOUT_MS}ms`];
  const args = ["--config", scene.config, ...timeout, ...more];
  return await runMeasured(scene, args, { env: { ...scene.env, ...changed } });
}

async function assertGood(
  scene: Scene,
  { code, stderr, peakMiB }: MeasuredRun,
  grok: string,
): Promise<void> {
  const text = await scene.read();
  assertEquals(code, 0, stderr);
  assert(peakMiB < MAX_MIB, `${peakMiB} MiB`);
  assertEquals(withoutBlock(text), MINE);
  const names = blockNames(text);
  const groks = names.filter((name) => /^grok-/.test(name));
  assertEquals(groks, [grok], text);
  assert(names.includes("claude-sonnet-5"), text);
  assertNoKey(text, "the config");
  assert(!/(?!\n)[\p{Cc}\u202e\u2028]/u.test(stderr), stderr);
}

/** Within the deadline and well before the thousandth page. */
async function tryPages(scene: Scene): Promise<TimedRun> {
  await using server = await startStandIn(ENDLESS_PAGES);
  const changed = { GEMINI_API_BASE: server.base };
  const result = await runInTime(scene, changed, (run) => {
    return assertGood(scene, run, "grok-4.5");
  });
  assert((await scene.read()).includes('"gemini-3.8-flash"'));
  assert(server.requests.length < 50, `${server.requests.length} pages`);
  return result;
}

/** A certificate of a trusted authority, for another host. */
async function tryWrongName(scene: Scene): Promise<TimedRun> {
  await using certificate = await makeCertificate("other.example");
  const { tls, caPath } = certificate;
  await using server = startStream(() => undefined, { tls });
  const changed = { XAI_API_BASE: `${server.base}/v1`, DENO_CERT: caPath };
  const result = await runInTime(scene, changed, (run) => {
    return assertGood(scene, run, "grok-4.5");
  });
  assertNoKey(server.heads.join(), "a host with another's certificate");
  assert(result.stderr.includes("certificate"), result.stderr);
  return result;
}

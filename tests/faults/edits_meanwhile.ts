/**
 * Somebody changes the config while a run waits for an answer, at each answer
 * and at each place within it. Not a byte of the change may be lost, and the
 * folder must end exactly as if it had been made before the run.
 *
 * @module
 */

import { assert, assertEquals } from "../support/assert.ts";
import type { RunResult } from "../support/program.ts";
import { MINE } from "../support/scene.ts";
import { applyEdit, type Edit, EDITS, INCLUDED } from "./foreign_edits.ts";
import {
  HeldProviders,
  HOLDS,
  pause,
  type Place,
  PLACES,
  type Request,
  runUnheld,
} from "./held_providers.ts";
import { inLanes } from "./lanes.ts";
import {
  type FaultStage,
  type Files,
  randomNumbers,
  type Round,
  setFaultStage,
  tell,
} from "./stage.ts";

/** How often each edit is made. */
const TIMES = { long: 48, short: 2 } as const;

/** There is no LiteLLM to start, which it says with another code. */
const ARGS = [
  ...[[], [], ["--in-place"], ["--start"], ["--check"], ["--dry-run"]],
] as const;

interface Try {
  /** The folder before the run. */
  readonly start: Files;
  readonly edit: Edit;
  readonly isRename: boolean;
  readonly args: readonly string[];
  readonly holds: readonly Request[];
  readonly place: Place;
  /** So long after each answer is at its place. */
  readonly afterMs: number;
}

/** Every edit several times; every place of every answer in turn. */
export async function editsMeanwhile({ long, seed }: Round): Promise<void> {
  const random = randomNumbers(seed);
  const oneOf = <T>(all: readonly T[], at = random() * all.length): T => {
    const chosen = all[Math.floor(at) % all.length];
    assert(chosen !== undefined);
    return chosen;
  };
  const starts = await allStarts();
  const times = long ? TIMES.long : TIMES.short;
  const tries = Array.from({ length: times * EDITS.length }, (_, n): Try => {
    const edit = oneOf(EDITS, n / times);
    const isPlain = n % times === 0;
    return {
      ...{ edit, start: oneOf(startsFor(edit, starts, isPlain)) },
      isRename: oneOf([true, false]),
      args: isPlain ? [] : oneOf(ARGS),
      holds: oneOf(HOLDS, n),
      place: oneOf(PLACES, n / HOLDS.length),
      afterMs: oneOf([0, 5, 60]),
    };
  });
  const ends = new Map<string, number>();
  await inLanes(tries, async (stage, one) => {
    const end = await tryOne(stage, one);
    ends.set(end, (ends.get(end) ?? 0) + 1);
  });
  const told = [...ends].toSorted().map(([end, n]) => `${end} ${n}`);
  tell(
    `  ${tries.length} edits of ${EDITS.length} kinds while an answer was ` +
      `held: ${told.join(", ")}; lost 0, ended otherwise than edited before 0`,
  );
}

interface Starts {
  readonly withNews: readonly Files[];
  readonly upToDate: Files;
}

/** Those that the edit changes; a plain run has something to write, too. */
function startsFor(
  { make }: Edit,
  { withNews, upToDate }: Starts,
  isPlain: boolean,
): readonly Files[] {
  const all = isPlain ? withNews : [...withNews, upToDate];
  const changed = all.filter((files) => {
    const text = files.get("config.yaml") ?? "";
    return make(text) !== text;
  });
  return changed.length > 0 ? changed : all;
}

async function tryOne(stage: FaultStage, one: Try): Promise<string> {
  const { start, edit, holds, place, afterMs, isRename, args } = one;
  try {
    await stage.reset(start);
    await applyEdit(stage, edit, isRename);
    const edited = await stage.files();
    // The judge: the same run, of the folder as the edit leaves it.
    const expected = [await runUnheld(stage, edited, args)];
    const unedited = await runUnheld(stage, start, args);
    // What need not write does not look again, either.
    if (isSame(unedited.files, start)) {
      expected.push({ ...unedited, files: edited });
    }
    return judge(edited, await runHeld(stage, one), expected);
  } catch (cause) {
    const how = `${edit.name}, ${isRename ? "by a rename" : "in place"}`;
    const when = `${holds.join(" and ")} held at ${place}, ${afterMs} ms later`;
    const names = [...start.keys()].join(" ");
    throw new Error(`${names}: ${how}, ${when}; ${args}`, { cause });
  }
}

type Ended = RunResult & { readonly files: Files };

/** The edit is made while the answers are held. */
async function runHeld(stage: FaultStage, one: Try): Promise<Ended> {
  const { start, edit, isRename, holds, place, afterMs, args } = one;
  const { scene } = stage;
  await stage.reset(start);
  await using held = new HeldProviders(holds, place);
  const env = { ...scene.env, ...held.env };
  const all = ["--config", scene.config, "--timeout", "60s", ...args];
  const running = scene.runWith({ env }, ...all);
  await Promise.race([held.reached(), running]);
  await pause(afterMs);
  assertEquals(await stage.files(), start, "written before the answer");
  await applyEdit(stage, edit, isRename);
  held.letGo();
  return { ...await running, files: await stage.files() };
}

/** Returns what came of it, in words. */
function judge(
  edited: Files,
  { code, stdout, stderr, files }: Ended,
  expected: readonly Ended[],
): string {
  const isExpected = expected.some((one) =>
    one.code === code && one.stdout === stdout &&
    errorIn(one.stderr) === errorIn(stderr) && isSame(one.files, files)
  );
  if (!isExpected) {
    const [first] = expected;
    assertEquals({ code, stdout, stderr, files }, first);
    throw new Error("not as if edited before");
  }
  const now = files.get("config.yaml");
  if (now === edited.get("config.yaml")) {
    return code === 3 ? "refused" : "nothing written";
  }
  assertEquals(files.get("config.yaml.bak"), edited.get("config.yaml"));
  return "written";
}

/** The error that ended a run, with its hint. */
function errorIn(stderr: string): string | undefined {
  return /^error: .*/ms.exec(stderr)?.[0];
}

function isSame(left: Files, right: Files): boolean {
  return left.size === right.size &&
    [...left].every(([name, text]) => right.get(name) === text);
}

/** Without a block, with an old one, with keys to wait for, and with all news. */
async function allStarts(): Promise<Starts> {
  await using stage = await setFaultStage();
  const none = new Map([["config.yaml", MINE], INCLUDED]);
  const fresh = await runUnheld(stage, none);
  assertEquals(fresh.code, 0, fresh.stderr);
  await stage.reset(none);
  // The stage's own providers offer less.
  assertEquals((await stage.scene.run()).code, 0);
  const old = await stage.files();
  const text = old.get("config.yaml") ?? "";
  assert(text !== fresh.files.get("config.yaml"));
  const variables = `${text}environment_variables:\n  OTHER: "1"\n`;
  const waiting = new Map([...old, ["config.yaml", variables]]);
  return { withNews: [none, old, waiting], upToDate: fresh.files };
}

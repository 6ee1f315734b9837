/**
 * The states of a folder in which a run has something to write, with what must
 * be there afterwards: the ground for killing runs and for failing calls.
 *
 * @module
 */

import { assert, assertEquals } from "../support/assert.ts";
import { MINE } from "../support/scene.ts";
import type { FaultStage, Files } from "./stage.ts";
import { TEMPORARY } from "./stage.ts";

/** What is there before a run, and what a run without faults makes of it. */
export interface Situation {
  readonly name: string;
  /** What the run is told next to `--config`. */
  readonly args: readonly string[];
  readonly before: Files;
  readonly after: Files;
  /** Every call of that run in the folder. */
  readonly calls: readonly string[];
}

/** The calls that can change something. */
export const CHANGES =
  /^(?:open|write|fsync|truncate|chmod|link|unlink|rename)\b/;

const EDIT = " # mine";
const FOREIGN_BACKUP = "# a backup that somebody else made\n";

/** A first insertion, a refresh, and one over a block that was edited. */
export async function prepareSituations(
  stage: FaultStage,
): Promise<[Situation, ...Situation[]]> {
  const first = await prepare(
    stage,
    "first insertion, beside a foreign backup",
    new Map([["config.yaml", MINE], ["config.yaml.bak", FOREIGN_BACKUP]]),
  );
  stage.grok = "grok-4.4";
  const old = await prepare(stage, "", new Map([["config.yaml", MINE]]));
  stage.grok = "grok-4.5";
  const refresh = await prepare(stage, "refresh", old.after);
  const text = old.after.get("config.yaml") ?? "";
  const edited = text.replace('mode: "chat"', `mode: "chat"${EDIT}`);
  assert(edited !== text);
  const overEdit = await prepare(
    stage,
    "refresh over an edited block",
    new Map([...old.after, ["config.yaml", edited]]),
  );
  return [first, refresh, overEdit];
}

/**
 * Writing into the file that is there: a text that grows, over a backup of the
 * owner's, and one that shrinks, by `--remove`.
 */
export async function prepareInPlace(
  stage: FaultStage,
  [first, refresh]: readonly Situation[],
): Promise<Situation[]> {
  assert(first && refresh);
  return [
    await prepare(stage, `${first.name}, in place`, first.before, "--in-place"),
    await prepare(
      stage,
      "removal in place",
      refresh.before,
      ...["--remove", "--in-place"],
    ),
  ];
}

/** Putting the backup of a refresh back, by a new file and into the old one. */
export async function prepareUndo(
  stage: FaultStage,
  [, refresh]: readonly Situation[],
): Promise<Situation[]> {
  assert(refresh);
  const { after } = refresh;
  return [
    await prepare(stage, "undo", after, "--undo"),
    await prepare(stage, "undo in place", after, "--undo", "--in-place"),
  ];
}

async function prepare(
  stage: FaultStage,
  name: string,
  before: Files,
  ...args: string[]
): Promise<Situation> {
  await stage.reset(before);
  const { code, calls, stderr } = await stage.runWithFault({}, ...args);
  assertEquals(code, 0, stderr);
  const after = await stage.files();
  assertBackups(before, after);
  return { name, args, before, after, calls };
}

/** The backup is exactly the old bytes, and no bytes of somebody else's go. */
function assertBackups(before: Files, after: Files): void {
  const old = before.get("config.yaml");
  assertEquals(after.get("config.yaml.bak"), old);
  const isFirst = !before.has("config.yaml.before-discover");
  const first = isFirst ? old : before.get("config.yaml.before-discover");
  assertEquals(after.get("config.yaml.before-discover"), first);
  const foreign = isFirst ? before.get("config.yaml.bak") : undefined;
  const kept = foreign === undefined || [...after.values()].includes(foreign);
  assert(kept, "a backup that was there is gone");
  const edited = [...after.keys()].some((key) => key.includes(".edited-"));
  assertEquals(edited, old?.includes(EDIT) ?? false);
}

/** Whether a run swaps the config and its backup: then the backup comes last. */
export function isUndo({ args }: Pick<Situation, "args">): boolean {
  return args.includes("--undo");
}

/** What a folder can hold after a fault. */
export type State = "old" | "new" | "cut off";

/**
 * What a folder holds after a fault, or why it is damaged. Cut off in the
 * middle is a config only that is written in place, and it says so with its
 * first byte; the backup must hold a whole text then: the old bytes, or those
 * that an undo puts back.
 */
export function stateOf(
  situation: Situation,
  now: Files,
): State {
  const { args, before, after } = situation;
  const old = before.get("config.yaml");
  const fresh = after.get("config.yaml");
  const config = now.get("config.yaml");
  const backup = now.get("config.yaml.bak");
  const isCutOff = args.includes("--in-place") && config?.startsWith("\0") &&
    backup === (isUndo(situation) ? fresh : old);
  const isWhole = config === old || config === fresh;
  assert(isWhole || isCutOff, "config.yaml is damaged");
  const isBetween = isUndo(situation) && backup === fresh;
  if (config === fresh && !isBetween) assertEquals(backup, old);
  for (const [name, text] of now) {
    if (TEMPORARY.test(name) || name === "config.yaml") continue;
    const allowed = [before.get(name), after.get(name)];
    assert(allowed.includes(text), `${name} is neither as before nor as after`);
  }
  for (const [name, text] of before) {
    // What is replaced on purpose: the config and a backup of our own.
    const kept = [...now.values()].includes(text) ||
      ![...after.values()].includes(text);
    assert(kept, `the bytes of ${name} are nowhere any more`);
  }
  return isCutOff ? "cut off" : config === old ? "old" : "new";
}

/**
 * A config that is refused while the providers have been asked: none of them is
 * waited for, all connections are closed, and nothing is written. With `--start`
 * LiteLLM gets the file as it is.
 *
 * @module
 */

import { BEGIN_MARKER, END_MARKER } from "../../lib/block/markers.ts";
import { assert, assertEquals, assertMatch } from "../support/assert.ts";
import { MINE } from "../support/scene.ts";
import {
  assertAllClosed,
  EARLY,
  HeldProviders,
  pause,
  type Place,
  PLACES,
  runUnheld,
} from "./held_providers.ts";
import { inLanes } from "./lanes.ts";
import { Attempt } from "./signalled_run.ts";
import {
  type FaultStage,
  type Files,
  type Round,
  setFaultStage,
  tell,
} from "./stage.ts";

/** A run that waits for an answer all the same does not end in time. */
const TIMEOUT = ["--timeout", "60s"];

interface Refusal {
  readonly name: string;
  readonly files: Files;
  readonly says: RegExp;
  /** It may hold something that changes whom a key goes to. */
  readonly asksNobody?: true;
}

interface Try extends Refusal {
  readonly place: Place;
  readonly starts: boolean;
}

/** Every kind, with the answers at a place of their own; in a long round at each. */
export async function refusedMeanwhile({ long }: Round): Promise<void> {
  const refusals = await allRefusals();
  const tries = refusals.flatMap((refusal, n): Try[] =>
    PLACES.flatMap((place, at) =>
      [false, true].filter((starts) =>
        long || at === n % PLACES.length && (!starts || n % 3 === 0)
      ).map((starts) => ({ ...refusal, place, starts }))
    )
  );
  const count = { runs: 0, requests: 0 };
  await inLanes(tries, (stage, one) => tryOne(stage, one, count));
  assert(count.runs > 0, "no config was refused with answers under way");
  const started = tries.filter(({ starts }) => starts).length;
  tell(
    `  ${tries.length} configs refused, of ${refusals.length} kinds, ` +
      `${count.runs} of them with answers under way: ${count.requests} ` +
      `requests cut off, waited for 0, changed 0, LiteLLM started ${started} ` +
      `times of ${started} with the file as it was`,
  );
}

async function tryOne(
  stage: FaultStage,
  { name, files, says, asksNobody, place, starts }: Try,
  count: { runs: number; requests: number },
): Promise<void> {
  await stage.reset(files);
  await using held = new HeldProviders(EARLY, place);
  const env = { ...stage.scene.env, ...held.env };
  const args = [...TIMEOUT, ...(starts ? ["--start", "--"] : [])];
  const way = { name: "TERM", code: 143, args } as const;
  await using attempt = await Attempt.start({ ...stage.scene, env }, way);
  try {
    if (!asksNobody) {
      // It is halted, so that what is sent is there before the refusal.
      const done = starts ? attempt.litellmStarted() : attempt.ended();
      await Promise.race([held.asked(), done]);
      attempt.halt("SIGSTOP");
      await pause(20);
      count.requests += held.open;
      if (held.open > 0) count.runs++;
      attempt.halt("SIGCONT");
    }
    if (starts) {
      await attempt.litellmStarted();
      await assertAllClosed(held);
      assertEquals(await stage.files(), files);
      await attempt.signal();
    }
    const { code, output, litellm } = await attempt.ended();
    assertEquals(code, starts ? 42 : 3, output);
    assertEquals(litellm, starts ? ["started", "TERM"] : []);
    assertMatch(output, says);
    await assertAllClosed(held);
    if (asksNobody) assertEquals(held.requests, 0, "somebody is asked");
    assertEquals(await stage.files(), files);
    assertEquals(await attempt.processesLeft(), []);
  } catch (cause) {
    const how = `${place}${starts ? ", with --start" : ""}`;
    throw new Error(`Refused: ${name}, answers held at ${how}`, { cause });
  }
}

async function allRefusals(): Promise<Refusal[]> {
  await using stage = await setFaultStage();
  const done = await runUnheld(stage, new Map([["config.yaml", MINE]]));
  assertEquals(done.code, 0, done.stderr);
  const good = done.files.get("config.yaml") ?? "";
  const lineOf = (marker: string): string =>
    good.split("\n").find((line) => line.includes(marker)) ?? "";
  const [begin, end] = [lineOf(BEGIN_MARKER), lineOf(END_MARKER)];
  const without = (...lines: string[]): string =>
    lines.reduce((text, line) => text.replace(`${line}\n`, ""), good);
  const block = good.slice(good.indexOf(begin), good.indexOf(end) + end.length);
  const texts: Readonly<Record<string, readonly [string, RegExp]>> = {
    "no YAML": ["model_list: [\n", /unclosed bracket/],
    "no YAML at the end of many lines": [
      `${MINE}${"# as long as it takes\n".repeat(2000)}x: "\n`,
      /unterminated quote/,
    ],
    "no mapping": ["- a\n- b\n", /top level is a/],
    "an empty file": ["", /the file is empty/],
    "two documents": [`${MINE}---\n${MINE}`, /more than one YAML document/],
    "two lists": [`${MINE}model_list:\n`, /duplicate key model_list/],
    "a list in brackets": ["model_list: [{a: 1}]\n", /model_list/],
    "nothing of LiteLLM's": ["services: {}\n", /no model_list/],
    "entries outside the markers": [without(begin, end), /outside the markers/],
    "two blocks": [good.replace(block, `${block}\n${block}`), /marker/],
    "no end marker": [without(end), /marker/],
    "no begin marker": [without(begin), /marker/],
    "a changed marker": [good.replace(begin, `${begin} mine`), /marker/],
    "a marker of another depth, with an entry of the user's inside": [
      good.replace(end, `  - model_name: own\n   ${end}`),
      /marker/,
    ],
  };
  const refusals = Object.entries(texts).map(([name, [text, says]]) => {
    const files = new Map([...done.files, ["config.yaml", text]]);
    return { name, files, says };
  });
  const included = new Map([
    ["config.yaml", `include: [more.yaml]\n${MINE}`],
    ["more.yaml", good],
  ]);
  const cutOff = new Map([["config.yaml", `\0${good.slice(1)}`]]);
  return [
    ...refusals,
    {
      name: "a block in an included file",
      files: included,
      says: /more\.yaml/,
      asksNobody: true,
    },
    {
      name: "cut off in place",
      files: cutOff,
      says: /NUL byte/,
      asksNobody: true,
    },
  ];
}

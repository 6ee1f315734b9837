/**
 * A signal between the request and the end of what a run does while it waits:
 * each provider sees its request, and the signal comes at once or a few
 * milliseconds later, while modules are loaded and the config is parsed.
 *
 * @module
 */

import { assert, assertEquals, assertMatch } from "../support/assert.ts";
import { MINE } from "../support/scene.ts";
import {
  assertAllClosed,
  HeldProviders,
  HOLDS,
  pause,
  type Place,
  PLACES,
  type Request,
} from "./held_providers.ts";
import { inLanes } from "./lanes.ts";
import { Attempt, type Way } from "./signalled_run.ts";
import { type FaultStage, type Files, type Round, tell } from "./stage.ts";

const ALONE = ["--timeout", "60s"] as const;
const START = [...ALONE, "--start", "--", "--port", "1"] as const;

const WAYS: readonly Way[] = [
  { name: "INT", code: 130, from: "terminal", args: START },
  { name: "TERM", code: 143, args: START },
  { name: "INT", code: 130, from: "terminal", args: ALONE },
  { name: "INT", code: 130, args: START },
  { name: "TERM", code: 143, args: ALONE },
];

/** After the first request; the last when everything waits for the answers. */
const DELAYS_MS: readonly number[] = [
  ...[0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 14, 17, 20, 24, 28, 34, 40, 120],
];

const ENTRY =
  "  - model_name: mine # one of many\n    litellm_params:\n      model: a/b\n";

/** One that is soon parsed, and about the longest that is not waited for. */
const TEXTS: readonly string[] = [
  MINE,
  MINE.replace(
    "\nlitellm_settings",
    `${ENTRY.repeat(750)}\nlitellm_settings`,
  ),
];

interface Try {
  readonly way: Way;
  readonly afterMs: number;
  readonly files: Files;
  readonly holds: readonly Request[];
  readonly place: Place;
}

/** Every moment with both configs, in a long round in every way. */
export async function signalsMeanwhile({ long }: Round): Promise<void> {
  const tries = TEXTS.flatMap((text, size) =>
    DELAYS_MS.flatMap((afterMs, n) =>
      WAYS.flatMap((way, at) =>
        PLACES.flatMap((place, where): Try[] => {
          const isChosen = long || at === (n + 2 * size) % WAYS.length &&
              where === (n + size) % PLACES.length;
          const files = new Map([["config.yaml", text]]);
          const holds = HOLDS[(n + size + where) % HOLDS.length] ?? [];
          return isChosen ? [{ way, afterMs, files, holds, place }] : [];
        })
      )
    )
  );
  const count: Count = { requests: 0, displays: 0 };
  await inLanes(tries, (stage, one) => tryOne(stage, one, count));
  assert(count.displays > 0, "no signal came while progress was shown");
  tell(
    `  ${tries.length} signals from 0 to ${DELAYS_MS.at(-1)} ms after the ` +
      `first of ${count.requests} requests: lost 0, written 0, LiteLLM ` +
      `started 0 times, processes left 0; the terminal given back by all ` +
      `${count.displays} that showed progress`,
  );
}

interface Count {
  requests: number;
  /** Those runs that had begun to show progress. */
  displays: number;
}

async function tryOne(
  stage: FaultStage,
  { way, afterMs, files, holds, place }: Try,
  count: Count,
): Promise<void> {
  await stage.reset(files);
  await using held = new HeldProviders(holds, place);
  const env = { ...stage.scene.env, ...held.env };
  await using attempt = await Attempt.start({ ...stage.scene, env }, way);
  try {
    // A run that ends by itself has nobody to signal any more.
    await Promise.race([held.asked(), attempt.ended()]);
    if (afterMs > 0) await pause(afterMs);
    await attempt.signal();
    const { code, output, litellm } = await attempt.ended();
    assertEquals(code, way.code, output);
    assertMatch(output, /interrupted: nothing was written/);
    assertEquals(litellm, [], "LiteLLM was started");
    if (assertGivenBack(output)) count.displays++;
    await assertAllClosed(held);
    assertEquals(await stage.files(), files);
    assertEquals(await attempt.processesLeft(), []);
    count.requests += held.requests;
  } catch (cause) {
    const what = `SIG${way.name} from ${way.from ?? "a program"}`;
    const answers = `${holds.join(" and ")} held at ${place}`;
    const when = `${afterMs} ms after the request, ${answers}`;
    throw new Error(`${what}, ${when}`, { cause });
  }
}

/** What the progress display sets, and how it takes it back. */
const MODES = [
  ["\x1b[?7l", "\x1b[?7h"],
  ["\x1b[?2026h", "\x1b[?2026l"],
] as const;

/** Nothing stays set; returns whether something was shown. */
function assertGivenBack(output: string): boolean {
  for (const [set, reset] of MODES) {
    const isSet = output.lastIndexOf(set) > output.lastIndexOf(reset);
    assert(!isSet, `the terminal keeps ${JSON.stringify(set)}`);
  }
  // The cursor is never hidden, so that no end can forget to show it.
  assert(!output.includes("\x1b[?25l"), "the cursor is hidden");
  return output.includes(MODES[0][0]);
}

/**
 * The proof under faults: breaks everything on purpose and counts. Prints what
 * was tried and what came of it; ends with 1 at the first promise broken.
 *
 *     deno run -A -q tests/faults/all.ts [--long] [--seed=N] [PART...]
 *
 * @module
 */

import { isCompiled } from "../support/program.ts";
import { clocks } from "./clocks.ts";
import { crashes } from "./crashes.ts";
import { everyone } from "./everyone.ts";
import { failingCalls } from "./failing_calls.ts";
import { generated } from "./generated.ts";
import { hostileFiles } from "./hostile_files.ts";
import { hostileProviders } from "./hostile_providers.ts";
import { meanwhile } from "./meanwhile.ts";
import { misplacedKeys } from "./misplaced_keys.ts";
import { realFiles } from "./real_files.ts";
import { signals } from "./signals.ts";
import { type Round, tell } from "./stage.ts";

const PARTS: Readonly<Record<string, (round: Round) => Promise<void>>> = {
  crashes,
  "failing-calls": failingCalls,
  signals,
  "real-files": realFiles,
  everyone,
  meanwhile,
  clocks,
  generated,
  "hostile-providers": hostileProviders,
  "hostile-files": hostileFiles,
  "misplaced-keys": misplacedKeys,
};

function readSeed(args: readonly string[], isLong: boolean): number {
  const [, text] = args.map((arg) => /^--seed=(\d+)$/.exec(arg))
    .find((found) => found !== null) ?? [];
  if (text !== undefined) return Number(text);
  // The gate tries the same every time; a long round goes where none has been.
  return isLong ? crypto.getRandomValues(new Uint32Array(1))[0] ?? 1 : 1;
}

/** The parts that are named; none stands for all. */
function chooseParts(args: readonly string[]): readonly string[] {
  const named = args.filter((arg) => !arg.startsWith("--"));
  const unknown = named.find((name) => !Object.hasOwn(PARTS, name));
  if (unknown === undefined) return named;
  const all = Object.keys(PARTS).join(", ");
  throw new Error(`No part "${unknown}": there are ${all}`);
}

const long = Deno.args.includes("--long");
const seed = readSeed(Deno.args, long);
const chosen = chooseParts(Deno.args);
tell(
  `${
    long ? "Long" : "Short"
  } round, seed ${seed}, Deno ${Deno.version.deno}, ` +
    (isCompiled ? "the compiled program" : "the source"),
);
for (const [name, part] of Object.entries(PARTS)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  const start = performance.now();
  tell(`${name}:`);
  await part({ long, seed });
  tell(`  ${Math.round((performance.now() - start) / 1000)} s`);
}

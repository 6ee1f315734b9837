import { assert } from "../support/assert.ts";
import { ConfigError } from "../../lib/errors.ts";
import { configShapes, type Shape } from "../support/config_shapes.ts";
import { adviceOn, followAdvice } from "../support/fallback_advice.ts";

const SHAPES = 500;

/** Whether there is advice, and whether it named a line. */
async function outcomeOf({ text, files }: Shape): Promise<string> {
  const advice = await adviceOn(text, files).catch((error: unknown) => {
    if (error instanceof ConfigError) return undefined;
    throw error;
  });
  if (!advice) return "refused";
  if (!advice.finding) return "silent";
  return await followAdvice(advice) ? "line" : "rule";
}

Deno.test("advice that is followed to the letter does what it says, in any shape", async () => {
  const counts: Record<string, number> = {};
  for (const shape of configShapes(SHAPES, 21)) {
    const outcome = await outcomeOf(shape);
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  const { line = 0, rule = 0 } = counts;
  const about = JSON.stringify(counts);
  assert(line + rule > 0.8 * SHAPES, about);
  assert(line > 0.85 * (line + rule), about);
});

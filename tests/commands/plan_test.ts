import { assert, assertEquals, assertRejects } from "../support/assert.ts";
import { ConfigError } from "../../lib/errors.ts";
import { isUnchanged, planRemoval } from "../../lib/commands/plan.ts";
import {
  answered,
  bytesOf,
  configOf,
  failed,
  MINE,
  planOf,
  textOf,
  withGrok,
} from "../support/parts.ts";

const GROK = answered("xai", "grok-4.5");

Deno.test("planRefresh() settles: the same answers change nothing more", async () => {
  const first = await planOf(MINE, [GROK]);
  assertEquals(isUnchanged(first, bytesOf(MINE)), false);
  const second = await planOf(textOf(first.bytes), [GROK]);
  assertEquals(isUnchanged(second, first.bytes), true);
});

Deno.test("planRefresh() gives the same bytes whoever answered first", async () => {
  const gemini = answered("gemini", "gemini-3.8-flash");
  const one = await planOf(MINE, [GROK, gemini]);
  const other = await planOf(MINE, [gemini, GROK]);
  assertEquals(textOf(one.bytes), textOf(other.bytes));
});

Deno.test("planRefresh() keeps the sections of providers that failed", async () => {
  const text = await withGrok();
  const plan = await planOf(text, [failed("xai"), failed("gemini")]);
  assertEquals(textOf(plan.bytes), text);
});

Deno.test("planRefresh() follows a changed indent without taking it for an edit", async () => {
  const deeper = (await withGrok()).replace(/^(?= {2})/gm, "  ")
    .replace("    drop_params", "  drop_params");
  const config = await configOf(deeper);
  assertEquals(config.previous.isEdited, false);
  const plan = await planOf(deeper, [GROK]);
  assertEquals(textOf(plan.bytes), deeper);
});

Deno.test("planRefresh() leaves out of a kept section what is hand-written by now", async () => {
  const text = (await withGrok()).replace(
    "model_name: mine",
    "model_name: grok-4.5",
  );
  const plan = await planOf(text, [failed("xai")]);
  const [xai] = plan.catalog?.sections ?? [];
  assertEquals([xai?.id, xai?.entries.length], ["xai", 0]);
  assertEquals(plan.catalog?.skipped, [
    { name: "grok-4.5", reason: "hand-written" },
  ]);
});

Deno.test("planRefresh() refuses entries that would not be read as ours", async () => {
  // What is below an anchor of the block's own would change its meaning.
  const text = "model_list: &all\n- model_name: mine\nx: *all\n";
  await assertRejects(
    () => planOf(text, [GROK]),
    ConfigError,
    "would change something outside the block",
  );
});

Deno.test("planRemoval() gives the file of before the block, and settles", async () => {
  for (const mine of [MINE, "litellm_settings: {}", "model_list:\n"]) {
    const plan = planRemoval(await configOf(await withGrok(mine)));
    assertEquals(textOf(plan.bytes), mine);
    assert(plan.catalog === undefined);
    const again = planRemoval(await configOf(mine));
    assertEquals(isUnchanged(again, bytesOf(mine)), true);
  }
});

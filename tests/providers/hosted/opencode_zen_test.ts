/**
 * What the ids of OpenCode Zen's documented models tell.
 *
 * @module
 */

import { assert, assertEquals } from "../../support/assert.ts";
import { chatModels } from "../../support/rows.ts";
import { OPENCODE_ZEN } from "../../../lib/providers/hosted/opencode_zen.ts";
import type { Model } from "../../../lib/providers/provider.ts";

async function modelOf(id: string): Promise<Model> {
  const models = await chatModels(OPENCODE_ZEN, "opencode-zen-documented");
  const found = models.find((model) => model.id === id);
  assert(found, id);
  return found;
}

Deno.test("OpenCode Zen's models have the mode of the endpoint that its page names", async () => {
  for (const id of ["gpt-5.3-codex", "grok-build-0.1", "muse-spark-1.3"]) {
    assertEquals((await modelOf(id)).mode, "responses", id);
  }
  for (const id of ["glm-5.3", "minimax-m3", "big-pickle"]) {
    assertEquals((await modelOf(id)).mode, undefined, id);
  }
});

Deno.test("what OpenCode Zen gives away for a while is a variant", async () => {
  assertEquals(
    await modelOf("mimo-v2.6-flash-free"),
    {
      id: "mimo-v2.6-flash-free",
      variant: "free",
    },
  );
});

/**
 * What the recorded rows of NVIDIA NIM tell besides ids: nothing.
 *
 * @module
 */

import { assertEquals } from "../../support/assert.ts";
import { chatModels } from "../../support/rows.ts";
import { NVIDIA_NIM } from "../../../lib/providers/hosted/nvidia_nim.ts";

Deno.test("the one day that all of NVIDIA NIM's rows have is no model's", async () => {
  const models = await chatModels(NVIDIA_NIM, "nvidia-nim-2026-08");
  assertEquals(models.find(({ id }) => id === "moonshotai/kimi-k3"), {
    id: "moonshotai/kimi-k3",
  });
  assertEquals(models.filter(({ createdAt }) => createdAt !== undefined), []);
});

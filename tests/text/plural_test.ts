import { counted } from "../../lib/text/plural.ts";
import { assertEquals } from "../support/assert.ts";

Deno.test("counted() puts a number and its noun together", () => {
  assertEquals(
    [0, 1, 2].map((count) => counted(count, "model")),
    ["0 models", "1 model", "2 models"],
  );
  assertEquals(counted(2, "entry", "entries"), "2 entries");
});

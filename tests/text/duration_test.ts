import { UsageError } from "../../lib/errors.ts";
import { readTimeoutMs } from "../../lib/text/duration.ts";
import { assertEquals, assertThrows } from "../support/assert.ts";

function read(text: string): number {
  return readTimeoutMs(text, (message, hint) => new UsageError(message, hint));
}

for (
  const [text, ms] of [["2", 2000], ["1.5s", 1500], ["800ms", 800]] as const
) {
  Deno.test(`readTimeoutMs() reads ${text}`, () => {
    assertEquals(read(text), ms);
  });
}

for (const text of ["soon", "0", "-1", "2m", "1e3", "61", "NaN", "2 s"]) {
  Deno.test(`readTimeoutMs() refuses "${text}"`, () => {
    const error = assertThrows(() => read(text), UsageError, "not a time");
    assertEquals(error.hint, "write 2, 2s or 1500ms");
  });
}

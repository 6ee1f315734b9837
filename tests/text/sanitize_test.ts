import { sanitize } from "../../lib/text/sanitize.ts";
import { assertEquals } from "../support/assert.ts";

Deno.test("sanitize() leaves text alone and takes the power from all else", () => {
  assertEquals(sanitize("C:\\Ünï\\日本 🦕.yaml"), "C:\\Ünï\\日本 🦕.yaml");
  assertEquals(
    sanitize(
      "a\x1b[31m\x07\r\n\t\x7f\u{9b}b\u{202e}\u{2066}\u{200b}\u{2028}\ud800c",
    ),
    "a?[31m??????b?????c",
  );
});

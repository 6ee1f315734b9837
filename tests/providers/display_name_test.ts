import { assertEquals } from "../support/assert.ts";
import { displayText, titleOf } from "../../lib/providers/display_name.ts";

Deno.test("displayText() is one line of harmless ASCII", () => {
  assertEquals(displayText("Claude Opus 4.8"), "Claude Opus 4.8");
  assertEquals(
    displayText("  Caf\u00e9\n\tau  lait \u{1f600}"),
    "Cafe au lait",
  );
  assertEquals(displayText("\u001b[31mred\u0007\u202e"), "31mred");
  assertEquals(displayText("# <<< {env:HOME} $x"), "env:HOME x");
  assertEquals(displayText('the "best" C:\\model'), "the best C:model");
  assertEquals(displayText("all words ".repeat(50))?.length, 79);
  assertEquals(displayText(" ".repeat(1000) + "Claude"), undefined);
});

Deno.test("displayText() is nothing where a name is empty, a variable or a key", () => {
  for (
    const text of [
      undefined,
      "",
      " \u4e2d\u6587 ",
      "os.environ/XAI_API_KEY",
      "\u200bos.environ/XAI_API_KEY",
      "sk-ant-5ecre7-anthr0p1c",
    ]
  ) assertEquals(displayText(text), undefined);
});

Deno.test("titleOf() makes a title of an id", () => {
  assertEquals(titleOf("grok-4.5"), "Grok 4.5");
  assertEquals(titleOf("~anthropic/"), "~anthropic/");
  assertEquals(titleOf("anthropic/claude-opus-5-fast"), "Claude Opus 5 Fast");
  assertEquals(
    titleOf("~anthropic/claude-3.7-sonnet:thinking"),
    "Claude 3.7 Sonnet (thinking)",
  );
});

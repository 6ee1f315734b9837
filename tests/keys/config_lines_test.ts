import { statedIn } from "../../lib/keys/config_lines.ts";
import { assertEquals } from "../support/assert.ts";

/** Where two variables are set in a config of this text. */
function placesIn(text: string): string[] {
  const bytes = new TextEncoder().encode(text);
  const from = statedIn({ path: "config.yaml", bytes });
  return ["XAI_API_KEY", "GROQ_API_KEY"].map((name) =>
    from(name).replace("environment_variables in config.yaml", "it")
  );
}

const BEFORE =
  "model_list:\n  - model_name: \u00e4\n# environment_variables:\n";

Deno.test("statedIn() names the file and the line of a variable", () => {
  const bytes = new TextEncoder().encode("environment_variables: {A: b}");
  const from = statedIn({ path: "config/litellm.yaml", bytes });
  assertEquals(
    from("A"),
    "environment_variables in config/litellm.yaml line 1",
  );
});

Deno.test("statedIn() counts lines from the start of the file, whatever ends them", () => {
  const section = `environment_variables:
  # XAI_API_KEY: old

  "XAI_API_KEY": >-
    first
    GROQ_API_KEY: no key
# a comment
  GROQ_API_KEY: second
router_settings: {XAI_API_KEY: other}
`;
  for (const eol of ["\n", "\r\n"]) {
    const text = (BEFORE + section).replaceAll("\n", eol);
    assertEquals(placesIn(text), ["it line 7", "it line 11"]);
  }
});

Deno.test("statedIn() follows a mapping in braces over its lines", () => {
  const text = `${BEFORE}environment_variables: {
  XAI_API_KEY: a,
  GROQ_API_KEY: b
}
`;
  assertEquals(placesIn(text), ["it line 5", "it line 6"]);
});

Deno.test("statedIn() names the section's line where an anchor brings the names in", () => {
  const text = `${BEFORE}environment_variables: *keys\n`;
  assertEquals(placesIn(text), ["it line 4", "it line 4"]);
});

Deno.test("statedIn() names the file alone where the section is not a plain one", () => {
  const unindented = "environment_variables: {\nXAI_API_KEY: a\n}\n";
  assertEquals(placesIn(unindented), ["it", "it"]);
  assertEquals(placesIn('{"environment_variables": {XAI_API_KEY: a}}'), [
    ...["it", "it"],
  ]);
});

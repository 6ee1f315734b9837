import { assertEquals } from "../support/assert.ts";
import { type Path, Positions } from "../../lib/yaml/positions.ts";
import { bytesOf } from "../support/parts.ts";

const TEXT = `# model_list: not here
"model_list":
- model_name: "fallbacks: no"   # fallbacks: no
  litellm_params: {model: a,
    timeout: 5}
- text: |
    fallbacks: no
  model_name: b
litellm_settings:
  fallbacks: [{a: [b,
    c]}, {"d": [e]},
    f: [g]]
  default_fallbacks:
    - x

    - y
  'quoted key': {deep: {deeper: [[1, 2], [
    3]]}}
  other: 1
router_settings:
    model_group_alias:
        short: {model: a, hidden: true}
        more:
          model: a
`;

/** The line of a path, and what stands there. */
function lineAt(text: string, path: Path): string {
  const line = new Positions(bytesOf(text)).lineOf(path);
  return line === undefined
    ? "nowhere"
    : `${line}: ${text.split("\n")[line - 1]?.trim()}`;
}

const FOUND: readonly (readonly [Path, string])[] = [
  [["model_list"], '2: "model_list":'],
  [["model_list", 0], '3: - model_name: "fallbacks: no"   # fallbacks: no'],
  [
    ["model_list", 0, "litellm_params", "model"],
    "4: litellm_params: {model: a,",
  ],
  [["model_list", 0, "litellm_params", "timeout"], "5: timeout: 5}"],
  [["model_list", 1, "text"], "6: - text: |"],
  [["model_list", 1, "model_name"], "8: model_name: b"],
  [["litellm_settings", "fallbacks", 0, "a", 0], "10: fallbacks: [{a: [b,"],
  [["litellm_settings", "fallbacks", 0, "a", 1], '11: c]}, {"d": [e]},'],
  [["litellm_settings", "fallbacks", 1, "d", 0], '11: c]}, {"d": [e]},'],
  [["litellm_settings", "fallbacks", 2, "f", 0], "12: f: [g]]"],
  [["litellm_settings", "default_fallbacks", 0], "14: - x"],
  [["litellm_settings", "default_fallbacks", 1], "16: - y"],
  [
    ["litellm_settings", "quoted key", "deep", "deeper", 1, 0],
    "18: 3]]}}",
  ],
  [["litellm_settings", "other"], "19: other: 1"],
  [
    ["router_settings", "model_group_alias", "short", "model"],
    "22: short: {model: a, hidden: true}",
  ],
  [["router_settings", "model_group_alias", "more", "model"], "24: model: a"],
  [["router_settings", "not there"], "20: router_settings:"],
  [["fallbacks"], "nowhere"],
];

Deno.test("Places.lineOf() finds keys and items, and no comments or texts", () => {
  for (const [path, expected] of FOUND) {
    assertEquals(lineAt(TEXT, path), expected, path.join("."));
  }
});

Deno.test("Places.lineOf() finds the same lines whatever the line ends", () => {
  for (const [path, expected] of FOUND) {
    for (const eol of ["\r\n", "\r"]) {
      const text = "\ufeff" + TEXT.replaceAll("\n", eol);
      const line = new Positions(bytesOf(text)).lineOf(path);
      const number = line === undefined ? "nowhere" : `${line}:`;
      assertEquals(expected.startsWith(number), true, path.join("."));
    }
  }
});

Deno.test("Places does not count the items of a range that is left out", () => {
  const text = "model_list:\n  - a: 1\n  - ours: 1\n  - b: 1\nlast: 1\n";
  const start = text.indexOf("  - ours");
  const places = new Positions(bytesOf(text), {
    start,
    end: text.indexOf("  - b"),
  });
  assertEquals(places.lineOf(["model_list", 1, "b"]), 4);
  assertEquals(places.lineOf(["last"]), 5);
});

Deno.test("Places.lineOf() takes the last of repeated keys, and aliases where they stand", () => {
  const text = "a: &x\n  - b: 1\na: *x\n? c\n: d\n<<: {e: 1}\n";
  assertEquals(lineAt(text, ["a"]), "3: a: *x");
  assertEquals(lineAt(text, ["e"]), "nowhere");
});

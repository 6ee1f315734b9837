import { assertEquals, assertThrows } from "./assert.ts";
import { ConfigError } from "../lib/errors.ts";
import { renderEntry } from "../lib/render.ts";
import { isSame, verify } from "../lib/verify.ts";
import { parseYaml } from "../lib/yaml.ts";

const bytes = (text: string): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(text);

const OURS = renderEntry({
  name: "grok-4.5",
  deployment: "xai/grok-4.5",
  model: "xai/grok-4.5",
  keyVariable: "XAI_API_KEY",
});

const MINE = `model_list:
  - model_name: my-own
    litellm_params: {model: openai/gpt-4o}
litellm_settings:
  drop_params: true
`;

function withOurs(text: string): string {
  const entry = OURS.lines.map((line) => `  ${line}\n`).join("");
  return text.replace("litellm_settings:", `${entry}litellm_settings:`);
}

Deno.test("verify() accepts the hand-written part plus our entries", () => {
  verify(bytes(withOurs(MINE)), parseYaml(bytes(MINE)), [OURS]);
});

Deno.test("verify() refuses a hand-written value that changed", () => {
  const text = withOurs(MINE).replace("drop_params: true", "drop_params: no");
  assertThrows(
    () => verify(bytes(text), parseYaml(bytes(MINE)), [OURS]),
    ConfigError,
    "would change a hand-written part",
  );
});

Deno.test("verify() refuses a hand-written item that is gone", () => {
  const text = withOurs(MINE).replace(/ {2}- model_name: my-own\n.*\n/, "");
  assertThrows(
    () => verify(bytes(text), parseYaml(bytes(MINE)), [OURS]),
    ConfigError,
    "would change a hand-written part",
  );
});

Deno.test("verify() refuses a text in which an entry of ours is missing", () => {
  assertThrows(
    () => verify(bytes(MINE), parseYaml(bytes(MINE)), [OURS]),
    ConfigError,
    "would not be read as it is meant",
  );
});

Deno.test("verify() takes an empty, a null and an absent list for the same", () => {
  const text = withOurs("model_list:\nlitellm_settings: {}\n");
  for (
    const mine of ["model_list:\nlitellm_settings: {}", "litellm_settings: {}"]
  ) {
    verify(bytes(text), parseYaml(bytes(mine)), [OURS]);
  }
});

Deno.test("isSame() tells types, lengths, keys and dates apart", () => {
  const same: [unknown, unknown][] = [[NaN, NaN], [[1, { a: null }], [1, {
    a: null,
  }]], [new Date(5), new Date(5)]];
  const different: [unknown, unknown][] = [
    [1, "1"],
    [[], {}],
    [{ a: 1 }, { b: 1 }],
    [{ a: undefined }, {}],
    [new Date(5), new Date(6)],
    [new Date(5), {}],
    [null, {}],
  ];
  for (const [a, b] of same) assertEquals(isSame(a, b), true);
  for (const [a, b] of different) assertEquals(isSame(a, b), false);
});

Deno.test("isSame() compares a billion laughs in no time", () => {
  const laughs = (): unknown => {
    let value: unknown = ["lol"];
    for (let level = 0; level < 40; level++) value = [value, value];
    return value;
  };
  assertEquals(isSame(laughs(), laughs()), true);
});

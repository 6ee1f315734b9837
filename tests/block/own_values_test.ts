import fc from "fast-check";
import { assert, assertEquals } from "../support/assert.ts";
import { type OwnKind, ownProblem } from "../../lib/block/own_values.ts";
import { misplacedKey } from "../support/misplaced_keys.ts";

const KEY = "it looks like a key";

/** A value that contains itself, as anchors can make one. */
function endless(): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  value["a"] = value;
  return value;
}

const DEEP: unknown = JSON.parse('{"a":'.repeat(9) + "1" + "}".repeat(9));

for (
  const [kind, value] of [
    ["count", 60],
    ["whole", 0],
    ["integer", -1],
    ["number", -0.5],
    ["amount", 0],
    ["time", 0.5],
    ["flag", false],
    ["text", "medium"],
    ["text", "os.environ/EFFORT"],
    ["duration", "1d"],
    ["duration", "2mo"],
    ["texts", "paid"],
    ["texts", []],
    ["texts", ["a", "b"]],
    ["id", "2f1b6c1e-0b5a-4c7e-9d55-6a8f0e1c2b3d"],
    ["headers", { "X-Title": "desk", "HTTP-Referer": "https://a.example/b" }],
    ["headers", { Authorization: "os.environ/UPSTREAM" }],
    ["headers", { "anthropic-beta": "context-1m-2025-08-07" }],
    ["headers", { "X-Cache-Key": "desk", "X-Max-Tokens": "9" }],
    ["headers", {}],
    ["mapping", { prompt_cache_key: "desk", options: { num_ctx: 8192 } }],
    ["body", { models: ["a/b"], options: { model: "c" } }],
    ["words", "for the desk"],
    ["mapping", { a: [null, true, { b: "os.environ/B" }] }],
    ["mapping", { api_key: "os.environ/B", token: null, cookie: false }],
    ["mapping", { secret: "", credentials: { of: "os.environ/B" } }],
    ["mappings", [{ location: "message", role: "system" }]],
  ] as const
) {
  Deno.test(`a ${kind} may be ${JSON.stringify(value)}`, () => {
    assertEquals(ownProblem(kind, value), undefined);
  });
}

const REFUSED: readonly (readonly [OwnKind, unknown, string])[] = [
  ["count", 0, "expected a whole number, 1 or more"],
  ["count", 1.5, "expected a whole number, 1 or more"],
  ["count", "60", "expected a whole number, 1 or more"],
  ["count", 2 ** 53, "a number too large to be exact"],
  ["whole", -1, "expected a whole number, 0 or more"],
  ["number", NaN, "not a finite number"],
  ["number", Infinity, "not a finite number"],
  ["amount", -1, "expected a number, 0 or more"],
  ["time", 0, "expected a number of seconds, more than 0"],
  ["flag", "yes", "expected true or false"],
  ["text", "", "expected a text"],
  ["text", "a os.environ/B", "os.environ/ with something around it"],
  ["text", "\ud800", "a half of a character"],
  ["id", "xai-5ecre7-key", KEY],
  ["duration", "soon", "expected a time such as 30s, 1h, 1d or 1mo"],
  ["texts", [1], "expected a text or a list of texts"],
  ["texts", ["os.environ/A"], "LiteLLM does not read os.environ/ in a list"],
  ["headers", { a: 1 }, "expected a mapping of header names to texts"],
  ["headers", [], "expected a mapping of header names to texts"],
  ["headers", { "a b": "c" }, "not the name of a header"],
  [
    "headers",
    { a: "b\nc: d" },
    "a header holds plain ASCII text on one line only",
  ],
  ["headers", { "X-A": "b", "x-a": "c" }, "a header that is there twice"],
  ["headers", { a: "é" }, "a header holds plain ASCII text on one line only"],
  ["headers", { authorization: "abc" }, KEY],
  ["headers", { "X-Api-Key": "abc" }, KEY],
  ["headers", { "x-goog-api-key": "abc" }, KEY],
  ["headers", { Cookie: "a=b" }, KEY],
  ["headers", { "X-Desk-Token": "abc" }, KEY],
  ["headers", { "X-Desk-Key": "abc" }, KEY],
  ["headers", { "Helicone-Auth": "abc" }, KEY],
  ["headers", { "X-Desk-Pass": "abc" }, KEY],
  ["headers", { "X-Any": "Bearer abc" }, KEY],
  ["headers", { "X-Any": "https://me:pass@a.example" }, KEY],
  ["headers", { "xai-5ecre7-key": "a" }, KEY],
  ["headers", { Host: "a.example" }, "a header that the connection decides"],
  ["headers", { host: "a.example" }, "a header that the connection decides"],
  [
    "headers",
    { "Content-Length": "5" },
    "a header that the connection decides",
  ],
  ["headers", { "Proxy-Any": "5" }, "a header that the connection decides"],
  ["body", { model: "other" }, "decided by each request"],
  ["body", { top_k: 1, messages: [] }, "decided by each request"],
  ["body", { stream: true }, "decided by each request"],
  ["body", [], "expected a mapping"],
  [
    "words",
    "os.environ/DESK",
    "LiteLLM shows what is in model_info to its clients",
  ],
  [
    "id",
    "os.environ/TEAM",
    "LiteLLM shows what is in model_info to its clients",
  ],
  ["mapping", { a: { api_key: "abc" } }, KEY],
  ["mapping", { a: [{ b: "xai-5ecre7-key" }] }, KEY],
  ["mapping", { options: { password: 5377 } }, KEY],
  ["mapping", { options: { passwd: "abc", user: "me" } }, KEY],
  ["mapping", { clientSecret: "abc" }, KEY],
  ["mapping", { client_secret: "abc" }, KEY],
  ["mapping", { "x-api-key": ["abc"] }, KEY],
  ["mapping", { a: new Date(0) }, "a date"],
  ["mapping", new Date(0), "expected a mapping"],
  ["mapping", { a: new Uint8Array(2) }, "not a plain value"],
  [
    "mapping",
    { a: ["os.environ/A"] },
    "LiteLLM does not read os.environ/ in a list",
  ],
  ["mapping", { ["k".repeat(1100)]: 1 }, "not a name that can be used"],
  ["mapping", { constructor: 1 }, "not a name that can be used"],
  ["mapping", { [String(new Date(0))]: 1 }, "a name that is no text"],
  ["mapping", { a: { [String({})]: 1 } }, "a name that is no text"],
  ["mapping", DEEP, "nested too deeply"],
  ["mapping", endless(), "more than 1000 values or 10000 characters"],
  [
    "mapping",
    { a: "a b ".repeat(3000) },
    "more than 1000 values or 10000 characters",
  ],
  ["mappings", ["a"], "expected a list of mappings"],
];

for (const [at, [kind, value, state]] of REFUSED.entries()) {
  Deno.test(`a ${kind} is refused (${at}): ${state}`, () => {
    assertEquals(ownProblem(kind, value)?.state, state);
  });
}

Deno.test("no key is taken anywhere, nor quoted", () => {
  fc.assert(fc.property(misplacedKey, (key) => {
    for (
      const [kind, value] of [
        ["text", key],
        ["id", key],
        ["texts", [key]],
        ["headers", { "X-A": key }],
        ["headers", { "X-A": `Token ${key}` }],
        ["mapping", { [key]: 1 }],
        ["mapping", { a: [{ b: `use ${key}` }] }],
        ["mappings", [{ a: key }]],
      ] as const
    ) {
      const problem = ownProblem(kind, value);
      assertEquals(problem?.state, KEY);
      assert(!JSON.stringify(problem).includes(key));
    }
  }));
});

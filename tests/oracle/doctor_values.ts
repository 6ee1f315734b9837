/**
 * Values of a config that LiteLLM takes, refuses or makes nothing of.
 *
 * @module
 */

/** Of an entry in good order. */
export const PARAMS = { model: "openai/gpt-5", api_key: "k" };

/** LiteLLM stops at each of them. */
export const BAD_ENTRIES: readonly unknown[] = [
  { model_name: "x" },
  { model_name: "x", litellm_params: null },
  { model_name: "x", litellm_params: {} },
  { model_name: "x", litellm_params: "text" },
  { model_name: "x", litellm_params: ["model"] },
  { model_name: "x", litellm_params: { api_key: "k" } },
  { model_name: "x", litellm_params: { model: null } },
  { model_name: "x", litellm_params: { model: 5 } },
  { model_name: "x", litellm_params: { model: ["a"] } },
  { model_name: "x", litellm_params: { model: "os.environ/NOT_SET" } },
  { litellm_params: PARAMS },
  { model_name: null, litellm_params: PARAMS },
  { model_name: 4.5, litellm_params: PARAMS },
  { model_name: true, litellm_params: PARAMS },
  { model_name: ["a"], litellm_params: PARAMS },
  { model_name: "os.environ/NOT_SET", litellm_params: PARAMS },
  { model_name: "x", litellm_params: PARAMS, model_info: null },
  { model_name: "x", litellm_params: PARAMS, model_info: "text" },
  { model_name: "x", litellm_params: PARAMS, model_info: [] },
  {
    model_name: "x",
    litellm_params: { model: "auto_router/complexity_router", tiers: {} },
  },
  "text",
  null,
  ["a"],
  {},
];

/** LiteLLM takes them, or leaves them out without a word. */
export const ODD_ENTRIES: readonly unknown[] = [
  { model_name: "x", litellm_params: { model: "" } },
  { model_name: "", litellm_params: PARAMS },
  { model_name: "x", litellm_params: { model: "nobody-knows" } },
  { model_name: "x", litellm_params: PARAMS, model_info: {} },
  { model_name: "x", litellm_params: PARAMS, model_info: { id: null } },
  { model_name: "os.environ/SET", litellm_params: PARAMS },
  { model_name: "x", litellm_params: { ...PARAMS, rpm: "many" } },
  { model_name: "x", litellm_params: PARAMS, other: 1 },
];

/** In good order, then in forms that LiteLLM refuses. */
export const FALLBACKS: readonly unknown[] = [
  [{ a: ["b"] }],
  [{ a: ["b"] }, { b: ["a"] }],
  [{ a: [] }],
  [{ a: [{ model: "b" }] }],
  [{ model: "b" }],
  [],
  null,
  {},
  "",
  "os.environ/NOT_SET",
  { a: ["b"] },
  { a: ["b"], b: ["a", "no"] },
  { a: "b", "4.5": ["a"] },
  { a: null },
  "a",
  5,
  false,
  ["a", "b"],
  [null],
  [["a"]],
  [{}],
  [{ a: ["b"], b: ["a"] }],
  [{ a: ["b"] }, { b: "a" }],
  [{ a: null }],
  [{ a: { model: "b" } }],
  [{ a: "os.environ/NOT_SET" }],
];

/** The same of `default_fallbacks`. */
export const DEFAULTS: readonly unknown[] = [
  ["a"],
  ["a", "b"],
  "a",
  "",
  null,
  { a: ["b"] },
  5,
  [],
];

/** The same of `model_group_alias`. */
export const ALIASES: readonly unknown[] = [
  { x: "a" },
  { x: { model: "a", hidden: true } },
  { x: { model: "a", hidden: false }, y: "b" },
  {},
  null,
  ["a"],
  [],
  "text",
  5,
  { x: ["a", "b"] },
  { x: { model: "a" } },
  { x: { hidden: false } },
  { x: { hidden: true } },
  { x: { model: null, hidden: false } },
  { x: { model: ["a"], hidden: false } },
  { x: null, y: "a" },
  { x: "" },
  { x: 5 },
];

/** Good ones, names of variables, and what LiteLLM refuses. */
export const MASTER_KEYS: readonly unknown[] = [
  "sk-a-key-of-its-own",
  "sk-a-key-of-its-own",
  "os.environ/LITELLM_MASTER_KEY",
  "os.environ/NOT_SET",
  "sk-1234",
  " sk-1234 ",
  "",
  null,
  1234,
  0,
  true,
  ["a"],
];

/** Two that LiteLLM does not know among them. */
export const STRATEGIES: readonly unknown[] = [
  "simple-shuffle",
  "least-busy",
  "latency-based-routing",
  "cost-based-routing",
  "usage-based-routing-v2",
  "usage-based-routing",
  "provider-budget-routing",
  null,
  "nosuch",
  5,
];

/** Scalars as they are written: text for one parser, something else for another. */
export const SCALARS: readonly string[] = [
  "on",
  "off",
  "yes",
  "no",
  "Yes",
  "NO",
  "y",
  "n",
  "true",
  "True",
  "TRUE",
  "null",
  "Null",
  "~",
  "1_000",
  "0x1F",
  "0o14",
  "014",
  "1:30",
  "12:30:45",
  "2024-01-01",
  "2024-01-01T00:00:00Z",
  "2024-1-1",
  ".inf",
  ".NaN",
  "1e3",
  "1.5e3",
  "1.",
  "+1",
  "=",
  "<<",
  "0b101",
  "09",
  "1e+3",
  "4.1",
  "!!str 4",
  '!!int "3"',
  "'on'",
  '"1:30"',
  '!!float "2"',
  "!!bool yes",
  "-.5",
  "2001-12-14 21:59:43.1 -5",
];

/** Lets LiteLLM start without a key. */
export const OVERRIDE = "dangerously_permit_weak_or_unset_master_key";

/** Further lines of a file: PyYAML takes some of them, and refuses the others. */
export const ODD_YAML: readonly string[] = [
  "odd: [\n",
  "odd: {}\t\n",
  "---\nodd: 1\n",
  "...\nodd: 1\n",
  "{% if odd %}\n",
  "odd: {{ odd }}\n",
  "[odd, even]: 1\n",
  "? [odd]\n: 1\n",
  "odd: *.yaml\n",
  "odd: &a 1\neven: *b\n",
  "odd: 1\n - even\n",
  "odd: even: 1\n",
  "odd: 'even\n",
  "odd: \u2028 even\nlast: 1\n",
  "odd: a\u2028b\nlast: 1\n",
  "odd: \x07\n",
  "odd: &a {b: 1}\neven: *a\n",
  "odd: [1,\n2]\n",
  "? odd\n: even\n",
  'odd: "a\u2028b"\n',
  "...\n",
];

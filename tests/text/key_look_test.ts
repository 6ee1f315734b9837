import fc from "fast-check";
import { looksLikeKey, quoted, shown } from "../../lib/text/key_look.ts";
import { FLAGS } from "../../lib/cli/flags.ts";
import { PROVIDERS } from "../../lib/providers/table.ts";
import { VARIABLES } from "../../lib/providers/variables.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { misplacedKey } from "../support/misplaced_keys.ts";
import { FAKE_KEYS } from "../support/stand_in_providers.ts";

Deno.test("looksLikeKey() finds keys of every shape, whatever stands around them", () => {
  const around = fc.constantFrom<[string, string]>(
    ["", ""],
    ["--", ""],
    ["a b ", " c"],
    ["https://", "@host.example/v1"],
    ["https://host.example/v1?key=", ""],
    ["http://127.0.0.1:8000/", "/v1"],
    ["", "/{id}"],
    ["openrouter,", ""],
    ["keys/", ""],
  );
  const law = fc.property(misplacedKey, around, (key, [before, behind]) => {
    assert(looksLikeKey(before + key + behind), before + key + behind);
  });
  fc.assert(law, { numRuns: 5000 });
});

Deno.test("looksLikeKey() finds the made-up keys of all tests", () => {
  const more = [
    "AIzafake",
    "sk-or-v1-fake",
    "sk-notarealkeyatall",
    "gsk_5ecre7",
  ];
  for (const key of [...Object.values(FAKE_KEYS), ...more]) {
    assert(looksLikeKey(key), key);
  }
});

/** What people write, right and wrong: it must be told as they wrote it. */
const WORDS = [
  ...["2x", "soon", "1500mss", "opnrouter", "tiemout", "min_contxt", "xai-lab"],
  ...[
    "sk-server",
    "--verbos",
    "-x",
    "claude-fallback",
    "xai-latest",
    "fw_glob",
  ],
  ...["my-company-claude-sonnet-fallback", "openrouter anthropic/claude-*"],
  ...["anthropic/claude-sonnet-4-5-20250929", "gpt-4o-mini-2024-07-18"],
  ...["meta-llama/Llama-3.3-70B-Instruct-Turbo", "qwen2.5-coder-32b-instruct"],
  ...["{provider}/{id}", "http://192.168.1.20:8000/v1", "gpu.example:8000"],
  ...["http://[::1]:4010/api", "anthropic.claude-3-5-sonnet-20241022-v2:0"],
  ...["config.yaml", "-", "C:\\Users\\me\\proxy\\config.yaml", "../out"],
  "/nix/store/0c5b9xk3lq1v8d7zr2m4n6p8s0w2y4a6-litellm/config.yaml",
  "/home/me/.cache/3f9a8c7d1b2e4f60718293a4b5c6d7e8/out",
  "/var/lib/kubelet/pods/0a1b2c3d-4e5f-6789-abcd-ef0123456789/config",
  "/dev/fd/63",
  "/tmp/discover-1a2b3c4d5e6f7a8b/keys.env",
];

Deno.test("looksLikeKey() leaves words, names of models, globs and paths alone", () => {
  const table = PROVIDERS.flatMap(({ id, title, defaultBase, include }) => [
    ...[id, title, defaultBase, ...include],
  ]);
  const flags = FLAGS.map(({ name }) => `--${name}`);
  for (const word of [...WORDS, ...table, ...flags, ...VARIABLES]) {
    assert(!looksLikeKey(word), word);
  }
});

Deno.test("looksLikeKey() knows that keys are ASCII, and finds one inside of Chinese", () => {
  const before = "您的账户余额不足请充值后再使用本服务：";
  assert(!looksLikeKey(before));
  assert(!looksLikeKey(`${before}gpt-4o${before}claude-sonnet-4-5-20250929`));
  for (const key of Object.values(FAKE_KEYS)) {
    assert(looksLikeKey(`${before}${key}。`), key);
    assert(looksLikeKey(`${key}${before}`), key);
  }
});

Deno.test("looksLikeKey() lets every name pass that providers' lists have", async () => {
  const folder = new URL("../fixtures/catalogs/", import.meta.url);
  let names = 0;
  for await (const { name } of Deno.readDir(folder)) {
    const text = await Deno.readTextFile(new URL(name, folder));
    for (const [, id = ""] of text.matchAll(/"(?:id|name)": ?"([^"]+)"/g)) {
      assert(!looksLikeKey(id), id);
      names++;
    }
  }
  assert(names > 500, `${names}`);
});

Deno.test("quoted() and shown() say of a key only what it looks like", () => {
  const key = FAKE_KEYS.XAI_API_KEY;
  assertEquals(quoted("opnrouter"), '"opnrouter"');
  assertEquals(quoted(key), '"[looks like a key]"');
  assertEquals(shown(key), "[looks like a key]");
  assertEquals(shown("host", `https://host/${key}`), "[looks like a key]");
});

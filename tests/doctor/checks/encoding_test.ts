import { assertEquals } from "../../support/assert.ts";
import { bytesOf, MINE } from "../../support/parts.ts";
import { examined, type Scene } from "../../support/examined.ts";
import type { ReadAs } from "../../../lib/doctor/input.ts";
import { readingOf } from "../../../lib/doctor/checks/encoding.ts";
import { FINDINGS } from "../../../lib/warning.ts";

/** What is found in a config that no run changes, as `CODE FILE:LINE`. */
async function seen(
  text: string | Uint8Array,
  readAs: ReadAs,
  files: Scene["files"] = {},
): Promise<string[]> {
  const found = await examined(text, { readAs, files, outcomes: [] });
  return found.map(({ code, file = "", line }) => `${code} ${file}:${line}`);
}

Deno.test("a config that is not UTF-8 keeps LiteLLM from starting, except in a code page", async () => {
  const bytes = Uint8Array.from([...bytesOf(`${MINE}# gr`), 0xfc, 0x6e, 0x0a]);
  assertEquals(await seen(bytes, "utf-8 here"), ["not-utf8 :7"]);
  assertEquals(await seen(bytes, "utf-8"), ["not-utf8 :7"]);
  assertEquals(FINDINGS["not-utf8"], "will-not-start");
  assertEquals(await seen(bytes, "code page"), ["non-ascii :7"]);
});

Deno.test("what Windows misreads is found where it is", async () => {
  const comment = `# caf\u00e9\n${MINE}`;
  const value = `${comment}general_settings: {x: "\u2192"}\n`;
  const table: readonly [string, ReadAs, string[]][] = [
    [comment, "utf-8 here", []],
    [comment, "utf-8", []],
    [comment, "code page", ["non-ascii :1"]],
    [value, "utf-8 here", ["non-ascii :8"]],
    [value, "utf-8", []],
    [value, "code page", ["non-ascii :1"]],
    [`\ufeff${MINE}`, "utf-8 here", ["byte-order-mark :1"]],
    [`\ufeff${value}`, "code page", ["byte-order-mark :1"]],
    [`\ufeff${value}`, "utf-8", []],
    [MINE, "code page", []],
  ];
  for (const [text, readAs, expected] of table) {
    assertEquals(await seen(text, readAs), expected, `${readAs}: ${text}`);
  }
});

Deno.test("included files are looked at, each with its own line", async () => {
  const files = {
    "bom.yaml": "\ufeffmodel_list: []\n",
    "plain.yaml": "model_list: []\n",
    "caf\u00e9.yaml": "# e\nx_settings:\n  name: \u00e9\n",
  };
  const text = `include: [bom.yaml, plain.yaml, "caf\\xe9.yaml"]\n${MINE}`;
  assertEquals(await seen(text, "utf-8 here", files), [
    "byte-order-mark bom.yaml:1",
    "non-ascii caf\u00e9.yaml:3",
  ]);
  assertEquals(await seen(text, "utf-8", files), []);
});

Deno.test("a started LiteLLM reads UTF-8, unless the config is in a code page of Windows", () => {
  const latin = Uint8Array.from([...bytesOf("# Z"), 0xfc]);
  const started = { os: "windows", environment: {}, start: true };
  assertEquals(readingOf(bytesOf(MINE), started), "utf-8");
  assertEquals(readingOf(latin, started), "code page");
  const environment = { PYTHONUTF8: "1" };
  assertEquals(readingOf(latin, { ...started, environment }), "utf-8");
  assertEquals(readingOf(latin, { ...started, os: "linux" }), "utf-8 here");
});

import { assertEquals } from "../support/assert.ts";
import { readDotEnv } from "../../lib/keys/dotenv.ts";
import { type KeyFile, KeyRing } from "../../lib/keys/key_ring.ts";
import { readPowerShellEnv } from "../../lib/keys/powershell.ts";
import type { JsonObject } from "../../lib/text/fields.ts";
import { Secret } from "../../lib/text/secret.ts";
import {
  isItsAddress,
  isItsKey,
  type ThisProxy,
  thisProxy,
} from "../../lib/settings/this_proxy.ts";
import { bytesOf } from "../support/parts.ts";

function proxyWith(
  { args = [], env = {}, config = {}, values = {}, files = [], doubtful = [] }:
    {
      readonly args?: readonly string[];
      readonly env?: Readonly<Record<string, string>>;
      readonly config?: JsonObject;
      readonly values?: Readonly<Record<string, string>>;
      readonly files?: readonly KeyFile[];
      /** Included files that LiteLLM may read otherwise. */
      readonly doubtful?: readonly string[];
    },
): ThisProxy {
  const valueOf = (name: string): string | undefined => values[name];
  const keys = new KeyRing(env, files, []);
  return thisProxy(args, keys, {
    config,
    valueOf,
    doubtful: doubtful.map(bytesOf),
  });
}

for (
  const [words, where, port] of [
    ["4000 by default", {}, 4000],
    ["the last --port", { args: ["--port", "1", "--port=5001"] }, 5001],
    ["PORT, as LiteLLM gets it", { env: { PORT: "5002" } }, 5002],
    ["--port before PORT", { args: ["--port", "7"], env: { PORT: "8" } }, 7],
    ["none where PORT is no number", { env: { PORT: "web" } }, undefined],
  ] as const
) {
  Deno.test(`thisProxy() takes for its port ${words}`, () => {
    assertEquals(proxyWith(where).port, port);
  });
}

const ITS_ADDRESSES = [
  "http://127.0.0.1:4000",
  "http://127.0.0.1:4000/v1",
  "https://127.0.0.1:4000/",
  "http://127.8.9.1:4000",
  "http://127.1:4000",
  "http://0x7f.0.0.1:4000",
  "http://localhost:4000",
  "http://LOCALHOST.:4000",
  "http://proxy.localhost:4000",
  "http://[::1]:4000/v1",
  "http://[0:0:0:0:0:0:0:1]:4000",
  "http://[::ffff:127.0.0.1]:4000",
  "http://0.0.0.0:4000",
  "http://0:4000",
  "http://[::]:4000",
];

for (const address of ITS_ADDRESSES) {
  Deno.test(`isItsAddress() finds the proxy itself at ${address}`, () => {
    assertEquals(isItsAddress(proxyWith({}), new URL(address)), true);
  });
}

const OTHER_ADDRESSES = [
  "http://127.0.0.1:4001",
  "http://127.0.0.1",
  "http://192.168.1.5:4000",
  "https://api.anthropic.com",
  "http://localhost.example:4000",
  "http://127.0.0.1.example:4000",
  "http://[::2]:4000",
  "http://[::ffff:192.168.1.5]:4000",
];

for (const address of OTHER_ADDRESSES) {
  Deno.test(`isItsAddress() finds somebody else at ${address}`, () => {
    assertEquals(isItsAddress(proxyWith({}), new URL(address)), false);
  });
}

Deno.test("isItsAddress() knows the port that a scheme stands for", () => {
  const web = proxyWith({ env: { PORT: "80" } });
  assertEquals(isItsAddress(web, new URL("http://localhost/v1")), true);
  assertEquals(isItsAddress(web, new URL("https://localhost/v1")), false);
  const tls = proxyWith({ args: ["--port", "443"] });
  assertEquals(isItsAddress(tls, new URL("https://localhost/v1")), true);
});

for (
  const [words, where] of [
    ["LITELLM_MASTER_KEY", { env: { LITELLM_MASTER_KEY: "sk-its" } }],
    ["general_settings", { config: general("sk-its") }],
    [
      "the variable that general_settings name",
      { config: general("os.environ/MINE"), values: { MINE: "sk-its" } },
    ],
    [
      "the variable that LITELLM_MASTER_KEY names",
      {
        env: { LITELLM_MASTER_KEY: "os.environ/MINE" },
        values: { MINE: "sk-its" },
      },
    ],
    ["a value with a blank at its end", { config: general("sk-its ") }],
  ] as const
) {
  Deno.test(`isItsKey() knows the key of ${words}, and no other`, () => {
    const proxy = proxyWith(where);
    assertEquals(isItsKey(proxy, new Secret("sk-its")), true);
    assertEquals(isItsKey(proxy, new Secret("sk-theirs")), false);
    assertEquals(isItsKey(proxy, new Secret("")), false);
  });
}

Deno.test("isItsKey() knows all of two keys that differ, as either may be in use", () => {
  const proxy = proxyWith({
    env: { LITELLM_MASTER_KEY: "sk-one" },
    config: general("sk-two"),
  });
  for (const value of ["sk-one", "sk-two"]) {
    assertEquals(isItsKey(proxy, new Secret(value)), true);
  }
});

Deno.test("isItsKey() takes nothing for a key where the config names an unknown variable", () => {
  const proxy = proxyWith({ config: general("os.environ/NOBODY") });
  assertEquals(proxy.masterKeys.length, 0);
});

/** Whether the texts are taken for keys of the proxy. */
function areIts(
  proxy: ThisProxy,
  ...texts: readonly string[]
): readonly boolean[] {
  return texts.map((text) => isItsKey(proxy, new Secret(text)));
}

for (
  const [words, text] of [
    [
      "as it is",
      "&a b: 1\n*a : 2\ngeneral_settings:\n  master_key: sk-its/1\n",
    ],
    ["in a comment or nowhere near", "x: [\n# sk-its/1\n"],
    ["with escapes", '"master_key": "sk\\x2dits\\/\\\n    1"\n&a b: *a\n'],
    ["as a variable", "general_settings:\n  master_key: os.environ/MINE\n[\n"],
    ["as a variable below", "[\n'master_key':\r\n    \"os.environ/MINE\"\n"],
    ["in UTF-16", [..."master_key: sk-its/1\n"].join("\0")],
  ] as const
) {
  Deno.test(`isItsKey() knows a key that an include without YAML has ${words}`, () => {
    const proxy = proxyWith({ doubtful: [text], values: { MINE: "sk-its/1" } });
    assertEquals(areIts(proxy, "sk-its/1", " ", "sk-x"), [true, false, false]);
  });
}

Deno.test("isItsKey() leaves a provider its variable that an include without YAML names", () => {
  const text = "&a b: *a\nx: {api_key: os.environ/XAI_API_KEY}\n";
  const values = { XAI_API_KEY: "sk-theirs" };
  const proxy = proxyWith({ doubtful: [text], values });
  assertEquals(areIts(proxy, "sk-theirs"), [false]);
});

for (
  const text of [
    "if ($x) { $env:LITELLM_MASTER_KEY = 'sk-its+1' }",
    "if ($x) {\n  $env:XAI_API_KEY = 'v'\n  $env:LITELLM_MASTER_KEY = 'sk-its+1'\n}",
    "$env:LITELLM_MASTER_KEY = if ($x) {\n  'sk-its+1'\n} else { 'b' }",
    "exit\n$env:LITELLM_MASTER_KEY = 'sk-its+1'",
    "try { $env:litellm_master_key = 'sk-its+1' } catch {}",
    "[string]$env:LITELLM_MASTER_KEY = 'sk-its+1'",
    "$env:LITELLM_MASTER_KEY = ('sk-its+1')",
    "'sk-its+1' | Set-Item env:LITELLM_MASTER_KEY",
    "$env:LITELLM_MASTER_KEY = $env:OTHER = 'sk-its+1'",
    "$env:OTHER = $env:LITELLM_MASTER_KEY = 'sk-its+1'",
    "$m = 'sk-its+1'\n$env:LITELLM_MASTER_KEY = $m",
    "$env:A = 'sk-its+1'\n$env:LITELLM_MASTER_KEY = $env:A",
    '$env:LITELLM_MASTER_KEY = "$env:MINE"',
    "$all = @{ LITELLM_MASTER_KEY = 'sk-its+1'; XAI_API_KEY = 'v' }\n" +
    "foreach ($n in $all.Keys) { Set-Item env:$n $all[$n] }",
    "iex '$env:LITELLM_MASTER_KEY = \"sk-its+1\"'",
    "$env:LITELLM_MASTER_KEY = 'it''s sk-its+1",
    "$m = 'sk-its+1'\n[Environment]::SetEnvironmentVariable('LITELLM_MASTER_KEY', $m)",
    "$m = 'sk-its+1'\n$m | Set-Item env:LITELLM_MASTER_KEY",
    "$m = 'sk-its+1'\n$n = $m\nSet-Item env:LITELLM_MASTER_KEY $n",
    "[Environment]::SetEnvironmentVariable('LITELLM_MASTER_KEY', $env:MINE)",
    "Set-Item env:LITELLM_MASTER_KEY -Value $env:MINE",
    'si env:LITELLM_MASTER_KEY "$env:MINE"',
    "$p = @{ Path = 'env:LITELLM_MASTER_KEY'; Value = 'sk-its+1' }\nSet-Item @p",
    "if ($x) { $env:A = 'sk-its+1'; $env:LITELLM_MASTER_KEY = $env:A }",
    "function Set-It($k) { $env:LITELLM_MASTER_KEY = $k }\nSet-It 'x'\n" +
    "Add-Key LITELLM_MASTER_KEY 'sk-its+1'",
  ]
) {
  Deno.test(`isItsKey() knows what a script may set: ${text}`, () => {
    const script = `$env:XAI_API_KEY = 'v'\n${text}\n$env:B = 'w'\n`;
    const file = { ...readPowerShellEnv(script), path: "k.ps1", wins: true };
    const proxy = proxyWith({ files: [file], values: { MINE: "sk-its+1" } });
    assertEquals(areIts(proxy, "sk-its+1", "sk-theirs"), [true, false]);
  });
}

Deno.test("isItsKey() leaves a provider its key in a script whose master key is not certain", () => {
  const script = `try {
  $env:LITELLM_MASTER_KEY = 'sk-its'
  $env:XAI_API_KEY = 'xai-1' # theirs
  [Environment]::SetEnvironmentVariable('GEMINI_API_KEY', 'gem-2')
  if ($x) { $env:A = 'theirs-3'; $env:B = $env:LITELLM_MASTER_KEY }
  $all = @{ GROQ_API_KEY = 'gq-5'; LITELLM_MASTER_KEY = 'sk-its' }
} catch {}
$env:OPENROUTER_API_KEY = 'or-4'
if ($env:OPENROUTER_API_KEY) { $env:LITELLM_MASTER_KEY = 'b' }
`;
  const file = { ...readPowerShellEnv(script), path: "k.ps1", wins: true };
  const proxy = proxyWith({ files: [file] });
  const theirs = ["xai-1", "gem-2", "theirs-3", "or-4", "gq-5"];
  assertEquals(areIts(proxy, ...theirs), theirs.map(() => false));
  assertEquals(areIts(proxy, "sk-its"), [true]);
});

for (
  const text of [
    "LITELLM_MASTER_KEY=${X:-sk-its}\n",
    "A=sk-its\nLITELLM_MASTER_KEY=${A}\n",
    "A=${X:-sk-its}\nB='${A}'\nLITELLM_MASTER_KEY=\"${B}\"\n",
    "LITELLM_MASTER_KEY=${MINE}\n",
    "LITELLM_MASTER_KEY=${MINE:-x}\n",
  ]
) {
  Deno.test(`isItsKey() knows what a .env may make of ${JSON.stringify(text)}`, () => {
    const file = {
      ...readDotEnv(`${text}C=other\n`),
      path: ".env",
      wins: false,
    };
    const proxy = proxyWith({ files: [file], values: { MINE: "sk-its" } });
    assertEquals(areIts(proxy, "sk-its", "other"), [true, false]);
  });
}

for (const [name, unreadable] of [["MY_KEY", "MY_KEY"], ["DISCOVER_K"]]) {
  Deno.test(`thisProxy() says ${unreadable ?? "nothing"} of a master key in ${name}`, () => {
    const config = general(`os.environ/${name}`);
    assertEquals(proxyWith({ config }).unreadable, unreadable);
    const values = { [name ?? ""]: "sk-its" };
    assertEquals(proxyWith({ config, values }).unreadable, undefined);
  });
}

function general(masterKey: string): JsonObject {
  return { general_settings: { master_key: masterKey } };
}

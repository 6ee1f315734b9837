import { KeyRing } from "../../lib/keys/key_ring.ts";
import { listJson, listLines } from "../../lib/commands/list_providers.ts";
import { listedProviders } from "../../lib/settings/listed_provider.ts";
import { withConfigVariables } from "../../lib/keys/config_variables.ts";
import { readDotEnv } from "../../lib/keys/dotenv.ts";
import { readPowerShellEnv } from "../../lib/keys/powershell.ts";
import { readDiscoverFile } from "../../lib/settings/file.ts";
import { field, isJsonObject, listField } from "../../lib/text/fields.ts";
import { Secret } from "../../lib/text/secret.ts";
import {
  assert,
  assertEquals,
  assertStringIncludes,
} from "../support/assert.ts";
import { faultsOf } from "../support/report_schema.ts";
import { layoutOf, textOf } from "../support/sample_report.ts";

const KEYS = new KeyRing({ OR_API_KEY: "5ecre7" }, [], []);

Deno.test("the list of providers is valid under the schema and holds no key", () => {
  const json = listJson(listedProviders(KEYS, undefined));
  assertEquals(faultsOf(json), "");
  assert(!JSON.stringify(json).includes("5ecre7"));
});

Deno.test("the list of providers says which variable has the key, and who needs one", () => {
  const listed = listedProviders(KEYS, undefined);
  const factsOf = (id: string): unknown => {
    const found = listed.find((provider) => provider.id === id);
    return [found?.isOn, found?.keyFound, found?.needsKey];
  };
  assertEquals(factsOf("openrouter"), [true, "OR_API_KEY", true]);
  assertEquals(factsOf("xai"), [true, undefined, true]);
  assertEquals(factsOf("ollama"), [false, undefined, false]);
});

/** Keys and bases in all the places that there are, and what cannot be used. */
function keysEverywhere(): KeyRing {
  const dotEnv = `XAI_API_KEY=5ecre7
XAI_API_BASE=https://us.api.x.ai/v1
ANTHROPIC_AUTH_TOKEN=5ecre7
OPENAI_API_KEY=5ecre7-own
OPENAI_BASE_URL=https://api.openai.com/v1/
MISTRAL_API_KEY=5ecre7
`;
  const script = `$env:GEMINI_API_KEY = Get-Secret gemini
$env:MISTRAL_API_KEY = $env:XAI_API_KEY
`;
  const files = [
    { ...readDotEnv(dotEnv), path: ".env", wins: false },
    { ...readPowerShellEnv(script), path: "set-env.ps1", wins: true },
  ];
  const apart = new KeyRing({ GROQ_API_KEY: "5ecre7" }, files, []);
  return withConfigVariables(apart, {
    config: {
      environment_variables: {
        OPENROUTER_API_KEY: "5ecre7",
        DISCOVER_LAB_KEY: "5ecre7",
        GROQ_API_BASE: "http://127.0.0.1:9/v1",
        CEREBRAS_API_KEY: "os.environ/DISCOVER_NOT_SET",
        COHERE_API_KEY: "os.environ/NOT_READ",
        DEEPSEEK_API_KEY: "os.environ/sk-5ecre75ecre75ecre75ecre7",
      },
    },
    statedIn: () => "environment_variables in config.yaml line 12",
    valueOf: () => undefined,
    mayRead: (name) => name === "DISCOVER_NOT_SET",
  });
}

Deno.test("the list says where each key is from and why one is not used, in 80 columns", async () => {
  const text = `providers:
  lab: { kind: vllm, key: DISCOVER_LAB_KEY, base_url: "http://10.0.0.1/v1" }
`;
  const file = await readDiscoverFile(text, "discover.yaml");
  const proxy = { masterKeys: [new Secret("5ecre7-own")] };
  const listed = listedProviders(keysEverywhere(), file, proxy);
  const lines = textOf(listLines(listed, layoutOf(Infinity))).split("\n");
  assertEquals(lines.filter((line) => line.length > 80), []);
  assert(!lines.join().includes("5ecre7"));
  const rows = lines.join("\n");
  for (
    const row of [
      "provider      state  key",
      "openrouter    on     OPENROUTER_API_KEY from config.yaml line 12",
      `xai           on     XAI_API_KEY from .env line 1
                     XAI_API_BASE from .env line 2`,
      `gemini        on     not usable: its value is computed
                     GEMINI_API_KEY in set-env.ps1 line 1`,
      `anthropic     off    not usable: a client's token
                     ANTHROPIC_AUTH_TOKEN from .env line 3`,
      `openai        off    not usable: this proxy's own key
                     OPENAI_API_KEY from .env line 4
groq          off    GROQ_API_KEY from the environment
                     GROQ_API_BASE from config.yaml line 12`,
      `mistral       off    MISTRAL_API_KEY from .env line 6
                     set-env.ps1 line 2 computes another`,
      `cerebras      off    not usable: os.environ/DISCOVER_NOT_SET is not set
                     CEREBRAS_API_KEY in config.yaml line 12`,
      `cohere        off    not usable: os.environ/NOT_READ is not known here
                     COHERE_API_KEY in config.yaml line 12`,
      "deepseek      off    not found: DEEPSEEK_API_KEY",
      "together      off    not found: TOGETHER_API_KEY or TOGETHERAI_API_KEY",
      "ollama        off    not needed",
      `lab           on     not usable: set too late for LiteLLM
                     DISCOVER_LAB_KEY from config.yaml line 12
                     base_url in discover.yaml`,
    ]
  ) assertStringIncludes(`${rows}\n`, `${row}\n`);
});

Deno.test("on a narrow terminal the list breaks between words, below its last column", () => {
  const rows = textOf(
    listLines(listedProviders(keysEverywhere(), undefined), layoutOf(42)),
  );
  assertEquals(rows.split("\n").filter((line) => line.length > 42), []);
  for (
    const row of [
      `xai           on     XAI_API_KEY from .env
                     line 1
                     XAI_API_BASE from
                     .env line 2
`,
      `gemini        on     not usable: its value
                     is computed
`,
    ]
  ) assertStringIncludes(rows, row);
});

Deno.test("where its last column is too narrow, the list breaks below the first one", () => {
  const rows = textOf(
    listLines(listedProviders(keysEverywhere(), undefined), layoutOf(39)),
  );
  assertStringIncludes(
    rows,
    `xai           on     XAI_API_KEY from
    .env line 1
    XAI_API_BASE from .env line 2
`,
  );
});

Deno.test("the list names no base that leads to the proxy itself, which does not count", async () => {
  const env = {
    OPENAI_BASE_URL: "http://localhost:4000",
    OPENAI_API_BASE: "https://eu.api.openai.com/v1",
    XAI_API_BASE: "http://127.0.0.1:4000/v1",
  };
  const text = `providers: {openai: {}, xai: {}}\n`;
  const file = await readDiscoverFile(text, "discover.yaml");
  const proxy = { port: 4000, masterKeys: [] };
  const listed = listedProviders(new KeyRing(env, [], []), file, proxy);
  const bases = ["openai", "xai"].map((id) =>
    listed.find((provider) => provider.id === id)?.baseFrom
  );
  assertEquals(bases, ["OPENAI_API_BASE from the environment", undefined]);
});

Deno.test("the list for programs says where a key is from, or what is wrong with it", () => {
  const json = listJson(listedProviders(keysEverywhere(), undefined));
  assertEquals(faultsOf(json), "");
  const factsOf = (id: string): unknown => {
    const found = listField(json, "providers").filter(isJsonObject)
      .find((provider) => field(provider, "id") === id);
    return ["keyFound", "keyFrom", "keyProblem", "baseFrom"].map((name) =>
      found && field(found, name)
    );
  };
  assertEquals(factsOf("xai"), [
    ...["XAI_API_KEY", ".env line 1", null, "XAI_API_BASE from .env line 2"],
  ]);
  assertEquals(factsOf("gemini"), [
    ...[null, null],
    "GEMINI_API_KEY in set-env.ps1 line 1: its value is computed",
    null,
  ]);
});

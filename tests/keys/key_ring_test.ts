import { assertEquals } from "../support/assert.ts";
import { type KeyFile, KeyRing } from "../../lib/keys/key_ring.ts";
import { readPowerShellEnv } from "../../lib/keys/powershell.ts";
import { readDotEnv } from "../../lib/keys/dotenv.ts";
import type { Warning } from "../../lib/warning.ts";

const setEnv = {
  ...readPowerShellEnv('$env:XAI_API_KEY = "from-ps1"\n$env:OTHER = "x"\n'),
  path: "set-env.ps1",
  wins: true,
};
const dotEnv = {
  ...readDotEnv("XAI_API_KEY=from-dotenv\nGEMINI_API_KEY=gem\n"),
  path: ".env",
  wins: false,
};

function valueOf(ring: KeyRing, ...variables: string[]): string | undefined {
  return ring.find(variables)?.value.reveal();
}

Deno.test("KeyRing lets set-env.ps1 win over the environment", () => {
  const ring = new KeyRing({ XAI_API_KEY: "from-env" }, [setEnv, dotEnv], []);
  assertEquals(valueOf(ring, "XAI_API_KEY"), "from-ps1");
  assertEquals(ring.find(["XAI_API_KEY"])?.from, "set-env.ps1 line 1");
});

Deno.test("KeyRing lets the environment win over .env", () => {
  const ring = new KeyRing({ XAI_API_KEY: "from-env" }, [dotEnv], []);
  assertEquals(valueOf(ring, "XAI_API_KEY"), "from-env");
  assertEquals(valueOf(ring, "GEMINI_API_KEY"), "gem");
});

Deno.test("KeyRing takes the first variable that has a value", () => {
  const ring = new KeyRing({ GOOGLE_API_KEY: "" }, [dotEnv], []);
  const found = ring.find(["GOOGLE_API_KEY", "GEMINI_API_KEY"]);
  assertEquals(found?.variable, "GEMINI_API_KEY");
});

Deno.test("KeyRing reports a difference without either value", () => {
  const ring = new KeyRing({ XAI_API_KEY: "from-env" }, [setEnv], []);
  const warnings = ring.warnings(["XAI_API_KEY", "GEMINI_API_KEY"]);
  assertEquals(warnings.map(({ code, text }) => [code, text]), [[
    "key-differs",
    "XAI_API_KEY: set-env.ps1 line 1 and the environment differ; " +
    "using set-env.ps1 line 1",
  ]]);
});

Deno.test("KeyRing names a computed value unless the environment has it", () => {
  const file = {
    ...readPowerShellEnv("$env:XAI_API_KEY = Get-Secret xai\n"),
    path: "set-env.ps1",
    wins: true,
  };
  const [warning] = new KeyRing({}, [file], []).warnings([]);
  assertEquals(
    warning?.text,
    "XAI_API_KEY: its value in set-env.ps1 line 1 is computed",
  );
  const known = new KeyRing({ XAI_API_KEY: "k" }, [file], []);
  assertEquals(known.warnings([]), []);
});

function warningsOf(text: string, path = ".env"): Warning[] {
  const read = path.endsWith(".ps1") ? readPowerShellEnv : readDotEnv;
  const file = { ...read(text), path, wins: false };
  return new KeyRing({ DISCOVER_LAB_KEY: undefined }, [file], []).warnings([]);
}

Deno.test("KeyRing names a variable only if it is looked for or spelled as one", () => {
  const text = `XAI_API_KEY=\${X}
DISCOVER_LAB_KEY=\${X}
OTHER = \${X}
other=\${X}
sk-or-5ecre7=\${X}
ABCDEF0123456789ABCDEF0123456789=\${X}
`;
  assertEquals(
    warningsOf(text).map(({ code, text }) => `${code}: ${text}`),
    [
      "computed-key: XAI_API_KEY: its value in .env line 1 is computed",
      "computed-key: DISCOVER_LAB_KEY: its value in .env line 2 is computed",
      "computed-key: OTHER: its value in .env line 3 is computed",
      "computed-key: a value in .env line 4 is computed",
      "computed-key: a value in .env line 5 is computed",
      "computed-key: a value in .env line 6 is computed",
      "odd-line: .env line 5: not NAME=value",
      "odd-line: .env line 6: not NAME=value",
    ],
  );
});

Deno.test("KeyRing does not take the capitals that PowerShell allows for a name", () => {
  const script = `$env:xai_api_key = $x
$env:Other = $x
$env:OTHER2 = $x
$env:gsk_5ecre7five = $x
`;
  assertEquals(warningsOf(script, "set-env.ps1").map(({ text }) => text), [
    "XAI_API_KEY: its value in set-env.ps1 line 1 is computed",
    "a value in set-env.ps1 line 2 is computed",
    "OTHER2: its value in set-env.ps1 line 3 is computed",
    "a value in set-env.ps1 line 4 is computed",
  ]);
});

Deno.test("KeyRing tells an odd line by its number, and what was probably meant", () => {
  const text = `GEMINI_API_KEY: AIzafake
set XAI_API_KEY=xai-fake
OPENROUTER_API_KEY=sk-or-v1-fake
xai-5ecre7five my key
xai-5ecre7five
$env:XAI_API_KEY = "xai-fake"
DISCOVER_LAB_KEY='open
`;
  const line = (number: number, hint: string): Warning => ({
    code: "odd-line",
    text: `.env line ${number}: not NAME=value`,
    hint,
  });
  const help = "a key is written as NAME=value, a comment begins with #";
  assertEquals(warningsOf(text), [
    line(1, "write it as GEMINI_API_KEY=value"),
    line(2, "write it as XAI_API_KEY=value"),
    line(4, help),
    line(5, help),
    line(6, "write it as XAI_API_KEY=value"),
    line(7, "write it as DISCOVER_LAB_KEY=value"),
  ]);
});

const loop =
  `foreach ($name in "XAI_API_KEY", "GEMINI_API_KEY", "PORT", "sk_5ECRE7") {
  Set-Item "Env:$name" (Get-Secret $name)
}
`;

function scriptWarnings(
  text: string,
  environment: Readonly<Record<string, string>> = {},
): (readonly [string, string | undefined])[] {
  const file = { ...readPowerShellEnv(text), path: "set-env.ps1", wins: true };
  return new KeyRing(environment, [file], []).warnings(["XAI_API_KEY"])
    .map(({ text, hint }) => [text, hint]);
}

const run =
  "a script is not run to read it: run it first, or start with start-proxy.ps1";

Deno.test("KeyRing names the keys that a script sets by code, and the line", () => {
  assertEquals(scriptWarnings(loop), [[
    "XAI_API_KEY, GEMINI_API_KEY: set by code in set-env.ps1 line 2",
    run,
  ]]);
  assertEquals(scriptWarnings(loop, { XAI_API_KEY: "k" }), [[
    "GEMINI_API_KEY: set by code in set-env.ps1 line 2",
    run,
  ]]);
  assertEquals(scriptWarnings("$env:XAI_API_KEY = $x"), [[
    "XAI_API_KEY: its value in set-env.ps1 line 1 is computed",
    run,
  ]]);
});

Deno.test("KeyRing says nothing of code once the keys are there", () => {
  const environment = { XAI_API_KEY: "k", GEMINI_API_KEY: "k" };
  assertEquals(scriptWarnings(loop, environment), []);
});

Deno.test("KeyRing tells of another script that is run only if no key was found", () => {
  const text = `. "$PSScriptRoot/keys.ps1"`;
  assertEquals(scriptWarnings(text), [[
    "set-env.ps1 line 1: may set keys by code",
    run,
  ]]);
  assertEquals(scriptWarnings(text, { XAI_API_KEY: "k" }), []);
  assertEquals(scriptWarnings(`${text}\n$env:XAI_API_KEY = "k"`), []);
});

Deno.test("KeyRing passes over an odd line for a variable that the environment has", () => {
  const file = { ...readDotEnv("XAI_API_KEY: x\n"), path: ".env", wins: false };
  const ring = new KeyRing({ XAI_API_KEY: "k" }, [file], []);
  assertEquals(ring.warnings([]), []);
});

function handed(
  environment: Record<string, string | undefined>,
  ...files: KeyFile[]
): Readonly<Record<string, string>> {
  return new KeyRing(environment, files, []).forLitellm();
}

function dotEnvFile(text: string): KeyFile {
  return { ...readDotEnv(text), path: ".env", wins: false };
}

Deno.test("KeyRing hands LiteLLM all that the files assign, set-env.ps1 first", () => {
  const file = dotEnvFile(
    "XAI_API_KEY=from-dotenv\nGEMINI_API_KEY=g\nMINE=1\n",
  );
  assertEquals(handed({}, setEnv, file), {
    XAI_API_KEY: "from-ps1",
    OTHER: "x",
    GEMINI_API_KEY: "g",
    MINE: "1",
  });
});

Deno.test("KeyRing leaves LiteLLM what the environment has already, unless it is empty", () => {
  const environment = { GEMINI_API_KEY: "from-env", XAI_API_KEY: "" };
  const expected = { XAI_API_KEY: "from-dotenv" };
  assertEquals(handed(environment, dotEnv), expected);
});

Deno.test("KeyRing hands LiteLLM the first of two values, and no empty one of a .env", () => {
  const nearer = dotEnvFile("A=near\nB=\nC=\nconstructor=near\n");
  const farther = dotEnvFile("A=far\nB=far\nD=far\nE=${A}\n");
  const expected = { A: "near", B: "far", D: "far", constructor: "near" };
  assertEquals(handed({}, nearer, farther), expected);
});

Deno.test("KeyRing shows no key when it is printed", () => {
  const ring = new KeyRing({ XAI_API_KEY: "secret-key-1" }, [setEnv], []);
  const found = ring.find(["XAI_API_KEY"]);
  const shown = `${Deno.inspect(found)} ${
    JSON.stringify(found)
  } ${found?.value}`;
  assertEquals(/from-ps1|secret-key-1/.test(shown), false);
  assertEquals(shown.includes("[secret]"), true);
});

Deno.test("KeyRing says which file it could not read", () => {
  const error = 'cannot read ".env": larger than 1 MiB';
  const nothing = { assignments: [], computed: [], odd: [] };
  const file = { ...nothing, path: ".env", wins: false };
  const ring = new KeyRing({}, [{ ...file, error }], []);
  assertEquals(ring.warnings([]), [{ code: "unreadable-file", text: error }]);
});

Deno.test("KeyRing takes a key that set-env.ps1 removes for gone, as LiteLLM will", () => {
  const removing: KeyFile = {
    ...readDotEnv("XAI_API_KEY="),
    path: "set-env.ps1",
    wins: true,
  };
  const environment = { XAI_API_KEY: "from-env" };
  const alone = new KeyRing(environment, [removing], []);
  assertEquals(alone.find(["XAI_API_KEY"]), undefined);
  assertEquals(alone.forLitellm(), { XAI_API_KEY: "" });
  const both = new KeyRing(environment, [removing, dotEnv], []);
  assertEquals(both.find(["XAI_API_KEY"])?.value.reveal(), "from-dotenv");
  assertEquals(both.forLitellm()["XAI_API_KEY"], "from-dotenv");
});

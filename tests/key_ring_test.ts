import { assertEquals } from "./assert.ts";
import { KeyRing } from "../lib/key_ring.ts";
import { readPowerShellEnv } from "../lib/key_files/powershell_env.ts";
import { readDotEnv } from "../lib/keys.ts";

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
    "XAI_API_KEY: set-env.ps1 line 1 and the environment differ, " +
    "set-env.ps1 line 1 is used",
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

Deno.test("KeyRing hands LiteLLM all of set-env.ps1, and of .env what is asked for", () => {
  const file = {
    ...readDotEnv("XAI_API_KEY=from-dotenv\nGEMINI_API_KEY=gem\nMINE=1\n"),
    path: ".env",
    wins: false,
  };
  const ring = new KeyRing({}, [setEnv, file], []);
  assertEquals(ring.forLitellm(["XAI_API_KEY", "GEMINI_API_KEY", "NONE"]), {
    XAI_API_KEY: "from-ps1",
    OTHER: "x",
    GEMINI_API_KEY: "gem",
  });
});

Deno.test("KeyRing leaves LiteLLM what the environment has already", () => {
  const ring = new KeyRing({ GEMINI_API_KEY: "from-env" }, [dotEnv], []);
  assertEquals(ring.forLitellm(["GEMINI_API_KEY"]), {});
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
  const fault = 'cannot read ".env": larger than 1 MiB';
  const file = { assignments: [], computed: [], path: ".env", wins: false };
  const ring = new KeyRing({}, [{ ...file, fault }], []);
  assertEquals(ring.warnings([]), [{ code: "unreadable-file", text: fault }]);
});

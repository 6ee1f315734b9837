import { assertEquals, assertStringIncludes, assertThrows } from "./assert.ts";
import { parseArgs, type RunFlags } from "../lib/args.ts";
import { UsageError } from "../lib/errors.ts";
import { KeyRing } from "../lib/key_ring.ts";
import { resolveSettings, type Settings } from "../lib/settings.ts";

function flags(...argv: string[]): RunFlags {
  const command = parseArgs(argv);
  if (command.kind !== "run") throw new Error("not a run");
  return command.flags;
}

const KEYS = {
  OPENROUTER_API_KEY: "k1",
  XAI_API_KEY: "k2",
  GEMINI_API_KEY: "k3",
};

function resolve(
  argv: string[],
  environment: Record<string, string> = KEYS,
): Settings {
  return resolveSettings(flags(...argv), new KeyRing(environment, [], []));
}

function asked(settings: Settings): string[] {
  return settings.asks.map(({ provider, base }) => `${provider.id} ${base}`);
}

Deno.test("resolveSettings() asks the three providers at their own hosts", () => {
  assertEquals(asked(resolve([])), [
    "openrouter https://openrouter.ai/api/v1",
    "xai https://api.x.ai/v1",
    "gemini https://generativelanguage.googleapis.com/",
  ]);
});

Deno.test("resolveSettings() asks no provider without a key", () => {
  const settings = resolve([], { XAI_API_KEY: "k" });
  assertEquals(asked(settings), ["xai https://api.x.ai/v1"]);
  assertEquals(
    settings.silent.map(({ provider, why }) => `${provider.id} ${why}`),
    ["openrouter no-key", "gemini no-key"],
  );
});

Deno.test("resolveSettings() asks only what --only names", () => {
  const settings = resolve(["--only", "gemini"]);
  assertEquals(asked(settings).length, 1);
  assertEquals(settings.silent.map(({ why }) => why), [
    "not-asked",
    "not-asked",
  ]);
});

Deno.test("resolveSettings() names the variable that LiteLLM takes the key from", () => {
  const settings = resolve([], { GOOGLE_API_KEY: "g", GEMINI_API_KEY: "h" });
  const gemini = settings.sources.find(({ provider }) =>
    provider.id === "gemini"
  );
  assertEquals(gemini?.keyVariable, "GOOGLE_API_KEY");
});

for (const [text, ms] of [["2", 2000], ["1.5s", 1500], ["800ms", 800]]) {
  Deno.test(`resolveSettings() reads --timeout ${text}`, () => {
    const settings = resolve(["--timeout", String(text)]);
    assertEquals(settings.timeoutMs, Number(ms));
  });
}

for (const text of ["soon", "0", "-1", "2m", "1e3", "61", "NaN", "2 s"]) {
  Deno.test(`resolveSettings() refuses --timeout=${text}`, () => {
    assertThrows(() => resolve([`--timeout=${text}`]), UsageError, text);
  });
}

Deno.test("resolveSettings() names the provider that was probably meant", () => {
  const error = assertThrows(() => resolve(["--only", "gemni"]), UsageError);
  assertEquals(error.message, 'provider "gemni": not known');
  assertEquals(error.hint, "did you mean gemini?");
});

for (
  const base of [
    "http://127.0.0.1:4010/v1",
    "http://localhost:80",
    "http://[::1]:4010/api",
    "https://api.x.ai/v2",
  ]
) {
  Deno.test(`resolveSettings() lets XAI_API_BASE be ${base}`, () => {
    const settings = resolve([], { ...KEYS, XAI_API_BASE: base });
    assertEquals(settings.asks[1]?.base.href, new URL(base).href);
  });
}

for (
  const [base, message] of [
    ["not a url", "not a URL"],
    ["file:///etc/passwd", "not a URL"],
    ["https://user:pw@api.x.ai/v1", "more than a host and a path"],
    ["https://api.x.ai/v1?key=1", "more than a host and a path"],
    ["http://api.x.ai/v1", "not one that xAI's key may go to"],
    ["https://openrouter.ai/api/v1", "not one that xAI's key may go to"],
    ["https://evil.example/v1", "not one that xAI's key may go to"],
    ["http://127.0.0.1.evil.example/v1", "not one that xAI's key may go to"],
  ] as const
) {
  Deno.test(`resolveSettings() refuses XAI_API_BASE ${base}`, () => {
    const error = assertThrows(
      () => resolve([], { ...KEYS, XAI_API_BASE: base }),
      UsageError,
      message,
    );
    assertStringIncludes(error.hint ?? "", "https://api.x.ai");
    assertEquals(error.message.includes("pw"), false);
  });
}

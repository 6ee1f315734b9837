import {
  assert,
  assertEquals,
  assertStringIncludes,
} from "../support/assert.ts";
import { onWindows, spawnProgram } from "../support/program.ts";
import {
  blockNames,
  FEW_MODELS,
  MINE,
  type Scene,
  setScene,
  xaiModels,
} from "../support/scene.ts";
import {
  type Behaviour,
  connectingCanHang,
  type Unreachable,
} from "../support/stand_in.ts";

const TIMEOUT_MS = 600;
const GRACE_MS = 300;

/** Milliseconds from the start of the program to its end. */
async function timed(
  scene: Scene,
  expectedCode: number,
  ...args: string[]
): Promise<number> {
  const startMs = performance.now();
  const { code, stderr } = await scene.run(...args);
  assertEquals(code, expectedCode, stderr);
  return performance.now() - startMs;
}

/** What the program takes here and now when nobody makes it wait. */
async function startUpMs(): Promise<number> {
  await using scene = await setScene();
  return await timed(scene, 5, "--check");
}

const HANGS: readonly (Behaviour | Unreachable)[] = [
  ...connectingCanHang ? [{ kind: "hangs", where: "connect" } as const] : [],
  { kind: "hangs", where: "answer" },
  { kind: "hangs", where: "headers" },
  { kind: "hangs", where: "body" },
  { kind: "drips" },
];

/** How often a busy machine may spoil a measurement. */
const TRIES = 4;

Deno.test("three providers that hang end the program in time, wherever they do", async () => {
  for (const behaviour of HANGS) {
    await using scene = await setScene(MINE, {
      openrouter: behaviour,
      xai: behaviour,
      gemini: behaviour,
    });
    const took: string[] = [];
    for (let tries = 1;; tries++) {
      const before = await startUpMs();
      const ms = await timed(scene, 1, "--timeout", `${TIMEOUT_MS}ms`);
      assertEquals(await scene.read(), MINE);
      const startUp = Math.max(before, await startUpMs());
      const limitMs = TIMEOUT_MS + GRACE_MS + startUp;
      took.push(`${ms} of ${limitMs}`);
      assert(ms >= TIMEOUT_MS, took.join(", "));
      if (ms <= limitMs) break;
      const what = JSON.stringify(behaviour);
      assert(tries < TRIES, `${what}: ${took.join(", ")}`);
    }
  }
});

Deno.test("one provider that hangs does not lose or delay the others", async () => {
  await using scene = await setScene(MINE, {
    ...FEW_MODELS,
    openrouter: () => ({ kind: "hangs", where: "body" }),
    xai: xaiModels("grok-4.6"),
  });
  const args = ["--timeout", `${TIMEOUT_MS}ms`, "--json"];
  const { code, stdout, stderr } = await scene.run(...args);
  assertEquals(code, 0, stderr);
  const names = blockNames(await scene.read());
  assertEquals(names.includes("grok-4.6"), true);
  assertEquals(names.includes("gemini-3.8-flash"), true);
  assertStringIncludes(stdout, '"reason": "timeout"');
  // Those that answered are told of before the one that hangs.
  const [, xai = "", openrouter = ""] =
    /(xAI .*?\n)[^]*(OpenRouter .*?\n)/.exec(stderr) ?? [];
  assert(openrouter.includes("timed out after 0.6 s"), stderr);
  const [, xaiMs = "Infinity"] = /(\d+) ms/.exec(xai) ?? [];
  assert(Number(xaiMs) < TIMEOUT_MS, stderr);
});

Deno.test("pages that each come in time do not add up beyond the deadline", async () => {
  const page = { models: [] };
  await using scene = await setScene(MINE, {
    ...FEW_MODELS,
    gemini: { kind: "pages", pages: Array(50).fill(page), delayMs: 200 },
  });
  const tookMs = await timed(scene, 0, "--timeout", `${TIMEOUT_MS}ms`);
  assert(tookMs < 5000, `${Math.round(tookMs)} ms`);
  const { requests } = scene.providers.gemini;
  assert(requests.length >= 2 && requests.length <= 5, `${requests.length}`);
});

Deno.test("the default deadline is two seconds", async () => {
  const hangs = { kind: "hangs", where: "answer" } as const;
  await using scene = await setScene(MINE, { ...FEW_MODELS, xai: hangs });
  const { code, stderr } = await scene.run();
  assertEquals(code, 0, stderr);
  assertStringIncludes(stderr, "timed out after 2 s");
});

Deno.test("--remove asks nobody, so it waits for nobody", async () => {
  const hangs = { kind: "hangs", where: "answer" } as const;
  await using scene = await setScene(MINE, {
    openrouter: hangs,
    xai: hangs,
    gemini: hangs,
  });
  const tookMs = await timed(scene, 0, "--remove");
  assert(tookMs < 2000, `${Math.round(tookMs)} ms`);
  assertEquals(scene.providers.xai.requests.length, 0);
});

Deno.test({
  name: "Ctrl+C while providers are asked ends with 130 and writes nothing",
  ignore: onWindows,
  fn: async () => {
    const hangs = { kind: "hangs", where: "answer" } as const;
    const asked = Promise.withResolvers<void>();
    await using scene = await setScene(MINE, {
      ...FEW_MODELS,
      gemini: hangs,
      xai: () => {
        asked.resolve();
        return hangs;
      },
    });
    const args = ["--config", scene.config, "--timeout", "20s"];
    const child = spawnProgram(args, { env: scene.env });
    const stderr = new Response(child.stderr).text();
    await Promise.race([asked.promise, child.status]);
    const startMs = performance.now();
    child.kill("SIGINT");
    const { code } = await child.status;
    assertEquals(code, 130, await stderr);
    assert(performance.now() - startMs < 2000, "not at once");
    await child.stdout.cancel();
    assertEquals(await scene.read(), MINE);
    assertEquals(await scene.names(), ["config.yaml"]);
  },
});

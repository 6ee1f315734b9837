import { ExitCode, Interrupted } from "../../lib/errors.ts";
import type { Launcher } from "../../lib/litellm/launcher.ts";
import type { Io } from "../../lib/io.ts";
import { createStore } from "../../lib/files/store.ts";
import { assertEquals, assertStringIncludes } from "../support/assert.ts";
import { runHere } from "../support/in_process.ts";
import { MINE, withGrok } from "../support/parts.ts";

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly starts: number;
}

interface World {
  readonly config: string;
  /** What xAI answers; without it nobody does. */
  readonly answer?: string;
  readonly interruption?: AbortController;
  /** What becomes of the start of LiteLLM. */
  readonly start?: () => ReturnType<Launcher["start"]>;
  /** Comes when the config has been saved. */
  readonly afterSave?: () => void;
}

/** Runs the program in this process; only xAI can be asked, if at all. */
async function runWith(world: World, ...argv: string[]): Promise<Ended> {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/config.yaml`;
  const store = createStore();
  let starts = 0;
  const parts: Partial<Io> = {
    programDir: folder,
    fetch: () =>
      world.answer === undefined
        ? Promise.reject(new Error("nobody is asked here"))
        : Promise.resolve(new Response(world.answer)),
    store: {
      ...store,
      save: async (request) => {
        const saved = await store.save(request);
        world.afterSave?.();
        return saved;
      },
    },
    launcher: {
      find: () => Promise.resolve("litellm"),
      start: () => {
        starts++;
        return world.start?.() ??
          Promise.resolve({ kind: "ended", code: 0, program: "litellm" });
      },
      isPortTaken: () => Promise.resolve(false),
    },
    ...(world.interruption && { interrupted: world.interruption.signal }),
  };
  try {
    await Deno.writeTextFile(path, world.config);
    const env = { XAI_API_KEY: "of-the-test" };
    const ended = await runHere(["--config", path, ...argv], env, parts);
    return { ...ended, starts };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const tooLate = (): Promise<never> =>
  Promise.reject(new Interrupted(ExitCode.terminated));

const answer = JSON.stringify({ data: [{ id: "grok-4.5" }] });

Deno.test("a signal that comes after the write says that the config was updated", async () => {
  const world = { config: MINE, answer, start: tooLate };
  const { code, stdout, stderr } = await runWith(world, "--start", "--json");
  assertEquals(code, 143);
  assertStringIncludes(
    stderr,
    "interrupted: the config was updated, LiteLLM was not started",
  );
  // The one object of a run that did its work.
  const report: unknown = JSON.parse(stdout);
  assertStringIncludes(JSON.stringify(report), '"result":"created"');
});

Deno.test("a signal that comes before LiteLLM is started says that nothing was written", async () => {
  const config = await withGrok();
  const folder = await Deno.makeTempDir();
  const output = ["--output", `${folder}/out.yaml`];
  const cases = [
    [{ config }, [], "nothing was written"],
    [{ config }, output, "nothing was written"],
    [{ config, answer }, output, "the output was written"],
  ] as const;
  try {
    for (const [known, argv, done] of cases) {
      const world = { ...known, start: tooLate };
      const { code, stderr } = await runWith(world, "--start", ...argv);
      assertEquals(code, 143, stderr);
      assertStringIncludes(
        stderr,
        `interrupted: ${done}, LiteLLM was not started`,
      );
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a signal right after the write gives its code, with and without --start", async () => {
  for (const argv of [[], ["--start"]]) {
    const interruption = new AbortController();
    const { code, stderr, starts } = await runWith({
      config: MINE,
      answer,
      interruption,
      afterSave: () =>
        interruption.abort(new Interrupted(ExitCode.interrupted)),
    }, ...argv);
    assertEquals([code, starts], [130, 0], stderr);
    assertStringIncludes(stderr, "interrupted: the config was updated");
  }
});

Deno.test("a refresh that fails after a signal does not start LiteLLM", async () => {
  const interruption = new AbortController();
  interruption.abort(new Interrupted(ExitCode.hungUp));
  for (const config of ["model_list: [\n", MINE]) {
    const ended = await runWith({ config, interruption }, "--start");
    assertEquals([ended.code, ended.starts], [129, 0], ended.stderr);
    assertStringIncludes(ended.stderr, "interrupted: nothing was written");
  }
  const broken = await runWith({ config: "model_list: [\n" }, "--start");
  assertEquals([broken.code, broken.starts], [0, 1], broken.stderr);
});

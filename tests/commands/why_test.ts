import { ExitCode } from "../../lib/errors.ts";
import type { Io } from "../../lib/io.ts";
import { assert, assertEquals, assertMatch } from "../support/assert.ts";
import { assertStringIncludes } from "../support/assert.ts";
import {
  type HereResult,
  interruptedWhileAsking,
  notingSteps,
  runHere,
} from "../support/in_process.ts";
import { MINE } from "../support/parts.ts";

/** What is in the folder, and what may be reached. */
interface Scene {
  readonly config?: string;
  readonly settings?: string;
  readonly parts?: Partial<Io>;
  readonly variables?: Readonly<Record<string, string>>;
}

/** Runs `discover ARGS` on a config in its own folder; xAI is asked. */
async function runWith(
  args: readonly string[],
  { config = MINE, settings, parts, variables }: Scene = {},
): Promise<HereResult & { readonly after: string }> {
  const folder = await Deno.makeTempDir({ prefix: "discover-" });
  try {
    await Deno.writeTextFile(`${folder}/config.yaml`, config);
    if (settings !== undefined) {
      await Deno.writeTextFile(`${folder}/discover.yaml`, settings);
    }
    const result = await runHere(
      ["--config", `${folder}/config.yaml`, ...args],
      variables ?? { XAI_API_KEY: "xai-k" },
      { programDir: folder, fetch: grok, ...parts },
    );
    const names = await Array.fromAsync(Deno.readDir(folder));
    const after = await Deno.readTextFile(`${folder}/config.yaml`);
    if (args.includes("--why")) {
      assertEquals(names.length, settings === undefined ? 1 : 2);
      assertEquals(after, config, "the config was changed");
    }
    const stdout = result.stdout.replaceAll(`${folder}/`, "");
    return { ...result, stdout, after };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function grok(): Promise<Response> {
  const ids = ["grok-4.5", "grok-4.3", "grok-imagine-image"];
  return Promise.resolve(Response.json({ data: ids.map((id) => ({ id })) }));
}

Deno.test("--why ends with 0 for a name that a run would add, and for one that is there", async () => {
  const before = await runWith(["--why", "grok-4.5"]);
  assertEquals([before.code, before.stderr], [0, ""]);
  assertStringIncludes(
    before.stdout,
    "! grok-4.5 is not in the block yet, but a run would add it: xAI's grok-4.5\n",
  );
  const { after: config } = await runWith([]);
  const after = await runWith(["--why", "grok-4.5"], { config });
  assertEquals([after.code, after.stderr], [0, ""]);
  assertEquals(
    after.stdout,
    "* grok-4.5 is in the block: xAI's grok-4.5\n",
  );
});

Deno.test("--why ends with 5 for a name that a run would remove, and for one that is nowhere", async () => {
  const { after: config } = await runWith([]);
  const removed = await runWith(["--why", "grok-4.3"], {
    config,
    settings: "providers:\n  xai:\n    exclude: grok-4.3\n",
  });
  assertEquals(removed.code, 5);
  assertMatch(
    removed.stdout,
    /^x grok-4\.3 is still in the block, but a run would remove it: xAI lists it, but exclude has grok-4\.3 \(line 3 of ".*discover\.yaml"\)\n/,
  );
  const unknown = await runWith(["--why", "grok-4.6"], { config });
  assertEquals(unknown.code, 5);
  assertStringIncludes(
    unknown.stdout,
    "xAI does not list it\n  -> did you mean ",
  );
});

Deno.test("--why has no key at all, says so for each provider, and goes by the block on disk", async () => {
  const { after: config } = await runWith([]);
  const scene = { config, variables: {} };
  const known = await runWith(["--why", "grok"], scene);
  assertEquals(known.code, 0, known.stderr);
  assertStringIncludes(known.stdout, "kept from an earlier run");
  assertStringIncludes(known.stdout, "xAI: no key in XAI_API_KEY");
  const unknown = await runWith(["--why", "nothing"], scene);
  assertEquals(unknown.code, 5);
  assertEquals(unknown.stdout.split(": no key in ").length, 4);
  // Where they were looked for is said once.
  assertEquals(unknown.stdout.split("looked in").length, 2);
});

Deno.test("--why --only says that the others were left out", async () => {
  const { code, stdout } = await runWith(["--why", "grok", "--only", "gemini"]);
  assertEquals(code, 5);
  assertStringIncludes(stdout, "xAI was left out by --only");
});

Deno.test("--why refuses a config that a run refuses, with its line", async () => {
  const config = `${MINE}# >>> discover: auto-discovered models >>>\n`;
  const { code, stdout, stderr } = await runWith(["--why", "grok"], { config });
  assertEquals([code, stdout], [ExitCode.config, ""]);
  assertMatch(stderr, /error: config ".*config\.yaml", line 7: /);
  const json = await runWith(["--why", "grok", "--json"], { config });
  assertStringIncludes(json.stdout, '"kind": "error"');
});

Deno.test("--why may start nothing, and reach nobody after the answers", async () => {
  const { steps, parts } = notingSteps(grok);
  const { code } = await runWith(["--why", "grok"], { parts });
  assertEquals([code, steps], [0, ["no run", "ask", "no net"]]);
});

Deno.test("--why ends with 130 and says nothing else when Ctrl+C comes while it asks", async () => {
  const parts = interruptedWhileAsking();
  const { code, stdout, stderr } = await runWith(["--why", "grok"], { parts });
  assertEquals([code, stdout], [130, ""]);
  assertStringIncludes(stderr, "interrupted: nothing was written");
});

Deno.test("--why shows no control character of a name, and no name that looks like a key", async () => {
  const evil = await runWith(["--why", "evil\x1b[2J\nx grok"]);
  assertEquals(evil.code, 5);
  assertStringIncludes(evil.stdout, "x evil?[2J?x grok is not in the block");
  const key = "sk-or-v1-0123456789abcdef";
  const { code, stdout, stderr } = await runWith(["--why", key]);
  assertEquals([code, stdout], [ExitCode.usage, ""]);
  assert(!stderr.includes(key), stderr);
});

Deno.test("--why shows five reasons, and all of them with --verbose", async () => {
  const entries = [1, 2, 3, 4, 5, 6, 7].map((at) =>
    `  - { model_name: same, litellm_params: { model: openai/gpt-${at} } }\n`
  );
  const config = `model_list:\n${entries.join("")}`;
  const short = await runWith(["--why", "same"], { config });
  assertEquals(short.stdout.split("taken by hand").length - 1, 5);
  assertStringIncludes(short.stdout, "  and 2 more; --verbose shows all\n");
  const long = await runWith(["--why", "same", "--verbose"], { config });
  assertEquals(long.stdout.split("taken by hand").length - 1, 7);
});

/**
 * `--undo`: what a run wrote goes, what was there comes back, and whatever a
 * person wrote since stays.
 *
 * @module
 */

import {
  assert,
  assertEquals,
  assertNotMatch,
  assertStringIncludes,
} from "../support/assert.ts";
import { onWindows } from "../support/program.ts";
import {
  assertRefused,
  FEW_MODELS,
  FEW_NAMES,
  geminiModels,
  MINE,
  parseReport,
  type Scene,
  setScene,
  withoutBlock,
  xaiModels,
} from "../support/scene.ts";
import type { Behaviour } from "../support/stand_in.ts";
import type { Cast } from "../support/stand_in_providers.ts";

/** What two providers say now. */
interface Answers {
  xai: Behaviour;
  gemini: Behaviour;
}

/** A cast of which xAI and Gemini say something else later. */
function changingCast(): { readonly answers: Answers; readonly cast: Cast } {
  const answers: Answers = {
    xai: xaiModels("grok-4.5"),
    gemini: geminiModels("gemini-3.8-flash"),
  };
  const cast: Cast = {
    ...FEW_MODELS,
    xai: () => answers.xai,
    gemini: () => answers.gemini,
  };
  return { answers, cast };
}

/** Undoes with neither keys nor an address to ask. */
function undo(scene: Scene, ...args: string[]): ReturnType<Scene["run"]> {
  return scene.runWith(
    { env: {} },
    ...["--undo", "--config", scene.config, ...args],
  );
}

async function succeed(run: ReturnType<Scene["run"]>): Promise<string> {
  const { code, stderr } = await run;
  assertEquals(code, 0, stderr);
  return stderr;
}

/** Undoes twice: what was there before the last run, and what that run made. */
async function assertUndoes(
  scene: Scene,
  before: string,
  ...args: string[]
): Promise<void> {
  const after = await scene.read();
  assert(before !== after, "the run changed nothing");
  for (const [now, then] of [[after, before], [before, after]] as const) {
    assertEquals(await scene.read(), now);
    assertStringIncludes(await succeed(undo(scene, ...args)), "Restored ");
    assertEquals(await scene.read(), then);
    assertEquals(await scene.read("config.yaml.bak"), now);
  }
}

Deno.test("--undo takes the first block out again, and twice is redo", async () => {
  await using scene = await setScene();
  await succeed(scene.run());
  await assertUndoes(scene, MINE);
});

Deno.test("--undo warns of fallbacks only where the block that comes back lacks their name", async () => {
  const { answers, cast } = changingCast();
  const text = `${MINE}  fallbacks:
    - my-own: [claude-fallback, grok-4.6]
`;
  await using scene = await setScene(text, cast);
  await succeed(scene.run());
  answers.xai = xaiModels("grok-4.6");
  await succeed(scene.run());
  const stderr = await succeed(undo(scene));
  assertStringIncludes(
    stderr,
    'the fallback "grok-4.6" points nowhere in the restored block',
  );
  assertNotMatch(stderr, /claude-fallback" points nowhere/);
  assertNotMatch(await succeed(undo(scene)), /points nowhere/);
  assertStringIncludes(
    await succeed(undo(scene, "-n")),
    "Would restore ",
  );
});

Deno.test("--undo takes back an update, and the removal of the block", async () => {
  const { answers, cast } = changingCast();
  await using scene = await setScene(MINE, cast);
  await succeed(scene.run());
  const first = await scene.read();
  answers.xai = xaiModels("grok-4.6");
  await succeed(scene.run());
  await assertUndoes(scene, first);
  const second = await scene.read();
  await succeed(scene.run("--remove"));
  await assertUndoes(scene, second);
});

/** LiteLLM's dump of a config: the entries stay, the markers go. */
function withoutMarkers(text: string): string {
  return text.replace(/^ *# (?:>>>|<<<|--|Written).*\n/gm, "");
}

Deno.test("--undo takes back a repair", async () => {
  await using scene = await setScene();
  await succeed(scene.run());
  const dumped = withoutMarkers(await scene.read());
  await scene.write(dumped);
  await succeed(scene.run("--repair"));
  await assertUndoes(scene, dumped);
});

const EDITED = ['mode: "chat"', 'mode: "chat" # mine'] as const;

Deno.test("--undo gives back an edit of the block that a run overwrote", async () => {
  await using scene = await setScene();
  await succeed(scene.run());
  const edited = (await scene.read()).replace(...EDITED);
  await scene.write(edited);
  await succeed(scene.run());
  await assertUndoes(scene, edited);
  // Edited once more, it is kept nowhere.
  await succeed(undo(scene));
  await scene.write(edited.replace("# mine", "# mine, too"));
  const { code, stderr } = await undo(scene);
  assertEquals(code, 3);
  assertStringIncludes(stderr, "the block was edited by hand");
});

Deno.test("--undo gives back a block that was no YAML any more", async () => {
  await using scene = await setScene();
  await succeed(scene.run());
  const broken = (await scene.read()).replace('mode: "chat"', 'mode: "chat');
  await scene.write(broken);
  await succeed(scene.run());
  await assertUndoes(scene, broken);
});

Deno.test("--undo takes back a run that kept an edited section", async () => {
  const { answers, cast } = changingCast();
  await using scene = await setScene(MINE, cast);
  await succeed(scene.run());
  const whole = await scene.read();
  const at = whole.indexOf("# -- xai");
  const edited = whole.slice(0, at) + whole.slice(at).replace(...EDITED);
  await scene.write(edited);
  answers.xai = { kind: "status", status: 500 };
  answers.gemini = geminiModels("gemini-3.9-flash");
  await succeed(scene.run());
  assertStringIncludes(await scene.read(), "# mine");
  await assertUndoes(scene, edited);
  const text = await scene.read();
  await scene.write(text.replace("# mine", "# mine, too"));
  assertRefused(await undo(scene), {
    code: 3,
    text: "the block was edited by hand",
  });
});

Deno.test("--undo follows a symbolic link", { ignore: onWindows }, async () => {
  await using scene = await setScene();
  await Deno.mkdir(scene.path("real"));
  await Deno.rename(scene.config, scene.path("real/config.yaml"));
  await Deno.symlink("real/config.yaml", scene.config);
  await succeed(scene.run());
  const after = await scene.read();
  await succeed(undo(scene));
  assertEquals(await scene.read(), MINE);
  assertEquals(await scene.read("real/config.yaml.bak"), after);
  assert((await Deno.lstat(scene.config)).isSymlink);
});

Deno.test(
  "--undo keeps the mode of the config",
  { ignore: onWindows },
  async () => {
    await using scene = await setScene();
    await Deno.chmod(scene.config, 0o640);
    await succeed(scene.run());
    await succeed(undo(scene));
    const modeOf = async (name: string): Promise<number> =>
      ((await Deno.stat(scene.path(name))).mode ?? 0) & 0o777;
    assertEquals(await modeOf("config.yaml"), 0o640);
    assertEquals(await modeOf("config.yaml.bak"), 0o600);
  },
);

/** That nothing is undone, and nothing changed. */
async function assertNotUndone(
  scene: Scene,
  expected: { text: string; hint?: string },
): Promise<void> {
  const before = await scene.read();
  const names = await scene.names();
  assertRefused(await undo(scene), { code: 3, ...expected });
  assertEquals(await scene.read(), before);
  assertEquals(await scene.names(), names);
}

Deno.test("--undo refuses a config that somebody changed after the run", async () => {
  await using scene = await setScene();
  await succeed(scene.run());
  const after = await scene.read();
  const lines = after.split("\n");
  const hint = "to restore the backup anyway, copy ";
  const at = lines.findIndex((line) => line.includes("drop_params")) + 1;
  await scene.write(after.replace("drop_params: true", "drop_params: false"));
  const text = `line ${at}: changed since the last run`;
  await assertNotUndone(scene, { text, hint });
  await scene.write(`${after}# mine\n`);
  const end = `line ${lines.length}: changed since the last run`;
  await assertNotUndone(scene, { text: end });
  await scene.write(after.replace("# My proxy\n", ""));
  await assertNotUndone(scene, {
    text: "line 1: changed since the last run",
  });
  await scene.write(`model_list:\n${after}`);
  await assertNotUndone(scene, { text: "duplicate key model_list" });
});

Deno.test("--undo refuses a block that somebody edited after the run", async () => {
  await using scene = await setScene();
  await succeed(scene.run());
  const after = await scene.read();
  const lines = after.split("\n");
  const lineOf = (text: string): number =>
    lines.findIndex((line) => line.includes(text)) + 1;
  const text = "the block was edited by hand after the last run";
  const edits: readonly (readonly [string, string, number])[] = [
    [...EDITED, lineOf("# -- ")],
    ["Written by discover", "Written by  discover", lineOf("Written by")],
    [
      '    litellm_params:\n      model: "xai',
      '    litellm_params:\n\n      model: "xai',
      lineOf("# -- xai"),
    ],
    ["1 model, sha", "2 models, sha", lineOf("1 model, sha")],
    ["models >>>\n", "models >>>  \n", lineOf("models >>>")],
    ["  # <<< discover", "  # mine\n  # <<< discover", lineOf("# -- aliases")],
  ];
  for (const [from, to, line] of edits) {
    assertStringIncludes(after, from);
    await scene.write(after.replace(from, to));
    await assertNotUndone(scene, { text: `line ${line}: ${text}` });
  }
});

Deno.test("--undo refuses a backup that no run made", async () => {
  await using scene = await setScene();
  await assertNotUndone(scene, { text: "no backup " });
  await succeed(scene.run());
  await scene.write(MINE.replace("true", "false"), "config.yaml.bak");
  await assertNotUndone(scene, { text: "changed since the last run" });
  await scene.write("- a list\n", "config.yaml.bak");
  await assertNotUndone(scene, { text: "not restored from " });
  await scene.write("", "config.yaml.bak");
  await assertNotUndone(scene, {
    text: "the file is empty",
    hint: "look at it first: no run of discover made it like this",
  });
  await Deno.truncate(scene.path("config.yaml.bak"), 64 * 1024 * 1024 + 1);
  const { code, stderr } = await undo(scene);
  assertEquals(code, 3);
  assertStringIncludes(stderr, 'config.yaml.bak": larger than 64 MiB');
});

Deno.test("--undo where config and backup are the same has nothing to do", async () => {
  await using scene = await setScene();
  await scene.write(MINE, "config.yaml.bak");
  const { mtime } = await Deno.stat(scene.config);
  assertStringIncludes(await succeed(undo(scene)), "Nothing to undo");
  assertEquals((await Deno.stat(scene.config)).mtime, mtime);
  const { stdout } = await undo(scene, "--json");
  assertEquals(parseReport(stdout)["result"], "unchanged");
});

Deno.test("--undo -n shows what would come back, and nothing that is hand-written", async () => {
  await using scene = await setScene();
  await succeed(scene.run());
  const after = await scene.read();
  const there = await undo(scene, "-n");
  assertEquals(there.code, 0, there.stderr);
  assertStringIncludes(there.stderr, "Would restore ");
  assertStringIncludes(there.stderr, "names removed. Run without -n");
  assertStringIncludes(
    (await undo(scene, "--stat")).stdout,
    "names removed. Run without --stat",
  );
  assertStringIncludes(there.stdout, '-  - model_name: "grok-4.5"');
  assertNotMatch(there.stdout, /my-own|drop_params/);
  assertEquals(await scene.read(), after);
  await succeed(undo(scene));
  const back = await undo(scene, "--dry-run");
  assertStringIncludes(back.stdout, '+  - model_name: "grok-4.5"');
  assertEquals(await scene.read(), MINE);
});

Deno.test("--undo -n shows no line of an edited block", async () => {
  await using scene = await setScene();
  await succeed(scene.run());
  await scene.write((await scene.read()).replace(...EDITED));
  await succeed(scene.run());
  const { stdout, stderr } = await undo(scene, "-n");
  assertEquals(stdout, "");
  assertStringIncludes(stderr, "the diff is not shown");
  assertStringIncludes(stderr, "Would restore ");
});

Deno.test("--undo --json says which names come and go", async () => {
  const { answers, cast } = changingCast();
  await using scene = await setScene(MINE, cast);
  await succeed(scene.run());
  answers.xai = xaiModels("grok-4.6");
  await succeed(scene.run());
  const wanted = {
    added: ["grok-4.5"],
    removed: ["grok-4.6"],
    renamed: [],
    rerouted: [],
    kept: 2,
  };
  const dry = parseReport((await undo(scene, "-n", "--json")).stdout);
  assertEquals(
    [dry["action"], dry["result"], dry["models"]],
    ["undo", "would-change", wanted],
  );
  const done = parseReport((await undo(scene, "--json")).stdout);
  assertEquals(
    [done["action"], done["result"], done["models"], done["exitCode"]],
    ["undo", "restored", wanted, 0],
  );
  const { aliases, backup } = done;
  assert(Array.isArray(aliases) && typeof backup === "string");
  assertEquals(aliases.length, FEW_NAMES.length - 3);
  assert(backup.endsWith("config.yaml.bak"));
});

Deno.test("--undo logs, is quiet if asked, and refuses an included file as its log", async () => {
  await using scene = await setScene(`${MINE}include: [more.yaml]\n`);
  await scene.write("general_settings: {}\n", "more.yaml");
  await succeed(scene.run());
  const log = scene.path("runs.log");
  const { code } = await undo(scene, "--log-file", scene.path("more.yaml"));
  assertEquals(code, 2);
  assertEquals(await succeed(undo(scene, "-q", "--log-file", log)), "");
  assertStringIncludes(await scene.read("runs.log"), '"result":"restored"');
});

Deno.test("--undo needs no readable discover.yaml", async () => {
  await using scene = await setScene(MINE, FEW_MODELS);
  await succeed(scene.run());
  await scene.write("no: [such", "discover.yaml");
  await succeed(undo(scene));
  assertEquals(withoutBlock(await scene.read()), MINE);
});

/**
 * The demonstration: the real program, run as a user runs it, against loopback
 * servers that answer with recorded catalogs. No key, no account, no network.
 * It checks what it shows, and exits with 1 when the story does not hold.
 *
 * @module
 */

import { fromRepository } from "../../tests/support/repository.ts";
import {
  type Cast,
  FAKE_KEYS,
  geminiPages,
  openRouter,
  readCatalog,
  startProviders,
} from "../../tests/support/stand_in_providers.ts";
import { type Block, readBlock, targetOf } from "./block.ts";
import { bold, dim, say, sayChanges, sayCheck } from "./show.ts";

/** Long enough to be seen, and well inside the deadline of 2 s. */
const SLOW_MS = 1200;

/** The program under its own permission set, as a user runs it from source. */
const RUN = ["run", "-q", "--no-prompt", "-P=discover", "main.ts"];

/** The files after a run, and how it ended. */
interface Run {
  readonly code: number;
  readonly config: string;
  readonly block: Block;
  readonly backup: string | undefined;
  readonly savedAt: number | undefined;
}

/** An early month; Gemini is slow, but inside the deadline. */
async function previous(): Promise<Cast> {
  const list = await readCatalog("openrouter-2026-02");
  return {
    openrouter: openRouter({ kind: "answers", body: list }),
    gemini: {
      kind: "pages",
      pages: [await readCatalog("gemini-2026-02")],
      delayMs: SLOW_MS,
    },
  };
}

/** Months later; Gemini's list has two pages, and xAI is down. */
async function later(): Promise<Cast> {
  return {
    xai: { kind: "status", status: 503, body: "<html>upstream error</html>" },
    gemini: { ...await geminiPages(), delayMs: SLOW_MS / 2 },
  };
}

/** Runs the program against stand-ins, on the user's own terminal. */
async function runDiscover(folder: string, cast: Cast): Promise<Run> {
  const config = `${folder}/config.yaml`;
  say(dim(`$ discover --config ${config}`));
  await using providers = await startProviders(cast);
  const child = new Deno.Command(Deno.execPath(), {
    args: [...RUN, "--config", config],
    cwd: fromRepository(""),
    env: { ...withoutUsersKeys(), ...providers.env },
    clearEnv: true,
    stdout: "inherit",
    stderr: "inherit",
  }).spawn();
  const { code } = await child.status;
  say();
  const text = await Deno.readTextFile(config);
  return {
    code,
    config: text,
    block: readBlock(text),
    backup: await readIfThere(`${config}.bak`),
    savedAt: (await Deno.stat(config)).mtime?.getTime(),
  };
}

/** What `--remove` makes of the config; the file itself stays as it is. */
async function withoutBlock(folder: string): Promise<string> {
  const config = `${folder}/config.yaml`;
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: [...RUN, "--config", config, "--remove", "-q", "--output", "-"],
    cwd: fromRepository(""),
    env: withoutUsersKeys(),
    clearEnv: true,
    stderr: "inherit",
  }).output();
  return new TextDecoder().decode(stdout);
}

/** The user's own keys and settings must neither be used nor change the story. */
function withoutUsersKeys(): Record<string, string> {
  const theirs = /_API_(KEY|BASE)$|_KEY$|^DISCOVER_/i;
  const kept = Object.entries(Deno.env.toObject())
    .filter(([name]) => !theirs.test(name));
  return Object.fromEntries(kept);
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Shows the three runs and what they changed; returns whether all checks hold. */
async function tellStory(folder: string): Promise<boolean> {
  const config = `${folder}/config.yaml`;
  await Deno.copyFile(
    fromRepository("tests/fixtures/demo/config.yaml"),
    config,
  );
  const sample = await Deno.readTextFile(config);

  say("The real program against loopback servers with recorded catalogs.");
  say();
  say(bold("1. The first run. Gemini takes its time."));
  const first = await runDiscover(folder, await previous());
  say(bold("2. Months later: new models. xAI is down."));
  const second = await runDiscover(folder, await later());
  say(bold("3. Once more. Nothing is new."));
  const third = await runDiscover(folder, await later());

  sayChanges(first.block, second.block);
  const removed = await withoutBlock(folder);
  const held = checkStory(sample, removed, [first, second, third]);
  sayFiles(folder);
  return held;
}

function checkStory(
  sample: string,
  removed: string,
  [first, second, third]: readonly [Run, Run, Run],
): boolean {
  say(bold("What was checked"));
  const runs = [first, second, third];
  const sonnets = runs.map(({ block }) => targetOf(block, "claude-fallback"));
  const xai = runs.map(({ block }) => block.lines.get("xai")?.join("\n"));
  const checks: readonly (readonly [string, boolean])[] = [
    ["every run ended well", runs.every(({ code }) => code === 0)],
    [
      "outside the block no byte changed",
      runs.every(({ block }) => block.outside === sample),
    ],
    [
      "claude-fallback followed to the newest Sonnet",
      sonnets[0] === "openrouter/anthropic/claude-sonnet-4.5" &&
      sonnets[1] === "openrouter/anthropic/claude-sonnet-5",
    ],
    [
      "xAI's section stayed when xAI did not answer",
      xai[0] !== undefined && xai[0] === xai[1],
    ],
    [
      "the backup holds what the second run replaced",
      first.backup === sample && second.backup === first.config,
    ],
    [
      "the third run wrote nothing",
      third.config === second.config && third.savedAt === second.savedAt &&
      third.backup === second.backup,
    ],
    ["without the block it is the file of the start", removed === sample],
    [
      "no key is in the config",
      Object.values(FAKE_KEYS).every((key) => !second.config.includes(key)),
    ],
  ];
  for (const [what, holds] of checks) sayCheck(what, holds);
  say();
  return checks.every(([, holds]) => holds);
}

function sayFiles(folder: string): void {
  say(bold(`The files are in ${folder}`));
  say(`  config.yaml                  ${dim("as it is now")}`);
  say(`  config.yaml.bak              ${dim("before the second run")}`);
  say(`  config.yaml.before-discover  ${dim("before the first run")}`);
}

const folder = await Deno.makeTempDir({ prefix: "discover-demo-" });
if (!await tellStory(folder)) Deno.exit(1);

/**
 * Hostile files next to the config, hostile configs and hostile arguments: the
 * run ends soon, keeps its memory, and no foreign text reaches the terminal
 * unescaped.
 *
 * @module
 */

import { assert, assertEquals } from "../support/assert.ts";
import { MINE, type Scene, setScene } from "../support/scene.ts";
import { type MeasuredRun, runMeasured } from "./measure.ts";
import { type Round, tell } from "./stage.ts";

/** Something that no terminal may be sent: it would clear the screen. */
const ESCAPE = "\u001b[2J\u0007\u009b31m";
const LINE = "\n\rerror: forged line";

/** Far more than it takes: what counts is that none of them is endless. */
const MAX_MS = 10_000;
const MAX_MIB = 200;
/** Four times the lines may cost so much more; the square would be 16. */
const MAX_GROWTH = 8;

interface Case {
  readonly name: string;
  readonly prepare?: (scene: Scene) => Promise<void>;
  readonly args?: readonly string[];
  readonly codes: readonly number[];
}

const CASES: readonly Case[] = [
  {
    name: "a .env of 100 MB",
    prepare: (scene) => sparse(scene.path(".env"), 100e6),
    codes: [0],
  },
  {
    name: "a set-env.ps1 of 100 MB",
    prepare: (scene) => sparse(scene.path("set-env.ps1"), 100e6),
    codes: [0],
  },
  {
    name: "a discover.yaml of 100 MB",
    prepare: (scene) => sparse(scene.path("discover.yaml"), 100e6),
    codes: [2, 3],
  },
  {
    name: "a config of 100 MB",
    prepare: (scene) => sparse(scene.config, 100e6),
    codes: [3],
  },
  {
    name: "billion laughs",
    prepare: (scene) => scene.write(laughs(40) + MINE),
    codes: [0],
  },
  {
    name: "billion laughs as models",
    prepare: (scene) => scene.write(`${laughs(40)}model_list: *a39\n`),
    codes: [3],
  },
  {
    name: "a config nested 100,000 deep",
    prepare: (scene) => scene.write(`${MINE}x: ${"[".repeat(1e5)}\n`),
    codes: [3],
  },
  {
    name: "an alias to itself",
    prepare: (scene) => scene.write(`x: &x [*x]\n${MINE}`),
    codes: [0],
  },
  ...["constructor", "__proto__", "hasOwnProperty", "toString"].map((name) => ({
    name: `a model called ${name}`,
    prepare: (scene: Scene) =>
      scene.write(`${name}: {${name}: 1}\n` + MINE.replace("my-own", name)),
    codes: [0],
  })),
  {
    name: "escapes in the config's names",
    prepare: (scene) =>
      scene.write(
        MINE.replace("my-own", JSON.stringify(`grok-4.5${ESCAPE}${LINE}`)) +
          `router_settings:\n  fallbacks: [{${
            JSON.stringify(ESCAPE)
          }: ["gone${"\\e[2J"}"]}]\n`,
      ),
    args: ["--verbose"],
    codes: [0],
  },
  {
    name: "escapes in the keys of discover.yaml",
    prepare: (scene) =>
      scene.write(`${JSON.stringify(ESCAPE + LINE)}: 1\n`, "discover.yaml"),
    codes: [2],
  },
  {
    name: "escapes in the values of discover.yaml",
    prepare: (scene) =>
      scene.write(
        `timeout: ${JSON.stringify(ESCAPE + LINE)}\n`,
        "discover.yaml",
      ),
    codes: [2],
  },
  {
    name: "escapes in .env",
    prepare: (scene) =>
      scene.write(`XAI_API_KEY=$(${ESCAPE})\n${ESCAPE}=1\n`, ".env"),
    codes: [0],
  },
  ...["--only", "--timeout", "--env-file", "--settings"].map((flag) => ({
    name: `escapes behind ${flag}`,
    args: [flag, `/nowhere/${ESCAPE}${LINE}`],
    codes: [2],
  })),
  ...["--config", "--output"].map((flag) => ({
    name: `escapes behind ${flag}`,
    args: [flag, `/nowhere/${ESCAPE}${LINE}`],
    codes: [3],
  })),
  { name: "escapes as a flag", args: [`--${ESCAPE}${LINE}`], codes: [2] },
  { name: "escapes as an argument", args: [ESCAPE + LINE], codes: [2] },
  {
    name: "escapes as a log's name",
    args: ["--log-file", `/nowhere/${ESCAPE}${LINE}`],
    codes: [0],
  },
];

/** Each case once, then the large config. */
export async function hostileFiles({ long }: Round): Promise<void> {
  const runs: MeasuredRun[] = [];
  for (const one of CASES) runs.push(await tryCase(one));
  const slowest = Math.max(...runs.map(({ elapsedMs }) => elapsedMs));
  const largest = Math.max(...runs.map(({ peakMiB }) => peakMiB));
  tell(
    `  ${runs.length} hostile files and arguments: at most ` +
      `${Math.round(slowest)} ms, ${Math.round(largest)} MiB, nothing ` +
      "unescaped on the terminal",
  );
  await tryLargeConfig(long ? 1_000_000 : 100_000);
}

async function tryCase(one: Case): Promise<MeasuredRun> {
  await using scene = await setScene();
  await one.prepare?.(scene);
  const before = await Deno.readFile(scene.config);
  const args = one.args?.includes("--config")
    ? one.args
    : ["--config", scene.config, ...(one.args ?? [])];
  try {
    const result = await runMeasured(scene, args);
    const { code, stdout, stderr, elapsedMs, peakMiB } = result;
    assert(one.codes.includes(code), `exit ${code}: ${stderr}`);
    assertPrintable(stdout + stderr);
    assert(elapsedMs < MAX_MS, `${elapsedMs} ms`);
    assert(peakMiB < MAX_MIB, `${peakMiB} MiB`);
    if (code !== 0) {
      const same = (await Deno.readFile(scene.config)).length === before.length;
      assert(same, "the config has changed");
    }
    return result;
  } catch (error) {
    throw new Error(one.name, { cause: error });
  } finally {
    // Not text: the scene would look for keys in 100 MB of nothing.
    await Deno.writeTextFile(scene.config, "");
    await Deno.remove(scene.path("discover.yaml")).catch(() => {});
  }
}

/** No control character but the line ends that the program itself makes. */
function assertPrintable(text: string): void {
  const found = /(?!\n)[\p{Cc}\u202e\u2028]/u.exec(text);
  assert(found === null, `unescaped: ${JSON.stringify(text)}`);
  const forged = /^error: forged/m.test(text);
  assert(!forged, `a forged line: ${JSON.stringify(text)}`);
}

/** A quarter of it first: cost must not grow with the square of the lines. */
async function tryLargeConfig(lines: number): Promise<void> {
  const quarter = await runLargeConfig(lines / 4);
  const { elapsedMs, peakMiB } = await runLargeConfig(lines);
  const growth = elapsedMs / quarter.elapsedMs;
  assert(growth < MAX_GROWTH, `${lines} lines cost ${growth} times a quarter`);
  tell(
    `  a config of ${lines} lines: ${Math.round(elapsedMs)} ms, ` +
      `${Math.round(peakMiB)} MiB; ${growth.toFixed(1)} times a quarter of it`,
  );
}

async function runLargeConfig(lines: number): Promise<MeasuredRun> {
  const item = "  - model_name: mine\n    litellm_params:\n      model: a/b\n";
  const text = `model_list:\n${item.repeat(lines / 3)}`;
  await using scene = await setScene(text);
  const run = await runMeasured(scene, ["--config", scene.config]);
  assertEquals(run.code, 0, run.stderr);
  assert((await scene.read()).startsWith(text), "hand-written bytes differ");
  return run;
}

async function sparse(path: string, bytes: number): Promise<void> {
  await Deno.writeTextFile(path, "XAI_API_KEY=x\n");
  await Deno.truncate(path, bytes);
}

/** Each line stands for nine times the one before. */
function laughs(lines: number): string {
  const rest = Array.from({ length: lines - 1 }, (_, at) => {
    const aliases = Array.from({ length: 9 }, () => `*a${at}`).join(", ");
    return `a${at + 1}: &a${at + 1} [${aliases}]\n`;
  });
  return `a0: &a0 [lol]\n${rest.join("")}`;
}

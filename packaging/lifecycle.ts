/**
 * Brings `lib/providers/lifecycle_table.ts` up to date: when models end and
 * what follows them, from the cost maps of several LiteLLM releases and the
 * rows of `lifecycle_hand.ts`. It needs a `python3` with pip.
 *
 * usage: deno run -A packaging/lifecycle.ts [--check]
 *
 * `--check` writes nothing; it fails and shows the rows if the table is not
 * what its sources give.
 *
 * @module
 */

import {
  LIFECYCLE_DATE,
  LIFECYCLE_LINES,
} from "../lib/providers/lifecycle_table.ts";
import { HAND_ROWS } from "./lifecycle_hand.ts";
import {
  differences,
  factsOfLines,
  factsOfMap,
  type LifecycleTable,
  merge,
  render,
} from "./lifecycle_merge.ts";

/**
 * The releases whose maps are read, each weighing more than those before it.
 * New ones are added at the end. Old ones may be dropped, from the front only:
 * the table is itself a source, the lightest, so it keeps their rows.
 */
const RELEASES: readonly string[] = [
  "1.91.5",
  "1.100.0",
  "1.108.14",
  "1.110.2",
];

const MAP_IN_WHEEL = "litellm/model_prices_and_context_window_backup.json";

/** The same wheel whatever machine this runs on. */
const ANY_MACHINE: readonly string[] = [
  ...["--only-binary", ":all:", "--python-version", "3.12"],
  ...["--platform", "manylinux_2_28_x86_64"],
];

const TABLE = new URL("../lib/providers/lifecycle_table.ts", import.meta.url);

/** What Python prints; throws with what it says if it fails. */
async function python(args: readonly string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command("python3", {
    args: [...args],
    stdin: "null",
  }).output();
  if (success) return new TextDecoder().decode(stdout);
  const said = new TextDecoder().decode(stderr).trim();
  throw new Error(`python3 ${args.slice(0, 3).join(" ")}: failed:\n${said}`);
}

/** The cost map of one release of LiteLLM, downloaded into `folder`. */
async function costMap(release: string, folder: string): Promise<unknown> {
  const into = `${folder}/${release}`;
  await python([
    ...["-m", "pip", "download", "--quiet", "--disable-pip-version-check"],
    ...["--no-deps", ...ANY_MACHINE, "--dest", into, `litellm==${release}`],
  ]);
  const [wheel] = await Array.fromAsync(Deno.readDir(into));
  const script = "import sys, zipfile; wheel = zipfile.ZipFile(sys.argv[1]); " +
    "sys.stdout.buffer.write(wheel.read(sys.argv[2]))";
  const path = `${into}/${wheel?.name}`;
  return JSON.parse(await python(["-c", script, path, MAP_IN_WHEEL]));
}

/** The maps of all releases, in their order. */
async function costMaps(): Promise<unknown[]> {
  const folder = await Deno.makeTempDir();
  try {
    // Not at the first failure: the folder goes when all are done with it.
    const maps = await Promise.allSettled(
      RELEASES.map((release) => costMap(release, folder)),
    );
    return maps.map((map) => {
      if (map.status === "rejected") throw map.reason;
      return map.value;
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The table as its sources give it today. */
async function fromSources(): Promise<LifecycleTable> {
  const byHand = HAND_ROWS.flatMap(({ provider, lines }) =>
    factsOfLines(provider, lines)
  );
  const sources = [...(await costMaps()).map(factsOfMap), byHand];
  const table = { date: LIFECYCLE_DATE, lines: LIFECYCLE_LINES };
  return merge(table, sources, new Date().toISOString().slice(0, 10));
}

/** Writes the table, or with `isCheck` says whether it would have to. */
async function bringUpToDate(isCheck: boolean): Promise<void> {
  const merged = await fromSources();
  const text = render(merged);
  const isCurrent = text === await Deno.readTextFile(TABLE);
  differences(LIFECYCLE_LINES, merged.lines).forEach(print);
  if (isCurrent) {
    print(`lifecycle_table.ts: up to date, the facts are of ${merged.date}`);
  } else if (isCheck) {
    print("lifecycle_table.ts: out of date; run `deno task lifecycle`");
    Deno.exitCode = 1;
  } else {
    await Deno.writeTextFile(TABLE, text);
    print("lifecycle_table.ts: written");
  }
}

function print(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

if (import.meta.main) await bringUpToDate(Deno.args.includes("--check"));

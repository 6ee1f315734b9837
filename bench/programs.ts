/**
 * Makes what is compared: all programs by the same commands and on the same
 * runtime base (`DENORT_BIN`, or a download), and the Python script. Where
 * nothing can be compiled, all run from source. `DISCOVER_PROGRAM` names a
 * compiled program to measure, and `DISCOVER_PYTHON` a Python that has the
 * packages of the script.
 *
 * @module
 */

import { fromRepository } from "../tests/support/repository.ts";
import { writeTimedImports } from "./timing.ts";

/** How to start each program; arguments are added behind. */
export interface Programs {
  readonly kind: "compiled" | "source";
  readonly discover: readonly string[];
  readonly empty: readonly string[];
  readonly fetchOnly: readonly string[];
  /** The same as `discover` and `empty`, telling where its time went. */
  readonly timedDiscover: readonly string[];
  readonly timedEmpty: readonly string[];
  readonly usual: readonly string[];
  /** What runs the script, and measures. */
  readonly python: string;
}

const SOURCES = {
  discover: "main.ts",
  empty: "bench/empty.ts",
  fetchOnly: "bench/fetch_only.ts",
  timedDiscover: "bench/timed/main.ts",
  timedEmpty: "bench/timed/empty.ts",
} as const;

type Name = keyof typeof SOURCES;

const PACKAGES = ["PyYAML==6.0.3", "requests==2.34.2", "rich==13.9.4"];

/** Makes the programs; takes seconds, the first time a minute. */
export async function makePrograms(): Promise<Programs> {
  const folder = fromRepository(".cache/bench");
  await Deno.mkdir(folder, { recursive: true });
  const importMap = await writeTimedImports(folder);
  const python = Deno.env.get("DISCOVER_PYTHON") ?? await makeVenv();
  const given = Deno.env.get("DISCOVER_PROGRAM");
  const names: readonly Name[] = [
    ...["empty", "fetchOnly", "timedDiscover", "timedEmpty"] as const,
    "discover",
  ];
  let kind: Programs["kind"] = "compiled";
  for (const name of names) {
    if (name === "discover" && kind === "compiled" && given) continue;
    const options = name === "timedDiscover" ? ["--import-map", importMap] : [];
    await deno(
      ["bundle", "-q", "--code-splitting", ...options],
      ["--outdir", `${folder}/js/${name}`, SOURCES[name]],
    );
    const path = `${folder}/${name}`;
    if (kind === "compiled" && !await compile(path, bundleOf(folder, name))) {
      kind = "source";
    }
  }
  const start = (name: Name): readonly string[] =>
    kind === "compiled" ? [`${folder}/${name}`] : [
      Deno.execPath(),
      ...["run", "-q", "--no-prompt", "-P=discover"],
      ...["--config", fromRepository("deno.json"), bundleOf(folder, name)],
    ];
  return {
    kind,
    discover: kind === "compiled" && given !== undefined
      ? [await Deno.realPath(given)]
      : start("discover"),
    empty: start("empty"),
    fetchOnly: start("fetchOnly"),
    timedDiscover: start("timedDiscover"),
    timedEmpty: start("timedEmpty"),
    usual: [python, fromRepository("bench/usual.py")],
    python,
  };
}

function bundleOf(folder: string, name: Name): string {
  const source = SOURCES[name].split("/").at(-1) ?? "";
  return `${folder}/js/${name}/${source.replace(/ts$/, "js")}`;
}

/** False where there is no runtime base: it is downloaded, or DENORT_BIN. */
async function compile(path: string, bundle: string): Promise<boolean> {
  try {
    await deno(
      ["compile", "-q", "--no-prompt", "--no-code-cache", "-P=discover"],
      ["-o", path, bundle],
    );
    return true;
  } catch {
    return false;
  }
}

async function deno(
  options: readonly string[],
  files: readonly string[],
): Promise<void> {
  await run(Deno.execPath(), [...options, ...files]);
}

async function run(
  command: string,
  args: readonly string[],
): Promise<void> {
  const { success, stderr } = await new Deno.Command(command, {
    args: [...args],
    cwd: fromRepository(""),
  }).output();
  if (success) return;
  throw new Error(
    `"${command} ${args.join(" ")}": ${new TextDecoder().decode(stderr)}`,
  );
}

/** Python with the packages of the script, pinned. */
async function makeVenv(): Promise<string> {
  const venv = fromRepository(".cache/bench-venv");
  const python = `${venv}/bin/python`;
  const stamp = `${venv}/packages`;
  const wanted = PACKAGES.join("\n");
  const found = await Deno.readTextFile(stamp).catch(() => "");
  if (found === wanted) return python;
  await run("python3", ["-m", "venv", "--clear", venv]);
  await run(python, [
    ...["-m", "pip", "install", "--quiet", "--disable-pip-version-check"],
    ...PACKAGES,
  ]);
  await Deno.writeTextFile(stamp, wanted);
  return python;
}

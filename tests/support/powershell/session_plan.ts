/**
 * What a session of PowerShell is to do, written down for `driver.ps1`, and
 * what it writes down in turn.
 *
 * @module
 */
import { onWindows, onWine, seenPath } from "../program.ts";
import { fromRepository } from "../repository.ts";
import { quoted } from "./pwsh.ts";

/** Where a start is made: the folder of the script, and the one on PATH. */
interface Place {
  readonly folder: string;
  readonly path: (name: string) => string;
  readonly bin: string;
}

/** How the script is started. */
export interface StartOptions {
  /** Variables of the session; `undefined` takes one away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The session's folder; default: that of the proxy. */
  readonly folder?: string;
  /** Text of a script that is dot-sourced first, as the user's `$PROFILE` is. */
  readonly profile?: string;
}

/** A start among several in one session. */
export interface PlannedStart extends StartOptions {
  readonly stage: Place;
  /**
   * Flags are written as they are, anything else in quotes. A text in place of
   * the list is taken as it is, as a user would type it.
   */
  readonly args?: readonly string[] | string;
}

/** Writes what the session is to do, and returns the command that does it. */
export async function writePlan(
  folder: string,
  acts: readonly PlannedStart[],
  start: "at once" | "by hand" = "at once",
): Promise<string> {
  const planned = await Promise.all(acts.map(async (act, index) => {
    const profile = `${folder}/profile${index}.ps1`;
    if (act.profile !== undefined) {
      // With a BOM, so that Windows PowerShell reads it as UTF-8.
      await Deno.writeTextFile(profile, `\ufeff${act.profile}`);
    }
    return {
      call: callOf(act),
      folder: seenPath(act.folder ?? act.stage.folder),
      env: Object.entries({ ...usualEnvironment(act.stage), ...act.env })
        .map(([name, value]) => ({ name, value: value ?? null })),
      profile: act.profile === undefined ? "" : seenPath(profile),
      report: seenPath(`${folder}/report${index}`),
    };
  }));
  await Deno.writeTextFile(
    `${folder}/plan.json`,
    JSON.stringify({ acts: planned }),
  );
  await Deno.copyFile(
    fromRepository("tests/support/powershell/driver.ps1"),
    `${folder}/driver.ps1`,
  );
  const plan = quoted(seenPath(`${folder}/plan.json`));
  const driver = quoted(seenPath(`${folder}/driver.ps1`));
  return `$stageByHand = ${
    start === "by hand" ? "1" : "0"
  }; $stagePlan = ${plan}; . ${driver}`;
}

/** Nobody listens on that port, whoever has 4000: no start warns of it. */
function usualEnvironment(stage: Place): Record<string, string> {
  return { PATH: searchPath(stage), PORT: "1" };
}

/** A PATH with nothing but the stand-ins, and the system's shell on Windows. */
export function searchPath({ bin }: Pick<Place, "bin">): string {
  const root = onWine ? "C:\\windows" : Deno.env.get("SystemRoot");
  return onWindows ? `${seenPath(bin)};${root}\\system32` : bin;
}

/** The call as a user types it. */
function callOf({ stage, args = [] }: PlannedStart): string {
  const script = quoted(seenPath(stage.path("start-proxy.ps1")));
  const words = typeof args === "string"
    ? args
    : args.map((arg) => /^-[\w=:.-]*$/.test(arg) ? arg : quoted(arg)).join(" ");
  return `${script} ${words}`;
}

/** What a session writes down about a start. */
export interface Report {
  /** `$LASTEXITCODE` in the session. */
  readonly code: number;
  /**
   * What is other than before: `env:NAME`, `folder`, `strict mode`,
   * `variable:NAME` (preferences are among them), `function:NAME`,
   * `alias:NAME`.
   */
  readonly leftBehind: readonly string[];
}

/** The report of a start; nothing if the session ended in it. */
export async function readReport(
  path: string,
): Promise<Report | undefined> {
  let report: unknown;
  try {
    report = JSON.parse(await Deno.readTextFile(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
  if (
    typeof report === "object" && report !== null &&
    "code" in report && typeof report.code === "number" &&
    "leftBehind" in report && Array.isArray(report.leftBehind)
  ) {
    return { code: report.code, leftBehind: report.leftBehind.map(String) };
  }
  throw new Error(`Cannot use "${path}": not a report of a start`);
}

/** What was printed in a start, by its number. */
export function partOf(text: string, index: number): string {
  const [, part = ""] = text.split("@@ begin @@\n").slice(index);
  return part.split("@@ end @@")[0] ?? "";
}

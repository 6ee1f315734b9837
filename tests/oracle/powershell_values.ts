/**
 * Gives scripts to a real PowerShell and compares what they leave in the
 * environment with what the reader of `set-env.ps1` says of them: a value that
 * it reads must be the one that is left, and a variable that is left must be
 * read or named as computed.
 *
 * usage: powershell_values.ts [--seed=N] [--scripts=N]
 *
 * Without a PowerShell (see `tests/support/powershell/pwsh.ts`) nothing is compared.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import * as fc from "fast-check";
import { fromRepository } from "../support/repository.ts";
import { hasPowerShell, runPowerShell } from "../support/powershell/pwsh.ts";
import { faultsOf, type Left } from "./powershell_faults.ts";
import { NAMES, script } from "./powershell_scripts.ts";

/** What PowerShell says of one script. */
interface Judged {
  readonly parses: boolean;
  /** Kinds of errors; `throw` is one that the script itself throws. */
  readonly errors: readonly string[];
  readonly leaves: Left;
}

function say(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

async function judge(
  scripts: readonly string[],
): Promise<readonly Judged[]> {
  const folder = await Deno.makeTempDir();
  try {
    const [input, output] = [`${folder}/scripts.json`, `${folder}/left.json`];
    await Deno.writeTextFile(input, JSON.stringify({ names: NAMES, scripts }));
    const runner = fromRepository("tests/oracle/powershell_values.ps1");
    const { code, stdout, stderr } = await runPowerShell(
      ["-File", runner, input, output],
      { timeoutMs: 3_600_000 },
    );
    if (code !== 0) {
      throw new Error(`PowerShell failed on the scripts\n${stdout}${stderr}`);
    }
    return JSON.parse(await Deno.readTextFile(output));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Whether a failing command may have decided what is left. */
function isUndecided({ parses, errors }: Judged): boolean {
  return !parses || errors.some((kind) => kind !== "throw");
}

/** Compares all scripts that no failing command decided. */
function compare(
  texts: readonly string[],
  judged: readonly Judged[],
  isKnown: (index: number) => boolean,
): {
  readonly literals: number;
  readonly faults: number;
  readonly leftOut: number;
} {
  let [literals, faults, leftOut] = [0, 0, 0];
  for (const [index, text] of texts.entries()) {
    const one = judged[index];
    if (one === undefined) throw new Error("PowerShell judged too few scripts");
    // What the list says of failing commands is settled.
    if (isKnown(index) ? !one.parses : isUndecided(one)) {
      leftOut++;
      continue;
    }
    const found = faultsOf(text, one.leaves);
    literals += found.literals;
    faults += found.faults.length;
    for (const fault of found.faults) {
      say(`${JSON.stringify(text)}\n  ${fault}`);
    }
  }
  return { literals, faults, leftOut };
}

async function knownScripts(): Promise<readonly string[]> {
  const path = fromRepository("tests/fixtures/powershell/values.json");
  const known: readonly { readonly script: string }[] = JSON.parse(
    await Deno.readTextFile(path),
  );
  return known.map(({ script }) => script);
}

async function main(args: readonly string[]): Promise<number> {
  if (!hasPowerShell) {
    say("no PowerShell: the reader of set-env.ps1 is not compared");
    return 0;
  }
  const options = parseArgs([...args], {
    default: { seed: 20261127, scripts: 4000 },
  });
  const known = await knownScripts();
  const made = fc.sample(script, {
    seed: Number(options.seed),
    numRuns: Number(options.scripts),
  });
  const texts = [...known, ...made];
  const judged = await judge(texts);
  const { literals, faults, leftOut } = compare(
    texts,
    judged,
    (index) => index < known.length,
  );
  say(
    `${texts.length} scripts, ${leftOut} left out, ${literals} literal values compared, ${faults} faults`,
  );
  // A comparison of next to nothing proves nothing.
  return faults > 0 || literals < texts.length / 8 ? 1 : 0;
}

if (import.meta.main) Deno.exit(await main(Deno.args));

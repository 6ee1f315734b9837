/**
 * Holds what the reader of `set-env.ps1` says of a script against what
 * PowerShell leaves in the environment.
 *
 * @module
 */
import { readPowerShellEnv } from "../../lib/keys/powershell.ts";
import { NAMES } from "./powershell_scripts.ts";

/** Values by variable; one without a value is not there. */
export type Left = Readonly<Record<string, string>>;

/** How many values were read and held, and what the reader gets wrong. */
export interface Comparison {
  readonly literals: number;
  readonly faults: readonly string[];
}

/** Compares the two for the variables that scripts set. */
export function faultsOf(script: string, leaves: Left): Comparison {
  const { assignments, computed, code } = readPowerShellEnv(script);
  const faults: string[] = [];
  let literals = 0;
  for (const name of NAMES) {
    const left = leaves[name] ?? "";
    const literal = assignments.find((one) => one.name === name);
    if (literal !== undefined) {
      literals++;
      if (literal.value !== left) {
        faults.push(
          `${name}: read ${quote(literal.value)}, left ${quote(left)}`,
        );
      }
    } else if (
      left !== "" && code === undefined &&
      !computed.some((one) => one.name === name)
    ) {
      faults.push(`${name}: not seen, left ${quote(left)}`);
    }
  }
  return { literals, faults };
}

function quote(text: string): string {
  return JSON.stringify(text);
}

/** Placeholder while it is built. @module */
import type { DoctorInput } from "./input.ts";
export function unjudgedVariables(
  _input: Pick<DoctorInput, "config" | "environment">,
): readonly string[] {
  return [];
}

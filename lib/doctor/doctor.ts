/**
 * All checks of the user's config: what will keep LiteLLM from starting, what
 * will answer wrongly, what ends soon. Nothing is changed. The checks are in
 * `checks/`, one file each; here is their list, and lines are looked up for what
 * they find.
 *
 * @module
 */

import { aliasForms } from "./checks/alias_forms.ts";
import { encodingFindings } from "./checks/encoding.ts";
import { modelFindings } from "./checks/ending_models.ts";
import { fallbackForms } from "./checks/fallback_forms.ts";
import { includeFindings } from "./checks/includes.ts";
import { listedTwice } from "./checks/listed_twice.ts";
import { malformedEntries } from "./checks/malformed_entries.ts";
import { malformedSettings } from "./checks/malformed_settings.ts";
import { misplacedRouterSettings } from "./checks/misplaced_router_settings.ts";
import { missingMasterKey } from "./checks/missing_master_key.ts";
import { mixedModels } from "./checks/mixed_models.ts";
import { ownProxyFindings } from "./checks/own_proxy.ts";
import { repeatedKeys } from "./checks/repeated_keys.ts";
import { replacedSections } from "./checks/replaced_sections.ts";
import { sameDeployment } from "./checks/same_deployment.ts";
import { unknownNames } from "./checks/unknown_names.ts";
import { unpricedModels } from "./checks/unpriced_models.ts";
import { unreadableScalars } from "./checks/unreadable_scalars.ts";
import { unsetVariables } from "./checks/unset_variables.ts";
import { unusedFallback } from "./checks/unused_fallback.ts";
import { type Finding, FINDINGS } from "../warning.ts";
import type { Check, DoctorInput } from "./input.ts";
import { located } from "./places.ts";

const CHECKS: readonly Check[] = [
  malformedEntries,
  misplacedRouterSettings,
  fallbackForms,
  aliasForms,
  malformedSettings,
  unreadableScalars,
  includeFindings,
  missingMasterKey,
  repeatedKeys,
  replacedSections,
  ownProxyFindings,
  modelFindings,
  unknownNames,
  sameDeployment,
  mixedModels,
  unpricedModels,
  listedTwice,
  encodingFindings,
  unsetVariables,
  unusedFallback,
];

const URGENCY = Object.keys(FINDINGS);

/** What the checks find, the most urgent first, each with its file and line. */
export function examine(
  input: DoctorInput,
  skip: ReadonlySet<string> = new Set(),
): Finding[] {
  const found = CHECKS.flatMap((check) => check(input));
  return found.filter(({ code }) => !skip.has(code))
    .map((one) => located(one, input.lines))
    .sort(byUrgency);
}

/** The order of findings: their weight, their code, their place. */
export function byUrgency(a: Finding, b: Finding): number {
  return URGENCY.indexOf(a.code) - URGENCY.indexOf(b.code) ||
    compared(a.file ?? "", b.file ?? "") ||
    (a.line ?? 0) - (b.line ?? 0);
}

/** The same order everywhere, whatever the locale. */
function compared(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * All checks of the user's config: what will keep LiteLLM from starting, what
 * will answer wrongly, what ends soon. Nothing is changed. The list of checks is
 * here, one file each; this file looks up the lines of what they find.
 *
 * @module
 */

import { aliasForms } from "./alias_form.ts";
import { misplacedRouterSettings } from "./complexity_router.ts";
import { encodingFindings } from "./encoding.ts";
import { malformedEntries } from "./entries.ts";
import { fallbackForms } from "./fallback_form.ts";
import { includeFindings } from "./includes.ts";
import type { Check, DoctorInput } from "./input.ts";
import { listedTwice } from "./listed_twice.ts";
import { mixedModels } from "./mixed_models.ts";
import { missingMasterKey } from "./master_key.ts";
import { modelFindings } from "./models.ts";
import { unknownNames } from "./names.ts";
import { unpricedModels } from "./no_price.ts";
import { ownProxyFindings } from "./own_proxy.ts";
import { located } from "./places.ts";
import { sameDeployment } from "./same_deployment.ts";
import { unsetVariables } from "./unset_variables.ts";
import { repeatedKeys } from "./repeated_keys.ts";
import { replacedSections } from "./replaced_sections.ts";
import { malformedSettings } from "./settings_form.ts";
import { unusedFallback } from "./unused_fallback.ts";
import { type Finding, FINDINGS } from "../warning.ts";

const CHECKS: readonly Check[] = [
  malformedEntries,
  misplacedRouterSettings,
  fallbackForms,
  aliasForms,
  malformedSettings,
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
    (a.file ?? "").localeCompare(b.file ?? "") ||
    (a.line ?? 0) - (b.line ?? 0);
}

/**
 * Whether LiteLLM will start with the master key that it gets: since 1.106 it
 * refuses to without one. Source: `proxy/auth/master_key_boot_check.py` and
 * `proxy/proxy_server.py` (`proxy_startup_event`), read in 1.108.7.
 *
 * @module
 */

import { field, objectField } from "../../text/fields.ts";
import { variableIn } from "../../litellm/references.ts";
import { isSince } from "../../litellm/release.ts";
import type { DoctorInput, Found, LitellmEnvironment } from "../input.ts";
import { isTruthy } from "../../text/python_values.ts";

const VARIABLE = "LITELLM_MASTER_KEY";

const OVERRIDE = "dangerously_permit_weak_or_unset_master_key";

const OVERRIDE_VARIABLE = `LITELLM_${OVERRIDE.toUpperCase()}`;

/** From LiteLLM's own examples; it knows no other (by its SHA-256). */
const PUBLIC_KEY = "sk-1234";

const UNLESS = `, or for development alone ${OVERRIDE_VARIABLE}=true`;

/** Settings that make LiteLLM look for values outside the environment. */
const OTHER_SOURCES = [
  "key_management_system",
  "use_google_kms",
  "use_azure_key_vault",
  "store_model_in_db",
];

/** A key as LiteLLM will get it. */
type Seen =
  | { readonly kind: "unknown" }
  | { readonly kind: "missing"; readonly variable?: string }
  | { readonly kind: "key"; readonly key: string };

/** At most one finding; none where not all can be seen. */
export function missingMasterKey(
  { config, environment }: Pick<DoctorInput, "config" | "environment">,
): Found[] {
  // One that is not known is taken for new.
  if (!environment || isSince("1.106", environment.release) === false) {
    return [];
  }
  const whole = config.merged.value;
  const general = objectField(whole, "general_settings");
  const isElsewhere = OTHER_SOURCES.some((name) =>
    isTruthy(field(general, name))
  );
  const includesAll = config.includes.broken.length === 0;
  const stated = objectField(whole, "environment_variables");
  if (
    isElsewhere || !includesAll || isPermitted(general, stated, environment)
  ) {
    return [];
  }
  const isStated = Object.hasOwn(general, "master_key");
  const seen = isStated
    ? valueSeen(field(general, "master_key"), environment)
    : variableSeen(environment, isTruthy(general) ? stated : {});
  const isLate = (name: string): boolean => Object.hasOwn(stated, name);
  return faultOf(seen, isStated, isLate).map((fault) => ({
    code: "no-master-key",
    ...fault,
    at: isStated
      ? { path: ["general_settings", "master_key"] }
      : { file: undefined, line: 1 },
  }));
}

/**
 * Local development: either says that a weak key, or none, will do. The variable
 * is seen in key files alone, since the program may not read it elsewhere; the
 * hint names it.
 */
function isPermitted(
  general: Readonly<Record<string, unknown>>,
  stated: Readonly<Record<string, unknown>>,
  { valueOf }: LitellmEnvironment,
): boolean {
  return [
    field(general, OVERRIDE),
    field(stated, OVERRIDE_VARIABLE),
    valueOf(OVERRIDE_VARIABLE),
  ].some((value) => value !== undefined && value !== false);
}

function valueSeen(value: unknown, environment: LitellmEnvironment): Seen {
  if (value === null || value === "") return { kind: "missing" };
  if (typeof value !== "string") return { kind: "unknown" };
  const variable = variableIn(value);
  return variable === undefined
    ? { kind: "key", key: value }
    : inEnvironment(variable, environment);
}

/** The config's own variables are set by then, if it has general settings. */
function variableSeen(
  environment: LitellmEnvironment,
  stated: Readonly<Record<string, unknown>>,
): Seen {
  const own = field(stated, VARIABLE);
  if (own === undefined) return inEnvironment(VARIABLE, environment);
  return typeof own === "string" && variableIn(own) === undefined
    ? { kind: "key", key: own }
    : { kind: "unknown" };
}

function inEnvironment(
  variable: string,
  { valueOf, mayRead }: LitellmEnvironment,
): Seen {
  const key = valueOf(variable);
  if (key !== undefined) return { kind: "key", key };
  return mayRead(variable)
    ? { kind: "missing", variable }
    : { kind: "unknown" };
}

/** What LiteLLM says no to, if it does; `isLate` of a variable set by the config. */
function faultOf(
  seen: Seen,
  isStated: boolean,
  isLate: (variable: string) => boolean,
): { readonly text: string; readonly hint: string }[] {
  const refuses = "LiteLLM 1.106 and later will not start";
  const key = seen.kind === "key" ? seen.key.trim() : "";
  if (seen.kind === "unknown" || key !== "" && key !== PUBLIC_KEY) return [];
  if (key === PUBLIC_KEY) {
    return [{
      text: `${refuses} with the publicly known master key "${PUBLIC_KEY}"`,
      hint: `use a key of your own that is hard to guess${UNLESS}`,
    }];
  }
  const variable = seen.kind === "missing" ? seen.variable : undefined;
  if (variable !== undefined && isLate(variable)) {
    return [{
      text: `${refuses}: it looks for ${variable} before it has read ` +
        "environment_variables",
      hint: `set ${variable} where LiteLLM is started${UNLESS}`,
    }];
  }
  const state = !isStated
    ? `there is neither general_settings.master_key nor ${VARIABLE}`
    : variable === undefined
    ? "its master_key is empty"
    : `its master_key comes from "${variable}", which is not set`;
  const setIt = `set ${variable ?? VARIABLE} to a key that is hard to ` +
    `guess${UNLESS}`;
  const isEmpty = isStated && variable === undefined;
  return [{
    text: `${refuses}: ${state}`,
    hint: isEmpty ? `write os.environ/${VARIABLE} there, and ${setIt}` : setIt,
  }];
}

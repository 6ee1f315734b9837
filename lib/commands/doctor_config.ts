/**
 * The config as far as it can be looked at: the doctor is also for files that
 * LiteLLM refuses, and for those that this program cannot edit.
 *
 * @module
 */

import { assertNotAnothers } from "../config/another_program.ts";
import {
  assertNoOrphans,
  type Config,
  readConfig,
  uneditableConfig,
} from "../config/config.ts";
import { ConfigError } from "../errors.ts";
import type { ValueOf } from "../litellm/references.ts";
import { isJsonObject } from "../text/fields.ts";
import type { Finding, FindingCode } from "../warning.ts";
import { parseYaml } from "../yaml/parse.ts";
import { refusalOf } from "../yaml/refusal.ts";
import { isWideEncoding } from "../yaml/validate_bytes.ts";
import { withItsIncludes } from "./config_version.ts";
import type { RunContext } from "./context.ts";

/** A config to look at, and why it cannot be edited; or why it is none. */
export type SeenConfig =
  | { readonly config: Config; readonly problem?: Finding }
  | { readonly config: undefined; readonly problem: Finding };

/** Reads a config with all that it includes. */
export async function seeConfig(
  { io, isConfigNamed }: Pick<RunContext, "io" | "isConfigNamed">,
  configPath: string,
  bytes: Uint8Array,
  valueOf: ValueOf,
): Promise<SeenConfig> {
  const refusal = refusalOf(bytes);
  if (refusal) return { config: undefined, problem: refused(refusal, bytes) };
  const whole = (alone: Parameters<typeof withItsIncludes>[2]) =>
    withItsIncludes(io, configPath, alone, valueOf);
  try {
    const config = await whole(await readConfig(bytes));
    const problem = problemIn(() => {
      assertNoOrphans(config);
      if (!isConfigNamed) assertNotAnothers(config, configPath);
    });
    return { config, ...(problem && { problem: notEditable(problem) }) };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const value = valueIn(bytes);
    if (value instanceof ConfigError) {
      return { config: undefined, problem: notEditable(error) };
    }
    if (!isJsonObject(value)) {
      return { config: undefined, problem: problem("not-yaml", error) };
    }
    const config = await whole(uneditableConfig(bytes, value));
    return { config, problem: notEditable(error) };
  }
}

/** What the whole file means, or why it means nothing. */
function valueIn(bytes: Uint8Array): unknown {
  let value: unknown;
  return problemIn(() => value = parseYaml(bytes)) ?? value;
}

/** The `ConfigError` that `check` throws, if it does. */
function problemIn(check: () => unknown): ConfigError | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}

/** LiteLLM refuses it as well; a wide encoding is no UTF-8. */
function refused(error: ConfigError, bytes: Uint8Array): Finding {
  const isWide = isWideEncoding(bytes);
  return problem(isWide ? "not-utf8" : "not-yaml", error);
}

/** That a run refuses this file, with the reason that it would give. */
export function notEditable(error: ConfigError): Finding {
  return problem("not-editable", error, "a run refuses to edit this file: ");
}

function problem(
  code: FindingCode,
  { message, hint, line }: ConfigError,
  what = "",
): Finding {
  return {
    code,
    text: what + message,
    ...(hint !== undefined && { hint }),
    ...(line !== undefined && { line }),
  };
}

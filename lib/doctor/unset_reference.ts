/**
 * References to variables (`os.environ/NAME`) that are sure to lead nowhere.
 *
 * @module
 */

import { variableIn } from "../litellm/references.ts";
import type { LitellmEnvironment } from "./input.ts";

/**
 * The variable that the text names, if LiteLLM is sure to have none of that
 * name; nothing where that cannot be known. It looks before it has read the
 * config's own `environment_variables`.
 */
export function unsetVariable(
  text: string,
  environment: LitellmEnvironment | undefined,
): string | undefined {
  const variable = variableIn(text);
  const isUnset = variable !== undefined && environment !== undefined &&
    environment.valueOf(variable) === undefined &&
    environment.mayRead(variable);
  return isUnset ? variable : undefined;
}

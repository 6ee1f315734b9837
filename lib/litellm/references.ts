/**
 * `os.environ/NAME` in a config: LiteLLM takes the value of that variable
 * instead of the text.
 *
 * @module
 */

/** The value of a variable of the environment that LiteLLM will have. */
export type ValueOf = (variable: string) => string | undefined;

/** What such a text begins with. */
export const IN_ENVIRONMENT = "os.environ/";

/** The text itself, or the value of the variable that it names. */
export function resolved(
  text: string | undefined,
  valueOf: ValueOf,
): string | undefined {
  const variable = variableIn(text);
  return variable === undefined ? text : valueOf(variable);
}

/** The variable that a value names as LiteLLM reads it, if it does. */
export function variableIn(value: unknown): string | undefined {
  return typeof value === "string" && value.startsWith(IN_ENVIRONMENT)
    ? value.slice(IN_ENVIRONMENT.length)
    : undefined;
}

/**
 * Whether the tests themselves run on Wine's Windows, as `.ci/test-windows`
 * has them do and says in this variable. What Wine cannot do is left out there
 * by name, with the reason next to it; a real Windows runs it.
 *
 * @module
 */
export const insideWine: boolean =
  Deno.env.get("DISCOVER_INSIDE_WINE") !== undefined;

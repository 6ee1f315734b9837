/**
 * The flags of LiteLLM's command line are those of its own help, so that the
 * hint of a mistyped line puts them where they belong.
 *
 * @module
 */
import { LITELLM_SWITCHES, LITELLM_VALUES } from "../../lib/litellm/flags.ts";
import { assertEquals } from "../support/assert.ts";
import { LITELLM_ENV, VENV } from "./litellm.ts";

/** Those that the program has as well. */
const OURS_TOO: readonly string[] = ["config", "help", "version"];

Deno.test("LiteLLM's help names the flags of the table, with a value or without", async () => {
  const { stdout } = await new Deno.Command(`${VENV}/bin/litellm`, {
    args: ["--help"],
    env: LITELLM_ENV,
  }).output();
  const named = [
    ...new TextDecoder().decode(stdout)
      .matchAll(/^ {2}(?:-\w, )?--(\w+)( [A-Z]+)?/gm),
  ].filter(([, name = ""]) => !OURS_TOO.includes(name));
  const flags = (hasValue: boolean): string[] =>
    named.filter(([, , value]) => (value !== undefined) === hasValue)
      .map(([, name = ""]) => name).toSorted();
  assertEquals(flags(true), LITELLM_VALUES.toSorted());
  assertEquals(flags(false), LITELLM_SWITCHES.toSorted());
});

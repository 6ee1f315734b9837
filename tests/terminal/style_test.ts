import {
  canRedraw,
  clean,
  type Environment,
  paint,
  type Surface,
  symbolsFor,
  usesColor,
} from "../../lib/terminal/style.ts";
import { assertEquals } from "../support/assert.ts";

function surface(env: Environment, change: Partial<Surface> = {}): Surface {
  return {
    isTerminal: true,
    os: "linux",
    classicConsoleReady: false,
    env,
    ...change,
  };
}

Deno.test("usesColor() asks the flag, then the variables, then the stream", () => {
  const pipe = { isTerminal: false };
  const auto: [boolean, Environment, Partial<Surface>][] = [
    [true, { TERM: "xterm" }, {}],
    [false, { TERM: "xterm" }, pipe],
    [false, { TERM: "dumb" }, {}],
    [false, { NO_COLOR: "1" }, {}],
    [true, { NO_COLOR: "" }, {}],
    [false, { NO_COLOR: "1", FORCE_COLOR: "1" }, {}],
    [true, { FORCE_COLOR: "1" }, pipe],
    [true, { FORCE_COLOR: "3", TERM: "dumb" }, {}],
    [false, { FORCE_COLOR: "0" }, {}],
    [true, { CLICOLOR_FORCE: "1" }, pipe],
    [false, { CLICOLOR_FORCE: "0" }, pipe],
  ];
  for (const [expected, env, change] of auto) {
    const message = JSON.stringify([env, change]);
    assertEquals(usesColor("auto", surface(env, change)), expected, message);
    assertEquals(usesColor("always", surface(env, change)), true, message);
    assertEquals(usesColor("never", surface(env, change)), false, message);
  }
});

Deno.test("a classic Windows console gets ASCII, and escapes only if it is ready", () => {
  const windows = { os: "windows" };
  const ready = { os: "windows", classicConsoleReady: true };
  const modern = { WT_SESSION: "8f2c" };
  assertEquals(symbolsFor(surface({}, ready)).done, "*");
  assertEquals(symbolsFor(surface(modern, windows)).done, "✓");
  assertEquals(
    symbolsFor(surface({ TERM_PROGRAM: "vscode" }, windows)).done,
    "✓",
  );
  assertEquals(canRedraw(surface({}, windows)), false);
  assertEquals(usesColor("auto", surface({}, windows)), false);
  assertEquals(canRedraw(surface({}, ready)), true);
  assertEquals(canRedraw(surface(modern, windows)), true);
});

Deno.test("symbolsFor() is ASCII where the locale or the stream cannot be trusted", () => {
  const done = (env: Environment, change: Partial<Surface> = {}): string =>
    symbolsFor(surface(env, change)).done;
  assertEquals(done({}), "✓");
  assertEquals(done({ LANG: "de_DE.utf8" }), "✓");
  assertEquals(done({ LANG: "C" }), "*");
  assertEquals(done({ LANG: "en_US.UTF-8", LC_ALL: "de_DE.ISO-8859-1" }), "*");
  assertEquals(done({ LANG: "C", LC_ALL: "", LC_CTYPE: "C.UTF-8" }), "✓");
  assertEquals(done({ TERM: "linux", LANG: "C.UTF-8" }), "*");
  assertEquals(done({ LANG: "C.UTF-8" }, { isTerminal: false }), "*");
});

Deno.test("ASCII symbols are ASCII, all of them", () => {
  const all = Object.values(symbolsFor(surface({ LANG: "C" }))).flat().join("");
  assertEquals(/^[\x21-\x7e]+$/.test(all), true, all);
});

Deno.test("canRedraw() says no to pipes, dumb terminals and CI", () => {
  assertEquals(canRedraw(surface({ TERM: "xterm" })), true);
  assertEquals(canRedraw(surface({ CI: "false" })), true);
  assertEquals(canRedraw(surface({ CI: "true" })), false);
  assertEquals(canRedraw(surface({ CI: "1" })), false);
  assertEquals(canRedraw(surface({ TERM: "dumb" })), false);
  assertEquals(canRedraw(surface({}, { isTerminal: false })), false);
});

Deno.test("clean() leaves text alone and takes the power from all else", () => {
  assertEquals(clean("C:\\Ünï\\日本 🦕.yaml"), "C:\\Ünï\\日本 🦕.yaml");
  assertEquals(
    clean(
      "a\x1b[31m\x07\r\n\t\x7f\u{9b}b\u{202e}\u{2066}\u{200b}\u{2028}\ud800c",
    ),
    "a?[31m??????b?????c",
  );
});

Deno.test("paint() ends what it began", () => {
  assertEquals(paint("x", "good"), "\x1b[32mx\x1b[39m");
  assertEquals(paint("x", "dim"), "\x1b[2mx\x1b[22m");
});

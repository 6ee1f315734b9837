import {
  canRedraw,
  colorize,
  type Environment,
  type StreamInfo,
  symbolsFor,
  usesColor,
} from "../../lib/terminal/style.ts";
import { assertEquals } from "../support/assert.ts";

function stream(
  env: Environment,
  change: Partial<StreamInfo> = {},
): StreamInfo {
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
  const auto: [boolean, Environment, Partial<StreamInfo>][] = [
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
    assertEquals(usesColor("auto", stream(env, change)), expected, message);
    assertEquals(usesColor("always", stream(env, change)), true, message);
    assertEquals(usesColor("never", stream(env, change)), false, message);
  }
});

Deno.test("a classic Windows console gets ASCII, and escapes only if it is ready", () => {
  const windows = { os: "windows" };
  const ready = { os: "windows", classicConsoleReady: true };
  const modern = { WT_SESSION: "8f2c" };
  assertEquals(symbolsFor(stream({}, ready)).done, "*");
  assertEquals(symbolsFor(stream(modern, windows)).done, "✓");
  assertEquals(
    symbolsFor(stream({ TERM_PROGRAM: "vscode" }, windows)).done,
    "✓",
  );
  assertEquals(canRedraw(stream({}, windows)), false);
  assertEquals(usesColor("auto", stream({}, windows)), false);
  assertEquals(canRedraw(stream({}, ready)), true);
  assertEquals(canRedraw(stream(modern, windows)), true);
});

Deno.test("symbolsFor() is ASCII where the locale or the stream cannot be trusted", () => {
  const done = (env: Environment, change: Partial<StreamInfo> = {}): string =>
    symbolsFor(stream(env, change)).done;
  assertEquals(done({}), "✓");
  assertEquals(done({ LANG: "de_DE.utf8" }), "✓");
  assertEquals(done({ LANG: "C" }), "*");
  assertEquals(done({ LANG: "en_US.UTF-8", LC_ALL: "de_DE.ISO-8859-1" }), "*");
  assertEquals(done({ LANG: "C", LC_ALL: "", LC_CTYPE: "C.UTF-8" }), "✓");
  assertEquals(done({ TERM: "linux", LANG: "C.UTF-8" }), "*");
  assertEquals(done({ LANG: "C.UTF-8" }, { isTerminal: false }), "*");
});

Deno.test("ASCII symbols are ASCII, all of them", () => {
  const all = Object.values(symbolsFor(stream({ LANG: "C" }))).flat().join("");
  assertEquals(/^[\x21-\x7e]+$/.test(all), true, all);
});

Deno.test("canRedraw() says no to pipes, dumb terminals and CI", () => {
  assertEquals(canRedraw(stream({ TERM: "xterm" })), true);
  assertEquals(canRedraw(stream({ CI: "false" })), true);
  assertEquals(canRedraw(stream({ CI: "true" })), false);
  assertEquals(canRedraw(stream({ CI: "1" })), false);
  assertEquals(canRedraw(stream({ TERM: "dumb" })), false);
  assertEquals(canRedraw(stream({}, { isTerminal: false })), false);
});

Deno.test("paint() ends what it began", () => {
  assertEquals(colorize("x", "good"), "\x1b[32mx\x1b[39m");
  assertEquals(colorize("x", "dim"), "\x1b[2mx\x1b[22m");
});

import {
  assert,
  assertEquals,
  assertStringIncludes,
} from "../support/assert.ts";
import { parseArgs } from "../../lib/cli/args.ts";
import { type Flag, FLAG_GROUPS, FLAGS } from "../../lib/cli/flags.ts";
import { helpLines, helpText, versionText } from "../../lib/cli/help.ts";
import { DEFAULT_PROVIDERS } from "../../lib/providers/default.ts";
import { Layout, toText } from "../../lib/terminal/layout.ts";
import { symbolsFor } from "../../lib/terminal/style.ts";

Deno.test("helpText() fits one screen of 80 columns", () => {
  const lines = helpText("10.20.30").trimEnd().split("\n");
  assertEquals(lines.filter((line) => line.length > 79), []);
  assert(lines.length <= 50, `${lines.length} lines`);
});

Deno.test("helpText() names every flag, and its examples can be typed", () => {
  const help = helpText("1.2.3");
  const named = [
    ...help.matchAll(/^ {2}(?:-\w, | {4})--([a-z-]+)(?: [A-Z]+)? {2,}\S/gm),
  ]
    .map(([, name]) => name);
  const all: readonly Flag[] = FLAGS;
  assertEquals(named, all.map(({ name }) => name));
  assertStringIncludes(help, "discover -- --port 4001");
  const examples = [...help.matchAll(/^ {2}discover(.*?) {2,}/gm)];
  assertEquals(examples.length, 3);
  for (const [, words = ""] of examples) {
    parseArgs(words.split(" ").filter((word) => word !== ""));
  }
});

/** The help for a terminal of so many cells; `Infinity` is a pipe. */
function helpFor(width: number): string[] {
  const symbols = symbolsFor({
    ...{ env: {}, os: "linux", isTerminal: true, classicConsoleReady: true },
  });
  const layout = new Layout(width, symbols, false);
  return helpLines(helpText("1.2.3"), layout)
    .map((line) => toText(line, false));
}

Deno.test("helpLines() breaks no word of the help in a narrow terminal", () => {
  const lines = helpFor(39);
  assertEquals(lines.filter((line) => line.length > 39), []);
  const at = lines.indexOf("      --timeout TIME");
  assertEquals(lines.slice(at + 1, at + 3), [
    "        for each provider: 2, 2s or",
    "        1500ms (default: 2s)",
  ]);
  const words = (text: string): string[] => text.trim().split(/\s+/);
  assertEquals(words(lines.join(" ")), words(helpText("1.2.3")));
});

Deno.test("helpLines() leaves the help as it is where it fits, and in a pipe", () => {
  for (const width of [79, Infinity]) {
    assertEquals(helpFor(width).join("\n") + "\n", helpText("1.2.3"));
  }
});

Deno.test("helpText() has each flag under the heading of its group", () => {
  const paragraphs = helpText("1.2.3").split("\n\n");
  for (const { heading, flags } of FLAG_GROUPS) {
    const group = paragraphs.find((text) => text.startsWith(`${heading}:\n`));
    const named = [...(group ?? "").matchAll(/^.{6}--([a-z-]+)/gm)]
      .map(([, name = ""]) => name);
    assertEquals(named, flags.map(({ name }) => name), heading);
  }
});

Deno.test("helpText() names every variable of the default providers' keys", () => {
  const help = helpText("1.2.3");
  for (const { keyVariables } of DEFAULT_PROVIDERS) {
    for (const name of keyVariables) assertStringIncludes(help, name);
  }
});

Deno.test("parseArgs() takes every flag of the table, by both its spellings", () => {
  const all: readonly Flag[] = FLAGS;
  for (const { name, short, value, words = ["2"] } of all) {
    const argument = value === undefined ? [] : words.slice(0, 1);
    parseArgs([`--${name}`, ...argument]);
    if (short !== undefined) parseArgs([`-${short}`, ...argument]);
  }
});

Deno.test("versionText() tells the version, the platform and Deno's version", () => {
  const build = { target: "x86_64-pc-windows-msvc", deno: "2.9.6" };
  assertEquals(
    versionText("0.1.0", build),
    "discover 0.1.0 (x86_64-pc-windows-msvc, Deno 2.9.6)\n",
  );
  assertStringIncludes(helpText("0.1.0"), "discover 0.1.0");
});

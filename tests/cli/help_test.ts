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
import project from "../../deno.json" with { type: "json" };

const HELP = helpText({ version: "1.2.3", docs: "" });
const DOCS = "https://example.org/discover/docs";
const HELP_WITH_DOCS = helpText({ version: "10.20.30", docs: DOCS });

Deno.test("helpText() fits one screen of 80 columns", () => {
  const lines = HELP_WITH_DOCS.trimEnd().split("\n");
  assertEquals(lines.filter((line) => line.length > 79), []);
  assert(lines.length <= 50, `${lines.length} lines`);
});

Deno.test("helpText() ends with the address of the documents, if there is one", () => {
  const lines = HELP_WITH_DOCS.split("\n");
  assertEquals(lines.slice(-2), [`Docs: ${DOCS}`, ""]);
  const without = lines.toSpliced(-2, 1).join("\n");
  assertEquals(without.replace("10.20.30", "1.2.3"), HELP);
});

Deno.test("deno.json has the documents at an https address, or none yet", () => {
  const { docs } = project;
  assert(docs === "" || new URL(docs).protocol === "https:", docs);
});

Deno.test("helpText() names every flag, and its examples can be typed", () => {
  const named = [
    ...HELP.matchAll(/^ {2}(?:-\w, | {4})--([a-z-]+)(?: [A-Z]+)? {2,}\S/gm),
  ]
    .map(([, name]) => name);
  const all: readonly Flag[] = FLAGS;
  assertEquals(named, all.map(({ name }) => name));
  assertStringIncludes(HELP, "discover -- --port 4001");
  const examples = [...HELP.matchAll(/^ {2}discover(.*?) {2,}/gm)];
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
  return helpLines(HELP, layout)
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
  assertEquals(words(lines.join(" ")), words(HELP));
});

Deno.test("helpLines() leaves the help as it is where it fits, and in a pipe", () => {
  for (const width of [79, Infinity]) {
    assertEquals(helpFor(width).join("\n") + "\n", HELP);
  }
});

Deno.test("helpText() has each flag under the heading of its group", () => {
  const paragraphs = HELP.split("\n\n");
  for (const { heading, flags } of FLAG_GROUPS) {
    const group = paragraphs.find((text) => text.startsWith(`${heading}:\n`));
    const named = [...(group ?? "").matchAll(/^.{6}--([a-z-]+)/gm)]
      .map(([, name = ""]) => name);
    assertEquals(named, flags.map(({ name }) => name), heading);
  }
});

Deno.test("helpText() names every variable of the default providers' keys", () => {
  for (const { keyVariables } of DEFAULT_PROVIDERS) {
    for (const name of keyVariables) assertStringIncludes(HELP, name);
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
  assertStringIncludes(HELP, "discover 1.2.3:");
});

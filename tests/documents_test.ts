/**
 * What the documents say of this repository is so: the files, links
 * and tasks that they name are there, and CONTRIBUTING has `lib/` as it is.
 *
 * @module
 */

import project from "../deno.json" with { type: "json" };
import { PERMISSIONS } from "../packaging/permissions.ts";
import { type Flag, FLAG_GROUPS } from "../lib/cli/flags.ts";
import { ExitCode } from "../lib/errors.ts";
import { DEFAULT_PROVIDERS } from "../lib/providers/default.ts";
import { PROVIDERS } from "../lib/providers/table.ts";
import {
  assert,
  assertEquals,
  assertStringIncludes,
} from "./support/assert.ts";
import { LIB_PARTS } from "./support/lib_parts.ts";
import { commandsIn } from "./support/readme.ts";
import { fromRepository } from "./support/repository.ts";

/** All pages, by their path in the repository. */
async function readPages(): Promise<Map<string, string>> {
  const pages = new Map<string, string>();
  for (const folder of ["", "docs/"]) {
    for await (const { name } of Deno.readDir(fromRepository(folder))) {
      if (name.endsWith(".md")) {
        pages.set(folder + name, await readText(folder + name));
      }
    }
  }
  return pages;
}

async function readText(path: string): Promise<string> {
  return await Deno.readTextFile(fromRepository(path));
}

async function isThere(path: string): Promise<boolean> {
  try {
    await Deno.stat(fromRepository(path));
    return true;
  } catch {
    return false;
  }
}

/** Names of files in backticks; others are the user's, or a model's id. */
const NAMED_FILE =
  /`((?:lib|tests|docs|bench|packaging|examples|\.ci|\.github)\/[\w./-]+)`/g;

/** `task NAME` behind Deno, on one line. */
const NAMED_TASK = /\bdeno(?:@[\d.]+)? task (?:-q )?([a-z:]+)/g;

Deno.test("every file that a page names is there", async () => {
  const missing: string[] = [];
  let count = 0;
  for (const [page, text] of await readPages()) {
    for (const [, path = ""] of text.matchAll(NAMED_FILE)) {
      count++;
      if (!await isThere(path)) missing.push(`${page}: ${path}`);
    }
  }
  assertEquals(missing, []);
  assert(count > 10);
});

Deno.test("every link to a page leads to a file, and to a heading of it", async () => {
  const pages = await readPages();
  const broken: string[] = [];
  for (const [page, text] of pages) {
    for (const [, link = ""] of text.matchAll(/\]\((?!https?:)([^)]+)\)/g)) {
      const { pathname, hash } = new URL(link, `file:///${page}`);
      const path = pathname.slice(1);
      const headings = [...(pages.get(path) ?? "").matchAll(/^#+ (.+)$/gm)]
        .map(([, heading = ""]) => `#${anchorOf(heading)}`);
      const isFound = hash === "" || headings.includes(hash);
      if (!isFound || !await isThere(path)) broken.push(`${page}: ${link}`);
    }
  }
  assertEquals(broken, []);
});

/** As GitHub makes it. */
function anchorOf(heading: string): string {
  return heading.toLowerCase().replace(/[^\w\s-]/g, "").replaceAll(" ", "-");
}

Deno.test("every task that a page or a workflow names is there", async () => {
  const pages = await readPages();
  for (const path of [".ci/run", ".github/workflows/ci.yml"]) {
    pages.set(path, await readText(path));
  }
  const named = [...pages.values()].flatMap((text) =>
    [...text.matchAll(NAMED_TASK)].map(([, name = ""]) => name)
  );
  assert(named.length > 10);
  assertEquals(named.filter((name) => !(name in project.tasks)), []);
});

Deno.test("CONTRIBUTING has the parts of lib/ in their order, and lib/ has no others", async () => {
  const page = await readText("CONTRIBUTING.md");
  const rows = [...page.matchAll(/^\| `([a-z]+(?:\/|\.ts))` +\|/gm)];
  assertEquals(rows.map(([, part = ""]) => part), [...LIB_PARTS]);
  const entries = await Array.fromAsync(Deno.readDir(fromRepository("lib")));
  const parts = entries.map(({ name, isDirectory }) =>
    isDirectory ? `${name}/` : name
  );
  assertEquals(parts.toSorted(), LIB_PARTS.toSorted());
});

Deno.test("the README is short, in the order of need, and leads to every page", async () => {
  const readme = await readText("README.md");
  assert(readme.split("\n").length <= 200);
  const headings = [...readme.matchAll(/^## (.+)$/gm)].map(([, text]) => text);
  assertEquals(headings, [
    ...["Keys", "First run", "Start", "Why is model X not in my list?", "Undo"],
    ...["Install", "Everything else"],
  ]);
  const pages = [...(await readPages()).keys()];
  const others = pages.filter((page) => page !== "README.md");
  assertEquals(others.filter((page) => !readme.includes(`](${page})`)), []);
});

Deno.test("no page has a place to fill in the project's own address", async () => {
  for (const [page, text] of await readPages()) {
    assert(!text.includes("OWNER/NAME"), page);
  }
});

Deno.test("the gate runs the README's commands for Node.js as they stand", async () => {
  const lines = (await readText(".ci/run")).split("\n");
  const commands = commandsIn(await readText("README.md"))
    .filter(({ runner }) => runner === "gate").map(({ text }) => text);
  assertEquals(commands.filter((command) => !lines.includes(command)), []);
  assert(commands.includes("npx -y deno@2.9.6 task test"));
});

Deno.test("the gate runs the README's install commands by the task that has their test", async () => {
  const { command } = project.tasks["test:wheel"];
  assertStringIncludes(command, "tests/wheel/readme.ts");
  assertStringIncludes(await readText(".ci/run"), "task test:wheel");
});

Deno.test("the README has the key variables of the default providers, and counts the others", async () => {
  const readme = await readText("README.md");
  for (const { title, keyVariables } of DEFAULT_PROVIDERS) {
    const cell = keyVariables.map((name) => `\`${name}\``).join(" or ");
    assert(
      readme.split("\n").some((line) =>
        line.startsWith(`| ${cell} `) && line.includes(`| ${title} `)
      ),
      title,
    );
  }
  assertStringIncludes(readme, `all ${PROVIDERS.length}, local servers`);
  assertEquals(PROVIDERS.length - DEFAULT_PROVIDERS.length, 19);
  assertStringIncludes(readme, "Nineteen more");
});

Deno.test("flags.md has every flag and every exit code", async () => {
  const rows = (await readText("docs/flags.md")).split("\n")
    .filter((line) => line.startsWith("| "))
    .map((line) => line.split("|")[1] ?? "");
  const flags = FLAG_GROUPS.flatMap((group): readonly Flag[] => group.flags);
  const missing = flags.filter(({ name, value }) =>
    !rows.some((cell) =>
      cell.includes(`\`--${name}${value === undefined ? "" : ` ${value}`}\``)
    )
  );
  assertEquals(missing.map(({ name }) => name), []);
  const codes = Object.values(ExitCode).map(String)
    .filter((code) => !rows.some((cell) => cell.trim() === code));
  assertEquals(codes, []);
});

Deno.test("a run adds what the README says of it: see docs/speed.md", async () => {
  const added = [...(await readText("docs/speed.md")).matchAll(
    /^\| discover, [^|]+\| +\d+ \| +([\d.]+) /gm,
  )].map(([, ms]) => Number(ms));
  assert(added.length >= 6);
  assert(Math.max(...added) < 150);
  assertStringIncludes(await readText("README.md"), "about 0.1 s");
});

Deno.test("the README has a line for every package", async () => {
  const readme = await readText("README.md");
  const packages = Object.values(project.imports).map((specifier) =>
    /^npm:(@?[^@]+)@/.exec(specifier)?.[1] ?? specifier
  );
  const untold = packages.filter((name) => !readme.includes(`\`${name}\``));
  assertEquals(untold, []);
});

Deno.test("network.md has every host of the internet that the program may reach", async () => {
  const text = await readText("docs/network.md");
  const hosts = PERMISSIONS.net.filter((host) => host.endsWith(":443"));
  assertEquals(hosts.filter((host) => !text.includes(`\`${host}\``)), []);
  const named = [...text.matchAll(/`([^`\s]+:443)`/g)]
    .flatMap(([, host]) => host ?? []);
  assertEquals(named.filter((host) => !hosts.includes(host)), []);
});

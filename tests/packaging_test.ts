/**
 * How the program is built and released: its permissions, the commands of the
 * build, and the manifests of a release, which are complete by the published
 * schemas' own lists of required fields.
 *
 * @module
 */
// @ts-types="../lib/types/std_yaml_parse.d.ts"
import { parse } from "@std/yaml/parse";
import project from "../deno.json" with { type: "json" };
import { compileArguments, RELEASE_FILES } from "../packaging/build.ts";
import { manifests, readSum } from "../packaging/manifests.ts";
import { PERMISSIONS } from "../packaging/permissions.ts";
import {
  assert,
  assertEquals,
  assertStringIncludes,
  assertThrows,
} from "./support/assert.ts";
import { inFolder } from "./support/folder.ts";
import { insideWine } from "./support/inside_wine.ts";
import { fromRepository } from "./support/repository.ts";

const HASH = "0123456789abcdef".repeat(4);
const RELEASE = {
  version: "1.2.3",
  repository: "some-one/discover.tool",
  sha256: HASH,
};
const DOWNLOAD =
  "https://github.com/some-one/discover.tool/releases/download/v1.2.3/discover.exe";

function fieldsOf(value: unknown): Record<string, unknown> {
  assert(typeof value === "object" && value !== null, "no mapping");
  return { ...value };
}

Deno.test("the permission set in deno.json equals the table in the code", async () => {
  const path = fromRepository("deno.json");
  const table: unknown = JSON.parse(JSON.stringify(PERMISSIONS));
  // To bring it up to date: DISCOVER_UPDATE=1 deno task test
  if (Deno.env.get("DISCOVER_UPDATE") === "1") {
    const permissions = { ...project.permissions, discover: table };
    const text = JSON.stringify({ ...project, permissions }, null, 2);
    await Deno.writeTextFile(path, `${text}\n`);
  }
  const written = fieldsOf(JSON.parse(await Deno.readTextFile(path)));
  assertEquals<unknown>(written["permissions"], { discover: table });
});

Deno.test("the build names the programs that may be run, and the icon for Windows alone", () => {
  const run = `--allow-run=${PERMISSIONS.run.join(",")}`;
  for (const [target, file] of Object.entries(RELEASE_FILES)) {
    const args = compileArguments(target, file);
    assert(args.includes("-P=discover") && args.includes(run), target);
    const icons = args.filter((arg) => arg.startsWith("--icon"));
    assertEquals(icons.length, file.endsWith(".exe") ? 1 : 0, target);
  }
});

Deno.test("the release attaches and tries the files that the build makes", async () => {
  const path = fromRepository(".github/workflows/release.yml");
  const workflow = await Deno.readTextFile(path);
  const tried = [...workflow.matchAll(/program: ([^ }]+)/g)].map(([, x]) => x);
  const made = Object.values(RELEASE_FILES);
  assert(tried.length > 2);
  assertEquals(tried.filter((file) => !made.includes(file ?? "")), []);
  const built = ["compile", "compile:linux", "compile:macos"] as const;
  const targets = built.flatMap((name) => {
    assertStringIncludes(workflow, ` task ${name}\n`);
    return project.tasks[name].command.split(" ").slice(4);
  });
  assertEquals(targets.toSorted(), Object.keys(RELEASE_FILES).toSorted());
});

Deno.test("the release packs the programs that it built, and takes the tools that the gate tried", async () => {
  const [workflow = "", setUp = ""] = await Promise.all(
    [".github/workflows/release.yml", ".ci/setup-python"].map((path) =>
      Deno.readTextFile(fromRepository(path))
    ),
  );
  assertStringIncludes(workflow, " task wheel --programs release\n");
  const tools = [...workflow.matchAll(/\w+==[\d.]+/g)].map(([tool]) => tool);
  assertEquals(tools.map((tool) => tool.split("==")[0]), ["twine", "uv"]);
  assertEquals(tools.filter((tool) => !setUp.includes(` ${tool}`)), []);
});

Deno.test("a release is attached after all tests, and goes to an index only where a person wants that", async () => {
  const path = fromRepository(".github/workflows/release.yml");
  const workflow = fieldsOf(parse(await Deno.readTextFile(path)));
  assertEquals<unknown>(workflow["permissions"], { contents: "read" });
  const jobs = Object.entries(fieldsOf(workflow["jobs"]));
  const stated = (name: string): unknown =>
    Object.fromEntries(jobs.flatMap(([job, fields]) => {
      const value = fieldsOf(fields)[name];
      return value === undefined ? [] : [[job, value]];
    }));
  const needs = { test: "build", publish: "test", index: "publish" };
  assertEquals<unknown>(stated("needs"), needs);
  const identity = { "id-token": "write" };
  assertEquals<unknown>(stated("permissions"), {
    publish: { contents: "write", attestations: "write", ...identity },
    index: identity,
  });
  const wanted = { index: "vars.PUBLISH_TO_PYPI == 'true'" };
  assertEquals<unknown>(stated("if"), wanted);
});

/** The repository's own build, in a folder with another `main.ts`. */
async function buildIn(folder: string, main: string): Promise<string> {
  for (const name of ["lib", "packaging"]) {
    await copyFolder(fromRepository(name), `${folder}/${name}`);
  }
  for (const name of ["deno.json", "deno.lock"]) {
    await Deno.copyFile(fromRepository(name), `${folder}/${name}`);
  }
  await Deno.writeTextFile(`${folder}/main.ts`, main);
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "-q", "build"],
    cwd: folder,
    env: { DENO_NO_UPDATE_CHECK: "1", NO_COLOR: "1", DENORT_BIN: "none-here" },
  }).output();
  assert(code !== 0, "the build must fail");
  return new TextDecoder().decode(stderr);
}

async function copyFolder(from: string, to: string): Promise<void> {
  await Deno.mkdir(to);
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    const copy = isDirectory ? copyFolder : Deno.copyFile;
    await copy(`${from}/${name}`, `${to}/${name}`);
  }
}

Deno.test({
  name: "a build that fails says why, be it the bundle or the program",
  // There `deno bundle` would have to fetch its bundler, which is left out.
  ignore: insideWine,
  fn: () =>
    inFolder(async (folder) => {
      await Deno.mkdir(`${folder}/a`);
      await Deno.mkdir(`${folder}/b`);
      assertStringIncludes(
        await buildIn(`${folder}/a`, 'import "./missing.ts";\n'),
        "missing.ts",
      );
      assertStringIncludes(await buildIn(`${folder}/b`, "\n"), "none-here");
    }),
});

Deno.test("a target that there is no program for is refused", async () => {
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "-q", fromRepository("packaging/build.ts"), "amiga"],
    env: { DENO_NO_UPDATE_CHECK: "1" },
  }).output();
  assertEquals(code, 1);
  assertStringIncludes(new TextDecoder().decode(stderr), 'target "amiga"');
});

Deno.test("every task says what it is for", () => {
  for (const [name, task] of Object.entries(project.tasks)) {
    assert(task.description.length > 20, name);
  }
});

/** The mappings in a list of a YAML file of GitHub's. */
async function listIn(
  path: string,
  name: string,
): Promise<Record<string, unknown>[]> {
  const text = await Deno.readTextFile(fromRepository(path));
  const list = fieldsOf(parse(text))[name];
  assert(Array.isArray(list), `${path}: no list "${name}"`);
  return list.map(fieldsOf);
}

Deno.test("the bug form asks for the version and for the report, which changes nothing", async () => {
  const body = await listIn(".github/ISSUE_TEMPLATE/bug.yml", "body");
  const required = body
    .filter(({ validations }) => validations !== undefined)
    .map(({ attributes }) => String(fieldsOf(attributes)["description"]));
  const commands = [...required.join("\n").matchAll(/`discover ([^`]+)`/g)];
  assertEquals(commands.map(([, flags]) => flags), [
    "--version",
    "--json --dry-run",
  ]);
});

Deno.test("the update bot looks after the actions and the packages", async () => {
  const updates = await listIn(".github/dependabot.yml", "updates");
  const kinds = updates.map((update) => update["package-ecosystem"]);
  assertEquals(kinds, ["github-actions", "deno"]);
});

/** Of winget's schemas 1.6.0. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  version: ["DefaultLocale"],
  installer: ["Installers"],
  defaultLocale: [
    "PackageLocale",
    "Publisher",
    "PackageName",
    "License",
    "ShortDescription",
  ],
};

Deno.test("readSum() takes the whole name's hash, in text and binary lines", () => {
  const other = "f".repeat(64);
  const sums = `${other}  my-discover.exe\n${other} *discover.exe.old\r\n`;
  assertEquals(readSum(`${sums}${HASH}  discover.exe\n`, "discover.exe"), HASH);
  assertEquals(readSum(`${HASH} *discover.exe\r\n`, "discover.exe"), HASH);
  assertThrows(() => readSum(sums, "discover.exe"), Error, "no line for");
  assertThrows(() => readSum("abc  discover.exe", "discover.exe"), Error);
});

Deno.test("a release whose version or repository is not one is refused", () => {
  const wrong = [
    { version: "v1.2.3" },
    { version: "1.2" },
    { repository: "" },
    { repository: "discover" },
    { repository: 'a"b/discover' },
  ];
  for (const part of wrong) {
    assertThrows(
      () => manifests({ ...RELEASE, ...part }),
      Error,
      "of the form",
    );
  }
});

Deno.test("the Scoop manifest has the version, the hash and a way to the next", () => {
  const scoop = fieldsOf(JSON.parse(manifests(RELEASE)["discover.json"] ?? ""));
  for (const name of ["version", "homepage", "license"]) {
    assert(typeof scoop[name] === "string", `${name} is required`);
  }
  assertEquals(scoop["version"], "1.2.3");
  assertEquals<unknown>(scoop["architecture"], {
    "64bit": { url: DOWNLOAD, hash: HASH },
  });
  const next = fieldsOf(fieldsOf(scoop["autoupdate"])["architecture"]);
  const { url } = fieldsOf(next["64bit"]);
  assertEquals(String(url).replaceAll("$version", "1.2.3"), DOWNLOAD);
  assertEquals(scoop["bin"], "discover.exe");
  assert("checkver" in scoop);
});

Deno.test("the winget manifest has three files that agree", () => {
  const files = Object.entries(manifests(RELEASE))
    .filter(([name]) => name.endsWith(".yaml"));
  assertEquals(files.map(([name]) => name), [
    "some-one.discover.yaml",
    "some-one.discover.installer.yaml",
    "some-one.discover.locale.en-US.yaml",
  ]);
  for (const [name, text] of files) {
    const fields = fieldsOf(parse(text));
    const type = String(fields["ManifestType"]);
    assertEquals(fields["PackageIdentifier"], "some-one.discover");
    assertEquals(fields["PackageVersion"], "1.2.3");
    assertEquals(fields["ManifestVersion"], "1.6.0");
    for (const field of REQUIRED[type] ?? ["a known type"]) {
      assert(field in fields, `${name}: ${field} is required`);
    }
  }
});

Deno.test("winget gets the hash of the file that its address names", () => {
  const files = manifests(RELEASE);
  const text = files["some-one.discover.installer.yaml"] ?? "";
  const fields = fieldsOf(parse(text));
  assertEquals(fields["InstallerType"], "portable");
  assertEquals<unknown>(fields["Installers"], [{
    Architecture: "x64",
    InstallerUrl: DOWNLOAD,
    InstallerSha256: HASH.toUpperCase(),
  }]);
});

Deno.test("manifests.ts writes the files for the version in deno.json", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/sums`, `${HASH}  discover.exe\n`);
    const script = fromRepository("packaging/manifests.ts");
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "-q", script, `${folder}/sums`, folder, "me/d"],
      env: { DENO_NO_UPDATE_CHECK: "1" },
    }).output();
    assertEquals(code, 0, new TextDecoder().decode(stderr));
    const text = await Deno.readTextFile(`${folder}/me.discover.yaml`);
    assertEquals(fieldsOf(parse(text))["PackageVersion"], project.version);
    const names = await Array.fromAsync(Deno.readDir(folder));
    assertEquals(names.length, 5);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("the icon has the four sizes that Windows asks for", async () => {
  const path = fromRepository("packaging/discover.ico");
  const bytes = await Deno.readFile(path);
  const view = new DataView(bytes.buffer);
  const sizes = [0, 1, 2, 3].map((at) => bytes[6 + 16 * at] || 256);
  assertEquals(view.getUint16(4, true), 4);
  assertEquals(sizes, [16, 32, 48, 256]);
  const last = 6 + 16 * 3;
  const end = view.getUint32(last + 8, true) + view.getUint32(last + 12, true);
  assertEquals(end, bytes.length);
});

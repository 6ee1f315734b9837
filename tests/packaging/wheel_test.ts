/**
 * The wheels, made of a program of a few bytes: their names, what is in them, and
 * what they say of themselves. How installers take them with the real program is
 * in `tests/wheel/`.
 *
 * @module
 */

import { Uint8ArrayReader, Uint8ArrayWriter, ZipReader } from "@zip.js/zip.js";
import { RELEASE_FILES } from "../../packaging/build.ts";
import {
  makeWheel,
  type Wheel,
  type WheelContent,
} from "../../packaging/wheel_archive.ts";
import { pythonVersion } from "../../packaging/wheel_metadata.ts";
import { assertRunsOn, platformFor } from "../../packaging/wheel_platforms.ts";
import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "../support/assert.ts";
import { inFolder } from "../support/folder.ts";
import { fromRepository } from "../support/repository.ts";

const LINUX = "x86_64-unknown-linux-gnu";
const WINDOWS = "x86_64-pc-windows-msvc";
const MAC = "aarch64-apple-darwin";
const PROGRAM = bytesOf("\x7fELF, as it were\0GLIBC_2.2.5\0");
const LICENSES = { LICENSE: "MIT\n", "THIRD-PARTY.md": "Others'\n" };

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function wheelOf(
  target: string,
  facts: Partial<WheelContent["facts"]> = {},
): Promise<Wheel> {
  return makeWheel({
    facts: { version: "1.2.3", license: "MIT", docs: "", ...facts },
    target,
    program: target.includes("apple") ? macProgram(11, 0) : PROGRAM,
    licenses: LICENSES,
  });
}

/** What a ZIP says of a file, and what is in it. */
interface Found {
  readonly path: string;
  readonly mode: number | undefined;
  readonly time: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

async function unpack({ bytes }: Wheel): Promise<Found[]> {
  const reader = new ZipReader(new Uint8ArrayReader(bytes));
  const found: Found[] = [];
  for (const entry of await reader.getEntries()) {
    assert(!entry.directory, entry.filename);
    found.push({
      path: entry.filename,
      mode: entry.unixMode,
      time: entry.lastModDate.toDateString(),
      bytes: await entry.getData(new Uint8ArrayWriter()),
    });
  }
  return found;
}

/** The text of a file in `.dist-info`. */
async function textIn(wheel: Wheel, name: string): Promise<string> {
  const found = await unpack(wheel);
  const file = found.find(({ path }) => path.endsWith(`.dist-info/${name}`));
  return new TextDecoder().decode(file?.bytes);
}

Deno.test("there is a wheel for each program of a release, named for its system", async () => {
  const wheels = await Promise.all(
    Object.keys(RELEASE_FILES).map((target) => wheelOf(target)),
  );
  assertEquals(
    wheels.map(({ file }) => file),
    [
      "win_amd64",
      "manylinux_2_27_x86_64",
      "manylinux_2_27_aarch64",
      "macosx_12_0_x86_64",
      "macosx_12_0_arm64",
    ].map((tag) => `litellm_discover-1.2.3-py3-none-${tag}.whl`),
  );
  for (const wheel of wheels) {
    const [, tag = ""] = /-(py3-none-.*)\.whl$/.exec(wheel.file) ?? [];
    const lines = (await textIn(wheel, "WHEEL")).split("\n");
    assert(lines.includes(`Tag: ${tag}`), tag);
    assert(lines.includes("Root-Is-Purelib: false"), tag);
  }
});

Deno.test("a wheel holds the program as a script that can be run, its licenses, and no Python", async () => {
  const found = await unpack(await wheelOf(LINUX));
  assertEquals(
    found.map(({ path, mode }) => `${mode?.toString(8)} ${path}`),
    [
      "100755 litellm_discover-1.2.3.data/scripts/discover",
      "100644 litellm_discover-1.2.3.dist-info/licenses/LICENSE",
      "100644 litellm_discover-1.2.3.dist-info/licenses/THIRD-PARTY.md",
      "100644 litellm_discover-1.2.3.dist-info/METADATA",
      "100644 litellm_discover-1.2.3.dist-info/WHEEL",
      "100644 litellm_discover-1.2.3.dist-info/RECORD",
    ],
  );
  assertEquals(found[0]?.bytes, PROGRAM);
});

Deno.test("on Windows the script is discover.exe", async () => {
  const [program] = await unpack(await wheelOf(WINDOWS));
  assertEquals(
    program?.path,
    "litellm_discover-1.2.3.data/scripts/discover.exe",
  );
  assertEquals(program?.bytes, PROGRAM);
});

for (const target of [LINUX, WINDOWS]) {
  Deno.test(`RECORD has each file's hash and size, and itself (${target})`, async () => {
    const wheel = await wheelOf(target);
    const lines = await Promise.all(
      (await unpack(wheel)).map(async ({ path, bytes }) => {
        if (path.endsWith("/RECORD")) return `${path},,\n`;
        const digest = await crypto.subtle.digest("SHA-256", bytes);
        const hash = btoa(String.fromCharCode(...new Uint8Array(digest)))
          .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
        return `${path},sha256=${hash},${bytes.length}\n`;
      }),
    );
    assertEquals(await textIn(wheel, "RECORD"), lines.join(""));
  });
}

Deno.test("the same program gives the same bytes, whenever it is packed", async () => {
  const [first, second] = [await wheelOf(LINUX), await wheelOf(LINUX)];
  assertEquals(first.bytes, second.bytes);
  const times = (await unpack(first)).map(({ time }) => time);
  assertEquals([...new Set(times)], ["Tue Jan 01 1980"]);
});

Deno.test("a version before a release is written in Python's form, in every place", async () => {
  const wheel = await wheelOf(LINUX, { version: "1.2.3-rc.1" });
  assertStringIncludes(wheel.file, "litellm_discover-1.2.3rc1-py3");
  assertMatch(await textIn(wheel, "METADATA"), /^Version: 1\.2\.3rc1$/m);
  const paths = (await unpack(wheel)).map(({ path }) => path);
  const folder = /^litellm_discover-1\.2\.3rc1\.(data|dist-info)\//;
  assertEquals(paths.filter((path) => !folder.test(path)), []);
});

Deno.test("pythonVersion() knows the phases, and refuses what an index would", () => {
  const forms = {
    "0.1.0": "0.1.0",
    "10.20.30": "10.20.30",
    "1.2.3-alpha": "1.2.3a0",
    "1.2.3-beta.12": "1.2.3b12",
    "1.2.3-rc1": "1.2.3rc1",
    "1.2.3-dev.4": "1.2.3.dev4",
  };
  for (const [version, expected] of Object.entries(forms)) {
    assertEquals(pythonVersion(version), expected);
  }
  const refused = ["1.2", "v1.2.3", "1.2.3-next.1", "1.2.3+5", "1.2.3-rc.1.2"];
  for (const version of [...refused, "01.2.3", "1.2.3-", "1.2.3-constructor"]) {
    assertThrows(() => pythonVersion(version), Error, `version "${version}"`);
  }
});

/** The fields above the description, and that. */
async function readMetadata(
  wheel: Wheel,
): Promise<{ fields: (readonly [string, string])[]; description: string }> {
  const text = await textIn(wheel, "METADATA");
  const [head = "", ...rest] = text.split("\n\n");
  const fields = head.split("\n").map((line) => {
    const [, name = "", value = ""] = /^([A-Z][A-Za-z-]+): (.+)$/.exec(line) ??
      [];
    assert(name !== "", `not a field: ${line}`);
    return [name, value] as const;
  });
  return { fields, description: rest.join("\n\n") };
}

Deno.test("METADATA has what an index asks for, and each license that is there", async () => {
  const { fields } = await readMetadata(await wheelOf(WINDOWS));
  const once = Object.fromEntries(fields);
  assertEquals(once["Metadata-Version"], "2.4");
  assertEquals(once["Name"], "litellm-discover");
  assertEquals(once["Version"], "1.2.3");
  assertEquals(once["License-Expression"], "MIT");
  assertEquals(once["Description-Content-Type"], "text/markdown");
  assert((once["Summary"] ?? "").length > 20);
  const valuesOf = (wanted: string): string[] =>
    fields.flatMap(([name, value]) => name === wanted ? [value] : []);
  assertEquals(valuesOf("License-File"), Object.keys(LICENSES));
  const classifiers = valuesOf("Classifier");
  assert(classifiers.includes("Operating System :: Microsoft :: Windows"));
  // With an expression, an index refuses these.
  assertEquals(classifiers.filter((one) => one.startsWith("License")), []);
});

Deno.test("the description leads nowhere that an index does not have", async () => {
  const { description } = await readMetadata(await wheelOf(LINUX));
  assert(description.length > 500);
  assertEquals([...description.matchAll(/\]\(|<a |!\[/g)], []);
});

Deno.test("the documents' address is in METADATA once there is one", async () => {
  const addressIn = async (docs: string): Promise<string[]> => {
    const { fields } = await readMetadata(await wheelOf(LINUX, { docs }));
    return fields.flatMap(([name, value]) =>
      name === "Project-URL" ? [value] : []
    );
  };
  assertEquals(await addressIn(""), []);
  assertEquals(await addressIn("https://docs.example/"), [
    "Documentation, https://docs.example/",
  ]);
});

Deno.test("a target that there is no wheel for is refused", async () => {
  await assertRejects(() => wheelOf("amiga"), Error, 'target "amiga"');
});

/** Runs `deno task wheel`; what it says where it fails. */
async function refusal(...args: string[]): Promise<string> {
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "-q", fromRepository("packaging/wheel.ts"), ...args],
    env: { DENO_NO_UPDATE_CHECK: "1", NO_COLOR: "1" },
  }).output();
  assertEquals(code, 1);
  return new TextDecoder().decode(stderr);
}

Deno.test("of programs that are built, an unknown or missing one is named, and no wheel written", () =>
  inFolder(async (folder) => {
    const from = ["--programs", folder];
    assertStringIncludes(await refusal(...from, "amiga"), 'target "amiga"');
    assertStringIncludes(await refusal(...from), "discover.exe");
    assertStringIncludes(await refusal("--programs"), "usage: wheel.ts");
  }));

/** The head of a program for macOS, with one other command before the version's. */
function macProgram(major: number, minor: number): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(80));
  const version = major << 16 | minor << 8;
  const numbers = {
    ...{ 0: 0xfeedfacf, 16: 2 },
    ...{ 32: 0x19, 36: 16 },
    ...{ 48: 0x32, 52: 24, 60: version },
  };
  for (const [at, number] of Object.entries(numbers)) {
    view.setUint32(Number(at), number, true);
  }
  return new Uint8Array(view.buffer);
}

Deno.test("a program that needs a newer system than its tag promises is refused", () => {
  const { tag: linux } = platformFor(LINUX);
  const { tag: mac } = platformFor(MAC);
  const symbols = (version: string): Uint8Array =>
    bytesOf(`\0GLIBC_2.3.4\0GLIBC_${version}\0GLIBC_2.4\0`);
  for (const version of ["2.9", "2.27", "2.2.5"]) {
    assertRunsOn(linux, symbols(version));
  }
  for (const version of ["2.28", "2.100", "3.0"]) {
    assertThrows(
      () => assertRunsOn(linux, symbols(version)),
      Error,
      `needs glibc ${version}`,
    );
  }
  assertRunsOn(mac, macProgram(11, 5));
  assertRunsOn(mac, macProgram(12, 0));
  for (const [major, minor] of [[12, 1], [13, 0]] as const) {
    assertThrows(
      () => assertRunsOn(mac, macProgram(major, minor)),
      Error,
      `needs macOS ${major}.${minor}`,
    );
  }
});

Deno.test("a program that does not say what it needs is refused, but for Windows", () => {
  const damaged = [macProgram(11, 0).slice(0, 40), bytesOf("MZ, as it were")];
  for (const program of [...damaged, new Uint8Array()]) {
    for (const [target, name] of [[LINUX, "glibc"], [MAC, "macOS"]] as const) {
      assertThrows(
        () => assertRunsOn(platformFor(target).tag, program),
        Error,
        `the program does not say which ${name}`,
      );
    }
    assertRunsOn(platformFor(WINDOWS).tag, program);
  }
});

import { installationOf, readCostMap } from "../../lib/litellm/installation.ts";
import { assertEquals } from "../support/assert.ts";
import { inFolder } from "../support/folder.ts";
import { fromRepository } from "../support/repository.ts";
import { pipLauncher, uvLauncher } from "./launchers.ts";

const isWindows = Deno.build.os === "windows";
const onUnix = { ignore: isWindows };
const list = "litellm/model_prices_and_context_window_backup.json";

/** Writes a file with the folders above it. */
async function write(
  path: string,
  content: string | Uint8Array = "",
): Promise<void> {
  await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
  const bytes = typeof content === "string"
    ? new TextEncoder().encode(content)
    : content;
  await Deno.writeFile(path, bytes, { mode: 0o755 });
}

/** Puts LiteLLM among the packages of a Python. */
async function install(packages: string, release: string): Promise<void> {
  await write(`${packages}/${list}`, `{"gpt-x": {"mode": "${release}"}}`);
  await write(`${packages}/litellm-${release}.dist-info/METADATA`);
  await write(`${packages}/litellm_enterprise-9.9.9.dist-info/METADATA`);
}

async function assertInstalled(
  program: string,
  packages: string,
  release: string,
): Promise<void> {
  const found = await installationOf(program);
  const costMapPath = found.costMapPath?.replaceAll("\\", "/");
  assertEquals({ ...found, costMapPath }, {
    program,
    release,
    costMapPath: `${packages}/${list}`,
  });
  const reading = await readCostMap(found);
  assertEquals(reading.kind, "read");
  if (reading.kind !== "read") return;
  assertEquals(reading.map.get("gpt-x")?.mode, release);
}

/** A script that names a Python. */
const script = (python: string): string => `#!${python}\nimport litellm\n`;

/** A Python of the system, under its two names. */
async function systemPython(folder: string): Promise<void> {
  await write(`${folder}/python3.11`);
  await Deno.symlink(`${folder}/python3.11`, `${folder}/python3`);
}

Deno.test({
  ...onUnix,
  name:
    "a virtual environment has its own LiteLLM, though its Python is a link to the system's",
  fn: () =>
    inFolder(async (root) => {
      await systemPython(`${root}/usr/bin`);
      await install(`${root}/usr/lib/python3/dist-packages`, "1.0.0");
      for (const [index, lib] of ["lib", "lib64"].entries()) {
        const venv = `${root}/with space ${lib}/.venv`;
        const packages = `${venv}/${lib}/python3.11/site-packages`;
        await write(`${venv}/pyvenv.cfg`);
        await write(
          `${venv}/bin/litellm`,
          `#!/bin/sh\n'''exec' "${venv}/bin/python" "$0" "$@"\n' '''\n`,
        );
        await Deno.symlink(`${root}/usr/bin/python3`, `${venv}/bin/python`);
        await install(packages, `1.108.${index}`);
        await assertInstalled(
          `${venv}/bin/litellm`,
          packages,
          `1.108.${index}`,
        );
      }
    }),
});

Deno.test({
  ...onUnix,
  name: "a link among the user's programs leads to the LiteLLM of pipx and uv",
  fn: () =>
    inFolder(async (root) => {
      const tool = `${root}/.local/share/uv/tools/litellm`;
      await systemPython(`${root}/usr/bin`);
      await write(`${tool}/bin/litellm`, script(`${tool}/bin/python`));
      await Deno.symlink(`${root}/usr/bin/python3.11`, `${tool}/bin/python`);
      await install(`${tool}/lib/python3.11/site-packages`, "1.108.7");
      await install(`${root}/.local/lib/python3.11/site-packages`, "1.0.0");
      await Deno.mkdir(`${root}/.local/bin`);
      const program = `${root}/.local/bin/litellm`;
      await Deno.symlink(`${tool}/bin/litellm`, program);
      await assertInstalled(
        program,
        `${tool}/lib/python3.11/site-packages`,
        "1.108.7",
      );
    }),
});

Deno.test({
  ...onUnix,
  name:
    "a script that stands elsewhere leads to the virtual environment it names, not to the user's packages",
  fn: () =>
    inFolder(async (root) => {
      const venv = `${root}/opt/venv`;
      const packages = `${venv}/lib/python3.13/site-packages`;
      await write(`${venv}/pyvenv.cfg`);
      await write(`${venv}/bin/python3.13`);
      await write(
        `${root}/.local/bin/litellm`,
        script(`${venv}/bin/python3.13`),
      );
      await install(packages, "1.108.7");
      await install(`${root}/.local/lib/python3.13/site-packages`, "1.0.0");
      await assertInstalled(`${root}/.local/bin/litellm`, packages, "1.108.7");
    }),
});

Deno.test({
  ...onUnix,
  name:
    "what a user installed comes before the system's, and of several Pythons that of the script counts",
  fn: () =>
    inFolder(async (root) => {
      const usr = `${root}/usr`;
      await systemPython(`${usr}/bin`);
      await install(`${usr}/lib/python3/dist-packages`, "1.1.0");
      for (
        const program of [`${usr}/bin/litellm`, `${usr}/local/bin/litellm`]
      ) {
        await write(program, script(`${usr}/bin/python3`));
        const packages = `${usr}/lib/python3/dist-packages`;
        await assertInstalled(program, packages, "1.1.0");
      }
      const program = `${root}/.local/bin/litellm`;
      await write(program, script(`${usr}/bin/python3`));
      for (const minor of [9, 11, 13]) {
        const lib = `${root}/.local/lib/python3.${minor}`;
        await install(`${lib}/site-packages`, `1.${minor}.0`);
      }
      const lib = `${root}/.local/lib`;
      await assertInstalled(
        program,
        `${lib}/python3.11/site-packages`,
        "1.11.0",
      );
      await write(program, script("/usr/bin/env python3"));
      await assertInstalled(
        program,
        `${lib}/python3.13/site-packages`,
        "1.13.0",
      );
      await install(`${lib}/python3.14t/site-packages`, "1.14.0");
      await assertInstalled(
        program,
        `${lib}/python3.14t/site-packages`,
        "1.14.0",
      );
    }),
});

Deno.test("every layout of Windows leads to its packages", () =>
  inFolder(async (folder) => {
    const root = folder.replaceAll("\\", "/");
    for (
      const [program, python, packages] of [
        [
          "venv/Scripts/litellm.exe",
          "venv/Scripts/python.exe",
          "venv/Lib/site-packages",
        ],
        [
          "Python312/Scripts/litellm.exe",
          "Python312/python.exe",
          "Python312/Lib/site-packages",
        ],
        [
          "Roaming/Python312/Scripts/litellm.exe",
          "Programs/Python312/python.exe",
          "Roaming/Python312/site-packages",
        ],
        [
          ".local/bin/litellm.exe",
          "uv/tools/litellm/Scripts/python.exe",
          "uv/tools/litellm/Lib/site-packages",
        ],
        [
          "bin/litellm.exe",
          "pythoncore-3.14/python.exe",
          "pythoncore-3.14/Lib/site-packages",
        ],
      ] as const
    ) {
      const path = `${root}/a b/${python}`;
      const launchers = [
        pipLauncher(`#!"${path}"\r\n`),
        uvLauncher(path, "UVSC"),
        uvLauncher(path, 64),
      ];
      for (const [index, launcher] of launchers.entries()) {
        const place = `${root}/a b`;
        await write(`${place}/${program}`, launcher);
        await install(`${place}/${packages}`, `1.108.${index}`);
        await assertInstalled(
          `${place}/${program}`,
          `${place}/${packages}`,
          `1.108.${index}`,
        );
        await Deno.remove(place, { recursive: true });
      }
    }
  }));

Deno.test("the launcher of Python's install manager has its Python in a file next to it", () =>
  inFolder(async (folder) => {
    const root = folder.replaceAll("\\", "/");
    const program = `${root}/Python/bin/litellm.exe`;
    const home = `${root}/Python/pythoncore-3.14-64`;
    await write(program, "MZ");
    await write(`${program}.__target__`, `${home}/python.exe`);
    await install(`${home}/Lib/site-packages`, "1.108.7");
    await assertInstalled(program, `${home}/Lib/site-packages`, "1.108.7");
  }));

Deno.test("a LiteLLM without its list, or without a trace, is still the one that would be started", () =>
  inFolder(async (folder) => {
    const root = folder.replaceAll("\\", "/");
    const program = `${root}/bin/litellm`;
    const packages = `${root}/lib/python3.12/site-packages`;
    const nothing = { program, release: undefined, costMapPath: undefined };
    assertEquals(await installationOf(program), nothing);
    await write(program, "#!/nowhere/python3\n");
    assertEquals(await installationOf(program), nothing);
    assertEquals(await readCostMap(nothing), { kind: "absent" });
    await write(`${packages}/litellm-1.2.3.dist-info/METADATA`);
    const found = { ...nothing, release: "1.2.3" };
    assertEquals(await installationOf(program), found);
    await write(`${packages}/litellm-1.2.4.dist-info/METADATA`);
    assertEquals(await installationOf(program), nothing);
  }));

Deno.test("a list that cannot be read is damaged", () =>
  inFolder(async (folder) => {
    const path = `${folder}/list.json`;
    const damaged = { kind: "damaged", path } as const;
    assertEquals(await readCostMap({ costMapPath: path }), damaged);
    await Deno.writeTextFile(path, '{"gpt-x": {');
    assertEquals(await readCostMap({ costMapPath: path }), damaged);
    await Deno.truncate(path, 40_000_000);
    assertEquals(await readCostMap({ costMapPath: path }), damaged);
    assertEquals(await readCostMap({ costMapPath: folder }), {
      kind: "damaged",
      path: folder,
    });
  }));

/** Prints what is found, in a process with the program's own permissions. */
const driver = `
import { findInstallation, readCostMap } from ${
  JSON.stringify(new URL("../../lib/litellm/installation.ts", import.meta.url))
};
const found = await findInstallation(true, Deno.args[0]);
const reading = found && await readCostMap(found);
console.log(JSON.stringify([found ?? null, reading?.kind ?? null]));
`;

Deno.test({
  ...onUnix,
  name: "the program may read all that with the permissions that it has",
  fn: () =>
    inFolder(async (root) => {
      const work = `${root}/work`;
      const packages = `${root}/.venv/lib/python3.12/site-packages`;
      await write(`${root}/driver.ts`, driver);
      await write(`${work}/none`);
      assertEquals(await runDriver(root, "/nowhere"), [null, null]);
      await write(
        `${root}/.venv/bin/litellm`,
        script(`${root}/.venv/bin/python`),
      );
      await install(packages, "1.108.7");
      const contents = {
        release: "1.108.7",
        costMapPath: `${packages}/${list}`,
      };
      for (
        const [path, program] of [
          ["/nowhere", "../.venv/bin/litellm"],
          [`/nowhere:${root}/.venv/bin`, `${root}/.venv/bin/litellm`],
        ] as const
      ) {
        const found = { program, ...contents };
        assertEquals(await runDriver(root, path), [found, "read"]);
      }
      // Next to the program it counts without being found by a name.
      await Deno.rename(`${root}/.venv`, `${root}/llm`);
      const program = `${root}/llm/bin/litellm`;
      const costMapPath = contents.costMapPath.replace("/.venv/", "/llm/");
      await write(program, script(`${root}/llm/bin/python`));
      assertEquals(
        await runDriver(root, "/nowhere", `${root}/llm/bin/discover`),
        [{ program, ...contents, costMapPath }, "read"],
      );
    }),
});

async function runDriver(
  root: string,
  path: string,
  ownPath = `${root}/discover`,
): Promise<unknown> {
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-q",
      "--no-check",
      `--config=${fromRepository("deno.json")}`,
      "-P=discover",
      `${root}/driver.ts`,
      ownPath,
    ],
    cwd: `${root}/work`,
    env: { PATH: path },
  }).output();
  const text = new TextDecoder().decode(stdout);
  if (text === "") throw new Error(new TextDecoder().decode(stderr));
  return JSON.parse(text);
}

/**
 * The wheels in `dist/`, and fresh places to install them into: a virtual
 * environment like LiteLLM's own, and a home for uv's tools. The installers are
 * those of the environment that `DISCOVER_LITELLM` names (`.ci/setup-python`
 * makes one), with settings of their own; nothing asks a network.
 *
 * @module
 */

import project from "../../deno.json" with { type: "json" };
import { pythonVersion } from "../../packaging/wheel_metadata.ts";
import { VENV } from "../litellm/litellm.ts";
import { assertEquals } from "../support/assert.ts";
import { runCommand } from "../support/program.ts";
import { fromRepository } from "../support/repository.ts";

const DIST = fromRepository("dist");

/** What has an installer find the wheel of its system, as the documents say. */
export const FROM_DIST: readonly string[] = [
  ...["--no-index", "--find-links", DIST, "litellm-discover"],
];

/** The version in the names of the wheels. */
export const VERSION: string = pythonVersion(project.version);

/** The path of the wheel for a system, by its tag. */
export function wheelFor(tag: string): string {
  return `${DIST}/litellm_discover-${VERSION}-py3-none-${tag}.whl`;
}

/** Runs a command that must succeed; what it printed. */
export async function succeed(
  [command = "", ...args]: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd = ".",
): Promise<string> {
  const result = await runCommand({ command, prefix: [] }, args, {
    env: { PATH: "/usr/bin:/bin", ...env },
    cwd,
    timeoutMs: 120_000,
  });
  const { code, stdout, stderr } = result;
  assertEquals(code, 0, `${command} ${args.join(" ")}: ${stdout}${stderr}`);
  return stdout;
}

/** All files and links in a folder, by their paths in it, in order. */
export async function filesIn(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const inner = isDirectory ? await filesIn(`${folder}/${name}`) : [];
    found.push(
      ...isDirectory ? inner.map((path) => `${name}/${path}`) : [name],
    );
  }
  return found.toSorted();
}

/** A virtual environment with LiteLLM; returns its folder. */
export async function makeVenv(parent: string): Promise<string> {
  const venv = `${parent}/venv`;
  const python = `${VENV}/bin/python`;
  await succeed([python, "-m", "venv", "--without-pip", venv]);
  const packages = (await pathOfPackages(python)).trim();
  // LiteLLM takes most of a minute to install: it is lent.
  const own = (await pathOfPackages(`${venv}/bin/python`)).trim();
  await Deno.writeTextFile(`${own}/lent.pth`, `${packages}\n`);
  const script = `#!${venv}/bin/python
import sys
from litellm import run_server
sys.exit(run_server())
`;
  await Deno.writeTextFile(`${venv}/bin/litellm`, script, { mode: 0o755 });
  return venv;
}

async function pathOfPackages(python: string): Promise<string> {
  const script = "import sysconfig; print(sysconfig.get_path('purelib'))";
  return await succeed([python, "-c", script]);
}

/** Runs pip for a virtual environment. */
export async function pip(
  venv: string,
  ...args: readonly string[]
): Promise<string> {
  const [python, own] = [`${VENV}/bin/python`, `${venv}/bin/python`];
  const command = [python, "-m", "pip", "--python", own, ...args];
  return await succeed(command, homeOf(venv));
}

/** A home for an installer's settings and tools, without a network. */
export function homeOf(home: string): Readonly<Record<string, string>> {
  return {
    HOME: home,
    PIP_DISABLE_PIP_VERSION_CHECK: "1",
    PIPX_HOME: `${home}/pipx/home`,
    PIPX_BIN_DIR: `${home}/pipx/bin`,
    UV_NO_CONFIG: "1",
    UV_OFFLINE: "1",
    UV_PYTHON: `${VENV}/bin/python`,
    UV_CACHE_DIR: `${home}/uv/cache`,
    UV_TOOL_DIR: `${home}/uv/tools`,
    UV_TOOL_BIN_DIR: `${home}/uv/bin`,
  };
}

/** Runs uv with a home of its own. */
export async function uv(
  home: string,
  ...args: readonly string[]
): Promise<string> {
  return await succeed([`${VENV}/bin/uv`, ...args], homeOf(home));
}

/**
 * The README's install commands, each run as it stands there by a shell, in a
 * folder with the wheels of `dist/`. pip, uv and pipx are those of the
 * environment that `DISCOVER_LITELLM` names (`.ci/setup-python` makes one), with
 * a home of their own; nothing asks a network. Linux only, and `deno task test`
 * leaves it out.
 *
 * @module
 */
import project from "../../deno.json" with { type: "json" };
import { VENV } from "../litellm/litellm.ts";
import { assert, assertStringIncludes } from "../support/assert.ts";
import { inFolder } from "../support/folder.ts";
import { commandsIn, readReadme } from "../support/readme.ts";
import { fromRepository } from "../support/repository.ts";
import { writeScript } from "../support/scripts.ts";
import { homeOf, succeed } from "./places.ts";

/** Where each installer puts `discover`, in the home that it has here. */
const PLACES: Readonly<Record<string, string>> = {
  pip: "venv/bin",
  uv: "uv/bin",
  pipx: "pipx/bin",
};

/** Runs a line of a shell in the home, as with LiteLLM's environment activated. */
async function inShell(home: string, line: string): Promise<void> {
  const PATH = `${home}/venv/bin:${VENV}/bin:/usr/bin:/bin`;
  const env = { ...homeOf(home), PATH };
  await succeed(["/bin/sh", "-c", line], env, `${home}/downloads`);
}

/** An environment with a pip, and a folder with the wheels next to it. */
async function setHome(home: string): Promise<void> {
  await Deno.mkdir(`${home}/downloads`);
  for await (const { name } of Deno.readDir(fromRepository("dist"))) {
    if (!name.endsWith(".whl")) continue;
    const wheel = `${home}/downloads/${name}`;
    await Deno.symlink(fromRepository(`dist/${name}`), wheel);
  }
  const python = `${VENV}/bin/python`;
  await inShell(home, `'${python}' -m venv --without-pip '${home}/venv'`);
  // A pip takes longest of all to install: this one is lent.
  const own = `'${home}/venv/bin/python'`;
  await writeScript(
    `${home}/venv/bin/pip`,
    `exec '${python}' -m pip --python ${own} "$@"`,
  );
}

const COMMANDS = commandsIn(await readReadme())
  .filter(({ runner }) => runner === "wheel").map(({ text }) => text);

for (const command of COMMANDS) {
  Deno.test(`the README's "${command}" installs the program`, () =>
    inFolder(async (home) => {
      await setHome(home);
      await inShell(home, command);
      const [installer = ""] = command.split(" ");
      const place = PLACES[installer];
      assert(place, `where does ${installer} put it?`);
      const version = await succeed([`${home}/${place}/discover`, "--version"]);
      assertStringIncludes(version, `discover ${project.version} `);
    }));
}

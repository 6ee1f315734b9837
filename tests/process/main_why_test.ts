/**
 * `--why` as a process under its own permissions, against recorded lists.
 *
 * @module
 */

import {
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "../support/assert.ts";
import type { RunResult } from "../support/program.ts";
import { faultsOf } from "../support/report_schema.ts";
import {
  basesOf,
  blockNames,
  MINE,
  parseReport,
  type Scene,
  setScene,
} from "../support/scene.ts";
import { fromRepository } from "../support/repository.ts";
import { refusal } from "../support/stand_in_providers.ts";

/** What it says of a name; it may write nothing. */
async function ask(
  scene: Scene,
  name: string,
  ...args: string[]
): Promise<RunResult> {
  const before = [await scene.names(), await scene.read()];
  const result = await scene.runWith(
    {},
    ...["--config", "config.yaml", "--why", name, ...args],
  );
  assertEquals([await scene.names(), await scene.read()], before);
  return result;
}

Deno.test("--why knows every name that a run has written", async () => {
  await using scene = await setScene(MINE, {});
  assertEquals((await scene.run()).code, 0);
  const names = blockNames(await scene.read());
  for (const name of ["claude-sonnet-5", "claude-fallback", "grok", "gemini"]) {
    assertEquals(names.includes(name), true, name);
    const { code, stdout, stderr } = await ask(scene, name);
    assertEquals([code, stderr], [0, ""]);
    assertStringIncludes(stdout, `* ${name} is in the block: `);
  }
  const { stdout } = await ask(scene, "claude-fallback");
  assertMatch(
    stdout,
    /a default alias for the newest of openrouter anthropic\/claude-sonnet-\*.*, now openrouter\/anthropic\/claude-sonnet-5$/m,
  );
});

Deno.test("--why says that the settings in the working directory do not count", async () => {
  await using scene = await setScene(MINE, {});
  await Deno.mkdir(scene.path("proxy"));
  await scene.write(MINE, "proxy/config.yaml");
  await scene.write("providers: { xai: false }\n", "discover.yaml");
  const config = ["--config", "proxy/config.yaml"];
  const { stderr } = await scene.runWith({}, ...config, "--why", "grok");
  assertStringIncludes(stderr, 'settings in "discover.yaml" are not read');
});

Deno.test("--why says why names of the providers' lists are not in the block", async () => {
  await using scene = await setScene(MINE, {});
  const said: readonly (readonly [string, string])[] = [
    [
      "grok-4.20-multi-agent-0309",
      "xAI lists it, but not as a chat model that discover can add",
    ],
    ["grok-4.20", "xAI lists it as another name of grok-4.20-0309-reasoning"],
    ["x-ai/grok-4.20", "only Anthropic's models are taken from it"],
    ["gemini-embedding-2", "it makes embeddings"],
    ["gemini-2.0-flash", "Gemini shut it down on 2026-06-01"],
    ["~anthropic/claude-opus-latest", 'as a variant ("latest")'],
    ["my-own", "taken by hand on line 3, which calls openai/my-own-gpt"],
  ];
  for (const [name, text] of said) {
    const { code, stdout, stderr } = await ask(scene, name);
    assertEquals([code, stderr], [5, ""], name);
    assertStringIncludes(stdout, `x ${name} is not in the block: `);
    assertStringIncludes(stdout, text);
  }
});

Deno.test("--why names the line of discover.yaml that leaves a model out, and a run without that line adds it", async () => {
  await using scene = await setScene(MINE, {});
  const settings = "timeout: 20s\nproviders:\n  xai:\n    include: grok-4.5\n";
  await scene.write(settings, "discover.yaml");
  const { code, stdout } = await ask(scene, "grok-4.3");
  assertEquals(code, 5);
  assertStringIncludes(stdout, '(line 4 of "discover.yaml")');
  await scene.write(settings.replace(/.*include.*/, "    {}"), "discover.yaml");
  assertEquals((await scene.run()).code, 0);
  assertEquals(blockNames(await scene.read()).includes("grok-4.3"), true);
  assertEquals((await ask(scene, "grok-4.3")).code, 0);
});

Deno.test("--why says which provider failed and how, and that its earlier models are kept", async () => {
  const few = await setScene(MINE, {});
  await few.run();
  const config = await few.read();
  await few[Symbol.asyncDispose]();
  await using scene = await setScene(config, {
    xai: refusal(403, { error: "no permission for this team" }),
  });
  const { code, stdout } = await ask(scene, "grok-4.5");
  assertEquals(code, 0);
  assertMatch(
    stdout,
    /kept from an earlier run\n {2}no list from xAI: API key lacks a permission \(HTTP 403\).*no permission for this team/,
  );
  assertStringIncludes(stdout, "-> check XAI_API_KEY");
});

Deno.test("--why --json prints one object that is valid under the schema", async () => {
  await using scene = await setScene(MINE, {});
  for (const [name, inBlock] of [["grok", true], ["nothing", false]] as const) {
    const { code, stdout } = await ask(scene, name, "--json");
    const report = parseReport(stdout);
    assertEquals(faultsOf(report), "");
    assertEquals([code, report["exitCode"]], inBlock ? [0, 0] : [5, 5]);
    assertEquals([report["name"], report["inBlock"]], [name, inBlock]);
  }
});

Deno.test("--why needs neither keys nor network for what the block says", async () => {
  await using scene = await setScene(MINE, {});
  await scene.run();
  const offline = { env: basesOf(scene) };
  const args = ["--config", "config.yaml", "--why"];
  const known = await scene.runWith(offline, ...args, "grok-4.5");
  assertEquals(known.code, 0, known.stderr);
  const unknown = await scene.runWith(offline, ...args, "grok-9");
  assertEquals(unknown.code, 5);
  assertStringIncludes(unknown.stdout, "xAI: no key in XAI_API_KEY");
});

Deno.test("--why says what docs/why.md shows", async () => {
  const page = await Deno.readTextFile(fromRepository("docs/why.md"));
  const [, name = "", shown] =
    /^```\r?\n\$ discover --why (\S+)\r?\n([^]*?)^```/m.exec(page) ?? [];
  await using scene = await setScene(MINE, {});
  const { code, stdout } = await ask(scene, name);
  assertEquals([code, stdout], [5, shown?.replaceAll("\r", "")]);
});

Deno.test("--why has lines to paste that bring in the model", async () => {
  await using scene = await setScene(MINE, {});
  const name = "openai/gpt-5.4-mini";
  const { stdout } = await ask(scene, name);
  const [paste = ""] = /^providers:\n {2}openrouter: .*$/m.exec(stdout) ?? [];
  await scene.write(`timeout: 20s\n${paste}\n`, "discover.yaml");
  assertEquals((await ask(scene, name)).code, 0);
});

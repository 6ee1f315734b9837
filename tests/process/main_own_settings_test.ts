/**
 * The program with `params:` and `info:` in `discover.yaml`, as a process under
 * its own permissions.
 *
 * @module
 */

import {
  assert,
  assertEquals,
  assertStringIncludes,
} from "../support/assert.ts";
import {
  FEW_MODELS,
  type Scene,
  setScene,
  withoutBlock,
} from "../support/scene.ts";
import { refusal } from "../support/stand_in_providers.ts";

const SETTINGS = `providers:
  openrouter: { info: { access_groups: [team-a] } }
  xai:
    params:
      tags: paid
      rpm: 60
      extra_headers: { X-Title: desk, X-Desk-Token: os.environ/DESK_TOKEN }
aliases:
  grok: { params: { rpm: 5 } }
`;

/** The same, written otherwise. */
const OTHERWISE = `aliases: {grok: {params: {rpm: 5}}}
providers:
  xai:
    params:
      "extra_headers":
        X-Desk-Token: 'os.environ/DESK_TOKEN'
        X-Title: "desk"
      rpm: 60
      tags: ["paid"]
  openrouter: {info: {access_groups: team-a}}
`;

/** No key of the scene's, which may stand in no file. */
const KEY = "sk-Made-1up-f0r-this";

const OWN_LINE = /^ +(?:rpm|tags|extra_headers|access_groups): .*\n/gm;

async function ownLines(scene: Scene): Promise<string[]> {
  return (await scene.read()).match(OWN_LINE)?.map((line) => line.trim()) ?? [];
}

Deno.test("own settings are written, stay the same, and go with their lines", async () => {
  await using scene = await setScene();
  await scene.run();
  const plain = await scene.read();
  const found = (await scene.run("--doctor")).stdout;
  await scene.write(SETTINGS, "discover.yaml");
  const { code, stderr } = await scene.run();
  assertEquals([code, stderr.includes("!")], [0, false], stderr);
  const set = await scene.read();
  assertStringIncludes(
    set,
    `      extra_headers: {"X-Desk-Token": "os.environ/DESK_TOKEN", "X-Title": "desk"}
      rpm: 60
      tags: ["paid"]
`,
  );
  assertStringIncludes(set, '      access_groups: ["team-a"]\n');
  assertStringIncludes(set, "      rpm: 5\n");
  assertEquals(withoutBlock(set), withoutBlock(plain));

  // The doctor and the next run find nothing to say of them.
  assertEquals((await scene.run("--check")).code, 0);
  assertEquals((await scene.run("--doctor")).stdout, found);
  await scene.write(OTHERWISE, "discover.yaml");
  assertEquals((await scene.run("--check")).code, 0);

  await scene.write("", "discover.yaml");
  await scene.run();
  assertEquals(await scene.read(), plain);
});

Deno.test("own settings stay while their provider is silent, and through a rewrite of the config", async () => {
  await using scene = await setScene();
  await scene.write(SETTINGS, "discover.yaml");
  await scene.run();
  const set = await scene.read();
  await using silent = await setScene(set, {
    ...FEW_MODELS,
    xai: refusal(503, {}),
  });
  await silent.write(
    SETTINGS.replace("rpm: 60", "rpm: 61"),
    "discover.yaml",
  );
  assertEquals((await silent.run()).code, 0);
  assertEquals(await silent.read(), set);

  // Its own dump has no markers.
  await silent.write(set.replace(/^ *#.*\n/gm, ""));
  const { code, stderr } = await silent.run("--repair");
  assertEquals(code, 0, stderr);
  const lines = await ownLines(silent);
  assertEquals(lines.toSorted(), (await ownLines(scene)).toSorted());
});

Deno.test("a key in own settings is refused before any request, and shown nowhere", async () => {
  await using scene = await setScene();
  const before = await scene.read();
  for (
    const value of [
      `extra_headers: { Authorization: Bearer ${KEY} }`,
      `extra_headers: { X-Any: ${KEY} }`,
      `extra_body: { deep: [{ api_key: ${KEY} }] }`,
    ]
  ) {
    await scene.write(
      `providers:\n  xai:\n    params:\n      ${value}\n`,
      "discover.yaml",
    );
    for (const args of [[], ["--json"], ["-v", "-n"], ["--why", "grok"]]) {
      const { code, stdout, stderr } = await scene.run(...args);
      assertEquals(code, 2);
      assertStringIncludes(stdout + stderr, "it looks like a key");
      assert(!(stdout + stderr).includes(KEY), stdout + stderr);
    }
  }
  assertEquals(await scene.read(), before);
  assertEquals(scene.providers.xai.requests.length, 0);
});

/**
 * A provider that lists a few of its many models: the others stay until the user
 * accepts that they are gone.
 *
 * @module
 */

import {
  assert,
  assertEquals,
  assertStringIncludes,
} from "../support/assert.ts";
import {
  blockNames,
  FEW_MODELS,
  geminiModels,
  MINE,
  parseReport,
  type Scene,
  setScene,
  xaiModels,
} from "../support/scene.ts";

/** xAI lists forty models at first, and then three; the others are as ever. */
async function afterManyGroks(): Promise<{
  readonly scene: Scene;
  readonly list: (groks: number, gemini?: string) => void;
}> {
  let [groks, gemini] = [40, "gemini-3.8-flash"];
  const scene = await setScene(MINE, {
    ...FEW_MODELS,
    xai: () =>
      xaiModels(...Array.from({ length: groks }, (_, at) => `grok-3.${at}`)),
    gemini: () => geminiModels(gemini),
  });
  const { code, stderr } = await scene.run();
  assertEquals(code, 0, stderr);
  return {
    scene,
    list: (now, other = gemini) => {
      [groks, gemini] = [now, other];
    },
  };
}

async function groksIn(scene: Scene): Promise<number> {
  const names = blockNames(await scene.read());
  return names.filter((name) => name.startsWith("grok-")).length;
}

function words(text: string): string {
  return text.replaceAll(/\s+/g, " ");
}

Deno.test("a list of 3 where the section has 40 keeps the 40, until --accept-shrink takes it", async () => {
  const { scene, list } = await afterManyGroks();
  await using _ = scene;
  const first = await scene.read();
  list(3);
  const doubted = await scene.run();
  assertEquals(doubted.code, 0, doubted.stderr);
  assertEquals(await scene.read(), first);
  assertStringIncludes(
    words(doubted.stderr),
    "model list has only 3 models, down from 40; keeping 40 earlier models",
  );
  assertStringIncludes(
    words(doubted.stderr),
    'run once with --accept-shrink, or set shrink: accept for "xai" in discover.yaml',
  );
  const accepted = await scene.run("--accept-shrink");
  assertEquals([accepted.code, await groksIn(scene)], [0, 3]);
  assertStringIncludes(words(accepted.stderr), "37 names removed");
  const quiet = await scene.run();
  assertEquals(quiet.code, 0);
  assertStringIncludes(quiet.stderr, "Already up to date");
  assert(!quiet.stderr.includes("!"), quiet.stderr);
});

Deno.test("shrink: accept in discover.yaml takes the list of that provider", async () => {
  const { scene, list } = await afterManyGroks();
  await using _ = scene;
  list(3);
  await scene.write(
    "providers: { gemini: { shrink: accept } }\n",
    "discover.yaml",
  );
  await scene.run();
  assertEquals(await groksIn(scene), 40);
  await scene.write(
    "providers: { xai: { shrink: accept } }\n",
    "discover.yaml",
  );
  await scene.run();
  assertEquals(await groksIn(scene), 3);
});

Deno.test("a doubted list is a failure for --json, --strict and --check, and the rest is refreshed", async () => {
  const { scene, list } = await afterManyGroks();
  await using _ = scene;
  list(3, "gemini-3.9-flash");
  const check = await scene.run("--check");
  assertEquals(check.code, 1);
  const { code, stdout, stderr } = await scene.run("--strict", "--json");
  assertEquals(code, 1);
  assertStringIncludes(
    words(stderr),
    "Not every provider returned a model list that was accepted",
  );
  assertStringIncludes(stdout, '"reason": "shrunk"');
  assertStringIncludes(stdout, '"code": "provider-failed"');
  assertEquals(parseReport(stdout)["result"], "updated");
  assertEquals(await groksIn(scene), 40);
  assert(blockNames(await scene.read()).includes("gemini-3.9-flash"));
});

Deno.test("where a doubted list is all that came, nothing is written, and the code is 1", async () => {
  const { scene, list } = await afterManyGroks();
  await using _ = scene;
  list(3);
  const first = await scene.read();
  const { code, stderr } = await scene.run("--only", "xai");
  assertEquals([code, await scene.read()], [1, first]);
  assertStringIncludes(
    words(stderr),
    "No provider returned a model list that was accepted; ",
  );
  const accepted = await scene.run("--only", "xai", "--accept-shrink");
  assertEquals([accepted.code, await groksIn(scene)], [0, 3]);
});

Deno.test("--doctor and --why doubt the list as a run does", async () => {
  const { scene, list } = await afterManyGroks();
  await using _ = scene;
  const mine = `model_list:
  - model_name: mine
    litellm_params:
      model: xai/grok-3.30
`;
  await scene.write((await scene.read()).replace("model_list:\n", mine));
  list(3);
  const doctor = await scene.run("--doctor");
  assert(!doctor.stdout.includes("grok-3.30"), doctor.stdout);
  assertStringIncludes(words(doctor.stdout + doctor.stderr), "only 3 models");
  const why = await scene.run("--why", "grok-3.31");
  assertEquals(why.code, 0);
  assertStringIncludes(why.stdout, "kept from an earlier run");
  const accepted = await scene.run("--why", "grok-3.31", "--accept-shrink");
  assertEquals(accepted.code, 5);
});

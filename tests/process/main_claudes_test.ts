/**
 * Claude from Anthropic and from OpenRouter, as a process under its own
 * permissions: one name for both, whatever was there before.
 *
 * @module
 */

import {
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "../support/assert.ts";
import { fromRepository } from "../support/repository.ts";
import {
  blockNames,
  FEW_MODELS,
  geminiModels,
  MINE,
  openRouterModels,
  parseReport,
  type Scene,
  setScene,
  withoutBlock,
  xaiModels,
} from "../support/scene.ts";
import { type Behaviour, startStandIn } from "../support/stand_in.ts";
import { openRouter } from "../support/stand_in_providers.ts";

const CLAUDES: Behaviour = {
  kind: "answers",
  body: {
    data: [
      { id: "claude-sonnet-5", display_name: "Claude Sonnet 5" },
      { id: "claude-haiku-4-5-20251001", display_name: "Claude Haiku 4.5" },
    ],
    has_more: false,
  },
};

interface Both extends AsyncDisposable {
  readonly scene: Scene;
  readonly run: (...args: string[]) => ReturnType<Scene["run"]>;
}

/** A scene with Anthropic on; `down` says who fails from now on. */
async function setBoth(
  config: string,
  down: Set<string> = new Set(),
): Promise<Both> {
  const all = new AsyncDisposableStack();
  const unless = (id: string, answer: Behaviour): () => Behaviour => () =>
    down.has(id) ? { kind: "status", status: 500 } : answer;
  const anthropic = all.use(await startStandIn(unless("anthropic", CLAUDES)));
  const list = openRouterModels(
    "anthropic/claude-sonnet-5",
    "anthropic/claude-haiku-4.5",
    "anthropic/claude-saga-6",
  );
  const scene = all.use(
    await setScene(config, {
      openrouter: (at, request) =>
        down.has("openrouter")
          ? { kind: "status", status: 500 }
          : openRouter(list)(at, request),
      xai: unless("xai", xaiModels("grok-4.5")),
      gemini: unless("gemini", geminiModels("gemini-3.8-flash")),
    }),
  );
  await scene.write("providers:\n  anthropic: {}\n", "discover.yaml");
  const env = {
    ...scene.env,
    ANTHROPIC_API_BASE: anthropic.base,
    ANTHROPIC_API_KEY: "sk-ant-5ecre7",
  };
  return {
    scene,
    run: (...args) => scene.runWith({ env }, "--config", scene.config, ...args),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

/** The turn of each entry of a name, by LiteLLM's model. */
function turnsOf(text: string, name: string): Record<string, string> {
  const entries = text.split(/^ *- model_name: /m)
    .filter((entry) => entry.startsWith(`"${name}"\n`));
  return Object.fromEntries(entries.map((entry) => [
    /model: "(.*)"/.exec(entry)?.[1] ?? "",
    /order: (\d)/.exec(entry)?.[1] ?? "none",
  ]));
}

const JOINED = {
  "anthropic/claude-haiku-4-5-20251001": "1",
  "openrouter/anthropic/claude-haiku-4.5": "2",
};

Deno.test("a Claude of both providers is one name with two turns, and --remove gives back the file", async () => {
  await using both = await setBoth(MINE);
  const { code, stderr } = await both.run();
  assertEquals(code, 0, stderr);
  const text = await both.scene.read();
  assertEquals(withoutBlock(text), MINE);
  for (const name of ["claude-haiku-4-5", "claude-haiku-4-5-20251001"]) {
    assertEquals(turnsOf(text, name), JOINED);
  }
  assertStringIncludes(text, 'display_name: "Claude Haiku 4.5"');
  assertStringIncludes(text, 'display_name: "Claude Saga 6 (OpenRouter)"');
  assertEquals(blockNames(text).includes("claude-saga-fallback"), true);
  const again = await both.run();
  assertEquals(await both.scene.read(), text);
  assertMatch(again.stderr, /Already up to date: .* 7 models/);
  await both.run("--remove");
  assertEquals(await both.scene.read(), MINE);
});

Deno.test("the turns stay as they are while one of the two is down", async () => {
  const down = new Set<string>();
  await using both = await setBoth(MINE, down);
  await both.run();
  const text = await both.scene.read();
  for (const id of ["anthropic", "openrouter"]) {
    down.clear();
    down.add(id);
    const { code, stderr } = await both.run();
    assertEquals(code, 0, stderr);
    assertEquals(await both.scene.read(), text, id);
  }
});

Deno.test("the live list and the report count models, not their names", async () => {
  await using both = await setBoth(MINE);
  const { stdout } = await both.run("--json");
  const { providers } = parseReport(stdout);
  const counts = Array.isArray(providers)
    ? providers.map(({ id, models }) => [id, models])
    : [];
  assertEquals(counts, [
    ["openrouter", 3],
    ["xai", 1],
    ["gemini", 1],
    ["anthropic", 2],
  ]);
  const { stderr } = await both.run();
  assertStringIncludes(stderr, "Anthropic     2 models");
  assertStringIncludes(await both.scene.read(), "# -- anthropic: 2 models,");
});

/** The block that the version before these names wrote. */
const BEFORE = (await Deno.readTextFile(
  fromRepository("tests/fixtures/blocks/before-anthropic-names.yaml"),
)).trimEnd();

function withBlockBefore(config: string): string {
  return config.replace(
    "OPENAI_API_KEY\n",
    (line) => `${line}${BEFORE}\n`,
  );
}

Deno.test("a block of before is renewed in one run, and no other byte changes", async () => {
  await using fresh = await setBoth(MINE);
  await fresh.run();
  await using both = await setBoth(withBlockBefore(MINE));
  const { code, stderr } = await both.run();
  assertEquals(code, 0, stderr);
  assertEquals(stderr.includes("edited by hand"), false, stderr);
  const text = await both.scene.read();
  assertEquals(text, await fresh.scene.read());
});

Deno.test("nothing of a block of before is lost while nobody answers", async () => {
  const config = withBlockBefore(MINE);
  const down = new Set(["openrouter", "xai", "gemini", "anthropic"]);
  await using both = await setBoth(config, down);
  const { code } = await both.run();
  assertEquals(code, 1);
  assertEquals(await both.scene.read(), config);
  // Of those that do not answer all entries stay, under the names that they have.
  down.delete("xai");
  const { stderr } = await both.run();
  const names = blockNames(await both.scene.read());
  for (
    const name of [
      "anthropic/claude-sonnet-5",
      "anthropic/claude-haiku-4-5-20251001",
      "gemini-3.8-flash",
      "claude-fallback",
    ]
  ) assertEquals(names.includes(name), true, `${name}: ${stderr}`);
});

Deno.test("a first choice by hand is never shared, and its stand-in has another name", async () => {
  const mine = `model_list:
  - model_name: claude-sonnet-5 # the first choice
    litellm_params: {model: anthropic/claude-sonnet-5, api_key: os.environ/ANTHROPIC_API_KEY}
`;
  await using scene = await setScene(mine, FEW_MODELS);
  const { code, stderr } = await scene.run();
  assertEquals(code, 0, stderr);
  const names = blockNames(await scene.read());
  assertEquals(names.includes("claude-sonnet-5"), false);
  assertEquals(names[0], "openrouter/anthropic/claude-sonnet-5");
  assertEquals(withoutBlock(await scene.read()), mine);
});

/**
 * Models chosen by what their provider says that they cost.
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
  MINE,
  parseReport,
  type Scene,
  setScene,
} from "../support/scene.ts";
import { openRouter } from "../support/stand_in_providers.ts";
import type { Behaviour } from "../support/stand_in.ts";

/** OpenRouter's rows, in US dollars per token, as texts. */
function priced(
  ...rows: readonly (readonly [id: string, input: string, output: string])[]
): Behaviour {
  const data = rows.map(([id, prompt, completion]) => ({
    ...{ id, canonical_slug: id },
    pricing: { prompt, completion },
  }));
  return { kind: "answers", body: { data } };
}

const OPENROUTER = priced(
  ["anthropic/claude-opus-4.8", "0.000005", "0.000025"],
  ["anthropic/claude-sonnet-5", "0.000003", "0.000015"],
  ["deepseek/deepseek-v4", "0.0000003", "0.0000012"],
  ["deepseek/deepseek-v4:free", "0", "0"],
  ["openrouter/auto", "-1", "-1"],
);

async function pricedScene(rules: string): Promise<Scene> {
  const cast = { ...FEW_MODELS, openrouter: openRouter(OPENROUTER) };
  const scene = await setScene(MINE, cast);
  await scene.write(`providers: { openrouter: ${rules} }\n`, "discover.yaml");
  return scene;
}

function routerNames(text: string): string[] {
  return blockNames(text).filter((name) => !/^(?:gemini|grok)/.test(name));
}

Deno.test("max_price keeps what costs no more, aliases included, and no price is written", async () => {
  await using scene = await pricedScene("{ max_price: 15 }");
  const { code, stdout, stderr } = await scene.run("--json");
  assertEquals(code, 0, stderr);
  const text = await scene.read();
  assertEquals(routerNames(text), ["claude-sonnet-5", "claude-fallback"]);
  assertEquals(/cost|pric/.test(text + stdout), false);
  const [first] = JSON.parse(JSON.stringify(parseReport(stdout)["providers"]));
  assertEquals([first.models, first.filtered, first.variants], [1, 4, 0]);
  await scene.write(
    "providers: { openrouter: { max_price: { input: 1 } } }\n",
    "discover.yaml",
  );
  const without = await scene.run();
  assertStringIncludes(
    without.stderr.replaceAll(/\s+/g, " "),
    "OpenRouter: no model passes all of its filters -> check include and max_price in discover.yaml",
  );
});

Deno.test("free: only offers what costs nothing, its variants without variants:", async () => {
  await using scene = await pricedScene("{ include: '*', free: only }");
  const { code, stderr } = await scene.run();
  assertEquals(code, 0, stderr);
  assertEquals(routerNames(await scene.read()), ["deepseek/deepseek-v4:free"]);
  assert(!stderr.includes("!"), stderr);
});

Deno.test("--why says what a model costs, and which line leaves it out", async () => {
  await using scene = await pricedScene("{ max_price: 15 }");
  const { code, stdout } = await scene.run("--why", "claude-opus-4-8");
  assertEquals(code, 5);
  assertStringIncludes(
    stdout,
    "it costs $25 per million output tokens, and max_price is 15 (line 1 of",
  );
});

Deno.test("a choice by price is refused where the provider states none", async () => {
  await using scene = await setScene();
  await scene.write(
    "providers:\n  gemini:\n    max_price: 3\n",
    "discover.yaml",
  );
  const { code, stderr } = await scene.run();
  assertEquals(code, 2);
  assertStringIncludes(
    stderr.replaceAll(/\s+/g, " "),
    'line 3: max_price of "gemini": its list states no prices',
  );
});

/**
 * With Anthropic enabled, OpenRouter answers for it while it fails, within the
 * same request and with no line of the user's about it.
 *
 * @module
 */

import { message } from "../litellm/clients.ts";
import { assertEquals } from "../support/assert.ts";
import { askClaudeCode } from "./claude_code.ts";
import { CLAUDE_CODES, type ClaudeCode, LITELLMS } from "./installed.ts";
import { askCodex } from "./others.ts";
import { type Scene, startScene } from "./scene.ts";

for (const { name, venv } of LITELLMS) {
  Deno.test(`OpenRouter stands in for Anthropic: ${name}`, async (t) => {
    await using scene = await startScene({ venv, hasAnthropic: true });
    const { Anthropic } = scene.upstreams;
    for (const claude of CLAUDE_CODES) {
      await t.step(`Claude Code ${claude.version}`, async (t) => {
        Anthropic.refusesWith = undefined;
        await provesRows(t, scene, claude);
      });
    }
    await t.step("Codex", async () => {
      Anthropic.refusesWith = 429;
      assertEquals(
        await askCodex(scene, "claude-opus-4-5"),
        "told by OpenRouter as anthropic/claude-opus-4.5",
      );
    });
    await t.step("a key that is refused is no longer sent", async () => {
      Anthropic.refusesWith = 401;
      await assertStandsIn(scene, "claude-sonnet-4-5");
      const before = Anthropic.chats.length;
      await assertStandsIn(scene, "claude-sonnet-4-5");
      assertEquals(Anthropic.chats.length, before);
    });
    await t.step("a failing server is asked again each time", async () => {
      Anthropic.refusesWith = 500;
      for (const _ of [1, 2]) await assertStandsIn(scene, "claude-opus-4-1");
    });
    await t.step("no server at all", async () => {
      await Anthropic[Symbol.asyncDispose]();
      for (const _ of [1, 2]) await assertStandsIn(scene, "claude-sonnet-4");
    });
  });
}

async function provesRows(
  t: Deno.TestContext,
  scene: Scene,
  claude: ClaudeCode,
): Promise<void> {
  const { Anthropic } = scene.upstreams;
  const { default: _, ...rows } = claude.rows;
  const askAll = (): Promise<string[]> =>
    Promise.all(
      Object.keys(rows).map((row) => askClaudeCode(scene, claude, row)),
    );
  const names = Object.values(rows);
  const fromAnthropic = names.map((name) => `told by Anthropic as ${name}`);
  const fromOpenRouter = names.map((name) =>
    `told by OpenRouter as ${openRouterId(name)}`
  );
  await t.step("Anthropic answers its rows", async () => {
    assertEquals(await askAll(), fromAnthropic);
  });
  await t.step(
    "OpenRouter answers them when the limit is used up",
    async () => {
      Anthropic.refusesWith = 429;
      assertEquals(await askAll(), fromOpenRouter);
    },
  );
  await t.step("and then at once", async () => {
    const before = Anthropic.chats.length;
    assertEquals(await askAll(), fromOpenRouter);
    assertEquals(Anthropic.chats.slice(before), []);
  });
}

async function assertStandsIn(scene: Scene, name: string): Promise<void> {
  assertEquals(
    await message(scene.proxy, name),
    `told by OpenRouter as ${openRouterId(name)}`,
  );
}

/** `anthropic/claude-opus-5.5` of `claude-opus-5-5`. */
function openRouterId(name: string): string {
  return `anthropic/${
    name.replace(/-\d{8}$/, "").replace(/-(\d)-(\d)$/, "-$1.$2")
  }`;
}

/**
 * `discover --start` from cold, with the real LiteLLM: what its clients see,
 * where their requests go, and that the proxy comes up whatever happened.
 *
 * @module
 */

import { textField, tokensField } from "../../lib/text/fields.ts";
import {
  assert,
  assertEquals,
  assertStringIncludes,
} from "../support/assert.ts";
import { until } from "../support/until.ts";
import { chat, listForClaudeCode, listModels, message } from "./clients.ts";
import {
  type Desk,
  FAKE_KEYS,
  listAutumn,
  listNothing,
  setUpDesk,
} from "./desk.ts";
import { startProxy } from "./litellm.ts";

const HAND_WRITTEN = ["claude-sonnet", "claude-opus", "grok-4-0709"];
const RELOAD_LIMIT_MS = 60_000;
/** The Sonnet that only the newer lists have. */
const NEWEST = "claude-sonnet-5";
/** The desk's `cooldown_time`, and some more. */
const COOLDOWN_LIMIT_MS = 30_000;

/** The names of the block, each with the limit that stands there, if any. */
async function readBlock(
  { config }: Desk,
): Promise<ReadonlyMap<string, number | undefined>> {
  const text = await Deno.readTextFile(config);
  const entries = text.split(/^ *- model_name: (?=")/m).slice(1);
  return new Map(entries.map((entry) => {
    const limit = /^ *max_input_tokens: (\d+)$/m.exec(entry)?.[1];
    return [entry.split('"')[1] ?? "", limit ? Number(limit) : undefined];
  }));
}

/** All names that the proxy must list, in order. */
async function namesOf(desk: Desk): Promise<string[]> {
  return [...HAND_WRITTEN, ...(await readBlock(desk)).keys()].toSorted();
}

/** The config without the lines from marker to marker. */
async function readOutside({ config }: Desk): Promise<string> {
  const text = await Deno.readTextFile(config);
  return text.replace(/^ *# >>> [^]*^ *# <<< .*\n/m, "");
}

function assertNoKey(text: string): void {
  for (const key of Object.values(FAKE_KEYS)) {
    assert(!text.includes(key), "a key was printed");
  }
}

Deno.test("a proxy from cold lists and answers for hand-written and discovered names", async (t) => {
  await using desk = await setUpDesk();
  await using proxy = await startProxy({ ...desk, args: ["--reload"] });

  await t.step("its list is exactly the names of the config", async () => {
    const listed = await listModels(proxy);
    assertEquals([...listed.keys()].toSorted(), await namesOf(desk));
  });

  await t.step("it has every limit that a provider stated", async () => {
    const listed = await listModels(proxy);
    const stated = [...await readBlock(desk)].flatMap(([name, limit]) =>
      limit === undefined ? [] : [{ name, limit }]
    );
    assert(stated.length > 20, `${stated.length} limits`);
    const shown = stated.map(({ name }) => ({
      name,
      limit: tokensField(listed.get(name) ?? {}, "max_input_tokens"),
    }));
    assertEquals(shown, stated);
  });

  await t.step(
    "every entry of the block has its own text in the list",
    async () => {
      const listed = await listForClaudeCode(proxy);
      const names = [...(await readBlock(desk)).keys()];
      const shown = names.map((name) =>
        textField(listed.get(name) ?? {}, "display_name")
      );
      assertEquals(new Set(shown).size, names.length);
      assertEquals(
        names.filter((name) => shown.includes(name)),
        [],
        "without a text, LiteLLM gives the name",
      );
    },
  );

  await t.step(
    "each provider gets its own model id and its own key",
    async () => {
      // Which models have not ended yet depends on the day.
      const firstNamed = async (start: string): Promise<[string, string]> => {
        const names = [...(await readBlock(desk)).keys()];
        const name = names.find((one) => one.startsWith(start)) ?? "";
        return [name, name];
      };
      const cases = [
        [
          desk.openrouter,
          "claude-sonnet-4-5",
          "anthropic/claude-sonnet-4.5",
          "OPENROUTER_API_KEY",
        ],
        [desk.xai, ...await firstNamed("grok-"), "XAI_API_KEY"],
        [desk.gemini, ...await firstNamed("gemini-"), "GEMINI_API_KEY"],
      ] as const;
      for (const [upstream, name, model, variable] of cases) {
        for (const ask of [chat, message]) {
          const before = upstream.chats.length;
          assertStringIncludes(await ask(proxy, name), "told by");
          assertEquals(upstream.chats.slice(before), [
            { model, key: FAKE_KEYS[variable] },
          ]);
        }
      }
    },
  );

  desk.anthropic.refusesWith = 429;
  await t.step(
    "OpenRouter's newest Sonnet stands in for a first choice that cools down",
    async () => {
      assertEquals(await chat(proxy, "claude-sonnet"), "told by OpenRouter");
      assertEquals(desk.anthropic.chats.length, 1);
      assertEquals(
        desk.openrouter.chats.at(-1)?.model,
        "anthropic/claude-sonnet-4.5",
      );
    },
  );

  await t.step("the one that cools down is not asked meanwhile", async () => {
    assertEquals(await message(proxy, "claude-sonnet"), "told by OpenRouter");
    assertEquals(await chat(proxy, "claude-sonnet"), "told by OpenRouter");
    assertEquals(desk.anthropic.chats.length, 1);
  });

  await t.step("a running proxy shows a new catalog by itself", async () => {
    const before = await listModels(proxy);
    assert(!before.has(NEWEST));
    const outside = await readOutside(desk);
    await listAutumn(desk);
    const { code, stderr } = await desk.refresh();
    assertEquals(code, 0, stderr);
    const isThere = await until(async () => {
      try {
        return (await listModels(proxy)).has(NEWEST);
      } catch {
        // The worker is just starting anew.
        return false;
      }
    }, RELOAD_LIMIT_MS);
    assert(isThere, proxy.log());
    const now = [...(await listModels(proxy)).keys()].toSorted();
    assertEquals(now, await namesOf(desk));
    assertEquals(await readOutside(desk), outside);
  });

  await t.step(
    "the hand-written fallback still works, with the new Sonnet",
    async () => {
      assertEquals(await chat(proxy, "claude-sonnet"), "told by OpenRouter");
      assertEquals(
        desk.openrouter.chats.at(-1)?.model,
        "anthropic/claude-sonnet-5",
      );
    },
  );

  await t.step("the first choice answers again after its rest", async () => {
    desk.anthropic.refusesWith = undefined;
    const isBack = await until(
      async () => await chat(proxy, "claude-sonnet") === "told by Anthropic",
      COOLDOWN_LIMIT_MS,
    );
    assert(isBack, proxy.log());
  });

  await t.step("no key was printed", () => assertNoKey(proxy.log()));
});

Deno.test("a refresh that fails still brings up the proxy with the old list", async () => {
  await using desk = await setUpDesk();
  const first = await desk.refresh();
  assertEquals(first.code, 0, first.stderr);
  const names = await namesOf(desk);
  const text = await Deno.readTextFile(desk.config);
  await Deno.writeTextFile(desk.config, text.replace(/^ *# <<<.*\n/m, ""));
  const damaged = await Deno.readTextFile(desk.config);
  await using proxy = await startProxy(desk);
  assertStringIncludes(proxy.log(), "begin marker without an end marker");
  assertEquals([...(await listModels(proxy)).keys()].toSorted(), names);
  assertEquals(await Deno.readTextFile(desk.config), damaged);
});

Deno.test("--output gives the proxy that file, and the config stays as it is", async (t) => {
  await using desk = await setUpDesk();
  const output = `${desk.folder}/live.yaml`;
  const before = await Deno.readTextFile(desk.config);
  const start = { ...desk, flags: ["--output", output] };
  const names = (): Promise<string[]> => namesOf({ ...desk, config: output });

  await t.step("with the names of today", async () => {
    await using proxy = await startProxy(start);
    const listed = [...(await listModels(proxy)).keys()];
    assertEquals(listed.toSorted(), await names());
    assert(listed.length > HAND_WRITTEN.length, listed.join());
    assertStringIncludes(
      await chat(proxy, "claude-sonnet-4-5"),
      "told by OpenRouter",
    );
  });

  await t.step("with those of the last run, when all are down", async () => {
    listNothing(desk);
    await using proxy = await startProxy(start);
    const listed = [...(await listModels(proxy)).keys()];
    assertEquals(listed.toSorted(), await names());
    assertStringIncludes(proxy.log().replace(/\s+/g, " "), "an earlier run");
  });

  assertEquals(await Deno.readTextFile(desk.config), before);
});

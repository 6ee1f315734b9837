/**
 * The real LiteLLM with variables that are meant for a client of it: by them an
 * entry without a base calls the proxy itself; what is written, and what is
 * advised, does not. And its list is told from a provider's, in both forms.
 *
 * @module
 */

import { isProxyList } from "../../lib/providers/proxy_list.ts";
import {
  assert,
  assertEquals,
  assertStringIncludes,
} from "../support/assert.ts";
import type { RunResult } from "../support/program.ts";
import { blockNames, setScene } from "../support/scene.ts";
import { fromRepository } from "../support/repository.ts";
import { chat, listForClaudeCode, listModels } from "./clients.ts";
import { MASTER_KEY, type Proxy, startProxy } from "./litellm.ts";
import { REAL_KEY, setOwnDesk } from "./own_desk.ts";

const SOURCE = fromRepository("tests/litellm/own-variables");

/** The block settles, if it does, with the second. */
const RUNS = 4;

Deno.test("a proxy with its client's variables calls itself where nobody says otherwise", async (t) => {
  await using desk = await setOwnDesk(SOURCE);
  let advised = "";
  await t.step("the lines are told, and the base that is missing", async () => {
    advised = assertTells(await desk.run(), await desk.read("config.yaml"));
  });
  await desk.giveRealKey();
  await desk.writeEntry("claude-told", advised);
  await using proxy = await startProxy({ ...desk, env: desk.env });

  await t.step("entries of ours are called at Anthropic", async () => {
    const [name = ""] = blockNames(await desk.read("config.yaml"));
    assertStringIncludes(name, "claude-");
    assertEquals(await chat(proxy, name), "told by Anthropic");
    assertEquals(desk.keysOfChats(), [REAL_KEY]);
  });
  await t.step("so is one with the base that was advised", async () => {
    assertEquals(await chat(proxy, "claude-told"), "told by Anthropic");
    assertEquals(desk.keysOfChats(), [REAL_KEY, REAL_KEY]);
    assertEquals(callsOfItself(proxy), 0, proxy.log());
  });
  await t.step(
    "one without a base comes back to the proxy, whose entry has that name",
    async () => {
      assertEquals(await chat(proxy, "claude-direct"), "told by Anthropic");
      assert(callsOfItself(proxy) > 0, proxy.log());
      assertEquals(desk.keysOfChats(), [REAL_KEY, REAL_KEY, REAL_KEY]);
    },
  );
  await t.step("its list is no provider's", () => provesItsList(proxy));
});

/** In words of LiteLLM's access log; all that the test asks is another path. */
function callsOfItself(proxy: Proxy): number {
  return proxy.log().split('"POST /v1/messages').length - 1;
}

/** Asserts what is told before there is a key; the base to write. */
function assertTells({ stderr }: RunResult, config: string): string {
  const shown = stderr.replace(/\s+/g, " ");
  const lineOf = (text: string): number =>
    config.split("\n").findIndex((line) => line.includes(text)) + 1;
  for (
    const text of [
      `line ${
        lineOf("model: anthropic/")
      }: "claude-direct" would call this proxy itself: ANTHROPIC_BASE_URL from .env line 2 is its own address`,
      `line ${lineOf("master_key:")}: LiteLLM does not read master_key here`,
      "ANTHROPIC_API_KEY from .env line 4 is this proxy's own key",
    ]
  ) assertStringIncludes(shown, text);
  return /api_base: (https:[^\s,]+)/.exec(shown)?.[1] ?? "none";
}

async function provesItsList(proxy: Proxy): Promise<void> {
  for (const list of [listModels, listForClaudeCode]) {
    const rows = [...(await list(proxy)).values()];
    assert(rows.length > 2, `${rows.length} rows`);
    assert(isProxyList(rows), JSON.stringify(rows[0]));
  }
  await using scene = await setScene();
  await scene.write(
    "providers:\n  anthropic: {}\n  openai: {}\n",
    "discover.yaml",
  );
  const env = {
    ...scene.env,
    ANTHROPIC_BASE_URL: proxy.base,
    ANTHROPIC_API_KEY: MASTER_KEY,
    OPENAI_BASE_URL: `${proxy.base}/v1`,
    OPENAI_API_KEY: MASTER_KEY,
  };
  const texts = new Set<string>();
  for (let run = 1; run <= RUNS; run++) {
    const { code, stderr } = await scene.runWith({ env }, "--timeout", "20s");
    assertEquals(code, 0, stderr);
    const refusals =
      stderr.split("response is the model list of a LiteLLM proxy").length - 1;
    assertEquals(refusals, 2, stderr);
    texts.add(await scene.read());
  }
  assertEquals(texts.size, 1);
}

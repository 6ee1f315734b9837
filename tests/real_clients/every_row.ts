/**
 * Every name of the proxy's list, and every row of its clients' own, is answered
 * by the upstream that has it; and none is shown twice.
 *
 * @module
 */

import { chat, listModels, message } from "../litellm/clients.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { assertTeller } from "./answers.ts";
import { fromRepository } from "../support/repository.ts";
import { askClaudeCode, openPicker, type Row, rowsOn } from "./claude_code.ts";
import { CLAUDE_CODES, type ClaudeCode, LITELLMS } from "./installed.ts";
import { askCodex, askOpencode } from "./others.ts";
import { askingOnly } from "./outside.ts";
import { type Scene, startScene } from "./scene.ts";

/** How a client asks for a model by a name. */
type Ask = (name: string) => Promise<string>;

for (const { name, venv, isListedWhole } of LITELLMS) {
  Deno.test(`every row of a client's list answers: ${name}`, async (t) => {
    await using scene = await startScene({ venv, hasAnthropic: false });
    const { proxy } = scene;
    const names = [...(await listModels(proxy)).keys()];

    await t.step("every name, by a chat request", async () => {
      assert(names.length > 40, `${names.length} names`);
      await assertTellers(names, (name) => chat(proxy, name));
    });
    await t.step("every name, by a message of Claude Code", async () => {
      await assertTellers(names, (name) => message(proxy, name));
    });
    for (const claude of CLAUDE_CODES) {
      await t.step(`Claude Code ${claude.version}`, async (t) => {
        await askingOnly("claudeCode", scene, async () => {
          await provesClaudeCode(t, scene, claude);
          if (isListedWhole) await provesPicker(t, scene, claude, names);
        });
      });
    }
    await t.step("opencode", async () => {
      await askingOnly("opencode", scene, async () => {
        const names = ["grok", "claude-fallback"];
        await assertTellers(names, (name) => askOpencode(scene, name));
      });
    });
    await t.step("Codex", async () => {
      await askingOnly("codex", scene, async () => {
        const names = [
          "grok",
          "claude-opus-5-5",
          "gemini-flash",
          "claude-main",
        ];
        await assertTellers(names, (name) => askCodex(scene, name));
      });
    });
  });
}

async function assertTellers(
  names: readonly string[],
  ask: Ask,
): Promise<void> {
  await Promise.all(
    names.map(async (name) => assertTeller(name, await ask(name))),
  );
}

async function provesClaudeCode(
  t: Deno.TestContext,
  scene: Scene,
  claude: ClaudeCode,
): Promise<void> {
  await t.step("its own rows", async () => {
    const rows = Object.entries(claude.rows);
    await Promise.all(rows.map(async ([row, name]) => {
      assertTeller(name, await askClaudeCode(scene, claude, row));
    }));
  });
  await t.step("names of ours", async () => {
    const names = ["claude-fable-fallback", "claude-opus-4-6"];
    await assertTellers(names, (name) => askClaudeCode(scene, claude, name));
  });
}

async function provesPicker(
  t: Deno.TestContext,
  scene: Scene,
  claude: ClaudeCode,
  names: readonly string[],
): Promise<void> {
  const { listed, rows } = await openPicker(scene, claude);
  await t.step("all names are in its list, and none shows twice", () => {
    assertEquals(listed.length, names.length);
    assertEquals(repeated(listed.map(({ text }) => text)), []);
  });
  await t.step("its picker has a row for each, and none twice", () => {
    const labels = rows.map(({ label }) => label);
    assertEquals(repeated(labels), []);
    const missing = listed.filter(({ text }) => !labels.includes(text))
      .map(({ id }) => id.replace("[1m]", ""));
    assertEquals(missing.toSorted(), claude.merged.toSorted());
  });
  if (claude === CLAUDE_CODES[0]) {
    await t.step("its picker is as the docs show it", async () => {
      const shown = await rowsOfDocs();
      assert(shown.length > 8, `${shown.length} rows`);
      const place = shown.map((row) =>
        rows.findIndex((one) => isLike(one, row))
      );
      assertEquals(place, place.toSorted((a, b) => a - b));
      assert(!place.includes(-1), JSON.stringify(place));
    });
  }
  await t.step("rows that are no Claude's answer", async () => {
    const names = {
      "grok": "Grok, newest",
      "gemini-flash": "Gemini Flash, newest",
    };
    await Promise.all(
      Object.entries(names).map(async ([name, shown]) => {
        const id = listed.find(({ text }) => text === shown)?.id ?? "";
        assert(id.startsWith("claude-router-"), `${shown}: ${id}`);
        assertTeller(name, await askClaudeCode(scene, claude, id));
      }),
    );
  });
}

/** The picture of the picker in docs/clients.md, row by row. */
async function rowsOfDocs(): Promise<Row[]> {
  const docs = await Deno.readTextFile(fromRepository("docs/clients.md"));
  const [, picture = ""] = /```\n(❯ 1\.[^]*?)```/.exec(docs) ?? [];
  return rowsOn(picture).map(([, row]) => row);
}

/** The docs leave prices out, which change. */
function isLike({ label, description }: Row, shown: Row): boolean {
  return label === shown.label &&
    description.startsWith(shown.description.replace(/…$/, ""));
}

function repeated(texts: readonly string[]): string[] {
  return texts.filter((text, at) => texts.indexOf(text) !== at);
}

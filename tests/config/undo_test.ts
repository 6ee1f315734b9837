import { assert, assertEquals } from "../support/assert.ts";
import type { Config } from "../../lib/config/config.ts";
import { readUndoable, shownRanges } from "../../lib/config/undo.ts";
import { configShapes } from "../support/config_shapes.ts";
import { corpusPaths } from "../support/corpus.ts";
import { runHere } from "../support/in_process.ts";
import { answered, bytesOf, MINE, planOf, textOf } from "../support/parts.ts";
import {
  type Providers,
  startProviders,
} from "../support/stand_in_providers.ts";

/** One config in a folder, run by run. */
class Round {
  readonly path: string;
  readonly #env: Providers["env"];

  constructor(path: string, { env }: Providers) {
    this.path = path;
    this.#env = env;
  }

  read(): Promise<Uint8Array> {
    return Deno.readFile(this.path);
  }

  async run(...args: readonly string[]): Promise<number> {
    return (await runHere(["--config", this.path, ...args], this.#env)).code;
  }

  /** What a run changed goes and comes back, byte for byte. */
  async assertUndoes(
    before: Uint8Array,
    ...args: readonly string[]
  ): Promise<void> {
    const after = await this.read();
    if (textOf(after) === textOf(before)) return;
    for (const [now, then] of [[after, before], [before, after]] as const) {
      const undo = ["--config", this.path, "--undo", "--json", ...args];
      const report = await runHere(undo, {});
      assertEquals(report.code, 0, report.stdout);
      assertEquals(await this.read(), then);
      assertEquals(await Deno.readFile(`${this.path}.bak`), now);
    }
  }
}

/** A first run or a refresh is undone, then the removal. */
async function assertAllUndone(
  path: string,
  original: Uint8Array,
  providers: Providers,
): Promise<boolean> {
  const round = new Round(path, providers);
  await Deno.writeFile(path, original);
  if (await round.run() !== 0) return false;
  await round.assertUndoes(original);
  const refreshed = await round.read();
  assertEquals(await round.run("--remove"), 0);
  await round.assertUndoes(refreshed);
  return true;
}

Deno.test("every config is given back by --undo, and the run's by another", async (t) => {
  await using providers = await startProviders();
  const folder = await Deno.makeTempDir({ prefix: "discover-undo-" });
  try {
    for (const source of await corpusPaths()) {
      const name = source.slice(source.lastIndexOf("/") + 1);
      await t.step(name, async () => {
        const original = await Deno.readFile(source);
        await assertAllUndone(`${folder}/${name}`, original, providers);
      });
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("configs of many shapes are given back by --undo", async () => {
  await using providers = await startProviders();
  const folder = await Deno.makeTempDir({ prefix: "discover-undo-" });
  try {
    let undone = 0;
    for (const { text, files } of configShapes(60, 23)) {
      for (const [name, included] of Object.entries(files)) {
        await Deno.writeTextFile(`${folder}/${name}`, included);
      }
      const path = `${folder}/config.yaml`;
      if (await assertAllUndone(path, bytesOf(text), providers)) undone++;
    }
    assert(undone > 50, `only ${undone} could be run`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

const FORMS: Readonly<Record<string, string>> = {
  "a list": MINE,
  "a list without a final line end": MINE.trimEnd(),
  "a list with CRLF": MINE.replaceAll("\n", "\r\n").trimEnd(),
  "no model_list": "litellm_settings: {}",
  "an empty list": "model_list: []\nlitellm_settings: {}\n",
  "an empty list at the end": "litellm_settings: {}\nmodel_list: []",
};

const MARKED = { "a byte order mark": `\ufeff${MINE}` };

for (const [name, text] of Object.entries({ ...FORMS, ...MARKED })) {
  Deno.test(`--undo gives a config with ${name} back, in place as well`, async () => {
    await using providers = await startProviders();
    const folder = await Deno.makeTempDir({ prefix: "discover-undo-" });
    try {
      const round = new Round(`${folder}/config.yaml`, providers);
      const original = bytesOf(text);
      await Deno.writeFile(round.path, original);
      assertEquals(await round.run(), 0);
      assert(textOf(await round.read()) !== text, "the run changed nothing");
      await round.assertUndoes(original);
      await round.assertUndoes(original, "--in-place");
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}

/** `before` with the bytes of `after` in every range that may be shown. */
function withRanges(before: Config, after: Config): string {
  const ranges = shownRanges(before, after) ?? [];
  let text = "";
  let from = 0;
  for (const { startBefore, endBefore, startAfter, endAfter } of ranges) {
    text += textOf(before.bytes.subarray(from, startBefore)) +
      textOf(after.bytes.subarray(startAfter, endAfter));
    from = endBefore;
  }
  return text + textOf(before.bytes.subarray(from));
}

for (const [name, text] of Object.entries(FORMS)) {
  Deno.test(`shownRanges() are all that an undo changes in ${name}`, async () => {
    const { bytes } = await planOf(text, [answered("xai", "grok-4.5")]);
    const bare = await readUndoable(bytesOf(text));
    const refreshed = await readUndoable(bytes);
    assertEquals(withRanges(bare, refreshed), textOf(bytes));
    // A final line end that came with the block is not in a line of its own.
    assertEquals(withRanges(refreshed, bare).trimEnd(), text.trimEnd());
    assertEquals(shownRanges(bare, bare), []);
  });
}

import { assert, assertEquals } from "../support/assert.ts";
import { planRefresh, planRemoval } from "../../lib/commands/plan.ts";
import {
  assertNoOrphans,
  type Config,
  readConfig,
} from "../../lib/config/config.ts";
import {
  laterChange,
  readUndoable,
  shownRanges,
} from "../../lib/config/undo.ts";
import { ConfigError } from "../../lib/errors.ts";
import { configShapes } from "../support/config_shapes.ts";
import { corpusPaths } from "../support/corpus.ts";
import { runHere } from "../support/in_process.ts";
import {
  answered,
  bytesOf,
  failed,
  MINE,
  planOf,
  settingsOf,
  textOf,
} from "../support/parts.ts";
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

/** An undo takes the one for what a run made of the other, in both directions. */
async function assertTaken(one: Uint8Array, other: Uint8Array): Promise<void> {
  const [first, second] = [await readUndoable(one), await readUndoable(other)];
  const isKept = ({ previous }: Config): boolean => previous.isEdited;
  const changes = [
    await laterChange(first, second, isKept(first)),
    await laterChange(second, first, isKept(second)),
  ];
  assertEquals(changes, [undefined, undefined]);
}

/** A first run or a refresh, then the removal; false where a run refuses it. */
async function canUndo(original: Uint8Array): Promise<boolean> {
  let config: Config;
  try {
    config = await readConfig(original);
    assertNoOrphans(config);
  } catch (error) {
    if (error instanceof ConfigError) return false;
    throw error;
  }
  const outcomes = [answered("xai", "grok-4.5"), failed("openrouter")];
  const settings = settingsOf();
  const { previous } = config;
  const { bytes } = await planRefresh(config, previous, settings, outcomes);
  await assertTaken(original, bytes);
  const { bytes: bare } = planRemoval(await readConfig(bytes));
  await assertTaken(bytes, bare);
  return true;
}

Deno.test("what a run makes of a config, an undo takes back", async (t) => {
  for (const source of await corpusPaths()) {
    const name = source.slice(source.lastIndexOf("/") + 1);
    await t.step(name, async () => {
      await canUndo(await Deno.readFile(source));
    });
  }
});

Deno.test("what a run makes of configs of many shapes, an undo takes back", async () => {
  let undone = 0;
  for (const { text } of configShapes(60, 23)) {
    if (await canUndo(bytesOf(text))) undone++;
  }
  assert(undone > 50, `only ${undone} could be run`);
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

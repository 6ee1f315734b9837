/**
 * Twenty programs at once on one config, some with other news to write, while
 * an editor saves by a rename of its own. Counts the edits that were lost in
 * the instant between a program's last look and its rename.
 *
 * @module
 */

import { assert, assertEquals } from "../support/assert.ts";
import {
  blockNames,
  FEW_MODELS,
  MINE,
  type Scene,
  setScene,
  withoutBlock,
  xaiModels,
} from "../support/scene.ts";
import { editsAtEachCall } from "./edits.ts";
import { randomNumbers, type Round, tell } from "./stage.ts";

const PROGRAMS = 20;

/** All rounds; every round begins with a config without a block or with one. */
export async function everyone({ long, seed }: Round): Promise<void> {
  let n = 0;
  const cast = {
    ...FEW_MODELS,
    xai: () => xaiModels(`grok-4.${Math.floor(++n / 5)}`),
  };
  await using scene = await setScene(MINE, cast);
  const random = randomNumbers(seed);
  const editor = new Editor(scene);
  const codes = new Map<number, number>();
  const rounds = long ? 200 : 3;
  for (let round = 0; round < rounds; round++) {
    if (round % 10 === 0) await editor.startAnew();
    for (const code of await runRound(scene, editor, random)) {
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
    await checkEnd(scene, editor);
  }
  const unknown = [...codes.keys()].filter((code) => code !== 0 && code !== 3);
  assertEquals(unknown, []);
  tell(
    `  ${rounds} rounds of ${PROGRAMS} programs: ${codes.get(0) ?? 0} done, ` +
      `${codes.get(3) ?? 0} gave up as the config kept changing; ` +
      `${editor.saved} edits, of those saved before a round lost 0, of those ` +
      `saved meanwhile lost ${editor.lost}; damaged 0, temporaries left 0`,
  );
  await editsAtEachCall(long);
}

async function runRound(
  scene: Scene,
  editor: Editor,
  random: () => number,
): Promise<number[]> {
  const first = editor.edit();
  let running = true;
  const runs = Promise.all(Array.from({ length: PROGRAMS }, async () => {
    await pause(random() * 300);
    // Twenty programs on few cores may keep a provider waiting.
    const args = ["--quiet", "--timeout", "20s"];
    const { code, stderr } = await scene.run(...args);
    if (code === 3) assert(stderr.includes("kept changing"), stderr);
    return code;
  })).finally(() => running = false);
  while (running) {
    await pause(random() * 400);
    editor.edit();
  }
  const codes = await runs;
  assert(editor.has(first), "an edit saved before every run is lost");
  return codes;
}

async function checkEnd(scene: Scene, editor: Editor): Promise<void> {
  const { code, stderr } = await scene.run();
  assertEquals(code, 0, stderr);
  editor.look();
  const text = await scene.read();
  assertEquals(text.match(/^ *# (>>>|<<<) discover: auto/gm)?.length, 2);
  assert(blockNames(text).includes("claude-fallback"), "no complete block");
  assertEquals(await scene.names(), [
    "config.yaml",
    "config.yaml.bak",
    "config.yaml.before-discover",
  ]);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Adds a line at a time to what stands in the file at that moment. */
class Editor {
  saved = 0;
  lost = 0;
  readonly #scene: Scene;
  #edits: string[] = [];

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  async startAnew(): Promise<void> {
    this.#edits = [];
    await this.#scene.write(MINE);
  }

  has(edit: string): boolean {
    return this.#edits.includes(edit);
  }

  /** Reads, adds a line, saves by a rename; returns the line. */
  edit(): string {
    const edit = `# edit ${++this.saved}\n`;
    const temp = this.#scene.path("editor.tmp");
    Deno.writeTextFileSync(temp, this.look() + edit);
    Deno.renameSync(temp, this.#scene.config);
    this.#edits.push(edit);
    return edit;
  }

  /** The file's text. What is hand-written must be whole, lost lines aside. */
  look(): string {
    const text = Deno.readTextFileSync(this.#scene.config);
    const here = this.#edits.filter((edit) => text.includes(edit));
    this.lost += this.#edits.length - here.length;
    this.#edits = here;
    assertEquals(withoutBlock(text), MINE + here.join(""));
    return text;
  }
}

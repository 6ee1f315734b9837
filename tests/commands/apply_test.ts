import { assertEquals, assertRejects } from "../support/assert.ts";
import { readConfig } from "../../lib/config/config.ts";
import { deliver, type Delivery } from "../../lib/commands/apply.ts";
import { ConfigError } from "../../lib/errors.ts";
import { planRefresh } from "../../lib/commands/plan.ts";
import { createStore, type StoreOptions } from "../../lib/files/store.ts";
import {
  answered,
  bytesOf,
  flagsOf,
  MINE,
  settingsOf,
  withGrok,
} from "../support/parts.ts";

const GROK = [answered("xai", "grok-4.5")];

/** Delivers a refresh into a real file, and looks at it afterwards. */
async function deliverTo(
  text: string,
  argv: readonly string[],
  options: (path: string) => StoreOptions = () => ({}),
): Promise<{ delivery: Delivery; text: string; names: string[] }> {
  const folder = await Deno.makeTempDir({ prefix: "discover-" });
  const path = `${folder}/config.yaml`;
  try {
    await Deno.writeTextFile(path, text);
    const store = createStore(options(path));
    const snapshot = await store.read(path);
    const config = await readConfig(snapshot.bytes);
    const delivery = await deliver({
      io: { store },
      terminal: { data: () => {} },
      flags: flagsOf(...argv),
      snapshot,
      config,
      plan: (current) =>
        planRefresh(current, current.previous, settingsOf(), GROK),
      reopen: ({ bytes }) => readConfig(bytes),
    });
    const names = await Array.fromAsync(Deno.readDir(folder));
    return {
      delivery,
      text: await Deno.readTextFile(path),
      names: names.map(({ name }) => name).sort(),
    };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("deliver() writes the config and names the backup", async () => {
  const { delivery, text, names } = await deliverTo(MINE, []);
  assertEquals(delivery.result, "created");
  assertEquals(delivery.backup?.endsWith("config.yaml.bak"), true);
  assertEquals(text, await withGrok());
  assertEquals(names, [
    "config.yaml",
    "config.yaml.bak",
    "config.yaml.before-discover",
  ]);
});

Deno.test("deliver() writes nothing for --dry-run, --check or the same bytes", async () => {
  const fresh = await withGrok();
  const cases: [string, string[], string][] = [
    [MINE, ["--dry-run"], "would-change"],
    [MINE, ["--check"], "would-change"],
    [fresh, ["--dry-run"], "unchanged"],
    [fresh, ["--check"], "unchanged"],
    [fresh, [], "unchanged"],
  ];
  for (const [before, argv, result] of cases) {
    const { delivery, text, names } = await deliverTo(before, argv);
    assertEquals([delivery.result, text], [result, before]);
    assertEquals(names, ["config.yaml"]);
  }
});

Deno.test("deliver() plans anew for a config that changed meanwhile", async () => {
  let tries = 0;
  const { text } = await deliverTo(MINE, [], (path) => ({
    onStep: async (step) => {
      if (step !== "temp-written" || tries++ > 1) return;
      await Deno.writeTextFile(path, `# ${tries}\n${MINE}`);
    },
  }));
  assertEquals(tries, 3);
  assertEquals(text, await withGrok(`# 2\n${MINE}`));
});

Deno.test("deliver() gives up on a config that never holds still", async () => {
  let tries = 0;
  const { message } = await assertRejects(
    () =>
      deliverTo(MINE, [], (path) => ({
        onStep: async (step) => {
          if (step !== "temp-written") return;
          await Deno.writeTextFile(path, `# ${++tries}\n${MINE}`);
        },
      })),
    ConfigError,
  );
  assertEquals([message, tries], ["still changing after three tries", 3]);
});

Deno.test("deliver() gives up when the changed config cannot be edited", async () => {
  await assertRejects(
    () =>
      deliverTo(MINE, [], (path) => ({
        onStep: (step) =>
          step === "temp-written"
            ? Deno.writeFile(path, bytesOf("model_list: none\n"))
            : undefined,
      })),
    ConfigError,
    "model_list that is text",
  );
});

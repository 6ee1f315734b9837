import { assertEquals, assertStringIncludes } from "../support/assert.ts";
import { type Applied, apply } from "../../lib/commands/apply.ts";
import { createStore, type StoreOptions } from "../../lib/files/store.ts";
import { type HereResult, runHere } from "../support/in_process.ts";
import {
  answered,
  bytesOf,
  flagsOf,
  MINE,
  planOf,
  withGrok,
} from "../support/parts.ts";

const GROK = [answered("xai", "grok-4.5")];

interface AfterApply {
  readonly applied: Applied | undefined;
  readonly text: string;
  readonly names: readonly string[];
}

/** Applies a refresh to a real file, and looks at it afterwards. */
async function applyTo(
  text: string,
  argv: readonly string[],
): Promise<AfterApply> {
  const folder = await Deno.makeTempDir({ prefix: "discover-" });
  const path = `${folder}/config.yaml`;
  try {
    await Deno.writeTextFile(path, text);
    const store = createStore();
    const applied = await apply(
      await planOf(text, GROK),
      await store.read(path),
      {
        store,
        terminal: { data: () => {} },
        destination: flagsOf(...argv).destination,
      },
    );
    const names = await Array.fromAsync(Deno.readDir(folder));
    return {
      applied,
      text: await Deno.readTextFile(path),
      names: names.map(({ name }) => name).sort(),
    };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("apply() writes the config and names the backup", async () => {
  const { applied, text, names } = await applyTo(MINE, []);
  assertEquals(applied?.result, "created");
  assertEquals(applied?.backup?.endsWith("config.yaml.bak"), true);
  assertEquals(text, await withGrok());
  assertEquals(names, [
    "config.yaml",
    "config.yaml.bak",
    "config.yaml.before-discover",
  ]);
});

Deno.test("apply() writes nothing for --dry-run, --check or the same bytes", async () => {
  const fresh = await withGrok();
  const cases: [string, string[], string][] = [
    [MINE, ["--dry-run"], "would-change"],
    [MINE, ["--check"], "would-change"],
    [fresh, ["--dry-run"], "unchanged"],
    [fresh, ["--check"], "unchanged"],
    [fresh, [], "unchanged"],
  ];
  for (const [before, argv, result] of cases) {
    const { applied, text, names } = await applyTo(before, argv);
    assertEquals([applied?.result, text], [result, before]);
    assertEquals(names, ["config.yaml"]);
  }
});

const XAI_LIST = { data: [{ id: "grok-4.5" }] };

/** A run on a file that somebody changes on the way; xAI has one model. */
async function runOn(
  text: string,
  options: (path: string) => StoreOptions,
  ...argv: string[]
): Promise<HereResult & { readonly text: string }> {
  const folder = await Deno.makeTempDir({ prefix: "discover-" });
  const path = `${folder}/config.yaml`;
  try {
    await Deno.writeTextFile(path, text);
    const ended = await runHere(["--config", path, ...argv], {
      XAI_API_KEY: "k",
    }, {
      programDir: folder,
      store: createStore(options(path)),
      fetch: () => Promise.resolve(Response.json(XAI_LIST)),
    });
    return { ...ended, text: await Deno.readTextFile(path) };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

for (
  const [argv, from, to] of [
    [[], MINE, await withGrok()],
    [["--remove"], await withGrok(), MINE],
  ] as const
) {
  Deno.test(`a config that changes meanwhile is read and planned anew: discover ${argv.join()}`, async () => {
    let tries = 0;
    const { code, text } = await runOn(from, (path) => ({
      onStep: async (step) => {
        if (step !== "temp-written" || tries++ > 1) return;
        await Deno.writeTextFile(path, `# ${tries}\n${from}`);
      },
    }), ...argv);
    assertEquals([code, tries], [0, 3]);
    assertEquals(text, `# 2\n${to}`);
  });
}

Deno.test("a config that never holds still is given up after three attempts", async () => {
  let tries = 0;
  const before = await withGrok();
  const { code, stderr, text } = await runOn(before, (path) => ({
    onStep: async (step) => {
      if (step !== "temp-written") return;
      await Deno.writeTextFile(path, `# ${++tries}\n${before}`);
    },
  }), "--remove");
  assertEquals([code, tries], [3, 3]);
  assertStringIncludes(stderr, "the file kept changing (3 attempts)");
  assertEquals(text, `# 3\n${before}`);
});

Deno.test("a config that changes into one that cannot be edited is left as it is", async () => {
  const { code, stderr, text } = await runOn(
    await withGrok(),
    (path) => ({
      onStep: (step) =>
        step === "temp-written"
          ? Deno.writeFile(path, bytesOf("model_list: none\n"))
          : undefined,
    }),
    "--remove",
  );
  assertEquals(code, 3);
  assertStringIncludes(stderr, "model_list is text, not a list");
  assertEquals(text, "model_list: none\n");
});

import { settingsFor } from "../../lib/commands/change.ts";
import { contextOf } from "../../lib/commands/context.ts";
import { readInputs } from "../../lib/commands/inputs.ts";
import { rehearse } from "../../lib/commands/rehearsal.ts";
import { readConfig } from "../../lib/config/config.ts";
import { createStore } from "../../lib/files/store.ts";
import { assertEquals } from "../support/assert.ts";
import { runHere, worldHere } from "../support/in_process.ts";
import { flagsOf, KEYS, MINE } from "../support/parts.ts";
import type { Io } from "../../lib/io.ts";
import type { RunReport } from "../../lib/report/report.ts";

/** Far more than the rehearsal takes. */
const ANSWER_AFTER_MS = 500;

Deno.test("what is gone through while waiting is not sent, shown, logged or written", async () => {
  const folder = await Deno.makeTempDir({ prefix: "discover-" });
  const path = `${folder}/config.yaml`;
  const log = `${folder}/discover.log`;
  const asked: string[] = [];
  const written: string[] = [];
  const store = createStore();
  try {
    await Deno.writeTextFile(path, MINE);
    const args = ["--config", path, "--verbose", "--json", "--log-file", log];
    const ended = await runHere(args, { XAI_API_KEY: "k" }, {
      programDir: folder,
      fetch: async (url) => {
        asked.push(String(url));
        await new Promise((resolve) => setTimeout(resolve, ANSWER_AFTER_MS));
        return Response.json({ data: [{ id: "grok-4.5" }] });
      },
      store: {
        ...store,
        save: (request) => {
          written.push("config");
          return store.save(request);
        },
        append: (...of) => {
          written.push("log");
          return store.append(...of);
        },
      },
    });
    assertEquals(asked, [
      "https://api.x.ai/v1/language-models",
      "https://api.x.ai/v1/api-key",
    ]);
    assertEquals(written, ["config", "log"]);
    const report = JSON.parse(ended.stdout);
    assertEquals(report.models.added, ["grok-4.5"]);
    const said = ended.stderr + await Deno.readTextFile(path);
    assertEquals(said.match(/grok-\d[^.]|claude-sonnet|gemini-\d/g), null);
    const [line, ...others] = (await Deno.readTextFile(log)).split("\n");
    assertEquals([line?.includes("created"), others], [true, [""]]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

/** What is gone through where all three default providers are asked. */
async function rehearsed(
  parts: Partial<Io> = {},
  { overAfterMs, begin = () => {} }: {
    readonly overAfterMs?: number;
    readonly begin?: () => void;
  } = {},
): Promise<RunReport | undefined> {
  const folder = await Deno.makeTempDir({ prefix: "discover-" });
  const path = `${folder}/config.yaml`;
  try {
    await Deno.writeTextFile(path, MINE);
    const flags = flagsOf("--config", path);
    const { io } = worldHere(KEYS, { programDir: folder, ...parts });
    const options = { mode: "normal", color: "never", env: {} } as const;
    const context = contextOf(flags, io, io.createTerminal(options));
    const inputs = await readInputs(context, flags, path);
    const config = await readConfig(inputs.snapshot.bytes);
    const settings = settingsFor(context, inputs, config);
    const over = new AbortController();
    if (overAfterMs !== undefined) {
      setTimeout(() => over.abort(), overAfterMs);
    }
    begin();
    return await rehearse(context, inputs, settings, over.signal);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("the rest of the run is gone through to its end, with models of every default provider", async () => {
  const report = await rehearsed();
  assertEquals(report?.result, "would-change");
  assertEquals(
    report?.providers.map(({ id, models }) => [id, models > 0]),
    [["openrouter", true], ["xai", true], ["gemini", true]],
  );
  assertEquals(report?.aliases.length, 4);
});

Deno.test("what is gone through looks at no file, which could outlast the run", async () => {
  const looked: string[] = [];
  const store = createStore();
  const seen = <Args extends unknown[], Result>(
    name: string,
    look: (...args: Args) => Result,
  ) =>
  (...args: Args): Result => {
    looked.push(name);
    return look(...args);
  };
  const spied = {
    ...store,
    exists: seen("exists", store.exists),
    isSameFile: seen("isSameFile", store.isSameFile),
    read: seen("read", store.read),
    readOptional: seen("readOptional", store.readOptional),
  };
  const begin = (): void => {
    looked.length = 0;
  };
  const report = await rehearsed({ store: spied }, { begin });
  assertEquals([report?.result, looked], ["would-change", []]);
});

Deno.test("nothing is gone through where the answers are there at once", async () => {
  let timed = 0;
  const monotonicMs = (): number => timed++;
  assertEquals(await rehearsed({ monotonicMs }, { overAfterMs: 3 }), undefined);
  assertEquals(timed, 1, "more is timed than the start of the run");
});

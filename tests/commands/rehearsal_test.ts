import { createStore } from "../../lib/files/store.ts";
import { assertEquals } from "../support/assert.ts";
import { runHere } from "../support/in_process.ts";
import { MINE } from "../support/parts.ts";

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
    assertEquals(asked, ["https://api.x.ai/v1/models"]);
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

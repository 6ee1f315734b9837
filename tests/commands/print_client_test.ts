import { assertEquals } from "../support/assert.ts";
import { type HereResult, runHere } from "../support/in_process.ts";
import { MINE } from "../support/scene.ts";

Deno.test("--print-client gives the network up before it reads anything", async () => {
  const folder = await Deno.makeTempDir({ prefix: "discover-" });
  const path = `${folder}/config.yaml`;
  const dropped: string[] = [];
  const run = (...args: string[]): Promise<HereResult> =>
    runHere(["--config", path, ...args], { XAI_API_KEY: "k" }, {
      programDir: folder,
      dropPermission: async (name) => {
        if (dropped.push(name) < 2) return;
        // Until now there was nothing to read.
        await Deno.rename(`${path}.away`, path).catch(() => {});
      },
      fetch: () => Promise.resolve(Response.json({ data: [{ id: "grok-9" }] })),
    });
  try {
    await Deno.writeTextFile(path, MINE);
    await run();
    await Deno.rename(path, `${path}.away`);
    dropped.length = 0;
    const { code, stderr } = await run("--print-client", "codex");
    assertEquals([code, dropped], [0, ["run", "net"]], stderr);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

/**
 * Reading from a pipe of the shell's. That it works with bash is a test of the
 * whole program.
 *
 * @module
 */
import { assertEquals, assertRejects } from "../support/assert.ts";
import { ConfigError } from "../../lib/errors.ts";
import { isOpenPipe, readPipe } from "../../lib/files/pipe_read.ts";
import { inFolder } from "../support/folder.ts";

const isWindows = Deno.build.os === "windows";

/**
 * Runs `body` with a pipe that has a name and a writer: a shell that opens it
 * as descriptor 3. Deno 2.6 could not open both ends itself.
 */
async function withWriter(
  script: string,
  body: (path: string) => Promise<void>,
): Promise<void> {
  await inFolder(async (folder) => {
    const path = `${folder}/pipe`;
    await new Deno.Command("mkfifo", { args: [path] }).output();
    const args = ["-c", `exec 3>"$0"; ${script}`, path];
    const stderr = "null";
    const writer = new Deno.Command("sh", { args, stderr }).spawn();
    try {
      await body(path);
    } finally {
      await writer.status;
    }
  });
}

Deno.test({
  name: "isOpenPipe() takes a number of a pipe, and no name",
  ignore: isWindows,
  fn: () =>
    inFolder(async (folder) => {
      const path = `${folder}/pipe`;
      await new Deno.Command("mkfifo", { args: [path] }).output();
      const pipe = await Deno.stat(path);
      const file = await Deno.stat("/dev/null");
      // Nobody has these open, so that nothing else can be told of them.
      assertEquals(await isOpenPipe("/dev/fd/6363", pipe), true);
      assertEquals(await isOpenPipe("/dev/fd/6363", file), false);
      for (const name of [path, "/dev/fd/../../pipe", "dev/fd/63", "63"]) {
        assertEquals(await isOpenPipe(name, pipe), false, name);
      }
    }),
});

Deno.test({
  name: "readPipe() reads what comes in pieces, up to the limit",
  ignore: isWindows,
  fn: async () => {
    const pieces = "printf A= >&3; sleep 0.1; printf '1\\n' >&3";
    await withWriter(pieces, async (path) => {
      const bytes = await readPipe(path, 4);
      assertEquals(new TextDecoder().decode(bytes), "A=1\n");
    });
    await withWriter(pieces, async (path) => {
      const error = await assertRejects(() => readPipe(path, 3), ConfigError);
      assertEquals(error.message, "larger than 3 bytes");
    });
  },
});

Deno.test({
  name: "readPipe() does not wait for ever",
  ignore: isWindows,
  // What is still being read when nobody waits for it any more.
  sanitizeOps: false,
  sanitizeResources: false,
  fn: () =>
    withWriter("sleep 1", async (path) => {
      const error = await assertRejects(
        () => readPipe(path, 4, 50),
        ConfigError,
      );
      assertEquals(error.message, "the command did not finish within 0.05 s");
    }),
});

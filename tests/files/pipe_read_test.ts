/**
 * Reading from a pipe of the shell's. That it works with bash is a test of the
 * whole program.
 *
 * @module
 */
import { assertEquals, assertRejects } from "../assert.ts";
import { ConfigError } from "../../lib/errors.ts";
import { isOpenPipe, readPipe } from "../../lib/files/pipe_read.ts";
import { inFolder } from "./folder.ts";

/** Runs `body` with a pipe that has a name. */
async function withPipe(
  body: (path: string) => Promise<void>,
): Promise<void> {
  await inFolder(async (folder) => {
    await new Deno.Command("mkfifo", { args: [`${folder}/pipe`] }).output();
    await body(`${folder}/pipe`);
  });
}

Deno.test({
  name: "isOpenPipe() takes a number of a pipe, and no pipe that has a name",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withPipe(async (path) => {
      const pipe = await Deno.stat(path);
      const file = await Deno.stat("/dev/null");
      assertEquals(isOpenPipe("/dev/fd/63", pipe), true);
      assertEquals(isOpenPipe("/proc/self/fd/11", pipe), true);
      assertEquals(isOpenPipe("/dev/fd/63", file), false);
      for (const name of [path, "/dev/fd/../../pipe", "dev/fd/63", "63"]) {
        assertEquals(isOpenPipe(name, pipe), false, name);
      }
    }),
});

Deno.test({
  name: "readPipe() reads what comes in pieces, up to the limit",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withPipe(async (path) => {
      const write = async (): Promise<void> => {
        using file = await Deno.open(path, { write: true });
        for (const piece of ["A=", "1", "\n"]) {
          await file.write(new TextEncoder().encode(piece));
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      };
      const [bytes] = await Promise.all([readPipe(path, 4), write()]);
      assertEquals(new TextDecoder().decode(bytes), "A=1\n");
      const [error] = await Promise.all([
        assertRejects(() => readPipe(path, 3), ConfigError),
        write().catch(() => {
          // The reader has gone.
        }),
      ]);
      assertEquals(error.message, "larger than 3 bytes");
    }),
});

Deno.test({
  name: "readPipe() does not wait for ever",
  ignore: Deno.build.os === "windows",
  // The writer comes when nobody waits for it any more.
  sanitizeOps: false,
  sanitizeResources: false,
  fn: () =>
    withPipe(async (path) => {
      const error = await assertRejects(
        () => readPipe(path, 4, 50),
        ConfigError,
      );
      assertEquals(error.message, "its writer was not done within 0.05 s");
      (await Deno.open(path, { write: true })).close();
    }),
});

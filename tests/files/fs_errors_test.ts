/**
 * How errors of the system become states of a file.
 *
 * @module
 */
import { assert, assertEquals, assertRejects } from "../support/assert.ts";
import { ConfigError } from "../../lib/errors.ts";
import {
  errorCode,
  mapFsErrors,
  readError,
  writeError,
} from "../../lib/files/fs_errors.ts";

/** An error as the runtime throws it, with a text that must not show. */
const coded = (code: string): Error =>
  Object.assign(new Error("text of the system"), { code });

Deno.test("an error is told by its code, never by the system's text", () => {
  assertEquals(readError(coded("EIO")).message.includes("text"), false);
  assertEquals(readError(coded("EACCES")).message, "permission denied");
  assertEquals(
    readError(coded("EWEIRD")).message,
    "the system reports EWEIRD",
  );
  assertEquals(
    writeError(coded("ENOENT")).message,
    "its folder does not exist",
  );
});

Deno.test("a class without a code counts as the code that belongs to it", () => {
  const denied = new Deno.errors.PermissionDenied("text");
  assertEquals(errorCode(denied), "EACCES");
  assertEquals(errorCode("no error at all"), "");
});

Deno.test("an error without a code is told by the system's number", () => {
  const error = new Error("More data available. (os error 234): open 'a'");
  assertEquals(readError(error).message, "the system reports error 234");
  assertEquals(readError(new Error("text")).message.includes("text"), false);
});

Deno.test("a file that nobody else may open is in use", () => {
  const { message, hint } = readError(coded("EBUSY"));
  assertEquals(message, "in use by another program");
  assertEquals(hint, "close the program that has it open");
});

Deno.test("a held file reads differently on Windows", () => {
  const message = "in use by another program, or protected";
  assertEquals(writeError(coded("EBUSY"), true).message, message);
  assert(writeError(coded("EBUSY")).hint?.startsWith("mount the folder"));
});

Deno.test("mapFsErrors() lets a mistake of the program through", async () => {
  const mistake = new RangeError("a bug");
  const thrown = await assertRejects(
    () => mapFsErrors(() => Promise.reject(mistake), readError),
    RangeError,
  );
  assert(thrown === mistake);
});

Deno.test("mapFsErrors() puts what failed in front, and keeps the hint and the cause", async () => {
  const cause = coded("EROFS");
  const error = await assertRejects(
    () =>
      mapFsErrors(() => Promise.reject(cause), writeError, "cannot be saved"),
    ConfigError,
  );
  assertEquals(
    error.message,
    "cannot be saved: the file system is read-only",
  );
  assert(error.hint !== undefined);
  assert(error.cause === cause);
});

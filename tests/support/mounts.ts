/**
 * Mounts of a test's own, in a namespace that ends with the process.
 *
 * @module
 */
import { onLinux } from "./program.ts";

/** What it takes to mount: nothing more for root, else to be root inside. */
export const UNSHARE: readonly string[] =
  Deno.build.os === "linux" && Deno.uid() !== 0 ? ["-r", "-m"] : ["-m"];

/** Whether this system lets the test mount files and folders. */
export async function canMount(): Promise<boolean> {
  if (!onLinux) return false;
  const folder = await Deno.makeTempDir();
  try {
    const script = "mount -t tmpfs tmpfs . && mount --bind /bin/sh /bin/sh";
    const args = [...UNSHARE, "/bin/sh", "-c", script];
    const stderr = "null";
    const command = new Deno.Command("unshare", { args, cwd: folder, stderr });
    return (await command.output()).success;
  } catch {
    return false;
  } finally {
    await Deno.remove(folder);
  }
}

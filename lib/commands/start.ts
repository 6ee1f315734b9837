/**
 * The last step of `--start`: everything is told, then the terminal, Ctrl+C and
 * the exit code belong to LiteLLM.
 *
 * @module
 */

// @ts-types="../types/std_path.d.ts"
import { dirname } from "@std/path/dirname";
import { ExitCode } from "../errors.ts";
import { defaultPort } from "../litellm/litellm.ts";
import type { KeyRing } from "../keys/key_ring.ts";
import { DEFAULT_CONFIG, folderAbove } from "../files/paths.ts";
import type { Snapshot } from "../files/store.ts";
import type { RunContext } from "./emit.ts";
import { portOf } from "../settings/this_proxy.ts";
import { isUtf8 } from "../yaml/encoding.ts";

/** What the hand-off needs of a run. */
export interface HandOverRequest extends RunContext {
  /** The config; no bytes where it could not be read. */
  readonly snapshot: Pick<Snapshot, "path"> & {
    readonly bytes: Uint8Array | undefined;
  };
  readonly keys: KeyRing;
  readonly isPortTaken: Promise<boolean>;
}

/**
 * Starts LiteLLM and waits for it; returns its exit code, or 4. Throws an
 * `Interrupted` when a signal came before.
 */
export async function handOver(
  request: HandOverRequest,
  refreshCode: number,
): Promise<number> {
  const { io, terminal, flags, snapshot } = request;
  await warnOfPort(request);
  await io.dropPermission("net");
  io.interrupted.throwIfAborted();
  if (refreshCode !== ExitCode.done) {
    terminal.warn({
      code: "started-anyway",
      text: "the models were not all refreshed; the proxy starts all the same",
    });
  }
  const looksAbove = await runsInConfigFolder(request);
  const program = await io.launcher.find(looksAbove);
  if (program !== undefined) terminal.note(`starting ${program}`);
  const handoff = await io.launcher.start({
    configPath: snapshot.path,
    args: flags.litellmArgs,
    env: request.keys.forLitellm(),
    utf8: snapshot.bytes !== undefined && isUtf8(snapshot.bytes),
    outputEncoding: io.environment["PYTHONIOENCODING"],
    looksAbove,
    warn: (text) => terminal.warn({ code: "library-path", text }),
  });
  switch (handoff.kind) {
    case "ended":
      return handoff.code;
    case "failed":
      terminal.error(handoff.reason, handoff.hint);
      return ExitCode.handoff;
    case "missing":
      terminal.error(
        `litellm: not found (${handoff.looked.join(", ")})`,
        handoff.hint,
      );
      return ExitCode.handoff;
    default:
      return handoff satisfies never;
  }
}

/**
 * Whether the working directory is the config's own folder and is named as
 * {@linkcode folderAbove} wants it: by its real name, as nothing else may be
 * run from the folder above.
 */
async function runsInConfigFolder(
  { io, snapshot }: HandOverRequest,
): Promise<boolean> {
  const isNamedSo = folderAbove(DEFAULT_CONFIG, io.workingDir) !== undefined;
  return isNamedSo && await io.store.isSameFile(dirname(snapshot.path), ".");
}

async function warnOfPort(request: HandOverRequest): Promise<void> {
  if (!await request.isPortTaken) return;
  const port = portOf(request.flags.litellmArgs, request.keys);
  request.terminal.warn({
    code: "port-taken",
    text: `port ${port} is in use already`,
    hint: port === defaultPort
      ? "LiteLLM then takes a random port: stop the other program, or add -- --port N"
      : "stop the other program, or name another port",
  });
}

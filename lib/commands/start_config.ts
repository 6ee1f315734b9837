/**
 * Which config LiteLLM is started with: the one that was refreshed or, with
 * `--output`, the file that has its new text.
 *
 * @module
 */

import { readPreviousBlockFrom } from "../config/config.ts";
import { ExitCode } from "../errors.ts";
import type { RunReport } from "../report/report.ts";
import type { Warning } from "../warning.ts";
import { isUtf8 } from "../yaml/encoding.ts";
import type { RunContext } from "./context.ts";
import type { StartInputs } from "./inputs.ts";

/** What is known of a refresh once it is over. */
export type Refreshed = Pick<RunReport, "exitCode" | "result" | "output">;

/** The config that LiteLLM reads. */
export interface StartConfig {
  readonly path: string;
  /** Whether it was read and is UTF-8. */
  readonly utf8: boolean;
  /** After a refresh that failed: which config LiteLLM gets. */
  readonly warning?: Warning;
}

/**
 * Chooses it. Where the refresh failed, an output of an earlier run still has
 * models, which the config that it is made from may not have.
 */
export async function startConfig(
  { io: { store }, destination }: Pick<RunContext, "io" | "destination">,
  { configPath, snapshot }: Pick<StartInputs, "configPath" | "snapshot">,
  { exitCode, result }: Refreshed,
): Promise<StartConfig> {
  const isFailed = exitCode !== ExitCode.done;
  const config = { path: configPath, utf8: isText(snapshot?.bytes) };
  const anyway = isFailed && failed("starting LiteLLM anyway");
  if (destination.kind !== "output") return { ...config, ...anyway };
  const { path } = destination;
  const read = store.read(path).catch(() => undefined);
  const bytes = (await read)?.bytes;
  const output = { path, utf8: isText(bytes) };
  if (result !== "nothing-written") return { ...output, ...anyway };
  if (bytes && await hasModels(bytes)) {
    return {
      ...output,
      ...failed(
        `starting LiteLLM with "${path}" from an earlier run`,
        `changes to "${configPath}" since then are not in it`,
      ),
    };
  }
  return {
    ...config,
    ...failed(
      `starting LiteLLM with "${configPath}" as it is`,
      `there is no "${path}" from an earlier run`,
    ),
  };
}

function isText(bytes: Uint8Array | undefined): boolean {
  return bytes !== undefined && isUtf8(bytes);
}

/** Whether the file has a block with something in it. */
async function hasModels(bytes: Uint8Array): Promise<boolean> {
  return (await readPreviousBlockFrom(bytes)).sections.size > 0;
}

function failed(what: string, hint?: string): Pick<StartConfig, "warning"> {
  const text = `Refresh failed; ${what}`;
  const code = "started-anyway";
  return { warning: { code, text, ...(hint !== undefined && { hint }) } };
}

/**
 * `--print-client`: what a client needs in its own settings, from the block as it
 * stands in the config. Nobody is asked, and nothing is written.
 *
 * @module
 */

import type { RunFlags } from "../cli/command.ts";
import type { Client } from "../cli/flags.ts";
import { claudeCodeText } from "../clients/claude_code.ts";
import type { ClientInput, ClientText } from "../clients/client_text.ts";
import { codexText } from "../clients/codex.ts";
import {
  defaultModelOf,
  type ModelList,
  readModelList,
} from "../clients/model_list.ts";
import { opencodeText } from "../clients/opencode.ts";
import { keyVariableIn, proxyUrl } from "../clients/proxy_access.ts";
import { assertNoOrphans, type Config } from "../config/config.ts";
import { mergeIncludes } from "../config/merged_config.ts";
import { ConfigError, ExitCode } from "../errors.ts";
import { portOf } from "../settings/this_proxy.ts";
import { isJsonObject, type JsonObject } from "../text/fields.ts";
import { counted } from "../text/plural.ts";
import { parseYaml } from "../yaml/parse.ts";
import { wholeConfig } from "./config_version.ts";
import type { RunContext } from "./context.ts";
import { readKeys, variableReader } from "./key_files.ts";

const TEXTS: Readonly<Record<Client, (input: ClientInput) => ClientText>> = {
  "claude-code": claudeCodeText,
  "codex": codexText,
  "opencode": opencodeText,
};

const SAVING_ON_WINDOWS =
  "to save it from Windows PowerShell 5.1, whose > writes UTF-16: " +
  "... | Set-Content -Encoding ascii FILE";

/**
 * Prints the text for the client on stdout, and on stderr where it goes and which
 * variable holds the key. Throws `ConfigError` where there is no block.
 */
export async function printClient(
  context: RunContext,
  flags: RunFlags,
  configPath: string,
  client: Client,
): Promise<ExitCode> {
  const { io, litellmArgs, terminal } = context;
  const keys = await readKeys(flags, io, configPath);
  const url = proxyUrl(
    litellmArgs,
    portOf(litellmArgs, keys),
    keys.find(["HOST"])?.value.reveal(),
  );
  const config = await wholeConfig(io, configPath);
  assertNoOrphans(config);
  const listed = withBlock(config);
  const list = readModelList(listed, variableReader(io, keys));
  const isWindows = io.build.os === "windows";
  const { text, notes } = TEXTS[client]({
    url,
    keyVariable: keyVariableIn(listed),
    list,
    defaultModel: defaultModelIn(list),
    isWindows,
  });
  const all = [
    ...notes,
    ...(isWindows ? [SAVING_ON_WINDOWS] : []),
    ...leftOut(list),
    ...config.includes.broken.map(({ text }) => text),
  ];
  for (const note of all) terminal.note(note);
  terminal.data(text);
  return ExitCode.done;
}

/** All that LiteLLM reads; a config's own value is without the block. */
function withBlock({ asRead, includes, merged }: Config): JsonObject {
  if (asRead.region.kind === "new") return merged.value;
  const value = parseYaml(asRead.bytes);
  return isJsonObject(value)
    ? mergeIncludes(value, includes.files).value
    : merged.value;
}

function defaultModelIn(list: ModelList): string {
  const name = list.hasBlock ? defaultModelOf(list) : undefined;
  if (name !== undefined) return name;
  throw new ConfigError("no models from discover in it yet", {
    hint: "run discover first, then print what the client needs",
  });
}

function leftOut({ keyLike }: ModelList): string[] {
  return keyLike === 0
    ? []
    : [`left out: ${counted(keyLike, "name")} that could be a key`];
}

/**
 * `--why`: where a name comes from, or why it is not in the block. Asks as a run
 * does, plans what it would write, and writes nothing.
 *
 * @module
 */

import { Lines } from "../config/lines.ts";
import { ExitCode } from "../errors.ts";
import { jsonText, SCHEMA_VERSION } from "../report/json.ts";
import { explanationLines } from "../why/lines.ts";
import type { Explanation } from "../why/reasons.ts";
import { explain } from "../why/why.ts";
import { planFor, settingsFor } from "./change.ts";
import { awaitAnswers } from "./collect.ts";
import { openVersion } from "./config_version.ts";
import { dropPermissions, type RunContext } from "./context.ts";
import type { RunInputs } from "./inputs.ts";
import { variableReader } from "./key_files.ts";
import type { Requests } from "./requests.ts";
import { unreadSettings } from "./unread_settings.ts";

/**
 * Says it; returns 5 if the name is not in the block as a run would leave it.
 * Throws `Interrupted`, and a `ConfigError` where a run does.
 */
export async function why(
  context: RunContext,
  inputs: RunInputs,
  requests: Requests,
  name: string,
): Promise<ExitCode> {
  const explanation = await explainName(context, inputs, requests, name);
  const { io: { version, interrupted }, terminal, output } = context;
  interrupted.throwIfAborted();
  const { configPath, settingsPlace } = inputs;
  const unread = await unreadSettings(context.io, configPath, settingsPlace);
  for (const warning of unread) terminal.warn(warning);
  const exitCode = explanation.inBlock ? ExitCode.done : ExitCode.absent;
  if (output.json) {
    terminal.data(jsonText({
      ...{ schemaVersion: SCHEMA_VERSION, kind: "why", version, exitCode },
      ...{ config: configPath, ...explanation },
    }));
  } else terminal.show((layout) => explanationLines(explanation, layout));
  return exitCode;
}

async function explainName(
  context: RunContext,
  inputs: RunInputs,
  requests: Requests,
  name: string,
): Promise<Explanation> {
  const { snapshot, keys, settingsFile } = inputs;
  const version = await openVersion(context, snapshot, keys);
  const { config, previous } = version;
  const settings = settingsFor(context, inputs, config);
  requests.send(settings);
  const outcomes = await awaitAnswers(context, previous, settings, requests);
  await dropPermissions(context, "answers");
  const plan = await planFor({ version, settings, outcomes });
  return explain({
    ...{ name, config, settings, settingsFile, previous, outcomes },
    lines: new Lines(config, config.bytes),
    catalog: plan?.catalog,
    valueOf: variableReader(context.io, keys),
  });
}

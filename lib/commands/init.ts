/**
 * `--init`: writes a `discover.yaml` to start from. Every provider that this
 * machine has a key for is on, all else is there as a comment.
 *
 * @module
 */

import type { RunFlags } from "../cli/command.ts";
import { ExitCode } from "../errors.ts";
import { DEFAULT_SETTINGS, pathNextTo } from "../files/paths.ts";
import { SettingsError } from "../settings/errors.ts";
import type { ListedProvider } from "../settings/listed_provider.ts";
import type { RunContext } from "./context.ts";
import { providersFor } from "./list_providers.ts";
import { settingsPaths } from "./settings_file.ts";

/** Writes the file, unless there is one; returns the exit code. */
export async function init(
  context: RunContext,
  flags: RunFlags,
  configPath: string,
): Promise<ExitCode> {
  const { io, terminal } = context;
  // One that a run finds elsewhere would no longer count next to a new one.
  for (const there of settingsPaths(flags, io, configPath)) {
    if (!await io.store.exists(there)) continue;
    throw new SettingsError(
      `settings "${there}": already exists`,
      "it stays as it is; name another file with --settings",
    );
  }
  const path = flags.settings ?? pathNextTo(configPath, DEFAULT_SETTINGS);
  const text = initFileText(await providersFor(context, flags, configPath));
  await io.store.writeOutput(path, new TextEncoder().encode(text));
  terminal.note(`Wrote ${path}`);
  return ExitCode.done;
}

/** The text of the file, with line feeds. */
export function initFileText(providers: readonly ListedProvider[]): string {
  const hosted = providers.filter(({ kind }) => kind === "hosted");
  const local = providers.filter(({ kind }) => kind === "local");
  return `${HEAD}
providers:
  # These three are enabled without being named. false takes a provider's models
  # out of the config; its settings go between the braces.
  # openrouter: { include: ["anthropic/*"], variants: [free], max_price: 15 }
  # xai: false
  # params and info go into each of a provider's entries.
  # gemini: { include: ["gemini-3*"], limit: 5, params: { rpm: 60, tags: [paid] } }

  # Enabled by a line here. Those with a key on this machine are.
${hosted.map(hostedLine).join("")}
  # Servers on this machine or in your network.
${local.map(({ id }) => `  # ${id}: {}\n`).join("")}\
  # lab: { kind: openai-compatible, base_url: "http://192.168.1.20:8000/v1", key: DISCOVER_LAB_KEY }

# Names that follow the newest match, of the first provider that has one.
aliases:
  # claude-fallback: openrouter anthropic/claude-sonnet-*
  # fast: [groq llama-*, gemini gemini-*-flash]
`;
}

const HEAD =
  `# Settings of discover. Everything here is optional; without this file it asks
# OpenRouter, xAI and Gemini. All settings: docs/discover-yaml.md
# For your editor's help, put docs/discover.schema.json next to this file, and
# take one # off the next line.
## yaml-language-server: $schema=discover.schema.json

# Deadline of each provider.
# timeout: 2s

# With anthropic on, OpenRouter's Claudes answer while Anthropic's fail. Off:
# stand_in: false

# Second names such as claude/grok, for a LiteLLM from before September 2026:
# its lists for Claude Code leave out all other names.
# claude_code: true

# Models also where a wildcard of your own, such as "*", answers by their names.
# over_wildcards: true

# Findings in your own lines that are not shown (docs/doctor.md); off: none are.
# advice: { skip: [unused-fallback] }
`;

function hostedLine({ id, keyVariables, keyFound }: ListedProvider): string {
  return keyFound === undefined
    ? `  # ${id}: {}  # ${keyVariables.join(" or ")}\n`
    : `  ${id}: {}  # ${keyFound} was found\n`;
}

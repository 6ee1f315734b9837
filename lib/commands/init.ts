/**
 * `--init`: writes a `discover.yaml` to start from. Every provider that this
 * machine has a key for is on, all else is there as a comment: each setting
 * once, with an example that holds. Whoever has the program alone has no other
 * text about it.
 *
 * @module
 */

import type { RunFlags } from "../cli/command.ts";
import { ConfigError, ExitCode } from "../errors.ts";
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
  const providers = await providersFor(context, flags, configPath);
  const text = initFileText(providers, io.docs);
  // Whoever may read and edit the config may do so here.
  const config = await io.store.read(configPath).catch(() => undefined);
  const bytes = new TextEncoder().encode(text);
  await io.store.writeOutput(path, bytes, config).catch(explain);
  terminal.note(`Wrote ${path}`);
  return ExitCode.done;
}

/** The hints of a file that cannot be written are about the config. */
function explain(cause: unknown): never {
  if (!(cause instanceof ConfigError)) throw cause;
  const hint = "make its folder writable, or name another file with --settings";
  throw new ConfigError(cause.message, { cause, hint });
}

/** The text of the file, with line feeds; `docs` as in `Io`. */
export function initFileText(
  providers: readonly ListedProvider[],
  docs: string,
): string {
  const hosted = providers.filter(({ kind }) => kind === "hosted");
  const local = providers.filter(({ kind }) => kind === "local");
  return `${HEAD}${docs === "" ? "" : `# More about each: ${docs}\n`}
${GENERAL}
${DEFAULT_PROVIDERS}
  # Enabled by a line here. Those with a key on this machine are.
${hosted.map(hostedLine).join("")}
  # Your own servers: at their usual port on this machine, or at a base_url.
${local.map(({ id }) => `  # ${id}: {}\n`).join("")}\
${NAMED_SERVER}
${ALIASES}`;
}

const HEAD =
  `# Settings of discover. Everything here is optional; without this file it asks
# OpenRouter, xAI and Gemini. To use a line, remove the "# " before it and
# before its provider; then "discover -n" shows what would change, or the line
# of a mistake.
`;

const GENERAL =
  `# timeout: 2s           # deadline of each provider: 2, 2s or 1500ms, up to 60s
# stand_in: false       # OpenRouter's Claudes do not stand in for Anthropic's
# over_wildcards: true  # also names that your own wildcards answer
# claude_code: true     # claude/grok next to grok, for LiteLLM before 1.106.2
# advice: { skip: [unused-fallback] }  # hides findings about your own lines, by
#                       # their codes in "discover --doctor --json"; off: all
`;

/** The first has all that can be set for a provider. */
const DEFAULT_PROVIDERS = `providers:
  # These three are enabled without being named. What is set for the first one
  # here can be set for any provider. A glob is on its ids; * is any text.
  # openrouter:
  #   include: ["anthropic/*", "deepseek/*"]  # one of these globs must match
  #   exclude: ["*-preview*"]  # none of these may match
  #   variants: [free]         # also offer these: free, thinking, latest, ...
  #   limit: 20                # at most so many models, the newest
  #   min_context: 100000      # smallest input limit, in tokens
  #   max_price: 15            # US dollars per million tokens, where prices are
  #                            # listed; for each: { input: 5, output: 25 }
  #   free: never              # without what costs nothing; only: that alone
  #   retired: keep            # also what is past its last day and still listed
  #   shrink: accept           # also take a list that lost most of its models
  #   name: "or/{name}"        # names of its models: {name}, {id}, {provider}
  #   key: OR_API_KEY          # the variable with the key, never the key itself
  #   base_url: https://openrouter.ai/api/v1  # where it is asked and called
  #   params: { rpm: 60, tags: [paid] }       # litellm_params of its entries
  #   info: { access_groups: [team-a] }       # model_info of its entries
  #   for: { "anthropic/*": { params: { rpm: 10 } } }  # both, for some ids
  # xai: { include: ["grok-4*"], limit: 5 }
  # gemini: false              # disabled: its models leave the config
`;

const NAMED_SERVER = `  # lab:                       # a name of your own
  #   kind: openai-compatible  # what it speaks: this, or as one of those above
  #   base_url: http://192.168.1.20:8000/v1
  #   key: DISCOVER_LAB_KEY    # if it wants one: a variable DISCOVER_...
`;

const ALIASES =
  `# Names that follow the newest match, of the first provider that has one. There
# by default: claude-fallback, claude-opus-fallback and so on for each family,
# grok, gemini, gemini-pro and gemini-flash.
aliases:
  # claude-fallback: openrouter anthropic/claude-sonnet-*
  # fast: [xai grok-*-fast, openrouter anthropic/claude-haiku-*]
  # quick: { follow: xai grok-*-fast, params: { timeout: 20 } }  # info, too
  # gemini-pro: false          # one of the default names, without it
`;

function hostedLine({ id, keyVariables, keyFound }: ListedProvider): string {
  return keyFound === undefined
    ? `  # ${id}: {}  # ${keyVariables.join(" or ")}\n`
    : `  ${id}: {}  # ${keyFound} was found\n`;
}

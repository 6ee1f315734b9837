/**
 * A report of a run, to be varied by tests.
 *
 * @module
 */

import type { RenderOptions } from "../../lib/terminal/layout.ts";
import type { RowCounts } from "../../lib/fetch/outcome.ts";
import type { AliasReport, RunReport } from "../../lib/report/report.ts";
import { symbolsFor } from "../../lib/terminal/style.ts";

const ROWS: RowCounts = {
  listed: 330,
  ineligible: 310,
  ambiguousMaker: 1,
  malformed: 0,
  repeated: 0,
};

const ALIASES: readonly AliasReport[] = [
  alias("claude-fallback", "openrouter/anthropic/claude-sonnet-5"),
  alias("claude-opus-fallback", "openrouter/anthropic/claude-opus-4.8"),
  alias("grok", "xai/grok-4.5"),
  alias("claude/grok", "xai/grok-4.5"),
  alias("gemini-flash", "gemini/gemini-3.8-flash"),
  alias("claude/gemini-flash", "gemini/gemini-3.8-flash"),
];

function alias(name: string, target: string): AliasReport {
  return { name, target };
}

/** An everyday run: nothing is new. */
export const UNCHANGED: RunReport = {
  version: "0.1.0",
  exitCode: 0,
  result: "unchanged",
  config: "/home/maria/projects/litellm-proxy/config.yaml",
  timeoutMs: 2000,
  elapsedMs: 861.4,
  providers: [
    {
      id: "openrouter",
      title: "OpenRouter",
      models: 12,
      kind: "answered",
      elapsedMs: 812.4,
      rows: ROWS,
      retired: [],
      variants: 3,
    },
    {
      id: "xai",
      title: "xAI",
      models: 6,
      kind: "answered",
      elapsedMs: 204.2,
      rows: { ...ROWS, listed: 7, ineligible: 1, ambiguousMaker: 0 },
      retired: [],
      variants: 0,
    },
  ],
  added: [],
  removed: [],
  kept: 18,
  aliases: ALIASES,
  removedAliases: [],
  skipped: [],
  warnings: [],
};

/** A run with something of everything. */
export const UPDATED: RunReport = {
  ...UNCHANGED,
  result: "updated",
  backup: "/home/maria/projects/litellm-proxy/config.yaml.bak",
  providers: [
    ...UNCHANGED.providers,
    {
      id: "gemini",
      title: "Gemini",
      models: 8,
      kind: "failed",
      elapsedMs: 2000.6,
      failure: { reason: "timeout" },
    },
    {
      id: "deepseek",
      title: "DeepSeek",
      models: 0,
      kind: "no-key",
      variables: ["DEEPSEEK_API_KEY"],
    },
    { id: "groq", title: "Groq", models: 2, kind: "not-asked" },
  ],
  added: ["anthropic/claude-sonnet-5", "grok-4.5"],
  removed: ["grok-3-mini"],
  aliases: ALIASES.map((one) =>
    one.name === "claude-fallback"
      ? { ...one, formerTarget: "openrouter/anthropic/claude-sonnet-4.6" }
      : one
  ),
  removedAliases: ["gemini-pro"],
  skipped: [{ name: "my-own", reason: "hand-written" }],
  warnings: [
    {
      code: "provider-failed",
      text: "Gemini: timed out after 2 s, keeping 8 earlier models",
      hint: "--timeout 5s waits longer",
    },
    {
      code: "unknown-fallback",
      text: 'line 41: the fallback "claude-sonnet-4" is a model nobody defines',
      hint: 'write "claude-fallback", which is always the newest Claude Sonnet',
    },
  ],
};

/** Options of some width, as in a window that is one cell wider. */
export function renderOptions(width: number, isVerbose = false): RenderOptions {
  const env = { LANG: "C.UTF-8" };
  const symbols = symbolsFor({
    isTerminal: true,
    os: "linux",
    classicConsoleReady: false,
    env,
  });
  return { width, symbols, isVerbose };
}

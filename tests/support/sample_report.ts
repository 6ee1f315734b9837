/**
 * A report of a run, to be varied by tests.
 *
 * @module
 */

import { Layout, type Line, toText } from "../../lib/terminal/layout.ts";
import type { RowCounts } from "../../lib/fetch/outcome.ts";
import type { AliasReport, RunReport } from "../../lib/report/report.ts";
import { symbolsFor } from "../../lib/terminal/style.ts";

const ROWS: RowCounts = {
  listed: 330,
  ineligible: 20,
  ambiguousMaker: 1,
  malformed: 0,
  repeated: 0,
  notForKey: 0,
};

const SONNET = "openrouter/anthropic/claude-sonnet-5";
const OPUS = "openrouter/anthropic/claude-opus-4.8";

const ALIASES: readonly AliasReport[] = [
  alias("claude-fallback", SONNET, "claude-sonnet-5"),
  alias("claude-opus-fallback", OPUS, "claude-opus-4-8"),
  alias("grok", "xai/grok-4.5", "grok-4.5"),
  alias("claude/grok", "xai/grok-4.5", "grok-4.5"),
  alias("gemini-flash", "gemini/gemini-3.8-flash", "gemini-3.8-flash"),
  alias("claude/gemini-flash", "gemini/gemini-3.8-flash", "gemini-3.8-flash"),
];

/** An alias that did not move. */
export function alias(
  name: string,
  target: string,
  modelName: string | null = null,
): AliasReport {
  const former = { formerTarget: null, formerModelName: null };
  return { name, target, modelName, ...former, passedOver: null };
}

/** A provider that was not asked. */
const NOT_ASKED = {
  outcome: "not-asked",
  models: 0,
  elapsedMs: null,
  rows: null,
  retired: null,
  variants: null,
  filtered: null,
  overLimit: null,
  skipped: null,
  notForKey: null,
  plainList: null,
  failure: null,
  key: null,
  keyVariables: null,
} as const;

/** An everyday run: nothing is new. */
export const UNCHANGED: RunReport = {
  version: "0.1.0",
  exitCode: 0,
  action: "refresh",
  result: "unchanged",
  config: "/home/maria/projects/litellm-proxy/config.yaml",
  timeoutMs: 2000,
  output: null,
  backup: null,
  repaired: null,
  elapsedMs: 861,
  providers: [
    {
      ...NOT_ASKED,
      id: "openrouter",
      title: "OpenRouter",
      outcome: "answered",
      models: 12,
      elapsedMs: 812,
      rows: ROWS,
      retired: [],
      variants: 3,
      filtered: 290,
      overLimit: 4,
      skipped: 0,
      notForKey: 12,
      plainList: false,
    },
    {
      ...NOT_ASKED,
      id: "xai",
      title: "xAI",
      outcome: "answered",
      models: 6,
      elapsedMs: 204,
      rows: { ...ROWS, listed: 7, ineligible: 1, ambiguousMaker: 0 },
      retired: [],
      variants: 0,
      filtered: 0,
      overLimit: 0,
      skipped: 0,
      notForKey: 0,
      plainList: false,
    },
  ],
  models: { added: [], removed: [], kept: 18, renamed: [], rerouted: [] },
  aliases: ALIASES,
  addedAliases: [],
  removedAliases: [],
  skipped: [],
  warnings: [],
  diff: null,
};

/** A run with something of everything. */
export const UPDATED: RunReport = {
  ...UNCHANGED,
  result: "updated",
  backup: "/home/maria/projects/litellm-proxy/config.yaml.bak",
  providers: [
    ...UNCHANGED.providers,
    {
      ...NOT_ASKED,
      id: "gemini",
      title: "Gemini",
      outcome: "failed",
      models: 8,
      elapsedMs: 2001,
      failure: {
        reason: "timeout",
        status: null,
        message: "timed out after 2 s",
        said: null,
        host: "generativelanguage.googleapis.com:443",
        proxy: null,
      },
    },
    {
      ...NOT_ASKED,
      id: "deepseek",
      title: "DeepSeek",
      outcome: "no-key",
      keyVariables: ["DEEPSEEK_API_KEY"],
    },
    { ...NOT_ASKED, id: "groq", title: "Groq", models: 2 },
  ],
  models: {
    added: ["claude-sonnet-5", "grok-4.5"],
    removed: ["grok-3-mini"],
    kept: 18,
    renamed: [],
    rerouted: ["claude-opus-4-8"],
  },
  aliases: ALIASES.map((one) =>
    one.name === "claude-fallback"
      ? {
        ...one,
        formerTarget: "openrouter/anthropic/claude-sonnet-4.6",
        formerModelName: "claude-sonnet-4-6",
      }
      : one
  ),
  removedAliases: [{ name: "gemini-pro", reason: "no-model" }],
  skipped: [{ name: "my-own", reason: "hand-written" }],
  warnings: [
    {
      code: "provider-failed",
      provider: "Gemini",
      text: "Gemini: timed out after 2 s; keeping 8 earlier models",
      hint: "wait longer with --timeout 5s",
    },
    {
      code: "unknown-fallback",
      text: 'line 41: the fallback "claude-sonnet-4" is a model nobody defines',
      hint: 'write "claude-fallback", which is always the newest Claude Sonnet',
    },
  ],
};

/** Fits text to some width, as in a window that is one cell wider. */
export function layoutOf(width: number, isVerbose = false): Layout {
  const env = { LANG: "C.UTF-8" };
  const symbols = symbolsFor({
    isTerminal: true,
    os: "linux",
    classicConsoleReady: false,
    env,
  });
  return new Layout(width, symbols, isVerbose);
}

/** Lines as they come out without colours. */
export function textOf(lines: readonly Line[]): string {
  return lines.map((line) => toText(line, false) + "\n").join("");
}

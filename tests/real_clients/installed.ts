/**
 * Where the clients are that the proof starts.
 *
 * @module
 */

import { isFolder } from "../support/repository.ts";

/** The folder that `.ci/setup-clients` has made. */
const FOLDER = Deno.realPathSync(Deno.env.get("DISCOVER_CLIENTS") ?? missing());

function missing(): never {
  throw new Error(
    'DISCOVER_CLIENTS: not set; ".ci/setup-clients DIR" makes DIR, ' +
      "and DISCOVER_CLIENTS=DIR names it",
  );
}

const PACKAGES = `${FOLDER}/node_modules`;

/** The programs themselves, as their packages for Linux have them. */
export const PROGRAMS = {
  claudeCode: `${PACKAGES}/@anthropic-ai/claude-code-linux-x64/claude`,
  codex:
    `${PACKAGES}/@openai/codex-linux-x64/vendor/x86_64-unknown-linux-musl/bin/codex`,
  opencode: `${PACKAGES}/opencode-linux-x64-baseline/bin/opencode`,
} as const;

/** A Claude Code, and what its picker's own rows ask for. */
export interface ClaudeCode {
  readonly version: string;
  readonly program: string;
  /** By the word behind `--model`. */
  readonly rows: Readonly<Record<string, string>>;
  /** Names that its picker has no row for, as a row of its own stands for them. */
  readonly merged: readonly string[];
}

const NEWEST: ClaudeCode = {
  version: "2.1.332",
  program: PROGRAMS.claudeCode,
  rows: {
    default: "claude-opus-5-5",
    opus: "claude-opus-5-5",
    sonnet: "claude-sonnet-5-5",
    haiku: "claude-haiku-5-5",
    fable: "claude-fable-5-2",
  },
  merged: [
    "claude-opus-5-5",
    "claude-sonnet-5-5",
    "claude-haiku-5-5",
    // Retired: it asks for its newest Opus instead.
    "claude-opus-4-1",
    "claude-opus-4-1-20250805",
  ],
};

const OLDER: ClaudeCode = {
  version: "2.1.197",
  program: `${PACKAGES}/claude-code-2.1.197/claude`,
  rows: {
    default: "claude-opus-4-8",
    opus: "claude-opus-4-8",
    sonnet: "claude-sonnet-5",
    haiku: "claude-haiku-4-5-20251001",
    fable: "claude-fable-5",
  },
  merged: [
    "claude-opus-4-8",
    "claude-sonnet-5",
    "claude-haiku-4-5-20251001",
    "claude-opus-4-1-20250805",
  ],
};

const hasOlder = await isFolder(`${PACKAGES}/claude-code-2.1.197`);

/** Every Claude Code that is there; the older one only with `--all`. */
export const CLAUDE_CODES: readonly ClaudeCode[] = hasOlder
  ? [NEWEST, OLDER]
  : [NEWEST];

const olderLiteLlm = `${FOLDER}/litellm-1.100.0`;

/** A LiteLLM to try the clients on. */
export interface LiteLlm {
  readonly name: string;
  /** Its virtual environment, where that is not the gate's. */
  readonly venv: string | undefined;
  /** Whether it lists every name to Claude Code, and by its display text. */
  readonly isListedWhole: boolean;
}

/** Every LiteLLM that is there: the gate's own; the older one only with `--all`. */
export const LITELLMS: readonly LiteLlm[] = [
  { name: "the gate's LiteLLM", venv: undefined, isListedWhole: true },
  ...(await isFolder(olderLiteLlm)
    ? [{ name: "LiteLLM 1.100.0", venv: olderLiteLlm, isListedWhole: false }]
    : []),
];

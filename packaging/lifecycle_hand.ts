/**
 * What the vendors' own pages say of their models' ends and LiteLLM's cost maps
 * do not, or not any more. It weighs more than any map. `-` in place of the day
 * takes a row back where LiteLLM is wrong.
 *
 * @module
 */

/** Rows of one provider, in the form of `lib/providers/lifecycle_table.ts`. */
export interface HandRows {
  /** The provider's id in this program. */
  readonly provider: string;
  /** The page that says so. */
  readonly source: string;
  readonly lines: string;
}

/** All rows by hand. */
export const HAND_ROWS: readonly HandRows[] = [
  {
    // A `-latest` or `-0` name ends with the dated model that it stands for.
    provider: "anthropic",
    source:
      "https://platform.claude.com/docs/en/about-claude/model-deprecations",
    lines: `
claude-3-sonnet-20240229 2025-07-21 claude-sonnet-4-6
claude-3-5-sonnet-20240620 2025-10-28 claude-sonnet-4-6
claude-3-5-sonnet-20241022 2025-10-28 claude-sonnet-4-6
claude-3-5-sonnet-latest 2025-10-28 claude-sonnet-4-6
claude-3-opus-20240229 2026-01-05 claude-opus-4-8
claude-3-opus-latest 2026-01-05 claude-opus-4-8
claude-3-5-haiku-20241022 2026-02-19 claude-haiku-4-5-20251001
claude-3-5-haiku-latest 2026-02-19 claude-haiku-4-5-20251001
claude-3-7-sonnet-20250219 2026-02-19 claude-sonnet-4-6
claude-3-7-sonnet-latest 2026-02-19 claude-sonnet-4-6
claude-3-haiku-20240307 2026-04-20 claude-haiku-4-5-20251001
claude-opus-4-0 2026-06-15 claude-opus-4-8
claude-opus-4-20250514 2026-06-15 claude-opus-4-8
claude-sonnet-4-0 2026-06-15 claude-sonnet-4-6
claude-sonnet-4-20250514 2026-06-15 claude-sonnet-4-6
claude-opus-4-1 2026-08-05 claude-opus-4-8
claude-opus-4-1-20250805 2026-08-05 claude-opus-4-8
`,
  },
  {
    provider: "gemini",
    source: "https://ai.google.dev/gemini-api/docs/deprecations",
    lines: `
gemini-2.0-flash 2026-06-01 gemini-3.5-flash
gemini-2.0-flash-001 2026-06-01 gemini-3.5-flash
gemini-2.0-flash-lite 2026-06-01 gemini-3.1-flash-lite
gemini-2.0-flash-lite-001 2026-06-01 gemini-3.1-flash-lite
gemini-2.5-flash 2026-12-01 gemini-3.5-flash-lite
gemini-2.5-pro 2026-12-01 gemini-3.8-flash
gemini-3-pro-preview 2026-03-09 gemini-3.1-pro-preview
gemini-3.1-flash-lite-preview 2026-05-25 gemini-3.1-flash-lite
`,
  },
  {
    provider: "xai",
    source: "https://docs.x.ai/developers/migration/may-15-retirement",
    lines: `
grok-3 2026-05-15 grok-4.3
grok-4-0709 2026-05-15 grok-4.3
grok-4-1-fast-non-reasoning 2026-05-15 grok-4.3
grok-4-1-fast-reasoning 2026-05-15 grok-4.3
grok-4-fast-non-reasoning 2026-05-15 grok-4.3
grok-4-fast-reasoning 2026-05-15 grok-4.3
`,
  },
];

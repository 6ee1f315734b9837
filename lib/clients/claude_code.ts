/**
 * What Claude Code reads from `.claude/settings.json`. It asks the proxy for its
 * list; only rows of its own that nothing in the config answers are redirected.
 *
 * @module
 */

import {
  type ClientInput,
  type ClientText,
  settingsJson,
} from "./client_text.ts";
import { claudeAlias } from "../catalog/aliases.ts";
import { wildcardFor } from "../config/wildcards.ts";
import type { ModelList } from "./model_list.ts";

/** Its own rows; the default one is Opus. Which version each asks for, changes. */
const FAMILIES = ["opus", "sonnet", "haiku", "fable"] as const;
type Family = typeof FAMILIES[number];

/**
 * Settings with the proxy's address, which stays out of the shell: LiteLLM would
 * take it there for Anthropic's own, and call itself. The key is taken from the
 * shell, since the file can only hold the key itself (`${NAME}` is no reference
 * there) or a command that prints it (`apiKeyHelper`), which no two systems
 * write alike.
 */
export function claudeCodeText(input: ClientInput): ClientText {
  const { url, keyVariable, isWindows, list } = input;
  const { answered = [], missing = [] } = Object.groupBy(
    FAMILIES,
    (family) => isAnswered(family, list) ? "answered" : "missing",
  );
  const rows = missing.map((family): Row => [
    family,
    replacementFor(family, input),
  ]);
  const assignment = isWindows
    ? `$env:ANTHROPIC_AUTH_TOKEN = $env:${keyVariable}`
    : `export ANTHROPIC_AUTH_TOKEN="$${keyVariable}"`;
  return {
    text: settingsJson({
      $schema: "https://json.schemastore.org/claude-code-settings.json",
      env: envFor(url, rows),
    }),
    notes: [
      "for .claude/settings.json in a project, or ~/.claude/settings.json for " +
      "all of them",
      "claude takes the proxy's key from the variable ANTHROPIC_AUTH_TOKEN: " +
      `set it in the shell that starts claude: ${assignment}`,
      ...redirectionNotes(rows),
      ...aliasNotes(answered, list),
    ],
  };
}

/** A row, and the name that it asks for instead of its own. */
type Row = readonly [Family, string];

function envFor(url: string, rows: readonly Row[]): object {
  return {
    ANTHROPIC_BASE_URL: url,
    CLAUDE_CODE_ENABLE_GATEWAY_MODEL_DISCOVERY: "1",
    ...Object.fromEntries(
      rows.map(([family, name]) => [variableOf(family), name]),
    ),
  };
}

/** Whether a name, or a wildcard, answers what that row asks for. */
function isAnswered(family: Family, { models, wildcards }: ModelList): boolean {
  const own = new RegExp(`^claude-${family}-\\d`);
  return models.some(({ name }) => own.test(name)) ||
    wildcardFor(wildcards, `claude-${family}-5`) !== undefined;
}

/** For a Claude Code that is newer than the list, and asks for what comes next. */
function aliasNotes(
  answered: readonly Family[],
  { aliases }: ModelList,
): string[] {
  const lines = answered
    .filter((family) => aliases.includes(claudeAlias(family)))
    .map((family) => `${variableOf(family)}=${claudeAlias(family)}`);
  return lines.length === 0 ? [] : [
    `a row that answers "Invalid model name" can follow an alias instead: ` +
    lines.join(", "),
  ];
}

function variableOf(family: Family): string {
  return `ANTHROPIC_DEFAULT_${family.toUpperCase()}_MODEL`;
}

/** A Claude if there is one; a small model for the small one. */
function replacementFor(
  family: Family,
  { list, defaultModel }: ClientInput,
): string {
  const names = list.models.map(({ name }) => name);
  const wanted = [
    claudeAlias(family),
    claudeAlias("sonnet"),
    names.find((name) => name.startsWith("claude-")) ?? "",
    ...(family === "haiku" ? ["gemini-flash"] : []),
  ];
  return wanted.find((name) => names.includes(name)) ?? defaultModel;
}

function redirectionNotes(rows: readonly Row[]): string[] {
  if (rows.length === 0) return [];
  const what = rows.length === FAMILIES.length
    ? "no Claude is called as Claude Code's own rows call it"
    : "not every row of Claude Code's own has a model";
  const changes = rows.map(([family, name]) => `${family} to ${name}`);
  return [`${what}; redirected: ${changes.join(", ")}`];
}

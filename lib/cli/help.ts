/**
 * The help text, made from the table of flags: one screen of 80 columns. And
 * the one line of `--version`.
 *
 * @module
 */

import { type Flag, FLAG_GROUPS } from "./flags.ts";
import type { Build, Io } from "../io.ts";
import {
  displayWidth,
  type Layout,
  type Line,
  span,
} from "../terminal/layout.ts";

/** Command lines worth knowing, and what they do. */
const EXAMPLES: readonly (readonly [string, string])[] = [
  ["discover", "refresh the models in ./config.yaml"],
  ["discover --start -- --port 4000", "refresh, then start the proxy"],
  ["discover -- --port 4001", "refresh next to a proxy on port 4001"],
];

/** Where the explanations of the flags begin. */
const FLAG_COLUMNS = 27;
const EXAMPLE_COLUMNS = 36;

/** The text of `--help`; without an address of the documents it names none. */
export function helpText(
  { version, docs }: Pick<Io, "version" | "docs">,
): string {
  const groups = FLAG_GROUPS.map(({ heading, flags }) =>
    [`${heading}:`, ...flags.map(flagLine)].join("\n")
  );
  const examples = EXAMPLES.map(([command, what]) =>
    `  ${command}`.padEnd(EXAMPLE_COLUMNS) + what
  );
  return `discover ${version}: today's models for LiteLLM's config.yaml
Usage: discover [options] [-- litellm arguments]
${examples.join("\n")}

${groups.join("\n\n")}

Keys: OPENROUTER_API_KEY or OR_API_KEY, XAI_API_KEY, GOOGLE_API_KEY or
GEMINI_API_KEY; from the environment, set-env.ps1 or .env next to the config.
Exit codes: 0 done, 1 no model list, 2 usage, 3 config refused,
4 litellm not started, 5 see --check, --doctor and --why, 129 to 143 a signal.
${docs === "" ? "" : `Docs: ${docs}\n`}`;
}

/** The lines of that text; what is too wide is explained below, not broken. */
export function helpLines(text: string, layout: Layout): Line[] {
  return text.trimEnd().split("\n").flatMap((line) => {
    if (displayWidth([span(line)]) <= layout.width) return [[span(line)]];
    const [, usage, what] = /^( +\S.*?) {2,}(\S.*)$/.exec(line) ?? [];
    if (usage === undefined || what === undefined) {
      return layout.wrap([], [span(line)], 0);
    }
    return [[span(usage)], ...layout.wrap([span("        ")], [span(what)])];
  });
}

function flagLine(flag: Flag): string {
  return `  ${usageOf(flag)}`.padEnd(FLAG_COLUMNS) + flag.help;
}

function usageOf({ short, name, value }: Flag): string {
  const lead = short === undefined ? "    " : `-${short}, `;
  return `${lead}--${name}${value === undefined ? "" : ` ${value}`}`;
}

/** The text of `--version`: what a bug report should begin with. */
export function versionText(
  version: string,
  { target, deno }: Pick<Build, "target" | "deno">,
): string {
  return `discover ${version} (${target}, Deno ${deno})\n`;
}

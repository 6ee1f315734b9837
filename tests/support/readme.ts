/**
 * README.md as its readers use it: its blocks, and every command in it, each
 * with who runs it. A command that nobody runs has no place there.
 *
 * @module
 */
import { fromRepository } from "./repository.ts";

/**
 * Who runs a command: `tests/process/readme_test.ts`, `readme_test.ts` of
 * `tests/powershell/`, `tests/wheel/readme.ts`, or `.ci/run` itself.
 */
export type Runner = "process" | "powershell" | "wheel" | "gate";

/** A command as the README has it, without the comment after it. */
export interface Command {
  readonly text: string;
  readonly runner: Runner;
}

/** The text of the README. */
export async function readReadme(): Promise<string> {
  return await Deno.readTextFile(fromRepository("README.md"));
}

/** The texts of the README's blocks in this language, also of those in lists. */
export function blocksIn(readme: string, language: string): string[] {
  const fence = new RegExp(`^( *)\`\`\`${language}\n(.*?)^\\1\`\`\`$`, "gms");
  return [...readme.matchAll(fence)].map(([, indent = "", text = ""]) =>
    text.replaceAll(new RegExp(`^${indent}`, "gm"), "")
  );
}

/** What begins a command in the text around the blocks. */
const INLINE =
  /`((?:\.\\)?(?:discover|litellm|start-proxy\.ps1|npx|pip|uv|pipx|powershell|[A-Z][a-z]+-[A-Z][A-Za-z]+)(?: [^`]+)?)`/g;

/** Every command of the README once, those of its blocks and of its text. */
export function commandsIn(readme: string): Command[] {
  const fence = /^( *)```.*?^\1```$/gms;
  const around = readme.replaceAll(fence, "");
  const texts = [
    ...["sh", "powershell"].flatMap((language) =>
      blocksIn(readme, language).flatMap((block) => block.split("\n"))
    ),
    ...[...around.matchAll(INLINE)].map(([, text = ""]) =>
      text.replaceAll("\n", " ")
    ),
  ].map((line) => line.replace(/(?:^| +)# .*/, "").trim());
  return [...new Set(texts)].filter((text) => !isName(text))
    .map((text) => ({ text, runner: runnerOf(text) }));
}

/** A program that the text only names. */
function isName(text: string): boolean {
  return ["", "litellm", "start-proxy.ps1"].includes(text);
}

function runnerOf(command: string): Runner {
  if (/^discover(?: |$)/.test(command)) return "process";
  if (/^npx /.test(command)) return "gate";
  if (/^(?:pip|uv|pipx) /.test(command)) return "wheel";
  return "powershell";
}

/**
 * What is shown with `…` for what is left out, as a pattern of the whole: a line
 * of its own stands for lines, one in a line for the rest of a word.
 */
export function shownPattern(shown: string): RegExp {
  const lines = shown.trimEnd().split("\n").map((line) =>
    line === "…"
      ? "(?:.*\n)*?"
      : `${line.split("…").map((part) => RegExp.escape(part)).join("\\S*")}\n`
  );
  return new RegExp(lines.join(""));
}

/**
 * Claude Code with the settings that are printed for it: what it answers, what it
 * keeps of the gateway's list, and what its picker shows.
 *
 * @module
 */

import { isJsonObject, listField, textField } from "../../lib/text/fields.ts";
import { MASTER_KEY } from "../litellm/litellm.ts";
import { until } from "../support/until.ts";
import { answerOf, makeHome } from "./client.ts";
import type { ClaudeCode } from "./installed.ts";
import type { Scene } from "./scene.ts";
import { openTerminal, type Terminal } from "./terminal.ts";

/** The answer of `claude -p … --model MODEL`, in a home of its own. */
export async function askClaudeCode(
  scene: Scene,
  { program }: ClaudeCode,
  model: string,
): Promise<string> {
  const home = await makeClaudeHome(scene);
  const args = ["-p", "Who?", "--model", model];
  return await answerOf(scene, { program, args, home, env: ENV });
}

/** One name as Claude Code keeps it of the gateway's list. */
export interface Listed {
  readonly id: string;
  /** What the picker shows. */
  readonly text: string;
}

/** One row of the picker. */
export interface Row {
  readonly label: string;
  readonly description: string;
}

/** What a new user's first `/model` shows, and what is kept of the list. */
export async function openPicker(
  scene: Scene,
  { program }: ClaudeCode,
): Promise<
  { readonly listed: readonly Listed[]; readonly rows: readonly Row[] }
> {
  const home = await makeClaudeHome(scene);
  await using terminal = await openTerminal([program], {
    cwd: `${home}/work`,
    env: { ...scene.clientEnv, ...ENV, HOME: home },
  });
  // The list comes after the prompt.
  const cache = `${home}/.claude/cache/gateway-models.json`;
  await until(() => isThere(cache), LIST_LIMIT_MS);
  await terminal.waitFor(/^❯/m);
  await terminal.type("/model");
  await terminal.waitFor(/^❯\s\/model/m);
  await terminal.press("Enter");
  await terminal.waitFor(/Select model[^]*Esc to cancel/);
  const rows = await readRows(terminal);
  return { listed: parseListed(await Deno.readTextFile(cache)), rows };
}

const LIST_LIMIT_MS = 60_000;

/** A home in which nothing is asked for at the start. */
async function makeClaudeHome(scene: Scene): Promise<string> {
  const home = await makeHome(scene, {
    ".claude/settings.json": await scene.settingsFor("claude-code"),
  });
  const projects = { [`${home}/work`]: { hasTrustDialogAccepted: true } };
  const state = { hasCompletedOnboarding: true, projects };
  await Deno.writeTextFile(`${home}/.claude.json`, JSON.stringify(state));
  return home;
}

/** The rest is in the settings. What fails shall not be hidden by a retry. */
const ENV = { ANTHROPIC_AUTH_TOKEN: MASTER_KEY, CLAUDE_CODE_MAX_RETRIES: "0" };

async function isThere(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).size > 0;
  } catch {
    // It has not been written yet.
    return false;
  }
}

function parseListed(text: string): Listed[] {
  const kept: unknown = JSON.parse(text);
  const models = isJsonObject(kept) ? listField(kept, "models") : [];
  return models.filter(isJsonObject).map((model) => ({
    id: textField(model, "id") ?? "",
    text: textField(model, "display_name") ?? "",
  }));
}

/** It shows ten at a time: walks down until it begins again. */
async function readRows(terminal: Terminal): Promise<Row[]> {
  const rows = new Map<number, Row>();
  let screen = await terminal.read();
  let [at, next] = [0, cursorOn(screen)];
  while (next > at) {
    at = next;
    for (const [number, row] of rowsOn(screen)) rows.set(number, row);
    await terminal.press("Down");
    screen = await terminal.waitFor(new RegExp(`❯ +(?!${at}\\.)\\d+\\.`));
    next = cursorOn(screen);
  }
  return [...rows.values()];
}

/** `  ❯ 3.  Claude Fable 5 (OpenRouter)    From gateway` */
const ROW = /^ *[❯↓↑]? *(\d+)\. +(.*?)(?: ✔)?(?: {2,}(.*))?$/;

/** The rows on a screen, by the numbers that they have there. */
export function rowsOn(screen: string): [number, Row][] {
  return screen.split("\n").flatMap((line) => {
    const [, number, label = "", description = ""] = ROW.exec(line) ?? [];
    return number === undefined
      ? []
      : [[Number(number), { label, description }]];
  });
}

function cursorOn(screen: string): number {
  return Number(/❯ +(\d+)\./.exec(screen)?.[1]);
}

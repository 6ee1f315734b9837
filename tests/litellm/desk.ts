/**
 * The desk of a user of the proof: a folder with a config and key files, and
 * stand-ins for all that is far away.
 *
 * @module
 */

import { runProgram, type RunResult } from "../support/program.ts";
import {
  FAKE_KEYS as PROVIDER_KEYS,
  geminiList,
  readCatalog,
} from "../support/stand_in_providers.ts";
import { startUpstream, type Upstream } from "./upstream.ts";

/** Fake keys; no test may find one of these texts in any output. */
export const FAKE_KEYS = {
  ...PROVIDER_KEYS,
  ANTHROPIC_API_KEY: "sk-ant-5ecre7-anthr0p1c",
} as const;

/** The desk; its stand-ins can be told what to do at any time. */
export interface Desk extends AsyncDisposable {
  /** Working directory, and where the config is. */
  readonly folder: string;
  readonly config: string;
  /** What the shell has set: not all of the keys. */
  readonly env: Readonly<Record<string, string>>;
  readonly anthropic: Upstream;
  readonly openrouter: Upstream;
  readonly xai: Upstream;
  readonly gemini: Upstream;
  /** A run without `--start`, as the scheduled task does. */
  readonly refresh: () => Promise<RunResult>;
}

/** The desk with catalogs that are some months old. */
export async function setUpDesk(): Promise<Desk> {
  const folder = await Deno.makeTempDir({ prefix: "desk-" });
  const config = `${folder}/config.yaml`;
  await Deno.copyFile(new URL("desk/config.yaml", import.meta.url), config);
  await writeKeyFiles(folder);
  const upstreams = {
    anthropic: startUpstream("Anthropic"),
    openrouter: startUpstream("OpenRouter"),
    xai: startUpstream("xAI"),
    gemini: startUpstream("Gemini"),
  };
  const env = {
    OPENROUTER_API_KEY: FAKE_KEYS.OPENROUTER_API_KEY,
    ANTHROPIC_STAND_IN: upstreams.anthropic.base,
    OPENROUTER_API_BASE: `${upstreams.openrouter.base}/api/v1`,
    XAI_API_BASE: `${upstreams.xai.base}/v1`,
    GEMINI_API_BASE: `${upstreams.gemini.base}/v1beta`,
  };
  const desk: Desk = {
    folder,
    config,
    env,
    ...upstreams,
    refresh: () => runProgram([], { cwd: folder, env }),
    [Symbol.asyncDispose]: async (): Promise<void> => {
      for (const upstream of Object.values(upstreams)) {
        await upstream[Symbol.asyncDispose]();
      }
      await Deno.remove(folder, { recursive: true });
    },
  };
  await listEarlier(desk);
  return desk;
}

/** The keys that the shell does not have: each file in its own way. */
async function writeKeyFiles(folder: string): Promise<void> {
  const { ANTHROPIC_API_KEY, XAI_API_KEY, GEMINI_API_KEY } = FAKE_KEYS;
  await Deno.writeTextFile(
    `${folder}/set-env.ps1`,
    `$env:ANTHROPIC_API_KEY = "${ANTHROPIC_API_KEY}"\r\n` +
      `$env:XAI_API_KEY = '${XAI_API_KEY}'\r\n`,
  );
  await Deno.writeTextFile(
    `${folder}/.env`,
    `GEMINI_API_KEY=${GEMINI_API_KEY}\n`,
  );
}

/** What the providers offered earlier, with an older Sonnet. */
async function listEarlier(desk: Desk): Promise<void> {
  desk.openrouter.list = await readCatalog("openrouter-2026-02");
  desk.xai.list = await readCatalog("xai-documented");
  desk.gemini.list = await geminiList("2026-07");
}

/** What they offer now: a new Sonnet among it. */
export async function listAutumn(desk: Desk): Promise<void> {
  desk.openrouter.list = await readCatalog("openrouter-2026-08");
  desk.xai.list = await readCatalog("xai-documented");
  desk.gemini.list = await geminiList("2026-11");
}

/** All lists are down; chat requests are still answered. */
export function listNothing(desk: Desk): void {
  for (const upstream of [desk.openrouter, desk.xai, desk.gemini]) {
    upstream.list = undefined;
  }
}

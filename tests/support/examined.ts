/**
 * A config as the doctor sees it after a run, and what it finds.
 *
 * @module
 */

import { planRefresh } from "../../lib/commands/plan.ts";
import {
  type Config,
  readConfig,
  withIncludes,
} from "../../lib/config/config.ts";
import { followIncludes } from "../../lib/config/includes.ts";
import { Lines } from "../../lib/config/lines.ts";
import { examine } from "../../lib/doctor/doctor.ts";
import type { DoctorInput } from "../../lib/doctor/input.ts";
import type { Outcome } from "../../lib/fetch/outcome.ts";
import type { Finding } from "../../lib/warning.ts";
import { answered, bytesOf, settingsOf } from "./parts.ts";

/** What differs from a config alone, with three providers that answered. */
export interface Scene extends
  Partial<
    Pick<DoctorInput, "settings" | "readAs" | "environment" | "costMap">
  > {
  readonly outcomes?: readonly Outcome[];
  /** Other files, by the paths under which `config.yaml` includes them. */
  readonly files?: Readonly<Record<string, string>>;
}

/** One model of each of the three default providers. */
export const THREE_ANSWERS: readonly Outcome[] = [
  answered("openrouter", "anthropic/claude-sonnet-5"),
  answered("xai", "grok-4.5"),
  answered("gemini", "gemini-3.8-flash"),
];

/** All that the checks look at, after a run that changed the block. */
export async function doctorInput(
  text: string | Uint8Array,
  { outcomes = THREE_ANSWERS, files = {}, ...scene }: Scene = {},
): Promise<DoctorInput> {
  const before = typeof text === "string" ? bytesOf(text) : text;
  const config = await configWith(before, files);
  const { settings = settingsOf() } = scene;
  const plan = outcomes.some(({ kind }) => kind === "answered")
    ? await planRefresh(config, config.previous, settings, outcomes)
    : undefined;
  const bytes = plan?.bytes ?? before;
  const sections = plan?.catalog?.sections ??
    [...config.previous.sections.values()];
  return {
    config,
    bytes,
    lines: new Lines(config, bytes),
    readAs: "utf-8",
    settings,
    ours: sections.flatMap(({ entries }) => entries),
    outcomes,
    ...scene,
  };
}

/** What the doctor finds, the most urgent first. */
export async function examined(
  text: string | Uint8Array,
  scene: Scene = {},
): Promise<Finding[]> {
  return examine(await doctorInput(text, scene));
}

async function configWith(
  bytes: Uint8Array,
  files: Readonly<Record<string, string>>,
): Promise<Config> {
  const alone = await readConfig(bytes);
  const includes = await followIncludes(alone.userConfig, {
    configPath: "config.yaml",
    workingDir: () => "/",
    read: (path) => {
      const found = files[path];
      return Promise.resolve(found === undefined ? undefined : bytesOf(found));
    },
  });
  return withIncludes(alone, includes);
}

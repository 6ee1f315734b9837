/**
 * Says which `discover.yaml` is not the one that counts. No request waits for it.
 *
 * @module
 */

// @ts-types="../types/std_path.d.ts"
import { join } from "@std/path/join";
import { pathFrom, pathNextTo, SETTINGS_NAMES } from "../files/paths.ts";
import type { Io } from "../io.ts";
import type { Warning } from "../warning.ts";
import type { SettingsPlace } from "./settings_file.ts";

/**
 * Who has settings where they are not looked for, or twice in one folder, may
 * think that they count: each such file is a warning.
 */
export async function unreadSettings(
  { store, workingDir }: Pick<Io, "store" | "workingDir">,
  configPath: string,
  { path: used, isNamed }: SettingsPlace,
): Promise<Warning[]> {
  const warnings: Warning[] = [];
  if (isNamed) return warnings;
  for (const path of likelySettings(used, workingDir())) {
    if (!await store.exists(path)) continue;
    if (used !== undefined && await store.isSameFile(path, used)) continue;
    warnings.push(unread(path, used, configPath));
  }
  return warnings;
}

/** Next to the file that is used, and in the working directory; without it. */
function likelySettings(used: string | undefined, folder: string): string[] {
  const nextToUsed = used === undefined
    ? []
    : SETTINGS_NAMES.map((name) => pathNextTo(used, name));
  const paths = [...nextToUsed, ...SETTINGS_NAMES.map((name) => join(name))];
  const places = paths.map((path) => pathFrom(folder, path));
  const usedPlace = used === undefined ? undefined : pathFrom(folder, used);
  return paths.filter((_, at) =>
    places[at] !== usedPlace && places.indexOf(places[at] ?? "") === at
  );
}

function unread(
  path: string,
  used: string | undefined,
  configPath: string,
): Warning {
  const [state, advice] = used === undefined
    ? [`they are looked for next to "${configPath}"`, "move it there"]
    : [`those of "${used}" are used`, "delete one of the two"];
  const named = /\s/.test(path) ? `"${path}"` : path;
  return {
    code: "unread-settings",
    text: `the settings in "${path}" are not read: ${state}`,
    hint: `to use it: --settings ${named}; or ${advice}`,
  };
}

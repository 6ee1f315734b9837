/**
 * The files that a config includes, followed as LiteLLM does it
 * (`proxy/common_utils/config_includes.py`, read in 1.106.2): each entry next to
 * the file that declares it, else next to the main one; nested, in the order of
 * their mention, each file once.
 *
 * What makes LiteLLM refuse to start (a missing file, text instead of a list) is
 * a value here: the files that exist still count.
 *
 * @module
 */

import { ConfigError } from "../errors.ts";
import { quoted } from "../text/key_look.ts";
import { isTruthy } from "../text/python_values.ts";
import { pathFrom, pathNextTo } from "../files/paths.ts";
import { isJsonObject, type JsonObject, listField } from "../text/fields.ts";
import { decodeText } from "../yaml/encoding.ts";
import { parseYaml } from "../yaml/parse.ts";
import { refusalOf } from "../yaml/refusal.ts";
import type { Path } from "../yaml/positions.ts";

/** A file that the config includes, or one that such a file includes. */
export interface IncludedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly value: JsonObject;
}

/** An `include` that cannot be followed, and where it is declared. */
export interface BrokenInclude {
  /** The declaring file; none for the config itself. */
  readonly declaredIn: IncludedFile | undefined;
  readonly path: Path;
  /** What is wrong, without a period. */
  readonly text: string;
  /**
   * What to do where LiteLLM is sure to refuse it as well; absent for what is
   * just this program's limit.
   */
  readonly remedy?: string | undefined;
  /** Of a file that is there and cannot be read as YAML. */
  readonly bytes?: Uint8Array | undefined;
}

/** All that a config includes. */
export interface Includes {
  /** In the order in which LiteLLM merges them. */
  readonly files: readonly IncludedFile[];
  readonly broken: readonly BrokenInclude[];
  /** Where a file was looked for, whether it is there or not. */
  readonly paths: readonly string[];
}

/** Ends a line for PyYAML alone. */
const LINE_ENDS = /[\x85\u2028\u2029]/;

/** The bytes of those files that LiteLLM may read otherwise than this program. */
export function doubtfulBytes({ files, broken }: Includes): Uint8Array[] {
  return [
    ...broken.flatMap(({ bytes }) => bytes ?? []),
    ...files.map(({ bytes }) => bytes)
      .filter((bytes) => LINE_ENDS.test(decodeText(bytes))),
  ];
}

/** A config that includes nothing. */
export const NO_INCLUDES: Includes = { files: [], broken: [], paths: [] };

/** Where the main config is, and how a file is read. */
export interface IncludeReader {
  readonly configPath: string;
  /** The folder that relative paths count from. */
  readonly workingDir: () => string;
  /** Nothing if the file does not exist; throws {@linkcode ConfigError}. */
  readonly read: (path: string) => Promise<Uint8Array | undefined>;
}

/** Links can make a path lead back to itself endlessly. */
const MAX_FILES = 100;

/** One entry of a file's `include`; no `entry` if that is not a list of names. */
interface Mention extends Pick<BrokenInclude, "declaredIn" | "path"> {
  readonly entry: string | undefined;
}

/** Reads all files that the parsed config includes. */
export async function followIncludes(
  config: JsonObject,
  reader: IncludeReader,
): Promise<Includes> {
  const pending = mentionsIn(config);
  const files: IncludedFile[] = [];
  const broken: BrokenInclude[] = [];
  const paths: string[] = [];
  const read = (path: string): Promise<Uint8Array | undefined> => {
    paths.push(path);
    return reader.read(path);
  };
  const seen = new Set<string>();
  for (let next = pending.shift(); next; next = pending.shift()) {
    const { declaredIn, path } = next;
    const found = await readMention(next, { ...reader, read }, seen);
    if (found === undefined) continue;
    if ("text" in found) {
      broken.push({ declaredIn, path, ...found });
    } else {
      files.push(found);
      pending.push(...mentionsIn(found.value, found));
    }
  }
  return { files, broken, paths };
}

function mentionsIn(config: JsonObject, declaredIn?: IncludedFile): Mention[] {
  if (!Object.hasOwn(config, "include")) return [];
  const entries = listField(config, "include");
  const isList = Array.isArray(config["include"]) &&
    entries.every((entry) => typeof entry === "string");
  return isList
    ? entries.map((entry, at) => ({ entry, declaredIn, path: ["include", at] }))
    : [{ entry: undefined, declaredIn, path: ["include"] }];
}

type Broken = Pick<BrokenInclude, "text" | "remedy" | "bytes">;

/** Nothing for a file that is merged already: it is not merged twice. */
async function readMention(
  { entry, declaredIn }: Mention,
  { configPath, workingDir, read }: IncludeReader,
  seen: Set<string>,
): Promise<IncludedFile | Broken | undefined> {
  const refused = (text: string, remedy: string): Broken => ({ text, remedy });
  if (entry === undefined) {
    return refused(
      "include: not a list of file names",
      "write it as a list, such as include: [models.yaml]",
    );
  }
  if (seen.size >= MAX_FILES) {
    return { text: `more than ${MAX_FILES} includes` };
  }
  const what = `include ${quoted(withoutSecrets(entry))}`;
  if (IS_URL.test(entry)) {
    return refused(
      `${what}: no file, but a URL`,
      "download it, and name the file instead",
    );
  }
  // Like LiteLLM, compares paths and resolves no links.
  const absolute = (path: string): string => pathFrom(workingDir(), path);
  let bytes: Uint8Array | undefined;
  try {
    for (const from of [declaredIn?.path ?? configPath, configPath]) {
      const path = pathNextTo(from, entry);
      const place = absolute(path);
      if (seen.has(place) || place === absolute(configPath)) return undefined;
      bytes = await read(path);
      if (!bytes) continue;
      seen.add(place);
      const refusal = refusalOf(bytes);
      if (refusal) {
        const remedy = refusal.hint ?? "correct that line";
        return { ...refused(`${what}: ${stated(refusal)}`, remedy), bytes };
      }
      const value = parseYaml(bytes);
      // An empty file of any kind has no keys for LiteLLM.
      if (!isTruthy(value)) return { path, bytes, value: {} };
      return isJsonObject(value) ? { path, bytes, value } : refused(
        `${what}: the top level is not a mapping`,
        "begin it with keys such as model_list:",
      );
    }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { text: `${what}: ${stated(error)}`, bytes };
  }
  return refused(
    `${what}: no such file`,
    "correct the path (it counts from the folder of this file), or remove it",
  );
}

const IS_URL = /^[a-z][a-z0-9+.-]+:\/\//i;

/** Without user, password, query and fragment, if it is a URL. */
function withoutSecrets(entry: string): string {
  if (!IS_URL.test(entry)) return entry;
  return entry.replace(/\/\/.*@/, "//").replace(/[?#].*/, "");
}

function stated({ message, line }: ConfigError): string {
  return line === undefined ? message : `${message} on line ${line}`;
}

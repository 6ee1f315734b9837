/**
 * Writes configs with faults and without, and what the doctor says of each, for
 * LiteLLM to judge: `N/config.yaml` and `N/found.json` in the folder that is
 * named. After it may follow folders of real configs, which are judged as well.
 *
 * @module
 */
import { Lines } from "../../lib/config/lines.ts";
import {
  readConfig,
  uneditableConfig,
  withIncludes,
} from "../../lib/config/config.ts";
import { followIncludes } from "../../lib/config/includes.ts";
import { examine } from "../../lib/doctor/doctor.ts";
import { ConfigError } from "../../lib/errors.ts";
import { createStore } from "../../lib/files/store.ts";
import { type Finding, FINDINGS } from "../../lib/warning.ts";
import { parseYaml } from "../../lib/yaml/parse.ts";
import { refusalOf } from "../../lib/yaml/refusal.ts";
import { byteLines } from "../../lib/yaml/lines.ts";
import { isJsonObject } from "../../lib/text/fields.ts";
import { bytesOf, settingsOf, textOf } from "../support/parts.ts";
import { type Case, cases } from "./doctor_cases.ts";

const [folder, ...real] = Deno.args;
if (folder === undefined) throw new Error("usage: write_doctor.ts FOLDER");
const store = createStore();

type BareConfig = Parameters<typeof withIncludes>[0];

/** What the doctor looks at, of a file that cannot be edited, too. */
async function configIn(bytes: Uint8Array): Promise<BareConfig | undefined> {
  if (refusalOf(bytes)) return undefined;
  try {
    return await readConfig(bytes);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const value = valueIn(bytes);
    return isJsonObject(value) ? uneditableConfig(bytes, value) : undefined;
  }
}

function valueIn(bytes: Uint8Array): unknown {
  try {
    return parseYaml(bytes);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return undefined;
  }
}

async function findings(
  path: string,
  { variables }: Case,
): Promise<readonly Finding[]> {
  const bytes = await Deno.readFile(path);
  const alone = await configIn(bytes);
  if (!alone) {
    const isOurLimit = valueIn(bytes) === undefined && !refusalOf(bytes);
    return [{ code: isOurLimit ? "not-editable" : "not-yaml", text: "" }];
  }
  const includes = await followIncludes(alone.userConfig, {
    configPath: path,
    workingDir: Deno.cwd,
    read: (file) => store.readOptional(file, 1024 * 1024),
  });
  const config = withIncludes(alone, includes);
  return examine({
    ...{ config, bytes, lines: new Lines(config, bytes), readAs: "utf-8" },
    ...{ settings: settingsOf(), ours: [], outcomes: [] },
    environment: {
      valueOf: (name) => variables[name],
      mayRead: () => true,
      release: "1.108.7",
    },
  });
}

/** The file after the lines that a hint says to replace; nothing if it says none. */
function edited(text: string, hint: string | undefined): string | undefined {
  const [first = "", ...lines] = (hint ?? "").split("\n");
  const [, from, to] = /^replace lines? (\d+)(?:-(\d+))? with:$/.exec(first) ??
    [];
  if (from === undefined) return undefined;
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const old = byteLines(bytesOf(text)).map(textOf);
  return [
    ...old.slice(0, Number(from) - 1),
    ...lines.map((line) => line + eol),
    ...old.slice(Number(to ?? from)),
  ].join("");
}

async function write(tree: string, one: Case): Promise<void> {
  await Deno.mkdir(tree, { recursive: true });
  for (const [name, text] of Object.entries(one.files)) {
    await Deno.writeTextFile(`${tree}/${name}`, text);
  }
  const path = `${tree}/config.yaml`;
  const found = await findings(path, one);
  const has = (...codes: string[]): boolean =>
    found.some(({ code }) => codes.includes(code));
  const judged = {
    variables: one.variables,
    files: Object.keys(one.files),
    isReal: one.isReal,
    willNotStart: found.map(({ code }) => code)
      .filter((code) => FINDINGS[code] === "will-not-start"),
    isUnread: has("unread-include", "not-editable"),
    isRepeated: has("repeated-key"),
    isReplaced: has("replaced-section"),
    deadAliases:
      found.filter(({ code, text }) =>
        code === "dead-alias" && text.startsWith("the alias")
      ).length,
  };
  await Deno.writeTextFile(`${tree}/found.json`, JSON.stringify(judged));
  await writeEdited(tree, one, found);
}

/** With each promised edit done to the letter, its finding must be gone. */
async function writeEdited(
  tree: string,
  one: Case,
  found: readonly Finding[],
): Promise<void> {
  for (const [at, { file, hint, text }] of found.entries()) {
    const name = file?.slice(tree.length + 1) ?? "config.yaml";
    const after = edited(one.files[name] ?? "", hint);
    if (after === undefined) continue;
    const next = { ...one, files: { ...one.files, [name]: after } };
    await write(`${tree}-${at}`, next);
    const left = await findings(`${tree}-${at}/config.yaml`, next);
    if (left.some((other) => other.text === text)) {
      throw new Error(`${tree}: the edit leaves the finding: ${hint}`);
    }
  }
}

for (const [at, one] of cases(20261128).entries()) {
  await write(`${folder}/${at}`, one);
}
for (const from of real) {
  for await (const { name } of Deno.readDir(from)) {
    const text = await Deno.readTextFile(`${from}/${name}`);
    const variables = { LITELLM_MASTER_KEY: "sk-a-key-of-its-own" };
    const files = { "config.yaml": text };
    await write(`${folder}/real-${name}`, { files, variables, isReal: true });
  }
}

/**
 * Writes trees of configs that include each other, and what this program makes
 * of each, for LiteLLM to judge: `N/config.yaml` and `N/merged.json` in the
 * folder that is named.
 *
 * @module
 */
import { followIncludes } from "../../lib/config/includes.ts";
import { mergeIncludes } from "../../lib/config/merged_config.ts";
import { isJsonObject } from "../../lib/text/fields.ts";
import { createStore } from "../../lib/files/store.ts";
import { parseYaml } from "../../lib/yaml/parse.ts";
import { randomNumbers } from "../faults/stage.ts";

const TREES = 300;
const NAMES = ["a.yaml", "b.yaml", "c.yaml", "sub/a.yaml", "sub/b.yaml"];
/** What an `include` can say at the top, and in a folder: next to or not. */
const AT_TOP = [
  ...["a.yaml", "b.yaml", "./c.yaml", "sub/a.yaml", "sub/b.yaml"],
  ...["sub/../a.yaml", "config.yaml"],
];
const IN_FOLDER = [
  ...["a.yaml", "b.yaml", "../c.yaml", "../sub/b.yaml"],
  ...["c.yaml", "sub/a.yaml", "config.yaml"],
];
const NOT_THERE = ["gone.yaml", "sub", "../out.yaml"];
const VALUES = ["{one: 1}", "[1, 2]", "text", "[]", "null"];
const KEYS = ["litellm_settings", "router_settings", "mixed"];

const [folder] = Deno.args;
if (folder === undefined) throw new Error("usage: write_includes.ts FOLDER");
const random = randomNumbers(20261127);

function pick<Value>(values: readonly Value[]): Value {
  const picked = values[Math.floor(random() * values.length)];
  if (picked === undefined) throw new Error("nothing to pick from");
  return picked;
}

function entryIn(name: string): string {
  if (random() < 0.05) return pick(NOT_THERE);
  return pick(name.startsWith("sub/") ? IN_FOLDER : AT_TOP);
}

/** One file of a tree; now and then with what LiteLLM refuses. */
function fileText(name: string): string {
  const lines = [
    `model_list: [{model_name: "${name}", litellm_params: {model: openai/x}}]`,
  ];
  for (const key of KEYS) {
    if (random() < 0.4) lines.push(`${key}: ${pick(VALUES)}`);
  }
  const odd = random();
  if (odd < 0.01) return "- a list\n";
  if (odd < 0.02) return `${lines.join("\n")}\ninclude: a.yaml\n`;
  if (odd < 0.03) return "broken: [\n";
  if (odd < 0.06) return "";
  const count = Math.floor(random() * 3);
  const entries = Array.from({ length: count }, () => entryIn(name));
  if (count > 0) lines.push(`include: [${entries.join(", ")}]`);
  return lines.join("\n") + "\n";
}

const store = createStore();
for (let at = 0; at < TREES; at++) {
  const tree = `${folder}/${at}`;
  await Deno.mkdir(`${tree}/sub`, { recursive: true });
  const root = `include: [${entryIn("")}, ${entryIn("")}]\n` +
    `model_list: [{model_name: root}]\n${pick(KEYS)}: ${pick(VALUES)}\n`;
  const configPath = `${tree}/config.yaml`;
  await Deno.writeTextFile(configPath, root);
  for (const name of NAMES) {
    if (random() < 0.95) {
      await Deno.writeTextFile(`${tree}/${name}`, fileText(name));
    }
  }
  const config = parseYaml(await Deno.readFile(configPath));
  if (!isJsonObject(config)) {
    throw new Error("a generated config is no mapping");
  }
  const { files, broken } = await followIncludes(config, {
    configPath,
    workingDir: Deno.cwd,
    read: (path) => store.readOptional(path, 1024 * 1024),
  });
  const { value } = mergeIncludes(config, files);
  const judged = { merged: value, isBroken: broken.length > 0 };
  await Deno.writeTextFile(`${tree}/merged.json`, JSON.stringify(judged));
}

/**
 * Writes trees of configs that include each other, and what this program makes
 * of each, for LiteLLM to judge: `N/config.yaml` and `N/merged.json` in the
 * folder that is named.
 *
 * @module
 */
import { followIncludes } from "../../lib/includes.ts";
import { mergeIncludes } from "../../lib/merged_config.ts";
import { isRow } from "../../lib/row.ts";
import { createStore } from "../../lib/store.ts";
import { parseYaml } from "../../lib/yaml.ts";
import { randomNumbers } from "../faults/stage.ts";

const TREES = 300;
const NAMES = ["a.yaml", "b.yaml", "c.yaml", "sub/a.yaml", "sub/b.yaml"];
/** What an `include` can say: names beside the file, from outside, or none. */
const ENTRIES = [
  ...["a.yaml", "b.yaml", "./c.yaml", "sub/a.yaml", "../c.yaml", "gone.yaml"],
  ...["sub/b.yaml", "sub/../a.yaml", "../sub/b.yaml", "config.yaml", "sub"],
];
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

/** One file of a tree; now and then with what LiteLLM refuses. */
function fileText(name: string): string {
  const lines = [
    `model_list: [{model_name: "${name}", litellm_params: {model: openai/x}}]`,
  ];
  for (const key of KEYS) {
    if (random() < 0.4) lines.push(`${key}: ${pick(VALUES)}`);
  }
  const odd = random();
  if (odd < 0.02) return "- a list\n";
  if (odd < 0.04) return "";
  if (odd < 0.06) return `${lines.join("\n")}\ninclude: a.yaml\n`;
  if (odd < 0.08) return "broken: [\n";
  const count = Math.floor(random() * 3);
  const entries = Array.from({ length: count }, () => pick(ENTRIES));
  if (count > 0) lines.push(`include: [${entries.join(", ")}]`);
  return lines.join("\n") + "\n";
}

const store = createStore();
for (let at = 0; at < TREES; at++) {
  const tree = `${folder}/${at}`;
  await Deno.mkdir(`${tree}/sub`, { recursive: true });
  const root = `include: [${pick(ENTRIES)}, ${pick(ENTRIES)}]\n` +
    `model_list: [{model_name: root}]\n${pick(KEYS)}: ${pick(VALUES)}\n`;
  const configPath = `${tree}/config.yaml`;
  await Deno.writeTextFile(configPath, root);
  for (const name of NAMES) {
    if (random() < 0.8) {
      await Deno.writeTextFile(`${tree}/${name}`, fileText(name));
    }
  }
  const config = parseYaml(await Deno.readFile(configPath));
  if (!isRow(config)) throw new Error("a generated config is no mapping");
  const { files, broken } = await followIncludes(config, {
    configPath,
    workingDir: Deno.cwd,
    read: (path) => store.readOptional(path, 1024 * 1024),
  });
  const { value } = mergeIncludes(config, files);
  const judged = { merged: value, isBroken: broken.length > 0 };
  await Deno.writeTextFile(`${tree}/merged.json`, JSON.stringify(judged));
}

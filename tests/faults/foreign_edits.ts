/**
 * What somebody else can make of a config while a run is at work, and how it
 * gets into the file.
 *
 * @module
 */

import { BEGIN_MARKER, END_MARKER } from "../../lib/block/markers.ts";
import { EDITED, type FaultStage } from "./stage.ts";

/** What somebody makes of the config; undefined: it is deleted. */
export interface Edit {
  readonly name: string;
  readonly make: (text: string) => string | undefined;
}

/** A file that one of the edits includes. */
export const INCLUDED = ["more.yaml", `model_list:\n${entry("grok")}`] as const;

/** Of all kinds: harmless ones, ones that matter for the block, refused ones. */
export const EDITS: readonly Edit[] = [
  { name: "a comment behind all", make: (text) => `${text}# edited\n` },
  { name: "a comment in front", make: (text) => `# edited\n${text}` },
  { name: "other line ends", make: (text) => text.replaceAll("\n", "\r\n") },
  { name: "saved as it was", make: (text) => text },
  { name: "an entry", make: (text) => added(text, entry("another")) },
  {
    name: "entries of a model's and an alias's name",
    make: (text) => added(text, entry("grok-4.5") + entry("claude-fallback")),
  },
  { name: "a wildcard", make: (text) => added(text, entry('"*"')) },
  {
    name: "an include of entries",
    make: (text) => `include: [more.yaml]\n${text}`,
  },
  {
    name: "the entry gone",
    make: (text) => text.replace(/ {2}- model_name: my-own[^]*?\n\n/, ""),
  },
  {
    name: "a provider's key as the proxy's own",
    make: (text) =>
      `${text}general_settings:\n  master_key: os.environ/XAI_API_KEY\n`,
  },
  {
    name: "another base",
    make: (text) =>
      `${text}environment_variables:\n  XAI_API_BASE: "http://127.0.0.1:9"\n`,
  },
  { name: "another file", make: () => "litellm_settings: {}\n" },
  { name: "deleted", make: () => undefined },
  { name: "emptied", make: () => "" },
  { name: "no YAML", make: (text) => `${text}x: [\n` },
  { name: "two lists", make: (text) => `${text}model_list:\n` },
  {
    name: "the block gone",
    make: (text) => text.replace(/^ *# >>> disc[^]*<<<\n/m, ""),
  },
  {
    name: "the block changed",
    make: (text) => text.replace('mode: "chat"', 'mode: "chat" # mine'),
  },
  {
    name: "a section of the block gone",
    make: (text) => text.replace(/^ *# -- xai[^]*?(?=^ *# -- )/m, ""),
  },
  {
    name: "a marker gone",
    make: (text) => lineGone(text, END_MARKER),
  },
  {
    name: "both markers gone",
    make: (text) => lineGone(lineGone(text, BEGIN_MARKER), END_MARKER),
  },
];

/** Makes the edit, by a rename as most editors do or in the file itself. */
export async function applyEdit(
  { scene }: FaultStage,
  { make }: Edit,
  isRename: boolean,
): Promise<void> {
  const text = make(await scene.read());
  if (text === undefined) return await Deno.remove(scene.config);
  if (!isRename) return await scene.write(text);
  await scene.write(text, EDITED);
  await Deno.chmod(scene.path(EDITED), 0o640);
  await Deno.rename(scene.path(EDITED), scene.config);
}

/** An entry of that name. */
function entry(name: string): string {
  return `  - model_name: ${name}\n    litellm_params:\n      model: openai/gpt-5\n`;
}

function added(text: string, entries: string): string {
  return text.replace(/^model_list:\n/m, (key) => `${key}${entries}`);
}

/** The text without the first line that holds this. */
function lineGone(text: string, part: string): string {
  return text.replace(new RegExp(`^.*${part}.*\n`, "m"), "");
}

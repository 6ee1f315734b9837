/**
 * What the removal of the block, or of names in it, leaves behind: fallbacks and
 * aliases of the user that point at a name which only the block had.
 *
 * @module
 */

import type { Section } from "../block/format.ts";
import type { PreviousBlock } from "../block/previous.ts";
import type { Config } from "../config/config.ts";
import type { Lines } from "../config/lines.ts";
import { hasAllModels } from "../config/user_models.ts";
import { quoted } from "../text/key_look.ts";
import type { Warning } from "../warning.ts";
import { knownTo } from "./checks/unknown_names.ts";
import { type Mention, mentionsIn } from "./mentions.ts";
import { namesById } from "./name_hint.ts";

/** A warning for each, in the order of the file; `left` is what the block keeps. */
export function danglingWarnings(
  config: Config,
  { sections }: PreviousBlock,
  lines: Lines,
  left: readonly Section[] = [],
): Warning[] {
  if (!hasAllModels(config)) return [];
  const knownIn = (
    block: readonly Section[],
  ): (mention: Mention) => boolean => {
    const ours = block.flatMap(({ entries }) => entries);
    return knownTo({ config, ours }, namesById({ config, ours }));
  };
  const [wasKnown, isKnown] = [knownIn([...sections.values()]), knownIn(left)];
  const where = left.length === 0
    ? "without the block"
    : "in the restored block";
  return mentionsIn(config.merged.value)
    .filter(({ kind, isSound }) => isSound && kind !== "has fallbacks")
    .filter((mention) => wasKnown(mention) && !isKnown(mention))
    .map((mention): Warning => ({
      code: "dangling-fallbacks",
      text: `${useOf(mention)} points nowhere ${where}`,
      hint: "name a model of your own there, or remove it",
      ...lines.of(mention.path),
    }))
    .toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

function useOf({ kind, name, path }: Mention): string {
  const [, , alias = ""] = path;
  return kind === "alias"
    ? `model_group_alias ${quoted(`${alias}`)}, which resolves to ` +
      `${quoted(name)},`
    : `the fallback ${quoted(name)}`;
}

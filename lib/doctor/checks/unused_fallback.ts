/**
 * A `claude-fallback` that is available but not used by the config: the rule,
 * and where it goes. Silent if the user has no Claude entry, or one that has
 * fallbacks already.
 *
 * @module
 */

import type { Config } from "../../config/config.ts";
import { type UserModel, userModels } from "../../config/user_models.ts";
import {
  field,
  isJsonObject,
  type JsonObject,
  listField,
  objectField,
} from "../../text/fields.ts";
import { looksLikeKey, quoted } from "../../text/key_look.ts";
import { parseYaml, plainOrQuoted } from "../../yaml/parse.ts";
import type { Range } from "../../yaml/bytes.ts";
import {
  type Edit,
  ifReadable,
  inWords,
  provenEdit,
  withBlankEntries,
} from "../edit.ts";
import { waysToAddItem, waysToAddKey } from "../edit_candidates.ts";
import type { Lines } from "../../config/lines.ts";
import type { DoctorInput, Found } from "../input.ts";
import { FALLBACK_SECTIONS, mentionsIn } from "../mentions.ts";
import { isHostedClaude } from "../hosted_claude.ts";

const FALLBACK = "claude-fallback";

type Section = typeof FALLBACK_SECTIONS[number];

/** The advice to use it, if there is any to give. */
export function unusedFallback(
  { config, ours, bytes, lines }: Pick<
    DoctorInput,
    "config" | "ours" | "bytes" | "lines"
  >,
): Found[] {
  const whole = config.merged.value;
  const isAvailable = ours.some(({ name }) => name === FALLBACK);
  if (!isAvailable || config.includes.broken.length > 0) return [];
  const claude = userModels(config).find(mayFallBack);
  const section = countingSection(whole);
  if (!claude || hasFallbacks(whole, section, claude.name)) return [];
  const list = field(objectField(whole, section), "fallbacks") ?? [];
  // LiteLLM refuses anything else, and does not see what a later section ends:
  // other findings.
  if (!Array.isArray(list) || isLost(config, lines, section)) return [];
  return [{
    code: "unused-fallback",
    text: `${
      quoted(claude.name)
    } has no fallback, and ${FALLBACK} is available`,
    hint: hintFor(config, bytes, section, claude),
    at: { path: [...claude.path, "model_name"] },
  }];
}

function mayFallBack({ name, params }: UserModel): boolean {
  return isHostedClaude(params) && name !== "" && !name.includes("*") &&
    !looksLikeKey(name) && field(params, "fallbacks") === undefined;
}

/** Where the router's list is not empty, LiteLLM does not read the other. */
function countingSection(config: JsonObject): Section {
  const router = field(objectField(config, "router_settings"), "fallbacks");
  const isEmpty = !router || Array.isArray(router) && router.length === 0 ||
    isJsonObject(router) && Object.keys(router).length === 0;
  return isEmpty ? "litellm_settings" : "router_settings";
}

function hasFallbacks(
  config: JsonObject,
  section: Section,
  model: string,
): boolean {
  const isCovered = mentionsIn(config).some(({ kind, name, path }) => {
    const [where, key] = path;
    if (key === "fallbacks" && where !== section) return false;
    return kind === "has fallbacks"
      ? key === "fallbacks" && ["*", model].includes(name)
      : name === FALLBACK;
  });
  return isCovered ||
    FALLBACK_SECTIONS.some((one) =>
      listField(objectField(config, one), "default_fallbacks").length > 0
    );
}

/** Whether the section stands twice, and only an earlier one has fallbacks. */
function isLost(config: Config, lines: Lines, section: Section): boolean {
  const { file } = config.merged.placeOf([section]);
  return lines.positionsIn(file).repeatedKeys().some(({ path, lost }) =>
    path.length === 1 && path[0] === section && lost.includes("fallbacks")
  );
}

/** The lines to write, if they were tried; else the rule. */
function hintFor(
  config: Config,
  bytes: Uint8Array,
  section: Section,
  { name, path }: UserModel,
): string {
  // An included section replaces all others.
  const { file } = config.merged.placeOf([section]);
  const isElsewhere = file !== config.merged.placeOf(path).file;
  const place = file
    ? quoted(file.path)
    : isElsewhere
    ? "the config"
    : undefined;
  const rule = `{${plainOrQuoted(name)}: [${FALLBACK}]}`;
  const own = file?.bytes ?? withBlankEntries(bytes, blockIn(config, bytes));
  const edit = ifReadable(() => provenRule(own, section, rule));
  if (edit) return inWords(edit, place);
  const where = place === undefined ? "" : ` in ${place}`;
  return `add to the list ${section}.fallbacks${where} the item ${rule}`;
}

/** Everything after the block is as it was before the run. */
function blockIn({ bytes, region }: Config, now: Uint8Array): Range {
  return {
    start: region.start,
    end: now.length - (bytes.length - region.end),
  };
}

function provenRule(
  bytes: Uint8Array,
  section: Section,
  rule: string,
): Edit | undefined {
  const before = parseYaml(bytes);
  if (!isJsonObject(before)) return undefined;
  const own = objectField(before, section);
  const fallbacks = [
    parseYaml(new TextEncoder().encode(rule)),
    ...listField(own, "fallbacks"),
  ];
  const ways = field(own, "fallbacks") === undefined
    ? waysToAddKey(bytes, [section], "fallbacks", `[${rule}]`)
    : waysToAddItem(bytes, [section, "fallbacks"], rule);
  const expected = { ...before, [section]: { ...own, fallbacks } };
  return provenEdit(bytes, ways, expected);
}

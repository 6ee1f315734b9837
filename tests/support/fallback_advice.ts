/**
 * The advice to use `claude-fallback`, and what comes of following it.
 *
 * @module
 */

// @ts-types="../../lib/types/std_assert_equal.d.ts"
import { equal } from "@std/assert/equal";
import { assert, assertEquals } from "./assert.ts";
import { readConfig } from "../../lib/config/config.ts";
import { examine } from "../../lib/doctor/doctor.ts";
import type { DoctorInput } from "../../lib/doctor/input.ts";
import { FALLBACK_SECTIONS } from "../../lib/doctor/mentions.ts";
import { isJsonObject, objectField } from "../../lib/text/fields.ts";
import type { Finding } from "../../lib/warning.ts";
import { parseYaml } from "../../lib/yaml/parse.ts";
import { doctorInput } from "./examined.ts";
import { followed } from "./followed_hint.ts";
import { answered, bytesOf, textOf } from "./parts.ts";

/** A Claude of one's own, after some that need no fallback. */
export const CLAUDE = `model_list:
  - model_name: gpt
    litellm_params: {model: openai/gpt-5}
  - model_name: claude-opus-*
    litellm_params: {model: anthropic/claude-opus-*}
  - model_name: my-or
    litellm_params: {model: openrouter/anthropic/claude-sonnet-5}
  - model_name: my-claude
    litellm_params: {model: anthropic/claude-sonnet-5}
`;

type Files = Readonly<Record<string, string>>;

/** A config after a run, and what is found in it. */
export interface Advice {
  readonly text: string;
  readonly files: Files;
  readonly input: DoctorInput;
  readonly finding: Finding | undefined;
  readonly others: readonly string[];
}

/** What the doctor says after a run on this config. */
export async function adviceOn(
  text: string,
  files: Files = {},
): Promise<Advice> {
  const outcomes = [answered("openrouter", "anthropic/claude-sonnet-5")];
  const input = await doctorInput(text, { outcomes, files });
  const isAdvice = ({ code }: Finding): boolean => code === "unused-fallback";
  const findings = examine(input);
  // The lines that they name may move, and two sections that said the same differ.
  const others = findings
    .filter((one) => !isAdvice(one) && one.code !== "repeated-key")
    .map(({ code, text }) => `${code}: ${text.replace(/line \d+/g, "line")}`);
  const finding = findings.find(isAdvice);
  return { text: textOf(input.bytes), files, input, finding, others };
}

/**
 * Follows the advice and asserts what it promises: the file loads, the finding
 * is gone, and nothing else changed. Nothing for advice without a line.
 */
export async function followAdvice(
  { text, files, input, finding, others }: Advice,
): Promise<Advice | undefined> {
  assert(finding, text);
  const hint = finding.hint ?? "";
  const result = followed(hint, (file) => file ? files[file] ?? "" : text);
  if (!result) return undefined;
  const old = result.file === undefined ? text : files[result.file] ?? "";
  const about = `${old}\n=> ${hint}\n=> ${result.text}`;
  assertOneRuleMore(old, result.text, about);
  assertKept(old, result.text, about);
  const changed = result.file === undefined
    ? await adviceOn(result.text, files)
    : await adviceOn(text, { ...files, [result.file]: result.text });
  assertEquals(changed.finding, undefined, about);
  assertEquals(changed.others, others, about);
  const { previous } = await readConfig(changed.input.bytes);
  assertEquals(previous.isEdited, false, about);
  assertEquals(changed.input.ours, input.ours, about);
  return changed;
}

/** What the file means; a section or list that is missing is an empty one. */
function meaningOf(text: string): Meaning {
  const value = parseYaml(bytesOf(text));
  assert(isJsonObject(value));
  const sections = FALLBACK_SECTIONS.map((name) => {
    const { fallbacks, ...rest } = objectField(value, name);
    return { name, rest, fallbacks: fallbacks ?? [] };
  });
  const others = Object.entries(value)
    .filter(([name]) => !sections.some((section) => section.name === name));
  return { others: Object.fromEntries(others), sections };
}

interface Meaning {
  readonly others: unknown;
  readonly sections: readonly {
    readonly name: string;
    readonly rest: unknown;
    readonly fallbacks: unknown;
  }[];
}

/** One rule is added to one section's list, and nothing else. */
function assertOneRuleMore(old: string, new_: string, about: string): void {
  const before = meaningOf(old);
  const after = meaningOf(new_);
  const changed = after.sections.filter((section, at) =>
    !equal(section, before.sections[at])
  );
  assertEquals(changed.length, 1, about);
  const sections = after.sections.map((section) => {
    const { fallbacks } = section;
    if (!changed.includes(section) || !Array.isArray(fallbacks)) return section;
    const [rule, ...rest] = fallbacks;
    assertEquals(Object.values(rule), [["claude-fallback"]], about);
    return { ...section, fallbacks: rest };
  });
  assertEquals({ ...after, sections }, before, about);
}

/** Every character that was there is still there, in its order. */
function assertKept(before: string, after: string, about: string): void {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  const tail = before.slice(start).replace(/^(null|~)/, "");
  assert(after.endsWith(tail), about);
}

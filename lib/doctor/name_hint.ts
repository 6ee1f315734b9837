/**
 * What was most likely meant by a name that is not defined: a model under the
 * name that it has now, an alias that has no model today, the successor of one
 * that was shut down, or a name that was mistyped.
 *
 * @module
 */

import { deploymentOf, type Entry } from "../block/entry.ts";
import { factsOf } from "../block/read_entry.ts";
import { familiesNamed } from "../catalog/aliases.ts";
import type { Config } from "../config/config.ts";
import { userModels } from "../config/user_models.ts";
import {
  hasEnded,
  lastingSuccessor,
  type Lifecycle,
  lifecycleOf,
} from "../providers/lifecycle.ts";
import { PROVIDERS } from "../providers/table.ts";
import { objectField, textField } from "../text/fields.ts";
import { quoted } from "../text/key_look.ts";
import { nearest } from "../text/suggest.ts";
import type { DoctorInput } from "./input.ts";
import type { Mention } from "./mentions.ts";

/**
 * What to write instead, if there is something to propose. `nameById` are the
 * {@linkcode namesById}.
 */
export function nameHint(
  { kind, name }: Mention,
  input: DoctorInput,
  nameById: ReadonlyMap<string, string>,
): string | undefined {
  const { config, ours, settings } = input;
  if (kind === "alias" && config.userEntries.names.has(name)) {
    return aliasHint(config, name);
  }
  const called = kind === "alias" ? nameById.get(name) : undefined;
  if (called !== undefined) {
    return `write that entry's name: ${quoted(called)}`;
  }
  const renamed = renamedTo(name, ours);
  if (renamed !== undefined) return `did you mean ${quoted(renamed)}?`;
  const why = `run discover --why ${name}: it says why that alias has no model`;
  if (settings.aliases.some((alias) => alias.name === name)) return why;
  const retired = retirementHint(name, input);
  if (retired !== undefined) return retired;
  const names = [...config.userEntries.names, ...ours.map((one) => one.name)];
  const close = nearest(name, names);
  if (close !== undefined) return `did you mean ${quoted(close)}?`;
  return familiesNamed([name]).length > 0 ? why : undefined;
}

/** The `model_name` of every entry with an id, the user's before those of the block. */
export function namesById(
  { config, ours }: Pick<DoctorInput, "config" | "ours">,
): ReadonlyMap<string, string> {
  const own = userModels(config).flatMap(({ info, name }) => {
    const id = textField(info, "id");
    return id === undefined ? [] : [{ id, name }];
  });
  // The first of several with one id counts.
  return new Map(
    [...own, ...ours].toReversed().map(({ id, name }) => [id, name]),
  );
}

function aliasHint(config: Config, alias: string): string | undefined {
  const router = objectField(config.merged.value, "router_settings");
  const aliases = objectField(router, "model_group_alias");
  const target = textField(aliases, alias) ??
    textField(objectField(aliases, alias), "model");
  return target && target !== alias
    ? `write what ${quoted(alias)} resolves to: ${quoted(target)}`
    : "write the model_name of an entry";
}

/**
 * What had this name in an earlier block: OpenRouter's id of a Claude, Anthropic's
 * with its provider in front, or `claude/` before an alias.
 */
function renamedTo(
  name: string,
  ours: readonly Entry[],
): string | undefined {
  const deployments = [
    name,
    `openrouter/${name}`,
    `alias/${name.replace(/^claude\//, "")}`,
  ];
  return ours.find((entry) => deployments.includes(deploymentOf(entry)))?.name;
}

function retirementHint(
  name: string,
  input: DoctorInput,
): string | undefined {
  const { ours, settings: { today } } = input;
  const end = endInBlock(name, input) ?? endInTable(name, ours);
  if (end === undefined || !hasEnded(end, today)) return undefined;
  return `${quoted(name)} was shut down on ${end.endsOn}` +
    (end.successor === undefined
      ? ": name another model"
      : `: use ${quoted(end.successor)}`);
}

/** What the block said of it before the run that left it out. */
function endInBlock(
  name: string,
  { config: { previous }, ours }: DoctorInput,
): Lifecycle | undefined {
  const before = [...previous.sections.values()]
    .flatMap(({ entries }) => entries)
    .find((entry) => entry.name === name);
  const { endsOn, successor } = before && factsOf(before) || {};
  if (endsOn === undefined) return undefined;
  const isThere = ours.some((entry) => entry.name === successor);
  return { endsOn, ...(isThere && successor && { successor }) };
}

/** The same for a provider's id, which is the name that the block gives it. */
function endInTable(
  name: string,
  ours: readonly Entry[],
): Lifecycle | undefined {
  for (const { id: provider } of PROVIDERS) {
    for (const id of [name, name.slice(name.indexOf("/") + 1)]) {
      const known = lifecycleOf(provider, id);
      if (known === undefined) continue;
      const next = lastingSuccessor(provider, { id, ...known });
      const successor = ours.find((entry) =>
        deploymentOf(entry) === `${provider}/${next}`
      )?.name;
      return { endsOn: known.endsOn, ...(successor && { successor }) };
    }
  }
  return undefined;
}

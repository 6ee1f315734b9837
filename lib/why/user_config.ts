/**
 * What the user's own part of the config says of a name: who has it already, and
 * which wildcard answers it.
 *
 * @module
 */

import { type UserModel, userModels } from "../config/user_models.ts";
import { wildcardFor } from "../config/wildcards.ts";
import { resolved } from "../litellm/references.ts";
import type { HandWritten, Reason } from "./reasons.ts";
import {
  isJsonObject,
  listField,
  objectField,
  textField,
} from "../text/fields.ts";
import type { Path } from "../yaml/positions.ts";
import type { WhyInput } from "./input.ts";

/** Everything of the user's that has exactly this name. */
export function handWritten(name: string, input: WhyInput): Reason[] {
  const models = userModels(input.config);
  const by = (
    as: HandWritten,
    step: readonly string[],
    textOf: (model: UserModel) => string | undefined,
  ): Reason[] =>
    models.filter((model) => textOf(model) === name).map((model) => ({
      kind: "by-hand",
      as,
      at: input.lines.of([...model.path, ...step]),
      ...(model.name !== name && { entry: model.name }),
      ...(model.model !== "" && { upstream: model.model }),
    }));
  return [
    ...by(
      "model_name",
      ["model_name"],
      (one) => resolved(one.name, input.valueOf),
    ),
    ...inRouter(name, input),
    ...by("model_info.id", INFO.id, ({ info }) => textField(info, "id")),
    ...by(TEAM, INFO.team, ({ info }) => textField(info, TEAM)),
  ];
}

const TEAM = "team_public_model_name";
const INFO = { id: ["model_info", "id"], team: ["model_info", TEAM] } as const;

function inRouter(name: string, { config, lines }: WhyInput): Reason[] {
  const router = objectField(config.merged.value, "router_settings");
  const aliases = objectField(router, "model_group_alias");
  const taken = (as: HandWritten, path: Path, upstream?: string): Reason => ({
    kind: "by-hand",
    as,
    at: lines.of(["router_settings", ...path]),
    ...(upstream !== undefined && { upstream }),
  });
  const target = textField(aliases, name) ??
    textField(objectField(aliases, name), "model");
  const alias = Object.hasOwn(aliases, name)
    ? [taken("model_group_alias", ["model_group_alias", name], target)]
    : [];
  const groups = listField(router, "routing_groups").flatMap((group, at) =>
    isJsonObject(group) && textField(group, "group_name") === name
      ? [taken("routing_groups", ["routing_groups", at])]
      : []
  );
  return [...alias, ...groups];
}

/** The user's entries that call an upstream model. */
export function callersOf(upstream: string, input: WhyInput): Reason[] {
  return userModels(input.config).filter(({ model }) => model === upstream)
    .map(({ path, name }) => ({
      kind: "by-hand",
      as: "litellm_params.model",
      at: input.lines.of([...path, "litellm_params", "model"]),
      ...{ entry: name, upstream },
    }));
}

/** The first wildcard that answers one of the names. */
export function covering(
  names: readonly string[],
  isOffered: boolean,
  { config, lines, valueOf }: WhyInput,
): Reason[] {
  const { wildcards } = config.userEntries;
  const [wildcard] = names.flatMap((name) =>
    wildcardFor(wildcards, name) ?? []
  );
  if (wildcard === undefined) return [];
  const model = userModels(config).find(({ name, info }) =>
    [resolved(name, valueOf), textField(info, TEAM)].includes(wildcard)
  );
  const at = model ? lines.of([...model.path, "model_name"]) : {};
  return [{ kind: "wildcard", wildcard, at, isOffered }];
}

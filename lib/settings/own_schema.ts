/**
 * The form of `params:` and `info:`, made from the tables of what may be set.
 *
 * @module
 */

import * as v from "valibot";
import { OWN_INFO, OWN_PARAMS } from "../block/own_settings.ts";
import { OWN_KINDS, type OwnKind, ownProblem } from "../block/own_values.ts";
import { nearest } from "../text/suggest.ts";
import { expected } from "./errors.ts";
import { count, mapping, setting, textOrList } from "./schema_parts.ts";
import { unsettable } from "./unsettable.ts";
import { withHint } from "./values.ts";

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const amount = v.pipe(v.number(), v.minValue(0));
const anyMapping = v.looseObject({});

/** What editors are told of each kind. */
const EDITOR_SCHEMAS: Readonly<Record<OwnKind, v.GenericSchema<unknown>>> = {
  count,
  whole,
  integer: v.pipe(v.number(), v.integer()),
  number: v.number(),
  amount,
  time: amount,
  flag: v.boolean(),
  text: v.string(),
  id: v.string(),
  words: v.string(),
  duration: v.string(),
  texts: textOrList(OWN_KINDS.texts),
  headers: v.record(v.string(), v.string()),
  mapping: anyMapping,
  body: anyMapping,
  mappings: v.array(anyMapping),
};

/** Settings by their names; null takes back what a provider sets. */
type OwnSchema = v.GenericSchema<unknown, Record<string, unknown>>;

const PARAM_NAMES = Object.keys(OWN_PARAMS);
const INFO_NAMES = Object.keys(OWN_INFO);

/** `params:`: what goes under `litellm_params`. */
export const ownParams: OwnSchema = ownSchema(
  OWN_PARAMS,
  "Into litellm_params of its entries",
  (name) => {
    if (INFO_NAMES.includes(name)) {
      return withHint("unknown parameter", "write it under info:");
    }
    const close = nearest(name, PARAM_NAMES);
    const hint = "what the provider alone knows goes into extra_body";
    return withHint(
      "unknown parameter",
      close === undefined ? hint : `did you mean ${close}? (${hint})`,
    );
  },
);

/** `info:`: what goes under `model_info`. */
export const ownInfo: OwnSchema = ownSchema(
  OWN_INFO,
  "Into model_info of its entries",
  (name) =>
    withHint(
      "unknown key",
      PARAM_NAMES.includes(name)
        ? "write it under params:"
        : expected(name, INFO_NAMES),
    ),
);

/** Both, for a provider, some of its models, or an alias. */
export const ownEntries = {
  params: v.optional(ownParams),
  info: v.optional(ownInfo),
};

function ownSchema(
  names: typeof OWN_PARAMS,
  description: string,
  unknown: (name: string) => string,
): OwnSchema {
  const entries = Object.entries(names).map(([name, { kind, words }]) =>
    [name, setting(v.nullable(valueSchema(kind)), words)] as const
  );
  return v.pipe(
    mapping("expected a mapping of names to values"),
    v.strictObject(
      Object.fromEntries(entries),
      ({ path }) => {
        const name = String(path?.at(-1)?.key);
        return unsettable(name) ?? unknown(name);
      },
    ),
    v.description(description),
  );
}

/** The first part decides; the second one says the same to editors. */
function valueSchema(kind: OwnKind): v.GenericSchema<unknown> {
  return v.pipe(
    v.unknown(),
    v.rawCheck(({ dataset, addIssue }) => {
      const problem = ownProblem(kind, dataset.value);
      if (!problem) return;
      const { state, hint, path } = problem;
      addIssue({
        message: hint === undefined ? state : withHint(state, hint),
        ...pathOf(path),
      });
    }),
    EDITOR_SCHEMAS[kind],
  );
}

/** Where in a value an issue is, in valibot's form. */
function pathOf(
  path: readonly (string | number)[],
): Pick<v.RawCheckIssueInfo<unknown>, "path"> {
  const [first, ...others] = path.map((key) => ({
    type: "unknown" as const,
    origin: "value" as const,
    input: undefined,
    key,
    value: undefined,
  }));
  return first ? { path: [first, ...others] } : {};
}

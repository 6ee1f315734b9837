/**
 * Hand-written parts that no longer fit what the providers offer, and other
 * things that their owner should know. Advice only: nothing is changed.
 *
 * @module
 */

import type { Catalog } from "./catalog.ts";
import type { Config } from "./config.ts";
import { filterWarnings } from "./advise_filters.ts";
import type { EarlierBlock } from "./earlier.ts";
import { matches } from "./glob.ts";
import type { Outcome } from "./outcome.ts";
import { isRow, listField, type Row, rowField, textField } from "./row.ts";
import type { Warning } from "./run_report.ts";
import type { Settings } from "./settings.ts";
import { isUtf8 } from "./yaml.ts";

/** What there is to advise after the catalog is built. */
export function advise(
  config: Config,
  earlier: EarlierBlock,
  catalog: Catalog,
  settings: Settings,
  outcomes: readonly Outcome[],
): Warning[] {
  return [
    ...editedWarnings(earlier),
    ...filterWarnings(catalog, settings, outcomes),
    ...endingWarnings(catalog),
    ...fallbackWarnings(config, catalog),
    ...goneWarnings(config, settings, outcomes),
    ...(isUtf8(config.bytes) ? [] : [NOT_UTF8]),
  ];
}

const NOT_UTF8: Warning = {
  code: "not-utf8",
  text: "the config is not UTF-8",
  hint: "LiteLLM reads it only where the code page of the machine fits",
};

function editedWarnings(
  { edited, damaged, isEdited }: EarlierBlock,
): Warning[] {
  if (!isEdited) return [];
  const where = edited.length > 0 ? ` (${edited.join(", ")})` : "";
  return [
    {
      code: "block-edited",
      text: `somebody edited between the markers${where}`,
      hint: "edits there are overwritten; the edited file is kept beside it",
    },
    ...damaged.map((id): Warning => ({
      code: "section-damaged",
      text: `the earlier section "${id}" could not be read`,
      hint: "it stands in the copy of the edited file",
    })),
  ];
}

/** An alias on a model whose end is announced deserves a look. */
function endingWarnings({ selections, aliases }: Catalog): Warning[] {
  const ending = [...selections.values()].flatMap(({ models }) =>
    models.flatMap(({ id, endsOn }) => endsOn ? [{ id, endsOn }] : [])
  );
  return ending.flatMap(({ id, endsOn }) => {
    const names = aliases.filter(({ target }) => target.endsWith(`/${id}`))
      .map(({ name }) => name);
    if (names.length === 0) return [];
    const text = `${id} is shut down on ${endsOn}; ${names.join(", ")} ${
      names.length === 1 ? "points" : "point"
    } to it until then`;
    return [{ code: "ends-soon", text } as const];
  });
}

const FALLBACK_KEYS = [
  "fallbacks",
  "context_window_fallbacks",
  "content_policy_fallbacks",
];

/** LiteLLM finds out only when it needs the fallback. */
function fallbackWarnings(config: Config, catalog: Catalog): Warning[] {
  const { mine } = config;
  if (!isRow(mine)) return [];
  const { names, wildcards } = config.handWritten;
  const ours = catalog.sections.flatMap(({ entries }) =>
    entries.map(({ name }) => name)
  );
  const known = new Set([...names, ...ours]);
  const missing = new Set(
    ["litellm_settings", "router_settings"].flatMap((section) =>
      fallbackTargets(rowField(mine, section))
    ).filter((name) =>
      !known.has(name) && !wildcards.some((glob) => matches(glob, name))
    ),
  );
  return [...missing].map((name) => ({
    code: "unknown-fallback",
    text: `the fallback "${name}" is no model of this config`,
    hint: "LiteLLM notices only when it needs it",
  }));
}

function fallbackTargets(settings: Row): string[] {
  const lists = FALLBACK_KEYS.flatMap((key) => listField(settings, key))
    .filter(isRow).flatMap((map) => Object.values(map));
  return [...lists, listField(settings, "default_fallbacks")].flatMap((list) =>
    Array.isArray(list) ? list.filter((name) => typeof name === "string") : []
  );
}

/** Hand-written entries whose provider answered without their model. */
function goneWarnings(
  config: Config,
  settings: Settings,
  outcomes: readonly Outcome[],
): Warning[] {
  if (!isRow(config.mine)) return [];
  const items = listField(config.mine, "model_list").filter(isRow);
  return items.flatMap((item): Warning[] => {
    const params = rowField(item, "litellm_params");
    const model = textField(params, "model") ?? "";
    // Another base means another server, whatever the prefix.
    const isElsewhere = textField(params, "api_base") !== undefined;
    const source = settings.sources.find(({ provider }) =>
      !isElsewhere && provider.kind !== "own" &&
      model.startsWith(provider.prefix)
    );
    const outcome = outcomes.find(({ provider }) =>
      provider === source?.provider.id
    );
    if (!source || outcome?.kind !== "answered" || model.includes("*")) {
      return [];
    }
    const id = model.slice(source.provider.prefix.length);
    if (isOffered(outcome, id)) return [];
    const name = textField(item, "model_name") ?? model;
    return [{
      code: "model-gone",
      text: `your model "${name}": ${source.provider.title} does not offer ` +
        `"${id}" any more`,
    }];
  });
}

/** `:online` and the like are added by the caller and stand in no list. */
function isOffered(
  { models, alsoListed }: Outcome & { readonly kind: "answered" },
  id: string,
): boolean {
  const [plain] = id.split(":");
  const listed = models.find((model) => model.id === id || model.id === plain);
  return listed ? !listed.retired : alsoListed.has(id);
}

/**
 * The aliases of `discover.yaml`, put together with the default ones.
 *
 * @module
 */

import {
  type AliasRule,
  claudeTwin,
  DEFAULT_ALIASES,
  defaultAlias,
  type Family,
} from "../catalog/aliases.ts";
import { PROVIDERS } from "../providers/table.ts";
import type { JsonObject } from "../text/fields.ts";
import type { Path } from "../yaml/positions.ts";
import { expected, type SettingsText } from "./errors.ts";
import { readOwn } from "./own_settings.ts";

type Follow = string | readonly string[];

/** What an alias follows, and what is set on its entries. */
interface OwnAlias {
  readonly follow?: Follow | undefined;
  readonly params?: JsonObject | undefined;
  readonly info?: JsonObject | undefined;
}

type AliasValue = Follow | OwnAlias | false;

/** What the aliases are checked against. */
interface AliasContext {
  readonly on: readonly string[];
  readonly claudeCodeNames: boolean;
}

/** Default aliases that the file leaves alone, then its own. */
export function readAliases(
  values: Readonly<Record<string, AliasValue>>,
  file: SettingsText,
  { on, claudeCodeNames }: AliasContext,
): readonly AliasRule[] {
  const defaults = DEFAULT_ALIASES.filter(({ name }) =>
    !Object.hasOwn(values, name)
  );
  const own = Object.entries(values).flatMap(([name, value]) =>
    value === false ? [] : [ruleOf(name, value, file, on)]
  );
  const rules = [...defaults, ...own];
  if (claudeCodeNames) assertNoTwin(rules, file);
  return rules;
}

function ruleOf(
  name: string,
  value: Follow | OwnAlias,
  file: SettingsText,
  on: readonly string[],
): AliasRule {
  const { follow, params, info }: OwnAlias = isFollow(value)
    ? { follow: value }
    : value;
  const rule = follow === undefined
    ? defaultRule(name, file, on)
    : { name, families: familiesOf(name, follow, file, on) };
  const path = ["aliases", name];
  const providers = rule.families.map(({ provider }) => provider);
  const hasOwn = params !== undefined || info !== undefined;
  return {
    ...rule,
    isExplicit: true,
    ...(hasOwn && { own: readOwn({ params, info }, path, file, providers) }),
  };
}

function isFollow(value: Follow | OwnAlias): value is Follow {
  return typeof value === "string" || Array.isArray(value);
}

function familiesOf(
  name: string,
  follow: Follow,
  file: SettingsText,
  on: readonly string[],
): Family[] {
  return [follow].flat().map((text) => familyOf(name, text, file, on));
}

/** A default alias goes on following what it follows. */
function defaultRule(
  name: string,
  file: SettingsText,
  on: readonly string[],
): AliasRule {
  const path = ["aliases", name];
  const rule = defaultAlias(name);
  if (!rule) {
    throw file.errorAt(
      path,
      "nothing to follow",
      "write follow: openrouter anthropic/claude-sonnet-*",
    );
  }
  for (const { provider } of rule.families) assertOn(provider, path, file, on);
  return rule;
}

function familyOf(
  alias: string,
  text: string,
  file: SettingsText,
  on: readonly string[],
): Family {
  const [provider = "", glob = ""] = text.trim().split(/\s+/);
  assertOn(provider, ["aliases", alias], file, on);
  return { provider, glob };
}

function assertOn(
  provider: string,
  path: Path,
  file: SettingsText,
  on: readonly string[],
): void {
  if (on.includes(provider)) return;
  throw PROVIDERS.some(({ id }) => id === provider)
    ? file.errorAt(
      path,
      `provider "${provider}" is not enabled`,
      `set ${provider}: {} under providers`,
    )
    : file.errorAt(path, "unknown provider", expected(provider, on));
}

/** Throws for an alias whose name is the second name of another one. */
function assertNoTwin(rules: readonly AliasRule[], file: SettingsText): void {
  const names = rules.map(({ name }) => name);
  for (const name of names) {
    const twin = claudeTwin(name) ?? "";
    if (!names.includes(twin)) continue;
    throw file.errorAt(
      ["aliases", twin],
      `that is the second name of the alias "${name}"`,
      "give it another name, or set claude_code: false",
    );
  }
}

/**
 * The aliases of `discover.yaml`, put together with the default ones.
 *
 * @module
 */

import {
  type AliasRule,
  claudeTwin,
  DEFAULT_ALIASES,
  type Family,
} from "../catalog/aliases.ts";
import { PROVIDERS } from "../providers/table.ts";
import { expected, type SettingsText } from "./errors.ts";

type AliasValue = string | readonly string[] | false;

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
  const own = Object.entries(values).flatMap(([name, value]) => {
    const families = (value === false ? [] : [value].flat())
      .map((text) => familyOf(name, text, file, on));
    return families.length > 0 ? [{ name, families, isExplicit: true }] : [];
  });
  const rules = [...defaults, ...own];
  if (claudeCodeNames) assertNoTwin(rules, file);
  return rules;
}

function familyOf(
  alias: string,
  text: string,
  file: SettingsText,
  on: readonly string[],
): Family {
  const [provider = "", glob = ""] = text.trim().split(/\s+/);
  if (on.includes(provider)) return { provider, glob };
  const path = ["aliases", alias];
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

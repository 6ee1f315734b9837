/**
 * The aliases of `discover.yaml`, checked, put together with the default ones.
 *
 * @module
 */

import {
  type AliasRule,
  claudeTwin,
  DEFAULT_ALIASES,
  type Family,
} from "../catalog/aliases.ts";
import { looksLikeKey, quoted } from "../text/key_look.ts";
import { MODEL_ID } from "../providers/provider.ts";
import { PROVIDERS } from "../providers/table.ts";
import { type Fault, meant } from "./errors.ts";

/** An alias as it stands in the file. */
type AliasValue = string | readonly string[] | false;

/** What the aliases are checked against. */
interface SettingsContext {
  /** Providers that are on. */
  readonly on: readonly string[];
  readonly claudeCodeNames: boolean;
  readonly fault: Fault;
}

/** Default aliases that the file leaves alone, then its own. */
export function readAliases(
  values: Readonly<Record<string, AliasValue>>,
  context: SettingsContext,
): readonly AliasRule[] {
  const defaults = DEFAULT_ALIASES.filter(({ name }) =>
    !Object.hasOwn(values, name)
  );
  const named = Object.entries(values).flatMap(([name, value]) =>
    value === false ? [] : [aliasOf(name, [value].flat(), context)]
  );
  const rules = [...defaults, ...named];
  for (const { name } of context.claudeCodeNames ? rules : []) {
    const twin = claudeTwin(name);
    if (twin === undefined || !rules.some((rule) => rule.name === twin)) {
      continue;
    }
    throw context.fault(
      ["aliases", twin],
      `alias "${twin}": that is the second name of the alias "${name}"`,
      "give it another name, or set claude_code: false",
    );
  }
  return rules;
}

function aliasOf(
  name: string,
  texts: readonly string[],
  context: SettingsContext,
): AliasRule {
  const at = ["aliases", name];
  if (!MODEL_ID.test(name) || looksLikeKey(name)) {
    throw context.fault(
      at,
      `alias ${quoted(name)}: not a name that can be used`,
      "use letters, digits and . _ : / @ + -",
    );
  }
  if (texts.length === 0) {
    throw context.fault(
      at,
      `alias "${name}": an empty list`,
      "name a provider and a glob, or false",
    );
  }
  const families = texts.map((text) => familyOf(name, text, context));
  return { name, families, isExplicit: true };
}

function familyOf(
  name: string,
  text: string,
  { on, fault }: SettingsContext,
): Family {
  const at = ["aliases", name];
  const [provider, glob, ...more] = text.trim().split(/\s+/);
  if (!provider || !glob || more.length > 0) {
    throw fault(
      at,
      `alias "${name}": not a provider and a glob`,
      `write it as ${name}: openrouter anthropic/claude-sonnet-*`,
    );
  }
  if (on.includes(provider)) return { provider, glob };
  if (PROVIDERS.some(({ id }) => id === provider)) {
    throw fault(
      at,
      `alias "${name}": the provider "${provider}" is not on`,
      `add ${provider}: {} below providers`,
    );
  }
  throw fault(
    at,
    `alias "${name}": its provider is not known`,
    meant(provider, on),
  );
}

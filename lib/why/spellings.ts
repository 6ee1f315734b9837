/**
 * The names by which a model of a provider may be asked for.
 *
 * @module
 */

import { nameIn } from "../catalog/offer.ts";
import { claudeName, undatedName } from "../providers/claude.ts";
import { plainId } from "../providers/provider.ts";
import type { NamedSource } from "./input.ts";

/** Whether a model of a provider may be meant by a name. */
export function isCalled(
  name: string,
  source: NamedSource,
  id: string,
): boolean {
  const spelled = spellingsOf(source, id).map((one) => one.toLowerCase());
  // Gemini itself says `models/gemini-…`.
  const bare = name.replace(/^models\//, "");
  return [name, bare, claudeName(name) ?? name]
    .some((one) => spelled.includes(one.toLowerCase()));
}

/** `openrouter/anthropic/claude-…`, `claude-…`, with its day and without it. */
function spellingsOf(source: NamedSource, id: string): string[] {
  const { provider } = source;
  const plain = plainId(id);
  const claude = claudeName(id);
  return [
    ...[id, plain, provider.prefix + id, `${provider.id}/${id}`],
    ...[`discover:${provider.id}/${id}`, nameIn(source, id)],
    plain.slice(plain.lastIndexOf("/") + 1),
    ...(claude === undefined ? [] : [claude, undatedName(claude) ?? claude]),
  ];
}

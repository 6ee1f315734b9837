/**
 * What Anthropic calls its models. Clients ask for them by these names: the
 * rows of Claude Code's own picker are `claude-opus-5-5` and the like, whoever
 * answers. Source: https://docs.claude.com/en/docs/about-claude/models/overview
 *
 * @module
 */

/** The template by which a Claude has the name that clients send. */
export const CLIENT_NAME = "{name}";

const CLAUDE = /^~?(?:anthropic\/)?(claude-.+)$/;

/** Models up to 4.5 have a day in their id; without it, it is an alias. */
const DATED = /^(claude-.+)-(20\d{6})$/;

/** A family is named after `claude-`, or, as it was before 4, after the version. */
const FAMILY = /^claude-(?:[\d.]+-)*([a-z]{2,})(?![a-z])/;

/** Words of an id that name no family of models. */
const NO_FAMILY = ["latest", "preview", "beta", "fast", "thinking"];

/**
 * The name in Anthropic's API of a model that OpenRouter or Anthropic lists:
 * `claude-opus-4-8` for `anthropic/claude-opus-4.8`. Nothing for other makers.
 */
export function claudeName(id: string): string | undefined {
  return CLAUDE.exec(id)?.[1]?.replaceAll(".", "-");
}

/** The name without its day, if it has one. */
export function undatedName(name: string): string | undefined {
  return DATED.exec(name)?.[1];
}

/** The newest of each model's names with a day, by the name without it. */
export function datedNames(names: readonly string[]): Map<string, string> {
  return new Map(
    names.toSorted().flatMap((name) => {
      const undated = undatedName(name);
      return undated === undefined ? [] : [[undated, name] as const];
    }),
  );
}

/** `opus` of `anthropic/claude-opus-4.8` and of `anthropic/claude-3-opus`. */
export function claudeFamily(id: string): string | undefined {
  const family = FAMILY.exec(CLAUDE.exec(id)?.[1] ?? "")?.[1];
  return family && NO_FAMILY.includes(family) ? undefined : family;
}

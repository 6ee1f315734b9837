/**
 * The form of a provider's base, whether it stands in `discover.yaml` or in a
 * variable. Which hosts it may name is up to `base_url.ts`.
 *
 * @module
 */

/** Why no part of a base that LiteLLM is told may look like a key. */
export const KEY_IN_BASE =
  "the config would show it; key: in discover.yaml names the variable that holds one";

/** What keeps the text from being a base; nothing where it is one. */
export function urlProblem(text: string): string | undefined {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) return "not an http(s) URL";
  return url.username || url.password || url.search || url.hash
    ? "more than a host and a path"
    : undefined;
}

/**
 * Releases of LiteLLM in their order: some refuse what others take.
 *
 * @module
 */

/**
 * Whether a release such as `1.108.7` is `first` (such as `1.106`) or a later
 * one; nothing where that is not known.
 */
export function isSince(
  first: `${number}.${number}`,
  release: string | undefined,
): boolean | undefined {
  const [of, than] = [release ?? "", first].map((text) =>
    /^(\d+)\.(\d+)/.exec(text)?.slice(1).map(Number)
  );
  if (!of || !than) return undefined;
  const [major = 0, minor = 0] = of;
  const [firstMajor = 0, firstMinor = 0] = than;
  return major > firstMajor || major === firstMajor && minor >= firstMinor;
}

/**
 * Whether LiteLLM makes text of a name of any kind, takes any `model_info`, and
 * leaves out an entry with a list as its model: 1.110.2 does (measured), 1.108.7
 * does not, nor does one that is not known.
 */
export function takesAnyKind(release: string | undefined): boolean {
  return isSince("1.110", release) === true;
}

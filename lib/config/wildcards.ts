/**
 * Which calls the user's wildcards answer, matched as LiteLLM does it. LiteLLM
 * looks for a model of the exact name first, so an entry of ours under a name
 * that a wildcard answers would take that wildcard's calls.
 *
 * Read from LiteLLM 1.106.2: `router_utils/pattern_match_deployments.py` and
 * `litellm_core_utils/get_llm_provider_logic.py`.
 *
 * @module
 */

/**
 * The first wildcard that answers a call for `name`, or may do so with a newer
 * list of models, if there is one.
 */
export function wildcardFor(
  wildcards: readonly string[],
  name: string,
): string | undefined {
  if (wildcards.length === 0) return undefined;
  const attempts = [name, ...providersOf(name).map((one) => `${one}/${name}`)];
  return wildcards.find((wildcard) =>
    attempts.some((attempt) => answers(wildcard, attempt))
  );
}

/** Whether one of the wildcards answers `name`, whatever LiteLLM infers. */
export function isAnswered(
  wildcards: readonly string[],
  name: string,
): boolean {
  return wildcards.some((wildcard) => answers(wildcard, name));
}

/**
 * A `*` matches any run of characters, everything else matches itself, and the
 * end is open: `*-mini` answers `grok-4-mini-fast`.
 */
function answers(wildcard: string, text: string): boolean {
  const [first = "", ...others] = wildcard.split("*");
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of others) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return true;
}

/**
 * If no wildcard matches the name itself, LiteLLM tries once more with the
 * inferred provider in front, or `None` if it infers none, so that a wildcard for
 * anything with a slash answers every name. What it infers depends on a list of
 * models that a proxy downloads at every start: all are tried.
 */
function providersOf(name: string): string[] {
  const slash = name.indexOf("/");
  const prefix = slash > 0 ? [name.slice(0, slash)] : [];
  return ["None", ...prefix, ...inferredProviders(name)];
}

/** The providers that LiteLLM may infer for a model that names none. */
export function inferredProviders(name: string): readonly string[] {
  return INFERRED.filter(([names]) => names.test(name))
    .flatMap(([, providers]) => providers);
}

/**
 * The families of names that LiteLLM, by its list of models or a rule, assigns to
 * a provider. Wider than today's list, since it grows every week; not so wide
 * that an alias such as `claude-fallback` or `gemini-pro` is among them.
 */
const INFERRED: readonly (readonly [RegExp, readonly string[]])[] = [
  [
    /^claude-(?:.*\d|instant|.*-(?:latest|preview)$)/i,
    ["anthropic", "anthropic_text", "bedrock"],
  ],
  [
    /^(?:gemini-(?:.*\d|.*-(?:experimental|preview)$)|medlm-|veo-|imagen|text-|multimodal|deep-research-|(?:chat|code|codechat)-bison)/,
    ["vertex_ai"],
  ],
  [
    /^(?:gpt-|chatgpt-|o\d|codex-|computer-use-|dall-e|davinci|babbage|text-|tts-|whisper|omni-|sora|daybreak-|chat-|ft:)|ft:gpt-|gpt-image|^azure\//,
    ["openai", "text-completion-openai"],
  ],
  [/^(?:[a-z0-9-]+\.)?[a-z][a-z0-9]*\.[a-z]/, ["bedrock"]],
  [/^(?:command|c4ai|embed|rerank)-|^cohere\//, ["cohere", "cohere_chat"]],
  [/^(?:jamba|j2)-/, ["ai21_chat"]],
  [/^(?:chat)?dolphin/, ["nlp_cloud"]],
  [/^anthropic\/claude-/, ["anthropic_text"]],
  [/:[0-9a-f]{64}$/, ["replicate"]],
];

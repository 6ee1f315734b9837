/**
 * Whether two ids are likely the same model: providers spell one model with and
 * without its maker, its day, its version or its packing.
 *
 * @module
 */

/** Whether both ids have the same words, leaving out those that add nothing. */
export function isSameModel(a: string, b: string): boolean {
  return wordsOf(a) === wordsOf(b);
}

/**
 * `openrouter/meta-llama/llama-3.3-70b-instruct:free` and
 * `fireworks_ai/accounts/fireworks/models/llama-v3p3-70b-instruct` are both
 * `3 3 70 b llama`.
 */
function wordsOf(model: string): string {
  const last = model.slice(model.lastIndexOf("/") + 1).toLowerCase();
  const words = last
    // Bedrock: `eu.anthropic.claude-sonnet-4-20250514-v1:0`.
    .replace(/^(?:[a-z-]+\.)+(?=[a-z])/, "")
    .replace(/(?:-v\d+)?:.*$|@.*$/, "")
    .replace(/fp\d+|bf16/g, "")
    // Days: -20250514, -2024-08-06, -0613.
    .replace(
      /-(?:20\d{6}|20\d\d-\d\d-\d\d|\d{4}|\d\d-20\d\d|\d\d-\d\d)(?=-|$)/g,
      "",
    )
    .replace(/(\d)p(?=\d)/g, "$1-")
    .match(/[a-z]+|\d+/g) ?? [];
  // gpt-35-turbo is Azure's gpt-3.5-turbo.
  const digits = words.flatMap((word) => word === "35" ? ["3", "5"] : [word]);
  return digits.filter((word) => !FILLERS.has(word)).toSorted().join(" ");
}

const FILLERS: ReadonlySet<string> = new Set([
  ...["latest", "preview", "exp", "experimental", "beta", "free", "v"],
  ...["instruct", "versatile", "instant", "chat", "it", "turbo", "hf"],
  ...["fast", "awq", "gguf", "meta", "001", "002", "003"],
]);

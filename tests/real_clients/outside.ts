/**
 * What clients ask of the outside, each on its own account and in vain: no
 * prompt is among it, since all of those are answered by the scene.
 *
 * @module
 */

import { assertEquals } from "../support/assert.ts";
import type { Scene } from "./scene.ts";

/** How the hosts begin that each is known to ask. */
const KNOWN = {
  claudeCode: [
    "api.anthropic.com",
    "downloads.claude.ai",
    "github.com",
    "raw.githubusercontent.com",
  ],
  codex: ["ab.chatgpt.com", "api.github.com", "chatgpt.com", "github.com"],
  opencode: ["models.opencode.ai", "registry."],
} as const;

/** Does what a client is needed for, and asserts that it asks no other hosts. */
export async function askingOnly(
  client: keyof typeof KNOWN,
  { askedOutside }: Scene,
  body: () => Promise<void>,
): Promise<void> {
  const before = askedOutside.length;
  await body();
  const known: readonly string[] = KNOWN[client];
  const others = askedOutside.slice(before).filter((target) =>
    !known.some((host) => target.startsWith(host))
  );
  assertEquals(others, []);
}

/** OpenAI and OpenCode Zen, which have models of the same names. */

import { assert, assertEquals } from "../support/assert.ts";
import type { Outcome } from "../../lib/fetch/outcome.ts";
import { KeyRing } from "../../lib/keys/key_ring.ts";
import { withLifecycle } from "../../lib/providers/lifecycle.ts";
import type { Model } from "../../lib/providers/provider.ts";
import { readDiscoverFile } from "../../lib/settings/file.ts";
import { resolveSettings } from "../../lib/settings/settings.ts";
import {
  answered,
  failed,
  flagsOf,
  MINE,
  planOf,
  textOf,
} from "../support/parts.ts";

const OWN = `${MINE.split("litellm_settings")[0]}  - model_name: own-glm
    litellm_params: {model: openai/glm-5.3, api_base: "https://gateway.example/v1"}
`;

/** The config's text after a run with both on, on a day. */
async function after(
  text: string,
  outcomes: readonly Outcome[],
  today = "2026-11-28",
): Promise<string> {
  const file = await readDiscoverFile(
    "providers: {openrouter: false, xai: false, gemini: false, openai: {}, opencode-zen: {}}\n",
    "discover.yaml",
  );
  const environment = { OPENAI_API_KEY: "k1", OPENCODE_API_KEY: "k2" };
  const keys = new KeyRing(environment, [], []);
  const settings = resolveSettings(flagsOf(), keys, { file, today });
  return textOf((await planOf(text, outcomes, settings)).bytes);
}

/** Name, upstream model, base and mode of every entry of the block. */
function entriesIn(text: string): string[] {
  const block = text.slice(text.indexOf(">>> discover"));
  return block.split("  - model_name: ").slice(1).map((entry) => {
    const [name = ""] = entry.split("\n");
    const parts = ["model", "api_key", "api_base", "mode"].map((key) =>
      new RegExp(`^ +${key}: "(.*)"$`, "m").exec(entry)?.[1] ?? "-"
    );
    return [name.replaceAll('"', ""), ...parts].join(" ");
  });
}

/** Models as they are read from a list. */
function listed(provider: string, ...models: readonly Model[]): Outcome {
  const read = models.map((model) => withLifecycle(provider, model));
  return answered(provider, ...read);
}

const OPENAI = listed("openai", { id: "gpt-5" }, { id: "gpt-5.6-sol" });
const ZEN = listed(
  "opencode-zen",
  { id: "gpt-5", mode: "responses" },
  { id: "glm-5.3" },
);

const OF_OPENAI = [
  "openai/gpt-5 openai/gpt-5 os.environ/OPENAI_API_KEY - chat",
  "openai/gpt-5.6-sol openai/gpt-5.6-sol os.environ/OPENAI_API_KEY - chat",
];
const AT_ZEN = "os.environ/OPENCODE_API_KEY https://opencode.ai/zen/v1";
const OF_ZEN = [
  `opencode-zen/glm-5.3 hosted_vllm/glm-5.3 ${AT_ZEN} chat`,
  `opencode-zen/gpt-5 hosted_vllm/gpt-5 ${AT_ZEN} responses`,
];

Deno.test("a model that OpenAI and OpenCode Zen have is in both sections", async () => {
  const text = await after(OWN, [OPENAI, ZEN]);
  assertEquals(entriesIn(text), [...OF_OPENAI, ...OF_ZEN]);
  assert(text.startsWith(OWN));
});

Deno.test("while one of the two gives no answer, its section stays and the other changes", async () => {
  const both = await after(OWN, [OPENAI, ZEN]);
  const newer = answered("opencode-zen", "kimi-k3");
  assertEquals(
    entriesIn(await after(both, [failed("openai"), newer])),
    [...OF_OPENAI, `opencode-zen/kimi-k3 hosted_vllm/kimi-k3 ${AT_ZEN} chat`],
  );
  const fewer = answered("openai", "gpt-5.6-sol");
  assertEquals(
    entriesIn(await after(both, [fewer, failed("opencode-zen")])),
    [...OF_OPENAI.slice(1), ...OF_ZEN],
  );
});

Deno.test("the day on which OpenAI shuts a model down is not Zen's", async () => {
  const text = await after(OWN, [OPENAI, ZEN], "2026-12-12");
  assertEquals(entriesIn(text), [...OF_OPENAI.slice(1), ...OF_ZEN]);
  assertEquals(text.includes("deprecation_date"), false);
  const before = await after(OWN, [OPENAI, ZEN]);
  assertEquals(before.match(/deprecation_date: .*/g), [
    'deprecation_date: "2026-12-11"',
  ]);
});

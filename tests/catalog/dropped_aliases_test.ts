import { DEFAULT_ALIASES } from "../../lib/catalog/aliases.ts";
import type { DroppedAlias } from "../../lib/catalog/dropped_aliases.ts";
import { planRefresh } from "../../lib/commands/plan.ts";
import type { Outcome } from "../../lib/fetch/outcome.ts";
import type { Settings } from "../../lib/settings/settings.ts";
import { assertEquals } from "../support/assert.ts";
import {
  answered,
  configOf,
  MINE,
  planOf,
  settingsOf,
  textOf,
} from "../support/parts.ts";

const SETTINGS = settingsOf();
const FABLE = [
  answered(
    "openrouter",
    "anthropic/claude-sonnet-5",
    "anthropic/claude-fable-5",
  ),
  answered("xai", "grok-4.5"),
];

/** What a second run drops, with other settings, answers, or lines of the user. */
async function droppedBy(
  { outcomes = FABLE, settings = SETTINGS, mine = (text) => text }: {
    readonly outcomes?: readonly Outcome[];
    readonly settings?: Settings;
    readonly mine?: (text: string) => string;
  },
): Promise<readonly DroppedAlias[] | undefined> {
  const first = await planOf(MINE, FABLE, SETTINGS);
  const config = await configOf(mine(textOf(first.bytes)));
  const { previous } = config;
  const { catalog } = await planRefresh(config, previous, settings, outcomes);
  return catalog?.droppedAliases;
}

Deno.test("an alias that stays is not dropped", async () => {
  assertEquals(await droppedBy({}), []);
});

Deno.test("an alias goes with the last model of its family", async () => {
  const [openrouter] = [answered("openrouter", "anthropic/claude-sonnet-5")];
  const outcomes = [openrouter, answered("xai", "other-1")];
  assertEquals(await droppedBy({ outcomes }), [
    { name: "claude-fable-fallback", reason: "no-model" },
    { name: "grok", reason: "no-model" },
  ]);
});

Deno.test("an alias goes with its provider", async () => {
  const settings = {
    ...SETTINGS,
    sources: SETTINGS.sources.filter(({ provider }) => provider.id !== "xai"),
    off: new Set(["xai"]),
  };
  const outcomes = FABLE.slice(0, 1);
  assertEquals(await droppedBy({ settings, outcomes }), [
    { name: "grok", reason: "provider-off" },
  ]);
});

Deno.test("an alias goes with its rule", async () => {
  const settings = {
    ...SETTINGS,
    aliases: DEFAULT_ALIASES.filter(({ name }) => name !== "grok"),
    ownAliases: new Set(["grok", "claude-fable-fallback"]),
  };
  assertEquals(await droppedBy({ settings }), [
    { name: "claude-fable-fallback", reason: "no-rule" },
    { name: "grok", reason: "no-rule" },
  ]);
});

Deno.test("an alias goes when its name is written by hand", async () => {
  const mine = (text: string): string =>
    text.replace("model_name: mine", "model_name: grok");
  assertEquals(await droppedBy({ mine }), [
    { name: "grok", reason: "hand-written" },
  ]);
});

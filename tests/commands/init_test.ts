import { assertEquals } from "../support/assert.ts";
import { readDiscoverFile } from "../../lib/settings/file.ts";
import { initFileText } from "../../lib/commands/init.ts";
import { KeyRing } from "../../lib/keys/key_ring.ts";
import { listedProviders } from "../../lib/settings/listed_provider.ts";
import { PROVIDERS } from "../../lib/providers/table.ts";

function textFor(environment: Record<string, string>): string {
  const keys = new KeyRing(environment, [], []);
  return initFileText(listedProviders(keys, undefined));
}

async function namedIn(text: string): Promise<string[]> {
  const { enabled } = await readDiscoverFile(text, "discover.yaml");
  return enabled.filter(({ isExplicit }) => isExplicit)
    .map(({ provider }) => provider.id);
}

Deno.test("initFileText() turns on what there is a key for, and nothing else", async () => {
  assertEquals(await namedIn(textFor({})), []);
  const keys = { CO_API_KEY: "k", OPENAI_API_KEY: "k", XAI_API_KEY: "k" };
  assertEquals(await namedIn(textFor(keys)), ["openai", "cohere"]);
});

Deno.test("initFileText() has an example of everything that holds once it is no comment", async () => {
  const text = textFor({}).replaceAll(/^( *)# (\S+: )/gm, "$1$2");
  const file = await readDiscoverFile(text, "discover.yaml");
  assertEquals(file.timeoutMs, 2000);
  assertEquals(file.claudeCodeNames, true);
  assertEquals(file.enabled.flatMap((one) => one.claudeOrder ?? []), []);
  assertEquals(file.overWildcards, true);
  assertEquals([...file.off], ["xai"]);
  const ids = PROVIDERS.map(({ id }) => id).filter((id) => id !== "xai");
  const named = file.enabled.map(({ provider }) => provider.id);
  assertEquals(named.toSorted(), [...ids, "lab"].toSorted());
  const aliases = file.aliases.filter(({ isExplicit }) => isExplicit);
  assertEquals(aliases.map(({ name }) => name), ["claude-fallback", "fast"]);
});

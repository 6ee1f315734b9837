import {
  assert,
  assertEquals,
  assertMatch,
  assertNotEquals,
  assertRejects,
  assertStringIncludes,
} from "../support/assert.ts";
import {
  type DiscoverFile,
  readDiscoverFile,
} from "../../lib/settings/file.ts";
import { initFileText } from "../../lib/commands/init.ts";
import { KeyRing } from "../../lib/keys/key_ring.ts";
import {
  type ListedProvider,
  listedProviders,
} from "../../lib/settings/listed_provider.ts";
import { SettingsError } from "../../lib/settings/errors.ts";
import { PROVIDER_KEYS } from "../../lib/settings/provider_schema.ts";
import schema from "../../docs/discover.schema.json" with { type: "json" };
import { PROVIDERS } from "../../lib/providers/table.ts";

const DOCS = "https://example.org/discover";

function providersWith(environment: Record<string, string>): ListedProvider[] {
  return listedProviders(new KeyRing(environment, [], []), undefined);
}

function textFor(environment: Record<string, string>): string {
  return initFileText(providersWith(environment), "");
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

/** An example, or a part of one: YAML once the `# ` is taken away. */
const EXAMPLE = /^( *)# ( *\S+:(?: .*)?)$/;

/** The whole text with some lines as a user would turn them on. */
function withExamples(
  text: string,
  isWanted = (_: number): boolean => true,
): string {
  return text.split("\n").map((line, at) =>
    isWanted(at) ? line.replace(EXAMPLE, "$1$2") : line
  ).join("\n");
}

Deno.test("initFileText() has an example of everything that holds once it is no comment", async () => {
  const file = await readDiscoverFile(
    withExamples(textFor({})),
    "discover.yaml",
  );
  assertEquals(file.timeoutMs, 2000);
  assertEquals(file.claudeCodeNames, true);
  assertEquals(file.enabled.flatMap((one) => one.claudeOrder ?? []), []);
  assertEquals(file.overWildcards, true);
  assertEquals([...file.off], ["gemini"]);
  const ids = PROVIDERS.map(({ id }) => id).filter((id) => id !== "gemini");
  const named = file.enabled.map(({ provider }) => provider.id);
  assertEquals(named.toSorted(), [...ids, "lab"].toSorted());
  const aliases = file.aliases.filter(({ isExplicit }) => isExplicit);
  assertEquals(aliases.map(({ name }) => name), [
    ...["claude-fallback", "fast", "quick"],
  ]);
});

/** What a file says; its functions say where. */
function saidBy(file: DiscoverFile): [string, unknown][] {
  return Object.entries(file)
    .filter(([, value]) => typeof value !== "function");
}

Deno.test("each example of initFileText() holds by itself", async () => {
  const text = textFor({ ANTHROPIC_API_KEY: "k" });
  const plain = await readDiscoverFile(text, "discover.yaml");
  const lines = text.split("\n");
  const depthOf = (at: number): number | undefined =>
    EXAMPLE.exec(lines[at] ?? "")?.[2]?.search(/\S/);
  const examples = [...lines.keys()].filter((at) => depthOf(at) !== undefined);
  assert(examples.length > 40, `${examples.length} examples`);
  const topOf = (at: number): number | undefined =>
    examples.findLast((one) => one <= at && depthOf(one) === 0);
  for (const at of examples) {
    const top = topOf(at) ?? at;
    // A setting needs the line of its provider, and a server all of its lines.
    const isServer = lines[top]?.includes("# lab:") === true;
    const one = withExamples(
      text,
      (line) => [at, top].includes(line) || isServer && topOf(line) === top,
    );
    const file = await readDiscoverFile(one, "discover.yaml");
    assertNotEquals(saidBy(file), saidBy(plain), lines[at]);
  }
});

Deno.test("a setting without the line of its provider is called one, as the head says", async () => {
  const text = textFor({});
  assertStringIncludes(text, "and\n# before its provider");
  const limit = text.split("\n").findIndex((line) => / limit:/.test(line));
  const one = withExamples(text, (line) => line === limit);
  const error = await assertRejects(
    () => readDiscoverFile(one, "discover.yaml"),
    SettingsError,
  );
  assertStringIncludes(error.message, '"limit": a setting, not a provider');
});

Deno.test("initFileText() says something of every setting that there is", () => {
  const text = textFor({});
  const missing = [...Object.keys(schema.properties), ...PROVIDER_KEYS]
    .filter((key) => !new RegExp(`^ *#? *${key}: ?`, "m").test(text));
  assertEquals(missing, []);
});

Deno.test("initFileText() names every default alias", async () => {
  const text = textFor({});
  const { aliases } = await readDiscoverFile(text, "discover.yaml");
  assert(aliases.length > 0);
  for (const { name } of aliases) {
    assertMatch(text, new RegExp(`\\b${name}\\b`));
  }
});

Deno.test("initFileText() fits 80 lines of 80 columns, and leads to no file of the repository", () => {
  const lines = initFileText(providersWith({}), DOCS).trimEnd().split("\n");
  assert(lines.length <= 80, `${lines.length} lines`);
  assertEquals(lines.filter((line) => line.length > 80), []);
  assertEquals(lines.filter((line) => /docs\/|\.md|schema/.test(line)), []);
});

Deno.test("initFileText() names the address of the documents, if there is one", () => {
  const text = initFileText(providersWith({}), DOCS);
  const line = `# More about each: ${DOCS}\n`;
  assertStringIncludes(text, line);
  assertEquals(text.replace(line, ""), textFor({}));
});

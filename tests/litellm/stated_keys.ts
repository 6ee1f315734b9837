/**
 * With which key and where LiteLLM calls what we write, if the config's own
 * `environment_variables` set both: it has them at the call, but not yet when it
 * looks for what an entry names.
 *
 * @module
 */

import { renderEntry } from "../../lib/block/entry.ts";
import type { Provider } from "../../lib/providers/provider.ts";
import { PROVIDERS } from "../../lib/providers/table.ts";
import {
  isJsonObject,
  type JsonObject,
  listField,
  textField,
} from "../../lib/text/fields.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { fromRepository } from "../support/repository.ts";
import { LITELLM_ENV, VENV } from "./litellm.ts";

/** Some id that LiteLLM takes for a model of the provider. */
const MODELS: Readonly<Record<string, string>> = { gemini: "gemini-2.5-flash" };

const BASE = "http://127.0.0.1:9";

/** The section comes too late for the variable that each of these entries names. */
const LATE: Config = {
  text: [
    "model_list:",
    entry("own", providerOf("xai"), "XAI_API_KEY"),
    entry("other", providerOf("anthropic"), "DISCOVER_ANTHROPIC"),
    entry("lab", providerOf("vllm"), "DISCOVER_LAB"),
    entry("zen", providerOf("opencode-zen"), "OPENCODE_API_KEY"),
    entry("empty", providerOf("mistral"), "MISTRAL_API_KEY"),
    entry("unset", providerOf("groq"), "GROQ_API_KEY"),
    "environment_variables:",
    "  XAI_API_KEY: stated",
    "  DISCOVER_ANTHROPIC: stated",
    "  ANTHROPIC_API_KEY: another",
    "  DISCOVER_LAB: stated",
    "  OPENCODE_API_KEY: stated",
    "  MISTRAL_API_KEY:",
    "  GROQ_API_KEY: os.environ/DISCOVER_UNSET",
  ].join("\n"),
  environment: { XAI_API_KEY: "from-outside" },
};

Deno.test("LiteLLM has environment_variables at a call, but too late for what an entry names", async (t) => {
  // LiteLLM does not know the variable of one that has no prefix of its own.
  const known = PROVIDERS.filter(({ isBaseWritten }) => !isBaseWritten);
  const cases = known.flatMap((provider) =>
    provider.keyVariables.map((variable) => ({ provider, variable }))
  );
  // One at a time: another variable of the provider must not help out.
  const first = cases.filter(({ provider, variable }) =>
    provider.keyVariables[0] === variable
  );
  const others = cases.filter((one) => !first.includes(one));
  const groups = [first, others];
  const [late, ...calls] = await callsOf([LATE, ...groups.map(configOf)]);
  for (const [at, group] of groups.entries()) {
    for (const { provider, variable } of group) {
      await t.step(`${provider.id}: ${variable}`, () => {
        const { key, url } = callOf(calls[at], provider.id);
        assertEquals(key, `stated-${variable}`);
        if (provider.kind === "local") return;
        assert(url.startsWith(`${BASE}/${provider.id}`), url);
      });
    }
  }
  await t.step("what an entry names", () => {
    const keys = ["own", "other", "lab", "zen", "empty", "unset"]
      .map((name) => callOf(late, name).key);
    assertEquals(keys, [
      "from-outside",
      "another",
      "fake-api-key",
      "fake-api-key",
      "None",
      "None",
    ]);
  });
});

/** A config, and what its LiteLLM has in the environment besides. */
interface Config {
  readonly text: string;
  readonly environment: Readonly<Record<string, string>>;
}

interface Case {
  readonly provider: Provider;
  readonly variable: string;
}

/** All entries, and in the section their keys and bases. */
function configOf(cases: readonly Case[]): Config {
  const stated = cases.flatMap(({ provider, variable }) => [
    `  ${variable}: stated-${variable}`,
    ...provider.baseVariables.slice(0, 1).flatMap((name) =>
      provider.kind === "local" ? [] : [`  ${name}: ${BASE}/${provider.id}`]
    ),
  ]);
  const entries = cases.map(({ provider, variable }) =>
    entry(provider.id, provider, variable)
  );
  const lines = ["model_list:", ...entries, "environment_variables:"];
  return { text: [...lines, ...stated].join("\n"), environment: {} };
}

/** As the block has it. */
function entry(name: string, provider: Provider, keyVariable: string): string {
  const { id, prefix, kind, isBaseWritten } = provider;
  const { lines } = renderEntry({
    name,
    deployment: `${id}/${name}`,
    model: prefix + (MODELS[id] ?? "some-model"),
    keyVariable,
    ...((kind === "local" || isBaseWritten) && { apiBase: `${BASE}/${id}` }),
  });
  return lines.join("\n");
}

function providerOf(id: string): Provider {
  const found = PROVIDERS.find((provider) => provider.id === id);
  assert(found !== undefined, id);
  return found;
}

/** The first call for a name. */
function callOf(
  calls: JsonObject | undefined,
  name: string,
): { readonly key: string | undefined; readonly url: string } {
  const [call] = listField(calls ?? {}, name).filter(isJsonObject);
  const url = call && textField(call, "url");
  assert(url !== undefined, `nobody was called: ${JSON.stringify(call)}`);
  return { key: call && textField(call, "key"), url };
}

/** For each config the calls for each of its names. */
async function callsOf(configs: readonly Config[]): Promise<JsonObject[]> {
  const folder = await Deno.makeTempDir();
  try {
    const asked = configs.map(({ text, environment }, at) => {
      const path = `${folder}/${at}.yaml`;
      Deno.writeTextFileSync(path, `${text}\n`);
      return { path, environment };
    });
    const { stdout, stderr } = await new Deno.Command(`${VENV}/bin/python`, {
      args: [
        fromRepository("tests/litellm/stated_keys.py"),
        JSON.stringify(asked),
      ],
      clearEnv: true,
      env: { ...LITELLM_ENV },
    }).output();
    const decoder = new TextDecoder();
    const told = decoder.decode(stdout).trim().split("\n")
      .map((line): unknown => JSON.parse(line || "null")).filter(isJsonObject);
    if (told.length === configs.length) return told;
    throw new Error(`no answer of LiteLLM:\n${decoder.decode(stderr)}`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

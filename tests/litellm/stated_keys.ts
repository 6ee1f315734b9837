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

Deno.test("LiteLLM calls with the keys and bases of environment_variables", async (t) => {
  const cases = PROVIDERS.flatMap((provider) =>
    provider.keyVariables.map((variable) => ({ provider, variable }))
  );
  // One at a time: another variable of the provider must not help out.
  const first = cases.filter(({ provider, variable }) =>
    provider.keyVariables[0] === variable
  );
  const others = cases.filter((one) => !first.includes(one));
  for (const group of [first, others]) {
    const calls = await callsOf(configOf(group));
    for (const { provider, variable } of group) {
      await t.step(`${provider.id}: ${variable}`, () => {
        const [call] = listField(calls, provider.id);
        assert(isJsonObject(call), "nobody was called");
        assertEquals(textField(call, "key"), `stated-${variable}`);
        const url = textField(call, "url") ?? "";
        if (provider.kind === "local") return;
        assert(url.startsWith(`${BASE}/${provider.id}`), url);
      });
    }
  }
});

Deno.test("LiteLLM has environment_variables too late for what an entry names", async () => {
  const vllm = providerOf("vllm");
  const config = [
    "model_list:",
    entry("own", providerOf("xai"), "XAI_API_KEY"),
    entry("other", providerOf("anthropic"), "DISCOVER_ANTHROPIC"),
    entry("lab", vllm, "DISCOVER_LAB"),
    entry("empty", providerOf("mistral"), "MISTRAL_API_KEY"),
    "environment_variables:",
    "  XAI_API_KEY: stated",
    "  DISCOVER_ANTHROPIC: stated",
    "  ANTHROPIC_API_KEY: another",
    "  DISCOVER_LAB: stated",
    "  MISTRAL_API_KEY:",
  ].join("\n");
  const calls = await callsOf(config, { XAI_API_KEY: "from-outside" });
  const keyOf = (name: string): unknown => {
    const [call] = listField(calls, name);
    return isJsonObject(call) && textField(call, "key");
  };
  assertEquals(["own", "other", "lab", "empty"].map(keyOf), [
    ...["from-outside", "another", "fake-api-key", "None"],
  ]);
});

interface Case {
  readonly provider: Provider;
  readonly variable: string;
}

/** All entries, and in the section their keys and bases. */
function configOf(cases: readonly Case[]): string {
  const stated = cases.flatMap(({ provider, variable }) => [
    `  ${variable}: stated-${variable}`,
    ...provider.baseVariables.slice(0, 1).flatMap((name) =>
      provider.kind === "local" ? [] : [`  ${name}: ${BASE}/${provider.id}`]
    ),
  ]);
  const entries = cases.map(({ provider, variable }) =>
    entry(provider.id, provider, variable)
  );
  return ["model_list:", ...entries, "environment_variables:", ...stated]
    .join("\n");
}

/** As the block has it. */
function entry(name: string, provider: Provider, keyVariable: string): string {
  const { id, prefix, kind } = provider;
  const { lines } = renderEntry({
    name,
    deployment: `${id}/${name}`,
    model: prefix + (MODELS[id] ?? "some-model"),
    keyVariable,
    ...(kind === "local" && { apiBase: `${BASE}/${id}` }),
  });
  return lines.join("\n");
}

function providerOf(id: string): Provider {
  const found = PROVIDERS.find((provider) => provider.id === id);
  assert(found !== undefined, id);
  return found;
}

async function callsOf(
  config: string,
  env: Readonly<Record<string, string>> = {},
): Promise<JsonObject> {
  const path = await Deno.makeTempFile({ suffix: ".yaml" });
  try {
    await Deno.writeTextFile(path, `${config}\n`);
    const { stdout, stderr } = await new Deno.Command(`${VENV}/bin/python`, {
      args: [fromRepository("tests/litellm/stated_keys.py"), path],
      clearEnv: true,
      env: { ...LITELLM_ENV, ...env },
    }).output();
    const decoder = new TextDecoder();
    const told: unknown = JSON.parse(decoder.decode(stdout) || "null");
    if (isJsonObject(told)) return told;
    throw new Error(`no answer of LiteLLM:\n${decoder.decode(stderr)}`);
  } finally {
    await Deno.remove(path);
  }
}

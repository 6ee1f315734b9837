/**
 * Writes whom the doctor takes for the provider of an entry's model, for every
 * entry of every config there is and for made-up ones, for LiteLLM to judge: a
 * list of `{model, custom, base, name}`, the name with LiteLLM's prefix.
 *
 * usage: write_upstreams.ts FILE
 *
 * @module
 */
import { readConfig, withIncludes } from "../../lib/config/config.ts";
import { userModels } from "../../lib/config/user_models.ts";
import { type Upstream, upstreamOf } from "../../lib/doctor/upstream.ts";
import { ConfigError } from "../../lib/errors.ts";
import { PROVIDERS } from "../../lib/providers/table.ts";
import { type JsonObject, textField } from "../../lib/text/fields.ts";
import { corpusPaths } from "../support/corpus.ts";
import { settingsOf } from "../support/parts.ts";

const OTHERS = ["cohere", "text-completion-openai", "bedrock", "vertex_ai"];

const IDS = ["some-model", "maker/some-model", "gpt-4o", "claude-opus-4-1"];

/** `litellm_params` with every prefix, with and without `custom_llm_provider`. */
function madeUp(): JsonObject[] {
  const hosted = PROVIDERS.filter(({ kind }) => kind !== "local");
  const prefixes = [
    ...hosted.map(({ prefix }) => prefix.slice(0, -1)),
    ...OTHERS,
  ];
  return [
    ...IDS.map((model) => ({ model })),
    ...prefixes.flatMap((prefix) =>
      IDS.flatMap((id) => [
        { model: `${prefix}/${id}` },
        { model: `${prefix}/${id}`, custom_llm_provider: prefix },
        { model: id, custom_llm_provider: prefix },
      ])
    ),
  ];
}

async function corpus(): Promise<JsonObject[]> {
  const found: JsonObject[] = [];
  for (const path of await corpusPaths()) {
    try {
      const alone = await readConfig(await Deno.readFile(path));
      const config = withIncludes(alone, {
        files: [],
        broken: [],
        paths: [],
      });
      found.push(...userModels(config).map(({ params }) => params));
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
    }
  }
  return found;
}

/** Nothing where it is not taken for any provider's. */
function nameOf(upstream: Upstream | undefined): string | undefined {
  if (upstream?.kind === "unknown") return upstream.model;
  return upstream?.kind === "known"
    ? upstream.provider.prefix + upstream.id
    : undefined;
}

const { litellmBases } = settingsOf([], {});
const judged = [...await corpus(), ...madeUp()].flatMap((params) => {
  const model = textField(params, "model") ?? "";
  const name = nameOf(upstreamOf({ params, model, info: {} }, litellmBases));
  const custom = textField(params, "custom_llm_provider");
  const base = textField(params, "api_base") ?? textField(params, "base_url");
  return name === undefined ? [] : [{ model, custom, base, name }];
});
await Deno.writeTextFile(Deno.args[0] ?? "", JSON.stringify(judged));

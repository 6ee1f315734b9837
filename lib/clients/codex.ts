/**
 * The lines of Codex's `~/.codex/config.toml`. By hand, as a library for TOML
 * would be there for ten lines; only texts need escaping, as they do in YAML.
 *
 * @module
 */

import type { ClientInput, ClientText } from "./client_text.ts";
import { quote } from "../yaml/parse.ts";

/**
 * What Codex needs. It asks the proxy for its list itself (0.156 and later), so
 * that only the model to begin with is named. `wire_api` has no other value any
 * more (Codex's `config.schema.json`).
 */
export function codexText(
  { url, keyVariable, defaultModel }: ClientInput,
): ClientText {
  const text = `model = ${tomlText(defaultModel)}
model_provider = "litellm"

[model_providers.litellm]
name = "LiteLLM"
base_url = ${tomlText(`${url}/v1`)}
env_key = ${tomlText(keyVariable)}
wire_api = "responses"
model_catalog_url = ${tomlText(`${url}/v1/models`)}

[features]
api_key_model_discovery = true
`;
  return {
    text,
    notes: [
      "for ~/.codex/config.toml: the first two lines go above all tables of " +
      "that file, the last one into its [features], if it has one",
      `codex takes the proxy's key from the variable ${keyVariable}: set it ` +
      "in the shell that starts codex",
    ],
  };
}

/**
 * A text of TOML in ASCII: its escapes are those of a quoted text of YAML. Half a
 * surrogate pair, which TOML has no way to write, becomes U+FFFD.
 */
function tomlText(text: string): string {
  return quote(text.toWellFormed());
}

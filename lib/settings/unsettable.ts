/**
 * Names that `params:` and `info:` do not take although LiteLLM knows them, each
 * with the reason.
 *
 * @module
 */

import { withHint } from "./values.ts";

/** Why a name of LiteLLM's cannot be set; nothing for any other name. */
export function unsettable(name: string): string | undefined {
  const found = REASONS.find(([names]) => names.test(name));
  return found && withHint(found[1], found[2]);
}

/** Which names, what is wrong with them, and what to do instead. */
const REASONS: readonly (readonly [
  names: RegExp,
  state: string,
  hint: string,
])[] = [
  [
    /^(?:api_key|aws_.*|azure_.*|vertex_.*|client_secret|litellm_credential_name|.*credentials?)$/,
    "discover writes it itself",
    "key: of the provider names the variable that holds its key",
  ],
  [
    /^(?:api_base|base_url)$/,
    "discover writes it itself",
    "set base_url: of the provider",
  ],
  [
    /^order$/,
    "discover writes it itself",
    "stand_in: decides whether OpenRouter's Claudes stand in for Anthropic's",
  ],
  [
    /^(?:model|model_name|custom_llm_provider)$/,
    "discover writes it itself",
    "name: of the provider says what its models are called, an alias adds a name",
  ],
  [/^(?:id|mode|model_info)$/, "discover writes it itself", "remove it"],
  [
    /^(?:display_name|max_input_tokens|max_output_tokens|supports_vision|supports_function_calling|deprecation_date|successor_model)$/,
    "the provider's list decides",
    "remove it",
  ],
  [
    /_cost(?:$|_)|^cost_|_pricing$|price/,
    "prices stay with LiteLLM, which keeps them up to date",
    "set base_model: under info: for a model whose price LiteLLM does not know",
  ],
  [
    /^mock_/,
    "its models would answer with that text",
    "write such an entry outside the block",
  ],
  [/^headers$/, "unknown parameter", "did you mean extra_headers?"],
  [
    /^(?:rpm|tpm)_limit$/,
    "unknown parameter",
    "LiteLLM reads rpm and tpm",
  ],
  [
    /^team_public_model_name$/,
    "a name that discover would not know of",
    "name: of the provider says what its models are called, an alias adds a name",
  ],
  [
    /^(?:stream|model_list|messages|input|metadata|user)$/,
    "decided by each request",
    "remove it",
  ],
];

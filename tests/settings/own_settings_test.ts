import { assertEquals, assertRejects } from "../support/assert.ts";
import { readDiscoverFile } from "../../lib/settings/file.ts";
import { SettingsError } from "../../lib/settings/errors.ts";

/** What is said of a text: where and what, and what to do. */
async function saidOf(text: string): Promise<[string, string | undefined]> {
  const error = await assertRejects(
    () => readDiscoverFile(text, "discover.yaml"),
    SettingsError,
  );
  return [error.message.replace('settings "discover.yaml", ', ""), error.hint];
}

const REFUSED: readonly (readonly [string, string, string?])[] = [
  [
    "providers:\n  xai: { params: { rmp: 3 } }\n",
    'line 2: rmp of "xai": unknown parameter',
    "did you mean rpm? (what the provider alone knows goes into extra_body)",
  ],
  [
    "providers:\n  xai: { params: { frobnicate: 3 } }\n",
    'line 2: frobnicate of "xai": unknown parameter',
    "what the provider alone knows goes into extra_body",
  ],
  [
    "providers:\n  xai: { info: { acces_groups: a } }\n",
    'line 2: acces_groups of "xai": unknown key',
    "did you mean access_groups?",
  ],
  [
    "providers:\n  xai: { params: { extra_body: { model: other } } }\n",
    'line 2: model of "xai": decided by each request',
    "remove it",
  ],
  [
    "providers:\n  xai: { params: { extra_headers: { Host: a.example } } }\n",
    'line 2: Host of "xai": a header that the connection decides',
    "remove it; base_url: of the provider says where calls go",
  ],
  [
    "providers:\n  xai: { info: { description: os.environ/DESK } }\n",
    'line 2: description of "xai": LiteLLM shows what is in model_info to its clients',
    "write the text itself",
  ],
  [
    "providers:\n  xai: { params: { access_groups: a } }\n",
    'line 2: access_groups of "xai": unknown parameter',
    "write it under info:",
  ],
  [
    "providers:\n  xai: { info: { rpm: 5 } }\n",
    'line 2: rpm of "xai": unknown key',
    "write it under params:",
  ],
  [
    "providers:\n  xai:\n    params:\n      rpm: many\n",
    'line 4: rpm of "xai": expected a whole number, 1 or more',
  ],
  [
    "providers:\n  xai:\n    params:\n      rpm:\n",
    'line 4: rpm of "xai": no value',
    "write one, or remove the key; only under for: and for an alias does null take a setting back",
  ],
  [
    "providers:\n  xai: { params: 3 }\n",
    'line 2: params of "xai": expected a mapping of names to values',
  ],
  [
    "providers:\n  xai:\n    for:\n      grok-4*: { param: {} }\n",
    'line 4: param of "xai": unknown key',
    "did you mean params?",
  ],
  [
    "providers:\n  xai:\n    for:\n      grok-4*: 3\n",
    'line 4: grok-4* of "xai": expected params: or info:',
  ],
  [
    "providers:\n  xai:\n    params:\n      extra_headers:\n        X-A: a\n        Authorization: abc\n",
    'line 6: Authorization of "xai": it looks like a key',
    "write os.environ/NAME, with the name of a variable that holds it",
  ],
  [
    "aliases:\n  grok: { params: { extra_body: { when: 2026-01-01 } } }\n",
    'line 2: when of alias "grok": a date',
    "put quotes around it",
  ],
  [
    "aliases:\n  own: { params: { rpm: 1 } }\n",
    'line 2: alias "own": nothing to follow',
    "write follow: openrouter anthropic/claude-sonnet-*",
  ],
  [
    "aliases:\n  own: { follow: xia grok-*, params: { rpm: 1 } }\n",
    'line 2: alias "own": unknown provider',
    "did you mean xai?",
  ],
  [
    "aliases:\n  own: { folow: xai grok-* }\n",
    'line 2: folow of alias "own": unknown key',
    "did you mean follow?",
  ],
  [
    "providers: { xai: false }\naliases:\n  grok: { params: { rpm: 1 } }\n",
    'line 3: alias "grok": provider "xai" is not enabled',
    "set xai: {} under providers",
  ],
  [
    "providers:\n  anthropic:\n    for:\n      claude-*:\n        params: { extra_body: { a: 1 } }\n",
    'line 5: extra_body of "anthropic": LiteLLM puts no fields into what it sends to Anthropic',
    "remove it, or write the parameter itself, such as thinking",
  ],
  [
    "providers: { anthropic: {} }\naliases:\n  a:\n    follow: [xai grok-*, anthropic claude-*]\n    params: { extra_body: { a: 1 } }\n",
    'line 5: extra_body of alias "a": LiteLLM puts no fields into what it sends to Anthropic',
    "remove it, or write the parameter itself, such as thinking",
  ],
  [
    "providers:\n  xai: { params: 2026-01-01 }\n",
    'line 2: params of "xai": expected a mapping of names to values',
  ],
];

for (const [text, message, hint] of REFUSED) {
  Deno.test(`own settings: ${JSON.stringify(text)} is refused`, async () => {
    assertEquals(await saidOf(text), [message, hint]);
  });
}

const WRITES = "discover writes it itself";
const KEY = "key: of the provider names the variable that holds its key";
const NAME =
  "name: of the provider says what its models are called, an alias adds a name";
const PRICES = "prices stay with LiteLLM, which keeps them up to date";
const BASE_MODEL =
  "set base_model: under info: for a model whose price LiteLLM does not know";

/** Names that LiteLLM knows in the one or the other, and nobody sets here. */
const UNSETTABLE: readonly (readonly [string, string, string])[] = [
  ["params: { model: a }", WRITES, NAME],
  ["params: { custom_llm_provider: a }", WRITES, NAME],
  ["params: { api_key: a }", WRITES, KEY],
  ["params: { aws_secret_access_key: a }", WRITES, KEY],
  ["params: { vertex_credentials: a }", WRITES, KEY],
  ["params: { litellm_credential_name: a }", WRITES, KEY],
  ["params: { api_base: a }", WRITES, "set base_url: of the provider"],
  ["params: { base_url: a }", WRITES, "set base_url: of the provider"],
  [
    "params: { order: 1 }",
    WRITES,
    "stand_in: decides whether OpenRouter's Claudes stand in for Anthropic's",
  ],
  ["info: { id: a }", WRITES, "remove it"],
  ["info: { mode: chat }", WRITES, "remove it"],
  ["info: { max_input_tokens: 3 }", "the provider's list decides", "remove it"],
  [
    "info: { supports_vision: true }",
    "the provider's list decides",
    "remove it",
  ],
  ["params: { input_cost_per_token: 3 }", PRICES, BASE_MODEL],
  ["info: { output_cost_per_token: 3 }", PRICES, BASE_MODEL],
  [
    "params: { mock_response: a }",
    "its models would answer with that text",
    "write such an entry outside the block",
  ],
  [
    "params: { headers: {} }",
    "unknown parameter",
    "did you mean extra_headers?",
  ],
  [
    "params: { rpm_limit: 3 }",
    "unknown parameter",
    "LiteLLM reads rpm and tpm",
  ],
  [
    "info: { team_public_model_name: a }",
    "a name that discover would not know of",
    NAME,
  ],
  ["params: { stream: true }", "decided by each request", "remove it"],
];

for (const [own, state, hint] of UNSETTABLE) {
  Deno.test(`own settings: ${own} is refused, for a provider and an alias`, async () => {
    const name = /\{ (\w+)/.exec(own)?.[1];
    assertEquals(await saidOf(`providers:\n  xai: { ${own} }\n`), [
      `line 2: ${name} of "xai": ${state}`,
      hint,
    ]);
    assertEquals(await saidOf(`aliases:\n  grok: { ${own} }\n`), [
      `line 2: ${name} of alias "grok": ${state}`,
      hint,
    ]);
  });
}

import { resolveSettings } from "../../lib/settings/settings.ts";
import { waitsForConfig } from "../../lib/settings/waits_for_config.ts";
import { KeyRing } from "../../lib/keys/key_ring.ts";
import { assertEquals } from "../support/assert.ts";
import { bytesOf, flagsOf, KEYS } from "../support/parts.ts";

/** The providers that are asked only once this config is parsed. */
function waitingFor(config: string, timeoutMs = 2000): string[] {
  const keys = new KeyRing(KEYS, [], []);
  const { requests } = resolveSettings(flagsOf(), keys);
  const valueOf = (name: string): string | undefined => KEYS[name];
  const waits = waitsForConfig(bytesOf(config), valueOf, timeoutMs);
  return requests.filter(waits).map(({ provider }) => provider.id);
}

const ALL = ["openrouter", "xai", "gemini"];

Deno.test("nobody waits for a config that says nothing of keys", () => {
  const configs = [
    "",
    "model_list: []\nlitellm_settings: {include_usage: true}\n",
    "general_settings:\n  master_key: sk-1234 # ours\r\n",
    "general_settings:\n  master_key: 'os.environ/LITELLM_MASTER_KEY'\n",
    "model_list:\n- litellm_params: {api_key: os.environ/XAI_API_KEY}\n",
  ];
  assertEquals(configs.map((one) => waitingFor(one)), configs.map(() => []));
});

Deno.test("everybody waits where the config may set variables", () => {
  const configs = [
    "environment_variables: {A: b}\n",
    "include: [more.yaml]\n",
    '"include":\n- more.yaml\n',
  ];
  assertEquals(configs.map((one) => waitingFor(one)), configs.map(() => ALL));
});

Deno.test("everybody waits for a config that would take more than a twentieth of the deadline", () => {
  const entry = "- {model_name: a, litellm_params: {model: openai/a}}\n";
  const [short, long] = [500, 4000]
    .map((count) => `model_list:\n${entry.repeat(count)}`);
  const waiting = [[short, 2000], [short, 200], [long, 2000], [long, 10_000]]
    .map(([config, timeoutMs]) => waitingFor(`${config}`, Number(timeoutMs)));
  assertEquals(waiting, [[], ALL, ALL, []]);
});

Deno.test("everybody waits for a config of two or four bytes a character", () => {
  const wide = "general_settings:\n  master_key: key-2\n".replace(/./g, "$&\0");
  assertEquals(waitingFor(wide), ALL);
});

Deno.test("a provider waits whose key may be the proxy's own", () => {
  const configs = [
    "general_settings:\n  master_key: key-2\n",
    "general_settings: # key-2\n  x: 1\n",
    "x: &k key-2\ngeneral_settings:\n  y: *k\n",
    "general_settings:\n  master_key: os.environ/XAI_API_KEY\n",
    "general_settings:\n  'master_key' : \"os.environ/XAI_API_KEY\" # ours\n",
  ];
  assertEquals(
    configs.map((one) => waitingFor(one)),
    configs.map(() => ["xai"]),
  );
});

Deno.test("everybody waits for a master key that is not stated plainly", () => {
  const configs = [
    "general_settings:\n  master_key: *k\n",
    "general_settings:\n  master_key:\n    os.environ/XAI_API_KEY\n",
    'general_settings:\n  master_key: "key\\x2d2"\n',
    'general_settings:\n  "master\\x5fkey": os.environ/XAI_API_KEY\n',
    'general_settings:\n  "master_\\\n    key": os.environ/XAI_API_KEY\n',
    "general_settings: {master_key: os.environ/XAI_API_KEY}\n",
    "general_settings:\n  master_key: !!str os.environ/XAI_API_KEY\n",
    // The same name again, by an alias.
    "x:\n  &k master_key: a\ngeneral_settings:\n  *k : os.environ/XAI_API_KEY\n",
    // More line breaks of YAML, which an escape joins.
    'general_settings:\n  ? "master_\\\u2028key"\n  : os.environ/XAI_API_KEY\n',
    'general_settings:\n  ? "master_\\\x85key"\n  : os.environ/XAI_API_KEY\n',
  ];
  assertEquals(configs.map((one) => waitingFor(one)), configs.map(() => ALL));
});

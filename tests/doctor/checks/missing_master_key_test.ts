import { assertEquals } from "../../support/assert.ts";
import { examined } from "../../support/examined.ts";

interface Start {
  readonly variables?: Readonly<Record<string, string>>;
  readonly mayRead?: (name: string) => boolean;
  readonly release?: string;
  readonly files?: Readonly<Record<string, string>>;
}

/** Line and text of what keeps LiteLLM with these variables from starting. */
async function refusals(
  settings: string,
  { variables = {}, mayRead = () => true, release, files = {} }: Start = {},
): Promise<string[]> {
  const environment = {
    valueOf: (name: string) => variables[name],
    mayRead,
    release,
  };
  const scene = { environment, files, outcomes: [] };
  const found = await examined(`model_list: []\n${settings}`, scene);
  return found.filter(({ code }) => code === "no-master-key")
    .map(({ line, text }) => `${line}: ${text}`);
}

const NONE = "1: LiteLLM 1.106 and later will not start: there is neither " +
  "general_settings.master_key nor LITELLM_MASTER_KEY";

const OWN = { LITELLM_MASTER_KEY: "sk-of-its-own" };

Deno.test("without a master key anywhere LiteLLM will not start", async () => {
  assertEquals(await refusals(""), [NONE]);
  assertEquals(await refusals("general_settings: {a: 1}\n"), [NONE]);
  assertEquals(await refusals("", { variables: OWN }), []);
  const key = "general_settings:\n  master_key: sk-5\n";
  assertEquals(await refusals(key), []);
});

Deno.test("nothing is said where LiteLLM's variables are not known", async () => {
  const found = await examined("model_list: []\n", { outcomes: [] });
  assertEquals(found, []);
});

Deno.test("a key that is empty, or comes from a variable that is not set, is none", async () => {
  const general = (key: string) => `general_settings:\n  master_key: ${key}\n`;
  // The key in the config is the one that counts.
  assertEquals(await refusals(general('" "'), { variables: OWN }), [
    "3: LiteLLM 1.106 and later will not start: its master_key is empty",
  ]);
  assertEquals(await refusals(general("os.environ/MY_KEY")), [
    '3: LiteLLM 1.106 and later will not start: its master_key comes from "MY_KEY", which is not set',
  ]);
  const set = { variables: { MY_KEY: "sk-5" } };
  assertEquals(await refusals(general("os.environ/MY_KEY"), set), []);
});

Deno.test("a variable that may not be read is not judged", async () => {
  const mayRead = (name: string) => name !== "MY_KEY";
  const key = "general_settings: {master_key: os.environ/MY_KEY}\n";
  assertEquals(await refusals(key, { mayRead }), []);
  const none = (name: string) => name !== "LITELLM_MASTER_KEY";
  assertEquals(await refusals("", { mayRead: none }), []);
});

Deno.test("LiteLLM's own example key is refused wherever it comes from", async () => {
  const text = "LiteLLM 1.106 and later will not start with the publicly " +
    'known master key "sk-1234"';
  const variables = { LITELLM_MASTER_KEY: " sk-1234" };
  assertEquals(await refusals("", { variables }), [`1: ${text}`]);
  const key = "general_settings:\n  master_key: sk-1234\n";
  assertEquals(await refusals(key), [`3: ${text}`]);
});

Deno.test("the config's own variables count only next to general settings", async () => {
  const late = "LiteLLM 1.106 and later will not start: it looks for " +
    "LITELLM_MASTER_KEY before it has read environment_variables";
  const stated = "environment_variables: {LITELLM_MASTER_KEY: sk-5}\n";
  assertEquals(await refusals(stated), [`1: ${late}`]);
  assertEquals(await refusals(`${stated}general_settings: {a: 1}\n`), []);
  const named = "general_settings: {master_key: os.environ/LITELLM_MASTER_KEY}";
  assertEquals(await refusals(`${stated}${named}\n`), [`3: ${late}`]);
});

Deno.test("either switch for local development lets LiteLLM start", async () => {
  const name = "dangerously_permit_weak_or_unset_master_key";
  assertEquals(await refusals(`general_settings: {${name}: true}\n`), []);
  const variables = { [`LITELLM_${name.toUpperCase()}`]: "true" };
  assertEquals(await refusals("", { variables }), []);
  assertEquals(await refusals(`general_settings: {${name}: false}\n`), [NONE]);
  // The program may not read that variable: its hint names it.
  const mayRead = (one: string) => one === "LITELLM_MASTER_KEY";
  assertEquals(await refusals("", { mayRead }), [NONE]);
});

Deno.test("releases before 1.106 start without a key", async () => {
  assertEquals(await refusals("", { release: "1.105.9" }), []);
  assertEquals(await refusals("", { release: "1.106.0" }), [NONE]);
  assertEquals(await refusals("", { release: "2.0.0" }), [NONE]);
});

Deno.test("a key that may be in a vault, a database or an unread include is not judged", async () => {
  const vault = "general_settings: {key_management_system: aws_kms}\n";
  assertEquals(await refusals(vault), []);
  const database = "general_settings: {store_model_in_db: true}\n";
  assertEquals(await refusals(database), []);
  const text = 'environment_variables: {STORE_MODEL_IN_DB: "True"}\n';
  assertEquals(await refusals(text), [NONE]);
  assertEquals(await refusals("include: [gone.yaml]\n"), []);
});

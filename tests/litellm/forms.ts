/**
 * Where LiteLLM sends what clients ask of the names of a config: see `forms.py`.
 *
 * @module
 */

import { isJsonObject, objectField, textField } from "../../lib/text/fields.ts";
import { assert } from "../support/assert.ts";
import { fromRepository } from "../support/repository.ts";
import { LITELLM_ENV, VENV } from "./litellm.ts";

/** The address and the key of the first call, for each form of request. */
export type Forms = Readonly<Record<"chat" | "messages", string>>;

/** The same call for both. */
export function both(call: string): Forms {
  return { chat: call, messages: call };
}

/** What is called for each name of a config, and for `more` that it may answer. */
export async function formsOf(
  config: string,
  env: Readonly<Record<string, string>>,
  more: readonly string[] = [],
): Promise<Readonly<Record<string, Forms>>> {
  const { stdout, stderr } = await new Deno.Command(`${VENV}/bin/python`, {
    args: [fromRepository("tests/litellm/forms.py"), config, ...more],
    clearEnv: true,
    env: { ...LITELLM_ENV, ...env },
  }).output();
  const decoder = new TextDecoder();
  const found: unknown = JSON.parse(decoder.decode(stdout) || "null");
  assert(isJsonObject(found), decoder.decode(stderr));
  const told = (name: string, form: string): string => {
    const call = objectField(objectField(found, name), form);
    const [url, key] = ["url", "key"].map((part) => textField(call, part));
    return url === undefined ? JSON.stringify(call) : `${url} ${key}`;
  };
  return Object.fromEntries(
    Object.keys(found).map((name) => [name, {
      chat: told(name, "chat"),
      messages: told(name, "messages"),
    }]),
  );
}

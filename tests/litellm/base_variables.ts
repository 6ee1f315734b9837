/**
 * Where LiteLLM calls the providers of the table: it follows the variables that
 * the table names, in that order and no others, and an `api_base` that we write
 * leads it to where it goes by itself. Told by the installed LiteLLM.
 *
 * @module
 */

import type { Provider } from "../../lib/providers/provider.ts";
import { PROVIDERS } from "../../lib/providers/table.ts";
import {
  isJsonObject,
  type JsonObject,
  listField,
  objectField,
} from "../../lib/text/fields.ts";
import { apiBaseOf } from "../../lib/settings/base_url.ts";
import {
  assert,
  assertEquals,
  assertStringIncludes,
} from "../support/assert.ts";
import { fromRepository } from "../support/repository.ts";
import { LITELLM_ENV, VENV } from "./litellm.ts";

/** What a proxy's clients can ask in. */
const FORMS = ["chat", "messages", "responses"] as const;
type Form = typeof FORMS[number];

/**
 * Gemini's from 3 on LiteLLM calls below `/v1alpha`; Google documents `/v1beta`
 * for all of them, and that is what an entry is told.
 */
const MODELS: Readonly<Record<string, string>> = { gemini: "gemini-2.5-flash" };

/**
 * What LiteLLM follows for `/v1/messages` alone, before the others: the base of
 * another API of the same maker, under which no models are listed.
 */
const FOR_MESSAGES: Readonly<Record<string, readonly string[]>> = {
  deepseek: ["DEEPSEEK_ANTHROPIC_API_BASE"],
};

/**
 * Where LiteLLM calls for `/v1/messages` once an entry names the base for chat,
 * while it goes to another API of the same maker by itself: nobody is there.
 */
const TOLD_FOR_MESSAGES: Readonly<Record<string, string>> = {
  minimax: "https://api.minimax.io/v1/v1/messages",
};

/** With fewer names to try, a variable could be missed. */
const CANDIDATES_AT_LEAST = 200;

Deno.test("LiteLLM calls where the table says", async (t) => {
  const told = await askLitellm(PROVIDERS);
  const candidates = listField(told, "candidates");
  assert(candidates.length > CANDIDATES_AT_LEAST, `${candidates.length} names`);
  const found = objectField(told, "found");
  for (const provider of PROVIDERS) {
    await t.step(`${provider.kind}: ${provider.id}`, () => {
      for (const form of formsOf(provider)) {
        const call = objectField(objectField(found, provider.id), form);
        if (isToldItsBase(provider)) assertGoesWhereTold(provider, call);
        else assertFollows(provider, form, call);
      }
    });
  }
});

function assertFollows(
  { id, baseVariables }: Provider,
  form: Form,
  call: JsonObject,
): void {
  const before = form === "messages" ? FOR_MESSAGES[id] ?? [] : [];
  const expected = [...before, ...baseVariables];
  assertEquals(listField(call, "variables"), expected, form);
  const [usual, ...others] = listField(call, "usual");
  assertStringIncludes(String(usual), "https://", form);
  assertEquals(others, [], form);
  const told = form === "messages" ? TOLD_FOR_MESSAGES[id] : undefined;
  assertEquals(listField(call, "told"), [told ?? usual], form);
}

/** Each of its entries names its base, so that no variable counts. */
function assertGoesWhereTold(provider: Provider, call: JsonObject): void {
  // Before it asks an Ollama, LiteLLM looks the model up, and not there.
  const address = listField(call, "told").at(-1);
  assertStringIncludes(String(address), provider.defaultBase);
  // LiteLLM knows no variable for these; llama.cpp's is our own.
  if (["llama-cpp", "opencode-zen"].includes(provider.id)) return;
  const [first] = listField(call, "variables");
  assertEquals(provider.baseVariables[0], first);
}

/** It is told its base, in whatever it is asked. */
function formsOf(provider: Provider): readonly Form[] {
  return isToldItsBase(provider) ? ["chat"] : FORMS;
}

function isToldItsBase({ kind, isBaseWritten }: Provider): boolean {
  return kind === "local" || isBaseWritten === true;
}

async function askLitellm(providers: readonly Provider[]): Promise<JsonObject> {
  const asked = providers.map((provider) => [provider.id, {
    model: provider.prefix + (MODELS[provider.id] ?? "some-model"),
    told: apiBaseOf(provider, new URL(provider.defaultBase)),
    forms: formsOf(provider),
  }]);
  const child = new Deno.Command(`${VENV}/bin/python`, {
    args: [fromRepository("tests/litellm/calls.py")],
    clearEnv: true,
    env: LITELLM_ENV,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const output = child.output();
  const writer = child.stdin.getWriter();
  await writer.write(
    new TextEncoder().encode(JSON.stringify(Object.fromEntries(asked))),
  );
  await writer.close();
  const { stdout, stderr } = await output;
  const decoder = new TextDecoder();
  try {
    const told: unknown = JSON.parse(decoder.decode(stdout));
    if (isJsonObject(told)) return told;
  } catch {
    // What it said instead is told below.
  }
  throw new Error(`no answer of LiteLLM:\n${decoder.decode(stderr)}`);
}

/**
 * What LiteLLM makes of what entries say besides names and limits: when a model
 * ends, what follows it, and through which API it answers.
 *
 * @module
 */

import {
  isJsonObject,
  type JsonObject,
  listField,
  textField,
} from "../../lib/text/fields.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { chat, listDeprecations, message } from "./clients.ts";
import { type Proxy, startProxy } from "./litellm.ts";
import { startUpstream, type Upstream } from "./upstream.ts";

const DAY_MS = 86_400_000;

function dayIn(days: number): string {
  return new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
}

/** A row as Mistral lists it. */
function row(id: string, endsInDays?: number, successor?: string): object {
  return {
    id,
    capabilities: { completion_chat: true },
    deprecation: endsInDays === undefined
      ? null
      : `${dayIn(endsInDays)}T12:00:00Z`,
    deprecation_replacement_model: successor ?? null,
  };
}

Deno.test("LiteLLM tells when a model ends and what follows, and asks it as its mode says", async (t) => {
  const folder = await Deno.makeTempDir({ prefix: "ending-" });
  await using mistral = startUpstream("Mistral", {
    data: [
      row("mistral-one", 20, "mistral-two"),
      row("mistral-two", 100),
      row("mistral-three"),
    ],
  });
  await using openai = startUpstream("OpenAI", {
    data: [...RESPONSES_ONLY, CHATS].map((id) => ({ id })),
  });
  try {
    await Deno.writeTextFile(`${folder}/config.yaml`, "model_list: []\n");
    await Deno.writeTextFile(
      `${folder}/discover.yaml`,
      "providers: { mistral: {}, openai: {} }\n" +
        "aliases: { one: mistral mistral-one }\n",
    );
    const env = {
      MISTRAL_API_KEY: "5ecre7",
      MISTRAL_AZURE_API_BASE: `${mistral.base}/v1`,
      OPENAI_API_KEY: "5ecre7",
      OPENAI_BASE_URL: `${openai.base}/v1`,
    };
    await using proxy = await startProxy({ folder, env });
    await t.step("ends and heirs", () => provesEnds(proxy));
    await t.step("modes", () => provesModes(proxy, openai));
    assert(!proxy.log().includes("matches no model group"), proxy.log());
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

async function provesEnds(proxy: Proxy): Promise<void> {
  const told = await listDeprecations(proxy);
  const ends = (group: string): unknown[] =>
    listField(told, group).filter(isJsonObject).map(end);
  assertEquals(ends("deprecated"), []);
  const one = [dayIn(20), "mistral/mistral-two"];
  assertEquals(ends("imminent"), [
    ["mistral/mistral-one", ...one],
    ["one", ...one],
  ]);
  assertEquals(ends("upcoming"), [
    ["mistral/mistral-two", dayIn(100), undefined],
  ]);
}

/** Both that LiteLLM knows for such a model, and that it has never heard of. */
const RESPONSES_ONLY = ["gpt-5.5-pro", "gpt-77-pro"] as const;
const CHATS = "gpt-77";

/** As OpenAI's own clients ask, and as Claude Code does. */
async function provesModes(proxy: Proxy, openai: Upstream): Promise<void> {
  const ask = async (id: string): Promise<string | undefined> => {
    assertEquals(await chat(proxy, `openai/${id}`), "told by OpenAI", id);
    return openai.received.at(-1)?.path;
  };
  for (const id of RESPONSES_ONLY) {
    assertEquals(await ask(id), "/v1/responses", id);
    const told = await message(proxy, `openai/${id}`);
    assertEquals([told, openai.received.at(-1)?.path], [
      "told by OpenAI",
      "/v1/responses",
    ]);
  }
  assertEquals(await ask(CHATS), "/v1/chat/completions");
}

function end(model: JsonObject): unknown[] {
  return ["model_name", "deprecation_date", "successor_model"]
    .map((name) => textField(model, name));
}

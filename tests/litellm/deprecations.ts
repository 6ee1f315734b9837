/**
 * LiteLLM itself tells when the discovered models end, and what follows them.
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
import { listDeprecations } from "./clients.ts";
import { startProxy } from "./litellm.ts";
import { startUpstream } from "./upstream.ts";

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

Deno.test("LiteLLM tells the last day of a model, of its alias, and what follows", async () => {
  const folder = await Deno.makeTempDir({ prefix: "ending-" });
  await using mistral = startUpstream("Mistral", {
    data: [
      row("mistral-one", 20, "mistral-two"),
      row("mistral-two", 100),
      row("mistral-three"),
    ],
  });
  try {
    await Deno.writeTextFile(`${folder}/config.yaml`, "model_list: []\n");
    await Deno.writeTextFile(
      `${folder}/discover.yaml`,
      "providers: { mistral: {} }\naliases: { one: mistral mistral-one }\n",
    );
    const env = {
      MISTRAL_API_KEY: "5ecre7",
      MISTRAL_AZURE_API_BASE: `${mistral.base}/v1`,
    };
    await using proxy = await startProxy({ folder, env });
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
    assert(!proxy.log().includes("matches no model group"), proxy.log());
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

function end(model: JsonObject): unknown[] {
  return ["model_name", "deprecation_date", "successor_model"]
    .map((name) => textField(model, name));
}

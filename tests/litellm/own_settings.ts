/**
 * What `discover.yaml` sets on entries does what LiteLLM says of it: a limit
 * holds, a header and a field of the body arrive, a tag routes, and what it is
 * told of a model it tells others.
 *
 * @module
 */

import {
  isJsonObject,
  type JsonObject,
  listField,
  objectField,
  textField,
} from "../../lib/text/fields.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { readCatalog } from "../support/stand_in_providers.ts";
import { chat, message } from "./clients.ts";
import { type Desk, setUpDesk } from "./desk.ts";
import { MASTER_KEY, type Proxy, startProxy } from "./litellm.ts";
import type { Upstream } from "./upstream.ts";

const TOKEN = "5ecre7-of-the-desk";

function settings({ anthropic }: Desk): string {
  return `providers:
  anthropic: { base_url: "${anthropic.base}", params: { tags: [direct] } }
  openrouter: { params: { tags: [spare] } }
  xai:
    retired: keep
    params:
      extra_headers: { X-Desk: "yes", X-Desk-Token: os.environ/DESK_TOKEN }
      extra_body: { desk: { list: [1, 0.5, no], token: os.environ/DESK_TOKEN } }
    info: { access_groups: [desk], base_model: xai/grok-4, description: ours }
    for:
      "grok-4.20-*": { params: { rpm: 1 } }
  gemini: { params: { temperature: 0.25 } }
aliases:
  grok: { params: { max_tokens: 77 } }
`;
}

/** Without them LiteLLM reads \`rpm\` as a weight, and no tags. */
const ROUTER = `router_settings:
  optional_pre_call_checks: [enforce_model_rate_limits]
  enable_tag_filtering: true
`;

Deno.test("LiteLLM does what discover.yaml sets on entries", async (t) => {
  await using desk = await setUpDesk();
  desk.anthropic.list = await readCatalog("anthropic-2026-02");
  await Deno.writeTextFile(`${desk.folder}/discover.yaml`, settings(desk));
  const config = await Deno.readTextFile(desk.config);
  await Deno.writeTextFile(
    desk.config,
    config.replace("router_settings:\n", ROUTER),
  );
  const env = { ...desk.env, DESK_TOKEN: TOKEN };
  await using proxy = await startProxy({ ...desk, env });
  const entries = await modelInfo(proxy);

  await t.step(
    "headers and fields of the body arrive, by its alias as well",
    async () => {
      const model = nameOf(entries, /^grok-4\.[0-9]$/);
      for (const name of [model, "grok"]) {
        for (const asked of [chat, message]) {
          assertEquals(await asked(proxy, name), "told by xAI");
          const { headers, body } = lastOf(desk.xai);
          assertEquals(headers.get("x-desk"), "yes");
          assertEquals(headers.get("x-desk-token"), TOKEN);
          assertEquals(objectField(body, "desk"), {
            list: [1, 0.5, "no"],
            token: TOKEN,
          });
        }
      }
      for (const [name, expected] of [[model, undefined], ["grok", 77]]) {
        assertEquals(await chat(proxy, String(name)), "told by xAI");
        assertEquals(lastOf(desk.xai).body["max_tokens"], expected);
      }
    },
  );

  await t.step("a limit holds", async () => {
    const model = nameOf(entries, /^grok-4\.20-/);
    const statuses = [await ask(proxy, { model }), await ask(proxy, { model })]
      .map(({ status }) => status);
    assertEquals(statuses, [200, 429]);
  });

  await t.step("a tag routes, past the order of two providers", async () => {
    const model = "claude-opus-4-6";
    for (
      const [tag, teller] of [["direct", "Anthropic"], ["spare", "OpenRouter"]]
    ) {
      const { text } = await ask(proxy, { model, tags: [tag] });
      assert(text.includes(`told by ${teller}`), text);
    }
  });

  await t.step("LiteLLM tells what it was told of a model", () => {
    for (const { model, info } of entries) {
      const isOwn = model.startsWith("xai/");
      assertEquals(listField(info, "access_groups"), isOwn ? ["desk"] : []);
      assertEquals(
        textField(info, "base_model"),
        isOwn ? "xai/grok-4" : undefined,
      );
    }
  });
});

interface Told {
  readonly name: string;
  readonly model: string;
  readonly info: JsonObject;
}

/** What LiteLLM says of our entries. */
async function modelInfo(proxy: Proxy): Promise<Told[]> {
  const response = await fetch(`${proxy.base}/v1/model/info`, {
    headers: HEADERS,
  });
  const body: unknown = await response.json();
  assert(isJsonObject(body));
  return listField(body, "data").filter(isJsonObject).map((one) => ({
    name: textField(one, "model_name") ?? "",
    model: textField(objectField(one, "litellm_params"), "model") ?? "",
    info: objectField(one, "model_info"),
  })).filter(({ info }) => textField(info, "id")?.startsWith("discover:"));
}

function nameOf(entries: readonly Told[], pattern: RegExp): string {
  const found = entries.find(({ name }) => pattern.test(name));
  assert(found, String(pattern));
  return found.name;
}

function lastOf({ received }: Upstream): Upstream["received"][number] {
  const last = received.at(-1);
  assert(last);
  return last;
}

const HEADERS = {
  authorization: `Bearer ${MASTER_KEY}`,
  "content-type": "application/json",
};

async function ask(
  proxy: Proxy,
  fields: {
    readonly model: string;
    readonly tags?: readonly (string | undefined)[];
  },
): Promise<{ readonly status: number; readonly text: string }> {
  const messages = [{ role: "user", content: "Who?" }];
  const response = await fetch(`${proxy.base}/v1/chat/completions`, {
    method: "POST",
    headers: HEADERS,
    body: JSON.stringify({ ...fields, messages }),
  });
  return { status: response.status, text: await response.text() };
}

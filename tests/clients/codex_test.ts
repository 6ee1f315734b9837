// @ts-types="../types/std_toml_parse.d.ts"
import { parse } from "@std/toml/parse";
import fc from "fast-check";
import { codexText } from "../../lib/clients/codex.ts";
import { assertEquals, assertMatch } from "../support/assert.ts";
import { inputFor, ODD_NAME } from "../support/client_input.ts";

Deno.test("codexText() names the proxy, an alias and the variable of the key", () => {
  const input = inputFor(["gpt-6", "grok"], {
    url: "http://[::1]:4001",
    keyVariable: "PROXY_KEY",
  });
  assertEquals<unknown>(parse(codexText(input).text), {
    model: "grok",
    model_provider: "litellm",
    model_providers: {
      litellm: {
        name: "LiteLLM",
        base_url: "http://[::1]:4001/v1",
        env_key: "PROXY_KEY",
        wire_api: "responses",
        model_catalog_url: "http://[::1]:4001/v1/models",
      },
    },
    features: { api_key_model_discovery: true },
  });
});

Deno.test("codexText() writes any name as TOML in ASCII", () => {
  const check = (first: string): void => {
    const { text } = codexText(inputFor([], { defaultModel: first }));
    assertMatch(text, /^[\n\x20-\x7e]+$/);
    // This parser reads six of the eight digits behind a \U.
    const short = text.replace(/((?<!\\)(?:\\\\)*\\U)00/g, "$1");
    assertEquals(parse(short)["model"], first.toWellFormed());
  };
  check(ODD_NAME);
  check("half \ud83d");
  fc.assert(fc.property(fc.string({ unit: "binary" }), check));
});

import { assertEquals } from "../support/assert.ts";
import type { IncludedFile } from "../../lib/config/includes.ts";
import { mergeIncludes } from "../../lib/config/merged_config.ts";
import type { JsonObject } from "../../lib/text/fields.ts";

const file = (path: string, value: JsonObject): IncludedFile => ({
  path,
  value,
  bytes: new Uint8Array(),
});
const models = (...names: string[]): JsonObject => ({
  model_list: names.map((model_name) => ({ model_name })),
});

Deno.test("mergeIncludes() extends lists and replaces everything else", () => {
  const config = {
    include: ["a.yaml"],
    ...models("main"),
    litellm_settings: { fallbacks: [{ main: ["b"] }], drop_params: true },
    general_settings: { master_key: "k" },
  };
  const { value } = mergeIncludes(config, [
    file("a.yaml", { ...models("a"), litellm_settings: { num_retries: 2 } }),
  ]);
  assertEquals(value, {
    ...models("main", "a"),
    litellm_settings: { num_retries: 2 },
    general_settings: { master_key: "k" },
  });
});

Deno.test("mergeIncludes() knows the file and the place there of every part", () => {
  const config = {
    include: ["a.yaml", "b.yaml"],
    ...models("main"),
    litellm_settings: {},
  };
  const { placeOf } = mergeIncludes(config, [
    file("a.yaml", models("a", "b")),
    file("b.yaml", { ...models("c"), litellm_settings: { fallbacks: [] } }),
  ]);
  const place = (...path: (string | number)[]): unknown[] => {
    const { file, path: own } = placeOf(path);
    return [file?.path, ...own];
  };
  assertEquals(place("model_list", 0, "model_name"), [
    ...[undefined, "model_list", 0, "model_name"],
  ]);
  assertEquals(place("model_list", 2), ["a.yaml", "model_list", 1]);
  assertEquals(place("model_list", 3), ["b.yaml", "model_list", 0]);
  assertEquals(place("litellm_settings", "fallbacks", 0), [
    ...["b.yaml", "litellm_settings", "fallbacks", 0],
  ]);
});

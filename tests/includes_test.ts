import { assertEquals } from "./assert.ts";
import {
  followIncludes,
  type Includes,
  mergeIncludes,
} from "../lib/includes.ts";
import { isRow, listField, type Row, textField } from "../lib/row.ts";
import { bytesOf } from "./parts.ts";

/** A list of models with these names, as YAML. */
const models = (...names: string[]): string =>
  `model_list: [${names.map((name) => `{model_name: ${name}}`).join(", ")}]\n`;

/** Follows what a config at `config.yaml` includes of these files. */
async function follow(
  config: Row,
  texts: Readonly<Record<string, string>>,
  configPath = "config.yaml",
): Promise<Includes> {
  return await followIncludes(config, {
    configPath,
    workingDir: () => "/work",
    read: (path) => {
      const text = texts[path.replaceAll("\\", "/")];
      return Promise.resolve(text === undefined ? undefined : bytesOf(text));
    },
  });
}

function namesOf(config: Row, { files }: Includes): (string | undefined)[] {
  return listField(mergeIncludes(config, files).value, "model_list")
    .filter(isRow).map((item) => textField(item, "model_name"));
}

Deno.test("followIncludes() reads nested files beside the one that declares them", async () => {
  const config = { include: ["sub/models.yaml"] };
  const includes = await follow(config, {
    "sub/models.yaml": `include: [google.yaml]\n${models("main")}`,
    "sub/google.yaml": models("pro"),
  });
  assertEquals(namesOf(config, includes), ["main", "pro"]);
});

Deno.test("followIncludes() looks beside the main file where there is none beside the declaring one", async () => {
  const config = { include: ["sub/a.yaml"] };
  const beside = { "sub/a.yaml": "include: [b.yaml]\n", "b.yaml": models("b") };
  assertEquals(namesOf(config, await follow(config, beside)), ["b"]);
  const both = { ...beside, "sub/b.yaml": models("nearer") };
  assertEquals(namesOf(config, await follow(config, both)), ["nearer"]);
});

Deno.test("followIncludes() reads each file once, whatever it is called", async () => {
  const config = {
    include: ["a.yaml", "./a.yaml", "x/../a.yaml", "/work/a.yaml"],
  };
  const includes = await follow(config, {
    "a.yaml": `include: [a.yaml, config.yaml, /work/config.yaml]\n${
      models("a")
    }`,
    "/work/a.yaml": models("a"),
    "config.yaml": models("main"),
    "/work/config.yaml": models("main"),
  });
  assertEquals(namesOf(config, includes), ["a"]);
  assertEquals(includes.broken, []);
});

Deno.test("followIncludes() takes files in the order of their mention, level by level", async () => {
  const config = { include: ["a.yaml", "b.yaml"] };
  const includes = await follow(config, {
    "a.yaml": `include: [c.yaml]\n${models("a")}`,
    "b.yaml": models("b"),
    "c.yaml": models("c"),
  });
  assertEquals(namesOf(config, includes), ["a", "b", "c"]);
});

Deno.test("followIncludes() says what LiteLLM will refuse, and where, and goes on", async () => {
  const config = {
    include: [
      "none.yaml",
      "broken.yaml",
      "list.yaml",
      "text.yaml",
      "good.yaml",
    ],
  };
  const includes = await follow(config, {
    "broken.yaml": "model_list:\n  - [\n",
    "list.yaml": "- a\n",
    "text.yaml": "include: models.yaml\n",
    "good.yaml": models("good"),
  });
  assertEquals(namesOf(config, includes), ["good"]);
  assertEquals(
    includes.broken.map(({ declaredIn, path, text }) =>
      [declaredIn?.path, path, text] as const
    ),
    [
      [undefined, ["include", 0], 'include "none.yaml": not found'],
      [
        undefined,
        ["include", 1],
        'include "broken.yaml": cannot be read as YAML on line 3',
      ],
      [
        undefined,
        ["include", 2],
        'include "list.yaml": the top level is not a mapping',
      ],
      ["text.yaml", ["include"], "include is not a list of file names"],
    ],
  );
});

Deno.test("followIncludes() ends where links lead into themselves", async () => {
  const config = { include: ["sub/a.yaml"] };
  const { files, broken } = await followIncludes(config, {
    configPath: "config.yaml",
    workingDir: () => "/work",
    read: () => Promise.resolve(bytesOf("include: [sub/a.yaml]\n")),
  });
  assertEquals([files.length, broken.length], [100, 1]);
  assertEquals(broken[0]?.text, "more than 100 includes");
});

Deno.test("mergeIncludes() extends lists and replaces everything else", async () => {
  const config = {
    include: ["a.yaml"],
    model_list: [{ model_name: "main" }],
    litellm_settings: { fallbacks: [{ main: ["b"] }], drop_params: true },
    general_settings: { master_key: "k" },
  };
  const { files } = await follow(config, {
    "a.yaml": `${models("a")}litellm_settings: {num_retries: 2}\n`,
  });
  const { value } = mergeIncludes(config, files);
  assertEquals(value, {
    model_list: [{ model_name: "main" }, { model_name: "a" }],
    litellm_settings: { num_retries: 2 },
    general_settings: { master_key: "k" },
  });
});

Deno.test("mergeIncludes() knows the file and the place there of every part", async () => {
  const config = {
    include: ["a.yaml", "b.yaml"],
    model_list: [{ model_name: "main" }],
    litellm_settings: {},
  };
  const { files } = await follow(config, {
    "a.yaml": models("a", "b"),
    "b.yaml": `${models("c")}litellm_settings: {fallbacks: []}\n`,
  });
  const { placeOf } = mergeIncludes(config, files);
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

import { assertEquals } from "../support/assert.ts";
import { followIncludes, type Includes } from "../../lib/config/includes.ts";
import { mergeIncludes } from "../../lib/config/merged_config.ts";
import {
  isJsonObject,
  type JsonObject,
  listField,
  textField,
} from "../../lib/text/fields.ts";
import { bytesOf } from "../support/parts.ts";

/** A list of models with these names, as YAML. */
const models = (...names: string[]): string =>
  `model_list: [${names.map((name) => `{model_name: ${name}}`).join(", ")}]\n`;

/** Follows what a config at `config.yaml` includes of these files. */
async function follow(
  config: JsonObject,
  texts: Readonly<Record<string, string>>,
  configPath = "config.yaml",
): Promise<Includes> {
  return await followIncludes(config, {
    configPath,
    workingDir: () => "/home",
    read: (path) => {
      const text = texts[path.replaceAll("\\", "/")];
      return Promise.resolve(text === undefined ? undefined : bytesOf(text));
    },
  });
}

function namesOf(
  config: JsonObject,
  { files }: Includes,
): (string | undefined)[] {
  return listField(mergeIncludes(config, files).value, "model_list")
    .filter(isJsonObject).map((item) => textField(item, "model_name"));
}

Deno.test("followIncludes() reads nested files next to the one that declares them", async () => {
  const config = { include: ["sub/models.yaml"] };
  const includes = await follow(config, {
    "sub/models.yaml": `include: [google.yaml]\n${models("main")}`,
    "sub/google.yaml": models("pro"),
  });
  assertEquals(namesOf(config, includes), ["main", "pro"]);
});

Deno.test("followIncludes() looks next to the main file where there is none next to the declaring one", async () => {
  const config = { include: ["sub/a.yaml"] };
  const beside = { "sub/a.yaml": "include: [b.yaml]\n", "b.yaml": models("b") };
  assertEquals(namesOf(config, await follow(config, beside)), ["b"]);
  const both = { ...beside, "sub/b.yaml": models("nearer") };
  assertEquals(namesOf(config, await follow(config, both)), ["nearer"]);
});

Deno.test("followIncludes() reads each file once, whatever it is called", async () => {
  const config = {
    include: ["a.yaml", "./a.yaml", "x/../a.yaml", "/home/a.yaml"],
  };
  const includes = await follow(config, {
    "a.yaml": `include: [a.yaml, config.yaml, /home/config.yaml]\n${
      models("a")
    }`,
    "/home/a.yaml": models("a"),
    "config.yaml": models("main"),
    "/home/config.yaml": models("main"),
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
      [undefined, ["include", 0], 'include "none.yaml": no such file'],
      [
        undefined,
        ["include", 1],
        'include "broken.yaml": unclosed bracket on line 2',
      ],
      [
        undefined,
        ["include", 2],
        'include "list.yaml": the top level is not a mapping',
      ],
      ["text.yaml", ["include"], "include: not a list of file names"],
    ],
  );
});

Deno.test("followIncludes() ends where links lead into themselves", async () => {
  const config = { include: ["sub/a.yaml"] };
  const { files, broken } = await followIncludes(config, {
    configPath: "config.yaml",
    workingDir: () => "/home",
    read: () => Promise.resolve(bytesOf("include: [sub/a.yaml]\n")),
  });
  assertEquals([files.length, broken.length], [100, 1]);
  assertEquals(broken[0]?.text, "more than 100 includes");
});

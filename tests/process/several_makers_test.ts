/**
 * The example with several makers: what its files make of OpenRouter's recorded
 * lists, with the real program and its one key.
 *
 * @module
 */

import { Ajv2020 } from "ajv/2020";
// @ts-types="../../lib/types/std_yaml_parse.d.ts"
import { parse } from "@std/yaml/parse";
import {
  isJsonObject,
  listField,
  objectField,
  textField,
} from "../../lib/text/fields.ts";
import {
  assert,
  assertEquals,
  assertNotMatch,
  assertStringIncludes,
} from "../support/assert.ts";
import { fromRepository } from "../support/repository.ts";
import { openRouter, readCatalog } from "../support/stand_in_providers.ts";
import { parseReport, type Scene, setScene } from "../support/scene.ts";

const FOLDER = fromRepository("examples/several-makers");

/** What the seven names point at, by the recorded list. */
const TARGETS = {
  "several-makers-2026-02": {
    default: "anthropic/claude-sonnet-4.5",
    claude: "anthropic/claude-sonnet-4.5",
    "claude-strong": "anthropic/claude-opus-4.6",
    reasoning: "deepseek/deepseek-r1",
    cheap: "deepseek/deepseek-v3.2",
    kimi: "moonshotai/kimi-k2.5",
    glm: "z-ai/glm-4.7",
  },
  "several-makers-2026-08": {
    default: "anthropic/claude-sonnet-5",
    claude: "anthropic/claude-sonnet-5",
    "claude-strong": "anthropic/claude-opus-5",
    reasoning: "deepseek/deepseek-r1",
    cheap: "deepseek/deepseek-v3.2",
    kimi: "moonshotai/kimi-k3",
    glm: "z-ai/glm-5.3",
  },
} as const;

/** The example's two files, with OpenRouter's list of that time. */
async function setExample(catalog: string): Promise<Scene> {
  const body = await readCatalog(catalog);
  const scene = await setScene(
    await Deno.readTextFile(`${FOLDER}/config.yaml`),
    { openrouter: openRouter({ kind: "answers", body }) },
  );
  const settings = await Deno.readTextFile(`${FOLDER}/discover.yaml`);
  await scene.write(settings, "discover.yaml");
  return scene;
}

/** LiteLLM's name of each entry's model, by the entry's name. */
function modelsOf(config: string): Map<string, string> {
  const whole = parse(config);
  assert(isJsonObject(whole));
  return new Map(
    listField(whole, "model_list").filter(isJsonObject).map((entry) => [
      textField(entry, "model_name") ?? "",
      textField(objectField(entry, "litellm_params"), "model") ?? "",
    ]),
  );
}

for (const [catalog, targets] of Object.entries(TARGETS)) {
  Deno.test(`the example's seven names point where they should on ${catalog}`, async () => {
    await using scene = await setExample(catalog);
    const { OPENROUTER_API_BASE = "", OPENROUTER_API_KEY = "" } = scene.env;
    const env = { OPENROUTER_API_BASE, OPENROUTER_API_KEY };
    const args = ["--config", scene.config, "--timeout", "20s", "--json"];
    const { code, stdout, stderr } = await scene.runWith({ env }, ...args);
    assertEquals(code, 0, stderr);
    // What the example leaves out was not yet, or is no longer, in every list.
    const warnings = listField(parseReport(stdout), "warnings")
      .map((warning) => isJsonObject(warning) && textField(warning, "message"));
    const idle =
      /^OpenRouter: no model matches "[a-z]+\/[a-z*-]+" under exclude$/;
    assertEquals(warnings.filter((text) => !idle.test(`${text}`)), []);
    const models = modelsOf(await scene.read());
    for (const [name, id] of Object.entries(targets)) {
      assertEquals(models.get(name), `openrouter/${id}`, name);
    }
    // A distill is there for who asks for it, and behind no other name.
    for (const [name, model] of models) {
      if (model.includes("distill")) assertEquals(model, `openrouter/${name}`);
    }
    assert(models.has("deepseek/deepseek-r1-distill-llama-70b"));
    assertNotMatch(
      [...models.keys()].join("\n"),
      /v4|speciale|air|flash|turbo|:|~/,
    );
  });
}

Deno.test("the example is valid under the schema that its first line names", async () => {
  const text = await Deno.readTextFile(`${FOLDER}/discover.yaml`);
  const [, path = ""] = /^# yaml-language-server: \$schema=(.+)\n/.exec(text) ??
    [];
  assertStringIncludes(path, "docs/discover.schema.json");
  const schema: unknown = JSON.parse(
    await Deno.readTextFile(`${FOLDER}/${path}`),
  );
  assert(isJsonObject(schema));
  const { $schema: _, ...rules } = schema;
  const ajv = new Ajv2020({ strict: false });
  assert(ajv.validate(rules, parse(text)), ajv.errorsText());
});

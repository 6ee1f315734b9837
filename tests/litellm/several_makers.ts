/**
 * LiteLLM loads what the example with several makers becomes, and takes every
 * name of it for one of OpenRouter's.
 *
 * @module
 */

import {
  field,
  isJsonObject,
  listField,
  objectField,
} from "../../lib/text/fields.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { runProgram } from "../support/program.ts";
import { fromRepository } from "../support/repository.ts";
import { startStandIn } from "../support/stand_in.ts";
import { openRouter, readCatalog } from "../support/stand_in_providers.ts";
import { loadConfigs } from "./loader.ts";

const EXAMPLE = fromRepository("examples/several-makers");

Deno.test("LiteLLM takes the example's seven names for OpenRouter's", async () => {
  const folder = await Deno.makeTempDir({ prefix: "several-" });
  try {
    const body = await readCatalog("several-makers-2026-08");
    await using server = await startStandIn(
      openRouter({ kind: "answers", body }),
    );
    const env = {
      OPENROUTER_API_BASE: server.base,
      OPENROUTER_API_KEY: "5ecre7",
    };
    const output = ["--output", `${folder}/config.yaml`];
    const args = ["--config", `${EXAMPLE}/config.yaml`, ...output];
    const { code, stderr } = await runProgram(args, { env });
    assertEquals(code, 0, stderr);
    const loaded = objectField(await loadConfigs([folder], folder), folder);
    const config = objectField(loaded, "config.yaml");
    assertEquals(field(config, "error"), undefined);
    const models = listField(config, "models").filter(isJsonObject);
    const names = new Set(models.map((model) => field(model, "model_name")));
    for (const name of SEVEN) assert(names.has(name), name);
    for (const model of models) {
      assertEquals(field(model, "provider"), "openrouter");
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

const SEVEN: readonly string[] = [
  "default",
  "claude",
  "claude-strong",
  "reasoning",
  "cheap",
  "kimi",
  "glm",
];

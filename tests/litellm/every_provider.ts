/**
 * LiteLLM accepts what is written for every provider of the table, and takes
 * each model for one of that provider: prefixes and parameters are right.
 *
 * @module
 */

import type { Provider } from "../../lib/providers/provider.ts";
import { PROVIDERS } from "../../lib/providers/table.ts";
import {
  field,
  isJsonObject,
  type JsonObject,
  listField,
  objectField,
} from "../../lib/text/fields.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { runProgram } from "../support/program.ts";
import { fromRepository } from "../support/repository.ts";
import { startStandIn } from "../support/stand_in.ts";
import { isOfKey, readCatalog } from "../support/stand_in_providers.ts";
import { loadConfigs } from "./loader.ts";

Deno.test("LiteLLM takes every provider's models for what they are", async () => {
  const folder = await Deno.makeTempDir({ prefix: "every-" });
  const config = `${folder}/configs/config.yaml`;
  try {
    await Deno.mkdir(`${folder}/configs`);
    await refreshFromAll(folder, config);
    const loaded = await loadConfigs([`${folder}/configs`], folder);
    const configs = objectField(loaded, `${folder}/configs`);
    assertProviders(objectField(configs, "config.yaml"));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

/** Runs the program with every provider on; the config goes into `config`. */
async function refreshFromAll(folder: string, config: string): Promise<void> {
  const settings = `${folder}/discover.yaml`;
  await Deno.writeTextFile(`${folder}/start.yaml`, "model_list:\n");
  await using all = new AsyncDisposableStack();
  const env: Record<string, string> = {};
  let on = "providers:\n";
  for (const provider of PROVIDERS) {
    const { id, defaultBase, baseVariables: [name] } = provider;
    const server = all.use(await startCatalog(provider));
    const { pathname } = new URL(defaultBase);
    const base = server.base + pathname.replace(/\/$/, "");
    if (name !== undefined) env[name] ??= base;
    const place = name === undefined ? `, base_url: "${base}"` : "";
    // The recorded lists are old: of some providers all models have ended.
    on += `  ${id}: { retired: keep${place} }\n`;
    const [variable] = provider.keyVariables;
    if (variable !== undefined) env[variable] = "5ecre7";
  }
  await Deno.writeTextFile(settings, on);
  const files = ["--config", `${folder}/start.yaml`, "--settings", settings];
  const args = [...files, "--output", config, "--strict"];
  const { code, stderr } = await runProgram(args, { env });
  assertEquals(code, 0, stderr);
}

/** A server with the newest recorded list of a provider. */
async function startCatalog({ id }: Provider): ReturnType<typeof startStandIn> {
  const names = Array.from(
    Deno.readDirSync(fromRepository("tests/fixtures/catalogs")),
    ({ name }) => name.replace(/\.json$/, ""),
  ).filter((name) => name.startsWith(`${id}-`));
  const newest = names.toSorted().at(-1)?.replace(/-page-\d$/, "") ?? id;
  const pages = names.filter((name) => name.startsWith(newest)).toSorted();
  const bodies = await Promise.all(pages.map(readCatalog));
  let asked = 0;
  return await startStandIn((_, { method, path }) => {
    if (isOfKey(path)) return { kind: "answers", body: {} };
    if (method === "POST") return { kind: "status", status: 404 };
    return { kind: "answers", body: bodies[asked++ % bodies.length] };
  });
}

function assertProviders(loaded: JsonObject): void {
  assertEquals(field(loaded, "error"), undefined);
  const models = listField(loaded, "models").filter(isJsonObject);
  for (const { id, prefix } of PROVIDERS) {
    const own = models.filter((model) => sectionOf(model) === id);
    assert(own.length > 0, `no model of "${id}"`);
    for (const model of own) {
      const name = String(field(objectField(model, "litellm_params"), "model"));
      assert(name.startsWith(prefix), `"${id}": ${name}`);
      assertEquals(`${field(model, "provider")}/`, prefix, name);
    }
  }
}

/** `xai` of a model with the id `discover:xai/grok-4`. */
function sectionOf(model: JsonObject): string | undefined {
  const id = String(field(objectField(model, "model_info"), "id"));
  return /^discover:([^/]+)\//.exec(id)?.[1];
}

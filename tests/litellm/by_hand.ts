/**
 * LiteLLM loads what `docs/providers.md` says to write by hand.
 *
 * @module
 */

import {
  field,
  isJsonObject,
  listField,
  objectField,
} from "../../lib/text/fields.ts";
import { assertEquals } from "../support/assert.ts";
import { fromRepository } from "../support/repository.ts";
import { loadConfigs } from "./loader.ts";

Deno.test("LiteLLM loads the entries by hand that docs/providers.md shows", async () => {
  const folder = await Deno.makeTempDir({ prefix: "by-hand-" });
  const configs = `${folder}/configs`;
  try {
    await Deno.mkdir(configs);
    const page = await Deno.readTextFile(fromRepository("docs/providers.md"));
    const blocks = [...page.matchAll(/```yaml\n(model_list:\n[^`]*)```/g)];
    for (const [at, [, text = ""]] of blocks.entries()) {
      await Deno.writeTextFile(`${configs}/${at}.yaml`, text);
    }
    const loaded = objectField(await loadConfigs([configs], folder), configs);
    const names = blocks.map((_, at) => {
      const config = objectField(loaded, `${at}.yaml`);
      assertEquals(field(config, "error"), undefined);
      return listField(config, "models").filter(isJsonObject)
        .map((model) => field(model, "model_name"));
    });
    assertEquals(names, [
      ["gpt-5.6", "azure/*"],
      ["claude-bedrock", "bedrock/*"],
      ["gemini-vertex", "vertex_ai/*"],
    ]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

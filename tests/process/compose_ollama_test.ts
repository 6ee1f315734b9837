/**
 * The examples for Docker Compose with an Ollama in the same project.
 *
 * @module
 */

import { field } from "../../lib/text/fields.ts";
import {
  assert,
  assertEquals,
  assertStringIncludes,
} from "../support/assert.ts";
import { conditions, startOrder } from "../support/compose.ts";
import {
  composeTest,
  EXAMPLES,
  OLLAMA,
  setProject,
  upLitellm,
} from "../support/compose_project.ts";
import { canMount, UNSHARE } from "../support/mounts.ts";
import { fromRepository } from "../support/repository.ts";
import { blockNames, setScene } from "../support/scene.ts";
import { startStandIn } from "../support/stand_in.ts";

/** As Docker's network gives a service the name under which others find it. */
const NAMED = 'mount --bind "$SCENE/hosts" /etc/hosts && exec "$@"';

/** What the page has for `discover.yaml`; the comment of the file has the same. */
async function settingsForOllama(): Promise<string> {
  const page = await Deno.readTextFile(fromRepository("docs/compose.md"));
  const [, settings = ""] = /```yaml\n(.*?)```/s.exec(page) ?? [];
  const file = await Deno.readTextFile(`${EXAMPLES}/compose.ollama.yaml`);
  assertStringIncludes(file, settings.trimEnd().replaceAll(/^/gm, "#   "));
  return settings;
}

Deno.test({
  name:
    "compose: Ollama is found by the name of its service, by LiteLLM as well",
  // A name of its own takes a mount over /etc/hosts.
  ignore: !await canMount(),
  fn: async () => {
    await using ollama = await startStandIn(() => ({
      kind: "answers",
      body: {
        models: [{ name: "qwen3:4b" }],
        capabilities: ["completion"],
      },
    }));
    await using scene = await setScene();
    const project = await setProject(scene, OLLAMA);
    const base = `http://ollama:${new URL(ollama.base).port}`;
    const settings = await settingsForOllama();
    assertStringIncludes(settings, "http://ollama:11434");
    await scene.write(
      settings.replace("http://ollama:11434", base),
      "config/discover.yaml",
    );
    await scene.write("127.0.0.1 ollama\n", "hosts");
    const prefix = ["unshare", ...UNSHARE, "sh", "-c", NAMED, "sh"];
    await upLitellm({ ...project, prefix });
    const text = await scene.read("litellm.read");
    assert(blockNames(text).includes("ollama/qwen3:4b"), text);
    assertStringIncludes(text, 'model: "ollama_chat/qwen3:4b"');
    assertStringIncludes(text, `api_base: "${base}"`);
  },
});

composeTest(
  "an Ollama that does not start keeps neither discover nor LiteLLM waiting",
  async () => {
    await using scene = await setScene();
    const { services } = await setProject(scene, OLLAMA);
    assertEquals(startOrder(services, "litellm"), [
      "ollama",
      "discover",
      "litellm",
    ]);
    const { ollama = {} } = conditions(services, "discover");
    assertEquals(field(ollama, "required"), false);
  },
);

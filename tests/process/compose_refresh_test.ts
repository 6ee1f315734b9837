/**
 * The examples for Docker Compose with a refresh while LiteLLM runs.
 *
 * @module
 */

// @ts-types="../../lib/types/std_async_deadline.d.ts"
import { deadline } from "@std/async/deadline";
import { field, objectField, textField } from "../../lib/text/fields.ts";
import { assert, assertEquals, assertMatch } from "../support/assert.ts";
import { startOrder } from "../support/compose.ts";
import {
  composeTest,
  REFRESH,
  runService,
  setProject,
  startService,
  upLitellm,
} from "../support/compose_project.ts";
import {
  blockNames,
  FEW_MODELS,
  MINE,
  openRouterModels,
  setScene,
} from "../support/scene.ts";
import { writeScript } from "../support/scripts.ts";
import type { Behaviour, Script } from "../support/stand_in.ts";
import { openRouter, WRONG_KEY } from "../support/stand_in_providers.ts";
import { until } from "../support/until.ts";

composeTest(
  "with the refresh, LiteLLM watches the file, in a folder without Python files",
  async () => {
    await using scene = await setScene();
    const project = await setProject(scene, REFRESH);
    await upLitellm(project);
    assertMatch(
      await scene.read("litellm.started"),
      /^\d+ --config .*\/config\/config\.yaml --port 4000 --reload$/m,
    );
    const litellm = objectField(project.services, "litellm");
    assertEquals(textField(litellm, "working_dir"), "/config");
  },
);

composeTest(
  "after a start of the machine, Docker starts LiteLLM and the refresh, which does not wait for its hours",
  async () => {
    await using scene = await setScene();
    const { services } = await setProject(scene, REFRESH);
    const kept = Object.keys(services).filter((name) =>
      textField(objectField(services, name), "restart") === "unless-stopped"
    );
    assertEquals(kept.toSorted(), ["litellm", "refresh"]);
    // At the first start the two do not write at once.
    assertEquals(startOrder(services, "refresh"), ["discover", "refresh"]);
  },
);

/** Far longer than it takes, so that only what never comes fails. */
const WAIT_MS = 60_000;

async function waitUntil(
  isSo: () => boolean | Promise<boolean>,
): Promise<void> {
  assert(await until(isSo, WAIT_MS), "waited in vain");
}

composeTest(
  "a later refresh writes what changed meanwhile, after a failed one as well",
  async () => {
    let list: Behaviour = openRouterModels("anthropic/claude-sonnet-5");
    const openrouter: Script = (n, request) => openRouter(list)(n, request);
    await using scene = await setScene(MINE, { ...FEW_MODELS, openrouter });
    // With OpenRouter alone, its failure is the whole run's.
    const others = { XAI_API_KEY: "", GEMINI_API_KEY: "" };
    const project = await setProject(scene, REFRESH, others);
    await writeScript(scene.path("bin/sleep"), "exec /bin/sleep 0.1");
    await using _refresh = await startService(project, "refresh");
    const hasModel = (name: string) => async (): Promise<boolean> =>
      blockNames(await scene.read("config/config.yaml")).includes(name);
    await waitUntil(hasModel("claude-sonnet-5"));
    list = WRONG_KEY.openrouter;
    const { requests } = scene.providers.openrouter;
    const before = requests.length;
    await waitUntil(() => requests.length > before + 2);
    list = openRouterModels("anthropic/claude-opus-5");
    await waitUntil(hasModel("claude-opus-5"));
  },
);

/** Notes how long it should sleep; ends the loop in the hours, or a second round. */
const SLEEP = `
echo "$1" >>"$SCENE/slept"
case $1 in
  60) [ "$(wc -l <"$SCENE/slept")" = 1 ] || kill "$PPID" ;;
  soonh) exit 1 ;;
  *) kill "$PPID" ;;
esac
`;

for (
  const { hours, slept } of [
    { hours: "", slept: ["60", "6h"] },
    { hours: "12", slept: ["60", "12h"] },
    { hours: "soon", slept: ["60", "soonh", "6h"] },
    // A sleep of no time, as real ones have it: all providers without a pause.
    { hours: "0", slept: ["60", "0h"] },
  ]
) {
  composeTest(
    `with REFRESH_HOURS=${hours} the refresh sleeps ${slept.join(", then ")}`,
    async () => {
      await using scene = await setScene();
      const more = { REFRESH_HOURS: hours };
      const project = await setProject(scene, REFRESH, more);
      await writeScript(scene.path("bin/sleep"), SLEEP);
      await runService(project, "refresh");
      assertEquals((await scene.read("slept")).trim().split("\n"), slept);
    },
  );
}

composeTest(
  "SIGTERM ends the refresh at once, and Docker passes it on",
  async () => {
    await using scene = await setScene();
    const project = await setProject(scene, REFRESH);
    await using refresh = await startService(project, "refresh");
    await waitUntil(async () =>
      blockNames(await scene.read("config/config.yaml")).length > 0
    );
    refresh.child.kill("SIGTERM");
    const { signal } = await deadline(refresh.child.status, WAIT_MS);
    assertEquals(signal, "SIGTERM");
    // Process 1 of a container has no default action for a signal.
    assertEquals(field(objectField(project.services, "refresh"), "init"), true);
  },
);

/**
 * What another program writes into the config while the providers are asked:
 * nothing of ours keeps it from that, and all of it stays. The gate tries it on
 * Windows' files as well, where an open file could be in its way.
 *
 * @module
 */
import { assertEquals } from "../support/assert.ts";
import {
  blockNames,
  FEW_MODELS,
  FEW_NAMES,
  MINE,
  openRouterModels,
  type Scene,
  setScene,
  withoutBlock,
  xaiModels,
} from "../support/scene.ts";
import { openRouter } from "../support/stand_in_providers.ts";

Deno.test("a config that changes during the run keeps that change", async () => {
  const changed = MINE.replace("true", "false  # changed meanwhile");
  const place: { scene?: Scene } = {};
  await using scene = await setScene(MINE, {
    ...FEW_MODELS,
    xai: () => {
      // The program has read the config and waits for this answer.
      Deno.writeTextFileSync(place.scene?.config ?? "", changed);
      return xaiModels("grok-4.5");
    },
  });
  place.scene = scene;
  const { code, stderr } = await scene.run();
  assertEquals(code, 0, stderr);
  assertEquals(withoutBlock(await scene.read()), changed);
  assertEquals(blockNames(await scene.read()), FEW_NAMES);
  assertEquals(await scene.read("config.yaml.bak"), changed);
});

Deno.test("a section that another run writes meanwhile is kept, too", async () => {
  let other = "";
  const place: { scene?: Scene } = {};
  await using scene = await setScene(MINE, {
    ...FEW_MODELS,
    xai: () => {
      if (other === "") return xaiModels("grok-4.5");
      Deno.writeTextFileSync(place.scene?.config ?? "", other);
      return { kind: "status", status: 500 };
    },
  });
  place.scene = scene;
  await scene.run();
  other = await scene.read();
  await scene.write(MINE);
  const { code, stderr } = await scene.run();
  assertEquals(code, 0, stderr);
  assertEquals(blockNames(await scene.read()), FEW_NAMES);
});

Deno.test("a config that breaks during the run is left alone", async () => {
  const broken = MINE + "# >>> discover: auto-discovered models >>>\n";
  const place: { scene?: Scene } = {};
  await using scene = await setScene(MINE, {
    ...FEW_MODELS,
    openrouter: openRouter(openRouterModels("anthropic/claude-sonnet-5")),
    xai: () => {
      Deno.writeTextFileSync(place.scene?.config ?? "", broken);
      return xaiModels("grok-4.5");
    },
  });
  place.scene = scene;
  const { code, stderr } = await scene.run();
  assertEquals(code, 3, stderr);
  assertEquals(await scene.read(), broken);
  assertEquals(await scene.names(), ["config.yaml"]);
});

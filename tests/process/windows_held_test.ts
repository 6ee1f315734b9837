/**
 * Configs that another Windows program has in its hands.
 *
 * What Wine cannot show: a scanner that opens every new file for a moment, and
 * a file that is deleted but stays until its last reader lets go.
 *
 * @module
 */
// @ts-types="../../lib/types/std_async_delay.d.ts"
import { delay } from "@std/async/delay";
import { assert, assertEquals } from "../support/assert.ts";
import {
  assertRefused,
  blockNames,
  FEW_MODELS,
  FEW_NAMES,
  MINE,
  setScene,
} from "../support/scene.ts";
import { type Hold, holdOpen, windowsTest } from "../support/windows.ts";

windowsTest(
  "a config that nobody may read for a moment is waited for",
  async () => {
    await using scene = await setScene();
    await using hold = await holdOpen(scene.config, "may not read");
    const running = scene.run();
    await delay(1200);
    await hold.release();
    const { code, stderr } = await running;
    assertEquals(code, 0, stderr);
    assertEquals(blockNames(await scene.read()), FEW_NAMES);
  },
);

windowsTest(
  "a config that nobody may read is refused before any request",
  async () => {
    await using scene = await setScene();
    await using hold = await holdOpen(scene.config, "may not read");
    const result = await scene.run();
    await hold.release();
    assertRefused(result, {
      code: 3,
      text: "in use by another program",
      hint: "close the program that has it open",
    });
    assertEquals(scene.providers.xai.requests.length, 0);
    assertEquals(await scene.read(), MINE);
    assertEquals(await scene.names(), ["config.yaml"]);
  },
);

windowsTest(
  "a config that another program keeps open stays as it was",
  async () => {
    await using scene = await setScene();
    await using hold = await holdOpen(scene.config, "may read");
    const { code, stderr } = await scene.run();
    await hold.release();
    assertEquals(code, 3, stderr);
    const shown = stderr.replace(/\s+/g, " ");
    const state = "cannot be saved: in use by another program, or protected";
    assert(shown.includes(state), stderr);
    const hint = "hint: close the program that has it open, or use --output";
    assert(shown.includes(hint), stderr);
    assertEquals(await scene.read(), MINE);
    const left = (await scene.names()).filter((name) => name.endsWith(".tmp"));
    assertEquals(left, []);
    const again = await scene.run();
    assertEquals(again.code, 0, again.stderr);
    assertEquals(blockNames(await scene.read()), FEW_NAMES);
  },
);

for (const others of ["may read", "may not read"] as const) {
  windowsTest(
    `a config that is free again when it is saved is saved (others ${others})`,
    async () => {
      const answerMs = 4000;
      const asked = Promise.withResolvers<number>();
      await using scene = await setScene(MINE, {
        ...FEW_MODELS,
        xai: () => {
          asked.resolve(performance.now());
          const body = { data: [{ id: "grok-4.5" }], object: "list" };
          return { kind: "answers", body, delayMs: answerMs };
        },
      });
      const running = scene.run("--timeout", "20s");
      const askedMs = await asked.promise;
      await using hold: Hold = await holdOpen(scene.config, others);
      // The program is at its save by then, and will try for two seconds.
      await delay(askedMs + answerMs + 600 - performance.now());
      await hold.release();
      const { code, stderr } = await running;
      assertEquals(code, 0, stderr);
      assertEquals(blockNames(await scene.read()), FEW_NAMES);
    },
  );
}

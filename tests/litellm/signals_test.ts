import { behindLock, letThrough } from "../support/folder.ts";
import { assert, assertEquals, assertRejects } from "../support/assert.ts";
import { ExitCode, Interrupted } from "../../lib/errors.ts";
import {
  createStore,
  type SaveStep,
  type Store,
  type StoreOptions,
} from "../../lib/files/store.ts";

const isWindows = Deno.build.os === "windows";
const OLD = "model_list: []\n";
const NEW = new TextEncoder().encode("model_list:\n  - model_name: fresh\n");

interface Try {
  readonly folder: string;
  readonly path: string;
  readonly interruption: AbortController;
  readonly interrupt: () => void;
  /** Saves the new text; the store waits and writes until interrupted. */
  readonly save: (options?: StoreOptions) => ReturnType<Store["save"]>;
}

async function withConfig(body: (one: Try) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/config.yaml`;
  const interruption = new AbortController();
  try {
    await Deno.writeTextFile(path, OLD);
    const snapshot = await createStore().read(path);
    const request = { snapshot, bytes: NEW, firstInsertion: true };
    await body({
      folder,
      path,
      interruption,
      interrupt: () => interruption.abort(new Interrupted(ExitCode.terminated)),
      save: (options = {}) =>
        createStore({ interrupted: interruption.signal, ...options })
          .save(request),
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function assertOld({ folder, path }: Try): Promise<void> {
  assertEquals(await Deno.readTextFile(path), OLD);
  for await (const { name } of Deno.readDir(folder)) {
    assert(!name.endsWith(".tmp"), name);
  }
}

const STEPS: readonly SaveStep[] = [
  "locked",
  "temp-written",
  "checked",
  "backed-up",
];

for (const step of STEPS) {
  Deno.test(`save() leaves the config alone when a signal comes at "${step}"`, async () => {
    await withConfig(async (one) => {
      const onStep = (now: SaveStep): void => {
        if (now === step) one.interrupt();
      };
      await assertRejects(() => one.save({ onStep }), Interrupted);
      await assertOld(one);
    });
  });
}

Deno.test({
  name: "save() does not wait for another run's lock once a signal has come",
  ignore: isWindows,
  fn: () =>
    withConfig(async (one) => {
      using other = await Deno.open(one.folder);
      await other.lock(true);
      setTimeout(one.interrupt, 50);
      await assertRejects(() => one.save(), Interrupted);
      await assertOld(one);
      await letThrough(other);
    }),
});

Deno.test({
  name: "save() comes to an end behind a lock that is never given up",
  ignore: isWindows,
  fn: () =>
    withConfig((one) =>
      behindLock(one.folder, async () => {
        assertEquals((await one.save()).kind, "written");
      })
    ),
});

Deno.test("save() does not try again on Windows once a signal has come", async () => {
  await withConfig(async (one) => {
    let tries = 0;
    const rename = (from: string, to: string): void => {
      if (to !== one.path) return Deno.renameSync(from, to);
      if (++tries === 2) one.interrupt();
      throw new Deno.errors.PermissionDenied("held");
    };
    const save = (): Promise<unknown> => one.save({ isWindows: true, rename });
    await assertRejects(save, Interrupted);
    assertEquals(tries, 2);
    await assertOld(one);
  });
});

Deno.test({
  name: "read() and writeOutput() stop waiting when a signal comes",
  // Its size is 0 in every stat, so that it always seems to grow.
  ignore: Deno.build.os !== "linux",
  fn: () =>
    withConfig(async ({ folder, interruption, interrupt }) => {
      const store = createStore({ interrupted: interruption.signal });
      const reading = store.read("/proc/self/status");
      interrupt();
      await assertRejects(() => reading, Interrupted);
      const write = (): Promise<unknown> =>
        store.writeOutput(`${folder}/out.yaml`, NEW);
      await assertRejects(write, Interrupted);
      assertEquals(
        (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name),
        ["config.yaml"],
      );
    }),
});

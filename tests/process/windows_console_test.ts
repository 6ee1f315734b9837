/**
 * What the Windows program shows on consoles and in pipes of several code
 * pages, and Ctrl+C at such a console.
 *
 * What Wine cannot show: the fonts of a real console, Windows Terminal itself,
 * Ctrl+Break, and what PowerShell 5.1 makes of bytes in a pipe (it reads them
 * in the console's code page, which is why only ASCII is written there).
 *
 * @module
 */
import {
  assert,
  assertEquals,
  assertStringIncludes,
} from "../support/assert.ts";
import { FEW_MODELS, MINE, type Scene, setScene } from "../support/scene.ts";
import {
  batchCall,
  runSystem,
  spawnInConsole,
  windowsTest,
  wineTest,
} from "../support/windows.ts";

const MIXED = { ...FEW_MODELS, gemini: { kind: "refuses" } } as const;

/** A batch file that sets the code page and calls the program for `%CD%`. */
async function writeBatch(
  scene: Scene,
  codePage: number,
  ...args: string[]
): Promise<string> {
  const call = batchCall(["--config", "%CD%\\config.yaml", ...args]);
  const name = `page${codePage}.bat`;
  const page = `%SystemRoot%\\System32\\chcp.com ${codePage}`;
  await scene.write(`@${page} >nul\r\n@${call}\r\n`, name);
  return name;
}

windowsTest(
  "talk and data in a pipe are ASCII, whatever the code page",
  async () => {
    await using scene = await setScene(MINE, MIXED);
    for (const codePage of [1252, 437, 65001]) {
      const name = await writeBatch(scene, codePage, "--dry-run", "--verbose");
      const { env, folder } = scene;
      const result = await runSystem("cmd", ["/c", name], { env, cwd: folder });
      assertEquals(result.code, 0, result.stderr);
      assertStringIncludes(result.stdout, '+  - model_name: "grok-4.5"');
      assertStringIncludes(result.stderr, "* xAI");
      assertStringIncludes(result.stderr, "x Gemini");
      for (const text of [result.stdout, result.stderr]) {
        assertEquals(text.match(/[^ -~\r\n].*/), null, `code page ${codePage}`);
      }
    }
  },
);

/** What a console shows of a run, with colours and cursor movements removed. */
async function showRun(
  scene: Scene,
  codePage: number,
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const folder = scene.path("Jürgen");
  await Deno.mkdir(folder, { recursive: true });
  await scene.write(MINE, "Jürgen/config.yaml");
  const name = await writeBatch(scene, codePage);
  await Deno.rename(scene.path(name), `${folder}/${name}`);
  const child = spawnInConsole("cmd", ["/c", name], {
    env: { ...scene.env, NO_COLOR: "1", ...env },
    cwd: folder,
  });
  const [shown] = await Promise.all([
    new Response(child.stdout).text(),
    child.stderr.cancel(),
    child.stdin.close(),
  ]);
  const { code } = await child.status;
  assertEquals(code, 0, shown);
  await Deno.remove(folder, { recursive: true });
  return shown;
}

wineTest(
  "a classic console gets ASCII symbols and whole names, whatever its code page",
  async () => {
    await using scene = await setScene(MINE, MIXED);
    for (const codePage of [1252, 437, 65001]) {
      const shown = await showRun(scene, codePage);
      assertStringIncludes(shown, "* xAI");
      assertStringIncludes(shown, "x Gemini");
      assertStringIncludes(shown, "Jürgen");
      const foreign = shown.replaceAll("ü", "").match(/[^\0-~]+/);
      assertEquals(foreign, null, `code page ${codePage}`);
    }
  },
);

wineTest(
  "Windows Terminal gets Unicode symbols that come out whole",
  async () => {
    await using scene = await setScene(MINE, MIXED);
    for (const codePage of [1252, 65001]) {
      const shown = await showRun(scene, codePage, { WT_SESSION: "1" });
      assertStringIncludes(shown, "✓ xAI");
      assertStringIncludes(shown, "✗ Gemini");
      assertEquals(/[ÃâÂ�]/.test(shown), false, shown);
    }
  },
);

wineTest(
  "Ctrl+C at the console ends with 130 and leaves the config whole",
  async () => {
    const hangs = { kind: "hangs", where: "answer" } as const;
    const asked = Promise.withResolvers<void>();
    await using scene = await setScene(MINE, {
      ...FEW_MODELS,
      gemini: hangs,
      xai: () => {
        asked.resolve();
        return hangs;
      },
    });
    const args = ["--config", "config.yaml", "--timeout", "20s"];
    const child = spawnInConsole(undefined, args, {
      env: scene.env,
      cwd: scene.folder,
    });
    const stdout = new Response(child.stdout).text();
    await Promise.race([asked.promise, child.status]);
    const startMs = performance.now();
    const keyboard = child.stdin.getWriter();
    await keyboard.write(new TextEncoder().encode("\x03"));
    const { code } = await child.status;
    const tookMs = performance.now() - startMs;
    await Promise.all([keyboard.close(), child.stderr.cancel()]);
    const shown = await stdout;
    assertEquals(code, 130, shown);
    assertStringIncludes(shown, "interrupted: nothing was written");
    assert(tookMs < 5000, `${Math.round(tookMs)} ms`);
    assertEquals(await scene.read(), MINE);
    assertEquals(await scene.names(), ["config.yaml"]);
  },
);

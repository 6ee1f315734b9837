/**
 * The hand-off on Windows: which `litellm` is found, and that its exit code
 * comes back whole. The system's shell plays LiteLLM: it passes over what
 * stands before `/c`.
 *
 * What Wine cannot show: a `litellm.exe` that an alias of the Store or a
 * policy of the company keeps from starting, and Ctrl+C in a LiteLLM that
 * closes its own console.
 *
 * @module
 */
import { assertEquals, assertStringIncludes } from "../support/assert.ts";
import { type Scene, setScene } from "../support/scene.ts";
import { installShell, windowsPath, windowsTest } from "../support/windows.ts";

/** Starts what is found as `litellm`, which then runs `exit CODE`. */
async function startLitellm(
  scene: Scene,
  path: string,
  exitCode: number,
): Promise<{ code: number; stderr: string }> {
  return await scene.runWith(
    {
      env: { ...scene.env, PATH: path },
      cwd: scene.folder,
      wholeCode: true,
    },
    ...["--config", windowsPath(scene.config), "--start"],
    // The port is that of a stand-in: no matter, the shell takes none.
    ...["--", "/c", "exit", String(exitCode)],
  );
}

windowsTest("all 32 bits of LiteLLM's exit code come back", async () => {
  await using scene = await setScene();
  const bin = await installShell(scene.path("bin"), "litellm.exe");
  const codes = [0, 5, 256, 0x7fffffff, 0x80000001, 0xc000013a];
  for (const code of codes) {
    // The shell reads a signed number.
    const ended = await startLitellm(scene, bin, code | 0);
    assertEquals(ended.code >>> 0, code, ended.stderr);
    assertStringIncludes(ended.stderr, "starting litellm");
  }
});

windowsTest(
  "litellm.exe is found in a PATH entry with spaces, quotes and a semicolon",
  async () => {
    await using scene = await setScene();
    const bin = await installShell(scene.path("my bin;x"), "litellm.exe");
    const plain = await installShell(scene.path("my bin"), "litellm.exe");
    const empty = windowsPath(scene.path("none"));
    const paths = [
      plain,
      `${plain}\\`,
      `"${plain}"`,
      `;;${empty};"${plain}\\";${empty}`,
      `"${bin}";${empty}`,
    ];
    for (const path of paths) {
      const ended = await startLitellm(scene, path, 7);
      assertEquals(ended.code, 7, `${path}\n${ended.stderr}`);
      assertStringIncludes(ended.stderr, "starting litellm");
    }
    // A shell would start it; the runtime refuses to.
    const relative = await startLitellm(scene, `my bin;${plain}`, 7);
    assertEquals(relative.code, 4, relative.stderr);
    assertStringIncludes(relative.stderr, 'it is in the PATH entry "my bin"');
    const nowhere = await startLitellm(scene, `"${empty}"`, 7);
    assertEquals(nowhere.code, 4, nowhere.stderr);
    assertStringIncludes(nowhere.stderr, "litellm on PATH");
    assertStringIncludes(nowhere.stderr, "%USERPROFILE%\\.local\\bin (uv");
  },
);

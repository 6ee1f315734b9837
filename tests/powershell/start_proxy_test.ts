/**
 * What `start-proxy.ps1` promises whoever starts it, whatever the keys: the
 * exit code, the arguments, a session that is as it was.
 *
 * @module
 */
import { assertEquals, assertStringIncludes } from "../assert.ts";
import { seenPath } from "../process/program.ts";
import { powershellTest } from "./pwsh.ts";
import { setStage } from "./stage.ts";

powershellTest(
  "litellm gets the config and the arguments, and its exit code comes back",
  async () => {
    await using stage = await setStage({
      litellm: { exitCode: 7, prints: "the proxy runs" },
    });
    const started = await stage.start("-Port", "4321", "--x", "a b", "it's");
    assertEquals(started.code, 7);
    assertEquals(started.leftBehind, []);
    assertStringIncludes(started.stdout, "the proxy runs\n");
    const config = seenPath(stage.path("config.yaml"));
    const litellm = await stage.recorded("litellm");
    assertEquals(litellm?.args, [
      ...["--config", config, "--port", "4321"],
      ...["--x", "a b", "it's"],
    ]);
  },
);

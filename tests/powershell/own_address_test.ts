/**
 * One file of variables for the proxy and a client of it, with the real
 * program: from LiteLLM's arguments, which `start-proxy.ps1` hands over,
 * discover knows which address is the proxy's own.
 *
 * @module
 */
import {
  assert,
  assertEquals,
  assertStringIncludes,
} from "../support/assert.ts";
import { startConnectProxy } from "../support/connect_proxy.ts";
import { seenPath } from "../support/program.ts";
import { MINE } from "../support/scene.ts";
import { readCatalog } from "../support/stand_in_providers.ts";
import {
  canRunWhole,
  installDiscover,
} from "../support/powershell/real_discover.ts";
import {
  type Act,
  setStage,
  startTogether,
} from "../support/powershell/stage.ts";

/** A key of Anthropic's that is none of the proxy's. */
const ANTHROPIC_KEY = "sk-ant-5ecre7-real";
/** As for Claude Code: the address of the proxy itself. */
const FOR_A_CLIENT = "$env:ANTHROPIC_BASE_URL = 'http://127.0.0.1:4017'\n" +
  `$env:ANTHROPIC_API_KEY = '${ANTHROPIC_KEY}'\n`;

Deno.test({
  name: "by LiteLLM's arguments discover knows the proxy's own address",
  ignore: !canRunWhole,
  fn: async () => {
    const catalog = await readCatalog("anthropic-2026-02");
    const anthropic = await startConnectProxy(() => ({
      status: 200,
      body: JSON.stringify(catalog),
    }));
    await using stack = new AsyncDisposableStack();
    stack.defer(() => anthropic.stop());
    const acts: Act[] = [];
    for (const args of [["--port", "4017"], ["-Port", "4018"]]) {
      const stage = stack.use(
        await setStage({
          discover: undefined,
          files: {
            "config.yaml": MINE,
            "discover.yaml": "providers:\n  anthropic: {}\n",
            "set-env.ps1": FOR_A_CLIENT,
          },
        }),
      );
      await installDiscover(stage.folder);
      const env = {
        HTTPS_PROXY: anthropic.url,
        DENO_CERT: seenPath(anthropic.caPath),
      };
      acts.push({ stage, args, env });
    }
    const started = await startTogether(acts);
    const [own, other] = started.map(({ stdout, stderr }) =>
      `${stdout}${stderr}`.replace(/\s+/g, " ")
    );
    assertStringIncludes(
      own ?? "",
      "ANTHROPIC_BASE_URL from the environment is this proxy's own address: " +
        "Anthropic is asked, and called, at https://api.anthropic.com",
    );
    assertEquals(other?.includes("own address"), false, other);
    // The other one asked a port where nobody listens.
    assertEquals(anthropic.seen.map(({ host }) => host), ["api.anthropic.com"]);
    const stage = acts[0]?.stage;
    assert(stage !== undefined);
    const text = await Deno.readTextFile(stage.path("config.yaml"));
    const entries = text.split("- model_name:")
      .filter((entry) => entry.includes('model: "anthropic/'));
    assert(entries.length > 0, text);
    for (const entry of entries) {
      assertStringIncludes(entry, 'api_base: "https://api.anthropic.com"');
    }
    const litellm = await stage.recorded("litellm");
    assertEquals(litellm?.env.ANTHROPIC_BASE_URL, "http://127.0.0.1:4017");
    assertEquals(litellm?.args.slice(2), ["--port", "4017"]);
    for (const shown of [own, other, text]) {
      assertEquals(shown?.includes(ANTHROPIC_KEY), false);
    }
  },
});

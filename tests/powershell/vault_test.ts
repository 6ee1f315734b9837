/**
 * `examples/set-env-vault.ps1` as `set-env.ps1`: keys come from a vault, and
 * what the vault has not is told only where somebody needs it. A module of our
 * own plays SecretManagement; its errors have the names of the real one's.
 *
 * @module
 */
import {
  assert,
  assertEquals,
  assertStringIncludes,
} from "../support/assert.ts";
import { seenPath } from "../support/program.ts";
import {
  assertNoKey,
  basesOf,
  blockNames,
  MINE,
  setScene,
} from "../support/scene.ts";
import { FAKE_KEYS } from "../support/stand_in_providers.ts";
import { powershellTest } from "../support/powershell/pwsh.ts";
import {
  canRunWhole,
  installDiscover,
} from "../support/powershell/real_discover.ts";
import {
  setStage,
  type Stage,
  startTogether,
} from "../support/powershell/stage.ts";
import {
  installVault,
  vaultExample,
  withModules,
} from "../support/powershell/vault.ts";

const KEYS = {
  LITELLM_MASTER_KEY: "sk-5ecre7-master",
  OPENROUTER_API_KEY: "sk-or-v1-5ecre7",
  XAI_API_KEY: "xai-5ecre7",
  GEMINI_API_KEY: "AIza-5ecre7",
  ANTHROPIC_API_KEY: "sk-ant-5ecre7",
  OPENAI_API_KEY: "sk-proj-5ecre7",
};

/** How the vault is, and the environment of the session. */
interface Case {
  /** `undefined`: there is no such module. */
  readonly vault?: Readonly<Record<string, string>> | "locked" | "broken";
  readonly env?: Readonly<Record<string, string>>;
}

interface Outcome {
  /** The keys that both programs were given. */
  readonly keys: Record<string, string | undefined>;
  /** What was shown, on one line. */
  readonly shown: string;
}

async function startEach(cases: readonly Case[]): Promise<Outcome[]> {
  await using stack = new AsyncDisposableStack();
  const stages: Stage[] = [];
  for (const { vault } of cases) {
    const stage = stack.use(
      await setStage({ files: { "set-env.ps1": await vaultExample() } }),
    );
    if (vault !== undefined) await installVault(stage.besides, vault);
    stages.push(stage);
  }
  const none = Object.fromEntries(
    Object.keys(KEYS).map((name) => [name, undefined]),
  );
  const started = await startTogether(stages.map((stage, at) => ({
    stage,
    profile: withModules(seenPath(stage.besides)),
    env: { ...none, ...cases[at]?.env },
  })));
  return await Promise.all(started.map(async (one, at) => {
    assertEquals(one.code, 0);
    assertEquals(one.leftBehind, []);
    const text = `${one.stdout}${one.stderr}`;
    assert(!text.includes("5ecre7"), text);
    const [discover, litellm] = [
      await keysOf(stages[at], "discover"),
      await keysOf(stages[at], "litellm"),
    ];
    assertEquals(discover, litellm);
    return { keys: litellm, shown: text.replace(/\s+/g, " ") };
  }));
}

async function keysOf(
  stage: Stage | undefined,
  name: "discover" | "litellm",
): Promise<Record<string, string | undefined>> {
  const { env = {} } = await stage?.recorded(name) ?? {};
  return Object.fromEntries(
    Object.entries(env).filter(([key]) => Object.hasOwn(KEYS, key)).sort(),
  );
}

function sorted(keys: Readonly<Record<string, string>>): object {
  return Object.fromEntries(Object.entries(keys).sort());
}

powershellTest("all keys of the vault reach discover and LiteLLM", async () => {
  const [all, older] = await startEach([
    { vault: KEYS },
    { vault: KEYS, env: { XAI_API_KEY: "xai-5ecre7-older" } },
  ]);
  assertEquals(all?.keys, sorted(KEYS));
  assertEquals(older?.keys, sorted(KEYS));
  assertEquals(all?.shown.includes("WARNING"), false, all?.shown);
});

powershellTest("a key that is not in the vault is no error", async () => {
  const { XAI_API_KEY, LITELLM_MASTER_KEY, ...some } = KEYS;
  const [optional, kept, required, set] = await startEach([
    { vault: { LITELLM_MASTER_KEY, ...some } },
    { vault: { LITELLM_MASTER_KEY, ...some }, env: { XAI_API_KEY } },
    { vault: some },
    { vault: some, env: { LITELLM_MASTER_KEY } },
  ]);
  assertEquals(optional?.keys, sorted({ LITELLM_MASTER_KEY, ...some }));
  assertEquals(kept?.keys, sorted(KEYS));
  assertEquals(required?.keys, sorted(some));
  assertEquals(set?.keys, sorted({ LITELLM_MASTER_KEY, ...some }));
  for (
    const { shown } of [optional, kept, set].filter((one) => one !== undefined)
  ) {
    assertEquals(shown.includes("WARNING"), false, shown);
  }
  assertStringIncludes(
    required?.shown ?? "",
    "WARNING: not in the vault: LITELLM_MASTER_KEY; " +
      "add it with: Set-Secret -Name LITELLM_MASTER_KEY",
  );
});

powershellTest("without the module it is said what to install", async () => {
  const [missing] = await startEach([{}]);
  assertEquals(missing?.keys, {});
  assertStringIncludes(
    missing?.shown ?? "",
    "WARNING: no keys from the vault: SecretManagement is not installed; run: " +
      "Install-Module Microsoft.PowerShell.SecretManagement, " +
      "Microsoft.PowerShell.SecretStore -Scope CurrentUser",
  );
  assertEquals(missing?.shown.split("WARNING").length, 2, missing?.shown);
});

powershellTest("a locked vault is told, with how to open it", async () => {
  const [locked, broken] = await startEach([
    { vault: "locked" },
    { vault: "broken", env: { XAI_API_KEY: "xai-5ecre7" } },
  ]);
  assertEquals(locked?.keys, {});
  assertEquals(broken?.keys, { XAI_API_KEY: "xai-5ecre7" });
  for (const { shown } of [locked, broken].filter((one) => one !== undefined)) {
    assertStringIncludes(
      shown,
      `WARNING: the vault returned nothing for ${
        Object.keys(KEYS).join(", ")
      }: ` +
        "if it is locked, run Unlock-SecretStore",
    );
    assertEquals(shown.split("WARNING").length, 2, shown);
  }
});

Deno.test({
  name: "a start refreshes the config with the keys of a vault",
  ignore: !canRunWhole,
  fn: async () => {
    await using scene = await setScene();
    await using stage = await setStage({
      discover: undefined,
      files: { "config.yaml": MINE, "set-env.ps1": await vaultExample() },
    });
    await installDiscover(stage.folder);
    const { OPENROUTER_API_KEY, XAI_API_KEY } = FAKE_KEYS;
    const vault = { LITELLM_MASTER_KEY: "sk-5ecre7", OPENROUTER_API_KEY };
    await installVault(stage.besides, { ...vault, XAI_API_KEY });
    const started = await stage.startWith({
      env: basesOf(scene),
      profile: withModules(seenPath(stage.besides)),
    });
    const shown = started.stdout + started.stderr;
    assertEquals([started.code, started.leftBehind], [0, []], shown);
    assertEquals(shown.includes("WARNING"), false, shown);
    assertNoKey(shown, "what is shown");
    const text = await Deno.readTextFile(stage.path("config.yaml"));
    const names = blockNames(text);
    assert(names.includes("grok") && names.includes("claude-fallback"), text);
    // It is not in the vault.
    assertEquals(names.includes("gemini-pro"), false);
    const litellm = await stage.recorded("litellm");
    assertEquals(litellm?.env.XAI_API_KEY, XAI_API_KEY);
    assertEquals(litellm?.env.LITELLM_MASTER_KEY, "sk-5ecre7");
    assertEquals(litellm?.env.GEMINI_API_KEY, undefined);
  },
});

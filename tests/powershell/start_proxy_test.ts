/**
 * What `start-proxy.ps1` promises whoever starts it, whatever the keys: the
 * exit code, the arguments, a session that is as it was.
 *
 * @module
 */
import { join } from "@std/path/join";
import {
  assert,
  assertEquals,
  assertStringIncludes,
} from "../support/assert.ts";
import { onWindows, seenPath } from "../support/program.ts";
import { powershellTest } from "../support/powershell/pwsh.ts";
import {
  type Act,
  setStage,
  type Stage,
  type StageOptions,
  type Started,
  startTogether,
} from "../support/powershell/stage.ts";

/** A stage, and how the script is started on it. */
type Case = StageOptions & Omit<Act, "stage">;

/** Several starts in one session, each on a stage of its own. */
async function startAll(
  cases: readonly Case[],
  check: (started: Started, stage: Stage, index: number) => Promise<void>,
): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const acts: Act[] = [];
  for (const one of cases) {
    acts.push({ ...one, stage: stack.use(await setStage(one)) });
  }
  const started = await startTogether(acts);
  for (const [index, result] of started.entries()) {
    const stage = acts[index]?.stage;
    assert(stage !== undefined);
    await check(result, stage, index);
    assertEquals(result.leftBehind, [], `start ${index + 1}`);
  }
}

/** What is shown, whatever the width of the terminal makes of its lines. */
function flat(text: string): string {
  return text.replaceAll(/\s+/g, " ");
}

powershellTest(
  "litellm gets the config, and its exit code comes back",
  async () => {
    const codes = [0, 3, 255, ...(onWindows ? [256, -1] : [1, 130])];
    await startAll(
      codes.map((exitCode) => ({
        litellm: { exitCode, prints: "the proxy runs" },
      })),
      async (started, stage, index) => {
        assertEquals(started.code, codes[index]);
        assertStringIncludes(started.stdout, "the proxy runs\n");
        const litellm = await stage.recorded("litellm");
        const config = seenPath(stage.path("config.yaml"));
        assertEquals(litellm?.args, ["--config", config]);
        assertEquals(litellm?.folder, seenPath(stage.folder));
      },
    );
  },
);

// A batch file gets neither quotes nor empty arguments.
const ODD_ARGUMENTS = onWindows
  ? ["a b", "it's", "[x]*", "a,b;c", "$HOME", "naïve ümlaut", "a & b"]
  : [
    "a b",
    "it's",
    "[x]*",
    "a,b;c",
    "$HOME",
    "naïve ümlaut",
    "a&b|c",
    "",
    'a"b',
  ];

powershellTest("odd arguments reach litellm as they were typed", async () => {
  await using stage = await setStage();
  await stage.start("-Port", "4321", "--flag", ...ODD_ARGUMENTS, "--last=1");
  const litellm = await stage.recorded("litellm");
  const config = seenPath(stage.path("config.yaml"));
  assertEquals(litellm?.args, [
    ...["--config", config, "--port", "4321", "--flag"],
    ...[...ODD_ARGUMENTS, "--last=1"],
  ]);
});

powershellTest(
  "a folder may be called anything, and the session may be elsewhere",
  async () => {
    const names = [
      "it's [a] & (b) {c} $d `e",
      "naïve ümlaut, ; 50% @x #y =z",
      ...(onWindows ? [] : ['a "quoted" *? <n> |']),
    ];
    await startAll(
      names.flatMap((name) => [{ name }, { name, folder: Deno.cwd() }]),
      async ({ code, stdout }, stage, index) => {
        assertEquals(code, 0, stdout);
        const config = seenPath(stage.path("config.yaml"));
        for (const name of ["litellm", "discover"] as const) {
          const args = (await stage.recorded(name))?.args ?? [];
          assertEquals(args[args.indexOf("--config") + 1], config);
        }
        const litellm = await stage.recorded("litellm");
        const folder = index % 2 === 0 ? stage.folder : Deno.cwd();
        assertEquals(litellm?.folder, seenPath(folder));
      },
    );
  },
);

/** What cannot be started at all, the code, and whether discover ran. */
const MISSING: readonly (readonly [Case, number, boolean])[] = [
  [{ files: { "config.yaml": undefined } }, 3, false],
  [{ args: ["-Config", "no such.yaml"] }, 3, false],
  [{ env: { DISCOVER_CONFIG: "no such.yaml" } }, 3, false],
  [{ litellm: undefined }, 4, true],
  [{ litellm: undefined, args: ["-SkipDiscovery"] }, 4, false],
  [{ args: ["-Venv", "no such"] }, 4, true],
];

powershellTest(
  "without a config it ends with 3, without litellm with 4, and says why",
  async () => {
    await startAll(
      MISSING.map(([one]) => one),
      async ({ code, stdout }, stage, index) => {
        const [one, expected, isAsked] = MISSING[index] ?? [];
        assertEquals(code, expected, Deno.inspect(one));
        const warning = expected === 3
          ? "WARNING: no config found; looked for: "
          : "WARNING: litellm not found: name its ";
        assertStringIncludes(flat(stdout), warning);
        assertEquals(await stage.recorded("litellm"), undefined);
        const discover = await stage.recorded("discover");
        assertEquals(discover !== undefined, isAsked);
      },
    );
  },
);

const AS_IT_IS = "starting LiteLLM with the config as it is";

powershellTest("litellm starts whatever becomes of discover", async () => {
  const skipped = { args: ["-SkipDiscovery"], discover: { exitCode: 1 } };
  const cases = [
    [skipped, ""],
    [
      { discover: undefined },
      "is not next to this script, on PATH or next to litellm",
    ],
    [{ discover: { exitCode: 1 } }, "discover exited with code 1:"],
    [{ discover: { exitCode: 70 } }, "discover exited with code 70:"],
    // Windows itself would show a window that nobody closes.
    ...(Deno.build.os === "windows" ? [] : [
      [{ discover: { noProgram: "\x00 no program" } }, "could not be started:"],
      [{ discover: { noProgram: "" } }, "could not be started:"],
    ] as const),
    ...(onWindows ? [] : [
      [{ discover: { signal: "KILL" } }, "discover exited with code 137:"],
    ] as const),
  ] as const;
  await startAll(
    cases.map(([one]) => ({ ...one, litellm: { exitCode: 5 } })),
    async ({ code, stdout }, stage, index) => {
      assertEquals(code, 5, stdout);
      const shown = flat(stdout);
      const [one, why = ""] = cases[index] ?? [];
      assertStringIncludes(shown, why);
      assertEquals(shown.includes(AS_IT_IS), one !== skipped, shown);
      const discover = await stage.recorded("discover");
      assertEquals(discover !== undefined, why.includes("exited with code"));
      assert(await stage.recorded("litellm") !== undefined);
    },
  );
});

powershellTest("a discover that a signal ended stops the start", async () => {
  const cases = onWindows
    ? [
      [{ exitCode: 130 }, 130],
      [{ exitCode: 143 }, 143],
      [{ exitCode: -1073741510 }, 130],
    ] as const
    : [
      [{ signal: "HUP" }, 129],
      [{ signal: "INT" }, 130],
      [{ signal: "QUIT" }, 131],
      [{ signal: "TERM" }, 143],
      [{ exitCode: 130 }, 130],
      [{ exitCode: 143 }, 143],
    ] as const;
  await startAll(
    cases.map(([discover]) => ({ discover })),
    async ({ code }, stage, index) => {
      assertEquals(code, cases[index]?.[1]);
      assertEquals(await stage.recorded("litellm"), undefined);
    },
  );
});

powershellTest(
  "what set-env.ps1 sets, changes and takes away is put back at the end",
  async () => {
    const odd = `é "q" 'a' $x %Y% & ^ ; = ${onWindows ? "" : "\nline 2\n"}end`;
    await using stage = await setStage({
      files: {
        "set-env.ps1": "$env:NEW_ONE = 'new'\n$env:OLD_ONE = 'changed'\n" +
          'Remove-Item Env:GONE_ONE\n$env:PATH = "$env:PATH/"\n',
      },
    });
    const { code, leftBehind } = await stage.startWith({
      env: { OLD_ONE: "old", GONE_ONE: "still here", ODD_ONE: odd },
    });
    assertEquals(code, 0);
    assertEquals(leftBehind, []);
    for (const name of ["discover", "litellm"] as const) {
      const env = (await stage.recorded(name))?.env;
      assertEquals(env?.NEW_ONE, "new");
      assertEquals(env?.OLD_ONE, "changed");
      assertEquals(env?.GONE_ONE, undefined);
      assertEquals(env?.ODD_ONE, odd);
      assertEquals(env?.PYTHONUTF8, "1");
    }
  },
);

powershellTest("no setting of the session gets in its way", async () => {
  const settings = [
    "Set-StrictMode -Version Latest",
    "$ErrorActionPreference = 'Stop'",
    "$ErrorActionPreference = 'SilentlyContinue'",
    "$WarningPreference = 'Stop'",
    "$WarningPreference = 'SilentlyContinue'",
    "$PSNativeCommandUseErrorActionPreference = $true",
    "$PSNativeCommandArgumentPassing = 'Legacy'",
    "$OutputEncoding = [Text.Encoding]::Unicode",
    "Set-StrictMode -Version Latest\n$ErrorActionPreference = 'Stop'\n" +
    "$WarningPreference = 'Stop'\n" +
    "$PSNativeCommandUseErrorActionPreference = $true",
    "Set-Alias litellm Get-Date\nfunction discover { throw 'mine' }",
  ];
  await startAll(
    settings.map((profile) => ({
      profile,
      discover: { exitCode: 1, complains: "no provider answered" },
      litellm: { exitCode: 9, complains: "starting" },
    })),
    async ({ code, stdout, stderr }, stage, index) => {
      assertEquals(code, 9, settings[index]);
      const shown = flat(stdout + stderr);
      assertStringIncludes(shown, "no provider answered");
      assertStringIncludes(shown, "WARNING: discover exited with code 1:");
      assertEquals(/non-zero exit code/.exec(shown), null, settings[index]);
      const config = seenPath(stage.path("config.yaml"));
      const litellm = await stage.recorded("litellm");
      assertEquals(litellm?.args, ["--config", config]);
    },
  );
});

powershellTest(
  "litellm is found with -Venv, else in .venv and venv of three folders",
  async () => {
    // Windows has a test of its own: only there it is a litellm.exe.
    if (onWindows) return;
    const places = [
      ...["session/.venv", "session/venv", "my proxy/.venv", "my proxy/venv"],
      ...["config here/.venv", "config here/venv", "my env"],
    ];
    await using stack = new AsyncDisposableStack();
    const acts: Act[] = [];
    for (const [index, venv] of places.entries()) {
      const stage = stack.use(await setStage({ litellm: undefined }));
      const at = (name: string): string => join(stage.folder, "..", name);
      await Deno.mkdir(at("session"));
      await Deno.mkdir(at("config here"));
      await Deno.writeTextFile(at("config here/c.yaml"), "model_list: []\n");
      const exitCode = 40 + index;
      await stage.install(at(`${venv}/bin`), "litellm", { exitCode });
      const args = ["-Config", at("config here/c.yaml")];
      if (venv === "my env") args.push("-Venv", at(venv));
      acts.push({ stage, folder: at("session"), args });
    }
    const started = await startTogether(acts);
    assertEquals(
      started.map(({ code, leftBehind }) => [code, leftBehind]),
      places.map((_, index) => [40 + index, []]),
    );
    const stage = acts.at(-1)?.stage;
    assert(stage !== undefined);
    const env = (await stage.recorded("litellm"))?.env;
    const venv = join(stage.folder, "..", "my env");
    assertEquals(env?.VIRTUAL_ENV, venv);
    assertEquals(env?.PATH, `${venv}/bin:${stage.bin}`);
  },
);

powershellTest(
  "discover is found where pip puts it: next to litellm",
  async () => {
    // Windows has a test of its own for litellm.exe.
    if (onWindows) return;
    const programs = { litellm: undefined, discover: undefined };
    await using stage = await setStage(programs);
    const bin = stage.path(".venv/bin");
    await stage.install(bin, "litellm", { exitCode: 5 });
    await stage.install(bin, "discover", {});
    const { code, stdout } = await stage.start();
    assertEquals(code, 5, stdout);
    assert(await stage.recorded("discover") !== undefined, stdout);
    assert(!flat(stdout).includes(AS_IT_IS), stdout);
  },
);

/**
 * What is typed behind `start-proxy.ps1`: its own parameters, LiteLLM's flags,
 * mistakes; and the help that tells of them.
 *
 * @module
 */
import {
  assert,
  assertEquals,
  assertStringIncludes,
} from "../support/assert.ts";
import { onWindows, seenPath } from "../support/program.ts";
import { fromRepository } from "../support/repository.ts";
import {
  powershellTest,
  quoted,
  runPowerShell,
} from "../support/powershell/pwsh.ts";
import { searchPath } from "../support/powershell/session_plan.ts";
import {
  setStage,
  type Stage,
  startTogether,
} from "../support/powershell/stage.ts";

/** As a shortcut or a batch file starts it. */
async function startFromOutside(
  stage: Stage,
  ...args: readonly string[]
): Promise<void> {
  const script = seenPath(stage.path("start-proxy.ps1"));
  const path = searchPath(stage);
  await runPowerShell(["-File", script, ...args], {
    cwd: stage.folder,
    env: { PATH: onWindows ? path : `${path}:/usr/bin:/bin` },
  });
}

/** What LiteLLM was given behind `--config CONFIG`. */
async function passedOn(stage: Stage): Promise<readonly string[] | undefined> {
  return (await stage.recorded("litellm"))?.args.slice(2);
}

async function stages(count: number): Promise<Stage[]> {
  return await Promise.all(
    Array.from({ length: count }, () => setStage()),
  );
}

powershellTest(
  "--config and --port mean -Config and -Port, however they are written",
  async () => {
    const lines = [
      "--config other.yaml --port 77",
      "--config=other.yaml --port=77",
      "-Config other.yaml -Port 77",
      "-c other.yaml --port 77",
      "--host x --config other.yaml --port=77",
    ];
    const all = await stages(lines.length);
    for (const stage of all) await stage.write("other.yaml", "model_list: []");
    await startTogether(
      all.map((stage, at) => ({ stage, args: lines[at] ?? "" })),
    );
    for (const stage of all) {
      const config = seenPath(stage.path("other.yaml"));
      const { args = [] } = await stage.recorded("litellm") ?? {};
      assertEquals(args.slice(0, 4), ["--config", config, "--port", "77"]);
      const discover = await stage.recorded("discover");
      assertEquals(discover?.args.slice(0, 3), [
        "--no-env-files",
        ...["--config", config],
      ]);
      await stage[Symbol.asyncDispose]();
    }
  },
);

powershellTest(
  "from a command line of the system, too, where PowerShell binds more itself",
  async () => {
    await using stage = await setStage();
    await stage.write("other.yaml", "model_list: []");
    await startFromOutside(
      stage,
      ...["--config", "other.yaml", "--port=77", "--debug", "--reload"],
    );
    assertEquals((await stage.recorded("litellm"))?.args, [
      ...["--config", seenPath(stage.path("other.yaml"))],
      ...["--port", "77", "--debug", "--reload"],
    ]);
  },
);

powershellTest(
  "a wrong argument ends with 2, says what is right, and starts nothing",
  async () => {
    const cases: readonly (readonly [string, string])[] = [
      ["config.yaml", '.\\start-proxy.ps1 -Config "config.yaml"'],
      ["4001", ".\\start-proxy.ps1 -Port 4001"],
      ["start", "Get-Help .\\start-proxy.ps1"],
      ["--port", "--port: missing value"],
      ["--port abc", '--port "abc": not a number from 1 to 65535'],
      ["--port=70000", '--port "70000": not a number from 1 to 65535'],
      ["-Port 4001 --port 4002", "--port: given twice"],
      ["--config a.yaml --config=b.yaml", "--config: given twice"],
    ];
    const all = await stages(cases.length);
    const started = await startTogether(
      all.map((stage, at) => ({ stage, args: cases[at]?.[0] ?? "" })),
    );
    for (const [at, { code, stdout, stderr }] of started.entries()) {
      const text = `${stdout}${stderr}`.replace(/\s+/g, " ");
      assertEquals(code, 2, text);
      assertStringIncludes(text, cases[at]?.[1] ?? "?");
    }
    for (const stage of all) {
      assertEquals(await stage.recorded("discover"), undefined);
      assertEquals(await stage.recorded("litellm"), undefined);
      await stage[Symbol.asyncDispose]();
    }
  },
);

powershellTest("every other flag of LiteLLM reaches it", async () => {
  const flags = (await litellmFlags())
    .filter((flag) => !["--config", "-c", "--port", "-v"].includes(flag));
  await using typed = await setStage();
  await using called = await setStage();
  await startTogether([
    { stage: typed, args: `-SkipDiscovery ${flags.join(" ")}` },
  ]);
  await startFromOutside(called, "-SkipDiscovery", ...flags);
  assertEquals(await passedOn(typed), flags);
  // PowerShell binds it here, so that it comes first.
  const others = flags.filter((flag) => flag !== "--debug");
  assertEquals(await passedOn(called), ["--debug", ...others]);
});

/** Of the LiteLLM in `DISCOVER_LITELLM`, else of 1.106.2. */
async function litellmFlags(): Promise<readonly string[]> {
  const venv = Deno.env.get("DISCOVER_LITELLM");
  if (venv === undefined || Deno.build.os === "windows") return FLAGS;
  const { stdout } = await new Deno.Command(`${venv}/bin/litellm`, {
    args: ["--help"],
    stdout: "piped",
  }).output();
  const flags = new TextDecoder().decode(stdout)
    .matchAll(/^ {2}(-\w)?(?:, )?(--\w+)?/gm)
    .flatMap(([, short, long]) => [short, long])
    .filter((flag) => flag !== undefined).toArray();
  assert(flags.length > 40, `only ${flags.length} flags in litellm --help`);
  return [...new Set(flags)];
}

powershellTest(
  "Get-Help shows all of the help: parameters, and examples with a sentence each",
  async () => {
    const script = quoted(seenPath(fromRepository("start-proxy.ps1")));
    const { stdout } = await runPowerShell([
      "-Command",
      [
        `Get-Help ${script} -Full`,
        `Get-Help ${script} -Parameter Venv`,
        `Get-Help ${script} -Examples`,
        `& ${script} -?`,
      ].map((line) => `${line} | Out-String`).join("; '@@'; "),
    ]);
    const [full = "", parameter = "", examples = "", short = ""] = stdout
      .replace(/\s+/g, " ").split("@@");
    for (const part of [full, short]) {
      assertStringIncludes(
        part,
        "Refreshes the model list in a LiteLLM config",
      );
      assertStringIncludes(part, "and from .env files");
    }
    assertStringIncludes(full, "4 if litellm cannot be started");
    assertStringIncludes(full, "Do not put -- in front");
    assertStringIncludes(parameter, "The folder of the virtual environment");
    const each = examples.split(/EXAMPLE \d -+/).slice(1);
    assertEquals(each.length, 4);
    for (const example of each) {
      assert(/[a-z]\.[\s-]*$/i.test(example), example);
    }
  },
);

const FLAGS: readonly string[] = [
  ...["--add_function_to_prompt", "--add_key", "--alias", "--api_base"],
  ...["--api_version", "--ciphers", "--debug", "--detailed_debug"],
  ...["--drop_params", "--headers", "--health", "--help", "--host"],
  ...["--keepalive_timeout", "--limit_concurrency", "--local", "--log_config"],
  ...["--max_budget", "--max_requests_before_restart", "--max_tokens"],
  ...["--model", "--num_requests", "--num_workers", "--reload"],
  ...["--request_timeout", "--run_gunicorn", "--run_hypercorn", "--save"],
  ...["--setup", "--skip_server_startup", "--ssl_certfile_path"],
  ...["--ssl_keyfile_path", "--temperature", "--test", "--test_async"],
  ...["--timeout_worker_healthcheck", "--use_prisma_db_push", "--use_queue"],
  ...["--validate_config", "--version", "-m"],
];

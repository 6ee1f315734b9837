import { isPortTaken } from "../../lib/litellm/launcher.ts";
import {
  childEnvironment,
  defaultPort,
  handoffVariables,
  isAbsoluteFolder,
  litellmPrograms,
  pathFolders,
  proxyPort,
} from "../../lib/litellm/litellm.ts";
import { missingHint, neighborHint } from "../../lib/litellm/missing_hint.ts";
import {
  assert,
  assertEquals,
  assertStringIncludes,
} from "../support/assert.ts";
import { denoVariables } from "../support/program.ts";
import { fromRepository } from "../support/repository.ts";

const isWindows = Deno.build.os === "windows";
const modules = {
  handoff: new URL("../../lib/litellm/launcher.ts", import.meta.url).href,
  signals: new URL("../../lib/litellm/signals.ts", import.meta.url).href,
};

/** Run in a process of its own, because it needs a narrow permission set. */
const driver = `
import { createLauncher } from ${JSON.stringify(modules.handoff)};
import { watchSignals } from ${JSON.stringify(modules.signals)};
const { ownPath, ...rest } = JSON.parse(Deno.args[0]);
const launcher = createLauncher(watchSignals(), ownPath);
const warn = (text) => console.error("warn:", text);
const request = { ...rest, warn };
console.error("found:", await launcher.find(request.looksAbove));
const handoff = await launcher.start(request);
console.error("handoff:", JSON.stringify(handoff));
Deno.exit(handoff.kind === "ended" ? handoff.code : 4);
`;

/** Stands in for LiteLLM: tells how it was started, then what `body` does. */
function fakeLitellm(body: string): string {
  return `#!/bin/sh
printf 'arg<%s>' "$@"
printf '\\nkey<%s> path<%s> utf8<%s%s> hook<%s> loader<%s%s>\\n' "$K" "$PATH" \\
  "$PYTHONUTF8" "$PYTHONIOENCODING" "$PYTHONSTARTUP" "$LD_LIBRARY_PATH" "$LD_OTHER"
${body}
`;
}

interface Place {
  /** A working directory with a space in its name, not on PATH. */
  readonly folder: string;
  readonly onPath: string;
}

async function withPlace(test: (place: Place) => Promise<void>): Promise<void> {
  const root = await Deno.makeTempDir();
  const place = { folder: `${root}/work dir`, onPath: `${root}/bin` };
  try {
    await Deno.mkdir(place.folder);
    await Deno.mkdir(place.onPath);
    await Deno.writeTextFile(`${root}/driver.ts`, driver);
    await test(place);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

async function install(path: string, body: string): Promise<void> {
  await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
  await Deno.writeTextFile(path, body);
  await Deno.chmod(path, 0o755);
}

interface DriverCommand {
  readonly command: string;
  readonly args: string[];
  readonly options: Deno.CommandOptions;
}

function driverCommand(
  { folder, onPath }: Place,
  request: Record<string, unknown> = {},
  env: Record<string, string> = {},
  readable = handoffVariables.join(","),
): DriverCommand {
  const whole = {
    ...{ configPath: "a b.yaml", args: [], env: {}, utf8: false },
    ...{ looksAbove: false, ownPath: `${onPath}/discover` },
  };
  return {
    command: Deno.execPath(),
    args: [
      "run",
      "-q",
      "--no-prompt",
      "--cached-only",
      `--config=${fromRepository("deno.json")}`,
      "--allow-read",
      `--allow-run=${litellmPrograms.join(",")}`,
      `--allow-env=${readable}`,
      "../driver.ts",
      JSON.stringify({ ...whole, ...request }),
    ],
    options: {
      cwd: folder,
      clearEnv: true,
      env: {
        PATH: `${onPath}:/usr/bin:/bin`,
        ...denoVariables(),
        ...env,
      },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    },
  };
}

function startDriver(
  ...about: Parameters<typeof driverCommand>
): Deno.ChildProcess {
  const { command, args, options } = driverCommand(...about);
  return new Deno.Command(command, { ...options, args }).spawn();
}

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function ended(process: Deno.ChildProcess): Promise<Ended> {
  const { code, stdout, stderr } = await process.output();
  const text = new TextDecoder();
  return { code, stdout: text.decode(stdout), stderr: text.decode(stderr) };
}

/** These need a shell script that can stand in for LiteLLM. */
function processTest(
  name: string,
  test: (place: Place) => Promise<void>,
): void {
  Deno.test({ name, ignore: isWindows, fn: () => withPlace(test) });
}

processTest(
  "start() hands over arguments, terminal and exit code",
  async (place) => {
    await install(
      `${place.onPath}/litellm`,
      fakeLitellm("echo oops >&2; exit 7"),
    );
    const request = { args: ["--port", "4001", "a b", "--"] };
    const { code, stdout, stderr } = await ended(startDriver(place, request));
    assertEquals(code, 7, stderr);
    assertStringIncludes(
      stdout,
      "arg<--config>arg<a b.yaml>arg<--port>arg<4001>arg<a b>arg<-->",
    );
    assertStringIncludes(stderr, "oops\n");
    assertStringIncludes(
      stderr,
      '{"kind":"ended","code":7,"program":"litellm"}',
    );
  },
);

processTest(
  "start() hands over variables, but none that choose what runs",
  async (place) => {
    await install(`${place.onPath}/litellm`, fakeLitellm("exit 0"));
    const env = {
      K: "key from a file",
      PATH: "/elsewhere",
      PYTHONSTARTUP: "x.py",
      PYTHONUTF8: "0",
      "a=b": "c",
      N: "\0",
    };
    const { code, stdout, stderr } = await ended(
      startDriver(place, { env, utf8: true }),
    );
    assertEquals(code, 0, stderr);
    assertStringIncludes(
      stdout,
      `key<key from a file> path<${place.onPath}:/usr/bin:/bin> utf8<1> hook<>`,
    );
  },
);

processTest(
  "start() leaves PYTHONUTF8 alone if the config is not UTF-8",
  async (place) => {
    await install(`${place.onPath}/litellm`, fakeLitellm("exit 0"));
    const { stdout } = await ended(startDriver(place));
    assertStringIncludes(stdout, "utf8<utf-8>");
  },
);

processTest("start() prefers PATH to a virtual environment", async (place) => {
  await install(`${place.onPath}/litellm`, fakeLitellm("exit 1"));
  await install(`${place.folder}/.venv/bin/litellm`, fakeLitellm("exit 2"));
  const { code, stderr } = await ended(startDriver(place));
  assertEquals(code, 1);
  assertStringIncludes(stderr, "found: litellm\n");
});

for (
  const program of [
    ...[".venv/bin/litellm", "venv/bin/litellm"],
    ...["../.venv/bin/litellm", "../venv/bin/litellm"],
  ]
) {
  processTest(
    `start() finds ${program} from the working directory`,
    async (place) => {
      await install(`${place.folder}/${program}`, fakeLitellm("exit 3"));
      const looksAbove = program.startsWith("..");
      const driver = startDriver(place, { looksAbove });
      const { code, stderr } = await ended(driver);
      assertEquals(code, 3, stderr);
      assertStringIncludes(stderr, `found: ${program}\n`);
    },
  );
}

processTest(
  "start() finds litellm without leave to read PATH",
  async (place) => {
    const started = () => ended(startDriver(place, {}, {}, "HOME"));
    assertStringIncludes((await started()).stderr, '"kind":"missing"');
    await install(`${place.onPath}/litellm`, fakeLitellm("exit 6"));
    assertEquals((await started()).code, 6);
  },
);

processTest(
  "start() says where it looked for a litellm that is missing",
  async (place) => {
    await Deno.writeTextFile(`${place.onPath}/litellm`, "not executable");
    const { code, stderr } = await ended(startDriver(place));
    assertEquals(code, 4);
    assertStringIncludes(stderr, '"kind":"missing"');
    assertStringIncludes(
      stderr,
      '["litellm on PATH",".venv/bin/litellm","venv',
    );
    assertStringIncludes(stderr, ". .venv/bin/activate");
  },
);

processTest(
  "start() names the virtual environment that lacks litellm",
  async (place) => {
    await install(`${place.folder}/venv/bin/python`, "#!/bin/sh\n");
    const { stderr } = await ended(startDriver(place));
    assertStringIncludes(
      stderr,
      JSON.stringify('venv/bin/python -m pip install "litellm[proxy]"').slice(
        1,
      ),
    );
  },
);

processTest(
  "start() names the litellm next to the program, be that a link, and the line that leads to it",
  async (place) => {
    const bin = `${place.folder}/llm/bin`;
    await install(`${bin}/litellm`, fakeLitellm("exit 0"));
    await install(`${bin}/discover`, "");
    // A virtual environment without LiteLLM is of less use.
    await install(`${place.folder}/venv/bin/python`, "#!/bin/sh\n");
    await Deno.symlink(`${bin}/discover`, `${place.onPath}/discover`);
    const hintAt = async (folder: string): Promise<string[]> => {
      const ownPath = `${folder}/discover`;
      const { code, stderr } = await ended(startDriver(place, { ownPath }));
      assertEquals(code, 4, stderr);
      assertStringIncludes(stderr, "found: undefined\n");
      const [, json = ""] = /handoff: (.*)/.exec(stderr) ?? [];
      const handoff: { hint: string } = JSON.parse(json);
      return handoff.hint.split("\n");
    };
    const lead = `LiteLLM is next to discover, but not on PATH: ${bin}/litellm`;
    const onPath = `export PATH='${bin}':"$PATH"`;
    assertEquals(await hintAt(bin), [lead, "put its folder on PATH:", onPath]);
    await Deno.writeTextFile(`${bin}/activate`, "");
    for (const folder of [bin, place.onPath]) {
      assertEquals(await hintAt(folder), [
        ...[lead, "activate its environment:", `. '${bin}/activate'`],
        ...["or, in a script or a service, put its folder on PATH:", onPath],
      ]);
    }
    await Deno.chmod(`${bin}/litellm`, 0o644);
    assertStringIncludes((await hintAt(bin)).join(), "venv/bin/python -m pip");
  },
);

processTest(
  "start() tells a broken litellm from a missing one",
  async (place) => {
    await install(`${place.onPath}/litellm`, "#!/nowhere/python\n");
    const { code, stderr } = await ended(startDriver(place));
    assertEquals(code, 4);
    assertStringIncludes(stderr, "the Python that it points to does not exist");
  },
);

processTest(
  "start() takes out loader variables, with a warning",
  async (place) => {
    await install(`${place.onPath}/litellm`, fakeLitellm("exit 0"));
    const env = { LD_LIBRARY_PATH: "/nowhere", LD_OTHER: "secret" };
    const { code, stdout, stderr } = await ended(startDriver(place, {}, env));
    assertEquals(code, 0, stderr);
    assertStringIncludes(stdout, "loader<>");
    assertStringIncludes(
      stderr,
      'warn: starting LiteLLM without the variable "LD_LIBRARY_PATH"',
    );
    assertStringIncludes(stderr, 'without the variable "LD_OTHER"');
    assert(!stderr.includes("secret"));
  },
);

processTest(
  "start() returns 128 and the signal that ended litellm",
  async (place) => {
    await install(`${place.onPath}/litellm`, fakeLitellm("kill -KILL $$"));
    const { code } = await ended(startDriver(place));
    assertEquals(code, 137);
  },
);

for (
  const [entry, folder] of [
    ["bin", "bin/"],
    ["./bin", "bin/"],
    ["../work dir/bin", "bin/"],
    [".", ""],
    ["", ""],
  ] as const
) {
  processTest(
    `start() names the entry "${entry}" of PATH that leads to a litellm`,
    async (place) => {
      await install(`${place.onPath}/litellm`, fakeLitellm("exit 5"));
      await install(`${place.folder}/${folder}litellm`, fakeLitellm("exit 6"));
      const path = (...entries: string[]): Promise<Ended> =>
        ended(startDriver(place, {}, { PATH: entries.join(":") }));
      for (const later of [["/usr/bin"], [place.onPath]]) {
        const { code, stderr } = await path(entry, ...later);
        assertEquals(code, 4);
        assertStringIncludes(
          stderr,
          JSON.stringify(`in the PATH entry "${entry}"`)
            .slice(1, -1),
        );
        assertStringIncludes(stderr, "make that entry absolute");
      }
      // What stands in front of it is what is started.
      assertEquals((await path(place.onPath, entry)).code, 5);
    },
  );
}

processTest(
  "start() does not mind a relative entry without a litellm",
  async (place) => {
    await install(`${place.onPath}/litellm`, fakeLitellm("exit 5"));
    const env = { PATH: `:.:bin:${place.onPath}` };
    assertEquals((await ended(startDriver(place, {}, env))).code, 5);
  },
);

/** Ends with 42 once the signal has come, and after 20 s with 0. */
function waitsFor(signal: string): string {
  return fakeLitellm(`trap 'echo got ${signal}; exit 42' ${signal}
: > ready
n=0; while [ $n -lt 200 ]; do sleep 0.1; n=$((n + 1)); done; exit 0`);
}

async function whenReady(folder: string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    try {
      await Deno.stat(`${folder}/ready`);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  throw new Error("the stand-in for LiteLLM did not start");
}

const PASSED_ON = [
  ...["SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2"] as const,
  // Here no stream is a terminal, so that no terminal sends it.
  "SIGINT",
] as const;

for (const signal of PASSED_ON) {
  processTest(
    `start() passes ${signal} on and waits for the end`,
    async (place) => {
      const name = signal.slice("SIG".length);
      await install(`${place.onPath}/litellm`, waitsFor(name));
      const process = startDriver(place);
      await whenReady(place.folder);
      process.kill(signal);
      const { code, stdout } = await ended(process);
      assertEquals(code, 42);
      assertStringIncludes(stdout, `got ${name}`);
    },
  );
}

/** Runs the driver at a terminal of its own; what is shown is on stdout. */
async function atTerminal(place: Place, keys: string): Promise<Ended> {
  const { command, args, options } = driverCommand(place);
  const words = [command, ...args].map((word) => `'${word}'`);
  const process = new Deno.Command("script", {
    ...options,
    args: ["-qec", `exec ${words.join(" ")}`, "/dev/null"],
    stdin: "piped",
  }).spawn();
  const keyboard = process.stdin.getWriter();
  await whenReady(place.folder);
  await keyboard.write(new TextEncoder().encode(keys));
  const end = await ended(process);
  await keyboard.close().catch(() => {});
  return end;
}

Deno.test({
  name: "start() leaves Ctrl+C at a terminal to litellm, which gets it once",
  ignore: Deno.build.os !== "linux",
  fn: () =>
    withPlace(async (place) => {
      await install(
        `${place.onPath}/litellm`,
        // One may come late from before the start, but not after a second.
        fakeLitellm(`trap 'echo got INT' INT; sleep 1.5; : > ready
n=0; while [ $n -lt 20 ]; do sleep 0.05; n=$((n + 1)); done; exit 9`),
      );
      const { code, stdout } = await atTerminal(place, "\x03");
      assertEquals(code, 9, stdout);
      assertEquals(stdout.match(/got INT/g)?.length, 1, stdout);
    }),
});

Deno.test({
  name: "start() passes SIGINT on that came before litellm could get it",
  ignore: Deno.build.os !== "linux",
  fn: () =>
    withPlace(async (place) => {
      await install(
        `${place.onPath}/litellm`,
        // To the program alone, at once: a terminal would have sent it to both.
        fakeLitellm(`trap 'echo got INT; exit 42' INT; : > ready
kill -INT $PPID; n=0
while [ $n -lt 100 ]; do sleep 0.05; n=$((n + 1)); done; exit 9`),
      );
      const { code, stdout } = await atTerminal(place, "");
      assertEquals(code, 42, stdout);
    }),
});

Deno.test("childEnvironment() drops what may not come from a file", () => {
  const names = ["Path", "PATHEXT", "ComSpec", "PythonPath", "LD_PRELOAD"];
  const env = Object.fromEntries(
    [...names, "DYLD_INSERT_LIBRARIES", "MYPATH", "XAI_API_KEY"]
      .map((name) => [name, "x"]),
  );
  const wish = { env, utf8: false, outputEncoding: "latin-1" };
  assertEquals(childEnvironment(wish), { MYPATH: "x", XAI_API_KEY: "x" });
});

Deno.test("childEnvironment() lets Python write UTF-8 where it may not read all as such", () => {
  const given = (
    utf8: boolean,
    outputEncoding?: string,
  ): Record<string, string> => {
    const env = { PYTHONIOENCODING: "of a file", PYTHONUTF8: "0" };
    return childEnvironment({ env, utf8, outputEncoding });
  };
  assertEquals(given(true), { PYTHONUTF8: "1" });
  assertEquals(given(true, "latin-1"), { PYTHONUTF8: "1" });
  assertEquals(given(false), { PYTHONIOENCODING: "utf-8" });
  assertEquals(given(false, ""), { PYTHONIOENCODING: "utf-8" });
  assertEquals(given(false, "latin-1"), {});
});

Deno.test("missingHint() names the folders besides PATH, in lines that fit a screen", () => {
  const lines = missingHint(true).split("\n");
  assertEquals(lines[1], ".\\.venv\\Scripts\\Activate.ps1");
  assertEquals(lines.filter((line) => line.length > 74), []);
  const folders = lines.flatMap((line) => line.match(/^%[A-Z]+%\\\S+/) ?? []);
  assertEquals(folders, [
    "%APPDATA%\\Python\\Python3*\\Scripts",
    "%LOCALAPPDATA%\\Programs\\Python\\Python3*\\Scripts",
    "%LOCALAPPDATA%\\Python\\pythoncore-3*\\Scripts",
    "%USERPROFILE%\\.local\\bin",
  ]);
  assertEquals(missingHint(false).split("\n"), [
    "activate the virtual environment that has LiteLLM: . .venv/bin/activate",
    'one of uv or pipx needs this: export PATH="$HOME/.local/bin:$PATH"',
  ]);
});

Deno.test("neighborHint() quotes a path where the shell needs it", () => {
  const linesFor = (folder: string, isWindows: boolean): string[] => {
    const script = isWindows ? `${folder}\\Activate.ps1` : `${folder}/activate`;
    const neighbor = { program: "litellm", folder, script };
    const [, , activate = "", , onPath = ""] = neighborHint(
      neighbor,
      isWindows,
    ).split("\n");
    return [activate, onPath];
  };
  assertEquals(linesFor("/opt/llm-1/bin", false), [
    ". /opt/llm-1/bin/activate",
    'export PATH=/opt/llm-1/bin:"$PATH"',
  ]);
  assertEquals(linesFor("/home/o'n $x/bin", false), [
    ". '/home/o'\\''n $x/bin/activate'",
    `export PATH='/home/o'\\''n $x/bin':"$PATH"`,
  ]);
  assertEquals(linesFor("C:\\o’n $x's\\Scripts", true), [
    "& 'C:\\o’’n $x''s\\Scripts\\Activate.ps1'",
    "$env:PATH = 'C:\\o’’n $x''s\\Scripts;' + $env:PATH",
  ]);
});

Deno.test("neighborHint() has no line to copy where it would name another folder", () => {
  const hintFor = (folder: string, isWindows = false): string[] => {
    const program = `${folder}/litellm`;
    const neighbor = { program, folder, script: `${folder}/activate` };
    return neighborHint(neighbor, isWindows).split("\n");
  };
  const lead = "LiteLLM is next to discover, but not on PATH:";
  const hidden =
    "put its folder on PATH; its path has characters that cannot be shown here";
  for (const control of ["\n", "\x1b", "\t", "\u202e"]) {
    assertEquals(hintFor(`/a${control}hint rm x/bin`), [
      `${lead} /a?hint rm x/bin/litellm`,
      hidden,
    ]);
  }
  const both = (separator: string): string =>
    `PATH cannot hold a folder with "${separator}" in its path: install both elsewhere`;
  assertEquals(hintFor("/a:b/bin"), [`${lead} /a:b/bin/litellm`, both(":")]);
  const folder = "C:\\a;b\\Scripts";
  assertEquals(hintFor(folder, true), [`${lead} ${folder}/litellm`, both(";")]);
  assertEquals(hintFor("C:\\a\\Scripts", true).length, 5);
});

Deno.test("proxyPort() knows where LiteLLM will listen", () => {
  assertEquals(proxyPort([]), defaultPort);
  assertEquals(proxyPort(["--port", "4001"]), 4001);
  assertEquals(proxyPort(["--port=4002", "--host", "::1"]), 4002);
  assertEquals(proxyPort(["--port", "1", "--port", "2"]), 2);
  assertEquals(proxyPort([], "5000"), 5000);
  assertEquals(proxyPort([], ""), defaultPort);
  assertEquals(proxyPort(["--port", "4001"], "5000"), 4001);
  assertEquals(proxyPort(["--port", "4001", "--", "--port", "1"]), 4001);
  assertEquals(proxyPort(["--port", " 4001"], "5000"), 4001);
  assertEquals(proxyPort([], "5000 "), 5000);
});

Deno.test("proxyPort() gives up on what is no port", () => {
  for (const text of ["x", "", "0", "65536", "4e3", "-1", "1 1", " "]) {
    assertEquals(proxyPort([`--port=${text}`]), undefined, text);
  }
  assertEquals(proxyPort(["--port"]), undefined);
});

Deno.test("isPortTaken() asks without leaving a trace", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  assertEquals(await isPortTaken(port), true);
  const connection = await listener.accept();
  assertEquals(await connection.read(new Uint8Array(1)), null);
  connection.close();
  listener.close();
  assertEquals(await isPortTaken(port), false);
});

Deno.test("pathFolders() reads a Windows PATH as Windows does", () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ["C:\\a;C:\\b c", ["C:\\a", "C:\\b c"]],
    ['"C:\\Program Files\\x";C:\\y', ["C:\\Program Files\\x", "C:\\y"]],
    ['C:\\"a;b"\\c;d', ["C:\\a;b\\c", "d"]],
    [';;C:\\a;"";', ["C:\\a"]],
    ['C:\\a;"C:\\b;c', ["C:\\a", "C:\\b;c"]],
    ["", []],
  ];
  for (const [path, folders] of cases) {
    assertEquals(pathFolders(path, true), folders, path);
  }
});

Deno.test("isAbsoluteFolder() knows what depends on the working directory", () => {
  const onWindows = ["C:\\a", "c:/a", "\\\\server\\share", "//server/share"];
  for (const folder of onWindows) {
    assertEquals(isAbsoluteFolder(folder, true), true, folder);
  }
  for (const folder of ["bin", ".\\bin", "C:bin", "\\bin", "."]) {
    assertEquals(isAbsoluteFolder(folder, true), false, folder);
  }
  assertEquals(isAbsoluteFolder("/bin", false), true);
  for (const folder of ["bin", "./bin", "", "C:\\a"]) {
    assertEquals(isAbsoluteFolder(folder, false), false, folder);
  }
});

Deno.test("pathFolders() splits at colons elsewhere, where quotes are letters and nothing is a folder", () => {
  assertEquals(pathFolders('/a b:"/c;d"::/e', false), [
    "/a b",
    '"/c;d"',
    "",
    "/e",
  ]);
});

import {
  assert,
  assertEquals,
  assertStringIncludes,
  assertThrows,
} from "../support/assert.ts";
import { parseArgs } from "../../lib/cli/args.ts";
import type { RunFlags } from "../../lib/cli/command.ts";
import { UsageError } from "../../lib/errors.ts";
import { FLAGS } from "../../lib/cli/flags.ts";

function flags(...argv: string[]): RunFlags {
  const command = parseArgs(argv);
  if (command.kind !== "run") throw new Error(`not a run: ${command.kind}`);
  return command.flags;
}

Deno.test("parseArgs() without flags refreshes the config", () => {
  assertEquals(flags(), {
    action: "refresh",
    destination: { kind: "config" },
    only: [],
    envFiles: [],
    acceptShrink: false,
    json: false,
    start: false,
    strict: false,
    color: "auto",
    verbosity: "normal",
    litellmArgs: [],
  });
});

Deno.test("parseArgs() reads short flags, joined values and lists", () => {
  const read = flags("-nvc", "a b.yaml", "--only=xai, gemini", "--only", "lab");
  assertEquals(read.config, "a b.yaml");
  assertEquals(read.destination, { kind: "dry-run" });
  assertEquals(read.verbosity, "verbose");
  assertEquals(read.only, ["xai", "gemini", "lab"]);
});

Deno.test("parseArgs() keeps a value that looks like a number as it was typed", () => {
  assertEquals(flags("--timeout", "2").timeoutMs, 2000);
  assertEquals(flags("--config", "007").config, "007");
});

Deno.test("parseArgs() takes --in-place with all that may write the config, or look", () => {
  const inPlace = { kind: "config", inPlace: true } as const;
  assertEquals(flags("--in-place").destination, inPlace);
  assertEquals(flags("--in-place", "--remove").destination, inPlace);
  assertEquals(flags("--in-place", "-n").destination, { kind: "dry-run" });
  assertEquals(flags("--in-place", "--check").destination, { kind: "check" });
});

Deno.test("parseArgs() reads -n --stat as --stat", () => {
  const { destination } = flags("--stat");
  assertEquals(destination, { kind: "dry-run", isStatOnly: true });
  assertEquals(flags("-n", "--stat"), flags("--stat"));
});

Deno.test("parseArgs() takes --start with what leaves LiteLLM a file to read", () => {
  const output = { kind: "output", path: "out.yaml" } as const;
  assertEquals(flags("--start", "-o", "out.yaml").destination, output);
  assertEquals(flags("--start", "--repair").action, "repair");
  const inPlace = { kind: "config", inPlace: true } as const;
  assertEquals(flags("--start", "--in-place").destination, inPlace);
});

/** All flags after which there is nothing to start LiteLLM with. */
const NOT_STARTED: readonly string[] = [
  ...["--dry-run", "--stat", "--check", "--doctor", "--remove", "--undo"],
  ...["--why=grok-4.5", "--init", "--list-providers", "--completions=zsh"],
  "--print-client=codex",
];

for (const flag of NOT_STARTED) {
  Deno.test(`parseArgs() refuses --start with ${flag}`, () => {
    const name = flag.replace(/=.*/, "");
    for (const argv of [["--start", flag], [flag, "--start"]]) {
      const message = `--start cannot be used with ${name}`;
      const error = assertThrows(() => parseArgs(argv), UsageError, message);
      assertEquals(error.hint, "use one of them");
    }
  });
}

Deno.test("parseArgs() reads the client to print for, and the proxy's port", () => {
  const read = flags("--print-client", "codex", "--", "--port", "4001");
  assertEquals([read.action, read.client], ["print-client", "codex"]);
  assertEquals(read.litellmArgs, ["--port", "4001"]);
});

Deno.test("parseArgs() leaves a pipe of the shell's alone", () => {
  assertEquals(flags("--env-file", "/dev/fd/63").envFiles, ["/dev/fd/63"]);
});

Deno.test("parseArgs() tells no file with keys from none named", () => {
  assertEquals(flags("--no-env-files").envFiles, "none");
});

Deno.test("parseArgs() hands everything after -- to litellm", () => {
  const read = flags("--start", "--", "--port", "4001", "--config");
  assertEquals(read.litellmArgs, ["--port", "4001", "--config"]);
  const passed = ["--port=4001", "", "--reload", "-v", "--", "--start"];
  const alone = flags("--check", "--", ...passed);
  assertEquals(alone.litellmArgs, passed);
  assertEquals([alone.start, alone.destination], [false, { kind: "check" }]);
});

/** What asks nobody and writes nothing takes no flag about either. */
function clash(flag: string): [string[], string, string] {
  const argv = ["--print-client", "codex", flag];
  return [argv, "cannot be used with", "use one of them"];
}

const REFUSED: readonly (readonly [string[], string, string])[] = [
  [["--timout", "3"], 'unknown flag "--timout"', "did you mean --timeout?"],
  [["--dryrun"], 'unknown flag "--dryrun"', "did you mean --dry-run?"],
  [["--colour", "never"], "unknown flag", "did you mean --color?"],
  [["--comp", "zsh"], "unknown flag", "did you mean --completions?"],
  [["-x"], 'unknown flag "-x"', "--help"],
  ...["-n5", "-n-z", "-q-undo", "-nx-5", "-n/x", "-qn=1"]
    .map((
      tail,
    ): [string[], string, string] => [[tail], `unknown flag "${tail}"`, ""]),
  [["--no-json"], 'unknown flag "--no-json"', "--help"],
  [["config.yaml"], 'unexpected argument "config.yaml"', "--help"],
  [["--config"], "--config needs a value", "write it as --config FILE"],
  [["-n", "--check"], "--dry-run cannot be used with --check", "use one"],
  [["--remove", "--repair"], "--remove cannot be used with --repair", "one"],
  [["--init", "--list-providers"], "cannot be used with", "use one"],
  [["--remove", "--only", "xai"], "--only cannot be used with --remove", "one"],
  ...["--remove", "--undo", "--init", "--list-providers", "--completions=zsh"]
    .map((flag): [string[], string, string] => [
      ["--accept-shrink", flag],
      `--accept-shrink cannot be used with ${flag.replace(/=.*/, "")}`,
      "use one of them",
    ]),
  [["--dry-run=false"], "--dry-run takes no value", "--help"],
  [["-n=no"], "--dry-run takes no value", "--help"],
  [["--strict=1", "-c", "a"], "--strict takes no value", "--help"],
  [["--only", ""], "--only needs a value", ""],
  [["--check", "--remove"], "--check cannot be used with --remove", "one"],
  [["-o", "out.yaml", "-n"], "--output cannot be used with --dry-run", "one"],
  [["-o", "-", "--check"], "--output cannot be used with --check", "one"],
  [["-o", "-", "--json"], "--output - cannot be used with --json", "one"],
  [["--env-file", "a", "--no-env-files"], "cannot be used with", "use one"],
  [["--in-place", "-o", "a"], "cannot be used with --output", "use one"],
  [["--repair", "-n"], "--repair cannot be used with --dry-run", "show keys"],
  [["-o", "-", "--start"], "--output - cannot be used with --start", "FILE"],
  [["-n", "--init"], "--init cannot be used with --dry-run", "use one"],
  [["-o", "a", "--init"], "--init cannot be used with --output", "use one"],
  [["--stat", "--doctor"], "--doctor cannot be used with --stat", "use one"],
  [["--completions", "zsh", "--remove"], "cannot be used with", "use one"],
  [["-o", "/dev/stdout"], "a stream, not a file", "--output - prints"],
  [["-c", "/proc/self/fd/0"], "a stream, not a file", "save it to a file"],
  [["--", "a.yaml"], "litellm takes flags", "--config FILE"],
  [["--", "--check"], '"--check" after "--"', "discover --check --"],
  [["--", "--port", "1", "-n"], '"-n" after "--"', "discover -n --"],
  [["--", "--only=xai"], '"--only" after "--"', "discover --only --"],
  ...["-n", "--check", "-o=a", "--in-place", "--log-file=a", "--only=xai"]
    .map((flag) => clash(flag)),
  ...["--timeout=1", "--strict", "--json", "--init", "--remove", "--stat"]
    .map((flag) => clash(flag)),
  clash("--accept-shrink"),
  [["--print-client", "cursor"], '"cursor": invalid', "claude-code, codex, "],
  [["--print-client"], "--print-client needs a value", "as --print-client N"],
  [["--color", "pink"], '--color "pink": invalid value', "auto, always, never"],
];

for (const [argv, message, hint] of REFUSED) {
  Deno.test(`parseArgs() refuses ${argv.join(" ")}`, () => {
    const error = assertThrows(() => parseArgs(argv), UsageError, message);
    assertStringIncludes(error.hint ?? "", hint);
  });
}

for (
  const argv of [
    ...FLAGS.flatMap((flag) =>
      "value" in flag ? [[`--${flag.name}`], [`--${flag.name}=`]] : []
    ),
    ...[[], ["--"], ["-"], ["-z"], ["-n"], ["--only", "xai,"]],
  ]
) {
  Deno.test(`parseArgs() shows no key behind ${argv.join(" ")}`, () => {
    const last = argv.at(-1) ?? "";
    const key = "xai-5ecre7";
    const args = /^-[a-z]$|(?:^|-|=|,)$/.test(last)
      ? [...argv.slice(0, -1), last + key]
      : [...argv, key];
    try {
      // Names of providers are looked up later.
      assertEquals(flags(...args).only.at(-1), key);
    } catch (error) {
      assert(error instanceof UsageError, `${error}`);
      assert(!`${error.message} ${error.hint}`.includes("5ecre7"));
    }
  });
}

Deno.test("parseArgs() takes a negative number for a value, wrong as it is", () => {
  assertThrows(() => flags("--timeout", "-1"), UsageError, '"-1": not a time');
  assertThrows(() => flags("--timeout=-.5s"), UsageError, '"-.5s": not a time');
  assertEquals(flags("-c", "-").config, "-");
  const { destination } = flags("-o", "-");
  assertEquals(destination, { kind: "output", path: "-" });
  assertEquals(flags("--start", "--", "-o", "-1").litellmArgs, ["-o", "-1"]);
});

Deno.test("parseArgs() reads --completions, and names the shells", () => {
  assertEquals(parseArgs(["--completions", "zsh"]), {
    kind: "completions",
    shell: "zsh",
  });
  const error = assertThrows(
    () => parseArgs(["--completions", "tcsh"]),
    UsageError,
    '--completions "tcsh": invalid value',
  );
  assertEquals(error.hint, "expected one of: powershell, bash, zsh, fish");
});

import {
  assert,
  assertEquals,
  assertStringIncludes,
  assertThrows,
} from "../support/assert.ts";
import { parseArgs, type RunFlags } from "../../lib/cli/args.ts";
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

const REFUSED: readonly (readonly [string[], string, string])[] = [
  [["--timout", "3"], 'flag "--timout": not known', "did you mean --timeout?"],
  [["--dryrun"], 'flag "--dryrun": not known', "did you mean --dry-run?"],
  [["--colour", "never"], "not known", "did you mean --color?"],
  [["--comp", "zsh"], "not known", "did you mean --completions?"],
  [["-x"], 'flag "-x": not known', "--help"],
  [["--repair", "-n"], "a diff of that could show keys", "--output FILE"],
  [["--no-json"], 'flag "--no-json": not known', "--help"],
  [["config.yaml"], 'argument "config.yaml": not expected', "--help"],
  [["--config"], '"--config": no value given', "--help"],
  [["--dry-run", "--check"], "they exclude each other", "use one"],
  [["--remove", "--repair"], "they exclude each other", "use one"],
  [["--check", "--remove"], "they exclude each other", "use one"],
  [["--output", "-", "--json"], "they exclude each other", "use one"],
  [
    ["--env-file", "a", "--no-env-files"],
    '"--no-env-files" and "--env-file": with the first no file is read',
    "use one of them",
  ],
  [["--in-place", "-o", "a"], "they exclude each other", "use one"],
  [["-o", "/dev/stdout"], "a stream, not a file", "--output - prints"],
  [["-c", "/proc/self/fd/0"], "a stream, not a file", "save it as a file"],
  [["--", "a.yaml"], "not a flag of litellm", "--config FILE"],
  [["--", "--check"], '"--check" after "--"', "discover --check --"],
  [["--", "--port", "1", "-n"], '"-n" after "--"', "discover -n --"],
  [["--", "--only=xai"], '"--only" after "--"', "discover --only --"],
  [["--color", "pink"], '--color "pink": not known', "auto, always or never"],
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
    ...[[], ["--"], ["-"], ["--only", "xai,"]],
  ]
) {
  Deno.test(`parseArgs() shows no key behind ${argv.join(" ")}`, () => {
    const last = argv.at(-1) ?? "";
    const key = "xai-5ecre7";
    const args = /(?:^|-|=|,)$/.test(last)
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
  assertEquals(flags("-o", "-", "--start", "--", "-o", "-1").litellmArgs, [
    "-o",
    "-1",
  ]);
});

Deno.test("parseArgs() reads --completions, and names the shells", () => {
  assertEquals(parseArgs(["--completions", "zsh"]), {
    kind: "completions",
    shell: "zsh",
  });
  const error = assertThrows(
    () => parseArgs(["--completions", "tcsh"]),
    UsageError,
    '--completions "tcsh": not known',
  );
  assertEquals(error.hint, "use powershell, bash, zsh or fish");
});

import { assert, assertEquals, assertThrows } from "../support/assert.ts";
import { parseArgs, UnknownArgumentError } from "../../lib/cli/args.ts";
import { FLAGS } from "../../lib/cli/flags.ts";
import { rightLine } from "../../lib/cli/right_line.ts";

/** What is typed, and what it should have been. */
const LINES: readonly (readonly [string, string])[] = [
  ["--start --port 4000", "--start -- --port 4000"],
  ["--start --port=4000 --debug", "--start -- --port=4000 --debug"],
  ["--port 4000", "-- --port 4000"],
  ["--port 4000 --start -n", ""],
  ["-p 4000", "-- --port 4000"],
  ["-p4000 -n", "-n -- --port 4000"],
  ["4000", "-- --port 4000"],
  ["start 4001", "--start -- --port 4001"],
  [
    "--host 0.0.0.0 --num_workers 4",
    "--start -- --host 0.0.0.0 --num_workers 4",
  ],
  ["--detailed-debug", "--start -- --detailed_debug"],
  ["--check --debug", "--check -- --debug"],
  ["--start --reload -c a.yaml", "--start -c a.yaml -- --reload"],
  ["--start --debug -- --port 1", "--start -- --debug --port 1"],
  ["config.yaml", "--config config.yaml"],
  ["-n C:\\llm\\my.yml -v", "-n --config C:\\llm\\my.yml -v"],
  ["a.yaml b.yaml", ""],
  ["-c a.yaml b.yaml", ""],
  ["help", "--help"],
  ["help init", "--help"],
  ["/?", "--help"],
  ["-?", "--help"],
  ["/help", "--help"],
  ["-help", "--help"],
  ["init", "--init"],
  ["doctor -v", "--doctor -v"],
  ["Doctor", "--doctor"],
  ["docter", "--doctor"],
  ["remove", "--remove"],
  ["undo", "--undo"],
  ["repair", "--repair"],
  ["check config.yaml", "--check --config config.yaml"],
  ["start", "--start"],
  ["start --port 4000", "--start -- --port 4000"],
  ["why grok-4.5", "--why grok-4.5"],
  ["why init", "--why init"],
  ["version", "--version"],
  ["completions bash", "--completions bash"],
  ["list", "--list-providers"],
  ["dry-run", "--dry-run"],
  ["refresh --only xai", "--only xai"],
  ["-start", "--start"],
  ["-dry-run", "--dry-run"],
  ["-config a.yaml", "--config a.yaml"],
  ["init doctor", ""],
  ["--timout 3", ""],
  ["nonsense", ""],
  ["completions", ""],
  ["-x", ""],
];

for (const [typed, meant] of LINES) {
  Deno.test(`rightLine() for "discover ${typed}" is ${meant || "nothing"}`, () => {
    const argv = typed.split(" ");
    assertThrows(() => parseArgs(argv), UnknownArgumentError);
    const line = rightLine(argv)?.replace(/^[^:]*: /, "");
    assertEquals(line, meant === "" ? undefined : `discover ${meant}`);
    if (meant !== "") parseArgs(meant.split(" "));
  });
}

Deno.test("rightLine() takes every flag's name for the flag", () => {
  for (const flag of FLAGS) {
    const word = "words" in flag ? flag.words[0] : "2";
    const value = "value" in flag ? [word] : [];
    const line = rightLine([flag.name, ...value]);
    assertEquals(
      line,
      ["did you mean: discover", `--${flag.name}`, ...value].join(" "),
    );
  }
});

Deno.test("rightLine() says where litellm's flags go", () => {
  assertEquals(
    rightLine(["--start", "--port", "4000"]),
    "litellm's flags go after --: discover --start -- --port 4000",
  );
});

Deno.test("rightLine() quotes blanks, and gives up on what shells quote differently", () => {
  assertEquals(
    rightLine(["my own.yaml"]),
    'did you mean: discover --config "my own.yaml"',
  );
  for (const name of ["$HOME.yaml", "a`b.yaml", 'a"b.yaml', "a\nb.yaml"]) {
    assertEquals(rightLine([name]), undefined);
  }
});

Deno.test("rightLine() shows no key", () => {
  const key = "xai-5ecre7A0B1c2D3e4F5g6";
  const lines = [["why", key], ["--port", key], ["start", "-c", key], [key]];
  for (const argv of [...lines, ["--add_key", key], [`${key}.yaml`, "init"]]) {
    assert(!rightLine(argv)?.includes("5ecre7"), argv.join(" "));
  }
});

Deno.test("rightLine() shows no short key either, nor the password in a URL", () => {
  const lines = [
    "--add_key hunter2",
    "--add-key=hunter2",
    "--start --headers x:hunter2",
    "--api_base https://me:hunter2@host/v1",
    "start --port 4000 --api_base=https://hunter2@host",
    "--port 4000 -- --add_key hunter2",
    "start -- --headers=x:hunter2",
  ];
  for (const line of lines) {
    const shown = rightLine(line.split(" ")) ?? "";
    assert(!shown.includes("hunter2"), shown);
  }
});

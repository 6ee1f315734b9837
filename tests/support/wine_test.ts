import { assertEquals } from "./assert.ts";
import {
  inTerminal,
  toWineArgument,
  toWineEnvironment,
  toWinePath,
} from "./wine.ts";

Deno.test("toWinePath() translates absolute paths only", () => {
  assertEquals(toWinePath("/tmp/a b/c.yaml"), "Z:\\tmp\\a b\\c.yaml");
  assertEquals(toWinePath("config.yaml"), "config.yaml");
});

Deno.test("toWineArgument() finds the path behind a flag and leaves switches alone", () => {
  assertEquals(toWineArgument("--config=/tmp/a"), "--config=Z:\\tmp\\a");
  assertEquals(toWineArgument("/tmp/a"), "Z:\\tmp\\a");
  assertEquals(toWineArgument("/c"), "/c");
  assertEquals(toWineArgument("http://127.0.0.1/a"), "http://127.0.0.1/a");
});

Deno.test("toWineEnvironment() hands PATH and the folders over by Wine's names", () => {
  assertEquals(
    toWineEnvironment({ PATH: "/a/b:/c/d", TEMP: "/t", XAI_API_KEY: "k" }),
    { WINEPATH: "Z:\\a\\b;Z:\\c\\d", WINETEMP: "Z:\\t", XAI_API_KEY: "k" },
  );
});

Deno.test("toWineEnvironment() leaves a PATH alone that is written for Windows", () => {
  const PATH = 'C:\\a;"Z:\\b c"';
  assertEquals(toWineEnvironment({ PATH }), { WINEPATH: PATH });
});

Deno.test("inTerminal() hands every argument over as it is", async () => {
  const args = ["a b", "it's", 'a"b', "$HOME", "\\n"];
  const starter = { command: "printf", prefix: ["<%s>"] };
  const { command, prefix } = inTerminal(starter, args);
  // The last but one is the line for the shell.
  const line = prefix[prefix.length - 2] ?? "";
  assertEquals(command, "/usr/bin/script");
  if (Deno.build.os === "windows") return;
  const shell = new Deno.Command("/bin/sh", { args: ["-c", line] });
  const shown = new TextDecoder().decode((await shell.output()).stdout);
  assertEquals(shown, args.map((arg) => `<${arg}>`).join(""));
});

import { assertEquals } from "../assert.ts";
import { toWineArgument, toWineEnvironment, toWinePath } from "./wine.ts";

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

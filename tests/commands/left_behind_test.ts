import { leftBehind } from "../../lib/commands/left_behind.ts";
import { assertEquals } from "../support/assert.ts";

async function warned(
  include: readonly unknown[],
  output: string,
  ...paths: readonly string[]
): Promise<readonly string[]> {
  const files = { config: "llm/config.yaml", output };
  const found = await leftBehind({ userConfig: { include } }, files, {
    exists: (path) =>
      Promise.resolve(paths.includes(path.replaceAll("\\", "/"))),
  });
  return found.map(({ text }) => text);
}

Deno.test("leftBehind() names what the config includes and LiteLLM will not find next to the output", async () => {
  const include = ["more.yaml", "sub/other.yaml", 3];
  const here = ["llm/more.yaml", "llm/sub/other.yaml"];
  assertEquals(await warned(include, "llm/out.yaml", ...here), []);
  assertEquals(await warned(include, "out/config.yaml", ...here), [
    'LiteLLM will not start with "out/config.yaml": it looks for "more.yaml", ' +
    '"sub/other.yaml" next to that file',
  ]);
  const copied = [...here, "out/more.yaml", "out/sub/other.yaml"];
  assertEquals(await warned(include, "out/config.yaml", ...copied), []);
});

Deno.test("leftBehind() says nothing of absolute paths, nor of files that are nowhere", async () => {
  assertEquals(
    await warned(["/etc/more.yaml"], "out/a.yaml", "/etc/more.yaml"),
    [],
  );
  assertEquals(await warned(["none.yaml"], "out/a.yaml"), []);
  assertEquals(await warned([], "out/a.yaml"), []);
});

import {
  assertEquals,
  assertRejects,
  assertThrows,
} from "../support/assert.ts";
import {
  assertNoBlockElsewhere,
  assertNoOrphans,
  readConfig,
  readPreviousBlockFrom,
  withIncludes,
} from "../../lib/config/config.ts";
import { ConfigError } from "../../lib/errors.ts";
import type { Includes } from "../../lib/config/includes.ts";
import type { JsonObject } from "../../lib/text/fields.ts";
import { bytesOf, configOf, MINE, withGrok } from "../support/parts.ts";

Deno.test("readConfig() reads a file without a block", async () => {
  const config = await configOf(MINE);
  assertEquals(config.region.kind, "new");
  assertEquals([...config.userEntries.names], ["mine"]);
  assertEquals(config.previous.sections.size, 0);
});

Deno.test("readConfig() tells the block from what is hand-written", async () => {
  const config = await configOf(await withGrok());
  assertEquals(config.region.kind, "existing");
  assertEquals([...config.previous.sections.keys()], ["xai", "aliases"]);
  assertEquals([...config.userEntries.names], ["mine"]);
  assertEquals(config.userConfig, (await configOf(MINE)).userConfig);
  assertNoOrphans(config);
});

Deno.test("readConfig() names the line as it is in the file, block and all", async () => {
  const text = await withGrok();
  const broken = `${text}x: [\n`;
  const line = broken.split("\n").length;
  const error = await assertRejects(
    () => readConfig(bytesOf(broken.replace("x: [", "\nx: *none"))),
    ConfigError,
  );
  assertEquals([error.message, error.line], ["cannot be read as YAML", line]);
});

Deno.test("readConfig() quotes nothing of a file that it refuses", async () => {
  const key = "sk-or-v1-5ecre7";
  for (const text of [`model_list:\n  - ${key}: *x\n`, `{${key}: [}`, key]) {
    const error = await assertRejects(
      () => readConfig(bytesOf(text)),
      ConfigError,
    );
    assertEquals(`${error.message} ${error.hint}`.includes(key), false);
  }
});

const included = (path: string, value: JsonObject): Includes => ({
  files: [{ path, bytes: new Uint8Array(), value }],
  broken: [],
  paths: [],
});

Deno.test("withIncludes() adds the names of included files", async () => {
  const value = { model_list: [{ model_name: "theirs" }] };
  const config = withIncludes(
    await configOf(MINE),
    included("models.yaml", value),
  );
  assertEquals([...config.userEntries.names], ["mine", "theirs"]);
});

Deno.test("assertNoBlockElsewhere() refuses a second block and names both files", async () => {
  const ours = { model_name: "a", model_info: { id: "discover:xai/a" } };
  const includes = included("auto.yaml", { model_list: [ours] });
  const first = withIncludes(await configOf(MINE), includes);
  const second = withIncludes(await configOf(await withGrok()), includes);
  const one = assertThrows(() => assertNoBlockElsewhere(first), ConfigError);
  const two = assertThrows(() => assertNoBlockElsewhere(second), ConfigError);
  assertEquals(
    one.message,
    '"auto.yaml", which it includes, already has a block',
  );
  assertEquals(
    two.message,
    'two blocks: one here, and one in "auto.yaml", which it includes',
  );
  assertEquals(two.hint?.includes('--config "auto.yaml" --remove'), true);
});

Deno.test("readConfig() refuses a config that is no mapping", async () => {
  for (const text of ["[]", "text", "5", "- a\n"]) {
    await assertRejects(() => readConfig(bytesOf(text)), ConfigError);
  }
});

Deno.test("assertNoOrphans() counts entries of ours and names the way out", async () => {
  const orphan = (name: string): string =>
    `- {model_name: ${name}, model_info: {id: "discover:xai/${name}"}}\n`;
  const one = await configOf(`model_list:\n${orphan("a")}`);
  const two = await configOf(`model_list:\n${orphan("a")}${orphan("b")}`);
  const error = assertThrows(() => assertNoOrphans(one), ConfigError);
  assertEquals(
    error.message,
    "1 entry written by discover outside the markers",
  );
  assertEquals(error.hint?.includes("discover --repair"), true);
  assertThrows(
    () => assertNoOrphans(two),
    ConfigError,
    "2 entries written by discover",
  );
});

Deno.test("readPreviousBlockFrom() finds a block, and none in a file it cannot read", async () => {
  const block = await readPreviousBlockFrom(bytesOf(await withGrok()));
  assertEquals([...block.sections.keys()], ["xai", "aliases"]);
  for (const text of ["", MINE, "x: [", "model_list: []\n", "\0"]) {
    assertEquals((await readPreviousBlockFrom(bytesOf(text))).sections.size, 0);
  }
});

/**
 * Which `discover.yaml` counts, what is said of one that does not, and what
 * becomes of a run whose settings cannot be read.
 *
 * @module
 */

import {
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "../support/assert.ts";
import { onWindows } from "../support/program.ts";
import {
  assertRefused,
  blockNames,
  FEW_NAMES,
  MINE,
  parseReport,
  type Scene,
  setScene,
  withoutBlock,
} from "../support/scene.ts";

const NO_XAI = "providers: { xai: false }\n";
const NO_GEMINI = "providers: { gemini: false }\n";
const ALL_OFF =
  "providers:\n  openrouter: false\n  xai: false\n  gemini: false\n";

/** Whom the scene's providers saw ask. */
function asked({ providers }: Scene): string[] {
  const { openrouter, xai, gemini } = providers;
  const all = { openrouter, xai, gemini };
  return Object.entries(all)
    .filter(([, { requests }]) => requests.length > 0).map(([name]) => name);
}

/** One line, as the terminal may break it anywhere. */
const flat = (text: string): string => text.replace(/\s+/g, " ");

Deno.test("discover.yml is read as discover.yaml is", async () => {
  await using scene = await setScene();
  await scene.write(NO_XAI, "discover.yml");
  const { code, stderr } = await scene.run();
  assertEquals([code, stderr.includes("not read")], [0, false], stderr);
  assertEquals(asked(scene), ["openrouter", "gemini"]);
  const text = 'settings "discover.yml": already exists';
  assertRefused(await scene.runWith({}, "--init"), { code: 2, text });
  const log = await scene.runWith({}, "--log-file", "discover.yml");
  assertRefused(log, { code: 2, text: "that is the settings file" });
});

Deno.test("of discover.yaml and discover.yml the first one counts, and the other is named once", async () => {
  await using scene = await setScene();
  await scene.write(NO_XAI, "discover.yaml");
  await scene.write(NO_GEMINI, "discover.yml");
  const { code, stderr } = await scene.runWith({});
  assertEquals(code, 0, stderr);
  assertEquals(asked(scene), ["openrouter", "gemini"]);
  const told = flat(stderr);
  assertStringIncludes(
    told,
    'the settings in "discover.yml" are not read: those of "discover.yaml" are used',
  );
  assertStringIncludes(
    told,
    "to use it: --settings discover.yml; or delete one of the two",
  );
  assertEquals(told.match(/are not read/g)?.length, 1, stderr);
  const list = await scene.runWith({}, "--list-providers");
  assertStringIncludes(flat(list.stderr), '"discover.yml" are not read');
});

Deno.test("a discover.yaml in the working directory is named where the config is elsewhere", async () => {
  await using scene = await setScene();
  await Deno.mkdir(scene.path("proxy"));
  await Deno.rename(scene.config, scene.path("proxy/own.yaml"));
  await scene.write(NO_XAI, "discover.yaml");
  const run = (...args: string[]) =>
    scene.runWith({}, "-c", "proxy/own.yaml", ...args);
  const { stdout } = await run("--json");
  assertEquals(asked(scene), ["openrouter", "xai", "gemini"]);
  assertEquals(parseReport(stdout)["warnings"], [{
    code: "unread-settings",
    weight: null,
    file: null,
    line: null,
    message: 'the settings in "discover.yaml" are not read: ' +
      'they are looked for next to "proxy/own.yaml"',
    hint: "to use it: --settings discover.yaml; or move it there",
  }]);
  const doctor = await run("--doctor");
  assertStringIncludes(flat(doctor.stderr), '"discover.yaml" are not read');
  const named = await run("--settings", "discover.yaml");
  assertEquals(named.stderr.includes("not read"), false, named.stderr);
  await scene.write(NO_GEMINI, "proxy/discover.yaml");
  const both = flat((await run()).stderr);
  assertMatch(both, /those of "proxy[\\/]discover.yaml" are used/);
  assertEquals(both.match(/are not read/g)?.length, 1, both);
});

Deno.test("nothing is said of a discover.yaml that is the one used", async () => {
  await using scene = await setScene();
  await scene.write(NO_XAI, "discover.yaml");
  for (const config of ["config.yaml", "./config.yaml", scene.config]) {
    const { stderr } = await scene.runWith({}, "-c", config);
    assertEquals(stderr.includes("not read"), false, stderr);
  }
});

/** What is no settings file, and what is said of it. */
const UNREADABLE: readonly (readonly [
  what: string,
  make: (path: string) => Promise<void>,
  state: string,
])[] = [
  ["a folder", (path) => Deno.mkdir(path), "a folder, not a file"],
  [
    "UTF-16",
    (path) => Deno.writeFile(path, Uint8Array.from([0xff, 0xfe, 65, 0])),
    "encoded as UTF-16 or UTF-32",
  ],
  [
    "too large",
    (path) => Deno.writeTextFile(path, "#".repeat(1024 * 1024 + 1)),
    "larger than 1 MiB",
  ],
  ...(onWindows ? [] : [
    [
      "a link that leads nowhere",
      (path: string) => Deno.symlink("gone.yaml", path),
      "a symbolic link to a file that does not exist",
    ],
    ...(Deno.uid() === 0 ? [] : [[
      "secret",
      (path: string) => Deno.writeTextFile(path, NO_XAI, { mode: 0 }),
      "permission denied",
    ]] as const),
  ] as const),
];

for (const [what, make, state] of UNREADABLE) {
  Deno.test(`settings that are ${what} are no error of the config`, async () => {
    await using scene = await setScene();
    await make(scene.path("discover.yaml"));
    const text = `error: settings "discover.yaml": ${state}`;
    const refused = await scene.runWith({});
    assertRefused(refused, { code: 2, text });
    assertEquals(refused.stderr.includes("error: config"), false);
    await make(scene.path("named.yaml"));
    const named = await scene.runWith({}, "--settings", "named.yaml");
    assertRefused(named, { code: 2, text: `settings "named.yaml": ${state}` });
    assertEquals(asked(scene), []);
    assertEquals(await scene.read(), MINE);
  });
}

Deno.test("settings that cannot be read are named whatever is asked for", async () => {
  await using scene = await setScene();
  await Deno.mkdir(scene.path("discover.yaml"));
  const text = 'error: settings "discover.yaml": a folder, not a file';
  for (const flag of ["--check", "--list-providers", "--doctor"]) {
    assertRefused(await scene.runWith({}, flag), { code: 2, text });
  }
});

Deno.test("settings in a Windows code page are read, as a config is", async () => {
  await using scene = await setScene();
  const text = `# f\xfcr mich\n${NO_XAI}`;
  const bytes = Uint8Array.from(text, (char) => char.charCodeAt(0));
  await scene.write(bytes, "discover.yaml");
  const { code, stderr } = await scene.run();
  assertEquals(code, 0, stderr);
  assertEquals(asked(scene), ["openrouter", "gemini"]);
});

Deno.test("a run whose settings turn every provider off takes all sections out and asks nobody", async () => {
  await using scene = await setScene();
  await scene.run();
  assertEquals(blockNames(await scene.read()), FEW_NAMES);
  const before = scene.providers.xai.requests.length;
  await scene.write(ALL_OFF, "discover.yaml");
  const check = await scene.run("--check");
  assertEquals(check.code, 5, check.stderr);
  const { code, stderr } = await scene.run();
  assertEquals(code, 0, stderr);
  assertStringIncludes(
    stderr,
    "all providers are disabled in the settings; none is asked\n",
  );
  assertMatch(stderr, /Updated .*config\.yaml/);
  const text = await scene.read();
  assertEquals([blockNames(text), withoutBlock(text)], [[], MINE]);
  assertEquals(scene.providers.xai.requests.length, before);
  for (const args of [[], ["--check"], ["--strict"]]) {
    const again = await scene.run(...args);
    assertEquals(again.code, 0, again.stderr);
    assertStringIncludes(again.stderr, "Already up to date");
  }
  assertEquals(await scene.read(), text);
  await Deno.remove(scene.path("discover.yaml"));
  assertEquals((await scene.run()).code, 0);
  assertEquals(blockNames(await scene.read()), FEW_NAMES);
});

Deno.test("settings that turn every provider off also take the section of one that they no longer name", async () => {
  await using scene = await setScene();
  await scene.run();
  const renamed = (await scene.read()).replaceAll("[xai]", "[groq]")
    .replaceAll("discover:xai/", "discover:groq/");
  await scene.write(renamed);
  await scene.write(ALL_OFF, "discover.yaml");
  const { code, stderr } = await scene.run();
  assertEquals(code, 0, stderr);
  assertEquals(blockNames(await scene.read()), []);
});

Deno.test("settings that turn every provider off add no block to a config without one", async () => {
  for (const config of [MINE, "litellm_settings: {}\n"]) {
    await using scene = await setScene(config);
    await scene.write(ALL_OFF, "discover.yaml");
    const { code, stderr } = await scene.run();
    assertEquals(code, 0, stderr);
    assertEquals(await scene.read(), config);
    assertEquals((await scene.run("--check")).code, 0);
  }
});

/**
 * The examples for systemd, cron and launchd: what they would run is run here,
 * with the real program and a `litellm` that writes down how it was started.
 * `.ci/check-units` has systemd itself read the units.
 *
 * @module
 */

import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "../support/assert.ts";
import { onLinux, onWindows, type RunResult } from "../support/program.ts";
import { fromRepository } from "../support/repository.ts";
import {
  environmentOf,
  readExample,
  run,
  setMachine,
} from "../support/scheduled.ts";
import {
  blockNames,
  FEW_MODELS,
  FEW_NAMES,
  MINE,
  type Scene,
} from "../support/scene.ts";
import type { Cast } from "../support/stand_in_providers.ts";
import { commandsOf, readUnit } from "../support/unit_file.ts";

const WITHOUT_XAI: Cast = { ...FEW_MODELS, xai: { kind: "refuses" } };
const NAMES_WITHOUT_XAI = FEW_NAMES.filter((name) => !name.startsWith("grok"));

/** Runs a unit as systemd does; returns the result of the last command. */
async function runUnit(
  scene: Scene,
  name: string,
  edit = (text: string): string => text,
): Promise<RunResult> {
  const unit = readUnit(edit(await readExample(scene, `systemd/${name}`)));
  const env = await environmentOf(unit);
  let result: RunResult = { code: -1, stdout: "", stderr: "nothing was run" };
  for (const { words, mayFail } of commandsOf(unit)) {
    result = await run(words, env);
    if (result.code !== 0 && !mayFail) break;
  }
  return result;
}

function test(name: string, fn: () => Promise<void>): void {
  Deno.test({ name, ignore: onWindows, fn });
}

/** Units are for Linux: `timeout` is there. */
function unitTest(name: string, fn: () => Promise<void>): void {
  Deno.test({ name, ignore: !onLinux, fn });
}

unitTest("litellm.service starts the proxy with today's models", async () => {
  await using scene = await setMachine();
  assertEquals((await runUnit(scene, "litellm.service")).code, 0);
  assertEquals(blockNames(await scene.read("seen.yaml")), FEW_NAMES);
  const started = `--config ${scene.config} --port 4000\n`;
  assertEquals(await scene.read("started"), started);
});

unitTest(
  "litellm.service starts the proxy when one provider fails",
  async () => {
    await using scene = await setMachine(MINE, WITHOUT_XAI);
    assertEquals((await runUnit(scene, "litellm.service")).code, 0);
    assertEquals(blockNames(await scene.read("seen.yaml")), NAMES_WITHOUT_XAI);
  },
);

unitTest("litellm.service starts the proxy when nobody answers", async () => {
  await using scene = await setMachine();
  await scene.providers.stop();
  assertEquals((await runUnit(scene, "litellm.service")).code, 0);
  assertEquals(await scene.read("seen.yaml"), MINE);
});

unitTest(
  "litellm.service starts the proxy when the config is refused",
  async () => {
    const broken = `${MINE}model_list: []\n`;
    await using scene = await setMachine(broken);
    assertEquals((await runUnit(scene, "litellm.service")).code, 0);
    assertEquals(await scene.read("seen.yaml"), broken);
  },
);

unitTest(
  "litellm.service starts the proxy when the refresh hangs",
  async () => {
    await using scene = await setMachine();
    await scene.write(
      "#!/bin/sh\ntrap '' TERM\nexec sleep 600\n",
      "bin/discover",
    );
    const hurry = (text: string): string =>
      text.replace("timeout -k 5 30 ", "timeout -k 0.1 0.5 ");
    assertEquals((await runUnit(scene, "litellm.service", hurry)).code, 0);
    assertEquals(await scene.read("seen.yaml"), MINE);
    const keys = readUnit(await readExample(scene, "systemd/litellm.service"));
    const [refresh = ""] = keys.get("ExecStartPre") ?? [];
    assertMatch(refresh, /timeout -k 5 30 /);
    // Else systemd ends the start itself, and "-" does not help.
    assert(30 + 5 < Number(keys.get("TimeoutStartSec")?.[0]));
  },
);

for (const name of ["litellm.service", "discover.service"]) {
  unitTest(
    `${name} has no key for the refresh that systemd does not read`,
    async () => {
      await using scene = await setMachine();
      const text = await scene.read(".env");
      await scene.write(text.replace(/^XAI_API_KEY=/m, "export $&"), ".env");
      assertEquals((await runUnit(scene, name)).code, 0);
      assertEquals(scene.providers.xai.requests.length, 0);
      assertEquals(blockNames(await scene.read()), NAMES_WITHOUT_XAI);
    },
  );
}

unitTest("discover.service says in plain lines what has changed", async () => {
  await using scene = await setMachine();
  const { code, stdout, stderr } = await runUnit(scene, "discover.service");
  assertEquals(code, 0, stderr);
  assertEquals(stdout, "");
  assertMatch(stderr, /^[\n -~]+$/);
  assertStringIncludes(stderr, "3 names added");
  assertEquals(blockNames(await scene.read()), FEW_NAMES);
});

unitTest(
  "discover.service fails with a provider, and writes the others' models",
  async () => {
    await using scene = await setMachine(MINE, WITHOUT_XAI);
    const { code, stderr } = await runUnit(scene, "discover.service");
    assertEquals(code, 1);
    assertStringIncludes(stderr, "xAI");
    assertEquals(blockNames(await scene.read()), NAMES_WITHOUT_XAI);
  },
);

test("discover.service lets the program compile its code while it runs", async () => {
  await using scene = await setMachine();
  const unit = readUnit(await readExample(scene, "systemd/discover.service"));
  assertEquals(unit.get("MemoryDenyWriteExecute"), undefined);
});

test("discover.timer starts discover.service every six hours, and makes up for a missed start", async () => {
  await using scene = await setMachine();
  const timer = readUnit(await readExample(scene, "systemd/discover.timer"));
  // Without Unit= it is the service of the timer's name.
  assertEquals(timer.get("Unit"), undefined);
  assertEquals(timer.get("OnCalendar"), ["*-*-* 00/6:17:00"]);
  assertEquals(timer.get("Persistent"), ["yes"]);
  assertEquals(timer.get("WantedBy"), ["timers.target"]);
});

/** Runs the line of a file for `/etc/cron.d` with what cron gives it. */
async function runCronLine(scene: Scene): Promise<RunResult> {
  const text = await readExample(scene, "cron/discover");
  const [line = "", ...more] = text.split("\n")
    .filter((line) => !/^(?:#|$)/.test(line));
  assertEquals(more, []);
  const { times, user, command } =
    /^(?<times>(?:[\d*/]+ ){5})(?<user>\w+) (?<command>[^%]+)$/
      .exec(line)?.groups ?? {};
  assertEquals([times, user], ["17 */6 * * * ", "litellm"]);
  return await run(["/bin/sh", "-c", command ?? ""], {
    HOME: scene.folder,
    LOGNAME: "litellm",
    SHELL: "/bin/sh",
    PATH: "/usr/bin:/bin",
  });
}

test("the line for cron refreshes the config, so that no mail is sent", async () => {
  await using scene = await setMachine();
  const { code, stdout, stderr } = await runCronLine(scene);
  assertEquals([code, stdout, stderr], [0, "", ""]);
  assertEquals(blockNames(await scene.read()), FEW_NAMES);
  assertEquals((await scene.read("discover.log")).match(/\n/g)?.length, 1);
});

test("the line for cron says which provider failed, for the mail", async () => {
  await using scene = await setMachine(MINE, WITHOUT_XAI);
  const { code, stderr } = await runCronLine(scene);
  assertEquals(code, 1);
  assertStringIncludes(stderr, "error: xAI: cannot connect");
});

/** The strings of a list in a property list. */
function stringsOf(plist: string, key: string): string[] {
  const [, list = ""] =
    new RegExp(`<key>${key}</key>\\s*<array>(.*?)</array>`, "s").exec(plist) ??
      [];
  return [...list.matchAll(/<string>(.*?)<\/string>/g)]
    .map(([, text = ""]) => text);
}

test("the plist for launchd refreshes the config at login and four times a day", async () => {
  await using scene = await setMachine();
  const plist = await readExample(scene, "launchd/local.discover.plist");
  const result = await run(stringsOf(plist, "ProgramArguments"), {
    HOME: scene.folder,
    PATH: "/usr/bin:/bin:/usr/sbin:/sbin",
  });
  assertEquals([result.code, result.stderr], [0, ""]);
  assertEquals(blockNames(await scene.read()), FEW_NAMES);
  const hours = [...plist.matchAll(/<key>Hour<\/key><integer>(\d+)</g)];
  assertEquals(hours.map(([, hour]) => hour), ["0", "6", "12", "18"]);
  assertMatch(plist, /<key>RunAtLoad<\/key>\s*<true\/>/);
});

for (
  const name of [
    "systemd/litellm.service",
    "systemd/discover.service",
    "systemd/discover.timer",
    "cron/discover",
    "launchd/local.discover.plist",
  ]
) {
  Deno.test(`examples/${name} is plain ASCII and ends with a line end`, async () => {
    const text = await Deno.readTextFile(fromRepository(`examples/${name}`));
    assert(/^[\n -~]+\n$/.test(text));
  });
}

/**
 * The examples for Docker Compose: what their services run is run here in the
 * order in which Compose would start them, with the real program.
 *
 * @module
 */

import {
  field,
  isJsonObject,
  listField,
  objectField,
  textField,
} from "../../lib/text/fields.ts";
import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "../support/assert.ts";
import {
  conditions,
  readServices,
  type Services,
  startOrder,
} from "../support/compose.ts";
import {
  EXAMPLES,
  runService,
  setProject,
  startService,
  upLitellm,
  writeScript,
} from "../support/compose_project.ts";
import { canMount, UNSHARE } from "../support/mounts.ts";
import { onWindows } from "../support/program.ts";
import { fromRepository } from "../support/repository.ts";
import {
  blockNames,
  FEW_MODELS,
  FEW_NAMES,
  MINE,
  openRouterModels,
  setScene,
} from "../support/scene.ts";
import {
  type Behaviour,
  type Script,
  startStandIn,
} from "../support/stand_in.ts";
import { openRouter, WRONG_KEY } from "../support/stand_in_providers.ts";

const BASE = ["compose.yaml"];
const REFRESH = [...BASE, "compose.refresh.yaml"];
const OLLAMA = [...BASE, "compose.ollama.yaml"];

/** What the services run is there on Linux, as in their images. */
const ignore = onWindows || Deno.build.os !== "linux";

function test(name: string, fn: () => Promise<void>): void {
  Deno.test({ name: `compose: ${name}`, ignore, fn });
}

test("LiteLLM starts after discover, with today's models and the key of .env", async () => {
  await using scene = await setScene();
  await upLitellm(await setProject(scene, BASE));
  assertEquals(blockNames(await scene.read("litellm.read")), FEW_NAMES);
  const length = scene.env["LITELLM_MASTER_KEY"]?.length;
  assertEquals(
    await scene.read("litellm.started"),
    `${length} --config ${scene.folder}/config/config.yaml --port 4000\n`,
  );
});

test("a provider that fails costs only its own models, and LiteLLM starts", async () => {
  await using scene = await setScene(MINE, {
    ...FEW_MODELS,
    xai: WRONG_KEY.xai,
  });
  const { stderr } = await upLitellm(await setProject(scene, BASE));
  assertStringIncludes(stderr, "xAI");
  assertEquals(
    blockNames(await scene.read("litellm.read")),
    FEW_NAMES.filter((name) => !name.startsWith("grok")),
  );
});

test("where no provider answers, LiteLLM starts with the file as it is", async () => {
  await using scene = await setScene();
  const project = await setProject(scene, BASE);
  await scene.providers.stop();
  const { stderr } = await upLitellm(project);
  assertStringIncludes(stderr, "discover: exit code 1; LiteLLM starts");
  assertEquals(await scene.read("litellm.read"), MINE);
});

test("LiteLLM starts with a config that discover refuses", async () => {
  const broken = "model_list:\n  # <<< discover: auto-discovered models <<<\n";
  await using scene = await setScene(broken);
  const { stderr } = await upLitellm(await setProject(scene, BASE));
  assertStringIncludes(stderr, "discover: exit code 3; LiteLLM starts");
  assertEquals(await scene.read("litellm.read"), broken);
});

test("LiteLLM starts if the program cannot be run", async () => {
  await using scene = await setScene();
  const project = await setProject(scene, BASE);
  await Deno.chmod(scene.path("bin/discover"), 0o644);
  const { stderr } = await upLitellm(project);
  assertMatch(
    stderr,
    /Permission denied\ndiscover: exit code \d+; LiteLLM starts/,
  );
  assertEquals(await scene.read("litellm.read"), MINE);
});

test("a .env in the mounted folder is not read", async () => {
  await using scene = await setScene();
  const project = await setProject(scene, BASE, { XAI_API_KEY: "" });
  const key = scene.env["XAI_API_KEY"] ?? "";
  await scene.write(`XAI_API_KEY=${key}\n`, "config/.env");
  await upLitellm(project);
  assertEquals(scene.providers.xai.requests.length, 0);
});

test("the config of the example is one that discover fills", async () => {
  await using scene = await setScene();
  const project = await setProject(scene, BASE);
  const text = await Deno.readTextFile(`${EXAMPLES}/config/config.yaml`);
  await scene.write(text, "config/config.yaml");
  await upLitellm(project);
  assertEquals(blockNames(await scene.read("litellm.read")), FEW_NAMES);
});

test("without a master key nothing is started", async () => {
  await using scene = await setScene();
  const error = await assertRejects(
    () => setProject(scene, BASE, { LITELLM_MASTER_KEY: "" }),
    Error,
  );
  assertMatch(error.message, /LITELLM_MASTER_KEY is missing a value.*\.env/);
});

test("only discover and the refresh may write, and the folder, not the file, is mounted", async () => {
  await using scene = await setScene();
  const { services } = await setProject(scene, REFRESH);
  const program = "./discover /usr/local/bin/discover read-only";
  assertEquals(mountsOf(services, "discover"), [program, "./config /config"]);
  assertEquals(mountsOf(services, "refresh"), [program, "./config /config"]);
  assertEquals(mountsOf(services, "litellm"), ["./config /config read-only"]);
});

function mountsOf(services: Services, name: string): string[] {
  const mounts = listField(objectField(services, name), "volumes");
  return mounts.filter(isJsonObject).map((mount) => {
    // Docker would make a folder of what is not there.
    const bind = objectField(mount, "bind");
    assertEquals(field(bind, "create_host_path"), false);
    const isReadOnly = field(mount, "read_only") === true;
    return `${field(mount, "source")} ${field(mount, "target")}` +
      (isReadOnly ? " read-only" : "");
  });
}

test("with the refresh, LiteLLM watches the file, in a folder without Python files", async () => {
  await using scene = await setScene();
  const project = await setProject(scene, REFRESH);
  await upLitellm(project);
  assertMatch(
    await scene.read("litellm.started"),
    /^\d+ --config .*\/config\/config\.yaml --port 4000 --reload$/m,
  );
  const litellm = objectField(project.services, "litellm");
  assertEquals(textField(litellm, "working_dir"), "/config");
});

/** Far longer than it takes, so that only what never comes fails. */
const WAIT_MS = 60_000;

async function waitUntil(
  isSo: () => boolean | Promise<boolean>,
): Promise<void> {
  const end = Date.now() + WAIT_MS;
  while (!await isSo()) {
    assert(Date.now() < end, "waited in vain");
    await new Promise((done) => setTimeout(done, 50));
  }
}

test("a later refresh writes what changed meanwhile, after a failed one as well", async () => {
  let list: Behaviour = openRouterModels("anthropic/claude-sonnet-5");
  const openrouter: Script = (n, request) => openRouter(list)(n, request);
  await using scene = await setScene(MINE, { ...FEW_MODELS, openrouter });
  const more = { REFRESH_HOURS: "0.0001" };
  const project = await setProject(scene, REFRESH, more);
  await using _refresh = await startService(project, "refresh");
  const hasModel = (name: string) => async (): Promise<boolean> =>
    blockNames(await scene.read("config/config.yaml")).includes(name);
  await waitUntil(hasModel("claude-sonnet-5"));
  list = WRONG_KEY.openrouter;
  const { requests } = scene.providers.openrouter;
  const before = requests.length;
  await waitUntil(() => requests.length > before + 2);
  list = openRouterModels("anthropic/claude-opus-5");
  await waitUntil(hasModel("claude-opus-5"));
});

/** Notes how long it should sleep; then ends the loop, but not at a first "soonh". */
const SLEEP = `#!/bin/sh
echo "$1" >>"$SCENE/slept"
[ "$(cat "$SCENE/slept")" != soonh ] || exit 1
kill "$PPID"
`;

for (
  const { hours, slept } of [
    { hours: "", slept: ["6h"] },
    { hours: "12", slept: ["12h"] },
    { hours: "soon", slept: ["soonh", "6h"] },
  ]
) {
  test(`with REFRESH_HOURS=${hours} the refresh sleeps ${slept.join(", then ")}`, async () => {
    await using scene = await setScene();
    const more = { REFRESH_HOURS: hours };
    const project = await setProject(scene, REFRESH, more);
    await writeScript(scene, "sleep", SLEEP);
    await runService(project, "refresh");
    assertEquals((await scene.read("slept")).trim().split("\n"), slept);
  });
}

test("SIGTERM ends the refresh at once, and Docker passes it on", async () => {
  await using scene = await setScene();
  const project = await setProject(scene, REFRESH);
  await using refresh = await startService(project, "refresh");
  await waitUntil(async () =>
    blockNames(await scene.read("config/config.yaml")).length > 0
  );
  refresh.child.kill("SIGTERM");
  assertEquals((await refresh.child.status).signal, "SIGTERM");
  // Process 1 of a container has no default action for a signal.
  assertEquals(field(objectField(project.services, "refresh"), "init"), true);
});

test("every command that the page has for the program runs", async () => {
  const page = await Deno.readTextFile(fromRepository("docs/compose.md"));
  const commands = [...page.matchAll(/run --rm discover (discover .*)$/gm)]
    .map(([, command = ""]) => command.split(" "));
  assertEquals(commands.length, 4);
  await using scene = await setScene();
  const project = await setProject(scene, BASE);
  await upLitellm(project);
  for (const command of commands) {
    const discover = { ...project.services["discover"], command };
    const services = { ...project.services, discover };
    const ended = await runService({ ...project, services }, "discover");
    // The scene's own entry has a key that is not set.
    const expected = command.includes("--doctor") ? 5 : 0;
    assertEquals(ended.code, expected, `${command.join(" ")}: ${ended.stderr}`);
  }
  assertEquals(await scene.read("config/config.yaml"), MINE);
});

test("the page and .env.example name the files that are there", async () => {
  const pages = [fromRepository("docs/compose.md"), `${EXAMPLES}/.env.example`];
  for (const path of pages) {
    const text = await Deno.readTextFile(path);
    const lists = [...text.matchAll(/COMPOSE_FILE=(\S+)/g)];
    assert(lists.length > 0);
    for (const [, files = ""] of lists) {
      const env = { LITELLM_MASTER_KEY: "sk-some" };
      await readServices(EXAMPLES, files.split(":"), env);
    }
  }
});

/** As Docker's network gives a service the name under which others find it. */
const NAMED = 'mount --bind "$SCENE/hosts" /etc/hosts && exec "$@"';

/** What the page has for `discover.yaml`; the comment of the file has the same. */
async function settingsForOllama(): Promise<string> {
  const page = await Deno.readTextFile(fromRepository("docs/compose.md"));
  const [, settings = ""] = /```yaml\n(.*?)```/s.exec(page) ?? [];
  const file = await Deno.readTextFile(`${EXAMPLES}/compose.ollama.yaml`);
  assertStringIncludes(file, settings.trimEnd().replaceAll(/^/gm, "#   "));
  return settings;
}

Deno.test({
  name:
    "compose: Ollama is found by the name of its service, by LiteLLM as well",
  ignore: !await canMount(),
  fn: async () => {
    await using ollama = await startStandIn(() => ({
      kind: "answers",
      body: {
        models: [{ name: "qwen3:4b" }],
        capabilities: ["completion"],
      },
    }));
    await using scene = await setScene();
    const project = await setProject(scene, OLLAMA);
    const base = `http://ollama:${new URL(ollama.base).port}`;
    const settings = await settingsForOllama();
    assertStringIncludes(settings, "http://ollama:11434");
    await scene.write(
      settings.replace("http://ollama:11434", base),
      "config/discover.yaml",
    );
    await scene.write("127.0.0.1 ollama\n", "hosts");
    const prefix = ["unshare", ...UNSHARE, "sh", "-c", NAMED, "sh"];
    await upLitellm({ ...project, prefix });
    const text = await scene.read("litellm.read");
    assert(blockNames(text).includes("ollama/qwen3:4b"), text);
    assertStringIncludes(text, 'model: "ollama_chat/qwen3:4b"');
    assertStringIncludes(text, `api_base: "${base}"`);
  },
});

test("an Ollama that does not start keeps neither discover nor LiteLLM waiting", async () => {
  await using scene = await setScene();
  const { services } = await setProject(scene, OLLAMA);
  assertEquals(startOrder(services, "litellm"), [
    "ollama",
    "discover",
    "litellm",
  ]);
  const { ollama = {} } = conditions(services, "discover");
  assertEquals(field(ollama, "required"), false);
});

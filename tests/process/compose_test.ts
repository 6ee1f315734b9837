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
} from "../../lib/text/fields.ts";
import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "../support/assert.ts";
import {
  readPlainEnv,
  readServices,
  type Services,
} from "../support/compose.ts";
import {
  BASE,
  composeTest,
  EXAMPLES,
  REFRESH,
  runService,
  setProject,
  upLitellm,
} from "../support/compose_project.ts";
import { fromRepository } from "../support/repository.ts";
import {
  blockNames,
  FEW_MODELS,
  FEW_NAMES,
  MINE,
  setScene,
} from "../support/scene.ts";
import { WRONG_KEY } from "../support/stand_in_providers.ts";

composeTest(
  "LiteLLM starts after discover, with today's models and the key of .env",
  async () => {
    await using scene = await setScene();
    await upLitellm(await setProject(scene, BASE));
    assertEquals(blockNames(await scene.read("litellm.read")), FEW_NAMES);
    const length = scene.env["LITELLM_MASTER_KEY"]?.length;
    assertEquals(
      await scene.read("litellm.started"),
      `${length} --config ${scene.folder}/config/config.yaml --port 4000\n`,
    );
  },
);

composeTest(
  "a provider that fails costs only its own models, and LiteLLM starts",
  async () => {
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
  },
);

composeTest(
  "where no provider answers, LiteLLM starts with the file as it is",
  async () => {
    await using scene = await setScene();
    const project = await setProject(scene, BASE);
    await scene.providers.stop();
    const { stderr } = await upLitellm(project);
    assertStringIncludes(stderr, "discover: exit code 1; LiteLLM starts");
    assertEquals(await scene.read("litellm.read"), MINE);
  },
);

composeTest("LiteLLM starts with a config that discover refuses", async () => {
  const broken = "model_list:\n  # <<< discover: auto-discovered models <<<\n";
  await using scene = await setScene(broken);
  const { stderr } = await upLitellm(await setProject(scene, BASE));
  assertStringIncludes(stderr, "discover: exit code 3; LiteLLM starts");
  assertEquals(await scene.read("litellm.read"), broken);
});

composeTest("LiteLLM starts if the program cannot be run", async () => {
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

composeTest("a .env in the mounted folder is not read", async () => {
  await using scene = await setScene();
  const project = await setProject(scene, BASE, { XAI_API_KEY: "" });
  const key = scene.env["XAI_API_KEY"] ?? "";
  await scene.write(`XAI_API_KEY=${key}\n`, "config/.env");
  await upLitellm(project);
  assertEquals(scene.providers.xai.requests.length, 0);
});

composeTest(
  "the config of the example is one that discover fills",
  async () => {
    await using scene = await setScene();
    const project = await setProject(scene, BASE);
    const text = await Deno.readTextFile(`${EXAMPLES}/config/config.yaml`);
    await scene.write(text, "config/config.yaml");
    await upLitellm(project);
    assertEquals(blockNames(await scene.read("litellm.read")), FEW_NAMES);
  },
);

composeTest("without a master key nothing is started", async () => {
  await using scene = await setScene();
  const error = await assertRejects(
    () => setProject(scene, BASE, { LITELLM_MASTER_KEY: "" }),
    Error,
  );
  assertMatch(error.message, /LITELLM_MASTER_KEY is missing a value.*\.env/);
});

composeTest(
  "only discover and the refresh may write, and the folder, not the file, is mounted",
  async () => {
    await using scene = await setScene();
    const { services } = await setProject(scene, REFRESH);
    const program = "./discover /usr/local/bin/discover read-only";
    assertEquals(mountsOf(services, "discover"), [program, "./config /config"]);
    assertEquals(mountsOf(services, "refresh"), [program, "./config /config"]);
    assertEquals(mountsOf(services, "litellm"), ["./config /config read-only"]);
  },
);

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

composeTest(
  ".env.example asks for the keys that the services need, and has none",
  async () => {
    const env = readPlainEnv(
      await Deno.readTextFile(`${EXAMPLES}/.env.example`),
    );
    assertEquals(Object.keys(env), [
      ...["OPENROUTER_API_KEY", "XAI_API_KEY", "GEMINI_API_KEY"],
      "LITELLM_MASTER_KEY",
    ]);
    assertEquals(Object.values(env).join(""), "");
  },
);

composeTest("clients on this machine alone reach LiteLLM", async () => {
  await using scene = await setScene();
  const { services } = await setProject(scene, BASE);
  const ports = Object.values(services).flatMap((one) =>
    listField(one, "ports")
  );
  assertEquals(ports, ["127.0.0.1:4000:4000"]);
});

composeTest(
  "every command that the page has for the program runs",
  async () => {
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
      assertEquals(
        ended.code,
        expected,
        `${command.join(" ")}: ${ended.stderr}`,
      );
    }
    assertEquals(await scene.read("config/config.yaml"), MINE);
  },
);

composeTest(
  "the page and .env.example name the files that are there",
  async () => {
    const pages = [
      fromRepository("docs/compose.md"),
      `${EXAMPLES}/.env.example`,
    ];
    for (const path of pages) {
      const text = await Deno.readTextFile(path);
      const lists = [...text.matchAll(/COMPOSE_FILE=(\S+)/g)];
      assert(lists.length > 0);
      for (const [, files = ""] of lists) {
        const env = { LITELLM_MASTER_KEY: "sk-some" };
        await readServices(EXAMPLES, files.split(":"), env);
      }
    }
  },
);

/**
 * The examples for Kubernetes: what they would run is run here, with the real
 * program and a `kubectl` that writes down what it is told.
 *
 * @module
 */

// @ts-types="../../lib/types/std_yaml_parse.d.ts"
import { parse } from "@std/yaml/parse";
import {
  field,
  isJsonObject,
  type JsonObject,
  listField,
  objectField,
} from "../../lib/text/fields.ts";
import {
  assert,
  assertEquals,
  assertStringIncludes,
} from "../support/assert.ts";
import { fromRepository } from "../support/repository.ts";
import { denoVariables, onWindows } from "../support/program.ts";
import { MINE, type Scene, setScene } from "../support/scene.ts";
import { writeDiscover, writeScript } from "../support/scripts.ts";

const FOLDER = fromRepository("examples/kubernetes");

/** Stands for `kubectl`: makes the ConfigMap as it does, and notes its calls. */
const KUBECTL = `
echo "kubectl $*" >>"$CALLS"
[ "$1" != create ] || echo "kind: ConfigMap"
`;

interface Step {
  readonly code: number;
  readonly stderr: string;
}

/** The folders of a pod, and a way to run one of its containers. */
interface Pod {
  readonly scene: Scene;
  readonly runContainer: (container: JsonObject) => Promise<Step>;
  readonly calls: () => Promise<string>;
}

async function setPod(scene: Scene): Promise<Pod> {
  const { folder } = scene;
  for (const name of ["config", "config/..data", "work", "bin"]) {
    await Deno.mkdir(`${folder}/${name}`);
  }
  // As the kubelet mounts a ConfigMap: a link to a file that cannot be written.
  await scene.write(MINE, "config/..data/config.yaml");
  await Deno.chmod(scene.path("config/..data/config.yaml"), 0o444);
  await Deno.symlink("..data/config.yaml", scene.path("config/config.yaml"));
  await writeDiscover(scene.path("bin/discover"));
  await writeScript(scene.path("bin/kubectl"), KUBECTL);
  return {
    scene,
    runContainer: (container) => runContainer(scene, container),
    calls: () => scene.read("calls").catch(() => ""),
  };
}

/** Runs what a container runs, with its folders moved to the scene. */
async function runContainer(
  scene: Scene,
  container: JsonObject,
): Promise<Step> {
  const { folder, env } = scene;
  const words = [
    ...listField(container, "command"),
    ...listField(container, "args"),
  ]
    .map((word) =>
      String(word).replaceAll(/\/(?=(?:config|work)\/)/g, `${folder}/`)
    );
  const { code, stderr } = await new Deno.Command("/usr/bin/env", {
    args: words,
    cwd: folder,
    clearEnv: true,
    env: {
      ...env,
      ...denoVariables(),
      PATH: `${folder}/bin:/usr/bin:/bin`,
      CALLS: `${folder}/calls`,
    },
  }).output();
  return { code, stderr: new TextDecoder().decode(stderr) };
}

async function readExample(name: string): Promise<JsonObject[]> {
  const text = await Deno.readTextFile(`${FOLDER}/${name}`);
  return text.split(/^---$/m).map((part) => parse(part)).filter(isJsonObject);
}

/** The pod that an example describes. */
async function podOf(name: string): Promise<JsonObject> {
  const [first = {}] = await readExample(name);
  const spec = objectField(first, "spec");
  const job = objectField(objectField(spec, "jobTemplate"), "spec");
  const template = objectField(
    field(first, "kind") === "CronJob" ? job : spec,
    "template",
  );
  return objectField(template, "spec");
}

async function containerOf(example: string, name: string): Promise<JsonObject> {
  const pod = await podOf(example);
  const all = [
    ...listField(pod, "initContainers"),
    ...listField(pod, "containers"),
  ];
  const found = all.filter(isJsonObject).find((row) =>
    field(row, "name") === name
  );
  assert(found, `no container "${name}" in ${example}`);
  return found;
}

function test(name: string, fn: () => Promise<void>): void {
  Deno.test({ name, ignore: onWindows, fn });
}

test("the init container gives the proxy a config with today's models", async () => {
  await using scene = await setScene();
  const pod = await setPod(scene);
  const container = await containerOf("init-container.yaml", "discover");
  const { code, stderr } = await pod.runContainer(container);
  assertEquals(code, 0, stderr);
  const text = await scene.read("work/config.yaml");
  assertStringIncludes(text, 'model_name: "claude-fallback"');
  assertEquals(await scene.read("config/config.yaml"), MINE);
});

test("the init container lets the proxy start when no provider can be reached", async () => {
  await using scene = await setScene();
  const pod = await setPod(scene);
  await scene.providers.stop();
  const container = await containerOf("init-container.yaml", "discover");
  assertEquals((await pod.runContainer(container)).code, 0);
  assertEquals(await scene.read("work/config.yaml"), MINE);
});

test("the job publishes a changed config and restarts the proxies", async () => {
  await using scene = await setScene();
  const pod = await setPod(scene);
  const ask = await containerOf("cronjob.yaml", "discover");
  const publish = await containerOf("cronjob.yaml", "publish");
  assertEquals((await pod.runContainer(ask)).code, 0);
  const { code, stderr } = await pod.runContainer(publish);
  assertEquals(code, 0, stderr);
  assertStringIncludes(
    await scene.read("work/config.yaml"),
    '"claude-fallback"',
  );
  assertStringIncludes(await scene.read("work/configmap.yaml"), "ConfigMap");
  const calls = (await pod.calls()).trim().split("\n");
  assertEquals(calls.map((call) => call.split(" ").slice(0, 3).join(" ")), [
    "kubectl create configmap",
    "kubectl apply --server-side",
    "kubectl rollout restart",
  ]);
});

test("the job leaves the cluster alone when nothing has changed", async () => {
  await using scene = await setScene();
  const pod = await setPod(scene);
  const ask = await containerOf("cronjob.yaml", "discover");
  const publish = await containerOf("cronjob.yaml", "publish");
  await pod.runContainer(ask);
  const mounted = scene.path("config/..data/config.yaml");
  await Deno.remove(mounted);
  await Deno.copyFile(scene.path("work/config.yaml"), mounted);
  for (const container of [ask, publish]) {
    assertEquals((await pod.runContainer(container)).code, 0);
  }
  assertEquals(await pod.calls(), "");
});

test("the job ends before it publishes when no provider can be reached", async () => {
  await using scene = await setScene();
  const pod = await setPod(scene);
  await scene.providers.stop();
  const ask = await containerOf("cronjob.yaml", "discover");
  assertEquals((await pod.runContainer(ask)).code, 1);
});

for (const example of ["init-container.yaml", "cronjob.yaml"]) {
  Deno.test(`${example} mounts only volumes that it has`, async () => {
    const pod = await podOf(example);
    const volumes = listField(pod, "volumes").filter(isJsonObject)
      .map((volume) => field(volume, "name"));
    const containers = [
      ...listField(pod, "initContainers"),
      ...listField(pod, "containers"),
    ];
    const mounts = containers.filter(isJsonObject).flatMap((row) =>
      listField(row, "volumeMounts")
    );
    assert(mounts.length >= 3);
    for (const mount of mounts.filter(isJsonObject)) {
      assert(volumes.includes(field(mount, "name")));
    }
  });
}

import { ownHostsOf } from "../../lib/providers/own_hosts.ts";
import {
  isInOwnNetwork,
  OWN_NETWORK,
} from "../../lib/providers/private_host.ts";
import { PROVIDERS } from "../../lib/providers/table.ts";
import { assertEquals, assertStringIncludes } from "../support/assert.ts";
import { fromRepository } from "../support/repository.ts";
import { onWindows } from "../support/program.ts";
import { FEW_MODELS, MINE, type Scene, setScene } from "../support/scene.ts";
import { installShell, windowsPath } from "../support/windows.ts";

const isWindows = Deno.build.os === "windows";

/** Runs the probe; `DISCOVER_PROBE` names the compiled one, if there is one. */
async function runProbe(
  args: readonly string[] = [],
  { cwd, env }: { cwd?: string; env?: Record<string, string> } = {},
): Promise<Deno.CommandOutput> {
  const compiled = Deno.env.get("DISCOVER_PROBE");
  const source = [
    ...["run", "-q", "--no-prompt", "-P=discover"],
    ...["--config", fromRepository("deno.json")],
    fromRepository("tests/support/probe.ts"),
  ];
  const command = new Deno.Command(compiled ?? Deno.execPath(), {
    args: [...(compiled ? [] : source), ...args],
    ...(cwd === undefined ? {} : { cwd }),
    clearEnv: true,
    env: { ...inherited(), ...env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });
  return await command.output();
}

/** Without what would change the results: a proxy, other system libraries. */
function inherited(): Record<string, string> {
  const env = Object.entries(Deno.env.toObject());
  const unwanted = /^(?:(?:https?|all)_proxy|(?:LD|DYLD)_.*)$/i;
  return Object.fromEntries(env.filter(([name]) => !unwanted.test(name)));
}

Deno.test("the permission set denies everything that the program does not need", async () => {
  const { stdout, stderr } = await runProbe();
  const text = new TextDecoder().decode(stdout);
  if (text === "") throw new Error(new TextDecoder().decode(stderr));
  assertEquals<unknown>(JSON.parse(text), {
    "another host": "NotCapable",
    "another port": "NotCapable",
    "an address outside": "NotCapable",
    "another program": "NotCapable",
    "this program itself": "NotCapable",
    "another variable": "NotCapable",
    "all variables": "NotCapable",
    "system information": "NotCapable",
    "foreign functions": "NotCapable",
    "a variable of its own": "allowed",
    "a file": "allowed",
  });
});

/** Those of the hosts that the program may connect to. */
async function reachable(hosts: readonly string[]): Promise<unknown> {
  const env = { DISCOVER_HOSTS: hosts.join() };
  const { stdout, stderr } = await runProbe([], { env });
  const text = new TextDecoder().decode(stdout);
  if (text === "") throw new Error(new TextDecoder().decode(stderr));
  return JSON.parse(text);
}

Deno.test("what the program may reach is what it takes for a server of the user's own", async () => {
  const named = OWN_NETWORK.filter((host) => /^[a-z]/.test(host));
  const below = OWN_NETWORK.filter((host) => host.startsWith("*."))
    .map((host) => host.slice(2));
  const own = [
    ...named.flatMap((name) => [name, name.toUpperCase(), `${name}.`]),
    ...below.flatMap((domain) => [`gpu.${domain}`, `a.b.${domain}.`, domain]),
    ...["127.0.0.1", "127.255.255.255", "[::1]", "10.0.0.0", "10.255.255.255"],
    ...["172.16.0.0", "172.31.255.255", "192.168.0.0", "192.168.255.255"],
    ...["100.64.0.0", "100.127.255.255"],
  ];
  const foreign = [
    ...named.flatMap((name) => [`${name}.example`, `a.${name}`, `x-${name}`]),
    ...below.flatMap((domain) => [`gpu.${domain}.example`, `gpu-${domain}`]),
    ...["metadata.google.internal", "gpu.internal", "docker.internal"],
    ...["169.254.169.254", "169.254.0.1", "100.63.255.255", "100.128.0.0"],
    ...["9.255.255.255", "11.0.0.0", "172.15.255.255", "172.32.0.0"],
    ...["192.167.255.255", "192.169.0.0", "126.255.255.255", "128.0.0.0"],
    ...["8.8.8.8", "[2001:db8::1]", "[fe80::1]", "example.com"],
  ];
  assertEquals([...own, ...foreign].filter(isInOwnNetwork), own);
  const atPort = (host: string): string => `${host}:8000`;
  assertEquals(
    await reachable([...own, ...foreign].map(atPort)),
    own.map(atPort),
  );
});

Deno.test("the program may reach a provider's own hosts, at the port of https alone", async () => {
  const patterns = PROVIDERS.filter(({ kind }) => kind !== "local")
    .flatMap(ownHostsOf);
  const hosts = patterns.map((host) => host.replace("*", "eu-west-1"));
  const own = hosts.map((host) => `${host}:443`);
  const foreign = [
    ...hosts.flatMap((host) => [`${host}:80`, `${host}:8443`, host]),
    ...hosts.map((host) => `${host}.example:443`),
    ...patterns.map((host) => `evil${host.replace("*.", "")}:443`),
  ];
  assertEquals(await reachable([...own, ...foreign]), own);
});

/** Puts a program that just ends into a folder; returns the folder. */
async function installLitellm(folder: string): Promise<string> {
  const bin = `${folder}/bin`;
  await Deno.mkdir(bin);
  if (isWindows) {
    await Deno.copyFile(Deno.env.get("COMSPEC") ?? "", `${bin}/litellm.exe`);
  } else {
    await Deno.writeTextFile(`${bin}/litellm`, "#!/bin/sh\nexit 0\n");
    await Deno.chmod(`${bin}/litellm`, 0o755);
  }
  return bin;
}

/** What the whole program could still do at four moments of a run. */
async function watch(scene: Scene, ...args: string[]): Promise<unknown> {
  const bin = await installLitellm(scene.folder);
  const log = scene.path("moments.json");
  const { code, stderr } = await runProbe(["-c", scene.config, ...args], {
    cwd: scene.folder,
    env: {
      ...scene.env,
      DISCOVER_WATCH: log,
      PATH: isWindows ? bin : `${bin}:/usr/bin:/bin`,
    },
  });
  assertEquals(code, 0, new TextDecoder().decode(stderr));
  return JSON.parse(await Deno.readTextFile(log));
}

Deno.test("the program gives up running others at once, and the network with the last answer", async () => {
  await using scene = await setScene();
  const moments = await watch(scene);
  assertEquals(moments, {
    start: { net: "allowed", run: "allowed" },
    config: { net: "allowed", run: "NotCapable" },
    save: { net: "NotCapable", run: "NotCapable" },
    end: { net: "NotCapable", run: "NotCapable" },
  });
});

Deno.test("with --start the program keeps the right to run litellm, but not the network", async () => {
  // A provider that fails must not keep the network open either.
  const cast = { ...FEW_MODELS, gemini: { kind: "refuses" } } as const;
  await using scene = await setScene(MINE, cast);
  const moments = await watch(scene, "--start", "--", "--port", "1");
  assertEquals(moments, {
    start: { net: "allowed", run: "allowed" },
    config: { net: "allowed", run: "allowed" },
    save: { net: "NotCapable", run: "allowed" },
    end: { net: "NotCapable", run: "allowed" },
  });
});

// In deno.json a relative path counts from its own folder, not from the one
// that the program runs in: the build names these programs once more.
for (const folder of [".venv", "venv"]) {
  Deno.test(`litellm in ${folder} of the working directory may be started`, async () => {
    await using scene = await setScene();
    const bin = onWindows ? "Scripts" : "bin";
    const program = await installExitSeven(scene, `${folder}/${bin}`);
    const config = onWindows ? windowsPath(scene.config) : scene.config;
    const args = ["--config", config, "--start", "--", "/c", "exit", "7"];
    const { code, stderr } = await scene.runWith({}, ...args);
    assertEquals(code, 7, stderr);
    assertStringIncludes(stderr, `starting ${program}`);
  });
}

for (const folder of [".venv", "venv"]) {
  Deno.test(`litellm in ${folder} above the config's own folder may be started from inside`, async () => {
    await using scene = await setScene();
    const bin = `${folder}/${onWindows ? "Scripts" : "bin"}`;
    const program = await installExitSeven(scene, bin);
    const start = async (
      cwd: string,
      ...named: string[]
    ): Promise<{ code: number; stderr: string }> => {
      const args = [...named, "--start", "--", "/c", "exit", "7"];
      const options = { cwd: scene.path(cwd) };
      return await scene.runWith(options, ...args);
    };
    for (const name of ["Config", "proxy"]) {
      await Deno.mkdir(scene.path(name));
      await Deno.copyFile(scene.config, scene.path(`${name}/config.yaml`));
    }
    const inside = await start("Config");
    assertEquals(inside.code, 7, inside.stderr);
    assertStringIncludes(inside.stderr, `starting ../${program}`);
    // From above it is the working directory's own.
    const above = await start("", "-c", "Config/config.yaml");
    assertStringIncludes(above.stderr, `starting ${program}`);
    // What lies above any other folder has nothing to do with it.
    const elsewhere = [
      await start("proxy"),
      await start("proxy", "-c", "../Config/config.yaml"),
      await start("Config", "-c", "../proxy/config.yaml"),
    ];
    for (const { code, stderr } of elsewhere) {
      assertEquals(code, 4, stderr);
      assertStringIncludes(stderr, "litellm: not found");
    }
  });
}

/** Puts a LiteLLM into a folder that ends with 7, by `/c exit 7` on Windows. */
async function installExitSeven(scene: Scene, bin: string): Promise<string> {
  if (onWindows) {
    await installShell(scene.path(bin), "litellm.exe");
    return `${bin}/litellm.exe`;
  }
  await Deno.mkdir(scene.path(bin), { recursive: true });
  const path = scene.path(`${bin}/litellm`);
  await Deno.writeTextFile(path, "#!/bin/sh\nexit 7\n");
  await Deno.chmod(path, 0o755);
  return `${bin}/litellm`;
}

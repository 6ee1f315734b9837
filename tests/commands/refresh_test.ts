import { createStore } from "../../lib/files/store.ts";
import type { Io } from "../../lib/io.ts";
import {
  assert,
  assertEquals,
  assertStringIncludes,
} from "../support/assert.ts";
import { type HereResult, runHere } from "../support/in_process.ts";
import { answered, MINE, planOf, textOf } from "../support/parts.ts";
import { isOfKey } from "../support/stand_in_providers.ts";

interface Seen extends HereResult {
  /** What the run did, in its order. */
  readonly steps: readonly string[];
  /** What was sent, key and all. */
  readonly sent: readonly string[];
  readonly noProxy: string | undefined;
}

/** A run in which nobody answers before the config is read. */
async function runOn(
  config: string,
  environment: Readonly<Record<string, string>>,
  ...args: string[]
): Promise<Seen> {
  const folder = await Deno.makeTempDir({ prefix: "discover-" });
  const path = `${folder}/config.yaml`;
  const steps: string[] = [];
  const sent: string[] = [];
  let noProxy: string | undefined;
  const store = createStore();
  const parts: Partial<Io> = {
    programDir: folder,
    setVariable: (name, value) => {
      if (name === "NO_PROXY") noProxy = value;
    },
    fetch: (url: RequestInfo | URL, init?: RequestInit) => {
      if (isOfKey(String(url))) return Promise.reject(new TypeError("no"));
      steps.push("asked");
      sent.push(JSON.stringify([...new Headers(init?.headers)]));
      return new Promise((_, reject) => {
        // As a connection does, it keeps the process.
        const open = setTimeout(() => {}, 60_000);
        init?.signal?.addEventListener("abort", () => {
          clearTimeout(open);
          steps.push("cut off");
          reject(init.signal?.reason);
        });
      });
    },
    store: {
      ...store,
      assertWritable: async (snapshot) => {
        steps.push("config read");
        await store.assertWritable(snapshot);
      },
    },
  };
  try {
    await Deno.writeTextFile(path, config);
    const options = ["--config", path, "--timeout", "50ms", ...args];
    const ended = await runHere(options, environment, parts);
    return { ...ended, steps, sent, noProxy };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("the providers are asked before the config is read", async () => {
  const { steps } = await runOn(MINE, {
    XAI_API_KEY: "k",
    GEMINI_API_KEY: "k",
  });
  // On a busy machine the timeout may pass before the config is read.
  const others = steps.filter((step) => step !== "cut off");
  assertEquals(others, ["asked", "asked", "config read"]);
});

Deno.test("nobody is asked before a config is read that takes long", async () => {
  const askedFor = async (comment: string): Promise<number> => {
    const config = `model_list: none\n# ${comment}\n`;
    return (await runOn(config, { XAI_API_KEY: "k" })).sent.length;
  };
  assertEquals(await askedFor("short"), 1);
  assertEquals(await askedFor("long".repeat(2000)), 0);
});

Deno.test("a provider whose key stands only in the config is asked with it", async () => {
  const config = `${MINE}environment_variables:\n  XAI_API_KEY: from-config\n`;
  const { sent } = await runOn(config, { GEMINI_API_KEY: "from-outside" });
  assertEquals(sent.length, 2);
  assertStringIncludes(sent.join(), "from-config");
});

Deno.test("a refused config cuts the requests off", async () => {
  const { code, steps, sent, noProxy } = await runOn("model_list: none\n", {
    XAI_API_KEY: "k",
    NO_PROXY: "as.it.was",
  });
  assertEquals([code, sent.length, steps.at(-1)], [3, 1, "cut off"]);
  assertEquals(noProxy, "as.it.was");
});

Deno.test("the proxy's own key is sent to nobody before the config is read", async () => {
  const environment = { XAI_API_KEY: "sk-own", GEMINI_API_KEY: "k" };
  for (const key of ["sk-own", "os.environ/XAI_API_KEY", "&own sk-own"]) {
    const config = `${MINE}general_settings:\n  master_key: ${key}\n`;
    const { sent, stderr } = await runOn(config, environment);
    assertEquals(sent.length, 1, key);
    assert(!sent.join().includes("sk-own"));
    assertStringIncludes(
      stderr,
      "XAI_API_KEY from the environment is this proxy's own key",
    );
  }
});

const GEMINI = {
  name: "models/gemini-3.8-flash",
  supportedGenerationMethods: ["generateContent"],
};

/** A run whose config is changed while xAI is asked, which then answers. */
async function runChangedTo(
  changed: string,
  environment: Readonly<Record<string, string>>,
  settings = "{}\n",
  first = MINE,
): Promise<HereResult & { readonly config: string }> {
  const folder = await Deno.makeTempDir({ prefix: "discover-" });
  const path = `${folder}/config.yaml`;
  let hasNetwork = true;
  try {
    await Deno.writeTextFile(path, first);
    await Deno.writeTextFile(`${folder}/discover.yaml`, settings);
    const ended = await runHere(["--config", path], environment, {
      programDir: folder,
      canConnect: () => hasNetwork,
      dropPermission: (name) => {
        if (name === "net") hasNetwork = false;
        return Promise.resolve();
      },
      fetch: async () => {
        // Only once the first version has been read.
        await new Promise((resolve) => setTimeout(resolve, 100));
        await Deno.writeTextFile(path, changed);
        return Response.json({ data: [{ id: "grok-4.5" }], models: [GEMINI] });
      },
    });
    return { ...ended, config: await Deno.readTextFile(path) };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("an answer does not count for a config that has another key by now", async () => {
  const changes = [
    ["XAI_API_KEY", "XAI_API_BASE: http://127.0.0.1:1/v1"],
    ["GEMINI_API_KEY", "GOOGLE_API_KEY: another"],
  ] as const;
  for (const [variable, change] of changes) {
    const changed = `${MINE}environment_variables:\n  ${change}\n`;
    const ended = await runChangedTo(changed, { [variable]: "k" });
    assertEquals([ended.code, ended.config], [1, changed]);
    assertStringIncludes(
      ended.stderr,
      "the config changed its key or its address meanwhile",
    );
  }
});

Deno.test("a key that is the proxy's own by now gets no models", async () => {
  const changed =
    `${MINE}general_settings:\n  master_key: os.environ/XAI_API_KEY\n`;
  const ended = await runChangedTo(changed, { XAI_API_KEY: "k" });
  assertEquals([ended.code, ended.config], [1, changed]);
  assertStringIncludes(ended.stderr, "this proxy's own key");
});

Deno.test("an answer counts for a config that changed in another place", async () => {
  const ended = await runChangedTo(`${MINE}# mine\n`, { XAI_API_KEY: "k" });
  assertEquals(ended.code, 0, ended.stderr);
  assertStringIncludes(ended.config, "grok-4.5");
  assertStringIncludes(ended.config, "# mine");
});

Deno.test("an answer counts though the network was given up before the config was read again", async () => {
  const lab = "{kind: vllm, base_url: 'https://gpu.example:8000/v1'}";
  const ended = await runChangedTo(
    `${MINE}# mine\n`,
    { XAI_API_KEY: "k" },
    `providers: {lab: ${lab}}\n`,
  );
  assertEquals(ended.code, 0, ended.stderr);
  assertStringIncludes(ended.config, "https://gpu.example:8000/v1");
  assertStringIncludes(ended.config, "# mine");
});

/** A config after a run in which xAI listed forty models. */
async function withManyGroks(): Promise<string> {
  const ids = Array.from({ length: 40 }, (_, at) => `grok-3.${at}`);
  const { bytes } = await planOf(MINE, [answered("xai", ...ids)]);
  return textOf(bytes);
}

Deno.test("an answer that shrank by the block that the config has by now is doubted", async () => {
  const keys = { XAI_API_KEY: "k", GEMINI_API_KEY: "k" };
  const many = await withManyGroks();
  const ended = await runChangedTo(many, keys);
  assertEquals(ended.code, 0, ended.stderr);
  assertEquals(ended.config.match(/- model_name: "grok-3/g)?.length, 40);
  assertStringIncludes(ended.config, "gemini-3.8-flash");
  assertStringIncludes(ended.stderr, "keeping 40 earlier models");
});

Deno.test("a doubt is said once, and only as long as the config has the block", async () => {
  const keys = { XAI_API_KEY: "k", GEMINI_API_KEY: "k" };
  const many = await withManyGroks();
  const same = await runChangedTo(`${many}# mine\n`, keys, "{}\n", many);
  assertEquals(same.code, 0, same.stderr);
  assertStringIncludes(same.config, "grok-3.39");
  assertStringIncludes(same.config, "# mine");
  assertEquals(same.stderr.match(/model list has only 1 model/g)?.length, 1);
  const without = await runChangedTo(MINE, keys, "{}\n", many);
  assertEquals(without.code, 0, without.stderr);
  assertEquals(without.config.match(/- model_name: "grok-\d/g)?.length, 1);
  assertStringIncludes(without.config, "grok-4.5");
});

Deno.test("an answer counts for a config that has its key again", async () => {
  const folder = await Deno.makeTempDir({ prefix: "discover-" });
  const path = `${folder}/config.yaml`;
  const store = createStore();
  const texts = [
    `${MINE}environment_variables:\n  GOOGLE_API_KEY: another\n`,
    `${MINE}# mine\n`,
  ];
  try {
    await Deno.writeTextFile(path, MINE);
    const keys = { XAI_API_KEY: "k", GEMINI_API_KEY: "k" };
    const ended = await runHere(["--config", path], keys, {
      programDir: folder,
      fetch: (url) =>
        Promise.resolve(Response.json(
          String(url).includes("x.ai")
            ? { data: [{ id: "grok-4.5" }] }
            : { models: [GEMINI] },
        )),
      store: {
        ...store,
        // Somebody else is quicker twice.
        save: async (request) => {
          const text = texts.shift();
          if (text !== undefined) await Deno.writeTextFile(path, text);
          return await store.save(request);
        },
      },
    });
    assertEquals(ended.code, 0, ended.stderr);
    assertStringIncludes(await Deno.readTextFile(path), "grok-4.5");
    assertEquals(ended.stderr.match(/changed its key/g), null);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

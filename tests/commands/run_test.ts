import type { Io } from "../../lib/io.ts";
import { createStore } from "../../lib/files/store.ts";
import { assertEquals, assertStringIncludes } from "../support/assert.ts";
import {
  type HereResult,
  LITELLM_CODE,
  runHere,
} from "../support/in_process.ts";

/** A folder with a config and keys in it, and no provider that is asked. */
async function withFolder(
  test: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "discover-" });
  try {
    await Deno.writeTextFile(`${folder}/config.yaml`, "model_list:\n");
    await Deno.writeTextFile(`${folder}/.env`, "XAI_API_KEY=from-dotenv\n");
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function start(
  folder: string,
  args: readonly string[] = [],
  parts: Partial<Io> = {},
): Promise<HereResult> {
  const all = ["--config", `${folder}/config.yaml`, "--start", ...args];
  return runHere(all, {}, {
    programDir: folder,
    fetch: () => Promise.reject(new TypeError("nobody is asked here")),
    ...parts,
  });
}

/** What keeps a run from being opened: the reason, and how to bring it about. */
const FAULTS: readonly {
  readonly what: string;
  readonly spoil?: (folder: string) => Promise<void>;
  readonly parts?: Partial<Io>;
  readonly said: string;
  readonly code: number;
}[] = [
  {
    what: "a config that is not there",
    spoil: (folder) => Deno.remove(`${folder}/config.yaml`),
    said: "not found",
    code: 3,
  },
  {
    what: "a folder in place of the config",
    spoil: async (folder) => {
      await Deno.remove(`${folder}/config.yaml`);
      await Deno.mkdir(`${folder}/config.yaml`);
    },
    said: "a folder, not a file",
    code: 3,
  },
  {
    what: "a fault of ours while the config is read",
    parts: {
      store: {
        ...createStore(),
        read: () => Promise.reject(new TypeError("sk-or-5ecre7")),
      },
    },
    said: "internal error: TypeError",
    code: 70,
  },
  {
    what: "a discover.yaml that is too large to be one",
    spoil: (folder) =>
      Deno.writeTextFile(
        `${folder}/discover.yaml`,
        "#".repeat(2 * 1024 * 1024),
      ),
    said: 'discover.yaml": larger than 1 MiB',
    code: 2,
  },
  {
    what: "a folder that is called discover.yaml",
    spoil: (folder) => Deno.mkdir(`${folder}/discover.yaml`),
    said: 'discover.yaml": a folder, not a file',
    code: 2,
  },
  {
    what: "a mistake in discover.yaml",
    spoil: (folder) =>
      Deno.writeTextFile(`${folder}/discover.yaml`, "timeot: 2s\n"),
    said: '"timeot": unknown key',
    code: 2,
  },
  {
    what: "a variable in small letters in discover.yaml",
    spoil: (folder) =>
      Deno.writeTextFile(
        `${folder}/discover.yaml`,
        "providers: { lab: { kind: vllm, key: discover_lab_key } }\n",
      ),
    said: 'key of "lab": not a variable that may hold its key',
    code: 2,
  },
];

for (const { what, spoil, parts, said, code } of FAULTS) {
  Deno.test(`--start survives ${what}, and --strict does not`, async () => {
    await withFolder(async (folder) => {
      await spoil?.(folder);
      const result = await start(folder, [], parts);
      assertStringIncludes(result.stderr, said);
      assertEquals(result.code, LITELLM_CODE, result.stderr);
      const [request, ...more] = result.started;
      assertEquals(more, []);
      assertEquals(request?.configPath, `${folder}/config.yaml`);
      assertEquals(request?.env, { XAI_API_KEY: "from-dotenv" });
      assertStringIncludes(result.stderr, "starting LiteLLM anyway");
      const strict = await start(folder, ["--strict"], parts);
      assertEquals([strict.code, strict.started], [code, []]);
    });
  });
}

Deno.test("--start survives keys that cannot be read", async () => {
  await withFolder(async (folder) => {
    const store = {
      ...createStore(),
      readOptional: () => Promise.reject(new TypeError("sk-or-5ecre7")),
    };
    const { code, stderr, started } = await start(folder, [], { store });
    assertEquals(code, LITELLM_CODE, stderr);
    assertEquals(started.map(({ env }) => env), [{}]);
    assertEquals(stderr.includes("5ecre7"), false);
  });
});

Deno.test("--start asks for the port that a .env gives LiteLLM", async () => {
  await withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/.env`, "PORT=4321\n");
    const launcher: Io["launcher"] = {
      find: () => Promise.resolve("litellm"),
      start: () =>
        Promise.resolve({ kind: "ended", code: 0, program: "litellm" }),
      isPortTaken: (port) => Promise.resolve(port === 4321),
    };
    const { stderr } = await start(folder, [], { launcher });
    assertStringIncludes(stderr, "port 4321 is already in use");
  });
});

Deno.test("--start does not wait for what the port check says before it asks the providers", async () => {
  await withFolder(async (folder) => {
    // Windows takes a fifth of a second to say that a port is free.
    const asked = Promise.withResolvers<boolean>();
    const launcher: Io["launcher"] = {
      find: () => Promise.resolve("litellm"),
      start: () =>
        Promise.resolve({ kind: "ended", code: 0, program: "litellm" }),
      isPortTaken: () => asked.promise,
    };
    const { stderr } = await start(folder, [], {
      launcher,
      fetch: () => {
        asked.resolve(true);
        return Promise.reject(new Error("no answer here"));
      },
    });
    assertStringIncludes(stderr, "port 4000 is already in use");
  });
});

Deno.test("--start tells Python nothing of a config that was not read", async () => {
  await withFolder(async (folder) => {
    const utf8 = await start(folder);
    assertEquals(utf8.started.map(({ utf8 }) => utf8), [true]);
    await Deno.remove(`${folder}/config.yaml`);
    const unknown = await start(folder);
    assertEquals(unknown.started.map(({ utf8 }) => utf8), [false]);
  });
});

for (
  const args of [
    ["--env-file", "none.env"],
    ["--settings", "none.yaml"],
    ["--only", "nobody"],
  ]
) {
  Deno.test(`--start does not start the proxy with ${args.join(" ")}`, async () => {
    await withFolder(async (folder) => {
      const { code, stderr, started } = await start(folder, args);
      assertEquals(code, 2, stderr);
      assertEquals(started, []);
    });
  });
}

Deno.test("--start does not start the proxy where no config is found", async () => {
  await withFolder(async (folder) => {
    await Deno.remove(`${folder}/config.yaml`);
    const { code, stderr, started } = await runHere(["--start"], {}, {
      programDir: `${folder}/bin`,
    });
    assertEquals([code, started], [3, []]);
    assertStringIncludes(stderr, "config: not found, and litellm needs one");
  });
});

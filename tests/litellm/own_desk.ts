/**
 * The desk of a user who keeps one file of variables for the proxy and for
 * Claude Code, with Anthropic itself played by a proxy of the environment.
 *
 * @module
 */

import {
  type ConnectProxy,
  startConnectProxy,
} from "../support/connect_proxy.ts";
import { runProgram, type RunResult } from "../support/program.ts";
import { readCatalog } from "../support/stand_in_providers.ts";
import { answerChat } from "./dialects.ts";
import { freePort, MASTER_KEY } from "./litellm.ts";

/** What Anthropic itself would take for a key. */
export const REAL_KEY = "sk-ant-5ecre7-anthr0p1c";

/** The folder of the proxy, and what reached Anthropic. */
export interface OwnDesk extends AsyncDisposable {
  readonly folder: string;
  readonly port: number;
  readonly env: Readonly<Record<string, string>>;
  /** A refresh that knows on which port the proxy will listen. */
  readonly run: () => Promise<RunResult>;
  readonly read: (name: string) => Promise<string>;
  /** As is advised: under a name of its own, next to the client's variables. */
  readonly giveRealKey: () => Promise<void>;
  /** Adds an entry for a model of Anthropic's that is called at `base`. */
  readonly writeEntry: (name: string, base: string) => Promise<void>;
  /** The keys with which Anthropic was sent chat requests, in order. */
  readonly keysOfChats: () => string[];
}

/** Sets it up with the `config.yaml`, `discover.yaml` and `env` of a folder. */
export async function setOwnDesk(source: string): Promise<OwnDesk> {
  const folder = await Deno.makeTempDir({ prefix: "itself-" });
  const port = freePort();
  const anthropic = await playAnthropic();
  await copyFiles(source, folder, port);
  const env = {
    HTTPS_PROXY: anthropic.url,
    DENO_CERT: anthropic.caPath,
    // LiteLLM's own names for the same.
    AIOHTTP_TRUST_ENV: "True",
    SSL_CERT_FILE: anthropic.caPath,
  };
  const read: OwnDesk["read"] = (name) =>
    Deno.readTextFile(`${folder}/${name}`);
  const write = (name: string, text: string): Promise<void> =>
    Deno.writeTextFile(`${folder}/${name}`, text);
  return {
    folder,
    port,
    env,
    read,
    run: () => runProgram(["--", "--port", `${port}`], { cwd: folder, env }),
    giveRealKey: async () => {
      const variable = "DISCOVER_ANTHROPIC_API_KEY";
      await write(".env", `${await read(".env")}\n${variable}=${REAL_KEY}\n`);
      await write(
        "discover.yaml",
        `providers:\n  anthropic: { key: ${variable} }\n`,
      );
    },
    writeEntry: async (name, base) => {
      const entry = `  - model_name: ${name}
    litellm_params:
      model: anthropic/claude-sonnet-4-5
      api_key: os.environ/DISCOVER_ANTHROPIC_API_KEY
      api_base: ${base}
`;
      const config = await read("config.yaml");
      await write(
        "config.yaml",
        config.replace("model_list:\n", (line) => line + entry),
      );
    },
    keysOfChats: () =>
      anthropic.seen.filter(({ method }) => method === "POST")
        .map(({ headers }) => headers["x-api-key"] ?? "none"),
    [Symbol.asyncDispose]: async (): Promise<void> => {
      await anthropic.stop();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

/** With the port, and the key, of the proxy that is about to start. */
async function copyFiles(
  source: string,
  folder: string,
  port: number,
): Promise<void> {
  const variables = await Deno.readTextFile(`${source}/env`);
  const key = /^LITELLM_MASTER_KEY=(.+)$/m.exec(variables)?.[1] ?? MASTER_KEY;
  for (
    const [from, to] of [
      ["config.yaml", "config.yaml"],
      ["discover.yaml", "discover.yaml"],
      ["env", ".env"],
    ]
  ) {
    const text = await Deno.readTextFile(`${source}/${from}`);
    await Deno.writeTextFile(
      `${folder}/${to}`,
      text.replaceAll(key, MASTER_KEY).replace(":4000", `:${port}`),
    );
  }
}

async function playAnthropic(): Promise<ConnectProxy> {
  const list = JSON.stringify(await readCatalog("anthropic-2026-02"));
  return await startConnectProxy(async (_, { method, path }) => {
    if (method === "GET") return { status: 200, body: list };
    const saying = { model: "any", text: "told by Anthropic" };
    const answer = answerChat(path, { ...saying, isStreamed: false });
    const headers = { "content-type": "application/json" };
    return { status: answer.status, headers, body: await answer.text() };
  });
}

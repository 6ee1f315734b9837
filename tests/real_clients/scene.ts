/**
 * What the clients meet: a proxy that `discover --start` has brought up on a
 * config with one entry by hand, and stand-ins for all providers, which say who
 * they are and what they were asked for. No client's variable leads anywhere
 * else; what one asks of the outside is turned away and remembered.
 *
 * @module
 */

import { titleOf } from "../../lib/providers/display_name.ts";
import { isJsonObject, listField, textField } from "../../lib/text/fields.ts";
import { FAKE_KEYS } from "../litellm/desk.ts";
import { MASTER_KEY, type Proxy, startProxy } from "../litellm/litellm.ts";
import { startUpstream, type Upstream } from "../litellm/upstream.ts";
import { startConnectProxy } from "../support/connect_proxy.ts";
import { runProgram } from "../support/program.ts";
import { geminiList, readCatalog } from "../support/stand_in_providers.ts";

/** A while in which nothing that cools down comes back. */
const COOLDOWN_S = 600;

const CONFIG = `model_list:
  - model_name: claude-main
    litellm_params:
      model: openai/some-model
      api_base: os.environ/OWN_STAND_IN
      api_key: os.environ/OWN_KEY

router_settings:
  cooldown_time: ${COOLDOWN_S}
`;

/** What came after the recordings, as OpenRouter and Anthropic list it. */
const CAME_LATER = [
  ["opus", "5.5"],
  ["sonnet", "5.5"],
  ["haiku", "5.5"],
  ["fable", "5.2"],
] as const;

/** What of Anthropic's there was before that. */
const CAME_BEFORE = [["opus", "4.8"], ["sonnet", "5"], ["fable", "5"]] as const;

/** The stand-ins by what they say who they are. */
export type Upstreams = Readonly<
  Record<"Anthropic" | "OpenRouter" | "xAI" | "Gemini" | "own", Upstream>
>;

/** The running scene. */
export interface Scene extends AsyncDisposable {
  readonly proxy: Proxy;
  readonly upstreams: Upstreams;
  /** For clients' homes; the proxy's is not in it. */
  readonly homes: string;
  /** What every client has in its environment; a home comes on top of it. */
  readonly clientEnv: Readonly<Record<string, string>>;
  /** What clients asked of the outside: `host:port`, in the order of asking. */
  readonly askedOutside: readonly string[];
  /** What `discover --print-client CLIENT` prints for this proxy. */
  readonly settingsFor: (client: string) => Promise<string>;
}

/** How a scene differs from the usual one. */
export interface SceneOptions {
  /** Whether `discover.yaml` enables Anthropic. */
  readonly hasAnthropic: boolean;
  /** The virtual environment with another LiteLLM. */
  readonly venv: string | undefined;
}

/** Refreshes a config and starts a proxy on it. */
export async function startScene(options: SceneOptions): Promise<Scene> {
  await using stack = new AsyncDisposableStack();
  const upstreams = await startUpstreams(stack);
  const folder = await makeFolder(stack);
  const homes = await makeFolder(stack);
  await Deno.writeTextFile(`${folder}/config.yaml`, CONFIG);
  const settings = `providers:\n  anthropic: ${
    options.hasAnthropic ? "{}" : "false"
  }\n`;
  await Deno.writeTextFile(`${folder}/discover.yaml`, settings);
  const outside = await startConnectProxy(refuse, []);
  stack.defer(() => outside.stop());
  const { venv } = options;
  const env = serverEnv(upstreams);
  const proxy = stack.use(
    await startProxy({ folder, env, venv }),
  );
  const rest = stack.move();
  return {
    proxy,
    upstreams,
    homes,
    clientEnv: clientEnv(outside.url),
    askedOutside: outside.refused,
    settingsFor: async (client): Promise<string> => {
      const args = ["--print-client", client, "--", "--port"];
      const port = new URL(proxy.base).port;
      const { code, stdout, stderr } = await runProgram([...args, port], {
        cwd: folder,
        env,
      });
      if (code !== 0) throw new Error(`${args.join(" ")}: ${stderr}`);
      return stdout;
    },
    [Symbol.asyncDispose]: () => rest.disposeAsync(),
  };
}

async function makeFolder(stack: AsyncDisposableStack): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "clients-" });
  stack.defer(() => Deno.remove(folder, { recursive: true }));
  return folder;
}

async function startUpstreams(stack: AsyncDisposableStack): Promise<Upstreams> {
  const start = (name: string, list?: object): Upstream => {
    const upstream = stack.use(startUpstream(name, list));
    upstream.says = (model) => `told by ${name} as ${model}`;
    return upstream;
  };
  return {
    Anthropic: start("Anthropic", await anthropicList()),
    OpenRouter: start("OpenRouter", await openRouterList()),
    xAI: start("xAI", await readCatalog("xai-documented")),
    Gemini: start("Gemini", await geminiList("2026-11")),
    own: start("own"),
  };
}

async function rowsOf(catalog: string, list: string): Promise<unknown[]> {
  const body = await readCatalog(catalog);
  return isJsonObject(body) ? [...listField(body, list)] : [];
}

async function openRouterList(): Promise<object> {
  const rows = await rowsOf("openrouter-2026-08", "data");
  const later = CAME_LATER.map(([family, version]) => {
    const older = new RegExp(`^anthropic/claude-${family}-[\\d.]+$`);
    const like = rows.filter(isJsonObject).find((row) =>
      older.test(textField(row, "id") ?? "")
    );
    const id = `anthropic/claude-${family}-${version}`;
    const name = `Anthropic: ${titleOf(id)}`;
    const canonical_slug = `${id}-20261120`;
    return { ...like, id, name, canonical_slug, created: LATER_S };
  });
  return { data: [...later, ...rows] };
}

/** 20 November 2026, in seconds. */
const LATER_S = 1_795_132_800;

async function anthropicList(): Promise<object> {
  const rows = await rowsOf("anthropic-2026-02", "data");
  const row =
    (at: string) => ([family, version]: readonly [string, string]): object => ({
      type: "model",
      id: `claude-${family}-${version.replace(".", "-")}`,
      display_name: titleOf(`claude-${family}-${version}`),
      created_at: at,
    });
  const later = CAME_LATER.map(row("2026-11-20T00:00:00Z"));
  const before = CAME_BEFORE.map(row("2026-06-20T00:00:00Z"));
  return { data: [...later, ...before, ...rows], has_more: false };
}

function serverEnv(upstreams: Upstreams): Record<string, string> {
  return {
    ...FAKE_KEYS,
    ANTHROPIC_API_BASE: upstreams.Anthropic.base,
    OPENROUTER_API_BASE: `${upstreams.OpenRouter.base}/api/v1`,
    XAI_API_BASE: `${upstreams.xAI.base}/v1`,
    GEMINI_API_BASE: `${upstreams.Gemini.base}/v1beta`,
    OWN_STAND_IN: `${upstreams.own.base}/v1`,
    OWN_KEY: "sk-5ecre7-of-my-0wn",
  };
}

function clientEnv(outside: string): Record<string, string> {
  const proxies = ["HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy"];
  const loopback = "127.0.0.1,localhost";
  return {
    PATH: "/usr/bin:/bin",
    LANG: "C.UTF-8",
    LITELLM_MASTER_KEY: MASTER_KEY,
    NO_PROXY: loopback,
    no_proxy: loopback,
    ...Object.fromEntries(proxies.map((name) => [name, outside])),
  };
}

/** It plays no host, so nobody gets as far as this. */
function refuse(): { status: number; body: string } {
  return { status: 403, body: "" };
}

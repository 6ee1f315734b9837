/**
 * A proxy, a client's variables and whoever they lead to: for the tests of what
 * a run makes of variables that are meant for a client of the proxy. The hosts
 * of Anthropic and others are played by a proxy of the environment.
 *
 * @module
 */

import { type ConnectProxy, startConnectProxy } from "./connect_proxy.ts";
import { type SeenRequest, type StandIn, startStandIn } from "./stand_in.ts";
import { readCatalog } from "./stand_in_providers.ts";
import type { RunResult } from "./program.ts";
import { type Scene, setScene } from "./scene.ts";

/** What calls the proxy; the scene finds it wherever it does not belong. */
export const MASTER_KEY = "sk-5ecre7-of-the-pr0xy";
const ON = "providers:\n  anthropic: {}\n";

/** Windows takes two seconds to tell of a port where nobody listens. */
const PATIENT = ["--timeout", "20s"];

/** A scene with `anthropic` on. */
export async function setAnthropic(config?: string): Promise<Scene> {
  const scene = await setScene(config);
  await scene.write(ON, "discover.yaml");
  return scene;
}

/** Anthropic itself, and what leads a run to it. */
interface PlayedAnthropic extends ConnectProxy, AsyncDisposable {
  readonly env: Readonly<Record<string, string>>;
}

/** Anthropic itself; every request to it is kept. */
export async function playAnthropic(): Promise<PlayedAnthropic> {
  const catalog = await readCatalog("anthropic-2026-02");
  const proxy = await startConnectProxy(() => ({
    status: 200,
    body: JSON.stringify(catalog),
  }));
  const env = { HTTPS_PROXY: proxy.url, DENO_CERT: proxy.caPath };
  return { ...proxy, env, [Symbol.asyncDispose]: proxy.stop };
}

/** A LiteLLM proxy's list of what stands in the config at that moment. */
export async function playLitellm(
  scene: Scene,
): Promise<StandIn> {
  return await startStandIn((_, request) => ({
    kind: "answers",
    body: listAsLitellm(Deno.readTextFileSync(scene.config), request),
  }));
}

function listAsLitellm(
  config: string,
  { headers }: Pick<SeenRequest, "headers">,
): object {
  const ids = [...config.matchAll(/model_name: "?([^"\s]+)/g)]
    .map(([, id = ""]) => id);
  if (headers.has("anthropic-version")) {
    const created_at = "2023-02-28T18:56:42Z";
    const row = { type: "model", created_at };
    const data = ids.map((id) => ({ ...row, id, display_name: id }));
    return { data, has_more: false, first_id: ids[0], last_id: ids.at(-1) };
  }
  const row = { object: "model", created: 1677610602, owned_by: "openai" };
  return { object: "list", data: ids.map((id) => ({ ...row, id })) };
}

export async function runIn(
  scene: Scene,
  env: Readonly<Record<string, string>>,
  ...args: string[]
): Promise<RunResult> {
  const options = { env: { ...scene.env, ...env } };
  const all = ["--config", scene.config, ...PATIENT, ...args];
  return await scene.runWith(options, ...all);
}

/** The text without the breaks of a narrow terminal. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}

/**
 * The three providers as loopback servers in a process of their own, so that
 * they do not disturb what is measured. Answers are made before the clock
 * starts; what a request gets is said by its path: `/CATALOG/DELAY/…`, where
 * the catalog is `old`, `new`, `rows-N` or `wanted-N`, and the delay is in
 * milliseconds or `hang`.
 *
 * @module
 */

import {
  geminiList,
  isOfKey,
  readCatalog,
  XAI_KEY,
} from "../tests/support/stand_in_providers.ts";

/** The list of one provider; Gemini's pages are put together. */
type Lists = Readonly<Record<string, Uint8Array<ArrayBuffer>>>;

const encoder = new TextEncoder();

async function oldLists(): Promise<Lists> {
  return {
    openrouter: encode(await readCatalog("openrouter-2026-02")),
    xai: encode(await readCatalog("xai-documented")),
    gemini: encode(await geminiList("2026-07")),
  };
}

async function newLists(): Promise<Lists> {
  return {
    openrouter: encode(await readCatalog("openrouter-2026-08")),
    xai: encode(await readCatalog("xai-documented")),
    gemini: encode(await geminiList("2026-11")),
  };
}

/**
 * So many rows, as short as can be: a body over 8 MiB is cut off. Of `rows-N`
 * one in twenty goes into the config, as of the recorded list; of `wanted-N`
 * all do.
 */
async function manyRows(name: string): Promise<Lists> {
  const [kind, count] = name.split("-");
  const data = Array.from({ length: Number(count) }, (_, at) => {
    const maker = kind === "wanted" || at % 20 === 0 ? "anthropic" : "other";
    return { id: `${maker}/claude-sonnet-${at}`, created: 1_700_000_000 + at };
  });
  return { ...await newLists(), openrouter: encode({ data }) };
}

function encode(body: unknown): Uint8Array<ArrayBuffer> {
  return encoder.encode(JSON.stringify(body));
}

const lists = new Map<string, Promise<Lists>>([
  ["old", oldLists()],
  ["new", newLists()],
]);

/** What is asked for next to the lists. */
const OF_KEYS: Lists = {
  openrouter: encode({ data: { count: 421 } }),
  xai: encode(XAI_KEY),
};

function listsOf(name: string): Promise<Lists> {
  const made = lists.get(name) ?? manyRows(name);
  lists.set(name, made);
  return made;
}

function serve(provider: string): string {
  const server = Deno.serve({
    hostname: "127.0.0.1",
    port: 0,
    onListen: () => {},
  }, async (request) => {
    const { pathname } = new URL(request.url);
    const [, catalog = "", delay = ""] = pathname.split("/");
    const found = (await listsOf(catalog))[provider];
    await pause(delay === "hang" ? Infinity : Number(delay));
    return new Response(isOfKey(pathname) ? OF_KEYS[provider] : found, {
      headers: { "content-type": "application/json" },
    });
  });
  return `http://127.0.0.1:${server.addr.port}`;
}

function pause(ms: number): Promise<void> {
  if (ms === 0) return Promise.resolve();
  return new Promise((resolve) => {
    if (ms !== Infinity) setTimeout(resolve, ms);
  });
}

const bases = ["openrouter", "xai", "gemini"].map(serve);
// Ready only when no request has to wait for its answer to be made.
for (const name of Deno.args) await listsOf(name);
await Promise.all(lists.values());
Deno.stdout.writeSync(encoder.encode(`${bases.join(" ")}\n`));

/**
 * Makes the picture of the README: a real run in a real terminal, against
 * loopback servers with recorded catalogs, written down as it came. Usage:
 * `deno task picture` (on Linux).
 *
 * @module
 */

import { fromRepository } from "../../tests/support/repository.ts";
import {
  type Cast,
  geminiPages,
  openRouter,
  readCatalog,
  startProviders,
} from "../../tests/support/stand_in_providers.ts";
import { type Chunk, record } from "./recording.ts";
import { svgOf } from "./svg.ts";

const COLUMNS = 80;
const PICTURE = fromRepository("docs/run.svg");

/** What the config's first run finds: an early month. */
async function previous(): Promise<Cast> {
  const list = await readCatalog("openrouter-2026-02");
  return {
    openrouter: openRouter({ kind: "answers", body: list }),
    gemini: { kind: "pages", pages: [await readCatalog("gemini-2026-02")] },
  };
}

/** Months later: one is quick, one has two pages, one never answers. */
async function later(): Promise<Cast> {
  const list = await readCatalog("openrouter-2026-08");
  return {
    openrouter: openRouter({ kind: "answers", body: list, delayMs: 420 }),
    xai: { kind: "hangs", where: "headers" },
    gemini: { ...await geminiPages(), delayMs: 560 },
  };
}

/** The program in the user's folder, under its own permission set. */
async function run(cwd: string, cast: Cast): Promise<Chunk[]> {
  await using providers = await startProviders(cast);
  const program = [
    `"${Deno.execPath()}" run -q --no-prompt -P=discover`,
    `--config "${fromRepository("deno.json")}" "${fromRepository("main.ts")}"`,
  ].join(" ");
  return await record({
    command: `printf '$ discover\\n'; exec ${program}`,
    cwd,
    env: {
      ...providers.env,
      HOME: Deno.env.get("HOME") ?? cwd,
      PATH: Deno.env.get("PATH") ?? "",
      DENO_NO_UPDATE_CHECK: "1",
    },
    columns: COLUMNS,
    rows: 24,
  });
}

const folder = await Deno.makeTempDir({ prefix: "discover-picture-" });
try {
  const sample = fromRepository("tests/fixtures/demo/config.yaml");
  await Deno.copyFile(sample, `${folder}/config.yaml`);
  await run(folder, await previous());
  const chunks = await run(folder, await later());
  await Deno.writeTextFile(PICTURE, svgOf(chunks, COLUMNS));
} finally {
  await Deno.remove(folder, { recursive: true });
}

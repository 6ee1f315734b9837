/**
 * While the providers are waited for, the rest of the run is gone through once,
 * on a made-up config with made-up answers, and the result is dropped. Code that
 * runs for the first time is compiled first, which takes longer than to run it:
 * what is compiled now need not be compiled after the last answer.
 *
 * @module
 */

import { NO_BLOCK } from "../block/previous.ts";
import { readConfig } from "../config/config.ts";
import { askProvider, type ProviderRequest } from "../fetch/fetch.ts";
import type { Outcome } from "../fetch/outcome.ts";
import { turn } from "../fetch/turn.ts";
import type { Settings } from "../settings/settings.ts";
import { Layout, toText } from "../terminal/layout.ts";
import { symbolsFor } from "../terminal/style.ts";
import { summaryLines } from "../terminal/summary.ts";
import type { RunContext } from "./context.ts";
import { planRefresh } from "./plan.ts";
import { buildReport } from "./report.ts";

const CONFIG = `model_list:
- model_name: mine
  litellm_params:
    model: openai/mine
`;

/** Rows in the form of each of the default providers. */
const ANSWER = JSON.stringify({
  data: [{ id: "anthropic/claude-sonnet-1", created: 1 }, { id: "grok-1" }],
  models: [{
    name: "models/gemini-1-flash",
    supportedGenerationMethods: ["generateContent"],
  }],
});

/** Where the summary would be shown. */
const NOWHERE = {
  isTerminal: false,
  os: "",
  classicConsoleReady: false,
  env: {},
};

/** Goes through the rest of the run in pieces, until `over` is aborted. */
export async function rehearse(
  context: RunContext,
  settings: Settings,
  over: AbortSignal,
): Promise<void> {
  try {
    await goThrough(context, settings, async () => {
      await turn();
      over.throwIfAborted();
    });
  } catch {
    // What goes wrong here goes wrong again in earnest, and is said then.
  }
}

async function goThrough(
  context: RunContext,
  settings: Settings,
  pause: () => Promise<void>,
): Promise<void> {
  const { io } = context;
  await pause();
  const asking = settings.requests.map((request) => askNobody(request, io));
  const outcomes = await Promise.all(asking);
  await pause();
  const config = await readConfig(new TextEncoder().encode(CONFIG));
  await pause();
  const plan = await planRefresh(config, NO_BLOCK, settings, outcomes);
  await pause();
  const report = buildReport(context, {
    ...{ configPath: "", config, previous: NO_BLOCK, settings, outcomes },
    applied: { plan, result: "unchanged", warnings: [] },
  });
  await pause();
  const layout = new Layout(79, symbolsFor(NOWHERE), false);
  for (const line of summaryLines(report, layout)) toText(line, false);
}

/** The made-up answer, read as that of the provider; no key is in it. */
async function askNobody(
  { key: _, ...request }: ProviderRequest,
  { interrupted: signal, monotonicMs }: RunContext["io"],
): Promise<Outcome> {
  return await askProvider(request, {
    timeoutMs: 1000,
    signal,
    monotonicMs,
    fetch: () => Promise.resolve(new Response(ANSWER)),
  });
}

/**
 * A rehearsal: while the providers are waited for, the rest of the run is gone
 * through once, on a made-up config with made-up answers, and the result is
 * dropped. Code that runs for the first time is compiled first, which takes
 * longer than running it: done now, it is not done after the last answer.
 *
 * @module
 */

import { NO_BLOCK } from "../block/previous.ts";
import { readConfig } from "../config/config.ts";
import { askProvider } from "../fetch/fetch.ts";
import type { Outcome } from "../fetch/outcome.ts";
import type { Settings } from "../settings/settings.ts";
import { Layout } from "../terminal/layout.ts";
import { symbolsFor } from "../terminal/style.ts";
import { summaryLines } from "../terminal/summary.ts";
import { toText } from "../terminal/layout.ts";
import type { RunContext } from "./context.ts";
import { planRefresh } from "./plan.ts";
import { buildReport } from "./report.ts";

const CONFIG = `model_list:
- model_name: mine
  litellm_params:
    model: openai/mine
`;

/** A row or two in the form of each provider. */
const ANSWER = JSON.stringify({
  data: [{ id: "anthropic/claude-sonnet-1", created: 1 }, { id: "grok-1" }],
  models: [{
    name: "models/gemini-1-flash",
    supportedGenerationMethods: ["generateContent"],
  }],
});

/** Goes through it once. */
export async function rehearse(
  context: RunContext,
  settings: Settings,
): Promise<void> {
  const turn = () => new Promise((r) => setTimeout(r, 0));
  const outcomes: Outcome[] = await Promise.all(
    settings.requests.map(({ key: _, ...request }) =>
      askProvider(request, {
        timeoutMs: settings.timeoutMs,
        signal: context.io.interrupted,
        fetch: () => Promise.resolve(new Response(ANSWER)),
        monotonicMs: context.io.monotonicMs,
      })
    ),
  );
  await turn();
  const config = await readConfig(new TextEncoder().encode(CONFIG));
  await turn();
  const plan = await planRefresh(config, NO_BLOCK, settings, outcomes);
  await turn();
  const report = buildReport(context, {
    configPath: "",
    config,
    previous: NO_BLOCK,
    outcomes,
    settings,
    applied: { plan, result: "unchanged", warnings: [] },
  });
  await turn();
  const layout = new Layout(
    79,
    symbolsFor({
      isTerminal: false,
      os: "",
      classicConsoleReady: false,
      env: {},
    }),
    false,
  );
  summaryLines(report, layout).map((line) => toText(line, false));
}

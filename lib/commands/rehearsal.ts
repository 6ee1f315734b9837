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
import { comeIn, turn } from "../fetch/turn.ts";
import type { RunReport } from "../report/report.ts";
import type { Settings } from "../settings/settings.ts";
import { Printer, type TerminalIo } from "../terminal/printer.ts";
import { applyRefresh } from "./change.ts";
import { show, withLifecycles } from "./collect.ts";
import type { ConfigVersion } from "./config_version.ts";
import type { RunContext } from "./context.ts";
import type { RunInputs } from "./inputs.ts";

const CONFIG = `model_list:
- model_name: mine
  litellm_params:
    model: openai/mine
`;

/** With 1 row less is compiled; with 30 nothing is faster, but 2 MiB go into it. */
const NUMBERS = [1, 2, 3, 4, 5, 6, 7, 8];

/** An answer in the form of each of the default providers. */
const ANSWER = JSON.stringify({
  data: NUMBERS.flatMap((number) => [
    { id: `anthropic/claude-sonnet-${number}`, created: number },
    { id: `grok-${number}` },
  ]),
  models: NUMBERS.map((number) => ({
    name: `models/gemini-${number}-flash`,
    supportedGenerationMethods: ["generateContent"],
  })),
});

/** Nothing of it is shown. */
const NOWHERE: TerminalIo = {
  os: "",
  classicConsoleReady: false,
  isTerminal: () => false,
  size: () => undefined,
  write: () => {},
  monotonicMs: () => 0,
  every: () => () => {},
};

/**
 * Goes through the rest of the run in pieces; returns the report of that, or
 * nothing where `over` was aborted before its end. Never rejects.
 */
export async function rehearse(
  context: RunContext,
  inputs: RunInputs,
  settings: Settings,
  over: AbortSignal,
): Promise<RunReport | undefined> {
  const pause = async (): Promise<void> => {
    await turn();
    over.throwIfAborted();
  };
  try {
    // An answer is read in many turns: each would wait for a piece of this.
    await comeIn(over);
    const asking = settings.requests.map((one) => askNobody(one, context.io));
    const outcomes = (await Promise.all(asking)).map(withLifecycles);
    await pause();
    const version = await madeUpVersion(inputs);
    await pause();
    const made = madeUpContext(context);
    const offers = outcomes.flatMap((outcome) =>
      show(outcome, made, version, settings) ?? []
    );
    await pause();
    const collected = { answers: outcomes, outcomes, offers };
    return await applyRefresh(made, inputs, version, settings, collected);
  } catch {
    // The run is only slower without it.
    return undefined;
  }
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
    proxyFor: () => undefined,
    fetch: () => Promise.resolve(new Response(ANSWER)),
  });
}

async function madeUpVersion({ snapshot }: RunInputs): Promise<ConfigVersion> {
  const bytes = new TextEncoder().encode(CONFIG);
  const config = await readConfig(bytes);
  return { snapshot: { ...snapshot, bytes }, config, previous: NO_BLOCK };
}

/** Nothing is shown, logged or written, and no file is looked for. */
function madeUpContext(context: RunContext): RunContext {
  const options = { mode: "normal", color: "never", env: {} } as const;
  const store = { ...context.io.store, exists: () => Promise.resolve(false) };
  return {
    ...context,
    io: { ...context.io, store },
    terminal: new Printer(options, NOWHERE),
    destination: { kind: "check" },
    output: { json: false, isVerbose: false, logFile: undefined },
  };
}

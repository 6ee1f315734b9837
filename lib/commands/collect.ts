/**
 * The outcomes as they come: what each offers is worked out and shown at once, so
 * that little is left to do after the last one.
 *
 * @module
 */

import { outcomeHint } from "../advice/outcomes.ts";
import { countModels } from "../block/format.ts";
import type { PreviousBlock } from "../block/previous.ts";
import { countOffered, type Offer, offerOf } from "../catalog/offer.ts";
import { doubtShrunk } from "../catalog/shrunk.ts";
import type { ProviderRequest } from "../fetch/fetch.ts";
import type { Failure, Outcome } from "../fetch/outcome.ts";
import { unusableProxy } from "../fetch/proxy_route.ts";
import { withLifecycle } from "../providers/lifecycle.ts";
import type { RejectedProvider } from "../settings/decisions.ts";
import type { Settings } from "../settings/settings.ts";
import type { ConfigVersion } from "./config_version.ts";
import type { RunContext } from "./context.ts";
import { isSameRequest, type Requests } from "./requests.ts";

/** What came of all requests, and what that offers to a version of the config. */
export interface Collected {
  /** As they came: another version may not doubt what the first one did. */
  readonly answers: readonly Outcome[];
  readonly outcomes: readonly Outcome[];
  readonly offers: readonly Offer[];
}

/** Waits for all outcomes. */
export async function collect(
  context: RunContext,
  version: ConfigVersion,
  settings: Settings,
  requests: Requests,
): Promise<Collected> {
  const { sources, rejected, timeoutMs } = settings;
  const expected = [...settings.requests, ...rejected];
  const asked = sources.map(({ provider }) => provider)
    .filter((one) => expected.some(({ provider }) => provider === one));
  if (sources.length === 0) {
    context.terminal.note(
      "all providers are disabled in the settings; none is asked",
    );
  }
  if (asked.length > 0) {
    context.terminal.begin(asked, version.snapshot.path, timeoutMs);
  }
  const all = await Promise.all(
    coming(settings, requests).map(async (one) => {
      const answer = await one;
      const outcome = doubtShrunk(answer, version.previous, settings.sources);
      const offer = show(outcome, context, version, settings);
      return { answer, outcome, offer };
    }),
  );
  return {
    answers: all.map(({ answer }) => answer),
    outcomes: all.map(({ outcome }) => outcome),
    offers: all.flatMap(({ offer }) => offer ?? []),
  };
}

/** Waits for all outcomes; who is waited for is shown meanwhile, and then gone. */
export async function awaitAnswers(
  { terminal }: RunContext,
  previous: PreviousBlock,
  settings: Settings,
  requests: Requests,
): Promise<Outcome[]> {
  const asked = settings.requests.map(({ provider }) => provider);
  terminal.wait(asked, settings.timeoutMs);
  return await Promise.all(
    coming(settings, requests).map(async (one) => {
      const outcome = doubtShrunk(await one, previous, settings.sources);
      const { length } = outcome.kind === "answered" ? outcome.models : [];
      terminal.settle(outcome, { models: length, previousModels: 0 });
      return outcome;
    }),
  );
}

/** All outcomes as they come, those of rejected providers at once. */
function coming(
  settings: Settings,
  requests: Requests,
): Promise<Outcome>[] {
  return [
    ...requests.outcomes(settings.requests),
    ...settings.rejected.map((one) => Promise.resolve(asOutcome(one))),
  ].map(async (outcome) => withLifecycles(await outcome));
}

/** The outcome with what the program itself knows of its models' ends. */
export function withLifecycles(outcome: Outcome): Outcome {
  if (outcome.kind !== "answered") return outcome;
  const models = outcome.models.map((model) =>
    withLifecycle(outcome.provider, model)
  );
  return { ...outcome, models };
}

/** Shows an outcome; returns what it offers. */
export function show(
  outcome: Outcome,
  { terminal, io }: RunContext,
  { config: { userEntries }, previous }: ConfigVersion,
  settings: Settings,
): Offer | undefined {
  const { sources, overWildcards, today } = settings;
  const offer = offerOf(outcome, sources, userEntries, today);
  const section = previous.sections.get(outcome.provider);
  terminal.settle(outcome, {
    models: countOffered(offer, userEntries, overWildcards),
    previousModels: countModels(section?.entries),
    hint: outcome.kind === "failed"
      ? outcomeHint(outcome, settings, unusableProxy(io.environment))
      : undefined,
  });
  return offer;
}

/**
 * The outcomes as far as they hold for these settings. It is too late to ask
 * again where the key or the base is another by now: that counts as failed.
 */
export function validOutcomes(
  outcomes: readonly Outcome[],
  asked: readonly ProviderRequest[],
  { requests, rejected }: Settings,
): Outcome[] {
  const earlier = (id: string): Outcome | undefined =>
    outcomes.find(({ provider }) => provider === id);
  return [
    ...requests.map((request): Outcome => {
      const provider = request.provider.id;
      const isSame = asked.some((one) => isSameRequest(one, request));
      return isSame && earlier(provider) ||
        failedAtOnce(provider, { reason: "config-changed" });
    }),
    ...rejected.map((one): Outcome => {
      const outcome = earlier(one.provider.id);
      return outcome?.kind === "failed" ? outcome : asOutcome(one);
    }),
  ];
}

/**
 * The same for another version of the config: what its block makes of them. Those
 * of which nothing else is to be said stay as they were `shown`.
 */
export function outcomesFor(
  { previous }: ConfigVersion,
  { sources }: Settings,
  answers: readonly Outcome[],
  shown: readonly Outcome[],
): Outcome[] {
  return answers.map((answer) => {
    const outcome = doubtShrunk(answer, previous, sources);
    if (outcome === answer) return outcome;
    const earlier = shown.find(({ provider }) => provider === answer.provider);
    const isSame = JSON.stringify(earlier) === JSON.stringify(outcome);
    return earlier && isSame ? earlier : outcome;
  });
}

function asOutcome({ provider, failure }: RejectedProvider): Outcome {
  return failedAtOnce(provider.id, failure);
}

function failedAtOnce(provider: string, failure: Failure): Outcome {
  return { kind: "failed", provider, elapsedMs: 0, failure };
}

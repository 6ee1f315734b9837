/**
 * Providers that failed: what that means for the block, and what may help.
 *
 * @module
 */

import { countModels } from "../block/format.ts";
import type { PreviousBlock } from "../block/previous.ts";
import { sourceOf } from "../catalog/offer.ts";
import { describeWithSaid } from "../fetch/failure_words.ts";
import type { Outcome } from "../fetch/outcome.ts";
import { consequenceOf } from "../report/report.ts";
import type { Settings } from "../settings/settings.ts";
import type { Warning } from "../warning.ts";
import { failureHint } from "./failure_hint.ts";

/** A warning for each that failed, in the table's order. */
export function outcomeWarnings(
  outcomes: readonly Outcome[],
  previous: PreviousBlock,
  settings: Settings,
  unusableProxy?: string,
): Warning[] {
  const { sources, timeoutMs } = settings;
  return sources.flatMap(({ provider }): Warning[] => {
    const { id, title } = provider;
    const outcome = outcomes.find(({ provider }) => provider === id);
    if (outcome?.kind !== "failed") return [];
    const reason = describeWithSaid(outcome.failure, timeoutMs);
    const earlier = countModels(previous.sections.get(id)?.entries);
    const text = `${title}: ${reason}; ${consequenceOf(earlier)}`;
    const hint = outcomeHint(outcome, settings, unusableProxy);
    return [{
      ...{ code: "provider-failed", provider: title, text } as const,
      ...(hint && { hint }),
    }];
  });
}

/** What may help against a failure, if there is a hint. */
export function outcomeHint(
  { provider: id, failure }: Outcome & { readonly kind: "failed" },
  { sources, requests }: Settings,
  unusableProxy?: string,
): string | undefined {
  const source = sourceOf(id, sources);
  const base = requests.find(({ provider }) => provider.id === id)?.base;
  return source && failureHint(failure, source, base, unusableProxy);
}

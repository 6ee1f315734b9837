/**
 * Providers that failed, or rejected their key: what that means for the block,
 * and what may help.
 *
 * @module
 */

import { countModels } from "../block/format.ts";
import type { PreviousBlock } from "../block/previous.ts";
import {
  describeFailure,
  type Failure,
  type Outcome,
} from "../fetch/outcome.ts";
import type { Provider } from "../providers/provider.ts";
import { consequenceOf } from "../report/report.ts";
import type { Settings } from "../settings/settings.ts";
import type { Warning } from "../warning.ts";
import { variablesOf } from "./missing_keys.ts";

/** A warning for each provider that failed or rejected its key. */
export function outcomeWarnings(
  outcomes: readonly Outcome[],
  previous: PreviousBlock,
  { sources, timeoutMs }: Settings,
): Warning[] {
  return outcomes.flatMap((outcome): Warning[] => {
    const provider = sources.find((source) =>
      source.provider.id === outcome.provider
    )?.provider;
    if (!provider) return [];
    const { id, title } = provider;
    if (outcome.kind === "answered") {
      return outcome.keyRejected ? [rejectedKey(provider)] : [];
    }
    const reason = describeFailure(outcome.failure, timeoutMs);
    const earlier = countModels(previous.sections.get(id)?.entries);
    const text = `${title}: ${reason}; ${consequenceOf(earlier)}`;
    const hint = failureHint(outcome.failure, provider);
    return [{ code: "provider-failed", text, ...(hint && { hint }) }];
  });
}

function rejectedKey(provider: Provider): Warning {
  return {
    code: "key-rejected",
    text: `${provider.title}: sent its model list, but rejected the API key`,
    hint: `calls to its models will fail; check ${variablesOf(provider)}`,
  };
}

function failureHint(
  failure: Failure,
  provider: Provider,
): string | undefined {
  switch (failure.reason) {
    case "bad-base":
      return failure.hint;
    case "proxy-list":
      return `remove what points there (${
        provider.baseVariables.join(" or ")
      }, or base_url in discover.yaml); if it is this proxy, name its port: ` +
        "discover -- --port N";
    case "timeout":
      return "wait longer with --timeout 5s";
    case "wrong-key":
    case "unusable-key":
    case "forbidden":
      return `check ${variablesOf(provider)}`;
    case "config-changed":
      return "run again";
    case "tls":
      return "behind a company's proxy, set SSL_CERT_FILE to a PEM file with its " +
        "root certificate, which LiteLLM reads too; otherwise check the clock";
    default:
      return undefined;
  }
}

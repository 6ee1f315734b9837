/**
 * The object of `--why --json`, schema version 1.
 *
 * @module
 */

import type { Reason, WhyReport } from "./reasons.ts";
import { SCHEMA_VERSION } from "../report/json.ts";
import { wordsOf } from "./words.ts";

/** The object of `--why --json`. */
export function whyJson(report: WhyReport): Record<string, unknown> {
  const { version, exitCode, config, name, names, reasons, nearest } = report;
  return {
    ...{ schemaVersion: SCHEMA_VERSION, kind: "why", version, exitCode },
    ...{ config, name, inBlock: report.isInBlock, onDisk: report.isOnDisk },
    ...{ names, reasons: reasons.map(reasonJson), nearest },
  };
}

/** Every reason has the same fields; one without a meaning is null. */
function reasonJson(reason: Reason): Record<string, unknown> {
  const { text: message, hint = null } = wordsOf(reason);
  const { file = null, line = null } = "at" in reason && reason.at || {};
  const text = (value: string | undefined): string | null => value ?? null;
  return {
    ...{ reason: reason.kind, message, hint },
    provider: "provider" in reason ? reason.provider.id : null,
    model: "model" in reason ? reason.model : null,
    upstream: "upstream" in reason ? text(reason.upstream) : null,
    endsOn: "endsOn" in reason ? text(reason.endsOn) : null,
    successor: "successor" in reason ? text(reason.successor) : null,
    ...{ file, line },
  };
}

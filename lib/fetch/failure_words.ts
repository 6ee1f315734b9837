/**
 * A failure in words that a user understands, without a period.
 *
 * @module
 */

import { counted } from "../text/plural.ts";
import type { AnswerReason, Failure } from "./outcome.ts";

/** Reasons whose words name the host, the proxy, the time or a number. */
type Detailed =
  | "timeout"
  | "dns"
  | "tls"
  | "connection"
  | "proxy"
  | "not-found"
  | "status"
  | "web-page"
  | "not-permitted"
  | "shrunk"
  | "key-blocked"
  | "forbidden";

/** Of the others; the HTTP status follows. */
const WORDS: Readonly<Record<Exclude<AnswerReason, Detailed>, string>> = {
  "interrupted": "interrupted",
  "cut-off": "response cut off",
  "wrong-key": "API key rejected",
  "unusable-key": "API key has characters that no HTTP header can carry",
  "no-credits": "no credits",
  "rate-limited": "rate limit exceeded",
  "redirect": "unexpected redirect",
  "not-json": "response is not JSON",
  "wrong-shape": "response is not a model list",
  "too-large": "response is larger than 8 MiB",
  "too-deep": "response is nested too deeply",
  "paging": "pages of the model list do not end",
  "foreign-page": "next page is on another host",
  "proxy-list": "response is the model list of a LiteLLM proxy",
  "no-models": "model list has no chat models",
  "config-changed": "the config changed its key or its address meanwhile",
};

/** What happened, without what the provider says about it. */
export function describeFailure(failure: Failure, timeoutMs: number): string {
  if (failure.reason === "bad-base") return failure.state;
  const { reason, status, state, host = "its host", proxy } = failure;
  const answer = status === undefined ? "" : ` (HTTP ${status})`;
  const how = state === undefined ? "" : ` (${state})`;
  const way = proxy === undefined ? "" : `, through the proxy ${proxy}`;
  switch (reason) {
    case "timeout":
      return `timed out after ${timeoutMs / 1000} s${way}`;
    case "dns":
      return `cannot resolve ${withoutPort(host)}`;
    case "tls":
      return `TLS certificate of ${brief(host)} not accepted${how}${way}`;
    case "connection":
      return `cannot connect to ${host}${how}${way}`;
    case "proxy": {
      const name = proxy === undefined ? "the proxy" : `the proxy ${proxy}`;
      return state === "no tunnel"
        ? `${name} refused the connection to ${host}${answer}`
        : `cannot connect to ${name}${how}`;
    }
    case "not-found":
    case "status":
      return `HTTP ${status} from ${brief(host)}`;
    case "web-page":
      return `a web page answers for ${brief(host)}${answer}`;
    case "key-blocked":
      return state === "team blocked"
        ? `the team of the API key is blocked${answer}`
        : `API key is ${state}${answer}`;
    case "forbidden":
      return state === undefined
        ? `API key lacks a permission${answer}`
        : `API key has no permission ${state}${answer}`;
    case "not-permitted":
      return `this program has no permission to connect to ${host}`;
    case "shrunk": {
      const { listed = 0, earlier = 0 } = failure.counts ?? {};
      return `model list has only ${counted(listed, "model")}, ` +
        `down from ${earlier}`;
    }
    default:
      return WORDS[reason] + answer;
  }
}

/** The same, and the provider's own sentence in quotes. */
export function describeWithSaid(failure: Failure, timeoutMs: number): string {
  const words = describeFailure(failure, timeoutMs);
  return failure.said === undefined ? words : `${words}: "${failure.said}"`;
}

/** `api.x.ai` of `api.x.ai:443`: a port of its own is worth saying. */
export function brief(host: string): string {
  return host.replace(/:(?:443|80)$/, "");
}

function withoutPort(host: string): string {
  return host.replace(/:\d+$/, "");
}

/**
 * Why a request came to no answer, by what `fetch` throws. The words are those of
 * the libraries in Deno 2.6 to 2.9 (hyper, rustls), which end with the system's
 * code: Windows says the rest in its user's language. They may quote the address
 * and go no further.
 *
 * @module
 */

import type { AnswerFailure, FailureState } from "./outcome.ts";

/** What an error of `fetch` means; `proxy` is the one on the way, if any. */
export function noAnswer(
  error: unknown,
  proxy: string | undefined,
): AnswerFailure {
  if (!(error instanceof Error)) return { reason: "connection" };
  if (error.name === "TimeoutError") return { reason: "timeout" };
  if (error.name === "NotCapable") return { reason: "not-permitted" };
  const { message, cause } = error;
  const all = cause instanceof Error ? `${message}: ${cause.message}` : message;
  // What comes before is the address, in which anything may stand.
  const [, phase, said = ""] = /.*client error \((\w+)\): (.*)/s.exec(all) ??
    [];
  return ofProxy(said, proxy, phase === "Connect") ?? ofHost(said);
}

/** What only a proxy does, and where connecting is as far as it came. */
function ofProxy(
  said: string,
  proxy: string | undefined,
  isConnecting: boolean,
): AnswerFailure | undefined {
  if (said.startsWith("proxy authentication required")) {
    return { reason: "proxy", state: "no tunnel", status: 407 };
  }
  if (said.startsWith("unsuccessful tunnel")) {
    return { reason: "proxy", state: "no tunnel" };
  }
  if (said.startsWith("unexpected eof while tunneling")) {
    return { reason: "proxy", state: "closed without an answer" };
  }
  if (proxy === undefined || !isConnecting) return undefined;
  if (said.startsWith("dns error")) {
    return { reason: "proxy", state: "host name not found" };
  }
  // The second is said of one that speaks SOCKS.
  if (!/^tcp connect error|^Proxy server unreachable/.test(said)) {
    return undefined;
  }
  return { reason: "proxy", ...stateIn(said) };
}

function ofHost(said: string): AnswerFailure {
  if (said.startsWith("dns error")) return { reason: "dns" };
  if (/^invalid peer certificate/.test(said)) {
    return { reason: "tls", ...firstOf(CERTIFICATE, said) };
  }
  return { reason: "connection", ...stateIn(said) };
}

type States = readonly (readonly [RegExp, FailureState])[];

const CERTIFICATE: States = [
  [/expired/i, "expired"],
  [/not ?valid ?yet/i, "not valid yet"],
  [/not ?valid ?for ?name/i, "made for another name"],
  // Also another authority of the same name.
  [/UnknownIssuer|BadSignature|CaUsedAsEndEntity/, "unknown issuer"],
];

const CONNECTION: States = [
  [/connection closed before|handshake eof/, "closed without an answer"],
  [/^received corrupt message/, "answers, but not in TLS"],
  [/^received fatal alert/, "TLS refused"],
  [/^invalid .* parsed/, "answers, but not in HTTP"],
];

/** The system's codes: those of Linux, macOS and Windows. */
const CODES: readonly (readonly [FailureState, readonly string[]])[] = [
  ["refused", ["111", "61", "10061"]],
  ["timed out", ["110", "60", "10060"]],
  ["unreachable", ["101", "113", "51", "65", "10051", "10065"]],
  ["reset", ["104", "54", "10054"]],
];

type State = Pick<AnswerFailure, "state">;

function stateIn(said: string): State {
  const [, code = ""] = /\(os error (\d+)\)/.exec(said) ?? [];
  const found = CODES.find(([, codes]) => codes.includes(code));
  return found ? { state: found[0] } : firstOf(CONNECTION, said);
}

function firstOf(states: States, said: string): State {
  const found = states.find(([pattern]) => pattern.test(said));
  return found ? { state: found[1] } : {};
}

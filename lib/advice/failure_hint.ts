/**
 * What may help against a provider's failure.
 *
 * @module
 */

import type { Source } from "../catalog/offer.ts";
import { brief } from "../fetch/failure_words.ts";
import type { Failure } from "../fetch/outcome.ts";
import { isLoopback } from "../providers/private_host.ts";
import type { Provider } from "../providers/provider.ts";
import { PROVIDERS } from "../providers/table.ts";
import { variablesOf } from "./missing_keys.ts";

const AGAIN = "run again later";

/**
 * The hint, if there is one; `base` is where the provider was asked, and
 * `unusableProxy` the variable whose value names no proxy although it is set.
 */
export function failureHint(
  failure: Failure,
  source: Source,
  base: URL | undefined,
  unusableProxy?: string,
): string | undefined {
  if (failure.reason === "bad-base") return failure.hint;
  const { provider } = source;
  const place = base && !isUsual(provider, base) ? base : undefined;
  switch (failure.reason) {
    case "wrong-key":
    case "unusable-key":
      return `check ${keyOf(source)}`;
    case "forbidden":
      return `check ${keyOf(source)}${pageOf(provider)}`;
    case "key-blocked":
      return `check ${keyOf(source)}${pageOf(provider)}, or set another key`;
    case "no-credits":
      return `add credits at ${provider.title}, or use a key of an account ` +
        "that has some";
    case "shrunk":
      return "if the others are really gone, run once with --accept-shrink, or " +
        `set shrink: accept for "${provider.id}" in discover.yaml`;
    case "config-changed":
      return "run again";
    case "not-found":
      return place ? checkBase(provider, place) : AGAIN;
    case "status":
      return (failure.status ?? 0) >= 500 ? AGAIN : undefined;
    case "proxy-list":
      return `remove what points there (${
        provider.baseVariables.join(" or ")
      }, or base_url in discover.yaml); if it is this proxy, name its port: ` +
        "discover -- --port N";
    case "timeout":
      return place ? timeoutHint(failure, provider, place) : LONGER;
    case "dns":
    case "connection":
      return place
        ? connectionHint(failure, provider, place)
        : networkHint(unusableProxy);
    case "proxy":
      return proxyHint(failure);
    case "tls":
      return certificateHint(failure);
    case "web-page":
    case "redirect":
      return place
        ? `check ${baseOf(provider)}: no API answers there`
        : `open https://${hostOf(failure)} in a browser: a company's filter ` +
          "or a login page may answer";
    default:
      return undefined;
  }
}

/** The variable's value may hold a password, and is not quoted. */
function networkHint(unusableProxy: string | undefined): string {
  const form = "http://USER:PASSWORD@HOST:PORT";
  return unusableProxy === undefined
    ? `check the network; behind a company's proxy, set HTTPS_PROXY as ${form}`
    : `${unusableProxy} is not in a form that can be used: write ${form}, in ` +
      "ASCII, and without \\ ^ / # ? or a space in the password";
}

/** The variable that has the key, and where that is set. */
export function keyOf({ provider, keyVariable, keyFrom }: Source): string {
  if (keyVariable === undefined) return variablesOf(provider);
  return keyFrom === undefined
    ? keyVariable
    : `${keyVariable} (from ${keyFrom})`;
}

/** Where to look at what a key may do. */
export function pageOf({ keyInfo }: Provider): string {
  return keyInfo ? ` at ${keyInfo.page}` : "";
}

/** Whether it was asked where it is without any setting. */
function isUsual({ kind, defaultBase }: Provider, base: URL): boolean {
  return kind !== "local" && base.href === new URL(defaultBase).href;
}

/** Where another base may have been set. */
function baseOf({ id, baseVariables }: Provider): string {
  const setting = `base_url of "${id}" in discover.yaml`;
  return PROVIDERS.some((one) => one.id === id)
    ? [...baseVariables, setting].join(" or ")
    : setting;
}

function checkBase(provider: Provider, base: URL): string {
  const version = /\/v\d\w*\/?$/;
  const lacksVersion = version.test(provider.defaultBase) &&
    !version.test(base.pathname);
  const advice = lacksVersion ? ": most servers want it to end in /v1" : "";
  return `check ${baseOf(provider)}${advice}`;
}

const LONGER = "wait longer with --timeout 5s";

function timeoutHint(failure: Failure, provider: Provider, base: URL): string {
  return isLoopback(base.hostname)
    ? LONGER
    : `is ${provider.title} running at ${hostOf(failure)}? if so, ${LONGER}`;
}

/** Of a server of one's own, or where a variable leads to one. */
function connectionHint(
  failure: Failure,
  provider: Provider,
  base: URL,
): string {
  if (failure.reason === "dns") return `check the host in ${baseOf(provider)}`;
  const host = hostOf(failure);
  if (failure.state === "answers, but not in TLS") {
    return `write ${baseOf(provider)} with http://, not https://`;
  }
  if (/answer/.test(failure.state ?? "")) {
    return `is it another program that listens at ${host}, or one that wants ` +
      "https://?";
  }
  const running = provider.kind === "local"
    ? `is ${provider.title} running at ${host}?`
    : `is a server running at ${host}? ${baseOf(provider)} leads there`;
  return isLoopback(base.hostname) && provider.kind === "local"
    ? `${running} in a container, ${base.hostname} is the container itself: ` +
      "use host.docker.internal"
    : running;
}

function proxyHint({ state, status, host = "", proxy }: Failure): string {
  if (status === 407) {
    return "write its user and password into the proxy's variable: " +
      `http://USER:PASSWORD@${proxy ?? "HOST:PORT"}`;
  }
  return state === "no tunnel"
    ? `it cannot reach ${brief(host)}, or its rules forbid it: have it allowed`
    : "check the address in HTTPS_PROXY or ALL_PROXY";
}

function certificateHint(failure: Failure): string {
  switch (failure.state) {
    case "expired":
    case "not valid yet":
      return "is this machine's clock right? if so, the certificate has to be " +
        "renewed";
    case "made for another name":
      return `something else answers for ${hostOf(failure)}, such as a ` +
        "company's filter or a login page";
    default:
      return "behind a company's proxy, set SSL_CERT_FILE to a PEM file with its " +
        "root certificate, which LiteLLM reads too";
  }
}

function hostOf({ host }: Failure): string {
  return brief(host ?? "its host");
}

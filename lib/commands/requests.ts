/**
 * The requests of a run, each sent once: those that need not wait for the config
 * before it is parsed, the others after that. Only what they need is imported
 * here: each 100 KB of code takes 3.5 ms to load.
 *
 * @module
 */

import {
  askProvider,
  type FetchOptions,
  type ProviderRequest,
} from "../fetch/fetch.ts";
import type { Trust } from "../fetch/certificates.ts";
import { noProxyFor } from "../fetch/no_proxy.ts";
import { proxyFor } from "../fetch/proxy_route.ts";
import { goOut, turn } from "../fetch/turn.ts";
import type { Outcome } from "../fetch/outcome.ts";
import type { Io } from "../io.ts";
import {
  type Asking,
  decideOnProviders,
  type SettingsOptions,
} from "../settings/decisions.ts";
import type { ThisProxy } from "../settings/this_proxy.ts";
import { waitsForConfig } from "../settings/waits_for_config.ts";
import type { RunContext } from "./context.ts";
import type { RunInputs } from "./inputs.ts";
import { variableReader } from "./key_files.ts";
import { keysAndProxy } from "./keys_and_proxy.ts";

/** Sends all requests that need not wait until the config is parsed. */
export function sendAtOnce(
  context: RunContext,
  inputs: RunInputs,
  requests: Requests,
): void {
  const { io } = context;
  const { keys, proxy } = keysAndProxy(context, inputs.keys);
  const options = settingsOptions(io, inputs, proxy);
  const asking = decideOnProviders(inputs, keys, options);
  const valueOf = variableReader(io, keys);
  const { bytes } = inputs.snapshot;
  const waits = waitsForConfig(bytes, valueOf, asking.timeoutMs);
  requests.send(asking, (request) => !waits(request));
}

/** What the settings are made of, with what is known of the proxy. */
export function settingsOptions(
  { currentDate, canConnect }: Io,
  { settingsFile: file }: RunInputs,
  proxy: ThisProxy,
): SettingsOptions {
  const today = currentDate().toISOString().slice(0, 10);
  return { today, file, canConnect, proxy };
}

/** Whether both ask the same place with the same key. */
export function isSameRequest(
  one: ProviderRequest,
  other: ProviderRequest,
): boolean {
  return one.provider.id === other.provider.id &&
    one.base.href === other.base.href &&
    one.key?.reveal() === other.key?.reveal();
}

/** A request and what comes of it, which is never a rejection. */
interface Sent {
  readonly request: ProviderRequest;
  readonly outcome: Promise<Outcome>;
}

/** What is under way. Disposing of it ends that. */
export class Requests implements AsyncDisposable {
  readonly #io: Io;
  readonly #trust: Trust;
  readonly #sent = new Map<string, Sent>();
  readonly #underWay = new Set<ProviderRequest>();
  readonly #stop = new AbortController();

  constructor(io: Io, trust: Trust) {
    this.#io = io;
    this.#trust = trust;
  }

  /** Sends those that are not sent yet as they are, each with the full timeout. */
  send(
    { requests, timeoutMs }: Asking,
    mayBeSent: (request: ProviderRequest) => boolean = () => true,
  ): void {
    const unsent = requests.filter((request) =>
      !this.#outcomeOf(request) && mayBeSent(request)
    );
    if (unsent.length === 0) return;
    const { environment, interrupted, fetch, monotonicMs } = this.#io;
    this.#setVariables(requests.map(({ base }) => base));
    const signal = AbortSignal.any([interrupted, this.#stop.signal]);
    const options: FetchOptions = {
      timeoutMs,
      signal,
      fetch,
      monotonicMs,
      proxyFor: (url) => proxyFor(url, environment),
    };
    for (const request of unsent) {
      const outcome = askProvider(request, options);
      this.#sent.set(request.provider.id, { request, outcome });
      this.#underWay.add(request);
      void outcome.then(() => this.#underWay.delete(request));
    }
  }

  /** While asking only: LiteLLM is to have them as their owner set them. */
  #setVariables(bases: readonly URL[]): void {
    const noProxy = noProxyFor(bases, this.#io.environment);
    this.#io.setVariable("NO_PROXY", noProxy);
    for (const [name, value] of this.#trust.variables) {
      this.#io.setVariable(name, value);
    }
  }

  #outcomeOf(request: ProviderRequest): Promise<Outcome> | undefined {
    const sent = this.#sent.get(request.provider.id);
    return sent && isSameRequest(sent.request, request)
      ? sent.outcome
      : undefined;
  }

  /** Lets what was sent go out on the wire before the thread is busy. */
  async goOut(): Promise<void> {
    if (this.#underWay.size > 0) await goOut();
  }

  /** What came of each, in the order given; none of them rejects. */
  outcomes(requests: readonly ProviderRequest[]): Promise<Outcome>[] {
    return requests.flatMap((request) => this.#outcomeOf(request) ?? []);
  }

  /**
   * An answer that has just come is seen first: cut off before that, it is
   * forgotten by `fetch`, and its connection stays open (Deno 2.6 to 2.9).
   */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#underWay.size > 0) await turn();
    this.#stop.abort();
    for (const name of ["NO_PROXY", ...this.#trust.variables.keys()] as const) {
      this.#io.setVariable(name, this.#io.environment[name]);
    }
  }
}

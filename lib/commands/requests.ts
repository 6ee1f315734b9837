/**
 * The requests of a run, each sent once: those that need not wait for the config
 * before it is parsed, the others after that.
 *
 * @module
 */

import { askProvider, type ProviderRequest } from "../fetch/fetch.ts";
import { noProxyFor } from "../fetch/no_proxy.ts";
import type { Outcome } from "../fetch/outcome.ts";
import type { Io } from "../io.ts";
import type { Settings } from "../settings/settings.ts";

/** What is under way. */
export class Requests {
  readonly #io: Io;
  readonly #sent = new Map<string, Promise<Outcome>>();
  readonly #stop = new AbortController();

  constructor(io: Io) {
    this.#io = io;
  }

  /** Sends those that are not sent yet, each with the full timeout. */
  send(
    requests: readonly ProviderRequest[],
    { timeoutMs, requests: all }: Settings,
  ): void {
    const unsent = requests.filter(({ provider }) =>
      !this.#sent.has(provider.id)
    );
    if (unsent.length === 0) return;
    const { environment, interrupted, fetch, monotonicMs } = this.#io;
    // While asking only: LiteLLM is to have it as its owner set it.
    const bases = all.map(({ base }) => base);
    this.#io.setNoProxy(noProxyFor(bases, environment));
    const signal = AbortSignal.any([interrupted, this.#stop.signal]);
    const options = { timeoutMs, signal, fetch, monotonicMs };
    for (const request of unsent) {
      this.#sent.set(request.provider.id, askProvider(request, options));
    }
  }

  /** What came of each, in the order given; none of them rejects. */
  outcomes(requests: readonly ProviderRequest[]): Promise<Outcome>[] {
    return requests.flatMap(({ provider }) =>
      this.#sent.get(provider.id) ?? []
    );
  }

  /** Ends what is still under way. */
  close(): void {
    this.#stop.abort();
    this.#io.setNoProxy(this.#io.environment["NO_PROXY"]);
  }
}

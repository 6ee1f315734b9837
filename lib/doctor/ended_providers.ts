/**
 * Providers that are no more, under the names that LiteLLM still has for them.
 *
 * @module
 */

/** A provider that was shut down with all of its models. */
export interface EndedProvider {
  readonly title: string;
  /** What LiteLLM puts before its models, without the slash. */
  readonly prefix: string;
  /** The hosts of its API, now and before. */
  readonly hosts: readonly string[];
  /** The last day, as `YYYY-MM-DD`. */
  readonly endsOn: string;
}

/** All that are known. */
export const ENDED_PROVIDERS: readonly EndedProvider[] = [
  // "GitHub Models […] retired on July 30, 2026":
  // https://github.com/orgs/community/discussions/203602; the hosts:
  // https://github.blog/changelog/2025-07-17-deprecation-of-azure-endpoint-for-github-models
  {
    title: "GitHub Models",
    prefix: "github",
    hosts: ["models.github.ai", "models.inference.ai.azure.com"],
    endsOn: "2026-07-30",
  },
];

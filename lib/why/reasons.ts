/**
 * What `--why` says of one name: whether the block has it, and each reason for
 * that with its evidence. Its fields are described in `docs/json.md`, and what to
 * do about each reason in `docs/why.md`.
 *
 * @module
 */

import type { PassedOver } from "../catalog/catalog.ts";
import type { Location } from "../config/lines.ts";
import type { FailureReason } from "../fetch/outcome.ts";
import type { Use } from "./other_use.ts";

/** A provider, as its settings and as people call it. */
export interface ProviderName {
  readonly id: string;
  readonly title: string;
}

/** A row of a provider's list; `model` is the provider's own id. */
interface Listed {
  readonly provider: ProviderName;
  readonly model: string;
}

/** A model of the block under one of its names. */
export interface InBlock extends Listed {
  readonly kind: "in-block";
  readonly name: string;
  /** What LiteLLM calls. */
  readonly upstream: string;
  /** The provider while whose model of this name fails it answers. */
  readonly standsInFor?: string;
  /** The first name of the same model. */
  readonly secondNameOf?: string;
  /** The name that it would have, if that were not taken. */
  readonly insteadOf?: string;
  /** The last day it answers, where that is known. */
  readonly endsOn?: string;
  /** Calls will fail: the list came, but the key was rejected. */
  readonly isKeyRejected: boolean;
  /** It is from an earlier run, since its provider gave no answer. */
  readonly isKept: boolean;
}

/** An alias of the block. */
export interface InAliases {
  readonly kind: "alias";
  readonly name: string;
  /** What LiteLLM calls. */
  readonly upstream: string;
  /** Providers and globs. */
  readonly follows: readonly string[];
  /** Where `discover.yaml` sets it; absent for a default one. */
  readonly at?: Location;
  readonly passedOver?: PassedOver;
  readonly isKept: boolean;
}

/** What of the user's config has the name. */
export type HandWritten =
  | "model_name"
  | "model_group_alias"
  | "model_info.id"
  | "team_public_model_name"
  | "routing_groups"
  | "litellm_params.model";

/** The setting that leaves a model out. */
export type Filter =
  | { readonly by: "include"; readonly globs: readonly string[] }
  | { readonly by: "exclude"; readonly glob: string }
  | {
    readonly by: "min_context";
    readonly tokens: number;
    readonly least: number;
  }
  | { readonly by: "limit"; readonly count: number };

/** Why a name is in the block, or is not. The kinds are stable. */
export type Reason =
  | InBlock
  | InAliases
  | {
    readonly kind: "by-hand";
    readonly as: HandWritten;
    readonly at: Location;
    /** The name of the entry, where it is another one. */
    readonly entry?: string;
    /** What calls to it go to. */
    readonly upstream?: string;
  }
  | {
    readonly kind: "wildcard";
    readonly wildcard: string;
    readonly at: Location;
    /** Whether there is something that `over_wildcards` would add. */
    readonly isOffered: boolean;
  }
  /** LiteLLM takes capitals and small letters for different names. */
  | { readonly kind: "other-case"; readonly name: string }
  /** `false` in `discover.yaml`. */
  | { readonly kind: "alias-off"; readonly at: Location }
  /** Nothing that it may follow is there. */
  | {
    readonly kind: "alias-no-target";
    readonly follows: readonly string[];
    readonly at?: Location;
  }
  | Listed & {
    readonly kind: "retired";
    /** The last day, if one is known. */
    readonly endsOn?: string;
    /** Who says so: its provider's list, or the program's own table. */
    readonly source: "list" | "table";
    /** The provider's id of what follows it. */
    readonly successor?: string;
    /** What the block calls that. */
    readonly successorName?: string;
    readonly isListed: boolean;
  }
  | Listed & {
    readonly kind: "filtered";
    readonly filter: Filter;
    /** Absent where it is the provider's default. */
    readonly at?: Location;
  }
  | Listed & { readonly kind: "other-maker" }
  | Listed & {
    readonly kind: "variant";
    readonly variant: string;
    /** Those that are asked for. */
    readonly variants: readonly string[];
  }
  | Listed & { readonly kind: "not-chat"; readonly use?: Use }
  /** Its row names another maker than its id. */
  | Listed & { readonly kind: "ambiguous-maker" }
  /** No config may hold the id. */
  | Listed & { readonly kind: "malformed" }
  /** One more name of a model, which is in the block under `name`. */
  | Listed & { readonly kind: "other-name"; readonly name?: string }
  /** Another model of the block has the name. */
  | Listed & { readonly kind: "taken"; readonly by: string }
  | {
    readonly kind: "turned-off";
    readonly provider: ProviderName;
    readonly at: Location;
  }
  | {
    readonly kind: "not-enabled";
    readonly provider: ProviderName;
    readonly keyVariables: readonly string[];
  }
  /** `--only` names others. */
  | { readonly kind: "not-asked"; readonly provider: ProviderName }
  | {
    readonly kind: "provider-failed";
    readonly provider: ProviderName;
    readonly failure: FailureReason;
    readonly message: string;
    readonly hint?: string;
  }
  | {
    readonly kind: "no-key";
    readonly provider: ProviderName;
    readonly message: string;
    readonly hint: string;
  }
  /** They answered. Empty where nobody did. */
  | { readonly kind: "not-listed"; readonly providers: readonly string[] };

/** What is known of one name; the most relevant reason first. */
export interface Explanation {
  readonly name: string;
  /** Whether the block as a run would leave it has the model. */
  readonly isInBlock: boolean;
  /** Whether the block as it is has it. */
  readonly isOnDisk: boolean;
  /** What the block calls it. */
  readonly names: readonly string[];
  readonly reasons: readonly Reason[];
  /** Names that may have been meant. */
  readonly nearest: readonly string[];
}

/** An explanation as it is shown. */
export interface WhyReport extends Explanation {
  readonly version: string;
  readonly exitCode: number;
  readonly config: string;
}

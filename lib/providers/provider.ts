/**
 * What the program knows about a provider, and what a row of its list becomes.
 * Types only; the table itself is `table.ts`.
 *
 * @module
 */

/** One model that answers chat requests, as its provider lists it. */
export interface Model {
  /** The provider's own id, checked against {@linkcode MODEL_ID}. */
  readonly id: string;
  /** What the provider calls it, unchecked: see `displayText()`. */
  readonly displayName?: string;
  /** Anthropic's own name with a day, where another provider's row tells it. */
  readonly datedName?: string;
  /** Seconds since 1970, where the provider dates its rows. */
  readonly createdAt?: number;
  readonly maxInputTokens?: number;
  readonly maxOutputTokens?: number;
  readonly supportsVision?: boolean;
  readonly supportsFunctionCalling?: boolean;
  /** How LiteLLM has to call it, if not through chat completions. */
  readonly mode?: "responses";
  readonly price?: Price;
  /** `:free`, `:batch`, `~…-latest` and the like: offered only when asked for. */
  readonly variant?: string;
  /** The last day it answers, as `YYYY-MM-DD`: see `lifecycle.ts`. */
  readonly endsOn?: string;
  /** The provider's id of the model that follows it. */
  readonly successor?: string;
  /** Shut down, with no day named, although the provider still lists it. */
  readonly retired?: boolean;
}

/** What a list says that a model costs, in US dollars per million tokens. */
export interface Price {
  readonly input: number;
  readonly output: number;
}

/** What one row of an answer turned out to be. */
export type Reading =
  | { readonly kind: "chat"; readonly model: Model }
  /** Images, speech, embeddings, batch-only rows: no chat requests. */
  | { readonly kind: "ineligible" }
  /** The id names a maker that the row's other fields contradict. */
  | { readonly kind: "ambiguous-maker" }
  /** No id, or one that no config may hold. */
  | { readonly kind: "malformed" };

/** One answer: its rows, and where the next page is, if there is one. */
export interface Page {
  readonly rows: readonly unknown[];
  /** Query parameters to add, or a URL relative to the first, for the next page. */
  readonly next?: string;
}

/** A second request for each model, where the list does not say enough. */
export interface Detail {
  readonly url: (base: URL) => URL;
  /** What is sent as JSON. */
  readonly body: (model: Model) => unknown;
  /** The model with what the answer says; nothing if it does not chat. */
  readonly refine: (model: Model, answer: unknown) => Model | undefined;
}

/** A request next to the list, for what that does not say of a key. */
export interface KeyInfoRequest {
  readonly url: (base: URL) => URL;
  /** `undefined` of an answer of another shape, or one that says nothing. */
  readonly read: (body: unknown) => KeyInfo | undefined;
  /** Which rows of the list are among those that are counted; by default all. */
  readonly isCounted?: (row: unknown) => boolean;
  /** Where its owner sees what a key may do, and changes it. */
  readonly page: string;
}

/** What a provider says of a key. */
export type KeyInfo =
  /** No chat request with it is answered. */
  | { readonly kind: "barred"; readonly bar: KeyBar }
  /** It may call those models of which it allows the id or another name. */
  | { readonly kind: "limited"; readonly allows: (name: string) => boolean }
  /** How many models the provider has for all keys together. */
  | { readonly kind: "counted"; readonly listed: number };

/** Why a key is of no use. */
export type KeyBar = "blocked" | "disabled" | "team blocked" | "no chat";

/** One entry of the table: everything specific to a provider. */
export interface Provider {
  /** The name for `--only`, section titles and deployment ids. */
  readonly id: string;
  readonly title: string;
  /**
   * `default`: asked whenever there is a key; `hosted`: asked if
   * `discover.yaml` names it; `local`: likewise, but a server that may need no
   * key and may be anywhere in the private network, and whose base is written
   * into its entries.
   */
  readonly kind: "default" | "hosted" | "local";
  /** Where its API lives when no base variable says otherwise. */
  readonly defaultBase: string;
  /** Only `base_url` says where it is: its default is an example. */
  readonly isPlacedByUser?: true;
  /**
   * Further hosts that are its own, such as those of a region: its key may go
   * there. `*.api.x.ai` is every name below that: for a vendor that names its
   * regions by a rule. The vendor's own pages must document them.
   */
  readonly ownHosts?: readonly string[];
  /**
   * The variables with which LiteLLM's chat calls are pointed at another base,
   * in LiteLLM's order. Read off a running LiteLLM, of 1.106.2, 1.108.14 and
   * 1.110.2; `tests/litellm/base_variables.ts` holds the table to it.
   */
  readonly baseVariables: readonly string[];
  /** The `api_base` that LiteLLM needs for a base; the base itself for most. */
  readonly apiBase?: (base: URL) => URL;
  /** LiteLLM puts whole paths after the base, which must have no `/v1`. */
  readonly isAtRoot?: true;
  /** The variables that may hold the key, in LiteLLM's order; none for some. */
  readonly keyVariables: readonly string[];
  /**
   * What LiteLLM sends as a Bearer token if an entry names no key. As the
   * `api_key` of an entry it would be sent as a key, so it does not count as one.
   */
  readonly tokenVariables?: readonly string[];
  /** What LiteLLM puts before the provider's id. */
  readonly prefix: string;
  /**
   * LiteLLM has no prefix for it alone, so every entry says where it is. Servers
   * of the user's need no mark for that.
   */
  readonly isBaseWritten?: true;
  /** Whether rows say what a model costs, so that models can be chosen by it. */
  readonly statesPrices?: true;
  /** Globs on the id that hold unless the user names others. */
  readonly include: readonly string[];
  /** Where the models are listed, under the base. */
  readonly modelsUrl: (base: URL) => URL;
  /** Where they are listed if nothing is there (404). */
  readonly plainModelsUrl?: (base: URL) => URL;
  readonly keyInfo?: KeyInfoRequest;
  readonly headers: (key: string) => Readonly<Record<string, string>>;
  readonly detail?: Detail;
  /** `undefined` when the body has not the provider's shape. */
  readonly page: (body: unknown) => Page | undefined;
  readonly read: (row: unknown) => Reading;
  /** Whether this status and body (JSON, if it was) say that the key is wrong. */
  readonly isWrongKey: (status: number, body: unknown) => boolean;
}

/**
 * The ids that a config may contain. No id that matches can close a YAML scalar,
 * form a comment or a marker, or move a terminal's cursor. LiteLLM would replace
 * `os.environ/NAME` by the value of that variable.
 */
export const MODEL_ID =
  /^(?!os\.environ\/)[A-Za-z0-9~][A-Za-z0-9._:\/@+-]{0,199}$/;

/** An id as globs see it: without the mark of OpenRouter's `~anthropic/…-latest`. */
export function plainId(id: string): string {
  return id.replace(/^~/, "");
}

/** The provider's own id in an upstream model of LiteLLM's. */
export function idIn(model: string): string {
  return model.slice(model.indexOf("/") + 1);
}

/**
 * What a proxy lists to its clients, read from its config as it stands: the
 * names that the user wrote and those of the block.
 *
 * @module
 */

import { OUR_ID } from "../block/entry.ts";
import { isOurs, namesOf } from "../block/read_entry.ts";
import { resolved, type ValueOf } from "../litellm/references.ts";
import {
  field,
  isJsonObject,
  type JsonObject,
  listField,
  objectField,
  textField,
  tokensField,
} from "../text/fields.ts";
import { looksLikeKey } from "../text/key_look.ts";

/** A model that chats, as its entries state it: any of them may answer. */
export interface ListedModel {
  /** What a client asks for. */
  readonly name: string;
  /** What a client shows; the name where an older version wrote the entry. */
  readonly displayName: string;
  /** The lowest limit that is stated. */
  readonly maxInputTokens?: number | undefined;
  readonly maxOutputTokens?: number | undefined;
  /** What is not stated is unknown, which is not the same as no. */
  readonly supportsVision: boolean;
  readonly supportsFunctionCalling: boolean;
  readonly supportsReasoning: boolean;
}

/** All that a proxy lists, each name once, in the order of the config. */
export interface ModelList {
  readonly models: readonly ListedModel[];
  /** The names of the block that follow the newest model. */
  readonly aliases: readonly string[];
  /** Names with a `*`, which stand for others. */
  readonly wildcards: readonly string[];
  /** How many names were left out because they may be keys. */
  readonly keyLike: number;
  /** Whether some entry is one of ours. */
  readonly hasBlock: boolean;
}

/** The ids of aliases begin with this. */
const ALIAS_ID = `${OUR_ID}alias/`;

/**
 * Reads the parsed config, its block and all that it includes. A name may come
 * from a variable; one that `valueOf` does not know is left out, as is an entry
 * that states another mode than chat (embeddings, images).
 */
export function readModelList(config: JsonObject, valueOf: ValueOf): ModelList {
  const items = listField(config, "model_list").filter(isJsonObject);
  const listed = items.filter(chats).flatMap((item): Named[] => {
    const name = resolved(namesOf(item).name, valueOf);
    return name ? [{ name, item }] : [];
  });
  const wildcards = listed.filter(isWildcard);
  const plain = listed.filter((named) => !isWildcard(named));
  const others = new Set(
    items.filter((item) => !chats(item)).flatMap((item) =>
      namesOf(item).name ?? []
    ),
  );
  const all = Map.groupBy(
    [...plain, ...groups(config, others)],
    ({ name }) => name,
  );
  const models = [...all].filter(([name]) => !looksLikeKey(name));
  return {
    models: models.map(([name, own]) =>
      modelOf(name, own.map(({ item }) => item))
    ),
    aliases: items.map(namesOf).flatMap(({ name, id }) =>
      name && id?.startsWith(ALIAS_ID) && !looksLikeKey(name) ? [name] : []
    ),
    wildcards: wildcards.map(({ name }) => name),
    keyLike: all.size - models.length,
    hasBlock: items.some(isOurs),
  };
}

/** An entry under a name that LiteLLM lists. */
interface Named {
  readonly name: string;
  readonly item: JsonObject;
}

function isWildcard({ name }: Named): boolean {
  return name.includes("*");
}

function chats(item: JsonObject): boolean {
  const mode = textField(objectField(item, "model_info"), "mode") ?? "chat";
  return ["chat", "completion", "responses"].includes(mode);
}

function modelOf(name: string, items: readonly JsonObject[]): ListedModel {
  const infos = items.map((item) => objectField(item, "model_info"));
  const lowest = (limit: string): number | undefined => {
    const stated = infos.flatMap((info) => tokensField(info, limit) ?? []);
    return stated.length === 0 ? undefined : Math.min(...stated);
  };
  const supports = (what: string): boolean =>
    infos.some((info) => field(info, `supports_${what}`) === true);
  const displayName = items.map((item) => namesOf(item).displayName)
    .find((text) => text !== undefined && !looksLikeKey(text));
  return {
    name,
    displayName: displayName ?? name,
    maxInputTokens: lowest("max_input_tokens"),
    maxOutputTokens: lowest("max_output_tokens"),
    supportsVision: supports("vision"),
    supportsFunctionCalling: supports("function_calling"),
    supportsReasoning: supports("reasoning"),
  };
}

/**
 * `router_settings.model_group_alias`, which LiteLLM lists unless hidden;
 * without those of models that do not chat.
 */
function groups(config: JsonObject, notChat: ReadonlySet<string>): Named[] {
  const router = objectField(config, "router_settings");
  return Object.entries(objectField(router, "model_group_alias"))
    .filter(([, target]) => {
      const model = isJsonObject(target) ? field(target, "model") : target;
      const isHidden = isJsonObject(target) && field(target, "hidden") === true;
      return !isHidden && !(typeof model === "string" && notChat.has(model));
    })
    .map(([name]) => ({ name, item: {} }));
}

/** Aliases that suit most clients, the first one first. */
const USUAL = ["grok", "claude-fallback", "gemini-pro", "gemini-flash"];

/**
 * The name to begin with: an alias, so that it need not be changed when a newer
 * model comes. Nothing where nothing is listed.
 */
export function defaultModelOf(
  { models, aliases }: ModelList,
): string | undefined {
  return USUAL.find((name) => aliases.includes(name)) ?? aliases[0] ??
    models[0]?.name;
}

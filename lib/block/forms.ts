/**
 * Which files and which forms of `model_list` can take a block, and for every
 * other one what the user can change so that it can.
 *
 * @module
 */
import { ConfigError } from "../errors.ts";
import { findNestedList, nestedListError } from "./nested_list.ts";
import type { Outline, Root, TopKey, ValueKind } from "./outline.ts";
import { sliceText } from "../yaml/bytes.ts";
import { secondDocumentError } from "../yaml/errors.ts";
import { asTemplateError, templateLineError } from "../yaml/template.ts";
import { isEmptyValue } from "./header.ts";

/** A file that can take a block. */
export interface TakenForm {
  /** Column of the top-level keys. */
  readonly rootIndent: number;
  /** Absent if the key has to be added. */
  readonly modelList: TopKey | undefined;
  /** The text after the key's colon that the block replaces; "" if none. */
  readonly instead: string;
}

/** The top-level keys that LiteLLM reads, without `include`. */
const LITELLM_KEYS: ReadonlySet<string> = new Set([
  "agent_list",
  "assistant_settings",
  "callback_settings",
  "credential_list",
  "default_vertex_config",
  "environment_variables",
  "files_settings",
  "finetune_settings",
  "general_settings",
  "guardrails",
  "litellm_settings",
  "mcp_servers",
  "mcp_tools",
  "model_list",
  "pass_through_endpoints",
  "policies",
  "policy_attachments",
  "prompts",
  "router_settings",
  "search_tools",
  "vector_store_registry",
]);

const ENTRIES_BELOW =
  " and put its entries below it, each starting with `  - model_name:`";

/** Throws `ConfigError` for a file or form that is not supported. */
export function checkForm(bytes: Uint8Array, outline: Outline): TakenForm {
  const error = elsewhereError(bytes, outline);
  if (error) throw error;
  try {
    return takenForm(bytes, outline);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const hasList = outline.keys.some(({ name }) => name === "model_list");
    throw (hasList ? undefined : templateLineError(bytes)) ??
      asTemplateError(bytes, error);
  }
}

/** Of a file whose `model_list` is not its own, but that of a file inside it. */
function elsewhereError(
  bytes: Uint8Array,
  { keys }: Outline,
): ConfigError | undefined {
  if (keys.some(({ name }) => name === "model_list")) return undefined;
  const nested = findNestedList(bytes);
  const [key = ""] = nested?.keys ?? [];
  return nested && !LITELLM_KEYS.has(key) ? nestedListError(nested) : undefined;
}

function takenForm(bytes: Uint8Array, outline: Outline): TakenForm {
  const { root, keys, secondDocumentLine: line, oddKeyLine } = outline;
  if (line !== undefined) throw secondDocumentError(line);
  if (root.kind !== "mapping") throw rootError(root);
  if (oddKeyLine !== undefined) {
    throw new ConfigError("unsupported form of a top-level key", {
      line: oddKeyLine,
      hint: `write line ${oddKeyLine} as a plain \`name:\`, without \`?\`, ` +
        "alias, brackets or escapes",
    });
  }
  const [modelList, second] = keys.filter((key) => key.name === "model_list");
  if (second) {
    throw new ConfigError("duplicate key model_list", {
      line: second.line,
      hint: "merge the two lists: LiteLLM reads only the last one",
    });
  }
  const hasBlock = outline.markers.length > 0;
  if (!modelList) checkIsLiteLlm(keys);
  const instead = modelList ? checkValue(bytes, modelList, hasBlock) : "";
  return { rootIndent: root.indent, modelList, instead };
}

type EmptyRoot = Extract<Root, { kind: "empty" }>;
type OddRoot = Exclude<Root, EmptyRoot | { kind: "mapping" }>;

const ROOT_FORMS: Readonly<Record<OddRoot["kind"], string>> = {
  "list": "a list, not a mapping",
  "scalar": "text, not a mapping",
  "flow collection": "written in brackets",
};

function rootError(root: OddRoot | EmptyRoot): ConfigError {
  if (root.kind === "empty") {
    return new ConfigError("the file is empty", {
      hint: "add a line `model_list:`; the block goes below it",
    });
  }
  return new ConfigError(`the top level is ${ROOT_FORMS[root.kind]}`, {
    line: root.line,
    hint: root.kind === "flow collection"
      ? "write each key on its own line, without the outer brackets"
      : "a LiteLLM config has keys such as `model_list:` at its top level",
  });
}

/** Whether a section is there that LiteLLM reads, and that is no `model_list`. */
export function hasLitellmSection(names: readonly string[]): boolean {
  return names.some((name) =>
    name === "include" || name !== "model_list" && LITELLM_KEYS.has(name)
  );
}

/**
 * `include` is also a key of docker-compose files: it counts as LiteLLM's only
 * if there is no other key.
 */
function checkIsLiteLlm(keys: readonly TopKey[]): void {
  if (keys.some(({ name }) => LITELLM_KEYS.has(name))) return;
  if (keys.every(({ name }) => name === "include")) return;
  throw new ConfigError("no model_list and no other LiteLLM key", {
    hint: "if this is a LiteLLM config, add a line `model_list:`",
  });
}

/** An empty list in a form that cannot simply be replaced. */
const EMPTY_LIST = /^(?:|\[\s*\]|~|null|Null|NULL)$/;

const OTHER_FORMS: Readonly<Record<ValueKind, string>> = {
  "nothing": "has no value",
  "block list": "is written as a list",
  "flow list": "is written as `[...]`",
  "flow mapping": "is a mapping, not a list",
  "block mapping": "is a mapping, not a list",
  "alias": "is an alias, not a list",
  "scalar": "is text, not a list",
};

/** Returns the value that the block has to replace. */
function checkValue(
  bytes: Uint8Array,
  key: TopKey,
  hasBlock: boolean,
): string {
  const { line, hasProperties, colonEnd, contentEnd } = key;
  const value = sliceText(bytes, colonEnd, contentEnd);
  if (isEmptyValue(value) && !hasBlock) return value;
  if (key.value === "block list") return "";
  // With a block it was a list before: an empty block must not change that.
  if (key.value === "nothing" && (hasBlock || !hasProperties)) return "";
  const bare = value.replace(/#.*|[&!]\S*/g, "").trim();
  const isEmpty = EMPTY_LIST.test(bare);
  const form = !isEmpty
    ? OTHER_FORMS[key.value]
    : hasProperties
    ? "has an anchor or a tag, but no items"
    : `is written as \`${bare.replace(/\s/g, "")}\``;
  throw new ConfigError(`model_list ${form}`, {
    line,
    hint: `replace line ${line} with \`model_list:\`` +
      (isEmpty ? "" : ENTRIES_BELOW),
  });
}

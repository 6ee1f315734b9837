/**
 * Which files and which forms of `model_list` can take a block, and for every
 * other one what its owner can change so that it can.
 *
 * @module
 */
import { ConfigError } from "../errors.ts";
import type { Outline, Root, TopKey } from "./outline.ts";
import { sliceText } from "../yaml/bytes.ts";
import { isEmptyValue } from "./header.ts";

/** A file that can take a block. */
export interface TakenForm {
  /** Column of the top-level keys. */
  readonly rootIndent: number;
  /** Absent when the key has to be added. */
  readonly modelList: TopKey | undefined;
  /** The text behind the key's colon that has to go; "" where none has to. */
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

const LIST_BELOW =
  "and write its entries below it, each one starting with `  - model_name:`";

/** Throws `ConfigError` for a file or form that is not taken. */
export function checkForm(bytes: Uint8Array, outline: Outline): TakenForm {
  const { root, keys, secondDocumentLine: line, oddKeyLine } = outline;
  if (line !== undefined) {
    throw new ConfigError("second YAML document", {
      line,
      hint: "keep one document: LiteLLM reads a file with one only",
    });
  }
  if (root.kind !== "mapping") throw rootFault(root);
  if (oddKeyLine !== undefined) {
    throw new ConfigError("top-level key in an unusual form", {
      line: oddKeyLine,
      hint: `write line ${oddKeyLine} as a plain \`name:\`, without \`?\`, ` +
        "alias, brackets or escapes",
    });
  }
  const [modelList, second] = keys.filter((key) => key.name === "model_list");
  if (second) {
    throw new ConfigError("second model_list", {
      line: second.line,
      hint: "make one list of the two: LiteLLM reads the last one only",
    });
  }
  const hasBlock = outline.markers.length > 0;
  if (!modelList) checkIsLiteLlm(keys);
  const instead = modelList ? checkValue(bytes, modelList, hasBlock) : "";
  return { rootIndent: root.indent, modelList, instead };
}

function rootFault(root: Exclude<Root, { kind: "mapping" }>): ConfigError {
  if (root.kind === "empty") {
    return new ConfigError("nothing in the file", {
      hint: "write `model_list:` into it, and the block goes below that",
    });
  }
  return new ConfigError(`a ${root.kind} instead of top-level keys`, {
    line: root.line,
    hint: root.kind === "flow collection"
      ? "write the keys on lines of their own, without the outer brackets"
      : "a LiteLLM config has keys such as `model_list:` at its top level",
  });
}

/**
 * `include` is a key of docker-compose files, too: it speaks for LiteLLM only
 * where nothing else stands beside it.
 */
function checkIsLiteLlm(keys: readonly TopKey[]): void {
  if (keys.some(({ name }) => LITELLM_KEYS.has(name))) return;
  if (keys.every(({ name }) => name === "include")) return;
  throw new ConfigError("neither model_list nor any other key of LiteLLM", {
    hint: "if this is LiteLLM's config, add a line `model_list:` to it",
  });
}

/** Returns what has to go from behind the key for a block to stand there. */
function checkValue(
  bytes: Uint8Array,
  key: TopKey,
  hasBlock: boolean,
): string {
  const bareKey = `make line ${key.line} \`model_list:\``;
  const value = sliceText(bytes, key.colonEnd, key.contentEnd);
  if (isEmptyValue(value) && !hasBlock) return value;
  const refuse = (message: string, hint: string): never => {
    throw new ConfigError(message, { line: key.line, hint });
  };
  switch (key.value) {
    case "block list":
      return "";
    case "nothing":
      // With a block there was a list once: an empty block must not end that.
      if (!key.hasProperties || hasBlock) return "";
      return refuse("model_list with an anchor or a tag, but no list", bareKey);
    case "flow list": {
      const isEmpty = /^[^[]*\[\s*\]$/.test(value.replace(/#.*/g, ""));
      if (isEmpty && key.hasProperties) {
        return refuse(
          "model_list with an anchor or a tag, but no item",
          bareKey,
        );
      }
      return isEmpty
        ? refuse("model_list written as `[]`", bareKey)
        : refuse("model_list written as `[...]`", `${bareKey} ${LIST_BELOW}`);
    }
    case "alias":
      return refuse(
        "model_list that is an alias",
        `${bareKey} ${LIST_BELOW}, in place of the alias`,
      );
    case "scalar":
      return /^(?:~|null|Null|NULL)$/.test(key.plain)
        ? refuse(`model_list written as \`${key.plain}\``, bareKey)
        : refuse("model_list that is text", `${bareKey} ${LIST_BELOW}`);
    case "flow mapping":
    case "block mapping":
      return refuse(
        "model_list that is a mapping",
        `${bareKey} ${LIST_BELOW}: every entry begins with \`- \``,
      );
  }
}

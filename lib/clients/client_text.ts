/**
 * What is printed for a client, and the JSON that two of them read. It is ASCII:
 * Windows PowerShell reads what a program prints with the console's code page.
 *
 * @module
 */

import type { ModelList } from "./model_list.ts";
import type { ProxyAccess } from "./proxy_access.ts";

/** What the text for a client is made of. */
export interface ClientInput extends ProxyAccess {
  readonly list: ModelList;
  /** The name to begin with. */
  readonly defaultModel: string;
  /** Whether the user types PowerShell. */
  readonly isWindows: boolean;
}

/** The text for a client's file, and what the user has to know about it. */
export interface ClientText {
  readonly text: string;
  /** One sentence each, without keys. */
  readonly notes: readonly string[];
}

/**
 * The value as JSON in ASCII, without a brace in any text: opencode puts in the
 * value of a variable for `{env:NAME}`, and a whole file for `{file:PATH}`,
 * wherever that stands, and the name of a model is somebody else's text.
 */
export function settingsJson(value: object): string {
  const text = JSON.stringify(value, null, 2).replace(
    /"(?:[^"\\]|\\.)*"/g,
    (literal) => literal.replace(/[{\x7f-\uffff]/g, escaped),
  );
  return `${text}\n`;
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

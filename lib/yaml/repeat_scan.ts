/**
 * A quick look at whether a key may stand twice in one mapping, by the lines
 * alone: most files have none, and reading their tokens would double the time
 * that a run takes for its config.
 *
 * @module
 */

/**
 * The spaces and dashes in front of a key, and the key without its quotes. Keys
 * that are longer are nobody's; without a limit a long line takes its square.
 */
const KEY_LINE =
  /^( *(?:- +)*)(["']?)([^\s"'#{}[\],](?:[^:\r\n]|:(?=\S)){0,199}?)\2 ?:(?=\s|$)/gm;

const FLOW_LINE = /^.*\{.*$/gm;

const FLOW_KEY = /([^\s{}[\],"']{1,200}?)(?:["'] ?:| ?:(?=\s|$))/g;

/** A mapping that is open: the column of its keys, and which it has. */
interface Open {
  readonly column: number;
  readonly keys: Set<string>;
}

/** Whether it is worth looking closer: false where no key is repeated. */
export function mayRepeatKeys(text: string): boolean {
  return repeatsInFlow(text) || repeatsInBlock(text);
}

function repeatsInBlock(text: string): boolean {
  const open: Open[] = [];
  for (const [, before = "", , key = ""] of text.matchAll(KEY_LINE)) {
    // A dash ends the mapping of the item before.
    const dash = before.indexOf("-");
    const from = dash < 0 ? before.length : dash;
    while ((open.at(-1)?.column ?? -1) > from) open.pop();
    if (open.at(-1)?.column !== before.length) {
      open.push({ column: before.length, keys: new Set() });
    }
    const keys = open.at(-1)?.keys;
    if (keys?.has(key)) return true;
    keys?.add(key);
  }
  return false;
}

/** Also where a bracket is left open, or two mappings share a line and a key. */
function repeatsInFlow(text: string): boolean {
  for (const [line] of text.matchAll(FLOW_LINE)) {
    if (line.split("{").length !== line.split("}").length) return true;
    const keys = [...line.matchAll(FLOW_KEY)].map(([, key]) => key);
    if (new Set(keys).size < keys.length) return true;
  }
  return false;
}

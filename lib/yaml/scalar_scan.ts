/**
 * A quick look at whether a file may hold scalars that LiteLLM stops at: signs
 * as values, dates, and keys that are no text. Hardly any file does, and reading
 * its tokens would take longer than all other checks of a run.
 *
 * Each form finds a scalar first and looks at what is before it then: the other
 * way round, it would look at every line of a block.
 *
 * @module
 */

/** What a key may follow on its line: nothing, an indicator, an anchor, a tag. */
const BEFORE_KEY = String.raw`(?:^|[,[{]|[-?:][ \t]|[&!]\S{0,200}[ \t])[ \t]*`;
const BEFORE_VALUE = String.raw`(?:${BEFORE_KEY}|:[ \t]*)`;

/** What ends a scalar without quotes, also in brackets. */
const END = String.raw`(?![^\s,[\]{}?])`;

const SIGN = "(?:=|<<)";
const DATE = String.raw`\d{4}-\d\d?-\d\d?`;

/** Plain words and all that begins like a number, whatever it goes on with. */
const ODD_KEY = String
  .raw`(?:[-+.\d][-+.\w:]*|~|null|yes|no|true|false|on|off)[ \t]*:`;

const FORMS: readonly RegExp[] = [
  // By its tag any scalar can be one of them.
  /!!(?:null|bool|int|float|timestamp)|tag:yaml\.org,2002:/,
  // An anchor or a tag that is too long to look past.
  /[&!]\S{200}/,
  new RegExp(`${SIGN}${END}(?<=${BEFORE_VALUE}${SIGN})`, "m"),
  new RegExp(`${DATE}(?:t|${END})(?<=${BEFORE_VALUE}${DATE}t?)`, "im"),
  // A quote or a bracket in front is a fault that the parser here lets pass.
  new RegExp(`:${END}(?<=(?:${BEFORE_KEY}|["'\\]}])${ODD_KEY})`, "im"),
];

/** Whether it is worth looking closer: false where there is none. */
export function mayBeUnreadable(text: string): boolean {
  return FORMS.some((form) => form.test(text));
}

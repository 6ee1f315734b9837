/**
 * Writes values as own settings of entries, as a run writes them, for PyYAML to
 * read: a JSON line for each entry in the file that is named.
 *
 * @module
 */
import fc from "fast-check";
import { renderEntry } from "../../lib/block/entry.ts";
import { writeOwn } from "../../lib/block/own_settings.ts";
import { ownProblem } from "../../lib/block/own_values.ts";

const [path] = Deno.args;
if (path === undefined) throw new Error("usage: write_own_settings.ts FILE");

const ENTRIES = 3000;
const SEED = 20261128;

/** Texts that YAML 1.1 takes for something else, where they have no quotes. */
const LOADED = [
  ...["no", "Yes", "on", "~", "null", "1_000", "0x1f", "010", "12:30:45"],
  ...["2026-01-01", "1e3", "=", "<<", ".inf", "-", "? a", "a: b", "# a"],
  ...["\u0085", "\u2028", "\ufeff", "\u{1f600}", "\t", "\r\n", "'", '"', "\\"],
  ...["*a", "&a", "!a", "%a", "@a", "{a}", "[a", " a ", "-0", "---", "..."],
];

const text = fc.oneof(
  fc.constantFrom(...LOADED),
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.string({ unit: "grapheme-ascii", maxLength: 12 }),
);
const number = fc.oneof(
  fc.maxSafeInteger(),
  fc.double({ min: -9e15, max: 9e15, noNaN: true }),
  fc.double({ min: -1e-5, max: 1e-5, noNaN: true }),
).map((one) => one === 0 ? 0 : one);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    text,
    number,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(text, tie("value"), { maxKeys: 4 }),
  ),
}));
const body = fc.dictionary(text, value, { maxKeys: 5, noNullPrototype: true })
  .filter((one) => ownProblem("mapping", one) === undefined);
const entries = fc.record({
  body,
  penalty: number.filter((one) => ownProblem("number", one) === undefined),
  stop: fc.array(text, { maxLength: 3 })
    .filter((one) => ownProblem("texts", one) === undefined),
});

const lines = fc.sample(entries, { numRuns: ENTRIES, seed: SEED }).map(
  ({ body, penalty, stop }) => {
    const params = { extra_body: body, presence_penalty: penalty, stop };
    const entry = renderEntry({
      name: "a",
      deployment: "xai/a",
      model: "xai/a",
      own: writeOwn(params),
    });
    return JSON.stringify({ params, text: entry.lines.join("\n") });
  },
);
await Deno.writeTextFile(path, lines.join("\n"));

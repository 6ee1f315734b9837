/**
 * When models end, merged from several sources: pure. The rules are LiteLLM's
 * habits: it deletes the rows of retired models, and takes a day back by
 * leaving it out of a row that stays.
 *
 * @module
 */

import { MODEL_ID } from "../lib/providers/provider.ts";
import { PROVIDERS } from "../lib/providers/table.ts";
import {
  isDay,
  isJsonObject,
  type JsonObject,
  textField,
} from "../lib/text/fields.ts";

/** What a source says of one model. */
export interface Fact {
  /** The provider's id in this program. */
  readonly provider: string;
  /** The provider's own id of the model. */
  readonly id: string;
  /** `YYYY-MM-DD`; nothing: the source knows the model, and of no end. */
  readonly endsOn?: string;
  readonly successor?: string;
}

/** Per provider, one line per model: `id LASTDAY [successor]`. */
export type Lines = Readonly<Record<string, string>>;

/** The table of facts, and the day on which they last changed. */
export interface LifecycleTable {
  readonly date: string;
  readonly lines: Lines;
}

/** LiteLLM's cost map has no prefix before the models of these. */
const WITHOUT_PREFIX: ReadonlyMap<string, string> = new Map([
  ["anthropic", "anthropic"],
  ["openai", "openai"],
  ["cohere", "cohere"],
  ["cohere_chat", "cohere"],
]);

/** By LiteLLM's name; of OpenRouter's models only its own answer counts. */
const WITH_PREFIX: ReadonlyMap<string, string> = new Map(
  PROVIDERS
    .filter(({ id, kind, prefix, isBaseWritten }) =>
      id !== "openrouter" && kind !== "local" && !isBaseWritten &&
      !WITHOUT_PREFIX.has(prefix.slice(0, -1))
    )
    .map(({ id, prefix }) => [prefix.slice(0, -1), id]),
);

/**
 * What a cost map of LiteLLM's says of the models of this program's providers.
 * A row whose day is none says nothing. Throws where no row has a day: the map
 * must have changed its form.
 */
export function factsOfMap(map: unknown): Fact[] {
  const rows = isJsonObject(map) ? Object.entries(map) : [];
  const facts = rows.flatMap(([key, row]) =>
    isJsonObject(row) ? factOfRow(key, row) : []
  );
  if (facts.some(({ endsOn }) => endsOn !== undefined)) return facts;
  throw new Error("cost map: no model in it has a last day; is it one?");
}

function factOfRow(key: string, row: JsonObject): Fact[] {
  const owner = textField(row, "litellm_provider") ?? "";
  const model = modelIn(key, owner);
  if (model === undefined) return [];
  const endsOn = textField(row, "deprecation_date");
  if (endsOn === undefined) return [model];
  if (!isDay(endsOn)) return [];
  const successor = modelIn(textField(row, "successor_model") ?? "", owner);
  return [{ ...model, endsOn, ...(successor && { successor: successor.id }) }];
}

/** The model that a key means; nothing where it is no provider's of this program. */
function modelIn(key: string, owner: string): Fact | undefined {
  const bare = WITHOUT_PREFIX.get(owner);
  const provider = bare ?? WITH_PREFIX.get(owner);
  const prefix = bare === undefined ? `${owner}/` : "";
  const id = key.slice(prefix.length);
  // `1024-x-1024/dall-e-2` is a price, not an id.
  const isModel = key.startsWith(prefix) && MODEL_ID.test(id) &&
    !(bare !== undefined && id.includes("/"));
  return provider !== undefined && isModel ? { provider, id } : undefined;
}

/**
 * The facts in lines as the table has them; a `-` in place of the day takes a
 * row back. Throws at a line of another form.
 */
export function factsOfLines(provider: string, lines: string): Fact[] {
  return lines.split("\n").filter(Boolean).map((line) => {
    const [id = "", day = "", successor, ...rest] = line.split(" ");
    const isFact = MODEL_ID.test(id) && (day === "-" || isDay(day)) &&
      (successor === undefined || MODEL_ID.test(successor)) &&
      rest.length === 0;
    if (!isFact) {
      throw new Error(
        `row "${line}" of ${provider}: not of the form ID YYYY-MM-DD [SUCCESSOR]`,
      );
    }
    return {
      provider,
      id,
      ...(day !== "-" && { endsOn: day }),
      ...(successor !== undefined && { successor }),
    };
  });
}

/**
 * The table after all sources have spoken, the weightiest last: what a source
 * says of a model replaces what those before it said; what it does not mention
 * stays. `today` dates the table if anything changed.
 */
export function merge(
  table: LifecycleTable,
  sources: readonly (readonly Fact[])[],
  today: string,
): LifecycleTable {
  const known = Object.entries(table.lines)
    .flatMap(([provider, lines]) => factsOfLines(provider, lines));
  const facts = new Map(
    [known, ...sources].flat()
      .map((fact) => [`${fact.provider} ${fact.id}`, fact]),
  );
  const lines = linesOf([...facts.values()]);
  const isSame = differences(table.lines, lines).length === 0;
  return { date: isSame ? table.date : today, lines };
}

function linesOf(facts: readonly Fact[]): Lines {
  const providers = [...new Set(facts.map(({ provider }) => provider))];
  const lines = providers.toSorted().map((provider) => {
    const rows = facts
      .filter((fact) => fact.provider === provider && fact.endsOn)
      .toSorted((a, b) => a.id < b.id ? -1 : 1)
      .map(({ id, endsOn, successor }) =>
        [id, endsOn, successor].filter(Boolean).join(" ")
      );
    return [provider, ["", ...rows, ""].join("\n")];
  });
  return Object.fromEntries(lines.filter(([, rows]) => rows !== "\n"));
}

/** The rows that only one of two tables has, as `- provider: row` and `+ …`. */
export function differences(before: Lines, after: Lines): string[] {
  const old = new Set(rowsOf(before));
  const next = new Set(rowsOf(after));
  return [
    ...[...old].filter((row) => !next.has(row)).map((row) => `- ${row}`),
    ...[...next].filter((row) => !old.has(row)).map((row) => `+ ${row}`),
  ];
}

function rowsOf(lines: Lines): string[] {
  return Object.entries(lines).flatMap(([provider, text]) =>
    text.split("\n").filter(Boolean).map((row) => `${provider}: ${row}`)
  );
}

/** The table as the source file `lib/providers/lifecycle_table.ts`. */
export function render({ date, lines }: LifecycleTable): string {
  const providers = Object.entries(lines).map(([provider, rows]) =>
    `  ${provider}: \`${rows}\`,\n`
  );
  return `/**
 * When models end and what follows them, made by \`deno task lifecycle\` from
 * LiteLLM's cost maps and from vendors' pages; not to be edited by hand.
 *
 * @module
 */

/** The day the facts last changed, as YYYY-MM-DD. */
export const LIFECYCLE_DATE = "${date}";

/** Per provider, one line per model: \`id LASTDAY [successor]\`, sorted by id. */
export const LIFECYCLE_LINES: Readonly<Record<string, string>> = {
${providers.join("")}};
`;
}

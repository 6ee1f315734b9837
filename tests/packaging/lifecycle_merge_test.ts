import {
  differences,
  factsOfLines,
  factsOfMap,
  type LifecycleTable,
  merge,
  render,
} from "../../packaging/lifecycle_merge.ts";
import { assertEquals, assertThrows } from "../support/assert.ts";

const EMPTY: LifecycleTable = { date: "2026-01-01", lines: {} };
const TODAY = "2026-11-27";

/** A row of LiteLLM's cost map. */
function row(
  provider: string,
  endsOn?: string,
  successor?: string,
): Record<string, unknown> {
  return {
    litellm_provider: provider,
    mode: "chat",
    input_cost_per_token: 1e-6,
    ...(endsOn !== undefined && { deprecation_date: endsOn }),
    ...(successor !== undefined && { successor_model: successor }),
  };
}

/** Maps that no other row is in would not pass for one. */
const OTHER = { "xai/grok-other": row("xai", "2026-05-15") };

type Rows = Record<string, unknown>;

/** What becomes of maps, oldest first, as `provider: row`. */
function rowsFrom(...maps: readonly Rows[]): string[] {
  const facts = maps.map((map) => factsOfMap({ ...OTHER, ...map }));
  return rowsOf(merge(EMPTY, facts, TODAY));
}

function rowsOf({ lines }: LifecycleTable): string[] {
  return differences({}, lines).map((line) => line.slice(2))
    .filter((line) => !line.includes("grok-other"));
}

Deno.test("a model's last day and successor come from LiteLLM's cost map", () => {
  const map = {
    "claude-old": row("anthropic", "2026-11-30", "claude-new"),
    "claude-new": row("anthropic"),
  };
  assertEquals(rowsFrom(map), ["anthropic: claude-old 2026-11-30 claude-new"]);
});

Deno.test("a row that a newer map lacks stays: LiteLLM deletes retired models", () => {
  const old = { "claude-old": row("anthropic", "2026-06-15") };
  assertEquals(rowsFrom(old, {}), ["anthropic: claude-old 2026-06-15"]);
});

Deno.test("a row that a newer map has without a day is withdrawn", () => {
  const old = { "claude-haiku": row("anthropic", "2026-10-15") };
  assertEquals(rowsFrom(old, { "claude-haiku": row("anthropic") }), []);
});

Deno.test("a withdrawn day comes back when a still newer map has one", () => {
  const [dated, bare] = [row("xai", "2026-05-15"), row("xai")];
  const maps = [dated, bare, dated].map((one) => ({ "xai/grok-code": one }));
  assertEquals(rowsFrom(...maps), ["xai: grok-code 2026-05-15"]);
});

Deno.test("the newer map's day and successor win, whichever day is later", () => {
  for (const [old, next] of [["09-29", "11-30"], ["11-30", "09-29"]]) {
    const maps = [
      { "gpt-x": row("openai", `2026-${old}`, "gpt-y") },
      { "gpt-x": row("openai", `2026-${next}`, "gpt-z") },
    ];
    assertEquals(rowsFrom(...maps), [`openai: gpt-x 2026-${next} gpt-z`]);
  }
});

Deno.test("a successor that a newer map no longer names is withdrawn, too", () => {
  const maps = [
    { "gpt-x": row("openai", "2026-11-30", "gpt-y") },
    { "gpt-x": row("openai", "2026-11-30") },
  ];
  assertEquals(rowsFrom(...maps), ["openai: gpt-x 2026-11-30"]);
});

Deno.test("what stands in the table stays, but every map weighs more", () => {
  const table = {
    date: "2026-01-01",
    lines: {
      gemini: "\ngone 2025-09-29\nmoved 2026-01-01\nwithdrawn 2026-01-01\n",
    },
  };
  const map = {
    "gemini/moved": row("gemini", "2026-12-01"),
    "gemini/withdrawn": row("gemini"),
  };
  assertEquals(rowsOf(merge(table, [factsOfMap(map)], TODAY)), [
    "gemini: gone 2025-09-29",
    "gemini: moved 2026-12-01",
  ]);
});

Deno.test("a row by hand weighs more than every map, and can take a row back", () => {
  const map = factsOfMap({
    "gemini/early": row("gemini", "2026-06-17", "gemini/other"),
    "gemini/wrong": row("gemini", "2026-06-17"),
    "gemini/bare": row("gemini"),
  });
  const byHand = factsOfLines(
    "gemini",
    "\nearly 2026-12-01 heir\nwrong -\nbare 2026-06-01\nunknown 2026-06-01\n",
  );
  assertEquals(rowsOf(merge(EMPTY, [map, byHand], TODAY)), [
    "gemini: bare 2026-06-01",
    "gemini: early 2026-12-01 heir",
    "gemini: unknown 2026-06-01",
  ]);
});

Deno.test("only gemini/… is Gemini's: a bare name is Vertex's, with another day", () => {
  const map = {
    "gemini/gemini-2.5-pro": row("gemini", "2026-12-01"),
    "gemini-2.5-pro": row("vertex_ai-language-models", "2026-06-17"),
    "gemini-2.5-flash": row("gemini", "2026-06-17"),
  };
  assertEquals(rowsFrom(map), ["gemini: gemini-2.5-pro 2026-12-01"]);
});

Deno.test("models of clouds, of text completion and of OpenRouter are left out", () => {
  const map = {
    "azure/gpt-4o": row("azure", "2026-10-01"),
    "azure_ai/grok-3": row("azure_ai", "2026-10-01"),
    "anthropic.claude-v2:1": row("bedrock", "2026-10-01"),
    "vertex_ai/claude-opus-4": row("vertex_ai-anthropic_models", "2026-10-01"),
    "gpt-3.5-turbo-instruct": row("text-completion-openai", "2026-09-28"),
    "openrouter/openai/gpt-4": row("openrouter", "2026-10-01"),
    "hosted_vllm/llama": row("hosted_vllm", "2026-10-01"),
    "xai/misplaced": row("azure_ai", "2026-10-01"),
  };
  assertEquals(rowsFrom(map), []);
});

Deno.test("each provider's models are found under LiteLLM's name for it", () => {
  const endsOn = "2026-10-01";
  const map = {
    "cerebras/a": row("cerebras", endsOn),
    "deepseek/b": row("deepseek", endsOn),
    "fireworks_ai/accounts/fireworks/models/c": row("fireworks_ai", endsOn),
    "groq/maker/d": row("groq", endsOn),
    "mistral/e": row("mistral", endsOn),
    "moonshot/f": row("moonshot", endsOn),
    "together_ai/maker/g": row("together_ai", endsOn, "together_ai/maker/n"),
    "xai/h": row("xai", endsOn, "xai/n"),
    "command-i": row("cohere_chat", endsOn),
    "embed-j": row("cohere", endsOn),
    "ft:gpt-k": row("openai", endsOn),
  };
  assertEquals(rowsFrom(map), [
    "cerebras: a 2026-10-01",
    "cohere: command-i 2026-10-01",
    "cohere: embed-j 2026-10-01",
    "deepseek: b 2026-10-01",
    "fireworks: accounts/fireworks/models/c 2026-10-01",
    "groq: maker/d 2026-10-01",
    "mistral: e 2026-10-01",
    "moonshot: f 2026-10-01",
    "openai: ft:gpt-k 2026-10-01",
    "together: maker/g 2026-10-01 maker/n",
    "xai: h 2026-10-01 n",
  ]);
});

Deno.test("a key with a picture's size is a price, not a model", () => {
  const map = {
    "1024-x-1024/dall-e-2": row("openai", "2026-05-12"),
    "low/1024-x-1024/gpt-image-1": row("openai", "2026-10-23"),
    "openai/sora-2": row("openai", "2026-09-24"),
    "dall-e-2": row("openai", "2026-05-12"),
  };
  assertEquals(rowsFrom(map), ["openai: dall-e-2 2026-05-12"]);
});

Deno.test("a successor that is no model of the same provider is left out, its row is not", () => {
  const map = {
    "fireworks_ai/a": row("fireworks_ai", "2026-11-07", "Nemotron Super VL"),
    "fireworks_ai/b": row("fireworks_ai", "2026-11-07", "together_ai/x/y"),
    "gpt-c": row("openai", "2026-11-07", "azure/gpt-d"),
    "gpt-e": row("openai", "2026-11-07", "a heir"),
    "gpt-f": row("openai", "2026-11-07", "`${x}`"),
  };
  assertEquals(rowsFrom(map), [
    "fireworks: a 2026-11-07",
    "fireworks: b 2026-11-07",
    "openai: gpt-c 2026-11-07",
    "openai: gpt-e 2026-11-07",
    "openai: gpt-f 2026-11-07",
  ]);
});

Deno.test("an id that no config may hold is left out", () => {
  const ids = ["a b", "", "os.environ/KEY", "a`b", "x".repeat(201)];
  const map = Object.fromEntries(
    ids.map((id) => [`xai/${id}`, row("xai", "2026-05-15")]),
  );
  assertEquals(rowsFrom(map), []);
});

Deno.test("a row whose day is none says nothing, not even that there is no end", () => {
  const old = { "gpt-x": row("openai", "2026-10-23") };
  for (const day of ["2026-02-30", "2026-13-01", "October 2026", "2026-1-1"]) {
    const maps = [old, { "gpt-x": row("openai", day) }];
    assertEquals(rowsFrom(...maps), ["openai: gpt-x 2026-10-23"], day);
  }
});

Deno.test("a file that is no cost map stops the task instead of passing as one without news", () => {
  const undated = { "gpt-x": row("openai") };
  const renamed = { "gpt-x": { provider: "openai", ends: "2026-10-23" } };
  for (const map of [undated, renamed, {}, [], null, "text"]) {
    assertThrows(() => factsOfMap(map), Error, "no model in it has a last day");
  }
});

Deno.test("a line by hand of another form stops the task and is quoted", () => {
  const wrong = [
    "gpt-x",
    "gpt-x 2026-02-30",
    "gpt-x 2026-10-23 a b",
    "gpt-x  2026-10-23",
    " gpt-x 2026-10-23",
    "gpt-x 2026-10-23 `",
    "os.environ/X 2026-10-23",
  ];
  for (const line of wrong) {
    const read = () => factsOfLines("openai", `\n${line}\n`);
    assertThrows(read, Error, `row "${line}" of openai`);
  }
});

Deno.test("the same sources again change nothing, not even the date", () => {
  const sources = [
    factsOfMap({
      "claude-a": row("anthropic", "2026-06-15"),
      "xai/b": row("xai", "2026-05-15"),
    }),
    factsOfMap({ "claude-a": row("anthropic"), ...OTHER }),
    factsOfLines("gemini", "c 2026-12-01 d"),
  ];
  const first = merge(EMPTY, sources, TODAY);
  const second = merge(first, sources, "2027-03-01");
  assertEquals(second, first);
  assertEquals(render(second), render(first));
});

Deno.test("releases dropped from the front lose no row", () => {
  const [old, middle, last] = [
    { "claude-a": row("anthropic", "2026-06-15") },
    { "claude-b": row("anthropic", "2026-08-05") },
    { "claude-c": row("anthropic", "2026-11-30") },
  ].map((map) => factsOfMap({ ...OTHER, ...map }));
  const all = merge(EMPTY, [old ?? [], middle ?? [], last ?? []], TODAY);
  assertEquals(merge(all, [last ?? []], "2027-03-01"), all);
});

Deno.test("the date is the day on which a fact was added, changed or withdrawn", () => {
  const facts = factsOfMap({ "gpt-x": row("openai", "2026-10-23") });
  const first = merge(EMPTY, [facts], "2026-11-01");
  assertEquals(first.date, "2026-11-01");
  const changes = ["x 2026-05-15", "gpt-x 2026-10-24", "gpt-x -"];
  for (const line of changes) {
    const sources = [facts, factsOfLines("openai", line)];
    assertEquals(merge(first, sources, "2026-11-02").date, "2026-11-02", line);
  }
});

Deno.test("what changed is shown row by row", () => {
  assertEquals(
    differences(
      { openai: "\na 2026-10-23\nb 2026-10-23\n" },
      { openai: "\na 2026-10-23\nb 2026-10-24\n", xai: "\nc 2026-05-15\n" },
    ),
    [
      "- openai: b 2026-10-23",
      "+ openai: b 2026-10-24",
      "+ xai: c 2026-05-15",
    ],
  );
});

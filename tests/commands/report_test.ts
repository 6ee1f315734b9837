import { assertEquals, assertStringIncludes } from "../support/assert.ts";
import type { Section } from "../../lib/block/format.ts";
import { changesOf } from "../../lib/commands/changes.ts";
import { buildReport } from "../../lib/commands/report.ts";
import type { Applied } from "../../lib/commands/apply.ts";
import type { Outcome } from "../../lib/fetch/outcome.ts";
import { isUnchanged, planRemoval } from "../../lib/commands/plan.ts";
import type { RunReport } from "../../lib/report/report.ts";
import {
  answered,
  configOf,
  failed,
  flagsOf,
  KEYS,
  MINE,
  planOf,
  settingsOf,
  textOf,
} from "../support/parts.ts";

const IO = {
  version: "1.2.3",
  build: { os: "linux", target: "none", deno: "0.0.0" },
  environment: {},
  monotonicMs: (): number => 150,
};

const SOME = [answered("xai", "grok-4.4", "grok-build-1"), failed("gemini")];

/** What a command line asks of a run that began 50 ms ago. */
function contextOf(...argv: string[]): Parameters<typeof buildReport>[0] {
  const { destination, strict, start } = flagsOf(...argv);
  return { io: IO, startedMs: 100, destination, isStrict: strict, start };
}

/** The report of a run on `text`, in which nothing is written. */
async function reportOn(
  text: string,
  outcomes: readonly Outcome[],
  argv: readonly string[] = [],
  environment: Readonly<Record<string, string>> = KEYS,
): Promise<RunReport> {
  const settings = settingsOf(argv, environment);
  const config = await configOf(text);
  const hasAnswer = outcomes.some(({ kind }) => kind === "answered");
  const plan = await planOf(text, outcomes, settings);
  const result = isUnchanged(plan, config.bytes) ? "unchanged" : "would-change";
  const applied: Applied = { plan, result, warnings: [] };
  return buildReport(contextOf(...argv), {
    configPath: "config.yaml",
    action: "refresh",
    config,
    previous: config.previous,
    outcomes,
    settings,
    applied: hasAnswer ? applied : undefined,
  });
}

async function afterFirst(outcomes: readonly Outcome[]): Promise<string> {
  return textOf((await planOf(MINE, outcomes)).bytes);
}

Deno.test("buildReport() tells which names came, went and stayed, aliases apart", async () => {
  const before = await afterFirst([
    answered("xai", "grok-4.4", "grok-build-1"),
  ]);
  const { models, aliases, removedAliases } = await reportOn(
    before,
    [answered("xai", "grok-4.4", "grok-4.5")],
  );
  assertEquals(models, {
    added: ["grok-4.5"],
    removed: ["grok-build-1"],
    kept: 1,
    renamed: [],
    rerouted: [],
  });
  assertEquals(aliases, [
    {
      name: "grok",
      target: "xai/grok-4.5",
      modelName: "grok-4.5",
      formerTarget: "xai/grok-4.4",
      formerModelName: "grok-4.4",
      passedOver: null,
    },
  ]);
  assertEquals(removedAliases, []);
});

Deno.test("buildReport() calls a name renamed whose capitals alone changed, and its alias not moved", async () => {
  const before = await afterFirst([
    answered("xai", "grok-4.5A", "grok-4.3", "grok-old-a"),
  ]);
  const { models, aliases, addedAliases } = await reportOn(
    before,
    [answered("xai", "grok-4.5a", "grok-4.3", "grok-new-a")],
  );
  assertEquals(models, {
    added: ["grok-new-a"],
    removed: ["grok-old-a"],
    renamed: [{ from: "grok-4.5A", to: "grok-4.5a" }],
    kept: 1,
    rerouted: [],
  });
  const targets = aliases.map(({ target, formerTarget }) => [
    target,
    formerTarget,
  ]);
  assertEquals(targets, [["xai/grok-4.5a", null]]);
  assertEquals(addedAliases, []);
});

Deno.test("changesOf() calls no name renamed that another model has in other capitals", async () => {
  const plan = await planOf(MINE, SOME);
  const blockOf = (name: string, model: string): Section => ({
    id: "xai",
    entries: [{ name, model, id: "discover:xai/x", lines: [] }],
  });
  const changed = (to: Section): unknown => {
    if (!plan.catalog) throw new Error("no catalog");
    const sections = new Map([["xai", blockOf("Fast", "xai/Grok-5")]]);
    const previous = { ...plan.previous, sections };
    const catalog = { ...plan.catalog, sections: [to] };
    const changes = changesOf({
      plan: { ...plan, previous, catalog },
      result: "updated",
    });
    const { added, removed, renamed } = changes.models;
    return [added, removed, renamed];
  };
  assertEquals(changed(blockOf("fast", "xai/grok-5")), [[], [], [
    { from: "Fast", to: "fast" },
  ]]);
  assertEquals(changed(blockOf("fast", "xai/grok-6")), [
    ["fast"],
    ["Fast"],
    [],
  ]);
});

Deno.test("buildReport() gives each of several spellings one that came for it", async () => {
  const before = await afterFirst([answered("xai", "grok-AA", "grok-Aa")]);
  const { models: { added, removed, renamed } } = await reportOn(before, [
    answered("xai", "grok-aa"),
  ]);
  assertEquals(renamed, [{ from: "grok-AA", to: "grok-aa" }]);
  assertEquals([added, removed], [[], ["grok-Aa"]]);
});

Deno.test("buildReport() has the failed providers in the order of the table", async () => {
  const { warnings } = await reportOn(MINE, [failed("gemini"), failed("xai")]);
  const titles = warnings.filter(({ code }) => code === "provider-failed")
    .map(({ provider }) => provider);
  assertEquals(titles, ["xAI", "Gemini"]);
});

Deno.test("buildReport() names aliases that are gone", async () => {
  const before = await afterFirst([answered("xai", "grok-4.4")]);
  const report = await reportOn(before, [answered("xai", "other-1")]);
  assertEquals(report.removedAliases, [{ name: "grok", reason: "no-model" }]);
  assertEquals(report.models.removed, ["grok-4.4"]);
});

Deno.test("buildReport() reports every provider, asked or not, and its section", async () => {
  const before = await afterFirst([
    answered("openrouter", "anthropic/claude-sonnet-5"),
    answered("gemini", "gemini-3.8-flash"),
  ]);
  const { OPENROUTER_API_KEY: _, ...keys } = KEYS;
  const { providers } = await reportOn(before, SOME, [], keys);
  assertEquals(
    providers.map(({ id, outcome, models }) => [id, outcome, models]),
    [["openrouter", "no-key", 1], ["xai", "answered", 2], [
      "gemini",
      "failed",
      1,
    ]],
  );
  const only = await reportOn(before, SOME.slice(0, 1), ["--only", "xai"]);
  assertEquals(only.providers.map(({ outcome }) => outcome), [
    "not-asked",
    "answered",
    "not-asked",
  ]);
});

Deno.test("buildReport() says what a failure means for the section", async () => {
  const before = await afterFirst([answered("gemini", "gemini-3.8-flash")]);
  const text = async (config: string): Promise<string> => {
    const { warnings } = await reportOn(config, SOME);
    return warnings.find(({ code }) => code === "provider-failed")?.text ?? "";
  };
  assertEquals(
    [await text(before), await text(MINE)],
    [
      "Gemini: timed out after 2 s; keeping 1 earlier model",
      "Gemini: timed out after 2 s; no earlier models to keep",
    ],
  );
});

Deno.test("buildReport() tells why a provider failed, with the HTTP status", async () => {
  const failure = {
    reason: "status",
    status: 503,
    said: "Overloaded",
    host: "generativelanguage.googleapis.com:443",
  } as const;
  const outcome = { ...failed("gemini"), failure } as const;
  const { providers } = await reportOn(MINE, [outcome]);
  assertEquals(providers.map((provider) => provider.failure), [
    null,
    null,
    {
      reason: "status",
      status: 503,
      message: "HTTP 503 from generativelanguage.googleapis.com",
      said: "Overloaded",
      host: "generativelanguage.googleapis.com:443",
      proxy: null,
    },
  ]);
});

Deno.test("buildReport() hints at what may help after a failure", async () => {
  const hints = ["timeout", "wrong-key", "tls", "not-json"] as const;
  const found = await Promise.all(hints.map(async (reason) => {
    const report = await reportOn(MINE, [failed("xai", reason)]);
    return report.warnings[0]?.hint;
  }));
  assertEquals(found, [
    "wait longer with --timeout 5s",
    "check XAI_API_KEY (from the environment)",
    "behind a company's proxy, set SSL_CERT_FILE to a PEM file with its " +
    "root certificate, which LiteLLM reads too",
    undefined,
  ]);
});

Deno.test("buildReport() counts what is not for the key, where that is known", async () => {
  const { providers } = await reportOn(MINE, [
    { ...answered("openrouter", "anthropic/claude-sonnet-5"), notForKey: 7 },
    { ...answered("xai", "grok-4.4"), isPlainList: true, notForKey: 0 },
    answered("gemini", "gemini-3.8-flash"),
  ]);
  assertEquals(
    providers.map(({ notForKey, plainList }) => [notForKey, plainList]),
    [[7, false], [0, true], [null, false]],
  );
  const failures = await reportOn(MINE, [failed("xai")]);
  assertEquals(
    failures.providers.map(({ notForKey, plainList }) => [
      notForKey,
      plainList,
    ]),
    [[null, null], [null, null], [null, null]],
  );
});

Deno.test("buildReport() keeps the section of a provider whose key is blocked, and says where to look", async () => {
  const outcome: Outcome = {
    ...{ kind: "failed", provider: "xai", elapsedMs: 5 },
    failure: { reason: "key-blocked", state: "team blocked" },
  };
  const before = await afterFirst([answered("xai", "grok-4.4")]);
  const report = await reportOn(before, [
    outcome,
    answered("gemini", "gemini-3.8-flash"),
  ]);
  assertEquals(report.providers[1]?.models, 1);
  assertEquals(report.providers[1]?.failure?.reason, "key-blocked");
  const [warning] = report.warnings;
  assertEquals(
    warning?.text,
    "xAI: the team of the API key is blocked; keeping 1 earlier model",
  );
  assertEquals(
    warning?.hint,
    "check XAI_API_KEY (from the environment) at https://console.x.ai, or set " +
      "another key",
  );
});

Deno.test("buildReport() explains a run without any key", async () => {
  const report = await reportOn(MINE, [], [], {});
  assertEquals([report.exitCode, report.result], [1, "nothing-written"]);
  const [warning] = report.warnings;
  assertEquals(warning?.code, "no-key");
  assertStringIncludes(warning?.text ?? "", "OPENROUTER_API_KEY, OR_API_KEY");
  assertEquals(warning?.hint, "set one of them in the environment or .env");
});

Deno.test("buildReport() claims no change where nothing was written", async () => {
  const before = await afterFirst(SOME);
  const report = await reportOn(before, [failed("xai"), failed("gemini")]);
  const { models, removedAliases, result, providers } = report;
  assertEquals(models, {
    added: [],
    removed: [],
    kept: 2,
    renamed: [],
    rerouted: [],
  });
  assertEquals(providers.map((one) => one.models), [0, 2, 0]);
  assertEquals(removedAliases, []);
  assertEquals(result, "nothing-written");
});

Deno.test("buildReport() chooses the exit code", async () => {
  const good = [answered("xai", "grok-4.4")];
  const none = [failed("xai"), failed("gemini")];
  const fresh = await afterFirst(good);
  const cases: [string, readonly Outcome[], string[], number][] = [
    [MINE, good, [], 0],
    [MINE, SOME, [], 0],
    [MINE, none, [], 1],
    [MINE, none, ["--check"], 1],
    [MINE, good, ["--strict"], 0],
    [MINE, SOME, ["--strict"], 1],
    [MINE, good, ["--check"], 5],
    [fresh, good, ["--check"], 0],
    [fresh, SOME, ["--check"], 1],
    [MINE, good, ["--dry-run"], 0],
    [MINE, SOME, ["--dry-run"], 0],
  ];
  const codes = await Promise.all(
    cases.map(async ([text, outcomes, argv]) =>
      (await reportOn(text, outcomes, argv)).exitCode
    ),
  );
  assertEquals(codes, cases.map(([, , , code]) => code));
});

Deno.test("buildReport() reports a removal as such", async () => {
  const config = await configOf(
    await afterFirst([answered("xai", "grok-4.4")]),
  );
  const { previous } = config;
  const report = buildReport(contextOf("--remove"), {
    configPath: "config.yaml",
    action: "remove",
    config,
    previous,
    outcomes: [],
    applied: {
      plan: planRemoval(config),
      result: "removed",
      backup: "config.yaml.bak",
      warnings: [],
    },
  });
  assertEquals([report.exitCode, report.result], [0, "removed"]);
  assertEquals([report.models.removed, report.removedAliases], [
    ["grok-4.4"],
    [{ name: "grok", reason: "block-removed" }],
  ]);
  assertEquals([report.backup, report.elapsedMs], ["config.yaml.bak", 50]);
});

Deno.test("buildReport() names what other models answer now, and what is only new in detail", async () => {
  const before = await afterFirst([
    answered("openrouter", "anthropic/claude-sonnet-5"),
    answered("xai", { id: "grok-4.5", maxInputTokens: 1000 }),
  ]);
  const grok = answered("xai", { id: "grok-4.5", maxInputTokens: 2000 });
  const details = await reportOn(before, [grok]);
  assertEquals(details.result, "would-change");
  assertEquals(details.models.rerouted, []);
  const other = before.replace(
    "openrouter/anthropic/claude-sonnet-5",
    "openrouter/anthropic/claude-sonnet-5:beta",
  );
  const moved = await reportOn(other, [
    answered("openrouter", "anthropic/claude-sonnet-5"),
  ]);
  assertEquals(moved.models.rerouted, ["claude-sonnet-5"]);
  assertEquals(moved.models.added, []);
});

Deno.test("buildReport() calls an alias's model by its name in the config, the user's own included", async () => {
  const outcomes = [
    answered("openrouter", "anthropic/claude-sonnet-5"),
    answered("xai", "grok-4.5"),
  ];
  const mine = MINE.replace("name: mine", "name: grok-4.5")
    .replace("openai/my-own-gpt", "xai/grok-4.5");
  const { aliases, addedAliases } = await reportOn(mine, outcomes);
  assertEquals(
    aliases.map(({ name, modelName }) => [name, modelName]),
    [["claude-fallback", "claude-sonnet-5"], ["grok", "grok-4.5"]],
  );
  assertEquals(addedAliases, ["claude-fallback", "grok"]);
});

Deno.test("buildReport() accounts for every row of an answer", async () => {
  const outcome = answered(
    "xai",
    "grok-4.5",
    "grok-4.4",
    "imagine-1",
    "grok-4.3",
  );
  const mine = MINE.replace("name: mine", "name: grok-4.3");
  const { providers } = await reportOn(mine, [outcome]);
  const xai = providers.find(({ id }) => id === "xai");
  assertEquals(
    [xai?.models, xai?.filtered, xai?.overLimit, xai?.skipped],
    [2, 1, 0, 1],
  );
});

Deno.test("buildReport() shows no lines of a config that LiteLLM may have written keys into", async () => {
  const plan = await planOf(MINE, SOME);
  const { config } = plan;
  const report = buildReport(contextOf("--repair", "--stat"), {
    ...{ configPath: "config.yaml", action: "repair", config } as const,
    ...{ previous: config.previous, outcomes: SOME, settings: settingsOf() },
    applied: {
      plan,
      result: "would-change",
      diff: new TextEncoder().encode("-  api_key: sk-1"),
      warnings: [],
    },
  });
  assertEquals([report.diff, report.repaired], ["", 0]);
});

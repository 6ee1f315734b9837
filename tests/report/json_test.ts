import {
  diagnosisJson,
  type FailedRun,
  jsonText,
  logLine,
  toJson,
} from "../../lib/report/json.ts";
import {
  assertEquals,
  assertMatch,
  assertNotEquals,
  assertStringIncludes,
} from "../support/assert.ts";
import { FINDINGS, WEIGHTS } from "../../lib/warning.ts";
import type { Diagnosis } from "../../lib/report/diagnosis.ts";
import { faultsOf, SCHEMA } from "../support/report_schema.ts";
import { fromRepository } from "../support/repository.ts";
import { UNCHANGED, UPDATED } from "../support/sample_report.ts";

const FAILED: FailedRun = {
  version: "0.1.0",
  exitCode: 3,
  config: "/srv/config.yaml",
  error: { message: "begin marker without an end marker", hint: null },
};

Deno.test("the JSON of every kind of run is valid under the schema", () => {
  const diff = "--- a\n+++ a\n";
  for (
    const value of [
      toJson(UNCHANGED),
      toJson({ ...UPDATED, diff }),
      toJson({
        ...UPDATED,
        action: "repair",
        repaired: 3,
        addedAliases: ["grok"],
        warnings: [{ code: "dangling-fallbacks", text: "t", line: 3 }],
      }),
      toJson({ ...UPDATED, output: "-", result: "would-change", exitCode: 5 }),
      toJson({ ...UPDATED, result: "nothing-written", exitCode: 1 }),
      toJson(FAILED),
      toJson({
        ...FAILED,
        config: null,
        error: { message: "m", hint: "h" },
      }),
    ]
  ) {
    assertEquals(faultsOf(JSON.parse(jsonText(value))), "");
  }
});

Deno.test("the schema refuses a missing, an unknown and a wrong field", () => {
  const { diff: _, ...missing } = toJson(UNCHANGED);
  for (
    const value of [
      missing,
      { ...toJson(UNCHANGED), surprise: 1 },
      { ...toJson(UNCHANGED), schemaVersion: 2 },
      { ...toJson(UNCHANGED), result: "done" },
      { ...toJson(FAILED), exitCode: 0 },
    ]
  ) assertNotEquals(faultsOf(value), "");
});

Deno.test("the schema and the description know every warning code and reason", async () => {
  const schema = JSON.stringify(SCHEMA);
  const text = await Deno.readTextFile(fromRepository("docs/json.md"));
  for (
    const [file, type] of [
      ["lib/warning.ts", "RunCode"],
      ["lib/report/report.ts", "ResultWord"],
      ["lib/fetch/outcome.ts", "FailureReason"],
    ] as const
  ) {
    const source = await Deno.readTextFile(fromRepository(file));
    const union = source.match(new RegExp(`type ${type} =([^;]*);`))?.[1] ?? "";
    const words = [...union.matchAll(/\| "([a-z0-9-]+)"/g)].map(([, word]) =>
      word ?? ""
    );
    assertNotEquals(words, []);
    const unknown = words.filter((word) =>
      !schema.includes(`"${word}"`) || !text.includes(`\`${word}\``)
    );
    assertEquals(unknown, [], `${type} of ${file}`);
  }
});

Deno.test("docs/doctor.md and the schema have every finding, under its weight", async () => {
  const text = await Deno.readTextFile(fromRepository("docs/doctor.md"));
  const [, section = ""] = /^## What it finds\r?\n([^]*?)^## /m.exec(text) ??
    [];
  const [, ...parts] = section.split("\n### ");
  const inDocs = parts.map((part) =>
    [...part.matchAll(/^\| `([a-z0-9-]+)`/gm)].map(([, code]) => code ?? "")
  );
  const byWeight = WEIGHTS.map((weight) =>
    Object.entries(FINDINGS).filter(([, own]) => own === weight)
      .map(([code]) => code)
  );
  assertEquals(inDocs, byWeight);
  assertStringIncludes(
    JSON.stringify(SCHEMA),
    JSON.stringify(Object.keys(FINDINGS)),
  );
});

Deno.test("the JSON of a diagnosis is valid under the schema, and has weights", () => {
  const diagnosis: Diagnosis = {
    ...{ version: "0.1.0", exitCode: 5, config: "config.yaml" },
    litellm: "1.108.7",
    findings: [
      { code: "not-yaml", text: "the file is empty" },
      { code: "model-ending", text: "t", hint: "h", file: "b.yaml", line: 3 },
    ],
    notes: ["no key"],
  };
  const json = JSON.parse(jsonText(diagnosisJson(diagnosis)));
  assertEquals(faultsOf(json), "");
  assertEquals(
    json.findings.map(({ weight }: { weight: string }) => weight),
    ["will-not-start", "ending"],
  );
  assertNotEquals(faultsOf({ ...json, exitCode: 1 }), "");
});

Deno.test("toJson() says what became of each provider, and nothing twice", () => {
  const json = JSON.parse(jsonText(toJson(UPDATED)));
  assertEquals(json.schemaVersion, 1);
  assertEquals(json.elapsedMs, 861);
  assertEquals(json.models, {
    added: ["claude-sonnet-5", "grok-4.5"],
    removed: ["grok-3-mini"],
    kept: 18,
    renamed: [],
    rerouted: ["claude-opus-4-8"],
  });
  assertEquals(json.aliases[0], {
    name: "claude-fallback",
    target: "openrouter/anthropic/claude-sonnet-5",
    modelName: "claude-sonnet-5",
    formerTarget: "openrouter/anthropic/claude-sonnet-4.6",
    formerModelName: "claude-sonnet-4-6",
    passedOver: null,
  });
  assertEquals(json.providers[2], {
    id: "gemini",
    title: "Gemini",
    outcome: "failed",
    models: 8,
    elapsedMs: 2001,
    rows: null,
    retired: null,
    variants: null,
    filtered: null,
    overLimit: null,
    skipped: null,
    notForKey: null,
    plainList: null,
    failure: {
      reason: "timeout",
      status: null,
      message: "timed out after 2 s",
      said: null,
      host: "generativelanguage.googleapis.com:443",
      proxy: null,
    },
    key: null,
    keyVariables: null,
  });
  assertEquals(json.diff, null);
});

Deno.test("a log line is one line, and the same fields stand in all of them", () => {
  const time = "2026-11-23T21:00:00.000Z";
  const lines = [
    logLine(UPDATED, time),
    logLine({ ...UNCHANGED, config: "a\nb" }, time),
    logLine(FAILED, time),
  ];
  const fields = lines.map((line) => {
    assertMatch(line, /^[^\n]+\n$/);
    return Object.keys(JSON.parse(line));
  });
  assertEquals(fields[1], fields[0] ?? []);
  assertEquals(fields[2], fields[0] ?? []);
});

Deno.test("logLine() counts, and names outcomes and warnings", () => {
  const line = JSON.parse(logLine(UPDATED, "2026-11-23T21:00:00.000Z"));
  assertEquals(line.time, "2026-11-23T21:00:00.000Z");
  assertEquals(line.exitCode, 0);
  assertEquals(line.counts, {
    added: 2,
    removed: 1,
    renamed: 0,
    kept: 18,
    aliases: 6,
    skipped: 1,
  });
  assertEquals(line.providers, {
    openrouter: "answered",
    xai: "answered",
    gemini: "failed:timeout",
    deepseek: "no-key",
    groq: "not-asked",
  });
  assertEquals(
    line.warnings.map(({ code }: { code: string }) => code),
    ["provider-failed", "unknown-fallback"],
  );
});

import { assert, assertEquals } from "../support/assert.ts";
import { type AliasRule, DEFAULT_ALIASES } from "../../lib/catalog/aliases.ts";
import { resolveAlias } from "../../lib/catalog/resolve_alias.ts";
import type { Model } from "../../lib/providers/provider.ts";

function ids(...list: string[]): Model[] {
  return list.map((id) => ({ id }));
}

const PRO: AliasRule = {
  name: "pro",
  families: [
    { provider: "gemini", glob: "gemini-*-pro" },
    { provider: "gemini", glob: "gemini-*-pro-preview" },
    { provider: "xai", glob: "grok-*" },
  ],
};

const TODAY = "2026-11-23";
/** 30 days from then. */
const DYING = "2026-12-23";

const UNCERTAIN = "unless the missing answer has another";

type Lists = Readonly<Record<string, readonly Model[] | undefined>>;

/** What it resolves to, with what it passes over. */
function resolved(
  lists: Lists,
  { today = TODAY, rule = PRO, retired = ids() } = {},
): readonly (string | undefined)[] {
  const offered = new Map(
    Object.entries(lists).map(([provider, models]) =>
      [provider, models && { models, retired }] as const
    ),
  );
  const { target, isCertain } = resolveAlias(rule, offered, today);
  return [
    ...(isCertain ? [] : [UNCERTAIN]),
    target?.model.id,
    ...(target?.passedOver ? [target.passedOver.model.id] : []),
  ];
}

for (
  const [words, offered, expected] of [
    [
      "the first family that has a match",
      { gemini: ids("gemini-3-flash"), xai: ids("grok-4") },
      ["grok-4"],
    ],
    [
      "the second family where the first one's provider is not enabled",
      { xai: ids("grok-4") },
      ["grok-4"],
    ],
    [
      "an answer before one that is missing",
      { gemini: ids("gemini-3-pro"), xai: undefined },
      ["gemini-3-pro"],
    ],
    ["nothing without a match", { gemini: ids(), xai: ids() }, [undefined]],
    [
      "nothing, for now, after an answer that is missing",
      { gemini: undefined, xai: ids("grok-4") },
      [UNCERTAIN, undefined],
    ],
    [
      "nothing certain where a missing answer may replace a dying model",
      { gemini: [{ id: "gemini-2-pro", endsOn: DYING }], xai: undefined },
      [UNCERTAIN, "gemini-2-pro"],
    ],
    [
      "an older model rather than a dying one",
      {
        gemini: [{ id: "gemini-3-pro", endsOn: DYING }, { id: "gemini-2-pro" }],
      },
      ["gemini-2-pro", "gemini-3-pro"],
    ],
    [
      "a preview rather than a dying model",
      {
        gemini: [
          { id: "gemini-2-pro", endsOn: DYING },
          { id: "gemini-3-pro-preview" },
        ],
      },
      ["gemini-3-pro-preview", "gemini-2-pro"],
    ],
    [
      "a later family, of another provider, rather than a dying model",
      { gemini: [{ id: "gemini-2-pro", endsOn: DYING }], xai: ids("grok-4") },
      ["grok-4", "gemini-2-pro"],
    ],
    [
      "of dying models the one that lasts longest",
      {
        gemini: [
          { id: "gemini-3-pro", endsOn: "2026-12-01" },
          { id: "gemini-2-pro", endsOn: "2026-12-11" },
        ],
        xai: [{ id: "grok-4", endsOn: "2026-12-05" }],
      },
      ["gemini-2-pro", "gemini-3-pro"],
    ],
    [
      "of models that end on one day the newest",
      {
        gemini: [
          { id: "gemini-2-pro", endsOn: "2026-12-01" },
          { id: "gemini-3-pro", endsOn: "2026-12-01" },
        ],
      },
      ["gemini-3-pro"],
    ],
    [
      "a dying model rather than one that was shut down",
      {
        gemini: [
          { id: "gemini-3-pro", retired: true },
          { id: "gemini-2-pro", endsOn: "2026-12-01" },
        ],
      },
      ["gemini-2-pro", "gemini-3-pro"],
    ],
  ] as const
) {
  Deno.test(`resolveAlias() finds ${words}`, () => {
    assertEquals(resolved(offered), expected);
  });
}

Deno.test("resolveAlias() leaves a model 30 days before its last, and not 31", () => {
  const gemini = [
    { id: "gemini-2.5-pro", endsOn: "2026-12-01" },
    { id: "gemini-3.1-pro-preview" },
  ];
  const found = (today: string): readonly (string | undefined)[] =>
    resolved({ gemini }, { today });
  const left = ["gemini-3.1-pro-preview", "gemini-2.5-pro"];
  assertEquals(found("2026-10-31"), ["gemini-2.5-pro"]);
  for (const day of ["2026-11-01", "2026-11-30", "2026-12-01", "2026-12-02"]) {
    assertEquals(found(day), left, day);
  }
});

Deno.test("resolveAlias() tells which newer model was shut down", () => {
  const lists = { gemini: ids("gemini-3.1-pro-preview") };
  const retired = [{ id: "gemini-2.5-pro", endsOn: "2026-11-01" }];
  assertEquals(resolved(lists, { retired }), [
    "gemini-3.1-pro-preview",
    "gemini-2.5-pro",
  ]);
});

Deno.test("resolveAlias() compares by date although a model that was shut down has none", () => {
  const gemini = [
    { id: "gemini-3-pro", createdAt: 2 },
    { id: "gemini-4-pro", createdAt: 1 },
  ];
  const retired = [{ id: "gemini-2-pro", endsOn: "2026-11-01" }];
  assertEquals(resolved({ gemini }, { retired }), ["gemini-3-pro"]);
});

const GEMINI = DEFAULT_ALIASES.find(({ name }) => name === "gemini");
assert(GEMINI);

for (
  const [words, gemini, expected] of [
    [
      "a Gemini 4 of another name",
      ids("gemini-3.8-flash", "gemini-3.9-pro", "gemini-4-argon"),
      "gemini-4-argon",
    ],
    [
      "the larger input limit of two as new",
      [
        { id: "gemini-4-argon", maxInputTokens: 1_048_576 },
        { id: "gemini-4-hydrogen", maxInputTokens: 2_097_152 },
      ],
      "gemini-4-hydrogen",
    ],
    [
      "what Google lists first of two that are alike",
      ids("gemini-4-hydrogen", "gemini-4-argon"),
      "gemini-4-hydrogen",
    ],
    [
      "the model before its smaller edition",
      [
        { id: "gemini-3.5-flash-lite", maxInputTokens: 2_097_152 },
        { id: "gemini-3.5-flash", maxInputTokens: 1_048_576 },
      ],
      "gemini-3.5-flash",
    ],
    [
      "no Lite, be it newer or listed first",
      ids("gemini-3.8-flash-lite", "gemini-3.7-flash"),
      "gemini-3.7-flash",
    ],
    [
      "a Lite rather than a preview",
      ids("gemini-3.8-pro-preview", "gemini-3.5-flash-lite"),
      "gemini-3.5-flash-lite",
    ],
    [
      "no preview",
      ids("gemini-3.8-flash", "gemini-4-argon-preview", "gemini-pro-latest"),
      "gemini-3.8-flash",
    ],
    [
      "nothing dying",
      [{ id: "gemini-4-argon", endsOn: DYING }, { id: "gemini-3.8-flash" }],
      "gemini-3.8-flash",
    ],
  ] as const
) {
  Deno.test(`the alias "gemini" stands for ${words}`, () => {
    assertEquals(resolved({ gemini }, { rule: GEMINI })[0], expected);
  });
}

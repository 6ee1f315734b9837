/**
 * Anthropic first, and OpenRouter where it fails: what the block has under each
 * name, from run to run.
 *
 * @module
 */

import { assertEquals } from "../support/assert.ts";
import type { Entry } from "../../lib/block/entry.ts";
import type { Catalog } from "../../lib/catalog/catalog.ts";
import { KeyRing } from "../../lib/keys/key_ring.ts";
import type { Outcome } from "../../lib/fetch/outcome.ts";
import { readDiscoverFile } from "../../lib/settings/file.ts";
import { resolveSettings, type Settings } from "../../lib/settings/settings.ts";
import {
  answered,
  failed,
  flagsOf,
  KEYS,
  MINE,
  planOf,
  textOf,
} from "../support/parts.ts";

const BOTH = "providers: { anthropic: {} }\n";

/** What the providers offer: an old Claude, a new one, one of each alone. */
const OPENROUTER = answered(
  "openrouter",
  "anthropic/claude-fable-5",
  {
    id: "anthropic/claude-haiku-4.5",
    displayName: "Claude Haiku 4.5",
    datedName: "claude-haiku-4-5-20251001",
  },
  { id: "anthropic/claude-opus-4.8", displayName: "Claude Opus 4.8" },
);
const ANTHROPIC = answered(
  "anthropic",
  { id: "claude-haiku-4-5-20251001", displayName: "Claude Haiku 4.5" },
  { id: "claude-opus-4-8", displayName: "Claude Opus 4.8" },
  "claude-opus-5",
);

async function settingsIn(yaml: string): Promise<Settings> {
  const keys = { ...KEYS, ANTHROPIC_API_KEY: "key-4" };
  const file = await readDiscoverFile(yaml, "discover.yaml");
  return resolveSettings(flagsOf(), new KeyRing(keys, [], []), { file });
}

interface Ran {
  readonly text: string;
  /** Each name with its deployments, and their turn where they have one. */
  readonly routes: Readonly<Record<string, readonly string[]>>;
  readonly catalog: Catalog;
}

async function run(
  text: string,
  outcomes: readonly Outcome[],
  yaml = BOTH,
): Promise<Ran> {
  const plan = await planOf(text, outcomes, await settingsIn(yaml));
  if (!plan.catalog) throw new Error("no catalog");
  const entries = plan.catalog.sections.filter(({ id }) => id !== "aliases")
    .flatMap((section) => section.entries);
  const routes = Object.groupBy(entries.toSorted(byTurn), ({ name }) => name);
  return {
    text: textOf(plan.bytes),
    routes: Object.fromEntries(
      Object.entries(routes).map((
        [name, all = []],
      ) => [name, all.map(routeOf)]),
    ),
    catalog: plan.catalog,
  };
}

function byTurn(a: Entry, b: Entry): number {
  return (a.order ?? 0) - (b.order ?? 0);
}

function routeOf({ model, order }: Entry): string {
  return order === undefined ? model : `${order} ${model}`;
}

const JOINED = {
  "claude-fable-5": ["2 openrouter/anthropic/claude-fable-5"],
  "claude-haiku-4-5": [
    "1 anthropic/claude-haiku-4-5-20251001",
    "2 openrouter/anthropic/claude-haiku-4.5",
  ],
  "claude-haiku-4-5-20251001": [
    "1 anthropic/claude-haiku-4-5-20251001",
    "2 openrouter/anthropic/claude-haiku-4.5",
  ],
  "claude-opus-4-8": [
    "1 anthropic/claude-opus-4-8",
    "2 openrouter/anthropic/claude-opus-4.8",
  ],
  "claude-opus-5": ["1 anthropic/claude-opus-5"],
};

Deno.test("with Anthropic on, a Claude of both is one name, and OpenRouter's turn is the second", async () => {
  const { routes } = await run(MINE, [OPENROUTER, ANTHROPIC]);
  assertEquals(routes, JOINED);
});

Deno.test("a Claude of OpenRouter alone has no turn to wait for", async () => {
  const { routes } = await run(MINE, [OPENROUTER], "");
  assertEquals(routes, {
    "claude-fable-5": ["openrouter/anthropic/claude-fable-5"],
    "claude-haiku-4-5": ["openrouter/anthropic/claude-haiku-4.5"],
    "claude-haiku-4-5-20251001": ["openrouter/anthropic/claude-haiku-4.5"],
    "claude-opus-4-8": ["openrouter/anthropic/claude-opus-4.8"],
  });
});

Deno.test("the turns follow the settings: who answers makes no difference", async () => {
  const alone = await run(MINE, [OPENROUTER, failed("anthropic")]);
  assertEquals(alone.routes["claude-opus-4-8"], [
    "2 openrouter/anthropic/claude-opus-4.8",
  ]);
  const { text } = await run(MINE, [OPENROUTER, ANTHROPIC]);
  for (
    const outcomes of [
      [OPENROUTER, failed("anthropic")],
      [failed("openrouter"), ANTHROPIC],
    ]
  ) {
    const again = await run(text, outcomes);
    assertEquals(again.text, text);
  }
});

Deno.test("stand_in: false leaves each provider's Claudes to themselves", async () => {
  const { routes } = await run(
    MINE,
    [OPENROUTER, ANTHROPIC],
    `stand_in: false\n${BOTH}`,
  );
  assertEquals(routes, {
    "claude-fable-5": ["openrouter/anthropic/claude-fable-5"],
    "claude-haiku-4-5": ["anthropic/claude-haiku-4-5-20251001"],
    "claude-haiku-4-5-20251001": ["anthropic/claude-haiku-4-5-20251001"],
    "claude-opus-4-8": ["anthropic/claude-opus-4-8"],
    "claude-opus-5": ["anthropic/claude-opus-5"],
    "openrouter/anthropic/claude-haiku-4.5": [
      "openrouter/anthropic/claude-haiku-4.5",
    ],
    "openrouter/anthropic/claude-opus-4.8": [
      "openrouter/anthropic/claude-opus-4.8",
    ],
  });
});

Deno.test("Anthropic's entries of before there were turns are not joined", async () => {
  const off = `stand_in: false\n${BOTH}`;
  const { text } = await run(MINE, [failed("openrouter"), ANTHROPIC], off);
  const { routes } = await run(text, [OPENROUTER, failed("anthropic")]);
  assertEquals(routes["claude-opus-4-8"], ["anthropic/claude-opus-4-8"]);
  assertEquals(routes["openrouter/anthropic/claude-opus-4.8"], [
    "2 openrouter/anthropic/claude-opus-4.8",
  ]);
});

Deno.test("a block of before the new names is renewed, and keeps what did not answer", async () => {
  const old = `providers:
  openrouter: { name: "{id}" }
  anthropic: { name: "{provider}/{id}" }
stand_in: false
`;
  const { text: shown } = await run(MINE, [OPENROUTER, ANTHROPIC], old);
  const text = shown.replaceAll(/^ *display_name: .*\n/gm, "");
  const half = await run(text, [OPENROUTER, failed("anthropic")]);
  // What Anthropic has is nobody else's, until its own entries are renewed.
  assertEquals(half.routes, {
    "anthropic/claude-haiku-4-5-20251001": [
      "anthropic/claude-haiku-4-5-20251001",
    ],
    "anthropic/claude-opus-4-8": ["anthropic/claude-opus-4-8"],
    "anthropic/claude-opus-5": ["anthropic/claude-opus-5"],
    "claude-fable-5": ["2 openrouter/anthropic/claude-fable-5"],
    "openrouter/anthropic/claude-haiku-4.5": [
      "2 openrouter/anthropic/claude-haiku-4.5",
    ],
    "openrouter/anthropic/claude-opus-4.8": [
      "2 openrouter/anthropic/claude-opus-4.8",
    ],
  });
  const renewed = await run(half.text, [OPENROUTER, ANTHROPIC]);
  assertEquals(renewed.routes, JOINED);
  assertEquals(renewed.text, (await run(MINE, [OPENROUTER, ANTHROPIC])).text);
});

Deno.test("an outage changes no name, whatever the file says of names and turns", async () => {
  for (
    const yaml of [
      `stand_in: false\n${BOTH}`,
      'stand_in: false\nproviders: { anthropic: { name: "{provider}/{id}" } }\n',
      'stand_in: false\nproviders: { anthropic: { name: "anthropic/{name}" } }\n',
      'providers: { anthropic: { name: "{provider}/{id}" } }\n',
    ]
  ) {
    const { text } = await run(MINE, [OPENROUTER, ANTHROPIC], yaml);
    for (
      const outcomes of [
        [OPENROUTER, failed("anthropic")],
        [failed("openrouter"), ANTHROPIC],
      ]
    ) {
      const { text: again } = await run(text, outcomes, yaml);
      assertEquals(again, text, yaml);
    }
  }
});

Deno.test("Anthropic's days are those that it lists, not those that the filters leave", async () => {
  const yaml = 'providers: { anthropic: { exclude: ["*-20241022"] } }\n';
  const { routes } = await run(MINE, [
    answered("openrouter", "anthropic/claude-3.5-sonnet"),
    answered(
      "anthropic",
      "claude-3-5-sonnet-20240620",
      "claude-3-5-sonnet-20241022",
    ),
  ], yaml);
  assertEquals(routes, {
    "claude-3-5-sonnet": ["2 openrouter/anthropic/claude-3.5-sonnet"],
    "claude-3-5-sonnet-20240620": ["1 anthropic/claude-3-5-sonnet-20240620"],
    "claude-3-5-sonnet-20241022": ["2 openrouter/anthropic/claude-3.5-sonnet"],
  });
});

Deno.test("in a routing group of the user's no entry of ours goes before another", async () => {
  const mine = `${MINE}router_settings:
  routing_groups: [{group_name: g, models: [mine, claude-opus-4-8]}]
`;
  const { routes } = await run(mine, [OPENROUTER, ANTHROPIC]);
  assertEquals(routes["claude-opus-4-8"], ["anthropic/claude-opus-4-8"]);
  assertEquals(routes["openrouter/anthropic/claude-opus-4.8"], [
    "2 openrouter/anthropic/claude-opus-4.8",
  ]);
});

Deno.test("OpenRouter's entries of before there were turns make room for Anthropic's", async () => {
  const { text } = await run(MINE, [OPENROUTER], "");
  const { routes } = await run(text, [failed("openrouter"), ANTHROPIC]);
  assertEquals(routes["claude-opus-4-8"], ["1 anthropic/claude-opus-4-8"]);
  assertEquals(routes["openrouter/anthropic/claude-opus-4.8"], [
    "openrouter/anthropic/claude-opus-4.8",
  ]);
  assertEquals(routes["claude-fable-5"], [
    "openrouter/anthropic/claude-fable-5",
  ]);
});

Deno.test("of OpenRouter's entries that make room, a second name is not kept", async () => {
  const { text } = await run(MINE, [OPENROUTER], "");
  const { routes, catalog } = await run(text, [
    failed("openrouter"),
    ANTHROPIC,
  ]);
  assertEquals(Object.keys(routes).filter((name) => name.includes("haiku")), [
    "openrouter/anthropic/claude-haiku-4.5",
    "claude-haiku-4-5-20251001",
    "claude-haiku-4-5",
  ]);
  assertEquals(catalog.skipped, []);
});

Deno.test("Anthropic's models keep their texts when OpenRouter's stop standing in", async () => {
  const { text } = await run(MINE, [OPENROUTER, ANTHROPIC]);
  const { catalog } = await run(
    text,
    [failed("openrouter"), ANTHROPIC],
    `stand_in: false\n${BOTH}`,
  );
  const [, opus] = ["openrouter", "anthropic"].map((provider) =>
    catalog.sections.find(({ id }) => id === provider)?.entries
      .find(({ model }) => /opus-4[.-]8/.test(model))?.displayName
  );
  assertEquals(opus, "Claude Opus 4.8");
});

Deno.test("the days of Anthropic's list go with Anthropic, in the same run", async () => {
  const openrouter = answered("openrouter", "anthropic/claude-opus-4.5");
  const anthropic = answered("anthropic", "claude-opus-4-5-20251101");
  const both = await run(MINE, [openrouter, anthropic]);
  assertEquals(both.routes["claude-opus-4-5-20251101"]?.length, 2);
  const off = "providers: { anthropic: false }\n";
  const { routes } = await run(both.text, [openrouter], off);
  assertEquals(routes, {
    "claude-opus-4-5": ["openrouter/anthropic/claude-opus-4.5"],
  });
});

function nextTo(...items: readonly string[]): string {
  return `model_list:\n${items.map((item) => `  - ${item}\n`).join("")}`;
}

Deno.test("a name written by hand is never joined, and the Claude has another", async () => {
  const mine = nextTo(
    "{model_name: claude-opus-4-8, litellm_params: {model: openai/proxy}}",
  );
  const { routes } = await run(mine, [OPENROUTER, ANTHROPIC]);
  assertEquals(routes["claude-opus-4-8"], undefined);
  assertEquals(routes["anthropic/claude-opus-4-8"], [
    "1 anthropic/claude-opus-4-8",
  ]);
  assertEquals(routes["openrouter/anthropic/claude-opus-4.8"], [
    "2 openrouter/anthropic/claude-opus-4.8",
  ]);
});

Deno.test("a Claude that is there by hand under its own name is not added once more", async () => {
  const mine = nextTo(
    "{model_name: claude-opus-4-8, litellm_params: {model: anthropic/claude-opus-4-8}}",
  );
  const { routes, catalog } = await run(mine, [OPENROUTER, ANTHROPIC]);
  assertEquals(routes["anthropic/claude-opus-4-8"], undefined);
  assertEquals(routes["openrouter/anthropic/claude-opus-4.8"]?.length, 1);
  assertEquals(catalog.skipped, [
    { name: "claude-opus-4-8", reason: "hand-written" },
  ]);
});

Deno.test("of a second name that is not to be had, nothing is said", async () => {
  const mine = nextTo(
    "{model_name: claude-haiku-4-5-20251001, litellm_params: {model: openai/mine}}",
  );
  const { routes, catalog } = await run(mine, [OPENROUTER], "");
  assertEquals(Object.keys(routes), [
    "claude-fable-5",
    "claude-haiku-4-5",
    "claude-opus-4-8",
  ]);
  assertEquals(catalog.skipped, []);
});

Deno.test("a Claude whose name a wildcard answers has another, if no wildcard answers that", async () => {
  const wildcard = nextTo(
    "{model_name: anthropic/*, litellm_params: {model: anthropic/*}}",
  );
  const { routes } = await run(wildcard, [OPENROUTER, ANTHROPIC]);
  assertEquals(Object.keys(routes).toSorted(), [
    "openrouter/anthropic/claude-fable-5",
    "openrouter/anthropic/claude-haiku-4.5",
    "openrouter/anthropic/claude-opus-4.8",
  ]);
});

Deno.test("name: in discover.yaml decides how Claudes are called", async () => {
  const yaml = `providers:
  openrouter: { name: "or/{id}" }
  anthropic: { name: "direct-{name}" }
`;
  const { routes } = await run(MINE, [OPENROUTER, ANTHROPIC], yaml);
  assertEquals(Object.keys(routes).toSorted(), [
    "direct-claude-haiku-4-5-20251001",
    "direct-claude-opus-4-8",
    "direct-claude-opus-5",
    "or/anthropic/claude-fable-5",
    "or/anthropic/claude-haiku-4.5",
    "or/anthropic/claude-opus-4.8",
  ]);
});

Deno.test("a name that the provider itself lists is that model's alone", async () => {
  const { routes } = await run(MINE, [
    answered("anthropic", "claude-3-5-haiku", "claude-3-5-haiku-20241022"),
    answered(
      "openrouter",
      "anthropic/claude-3-5-haiku",
      "anthropic/claude-3.5-haiku",
    ),
  ]);
  assertEquals(routes["claude-3-5-haiku"], [
    "1 anthropic/claude-3-5-haiku",
    "2 openrouter/anthropic/claude-3-5-haiku",
  ]);
  assertEquals(routes["openrouter/anthropic/claude-3.5-haiku"], [
    "2 openrouter/anthropic/claude-3.5-haiku",
  ]);
  assertEquals(
    routes["claude-3-5-haiku-20241022"]?.[0],
    "1 anthropic/claude-3-5-haiku-20241022",
  );
});

Deno.test("only Claudes have a turn", async () => {
  const yaml = `providers:
  openrouter: { include: ["*"] }
  anthropic: {}
`;
  const openrouter = answered("openrouter", "openai/gpt-6");
  const { routes } = await run(MINE, [openrouter, ANTHROPIC], yaml);
  assertEquals(routes["openai/gpt-6"], ["openrouter/openai/gpt-6"]);
});

Deno.test("of several days of one Claude, the newest has the name without", async () => {
  const { routes } = await run(MINE, [
    answered(
      "anthropic",
      "claude-3-5-sonnet-20240620",
      "claude-3-5-sonnet-20241022",
    ),
  ]);
  assertEquals(routes, {
    "claude-3-5-sonnet": ["1 anthropic/claude-3-5-sonnet-20241022"],
    "claude-3-5-sonnet-20240620": ["1 anthropic/claude-3-5-sonnet-20240620"],
    "claude-3-5-sonnet-20241022": ["1 anthropic/claude-3-5-sonnet-20241022"],
  });
});

Deno.test("one name has one text in a list, and no text is there twice", async () => {
  const { catalog } = await run(MINE, [OPENROUTER, ANTHROPIC]);
  const shown = new Map<string, Set<string | undefined>>();
  for (
    const { name, displayName } of catalog.sections.flatMap((s) => s.entries)
  ) {
    shown.set(name, (shown.get(name) ?? new Set()).add(displayName));
  }
  const texts = [...shown.values()].flatMap((all) => [...all]);
  assertEquals(texts.length, shown.size);
  assertEquals(new Set(texts).size, shown.size);
  assertEquals(
    ["claude-opus-4-8", "claude-fable-5", "claude-haiku-4-5-20251001"].map((
      name,
    ) => [...shown.get(name) ?? []]),
    [
      ["Claude Opus 4.8"],
      ["Claude Fable 5 (OpenRouter)"],
      ["Claude Haiku 4.5, 20251001"],
    ],
  );
});

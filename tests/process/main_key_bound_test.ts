/**
 * A run with keys that may not call everything, and with one that is blocked.
 *
 * @module
 */

import {
  assert,
  assertEquals,
  assertStringIncludes,
} from "../support/assert.ts";
import {
  blockNames,
  FEW_MODELS,
  FEW_NAMES,
  MINE,
  openRouterModels,
  setScene,
  xaiModels,
} from "../support/scene.ts";
import type { Behaviour } from "../support/stand_in.ts";
import { openRouter, xAi, XAI_KEY } from "../support/stand_in_providers.ts";

/** What xAI says of a key with these differences. */
function xaiKey(differences: object): Behaviour {
  return { kind: "answers", body: { ...XAI_KEY, ...differences } };
}

/** Nothing of what xAI says of a key may be shown or written. */
function assertNotTold(text: string): void {
  const told = Object.values(XAI_KEY).filter((value) =>
    typeof value === "string" && text.includes(value)
  );
  assertEquals(told, []);
}

/** On a busy machine, too. */
const PATIENT = ["--timeout", "20s"];

const TWO_GROKS = xaiModels("grok-4.5", "grok-4.3");

Deno.test("only what the key may call is listed, and the rest is counted under -v, in --json and by --why", async () => {
  const rule = "api-key:model:grok-4.3";
  await using scene = await setScene(MINE, {
    ...FEW_MODELS,
    openrouter: openRouter(openRouterModels("anthropic/claude-sonnet-5"), {
      kind: "answers",
      body: { data: { count: 38 } },
    }),
    xai: xAi(TWO_GROKS, xaiKey({ acls: [rule, "api-key:endpoint:*"] })),
  });
  const log = scene.path("discover.log");
  const { code, stderr } = await scene.run(...PATIENT, "-v", "--log-file", log);
  assertEquals(code, 0, stderr);
  const shown = stderr.replace(/\s+/g, " ");
  assertStringIncludes(shown, "1 model; 37 more not for this key");
  assertStringIncludes(shown, "1 model, 1 not for this key");
  const names = blockNames(await scene.read());
  assertEquals(names.includes("grok-4.3"), true);
  assertEquals(names.includes("grok-4.5"), false);
  const json = await scene.run(...PATIENT, "--json");
  const { providers } = JSON.parse(json.stdout);
  assertEquals(
    providers.map((one: { notForKey: unknown }) => one.notForKey),
    [37, 1, null],
  );
  const why = await scene.run(...PATIENT, "--why", "grok-4.5");
  assertEquals(why.code, 5);
  assertStringIncludes(why.stdout, "its key may not call it");
  assertStringIncludes(why.stdout, "https://console.x.ai");
  const hidden = await scene.run(...PATIENT, "--why", "claude-saga-9");
  assertStringIncludes(hidden.stdout, "OpenRouter has 37 more models");
  const all = [shown, json.stdout, why.stdout, await scene.read()].join();
  assertNotTold(all + await Deno.readTextFile(log));
});

Deno.test("a blocked key keeps the models of xAI, says so, and fails under --strict", async () => {
  let key = xaiKey({});
  await using scene = await setScene(MINE, {
    ...FEW_MODELS,
    xai: (at, request) => xAi(xaiModels("grok-4.5"), key)(at, request),
  });
  await scene.run(...PATIENT);
  const first = await scene.read();
  assertEquals(blockNames(first), FEW_NAMES);
  key = xaiKey({ api_key_disabled: true });
  const { code, stderr } = await scene.run(...PATIENT);
  assertEquals(code, 0, stderr);
  const shown = stderr.replace(/\s+/g, " ");
  assertStringIncludes(shown, "API key is disabled; keeping 1 earlier model");
  assertStringIncludes(shown, "at https://console.x.ai, or set another key");
  assertEquals(await scene.read(), first);
  assertNotTold(shown);
  const strict = await scene.run(...PATIENT, "--strict", "--json");
  assertEquals(strict.code, 1);
  assertStringIncludes(strict.stdout, '"reason": "key-blocked"');
  assertNotTold(strict.stdout);
});

Deno.test("that the plainer list was used is said under -v, and is no warning", async () => {
  const list = openRouterModels("anthropic/claude-sonnet-5");
  await using scene = await setScene(MINE, {
    ...FEW_MODELS,
    openrouter: (_, { path }) =>
      path.endsWith("/models") ? list : { kind: "status", status: 404 },
  });
  const plain = await scene.run(...PATIENT);
  assertEquals(plain.code, 0, plain.stderr);
  assertEquals(blockNames(await scene.read()), FEW_NAMES);
  assert(!plain.stderr.includes("plain list"), plain.stderr);
  const verbose = await scene.run(...PATIENT, "-v", "--json");
  assertStringIncludes(
    verbose.stderr.replace(/\s+/g, " "),
    "plain list used, since the usual one is missing (HTTP 404)",
  );
  const { providers, warnings } = JSON.parse(verbose.stdout);
  assertEquals(warnings, []);
  assertEquals(
    providers.map((one: { plainList: unknown }) => one.plainList),
    [true, false, false],
  );
});

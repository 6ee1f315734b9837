import { readConfig } from "../../lib/config/config.ts";
import { ConfigError } from "../../lib/errors.ts";
import { repairConfig } from "../../lib/config/repair.ts";
import {
  headerLine,
  removeBlock,
  replaceBlock,
} from "../../lib/block/splice.ts";
import { writeOwn } from "../../lib/block/own_settings.ts";
import { renderEntry } from "../../lib/block/entry.ts";
import { verify, verifyRemoval } from "../../lib/config/verify.ts";
import { isJsonObject } from "../../lib/text/fields.ts";
import { parseYaml } from "../../lib/yaml/parse.ts";
import { assertThrows } from "../support/assert.ts";
import { bytesOf, configOf, textOf } from "../support/parts.ts";

const OURS = renderEntry({
  name: "grok-4.5",
  deployment: "xai/grok-4.5",
  model: "xai/grok-4.5",
  keyVariable: "XAI_API_KEY",
});

const MINE = `model_list:
  - model_name: my-own
    litellm_params: {model: openai/gpt-4o}
litellm_settings:
  drop_params: true
`;

/** The text with our entry, as a run writes it. */
async function withOurs(
  text: string = MINE,
  ours = OURS,
): Promise<string> {
  const { bytes, region } = await configOf(text);
  const lines = [headerLine(region.added, region.instead), ...ours.lines];
  return textOf(replaceBlock(bytes, region, lines));
}

Deno.test("verify() accepts the hand-written part plus our entries", async () => {
  verify(bytesOf(await withOurs()), await configOf(MINE), [OURS]);
});

const HARM: Readonly<Record<string, (text: string) => string>> = {
  "a hand-written value that changed": (text) =>
    text.replace("drop_params: true", "drop_params: no"),
  "a hand-written item that is gone": (text) =>
    text.replace(/ {2}- model_name: my-own\n.*\n/, ""),
  "a hand-written key that is gone": (text) =>
    text.replace(/litellm_settings:\n.*\n/, ""),
};

for (const [what, harm] of Object.entries(HARM)) {
  Deno.test(`verify() refuses ${what}, whatever the file was read from`, async () => {
    const whole = await withOurs();
    const orphans = whole.replace(/^ *# .*\n/gm, "");
    const configs = [
      await configOf(MINE),
      await configOf(whole),
      await repairConfig(bytesOf(orphans)),
    ];
    for (const config of configs) {
      verify(bytesOf(whole), config, [OURS]);
      assertThrows(
        () => verify(bytesOf(harm(whole)), config, [OURS]),
        ConfigError,
        "would change something outside the block",
      );
    }
  });

  Deno.test(`verifyRemoval() refuses ${what}`, async () => {
    const config = await configOf(await withOurs());
    verifyRemoval(bytesOf(MINE), config);
    assertThrows(
      () => verifyRemoval(bytesOf(harm(MINE)), config),
      ConfigError,
      "would change something outside the block",
    );
  });
}

Deno.test("verify() asks the file as it was read, not what a wrong cut left of it", async () => {
  const text = `${MINE}general_settings: {}\n`;
  const cut = await configOf(MINE);
  const { asRead } = await configOf(text);
  const written = bytesOf(await withOurs(MINE));
  verify(written, cut, [OURS]);
  assertThrows(
    () => verify(written, { ...cut, asRead }, [OURS]),
    ConfigError,
    "would change something outside the block",
  );
});

Deno.test("verify() notices a region that takes hand-written lines along", async () => {
  const config = await configOf(await withOurs());
  const region = { ...config.region, end: config.bytes.length };
  const userConfig = parseYaml(removeBlock(config.bytes, region));
  if (!isJsonObject(userConfig)) throw new Error("no mapping is left");
  const wrong = {
    ...config,
    region,
    asRead: { ...config.asRead, region },
    userConfig,
  };
  const lines = [headerLine([]), ...OURS.lines];
  for (const part of [config, wrong]) {
    const written = replaceBlock(part.bytes, part.region, lines);
    const check = (): void => verify(written, part, [OURS]);
    if (part === config) check();
    else {assertThrows(
        check,
        ConfigError,
        "would change something outside the block",
      );}
  }
});

Deno.test("verify() refuses a text in which an entry of ours is missing", async () => {
  const config = await configOf(MINE);
  assertThrows(
    () => verify(bytesOf(MINE), config, [OURS]),
    ConfigError,
    "would not be read back as written",
  );
});

Deno.test("verify() refuses a text in which own settings of an entry are read otherwise", async () => {
  const config = await configOf(MINE);
  const own = writeOwn(
    { rpm: 60, weight: null, extra_body: { a: ["no", 1e-7, null] } },
    { description: "a: # b" },
  );
  const ours = renderEntry({
    ...{ name: "grok-4.5", model: "xai/grok-4.5", deployment: "xai/grok-4.5" },
    own,
  });
  const text = await withOurs(MINE, ours);
  verify(bytesOf(text), config, [ours]);
  for (
    const [from, to] of [
      ["rpm: 60", 'rpm: "60"'],
      ["rpm: 60", "tpm: 60"],
      ["rpm: 60", "rpm: 2026-01-01"],
      ["rpm: 60", "rpm: 60\n      weight: 1"],
      ['"no"', "false"],
      ["null]", "]"],
      ['"a: # b"', "a"],
    ] as const
  ) {
    assertThrows(
      () => verify(bytesOf(text.replace(from, to)), config, [ours]),
      ConfigError,
      "would not be read back as written",
    );
  }
});

Deno.test("verify() takes a list with no entry, null and no list for the same", async () => {
  const rest = "litellm_settings: {}\n";
  for (const list of ["", "model_list:\n", "model_list: []\n"]) {
    const text = list + rest;
    const written = await withOurs(text);
    verify(bytesOf(written), await configOf(text), [OURS]);
    verifyRemoval(bytesOf(text), await configOf(written));
  }
});

Deno.test("verifyRemoval() lets no key go that the block did not bring", async () => {
  const rest = "litellm_settings: {}\n";
  const config = await configOf(await withOurs(`model_list:\n${rest}`));
  assertThrows(
    () => verifyRemoval(bytesOf(rest), config),
    ConfigError,
    "would change something outside the block",
  );
});

Deno.test("verify() and verifyRemoval() pass over a block that nobody can read", async () => {
  const broken = (await withOurs()).replace(
    "litellm_params:\n",
    "litellm_params: *none\n",
  );
  const config = await readConfig(bytesOf(broken));
  verify(bytesOf(await withOurs()), config, [OURS]);
  verifyRemoval(bytesOf(MINE), config);
});

Deno.test("verifyRemoval() lets our entries go from an alias of the list as well", async () => {
  const text = (await withOurs()).replace("model_list:", "model_list: &all") +
    "other: *all\n";
  const config = await configOf(text);
  verifyRemoval(removeBlock(config.bytes, config.region), config);
});

Deno.test("verify() tells types, lengths, keys and dates apart", async () => {
  for (
    const [before, after] of [
      ["1", "'1'"],
      ["[]", "{}"],
      ["{a: 1}", "{b: 1}"],
      ["[1, 2]", "[1]"],
      ["2026-01-01", "2026-01-02"],
      ["2026-01-01", "'2026-01-01'"],
      ["null", "{}"],
    ]
  ) {
    const config = await configOf(`model_list:\nx: ${before}\n`);
    verify(bytesOf(`model_list:\nx: ${before}\n`), config, []);
    assertThrows(
      () => verify(bytesOf(`model_list:\nx: ${after}\n`), config, []),
      ConfigError,
    );
  }
});

Deno.test("verify() compares a billion laughs in no time", async () => {
  const laughs = Array.from(
    { length: 40 },
    (_, at) => `x${at + 1}: &x${at + 1} [*x${at}, *x${at}]\n`,
  );
  const text = `model_list:\nx0: &x0 [lol]\n${laughs.join("")}`;
  verify(bytesOf(text), await configOf(text), []);
});

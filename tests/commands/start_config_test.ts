import { assertEquals, assertStringIncludes } from "../support/assert.ts";
import {
  type HereResult,
  LITELLM_CODE,
  runHere,
} from "../support/in_process.ts";
import { MINE } from "../support/parts.ts";

/** A folder with a config of the user's. */
interface Place extends AsyncDisposable {
  readonly config: string;
  readonly output: string;
  /** Runs `--start --output`; xAI has this one model, or does not answer. */
  readonly start: (
    model: string | undefined,
    ...args: string[]
  ) => Promise<HereResult>;
}

async function setPlace(text: string | Uint8Array = MINE): Promise<Place> {
  const folder = await Deno.makeTempDir({ prefix: "discover-" });
  const config = `${folder}/config.yaml`;
  const output = `${folder}/out.yaml`;
  const bytes = typeof text === "string"
    ? new TextEncoder().encode(text)
    : text;
  await Deno.writeFile(config, bytes);
  return {
    config,
    output,
    start: (model, ...args) => {
      const list = JSON.stringify({ data: [{ id: model }] });
      return runHere(
        ["--config", config, "--output", output, "--start", ...args],
        { XAI_API_KEY: "of-the-test" },
        {
          programDir: folder,
          fetch: () =>
            model === undefined
              ? Promise.reject(new TypeError("no answer here"))
              : Promise.resolve(new Response(list)),
        },
      );
    },
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}

/** What LiteLLM was started with, and what was said, on one line. */
function startOf(
  { code, started, stderr }: HereResult,
): { readonly paths: readonly string[]; readonly said: string } {
  assertEquals(code, LITELLM_CODE, stderr);
  const paths = started.map(({ configPath }) => configPath);
  return { paths, said: stderr.replace(/\s+/g, " ") };
}

Deno.test("--start --output starts LiteLLM with the file that was written, or is up to date", async () => {
  await using place = await setPlace();
  for (const model of ["grok-4.5", "grok-4.5", "grok-4.6"]) {
    const { paths, said } = startOf(await place.start(model));
    assertEquals(paths, [place.output]);
    assertEquals(said.includes("Refresh failed"), false, said);
    const written = await Deno.readTextFile(place.output);
    assertStringIncludes(written, `"${model}"`);
  }
  assertEquals(await Deno.readTextFile(place.config), MINE);
});

Deno.test("--start --output starts LiteLLM with an earlier output where the refresh fails", async () => {
  await using place = await setPlace();
  await place.start("grok-4.5");
  const earlier = await Deno.readTextFile(place.output);
  const spoiled = ["unanswered", "model_list: [\n", undefined];
  for (const text of spoiled) {
    if (text === undefined) await Deno.remove(place.config);
    else if (text !== "unanswered") {
      await Deno.writeTextFile(place.config, text);
    }
    const { paths, said } = startOf(await place.start(undefined));
    assertEquals(paths, [place.output]);
    assertStringIncludes(
      said,
      `Refresh failed; starting LiteLLM with "${place.output}" from an ` +
        `earlier run -> changes to "${place.config}" since then are not in`,
    );
    assertEquals(await Deno.readTextFile(place.output), earlier);
  }
});

Deno.test("--start --output starts LiteLLM with the config where the refresh fails and there is no earlier output", async () => {
  await using place = await setPlace();
  const expected = `Refresh failed; starting LiteLLM with "${place.config}" ` +
    `as it is -> there is no "${place.output}" from an earlier run`;
  const missing = startOf(await place.start(undefined));
  assertEquals(missing.paths, [place.config]);
  assertStringIncludes(missing.said, expected);
  // What is there is nothing that a run has written.
  for (const text of ["", "something: else\n", MINE]) {
    await Deno.writeTextFile(place.output, text);
    const { paths, said } = startOf(await place.start(undefined));
    assertEquals(paths, [place.config]);
    assertStringIncludes(said, expected);
  }
  await Deno.remove(place.output);
  await Deno.mkdir(place.output);
  for (const model of [undefined, "grok-4.5"]) {
    const { paths } = startOf(await place.start(model));
    assertEquals(paths, [place.config]);
  }
});

Deno.test("--start --output with --strict does not start LiteLLM after a failed refresh", async () => {
  await using place = await setPlace();
  await place.start("grok-4.5");
  const { code, started } = await place.start(undefined, "--strict");
  assertEquals([code, started], [1, []]);
});

Deno.test("--start --output tells Python of the encoding of the file that LiteLLM reads", async () => {
  await using place = await setPlace();
  const latin = new Uint8Array([
    ...new TextEncoder().encode("# Z"),
    ...[0xfc, 10],
  ]);
  await place.start("grok-4.5");
  await Deno.writeFile(place.config, latin);
  const failed = await place.start(undefined);
  assertEquals(failed.started.map(({ utf8 }) => utf8), [true]);
  await Deno.remove(place.output);
  const alone = await place.start(undefined);
  assertEquals(alone.started.map(({ utf8 }) => utf8), [false]);
});

Deno.test("--start --output - leaves LiteLLM no file, and is refused", async () => {
  await using place = await setPlace();
  const { code, started, stderr } = await place.start("grok-4.5", "-o", "-");
  assertEquals([code, started], [2, []]);
  assertStringIncludes(stderr, "--output - cannot be used with --start");
});

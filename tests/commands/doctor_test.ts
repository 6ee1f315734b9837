import { ExitCode } from "../../lib/errors.ts";
import type { Io } from "../../lib/io.ts";
import {
  assert,
  assertEquals,
  assertStringIncludes,
} from "../support/assert.ts";
import {
  type HereResult,
  interruptedWhileAsking,
  notingSteps,
  runHere,
} from "../support/in_process.ts";
import { bytesOf, MINE } from "../support/parts.ts";
import { fromRepository } from "../support/repository.ts";

/** What the doctor says of a config in its own folder; xAI is asked. */
async function examine(
  config: string | Uint8Array,
  parts: Partial<Io> = {},
  args: readonly string[] = [],
  { settings = "", variables = {} }: {
    readonly settings?: string;
    readonly variables?: Readonly<Record<string, string>>;
  } = {},
): Promise<HereResult> {
  const folder = await Deno.makeTempDir({ prefix: "discover-" });
  try {
    const bytes = typeof config === "string" ? bytesOf(config) : config;
    await Deno.writeFile(`${folder}/config.yaml`, bytes);
    await Deno.writeTextFile(`${folder}/discover.yaml`, settings);
    const keys = {
      XAI_API_KEY: "xai-k",
      LITELLM_MASTER_KEY: "sk-of-the-pr0xy",
    };
    return await runHere(
      ["--config", `${folder}/config.yaml`, "--doctor", ...args],
      { ...keys, ...variables },
      { programDir: folder, fetch: grok, ...parts },
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function grok(): Promise<Response> {
  return Promise.resolve(Response.json({ data: [{ id: "grok-4.3" }] }));
}

/** Its requests wait until it is parsed. */
const WAITED_FOR = `${MINE}environment_variables: {SOME: value}\n`;

for (const [when, config] of [["at once", MINE], ["late", WAITED_FOR]]) {
  Deno.test(`--doctor looks for LiteLLM while a request that was sent ${when} is answered`, async () => {
    const asked = Promise.withResolvers<undefined>();
    const looked = Promise.withResolvers<undefined>();
    const { code, stderr } = await examine(config ?? "", {
      fetch: async () => {
        asked.resolve(undefined);
        await looked.promise;
        return await grok();
      },
      inspectLitellm: async () => {
        looked.resolve(undefined);
        await asked.promise;
        return undefined;
      },
    });
    assertEquals(code, 0, stderr);
    assert(!stderr.includes("xAI"), stderr);
  });
}

Deno.test("--doctor may start nothing, and reach nobody after the answers", async () => {
  const { steps, parts } = notingSteps(grok);
  const { code } = await examine(MINE, parts);
  assertEquals([code, steps], [0, ["no run", "ask", "no net"]]);
});

Deno.test("--doctor ends with 130 and says nothing else when Ctrl+C comes while it asks", async () => {
  const { code, stdout, stderr } = await examine(
    `${MINE}  fallbacks: 1\n`,
    interruptedWhileAsking(),
  );
  assertEquals([code, stdout], [130, ""]);
  assertStringIncludes(stderr, "interrupted: nothing was written");
});

Deno.test("--doctor skips what discover.yaml says to skip, be it that a run refuses the file", async () => {
  const damaged = `${MINE}# >>> discover: auto-discovered models >>>\n`;
  const found = await examine(damaged);
  assertEquals(found.code, 5, found.stderr);
  assertStringIncludes(found.stdout, "a run refuses to edit this file");
  const settings = "advice: { skip: [not-editable] }\n";
  const { code, stdout } = await examine(damaged, {}, [], { settings });
  assertEquals([code, stdout], [0, ""]);
});

Deno.test("--doctor knows the proxy's port by the arguments that LiteLLM gets", async () => {
  const variables = { OPENAI_BASE_URL: "http://localhost:4321/v1" };
  const elsewhere = await examine(MINE, {}, [], { variables });
  assertEquals(elsewhere.code, 0, elsewhere.stdout);
  const port = ["--", "--port", "4321"];
  const { code, stdout } = await examine(MINE, {}, port, { variables });
  assertEquals(code, 5);
  assertStringIncludes(stdout, "would call this proxy itself");
});

Deno.test("--doctor --json prints an error for a config that is not there, and a finding for one that is no YAML", async () => {
  const missing = await examine(MINE, {}, ["--json", "--config", "no.yaml"]);
  assertEquals(missing.code, ExitCode.config, missing.stderr);
  assertStringIncludes(missing.stdout, '"kind": "error"');
  const broken = await examine("model_list: [\n", {}, ["--json"]);
  assertEquals(broken.code, ExitCode.findings, broken.stderr);
  assertStringIncludes(broken.stdout, '"code": "not-yaml"');
});

Deno.test("--doctor says of a file that LiteLLM refuses what a run says of it", async () => {
  const wide = [...`\ufeff${MINE}`].map((one) => `${one}\0`).join("")
    .replace("\ufeff\0", "\xff\xfe");
  const refused: readonly (readonly [string | Uint8Array, string, string])[] = [
    [
      Uint8Array.from(wide, (one) => one.charCodeAt(0)),
      "not-utf8",
      "encoded as UTF-16 or UTF-32",
    ],
    [`{% if x %}\n${MINE}`, "not-yaml", "an unrendered template (`{%`)"],
    [`${MINE}[a, b]: 1\n`, "not-yaml", "list or mapping as a key"],
    [`${MINE}---\na: 1\n`, "not-yaml", "more than one YAML document"],
    [`${MINE}x: a\u2028b\ny: 1\n`, "not-yaml", "U+0085, U+2028 or U+2029"],
    [`${MINE}x: [-]\n`, "not-editable", "cannot be read as YAML"],
    [`${MINE}# a\u2028# b\n`, "not-editable", "U+0085, U+2028 or U+2029"],
    [
      `${MINE}x: ${"[".repeat(50_000)}${"]".repeat(50_000)}\n`,
      "not-editable",
      "nested too deeply",
    ],
  ];
  for (const [config, findingCode, text] of refused) {
    const { code, stdout } = await examine(config, {}, ["--json"]);
    assertEquals(code, ExitCode.findings, text);
    assertStringIncludes(stdout, `"code": "${findingCode}"`);
    assertStringIncludes(stdout, text);
  }
});

/** The fenced blocks of a page, in their order. */
async function fencedIn(page: string): Promise<string[]> {
  const text = await Deno.readTextFile(fromRepository(page));
  return [...text.matchAll(/^```.*\r?\n([^]*?)^```/gm)]
    .map(([, block = ""]) => block.replaceAll("\r\n", "\n"));
}

Deno.test("docs/doctor.md shows what --doctor prints of its config", async () => {
  const [config = "", said = ""] = await fencedIn("docs/doctor.md");
  const { stdout, stderr } = await examine(config, {
    currentDate: () => new Date("2026-11-28T12:00:00Z"),
  });
  const [, summary = ""] = /^(! .* in ).*\n$/m.exec(stderr) ?? [];
  const places = stdout.replace(/^.*(config\.yaml:\d+: )/gm, "$1");
  assertEquals(said, `${places}${summary}config.yaml\n`);
});

/**
 * Keys in the shapes that providers give them, made up and put in the wrong
 * place: in files with keys, in `discover.yaml`, in flags and in variables.
 *
 * @module
 */

import fc from "fast-check";
import { PROVIDER_KEYS } from "../../lib/settings/provider_schema.ts";
import { FLAGS } from "../../lib/cli/flags.ts";
import { runHere } from "./in_process.ts";

const BASE62 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const BASE64_URL = `${BASE62}-_`;
const HEX = "0123456789abcdef";

function shape(
  prefix: string,
  alphabet: string,
  minLength: number,
  maxLength: number = minLength,
): fc.Arbitrary<string> {
  const unit = fc.constantFrom(...alphabet);
  return fc.string({ unit, minLength, maxLength })
    .map((rest) => prefix + rest);
}

/** A key of some provider, or of one that gives its keys no shape. */
export const misplacedKey: fc.Arbitrary<string> = fc.oneof(
  shape("sk-or-v1-", HEX, 64),
  shape("xai-", BASE62, 80),
  shape("AIza", BASE64_URL, 35),
  shape("AQ.", BASE64_URL, 40, 60),
  shape("sk-ant-api03-", BASE64_URL, 95),
  shape("gsk_", BASE62, 52),
  shape("sk-", BASE62, 48),
  shape("sk-", HEX, 32),
  shape("sk-proj-", BASE64_URL, 60, 160),
  shape("csk-", `${HEX}mnprtwxy`, 48),
  shape("fw_", BASE62, 24),
  shape("", HEX, 32, 64),
  shape("", HEX.toUpperCase(), 32, 64),
  shape("", BASE62, 32, 48),
  shape("", BASE64_URL, 40, 64),
  // One that begins like a path would be taken for one.
  shape("Z", `${BASE62}+/`, 42).map((key) => `${key}=`),
);

/** A key in the wrong place, and the run that comes across it. */
export interface Misplacement {
  readonly key: string;
  /** Written next to the config, by name. */
  readonly files: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly args: readonly string[];
}

/** `KEY` stands for the key in all of these. */
const DOT_ENV = [
  ...["KEY", "KEY my key", "KEY = ${X}", "KEY=${X}", "KEY=KEY", "KEY: x"],
  ...["XAI_API_KEY: KEY", "set XAI_API_KEY=KEY", 'XAI_API_KEY="KEY', "=KEY"],
  ...["'KEY'=${X}", "'KEY'", "export KEY", "XAI_API_KEY=${KEY}", "- KEY"],
  ...["XAI_API_KEY='KEY' x", '{"XAI_API_KEY": "KEY"}', "XAI_API_KEY KEY"],
  ...["XAI_API_KEY=KEY\nXAI_API_KEY=${KEY}", "KEY==${X}", "K=${KEY:-KEY}"],
  ...["XAI_API_BASE=KEY", "XAI_API_BASE=https://KEY@api.x.ai/v1"],
  ...["XAI_API_BASE=https://api.x.ai/v1?key=KEY", "XAI_API_BASE=https://KEY/"],
];

const POWERSHELL = [
  ...["$env:KEY = $x", "${env:KEY} = $x", "$env:XAI_API_KEY = KEY", "KEY"],
  ...['$env:XAI_API_KEY = "KEY" + $x', "Set-Item Env:KEY (x)", "$KEY = 1"],
  ...['[Environment]::SetEnvironmentVariable("KEY", $x)', "'KEY' = $x"],
  ...["if ($a) { $env:KEY = 'x' }", "Remove-Item Env:KEY | x", "KEY = $x"],
  ...['$env:XAI_API_BASE = "KEY"', '$env:XAI_API_BASE = "https://KEY/v1"'],
];

const URLS = [
  ...["KEY", "http://127.0.0.1:8000/KEY", "http://KEY@127.0.0.1:8000/v1"],
  ...[
    "http://127.0.0.1:8000/v1?key=KEY",
    "http://KEY/v1",
    "https://KEY.example",
  ],
  ...["https://api.x.ai/KEY", "http://u:KEY@127.0.0.1/"],
];

/** Values that a key can be, or be a part of, at each place of the settings. */
const SETTINGS = [
  ...["timeout: KEY", "claude_code: KEY", "providers: KEY", "aliases: KEY"],
  ...["KEY: 1", "KEY", "KEY: { a: b }", "- KEY", "[KEY", "KEY: [", '"KEY'],
  ...["KEY: 1\nKEY: 2", "timeout: *KEY", "timeout: !KEY 2", "providers: [KEY]"],
  ...["true", "{}", "false", "[a]", "on", "{ kind: vllm }", "null", "KEY"]
    .map((value) => `providers: { KEY: ${value} }`),
  ...["", "{ kind: openai-compatible }"]
    .map((value) => `providers:\n  KEY: ${value}\n    KEY: KEY`),
  ...["xai", "lab", "groq"].flatMap((id) => [
    `providers: { ${id}: KEY }`,
    `providers: { ${id}: { KEY: 1 } }`,
    `providers: { ${id}: [KEY] }`,
  ]),
  ...PROVIDER_KEYS.flatMap((name) =>
    ["xai", "vllm", "lab"].flatMap((id) => [
      `providers: { ${id}: { kind: vllm, ${name}: KEY } }`,
      `providers: { ${id}: { ${name}: KEY } }`,
      `providers: { ${id}: { ${name}: [KEY] } }`,
    ])
  ),
  ...["{KEY}", "KEY/{id}", "{id}-KEY", "{id}{KEY", "KEY {id}"]
    .map((name) => `providers: { xai: { name: "${name}" } }`),
  "providers: { vllm: { key: DISCOVER_KEY } }",
  ...URLS.map((url) =>
    `providers: { lab: { kind: openai-compatible, base_url: "${url}" } }`
  ),
  ...["xai grok-*", "KEY", "[]", "3", "false", "true", "{ a: b }", "gemini nil"]
    .map((value) => `aliases: { KEY: ${value} }`),
  ...["KEY", "KEY grok-*", "xai KEY", "xai grok-* KEY", "groq KEY", "xia KEY"]
    .flatMap((value) => [
      `aliases: { a: "${value}" }`,
      `aliases: { a: ["${value}"] }`,
    ]),
  "aliases: [KEY]",
  ...["rpm", "team_id", "tags", "extra_headers", "extra_body", "KEY"].flatMap(
    (name) =>
      ["KEY", "[KEY]", "{ KEY: a }", "{ a: KEY }", "{ a: { b: [KEY] } }"]
        .flatMap((value) => [
          `providers: { xai: { params: { ${name}: ${value} } } }`,
          `providers: { xai: { info: { ${name}: ${value} } } }`,
          `providers: { xai: { for: { KEY: { params: { ${name}: ${value} } } } } }`,
          `aliases: { grok: { params: { ${name}: ${value} } } }`,
        ]),
  ),
  "aliases: { claude/KEY: xai grok-*, KEY: xai grok-* }",
];

const VALUED = FLAGS.flatMap((flag) => [
  ...("value" in flag ? [`--${flag.name}`] : []),
  ...("value" in flag && "short" in flag ? [`-${flag.short}`] : []),
]);

const ARGS: readonly (readonly string[])[] = [
  ...VALUED.flatMap((flag) => [[flag, "KEY"], [`${flag}=KEY`], [`${flag}KEY`]]),
  ...[["KEY"], ["--KEY"], ["-KEY"], ["--KEY=1"], ["--no-KEY"], ["KEY", "KEY"]],
  ...[["--only", "xai,KEY"], ["--json=KEY"], ["--verbose=KEY"], ["--", "KEY"]],
  ...[["--start", "--", "KEY"], ["--start", "--", "--port", "KEY"], ["-vKEY"]],
  ...[["why", "KEY"], ["--port", "KEY"], ["start", "KEY"]],
  ...[["--output", "new/KEY"], ["--log-file", "new/KEY"], [
    "--timeout",
    "-KEY",
  ]],
];

const VARIABLES: readonly (readonly [string, string])[] = [
  ...["XAI_API_BASE", "GEMINI_API_BASE", "OPENROUTER_API_BASE"].flatMap(
    (name) => URLS.map((url) => [name, url] as const),
  ),
  ...["DISCOVER_CONFIG", "PORT", "TERM", "NO_COLOR", "LANG", "PYTHONUTF8"]
    .map((name) => [name, "KEY"] as const),
];

/** What a place adds to a run; `KEY` is not yet replaced. */
type Place = Partial<Omit<Misplacement, "key">>;

const place: fc.Arbitrary<Place> = fc.oneof(
  fc.constantFrom(...DOT_ENV).map((text) => ({ files: { ".env": text } })),
  fc.constantFrom(...DOT_ENV).map((text) => ({
    files: { "more.env": text },
    args: ["--env-file", "more.env"],
  })),
  fc.constantFrom(...POWERSHELL)
    .map((text) => ({ files: { "set-env.ps1": text } })),
  fc.constantFrom(...SETTINGS)
    .map((text) => ({ files: { "discover.yaml": text } })),
  fc.constantFrom(...SETTINGS)
    .map((text) => ({ files: { "discover.yaml": quoteKey(text) } })),
  fc.constantFrom(...ARGS).map((args) => ({ args })),
  fc.constantFrom(...VARIABLES).map(([name, value]) => ({
    env: { [name]: value },
  })),
  // Unlike the bases of hosted providers, these get into the config.
  fc.constantFrom(...URLS).map((url) => ({
    files: { "discover.yaml": "providers: { vllm: {}, lm-studio: {} }" },
    env: { HOSTED_VLLM_API_BASE: url },
  })),
);

/** The key in quotes, where it stands alone. */
function quoteKey(text: string): string {
  return text.replace(/(?<=[ [])KEY(?=[ \]:]|$)/gm, '"KEY"');
}

const way: fc.Arbitrary<readonly string[]> = fc.constantFrom(
  ...[[], ["--json"], ["-v"], ["--dry-run"], ["--json", "-v", "--dry-run"]],
  ...[["--start"], ["--strict"], ["--check"], ["--list-providers"], ["--init"]],
  ...[["--list-providers", "--json"], ["--output", "new.yaml"], ["--remove"]],
  ...["claude-code", "codex", "opencode"].map((client) => [
    "--print-client",
    client,
  ]),
);

/** A key in the wrong place; paths are relative to the folder of the run. */
export const misplacement: fc.Arbitrary<Misplacement> = fc
  .tuple(misplacedKey, place, way)
  .map(([key, { files = {}, env = {}, args = [] }, options]) => {
    const put = (text: string): string =>
      text.replaceAll("KEY", () => key)
        // The names of variables stay.
        .replaceAll(`API_${key}`, "API_KEY");
    const all = (texts: Readonly<Record<string, string>>) =>
      Object.fromEntries(
        Object.entries(texts).map(([name, text]) => [name, put(text)]),
      );
    const end = args.indexOf("--");
    const ours = end < 0 ? args : args.slice(0, end);
    const rest = end < 0 ? [] : args.slice(end);
    return {
      key,
      files: all(files),
      env: all(env),
      args: [...options, ...[...ours, ...rest].map(put)],
    };
  });

/** The shortest part that gives a key away. */
const PART = 8;
const PREFIXES = ["sk-or-v1-", "sk-ant-api03-", "sk-proj-"];

/** Whether some part of the key that is more than its prefix stands in a text. */
export function showsKey(text: string, key: string): boolean {
  const shown = text.replace(/\s+/g, "").toLowerCase();
  const hidden = key.toLowerCase();
  for (let at = 0; at + PART <= hidden.length; at++) {
    const part = hidden.slice(at, at + PART);
    // The prefix alone says whose key it is, and no more.
    if (PREFIXES.some((one) => one.includes(part))) continue;
    if (shown.includes(part)) return true;
  }
  return false;
}

/** A config to refresh, with the log of the run next to it. */
export const CONFIG_FILE = "config.yaml";
export const LOG_FILE = "run.log";

/** The arguments with which a misplacement is run, relative paths made whole. */
export function argsOf(
  { args, env }: Misplacement,
  folder: string,
): readonly string[] {
  const config = env["DISCOVER_CONFIG"] === undefined
    ? ["--config", `${folder}/${CONFIG_FILE}`]
    : [];
  const whole = args.map((arg) =>
    /^(?:new\.yaml|more\.env)$/.test(arg) ? `${folder}/${arg}` : arg
  );
  return [...config, "--log-file", `${folder}/${LOG_FILE}`, ...whole];
}

/** The end of a run, and where the key was found, if it was. */
export interface Search {
  readonly code: number;
  readonly found: string | undefined;
}

/** Runs it in this process, and looks for the key. */
export async function searchHere(
  one: Misplacement,
  folder: string,
): Promise<Search> {
  const texts = { [CONFIG_FILE]: "model_list:\n", ...one.files };
  for (const [name, text] of Object.entries(texts)) {
    await Deno.writeTextFile(`${folder}/${name}`, text);
  }
  const env = { XAI_API_KEY: "xai-0", GEMINI_API_KEY: "g-0", ...one.env };
  const result = await runHere(argsOf(one, folder), env, {
    programDir: folder,
    fetch: answer,
  });
  return { code: result.code, found: await findKey(one, folder, result) };
}

/** Looks in what a run said, in all files that it wrote, and in their names. */
export async function findKey(
  { key, files }: Misplacement,
  folder: string,
  { stdout, stderr }: { readonly stdout: string; readonly stderr: string },
): Promise<string | undefined> {
  if (showsKey(stdout, key)) return `stdout: ${stdout}`;
  if (showsKey(stderr, key)) return `stderr: ${stderr}`;
  for await (const { name, isFile } of Deno.readDir(folder)) {
    if (showsKey(name, key)) return `the name of a file: ${name}`;
    if (!isFile || Object.hasOwn(files, name)) continue;
    const text = await Deno.readTextFile(`${folder}/${name}`);
    if (showsKey(text, key)) return `the file ${name}: ${text}`;
  }
  return undefined;
}

/** Every provider's list at once. */
function answer(): Promise<Response> {
  return Promise.resolve(Response.json({
    data: [{ id: "anthropic/claude-sonnet-5" }, { id: "grok-4.5" }],
    models: [{
      name: "models/gemini-3.8-flash",
      supportedGenerationMethods: ["generateContent"],
    }],
  }));
}

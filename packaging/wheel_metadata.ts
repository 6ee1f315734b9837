/**
 * What a wheel says of itself: its version in Python's form, and the texts that
 * an index shows and installers read.
 *
 * @module
 */

import { SUMMARY } from "./summary.ts";
import type { WheelPlatform } from "./wheel_platforms.ts";

/** The name on an index, and for installers. */
export const PROJECT_NAME = "litellm-discover";

/** An index shows it without the repository: no links into that. */
const DESCRIPTION = `\
LiteLLM's proxy offers only the models in its \`config.yaml\`, while providers add
and retire models every week. \`discover\` asks OpenRouter, xAI and Gemini, in
parallel and within two seconds, what they offer your keys now, and updates one
marked block of the file. Every other byte stays. If anything goes wrong, the old
file stays and the proxy still starts. Nineteen more providers, and servers of
your own such as Ollama, can be enabled in a \`discover.yaml\`.

Installed into the environment that has LiteLLM, with that activated:

\`\`\`sh
discover --config config.yaml --dry-run          # shows what would change
discover --config config.yaml                    # refreshes the block
discover --config config.yaml --start -- --port 4000   # the same, then starts LiteLLM
discover --undo --config config.yaml             # the config as it was before
\`\`\`

Keys are read from the environment, \`.env\` or \`set-env.ps1\`; they are sent to
their own providers only, and never printed or stored. \`discover --help\` shows
the rest.

This package is one compiled program for your system. It has no Python code and
no dependencies.
`;

/** What the metadata is made of. */
export interface ProjectFacts {
  /** As semver, as in `deno.json`. */
  readonly version: string;
  /** An SPDX expression. */
  readonly license: string;
  /** Where the documents are; empty if they are nowhere yet. */
  readonly docs: string;
}

const PHASES: ReadonlyMap<string, string> = new Map([
  ["alpha", "a"],
  ["beta", "b"],
  ["rc", "rc"],
  ["dev", ".dev"],
]);

/**
 * A version in Python's form: `1.2.3-rc.1` is `1.2.3rc1`. Throws where that has
 * none, as for a word of one's own or for `+build`, which no index takes.
 * https://packaging.python.org/en/latest/specifications/version-specifiers/
 */
export function pythonVersion(version: string): string {
  const [, release, phase, count = "0"] =
    /^((?:(?:0|[1-9]\d*)\.){2}(?:0|[1-9]\d*))(?:-([a-z]+)(?:\.?(0|[1-9]\d*))?)?$/
      .exec(version) ?? [];
  if (release !== undefined && phase === undefined) return release;
  const sign = PHASES.get(phase ?? "");
  if (release !== undefined && sign !== undefined) {
    return `${release}${sign}${count}`;
  }
  const known = [...PHASES.keys()].join(", ");
  throw new Error(
    `version "${version}": not of the form 1.2.3 or 1.2.3-rc.1 (${known})`,
  );
}

/**
 * Those of every system; one for its own is added. Only listed ones are taken:
 * https://packaging.python.org/en/latest/specifications/core-metadata/#classifier-multiple-use
 */
const CLASSIFIERS: readonly string[] = [
  "Development Status :: 4 - Beta",
  "Environment :: Console",
  "Intended Audience :: Developers",
  "Intended Audience :: System Administrators",
  "Topic :: Scientific/Engineering :: Artificial Intelligence",
];

type Field = readonly [name: string, value: string];

function optional(name: string, value: string): Field[] {
  return value === "" ? [] : [[name, value]];
}

/** The file `METADATA`; `licenseFiles` are the names in its folder `licenses`. */
export function metadata(
  { version, license, docs }: ProjectFacts,
  { classifier }: WheelPlatform,
  licenseFiles: readonly string[],
): string {
  const fields: Field[] = [
    ["Metadata-Version", "2.4"],
    ["Name", PROJECT_NAME],
    ["Version", pythonVersion(version)],
    ["Summary", SUMMARY],
    ["Keywords", "litellm,llm,models,openrouter,ollama"],
    ["License-Expression", license],
    ...licenseFiles.map((name): Field => ["License-File", name]),
    ...[...CLASSIFIERS, classifier].map((one): Field => ["Classifier", one]),
    ...optional("Project-URL", docs && `Documentation, ${docs}`),
    ["Description-Content-Type", "text/markdown"],
  ];
  const lines = fields.map(([name, value]) => `${name}: ${value}\n`);
  return `${lines.join("")}\n${DESCRIPTION}`;
}

/** The file `WHEEL`: how the archive is to be installed. */
export function wheelFacts(version: string, { tag }: WheelPlatform): string {
  return `Wheel-Version: 1.0
Generator: discover ${version}
Root-Is-Purelib: false
Tag: py3-none-${tag}
`;
}

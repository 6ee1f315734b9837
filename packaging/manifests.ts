/**
 * Writes what the package managers of Windows want to know of a release: a
 * manifest for Scoop, and the three files of a winget manifest. Version and
 * texts come from `deno.json` and from here, the hash from the file of SHA-256
 * sums; nothing is downloaded or computed anew.
 *
 * usage: deno run -A packaging/manifests.ts SUMS FOLDER [OWNER/NAME]
 *
 * Without OWNER/NAME the variable `GITHUB_REPOSITORY` says where the project
 * lives.
 *
 * @module
 */

import project from "../deno.json" with { type: "json" };
import { SUMMARY } from "./summary.ts";

/** The one file that both package managers install. */
const WINDOWS_FILE = "discover.exe";
const SUMS_FILE = "SHA256SUMS";
const WINGET_FORMAT = "1.6.0";

/** What the manifests are made of. */
export interface Release {
  readonly version: string;
  /** `owner/name` on GitHub. */
  readonly repository: string;
  /** Of `discover.exe`. */
  readonly sha256: string;
}

/** The hash of a file in the output of `sha256sum`. */
export function readSum(sums: string, file: string): string {
  for (const line of sums.split(/\r?\n/)) {
    const [, hash, name] = /^([0-9a-f]{64}) [ *](.+)$/.exec(line) ?? [];
    if (hash !== undefined && name === file) return hash;
  }
  throw new Error(`sums: no line for "${file}"`);
}

/** The manifests by their file names. */
export function manifests(release: Release): Record<string, string> {
  const { version, repository } = release;
  if (!/^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/.test(version)) {
    throw new Error(`version "${version}": not of the form 1.2.3`);
  }
  if (!/^[\w-]{1,32}\/[\w-][\w.-]*$/.test(repository)) {
    throw new Error(`repository "${repository}": not of the form owner/name`);
  }
  const id = packageId(repository);
  return {
    "discover.json": JSON.stringify(scoopManifest(release), null, 4) + "\n",
    [`${id}.yaml`]: toYaml("version", versionManifest(release)),
    [`${id}.installer.yaml`]: toYaml("installer", installerManifest(release)),
    [`${id}.locale.en-US.yaml`]: toYaml(
      "defaultLocale",
      localeManifest(release),
    ),
  };
}

function packageId(repository: string): string {
  return `${repository.split("/")[0]}.discover`;
}

function homepage(repository: string): string {
  return `https://github.com/${repository}`;
}

function downloads(repository: string, version: string): string {
  return `${homepage(repository)}/releases/download/v${version}`;
}

function scoopManifest({ version, repository, sha256 }: Release): object {
  const url = (v: string): string =>
    `${downloads(repository, v)}/${WINDOWS_FILE}`;
  return {
    version,
    description: SUMMARY,
    homepage: homepage(repository),
    license: project.license,
    architecture: { "64bit": { url: url(version), hash: sha256 } },
    bin: WINDOWS_FILE,
    checkver: { github: homepage(repository) },
    autoupdate: {
      architecture: { "64bit": { url: url("$version") } },
      hash: { url: `$baseurl/${SUMS_FILE}` },
    },
  };
}

type Fields = Readonly<Record<string, string | readonly object[] | string[]>>;

function versionManifest({ version, repository }: Release): Fields {
  return {
    PackageIdentifier: packageId(repository),
    PackageVersion: version,
    DefaultLocale: "en-US",
  };
}

function installerManifest(release: Release): Fields {
  const { version, repository, sha256 } = release;
  return {
    PackageIdentifier: packageId(repository),
    PackageVersion: version,
    InstallerType: "portable",
    Commands: ["discover"],
    Installers: [{
      Architecture: "x64",
      InstallerUrl: `${downloads(repository, version)}/${WINDOWS_FILE}`,
      InstallerSha256: sha256.toUpperCase(),
    }],
  };
}

function localeManifest({ version, repository }: Release): Fields {
  return {
    PackageIdentifier: packageId(repository),
    PackageVersion: version,
    PackageLocale: "en-US",
    Publisher: repository.split("/")[0] ?? "",
    PackageName: "discover",
    PackageUrl: homepage(repository),
    License: project.license,
    ShortDescription: SUMMARY,
    Tags: ["litellm", "llm", "models"],
    ReleaseNotesUrl: `${homepage(repository)}/releases/tag/v${version}`,
  };
}

/** JSON is YAML: a value in quotes cannot change its type or end early. */
function toYaml(type: string, fields: Fields): string {
  const schema = `https://aka.ms/winget-manifest.${type}.${WINGET_FORMAT}` +
    ".schema.json";
  const all = { ...fields, ManifestType: type, ManifestVersion: WINGET_FORMAT };
  const lines = Object.entries(all)
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return [`# yaml-language-server: $schema=${schema}`, ...lines, ""].join("\n");
}

if (import.meta.main) {
  const [
    sumsPath,
    folder,
    repository = Deno.env.get("GITHUB_REPOSITORY") ?? "",
  ] = Deno.args;
  if (sumsPath === undefined || folder === undefined) {
    throw new Error("usage: manifests.ts SUMS FOLDER [OWNER/NAME]");
  }
  const sha256 = readSum(await Deno.readTextFile(sumsPath), WINDOWS_FILE);
  const release = { version: project.version, repository, sha256 };
  for (const [name, text] of Object.entries(manifests(release))) {
    await Deno.writeTextFile(`${folder}/${name}`, text);
  }
}

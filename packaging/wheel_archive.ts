/**
 * A wheel: a ZIP archive from which pip, uv and pipx put the program beside
 * Python's own, without any Python in it. Its form is PyPA's:
 * https://packaging.python.org/en/latest/specifications/binary-distribution-format/
 *
 * @module
 */

import {
  configure,
  Uint8ArrayReader,
  Uint8ArrayWriter,
  ZipWriter,
} from "@zip.js/zip.js";
import { programFile } from "./build.ts";
import {
  metadata,
  PROJECT_NAME,
  type ProjectFacts,
  pythonVersion,
  wheelFacts,
} from "./wheel_metadata.ts";
import { assertRunsOn, platformFor } from "./wheel_platforms.ts";

/** What a wheel is made of. */
export interface WheelContent {
  readonly facts: ProjectFacts;
  /** One that `platformFor` knows. */
  readonly target: string;
  /** The compiled program. */
  readonly program: Uint8Array<ArrayBuffer>;
  /** Texts by the names of their files. */
  readonly licenses: Readonly<Record<string, string>>;
}

/** A wheel, and the name that its file must have. */
export interface Wheel {
  readonly file: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A file in the archive. */
interface Member {
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly isProgram?: boolean;
}

// Deno's own compression: with fflate's, in JavaScript, the Linux program took
// 45 s instead of 7.5. Workers would only move it elsewhere.
configure({ useCompressionStream: true, useWebWorkers: false });

/**
 * The earliest that a ZIP can say: the same program gives the same bytes, in
 * every time zone, as a ZIP has local time.
 */
const TIME = new Date(1980, 0, 1);

/** A program that everybody may run, and a text that everybody may read. */
const PROGRAM_MODE = 0o100755;
const TEXT_MODE = 0o100644;

/** Throws for a target, a version or a program that no wheel can hold. */
export async function makeWheel(content: WheelContent): Promise<Wheel> {
  const { facts, target, program, licenses } = content;
  const platform = platformFor(target);
  assertRunsOn(platform.tag, program);
  const project = PROJECT_NAME.replaceAll("-", "_");
  const name = `${project}-${pythonVersion(facts.version)}`;
  const members = [
    ...programAndLicenses(name, content),
    ...textMembers(`${name}.dist-info`, {
      METADATA: metadata(facts, platform, Object.keys(licenses)),
      WHEEL: wheelFacts(facts.version, platform),
    }),
  ];
  const record = await recordOf(`${name}.dist-info/RECORD`, members);
  return {
    file: `${name}-py3-none-${platform.tag}.whl`,
    bytes: await zip([...members, record]),
  };
}

function programAndLicenses(
  name: string,
  { target, program, licenses }: WheelContent,
): Member[] {
  const path = `${name}.data/scripts/${programFile(target)}`;
  return [
    { path, bytes: program, isProgram: true },
    ...textMembers(`${name}.dist-info/licenses`, licenses),
  ];
}

function textMembers(
  folder: string,
  texts: Readonly<Record<string, string>>,
): Member[] {
  return Object.entries(texts).map(([name, text]) => ({
    path: `${folder}/${name}`,
    bytes: new TextEncoder().encode(text),
  }));
}

/** The list of all files with their hashes; of itself it has the name only. */
async function recordOf(
  path: string,
  members: readonly Member[],
): Promise<Member> {
  const lines = await Promise.all(members.map(async ({ path, bytes }) => {
    const digest = await crypto.subtle.digest("SHA-256", bytes);
    const hash = new Uint8Array(digest)
      .toBase64({ alphabet: "base64url", omitPadding: true });
    return `${path},sha256=${hash},${bytes.length}\n`;
  }));
  const text = `${lines.join("")}${path},,\n`;
  return { path, bytes: new TextEncoder().encode(text) };
}

async function zip(
  members: readonly Member[],
): Promise<Uint8Array<ArrayBuffer>> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), {
    lastModDate: TIME,
    extendedTimestamp: false,
    dataDescriptor: false,
  });
  for (const { path, bytes, isProgram = false } of members) {
    await writer.add(path, new Uint8ArrayReader(bytes), {
      unixMode: isProgram ? PROGRAM_MODE : TEXT_MODE,
    });
  }
  return await writer.close();
}

/**
 * Prints what `readDotEnv` says of files, as JSON: for `env_files.py`, which
 * compares it with python-dotenv. Reads a JSON list of files in base64 from
 * stdin.
 *
 * @module
 */
import { decodeEnvFile, readDotEnv } from "../../lib/keys/dotenv.ts";

function readingOf(base64: string): unknown {
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  const { assignments, computed, odd } = readDotEnv(decodeEnvFile(bytes));
  return {
    values: Object.fromEntries(
      assignments.map(({ name, value }) => [name, value]),
    ),
    computed: computed.map(({ name }) => name),
    odd: odd.map(({ line }) => line),
  };
}

const files: unknown = JSON.parse(
  await new Response(Deno.stdin.readable).text(),
);
if (!Array.isArray(files)) throw new Error("no list of files on stdin");
const readings = files.map((file) => readingOf(String(file)));
await Deno.stdout.write(new TextEncoder().encode(JSON.stringify(readings)));

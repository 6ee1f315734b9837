/**
 * Prints what `readOutline` says of files, as JSON: for `outline.py`, which
 * compares it with PyYAML. Reads a JSON list of files in base64 from stdin.
 *
 * @module
 */
import { ConfigError } from "../../lib/errors.ts";
import { readOutline } from "../../lib/block/outline_builder.ts";

function outlineOf(base64: string): unknown {
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  try {
    const { root, oddKeyLine, keys } = readOutline(bytes);
    return { root: root.kind, odd: oddKeyLine !== undefined, keys };
  } catch (error) {
    if (error instanceof ConfigError) return { refused: error.message };
    throw error;
  }
}

const files: unknown = JSON.parse(
  await new Response(Deno.stdin.readable).text(),
);
if (!Array.isArray(files)) throw new Error("no list of files on stdin");
const outlines = files.map((file) => outlineOf(String(file)));
await Deno.stdout.write(new TextEncoder().encode(JSON.stringify(outlines)));

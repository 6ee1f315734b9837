import { assertEquals } from "../support/assert.ts";
import { lineOfKey } from "../../lib/settings/key_lines.ts";

const TEXT = `# first
timeout: 2s

providers:
  openrouter: { include: ["a"], limit: 3 }

  gemini:
    # limit: 9
    include:
      - a
    limit: 2
  lab: {
    kind: x,
    "name": y
  }
aliases:
  "timeout": [a b]
`;

for (
  const [keys, line] of [
    ["timeout", 2],
    ["providers", 4],
    ["providers.openrouter.limit", 5],
    ["providers.gemini.limit", 11],
    ["providers.lab.kind", 13],
    ["providers.lab.name", 14],
    ["aliases.timeout", 17],
    ["providers.gemini.nothing", 7],
    ["nothing", 1],
  ] as const
) {
  Deno.test(`lineOfKey() finds ${keys} on line ${line}`, () => {
    assertEquals(lineOfKey(TEXT, keys.split(".")), line);
    const crlf = TEXT.replaceAll("\n", "\r\n");
    assertEquals(lineOfKey(crlf, keys.split(".")), line);
  });
}

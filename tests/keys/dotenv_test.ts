import { decodeEnvFile, readDotEnv } from "../../lib/keys/dotenv.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { summary } from "../support/env_file.ts";

function dotEnv(text: string): Record<string, string | null> {
  return summary(readDotEnv(text));
}

Deno.test("readDotEnv() reads what python-dotenv reads", () => {
  const text = [
    "# comment",
    "A=plain",
    "export B = spaced out   # comment",
    "C='single # \\' \\n'",
    'D="double # \\" \\n\\t"',
    "E=",
    "F",
    'G="two',
    'lines"',
    "H=a#b",
    "I=#b",
    "J= #b",
    "'K L'=v",
    "M = 'v' # comment",
    "N=$X $Y",
    "A=again",
  ].join("\n");
  const expected = {
    B: "spaced out",
    C: "single # ' \\n",
    D: 'double # " \n\t',
    E: "",
    G: "two\nlines",
    H: "a#b",
    I: "#b",
    J: "",
    "K L": "v",
    M: "v",
    N: "$X $Y",
    A: "again",
  };
  assertEquals(dotEnv(text), expected);
  assertEquals(dotEnv(text.replaceAll("\n", "\r\n")), expected, "with CRLF");
});

Deno.test("readDotEnv() does not expand ${NAME}, whatever the quotes", () => {
  assertEquals(dotEnv("A=x${B}\nC='${B}'\nD=\"${B:-x}\"\nE=${F\nG=$H"), {
    A: null,
    C: null,
    D: null,
    E: "${F",
    G: "$H",
  });
});

Deno.test("readDotEnv() passes over lines that it cannot read, with their numbers", () => {
  assertEquals(readDotEnv("\nA=0\nA='x' y\n= z\nB=\"open\nC=1\n"), {
    assignments: [
      { name: "A", value: "0", line: 2 },
      { name: "C", value: "1", line: 6 },
    ],
    computed: [],
    odd: [
      { line: 3, words: ["A"] },
      { line: 4, words: [] },
      { line: 5, words: ["B"] },
    ],
  });
});

Deno.test("readDotEnv() forgets a variable whose name stands alone later", () => {
  assertEquals(dotEnv("A=1\nB=2\nexport A\nC=${X}\nC # gone\n"), { B: "2" });
  assertEquals(dotEnv("A=1\nA\nA=2\n"), { A: "2" });
});

const encoded: readonly (readonly [string, readonly number[]])[] = [
  ["UTF-8", [0x41, 0x3d, 0xc3, 0xa4]],
  ["UTF-8 with a mark", [0xef, 0xbb, 0xbf, 0x41, 0x3d, 0xc3, 0xa4]],
  ["UTF-16 LE with a mark", [0xff, 0xfe, 0x41, 0, 0x3d, 0, 0xe4, 0]],
  ["UTF-16 LE", [0x41, 0, 0x3d, 0, 0xe4, 0]],
  ["UTF-16 BE with a mark", [0xfe, 0xff, 0, 0x41, 0, 0x3d, 0, 0xe4]],
  ["UTF-16 BE", [0, 0x41, 0, 0x3d, 0, 0xe4]],
  ["Windows-1252", [0x41, 0x3d, 0xe4]],
];

for (const [name, bytes] of encoded) {
  Deno.test(`decodeEnvFile() reads ${name}`, () => {
    assertEquals(decodeEnvFile(new Uint8Array(bytes)), "A=\u00e4");
  });
}

Deno.test("decodeEnvFile() reads an empty file", () => {
  assertEquals(decodeEnvFile(new Uint8Array()), "");
});

const hostile = [
  "(",
  ")",
  '"',
  "'",
  "`",
  "#",
  "${",
  "=",
  " ",
  "\n",
  "a",
  ",",
  "\\",
  "\\'",
  "A='\n",
  "A='\\'\n",
  'A="\\"\n',
  "A=#",
  "A= ",
  "${:",
  "'A",
];

for (const piece of hostile) {
  Deno.test(`a megabyte of ${JSON.stringify(piece)} is read in no time`, () => {
    const times = Math.ceil(1_000_000 / piece.length);
    for (const head of ["", "K=", `K="`]) {
      const text = head + piece.repeat(times);
      const start = performance.now();
      readDotEnv(text);
      const elapsedMs = performance.now() - start;
      assert(elapsedMs < 6000, `took ${Math.round(elapsedMs)} ms`);
    }
  });
}

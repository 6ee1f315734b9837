import fc from "fast-check";
import { type Change, unifiedDiff } from "../../lib/block/diff.ts";
import {
  assert,
  assertEquals,
  assertStringIncludes,
} from "../support/assert.ts";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** A change between a hand-written beginning and end. */
function change(head: string, old: string, now: string, tail: string): Change {
  const start = bytesOf(head).length;
  return {
    path: "config.yaml",
    before: bytesOf(head + old + tail),
    after: bytesOf(head + now + tail),
    ranges: [{
      startBefore: start,
      endBefore: start + bytesOf(old).length,
      startAfter: start,
      endAfter: start + bytesOf(now).length,
    }],
  };
}

const numbers = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, at) => `line ${from + at}\n`).join("");

/** Whether the `patch` program is here; Git's for Windows changes line ends. */
function hasPatch(): boolean {
  if (Deno.build.os === "windows") return false;
  try {
    return new Deno.Command("patch", { args: ["--version"] }).outputSync()
      .success;
  } catch {
    return false;
  }
}

/** The old file after `patch`, in the folder of a file with that name. */
async function patched(
  { path, before }: Change,
  diff: Uint8Array,
): Promise<string> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeFile(`${folder}/${path}`, before);
    await Deno.writeFile(`${folder}/diff`, diff);
    const { success, stdout, stderr } = await new Deno.Command("patch", {
      args: ["-i", "diff"],
      cwd: folder,
    }).output();
    assert(success, textOf(stdout) + textOf(stderr) + textOf(diff));
    assertEquals(textOf(stdout).includes("fuzz"), false, textOf(stdout));
    return textOf(await Deno.readFile(`${folder}/${path}`));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const SECRET = "  api_key: sk-hand-written\n";

const CASES: Readonly<Record<string, Change>> = {
  "a new block in the middle": change(SECRET, "", "# >>>\n- a\n", SECRET),
  "a new block at the end": change(SECRET, "", "# >>>\n- a\n", ""),
  "a new block in an empty file": change("", "", "# >>>\n- a\n", ""),
  "a line in the middle of a block": change(
    SECRET,
    numbers(0, 20),
    numbers(0, 9) + "other\n" + numbers(10, 20),
    SECRET,
  ),
  "the first and the last line of a block": change(
    SECRET,
    "old\n" + numbers(0, 20) + "old\n",
    "new\n" + numbers(0, 20) + "new\n",
    SECRET,
  ),
  "two places far from each other": change(
    SECRET + SECRET,
    numbers(0, 50),
    numbers(0, 5) + numbers(6, 40) + "more\n" + numbers(40, 50),
    SECRET,
  ),
  "a block that goes": change(SECRET, numbers(0, 9), "", SECRET),
  "CRLF": change(
    SECRET.replace("\n", "\r\n"),
    "a\r\nb\r\n",
    "a\r\nc\r\nd\r\n",
    "end\r\n",
  ),
  "a block that ends the file without a newline": change(
    SECRET,
    "a\nb\nend",
    "a\nc\nend",
    "",
  ),
  "a last line of ours that gets its newline": change(
    SECRET,
    "a\nend",
    "a\nend\n",
    "",
  ),
  "a file that ends without a newline further down": change(
    SECRET,
    "a\n",
    "b\n",
    "tail: 1",
  ),
  "a hand-written last line that lacked its newline": change(
    SECRET + "x: 1",
    "",
    "\n# >>>\n- a\n# <<<\n",
    "",
  ),
};

const BLOCK = "# >>>\n- a\n# <<<\n";

/** A change of the line of the key and one further down. */
function twoChanges(key: string, between: string, now: string): Change {
  const [before, after] = [
    bytesOf(SECRET + key + between + SECRET),
    bytesOf(SECRET + now + between + BLOCK + SECRET),
  ];
  const start = SECRET.length;
  return {
    path: "config.yaml",
    before,
    after,
    ranges: [{
      startBefore: start,
      endBefore: start + key.length,
      startAfter: start,
      endAfter: start + now.length,
    }, {
      startBefore: start + key.length + between.length,
      endBefore: start + key.length + between.length,
      startAfter: start + now.length + between.length,
      endAfter: after.length - SECRET.length,
    }],
  };
}

const ALL_CASES: Readonly<Record<string, Change>> = {
  ...CASES,
  "a key whose value makes way": twoChanges(
    "model_list: []\n",
    SECRET,
    "model_list:\n",
  ),
  "a key whose value of three lines makes way": twoChanges(
    "model_list:\n  [\n  ]\n",
    SECRET,
    "model_list:\n",
  ),
};

for (const [name, one] of Object.entries(ALL_CASES)) {
  Deno.test({
    name: `patch accepts the diff of ${name}`,
    ignore: !hasPatch(),
    fn: async () => {
      const result = await patched(one, unifiedDiff(one));
      assertEquals(result, textOf(one.after));
    },
  });

  Deno.test(`the diff of ${name} shows no hand-written line`, () => {
    const diff = textOf(unifiedDiff(one));
    assert(diff.startsWith("--- config.yaml\n+++ config.yaml\n@@ "));
    for (const line of ["sk-hand-written", "x: 1", "tail", "end\r"]) {
      assertEquals(diff.includes(line), false, diff);
    }
  });
}

const ONE_LINE_END: Readonly<Record<string, Change>> = {
  "a block after a CRLF file without a final newline": change(
    "a: 1\r\nb: 2",
    "",
    "\r\n# >>>\r\n# <<<\r\n",
    "",
  ),
  "a block that goes with the newline it had brought": {
    ...change("a: 1\nb: 2\n", "# >>>\n# <<<\n", "", ""),
    after: bytesOf("a: 1\nb: 2"),
  },
};

for (const [name, one] of Object.entries(ONE_LINE_END)) {
  Deno.test({
    name: `patch differs in the end of one hand-written line only: ${name}`,
    ignore: !hasPatch(),
    fn: async () => {
      const lines = (text: string): string[] => text.trimEnd().split(/\r?\n/);
      const result = await patched(one, unifiedDiff(one));
      assertEquals(lines(result), lines(textOf(one.after)));
    },
  });
}

Deno.test("unifiedDiff() shows three lines around a change, as far as they are ours", () => {
  const block = numbers(1, 9);
  const one = change("mine\n", block, block.replace("line 7", "new"), "mine\n");
  assertEquals(
    textOf(unifiedDiff(one)),
    "--- config.yaml\n+++ config.yaml\n@@ -7,3 +7,3 @@\n" +
      " line 6\n-line 7\n+new\n line 8\n",
  );
});

Deno.test("unifiedDiff() shows lines that end in a lone CR one by one", () => {
  const one = change("mine\r", "a\rb\r", "a\rc\r", "mine\r");
  assertEquals(
    textOf(unifiedDiff(one)),
    "--- config.yaml\n+++ config.yaml\n@@ -3,1 +3,1 @@\n" +
      "-b\r\n+c\r\n",
  );
});

Deno.test("unifiedDiff() is empty when nothing changes", () => {
  const one = change("a\n", "b\n", "b\n", "c\n");
  assertEquals(unifiedDiff(one).length, 0);
});

Deno.test("unifiedDiff() keeps bytes that are no UTF-8", () => {
  const before = new Uint8Array([0x23, 0xe4, 0x81, 0x0a]);
  const after = bytesOf("# b\n");
  const diff = unifiedDiff({
    path: "c",
    before,
    after,
    ranges: [{
      startBefore: 0,
      endBefore: before.length,
      startAfter: 0,
      endAfter: after.length,
    }],
  });
  const at = diff.indexOf(0xe4);
  assertEquals([...diff.subarray(at - 2, at + 3)], [
    0x2d,
    0x23,
    0xe4,
    0x81,
    0x0a,
  ]);
});

Deno.test("unifiedDiff() names the file without its folder, quoted where it must be", () => {
  const firstLine = (path: string): string =>
    textOf(unifiedDiff({ ...change("", "", "a\n", ""), path })).split(
      "\n",
    )[0] ??
      "";
  assertEquals(firstLine("/etc/litellm/config.yaml"), "--- config.yaml");
  assertEquals(firstLine("C:\\litellm\\config.yaml"), "--- config.yaml");
  assertEquals(firstLine("my config.yaml"), "--- my config.yaml\t");
  assertEquals(firstLine('a"\n\x1b.yaml'), '--- "a\\042\\012\\033.yaml"');
});

/** The lines that a diff makes of others, by the rules of `patch`. */
function applied(old: readonly string[], diff: string): string[] {
  const lines: string[] = [];
  let at = 0;
  for (const line of diff.split("\n").slice(2, -1)) {
    const [, start, count] = /^@@ -(\d+),(\d+) /.exec(line) ?? [];
    const text = line.slice(1);
    if (start !== undefined) {
      const next = Number(start) - (count === "0" ? 0 : 1);
      lines.push(...old.slice(at, next));
      at = next;
    } else if (line.startsWith("+")) lines.push(text);
    else {
      assertEquals(text, old[at++]);
      if (line.startsWith(" ")) lines.push(text);
    }
  }
  return [...lines, ...old.slice(at)];
}

Deno.test("unifiedDiff() leads from any lines to any others", () => {
  const some = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 40 });
  const text = (lines: readonly string[]): string =>
    lines.map((line) => `${line}\n`).join("");
  fc.assert(fc.property(some, some, (old, now) => {
    const diff = textOf(unifiedDiff(change("", text(old), text(now), "")));
    assertEquals(applied(old, diff), now);
  }));
});

Deno.test("unifiedDiff() finds the shortest way and removes before it adds", () => {
  const kinds = (old: string, now: string): string => {
    const text = (letters: string): string => [...letters, ""].join("\n");
    const diff = textOf(unifiedDiff(change("", text(old), text(now), "")));
    return diff.split("\n").slice(3).map((line) => line.charAt(0)).join("");
  };
  assertEquals(kinds("abcabba", "cbabac").replaceAll(" ", "").length, 5);
  assertEquals(kinds("axyb", "a12b"), " --++ ");
});

Deno.test("a diff of 100,000 lines of which all change is one hunk", () => {
  const old = Array.from({ length: 100_000 }, (_, at) => `old ${at}\n`);
  const now = Array.from({ length: 100_000 }, (_, at) => `new ${at}\n`);
  const one = change("a\n", old.join(""), now.join(""), "b\n");
  // Comparing every line with every other would not end.
  const diff = textOf(unifiedDiff(one));
  assertStringIncludes(diff, "@@ -2,100000 +2,100000 @@");
});

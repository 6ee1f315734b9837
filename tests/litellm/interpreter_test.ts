import { interpreterIn } from "../../lib/litellm/interpreter.ts";
import { assertEquals } from "../support/assert.ts";
import { pipLauncher, uvLauncher } from "./launchers.ts";

function interpreterInText(text: string): string | undefined {
  return interpreterIn(new TextEncoder().encode(text));
}

const code = "\nimport sys\nfrom litellm import run_server\n";

Deno.test("a script names its Python in its first line", () => {
  for (
    const [line, python] of [
      ["#!/home/u/.venv/bin/python", "/home/u/.venv/bin/python"],
      ["#!/opt/conda/bin/python3.12 -s", "/opt/conda/bin/python3.12"],
      ["#! /usr/bin/python3", "/usr/bin/python3"],
      [
        `#!"C:\\Program Files\\Py\\python.exe"`,
        "C:\\Program Files\\Py\\python.exe",
      ],
      ["#!C:\\Py thon\\python.exe -E", "C:\\Py thon\\python.exe"],
      ["#!/home/ü/bin/python3\r", "/home/ü/bin/python3"],
    ]
  ) assertEquals(interpreterInText(line + code), python);
});

Deno.test("a script names its Python in the second line where the first cannot hold it", () => {
  for (
    const [path, python] of [
      ['"/a b/bin/python3"', "/a b/bin/python3"],
      ["'/a b/bin/python3'", "/a b/bin/python3"],
      ["/very/long/bin/python", "/very/long/bin/python"],
    ]
  ) {
    const text = `#!/bin/sh\n'''exec' ${path} "$0" "$@"\n' '''${code}`;
    assertEquals(interpreterInText(text), python);
  }
});

Deno.test("a program that looks for its Python as it runs names none", () => {
  for (
    const text of [
      "#!/usr/bin/env python3",
      "#!/usr/bin/env bash\nexec pyenv exec litellm",
      "#!/bin/sh\nexec /opt/python/bin/python3 -m litellm",
      `#!/bin/sh\n'''exec' "$(dirname -- "$(realpath -- "$0")")"/'python' "$0" "$@"\n`,
      "\x7fELF\x02\x01\x01#!/usr/bin/python3\n",
      "#!",
      "MZ",
      "",
    ]
  ) assertEquals(interpreterInText(text), undefined, text);
});

Deno.test("the launchers of pip and uv name their Python", () => {
  for (
    const path of [
      "C:\\Users\\ü\\venv\\Scripts\\python.exe",
      "C:\\Program Files\\Python312\\python.exe",
      "python.exe",
    ]
  ) {
    const line = path.includes(" ") ? `#!"${path}"` : `#!${path}`;
    assertEquals(interpreterIn(pipLauncher(`${line}\r\n`)), path);
    assertEquals(interpreterIn(pipLauncher(`${line}\n`)), path);
    for (const letters of ["UVUV", "UVSC"] as const) {
      assertEquals(interpreterIn(uvLauncher(path, letters)), path);
    }
    for (const bits of [32, 64] as const) {
      assertEquals(interpreterIn(uvLauncher(path, bits)), path);
    }
  }
});

Deno.test("a launcher that was cut off or damaged anywhere names no wrong Python", () => {
  const path = "C:\\Python312\\python.exe";
  const whole = [
    pipLauncher(`#!${path}\r\n`),
    uvLauncher(path, "UVSC"),
    uvLauncher(path, 32),
    uvLauncher(path, 64),
  ];
  for (const bytes of whole) {
    for (let at = 0; at < bytes.length; at++) {
      const found = interpreterIn(bytes.subarray(0, at));
      if (found !== undefined) {
        assertEquals(path.startsWith(found), true, found);
      }
      const damaged = bytes.slice();
      damaged[at] = 0xff;
      // It may take any text for a path, but does not throw.
      interpreterIn(damaged);
    }
  }
});

import { ConfigError } from "../../lib/errors.ts";
import { BEGIN_MARKER, END_MARKER } from "../../lib/block/markers.ts";
import { findRegion } from "../../lib/block/splice.ts";
import { assert, assertEquals, assertThrows } from "../support/assert.ts";

/** `B` and `E` stand for the markers. */
function config(text: string): Uint8Array {
  const full = text.replaceAll(/\bB\b/g, BEGIN_MARKER)
    .replaceAll(/\bE\b/g, END_MARKER);
  return new TextEncoder().encode(full);
}

interface Fault {
  readonly name: string;
  readonly yaml: string;
  readonly line: number;
  readonly message: string;
  readonly hint: string;
}

const OUTSIDE = "marker outside model_list";
const INDENT = "marker is not indented like the list items";
const INSIDE = "marker inside an item of model_list";
const ODD = "marker line with extra or changed text";

const FAULTS: readonly Fault[] = [
  {
    name: "a begin marker without an end marker",
    yaml: "model_list:\n- a: 1\nB\n- b: 1\n",
    line: 3,
    message: "begin marker without an end marker",
    hint: END_MARKER,
  },
  {
    name: "an end marker without a begin marker",
    yaml: "model_list:\n- a: 1\n- b: 1\nE\n",
    line: 4,
    message: "end marker without a begin marker",
    hint: BEGIN_MARKER,
  },
  {
    name: "markers in reversed order",
    yaml: "model_list:\nE\n- a: 1\nB\n",
    line: 2,
    message: "end marker before the begin marker",
    hint: "swap the two marker lines",
  },
  {
    name: "a repeated begin marker",
    yaml: "model_list:\nB\nB\n- a: 1\nE\n",
    line: 3,
    message:
      "expected a single pair of markers, found: begin on line 2, begin on line 3, end on line 5",
    hint: "keep one begin and one end marker",
  },
  {
    name: "two begin markers alone",
    yaml: "model_list:\nB\nB\n- a: 1\n",
    line: 3,
    message:
      "expected a single pair of markers, found: begin on line 2, begin on line 3",
    hint: "keep one begin and one end marker",
  },
  {
    name: "a repeated end marker",
    yaml: "model_list:\nB\n- a: 1\nE\nE\n",
    line: 5,
    message:
      "expected a single pair of markers, found: begin on line 2, end on line 4, end on line 5",
    hint: "keep one begin and one end marker",
  },
  {
    name: "two end markers alone",
    yaml: "model_list:\n- a: 1\nE\nE\n",
    line: 3,
    message:
      "expected a single pair of markers, found: end on line 3, end on line 4",
    hint: "keep one begin and one end marker",
  },
  {
    name: "a second block",
    yaml: "model_list:\nB\n- a: 1\nE\n- b: 1\nB\n- c: 1\nE\n",
    line: 6,
    message:
      "expected a single pair of markers, found: begin on line 2, end on line 4, begin on line 6, end on line 8",
    hint: "keep one begin and one end marker",
  },
  {
    name: "a block inside a block",
    yaml: "model_list:\nB\n- a: 1\nB\n- b: 1\nE\nE\n",
    line: 4,
    message:
      "expected a single pair of markers, found: begin on line 2, begin on line 4, end on line 6, end on line 7",
    hint: "keep one begin and one end marker",
  },
  {
    name: "text after a marker",
    yaml: "model_list:\nB (do not edit)\n- a: 1\nE\n",
    line: 2,
    message: ODD,
    hint: `change it to \`${BEGIN_MARKER}\``,
  },
  {
    name: "a marker with other spacing",
    yaml: "model_list:\n#>>> discover: auto-discovered models >>>\nE\n",
    line: 2,
    message: ODD,
    hint: `change it to \`${BEGIN_MARKER}\``,
  },
  {
    name: "a marker with other text",
    yaml: "model_list:\nB\n# <<< Discover: models\n",
    line: 3,
    message: ODD,
    hint: `change it to \`${BEGIN_MARKER}\``,
  },
  {
    name: "a marker that was commented out once more",
    yaml: "model_list:\n# B\n# - a: 1\n# E\n",
    line: 2,
    message: ODD,
    hint: "or delete it",
  },
  {
    name: "a marker after a value",
    yaml: "model_list:\n- a: 1 B\nE\n",
    line: 2,
    message: "marker after other text",
    hint: "on its own line",
  },
  {
    name: "a marker inside brackets",
    yaml: "model_list:\n- a: [1,\nB\n  2]\nE\n",
    line: 3,
    message: "marker inside brackets",
    hint: "move it out",
  },
  {
    name: "a block under another key",
    yaml: "router_settings:\n  B\n  E\nmodel_list:\n  - a: 1\n",
    line: 2,
    message: OUTSIDE,
    hint: "or delete it and run again",
  },
  {
    name: "a block above the first key",
    yaml: "B\nE\nmodel_list:\n- a: 1\n",
    line: 1,
    message: OUTSIDE,
    hint: "or delete it and run again",
  },
  {
    name: "a block in a config without model_list",
    yaml: "router_settings:\n  - a\n  B\n  E\n",
    line: 3,
    message: OUTSIDE,
    hint: "or delete it and run again",
  },
  {
    name: "a block after the document's end",
    yaml: "model_list:\n- a: 1\n...\nB\nE\n",
    line: 4,
    message: OUTSIDE,
    hint: "or delete it and run again",
  },
  {
    name: "an end marker after the next key",
    yaml: "model_list:\n- a: 1\nB\nrouter_settings: {}\nE\n",
    line: 5,
    message: OUTSIDE,
    hint: "or delete it and run again",
  },
  {
    name: "a marker deeper than the items",
    yaml: "model_list:\n  - a: 1\n    B\n    E\n",
    line: 3,
    message: INDENT,
    hint: "put 2 spaces in front",
  },
  {
    name: "a marker less deep than the items",
    yaml: "model_list:\n - a: 1\nB\nE\n",
    line: 3,
    message: INDENT,
    hint: "put 1 space in front",
  },
  {
    name: "items indented anew without their markers",
    yaml: "model_list:\n  B\n    - a: 1\n  E\n    - b: 1\n",
    line: 2,
    message: INDENT,
    hint: "put 4 spaces in front",
  },
  {
    name: "two markers at different columns",
    yaml: "general_settings: {}\nmodel_list:\n  B\n    E\n",
    line: 4,
    message: INDENT,
    hint: "put 2 spaces in front",
  },
  {
    name: "markers less deep than the top-level keys",
    yaml: "  model_list:\nB\nE\n",
    line: 2,
    message: INDENT,
    hint: "put 2 spaces in front",
  },
  {
    name: "entries of the block deeper than its markers",
    yaml: "model_list:\n  - a:\n  B\n    - b\n  E\n",
    line: 3,
    message: INSIDE,
    hint: "must be a `- ` in the same column",
  },
  {
    name: "a block between the keys of an item",
    yaml: "model_list:\n  - a: 1\n  B\n  E\n    b: 1\n",
    line: 3,
    message: INSIDE,
    hint: "must be a `- ` in the same column",
  },
  {
    name: "a begin marker inside an item",
    yaml: "model_list:\n- a: 1\nB\n  b: 1\n- c: 1\nE\n",
    line: 3,
    message: INSIDE,
    hint: "or the end of the list",
  },
  {
    name: "an end marker inside an item",
    yaml: "model_list:\nB\n- a: 1\nE\n  b: 1\n- c: 1\n",
    line: 4,
    message: INSIDE,
    hint: "or the end of the list",
  },
  {
    name: "a block in a list inside an item",
    yaml: "model_list:\n- a:\n  - b\nB\n  - c\nE\n",
    line: 4,
    message: INSIDE,
    hint: "or the end of the list",
  },
  {
    name: "a block between the list's tag and its items",
    yaml: "model_list:\n  B\n  E\n  !!seq\n  - a: 1\n",
    line: 2,
    message: INSIDE,
    hint: "or the end of the list",
  },
];

for (const { name, yaml, line, message, hint } of FAULTS) {
  Deno.test(`findRegion() refuses ${name}`, () => {
    const error = assertThrows(
      () => findRegion(config(yaml)),
      ConfigError,
      message,
    );
    assertEquals(error.line, line);
    assert(error.hint?.includes(hint), `hint is: ${error.hint}`);
  });
}

Deno.test("findRegion() gives the line of a fault whatever ends the lines", () => {
  for (const eol of ["\r\n", "\r"]) {
    const text = ["# x", "model_list:", "- a: 1", "B", ""].join(eol);
    const error = assertThrows(() => findRegion(config(text)), ConfigError);
    assertEquals(error.line, 4);
  }
});

Deno.test("findRegion() takes a comment that only mentions a marker for text", () => {
  const text = "# written between B and E\nmodel_list:\n- a: 1 # see B\n";
  assertEquals(findRegion(config(text)).kind, "new");
});

Deno.test("findRegion() takes markers in scalars for text", () => {
  const text = "x: |\n  B\ny: 'a\n  B'\nz: \"\n\n  E\"\n" +
    "w: >2\n     E\n  B\nmodel_list:\n- |\n  B\n";
  assertEquals(findRegion(config(text)).kind, "new");
});

Deno.test("findRegion() takes blanks after a marker, and items around the block", () => {
  const text = "model_list:\n- a: 1\nB \t \n- b: 1\n- c: 1\nE  \n- d: 1\n";
  const region = findRegion(config(text));
  assertEquals(region.kind, "existing");
  assertEquals(region.userItems, 2);
});

Deno.test("findRegion() keeps an empty block of a list that has an anchor", () => {
  const region = findRegion(config("model_list: &models\n  B\n  E\nx: 1\n"));
  assertEquals([region.kind, region.indent], ["existing", 2]);
});

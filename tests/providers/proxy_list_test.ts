import { assert, assertEquals } from "../support/assert.ts";
import { isNameFromHere } from "../../lib/providers/proxy_list.ts";

const LAB = { before: "lab/", after: "" };
const OTHER_LAB = { before: "lab2/", after: "" };
const PREFIXED = { before: "claude-", after: "" };
const SUFFIXED = { before: "", after: "-lab" };
const BARE = { before: "", after: "" };

Deno.test("isNameFromHere() knows the folder of each of local servers", () => {
  const shapes = [LAB, OTHER_LAB];
  for (const id of ["lab/gpt-x", "lab2/gpt-x", "lab/lab2/gpt-x"]) {
    assert(isNameFromHere(id, shapes), id);
  }
  for (const id of ["gpt-x", "laboratory/x", "lab/", "a/lab/x", "xlab/y"]) {
    assert(!isNameFromHere(id, shapes), id);
  }
});

Deno.test("isNameFromHere() takes one word around an id for chance, and two for its own", () => {
  assert(!isNameFromHere("claude-sonnet-5", [PREFIXED]));
  assert(isNameFromHere("claude-claude-sonnet-5", [PREFIXED]));
  assert(!isNameFromHere("gpt-lab", [SUFFIXED]));
  assert(isNameFromHere("gpt-lab-lab", [SUFFIXED]));
  assert(isNameFromHere("claude-gpt-lab", [PREFIXED, SUFFIXED]));
  assert(!isNameFromHere("gpt-x", [BARE]));
});

/** Runs until nothing moves; returns what each proxy then lists. */
function settle(
  proxies: readonly {
    readonly own: string;
    readonly lists: readonly number[];
    readonly prefixes: readonly string[];
  }[],
): string[][] {
  let listed = proxies.map(({ own }) => [own]);
  for (let run = 0; run < 20; run++) {
    const next = proxies.map(({ own, lists, prefixes }) => [
      own,
      ...prefixes.flatMap((before, at) =>
        (listed[lists[at] ?? 0] ?? [])
          .filter((id) =>
            !isNameFromHere(
              id,
              prefixes.map((one) => ({
                before: one,
                after: "",
              })),
            )
          )
          .map((id) => before + id)
      ),
    ]);
    if (JSON.stringify(next) === JSON.stringify(listed)) return listed;
    listed = next;
  }
  throw new Error(`grows: ${listed.flat().join(" ").slice(0, 300)}`);
}

Deno.test("isNameFromHere() lets two servers at this very proxy settle", () => {
  const prefixes = ["lab/", "lab2/"];
  assertEquals(settle([{ own: "x", lists: [0, 0], prefixes }]), [
    ["x", "lab/x", "lab2/x"],
  ]);
});

Deno.test("isNameFromHere() lets two proxies that list each other settle", () => {
  const [first, second] = settle([
    { own: "x", lists: [1], prefixes: ["b/"] },
    { own: "y", lists: [0], prefixes: ["a/"] },
  ]);
  assert(first?.includes("b/y") && second?.includes("a/x"));
});

Deno.test("isNameFromHere() takes no time over a long id", () => {
  assert(!isNameFromHere("a/".repeat(200_000) + "x", [LAB, SUFFIXED]));
});

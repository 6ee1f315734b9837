import {
  embeddedPackages,
  thirdPartyText,
} from "../../packaging/third_party.ts";
import {
  assertEquals,
  assertStringIncludes,
  assertThrows,
} from "../support/assert.ts";

Deno.test("what the program holds of others is named, each with a license", async () => {
  const packages = await embeddedPackages();
  const names = packages.map(({ name }) => name);
  assertEquals(names, ["deno-std", "diff", "sisteransi", "valibot"]);
  const text = thirdPartyText(packages);
  for (const name of ["Deno,", ...names]) {
    assertStringIncludes(text, `# ${name} `);
  }
  // What BSD's license asks for above all.
  assertStringIncludes(text, "Kevin Decker");
  assertStringIncludes(text, "Redistributions in binary form must");
});

Deno.test("a package without a license stops the wheel", () => {
  const unknown = { name: "stray", version: "1.0.0", license: undefined };
  assertThrows(() => thirdPartyText([unknown]), Error, 'package "stray"');
});

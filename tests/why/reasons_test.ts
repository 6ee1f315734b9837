import { REASONS } from "../../lib/why/reasons.ts";
import { assertEquals } from "../support/assert.ts";
import { fromRepository } from "../support/repository.ts";

Deno.test("docs/why.md and the schema have every reason", async () => {
  const page = await Deno.readTextFile(fromRepository("docs/why.md"));
  const rows = [...page.matchAll(/^\| `([a-z-]+)` +\|/gm)];
  assertEquals(
    rows.map(([, word = ""]) => word).toSorted(),
    REASONS.toSorted(),
  );
  const schema = await Deno.readTextFile(
    fromRepository("docs/report.schema.json"),
  );
  const { $defs: { reason } } = JSON.parse(schema);
  assertEquals(reason.properties.reason.enum, [...REASONS]);
});

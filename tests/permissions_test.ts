import project from "../deno.json" with { type: "json" };
import { assertEquals } from "./assert.ts";
import { PERMISSIONS } from "../lib/permissions.ts";

Deno.test("the permission set in deno.json equals the table in the code", () => {
  const table: unknown = JSON.parse(JSON.stringify(PERMISSIONS));
  assertEquals<unknown>(project.permissions.discover, table);
});

/**
 * The proof with the real clients on the real LiteLLM: what the client's own
 * list shows, answers. `offline.ts` runs it in a network without an outside;
 * `.ci/setup-clients` gets the clients, pinned by `npm/package-lock.json`.
 *
 * @module
 */

import { assertEquals } from "../support/assert.ts";
import "./every_row.ts";
import "./stand_in.ts";

Deno.test("nothing but loopback can be reached", () => {
  const names = Deno.networkInterfaces().map(({ name }) => name);
  assertEquals([...new Set(names)], ["lo"]);
});

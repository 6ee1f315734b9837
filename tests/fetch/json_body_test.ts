import { readJson } from "../../lib/fetch/json_body.ts";
import { assertEquals } from "../support/assert.ts";

Deno.test("readJson() keeps no buffer of the network, which is much larger than a small chunk", async () => {
  const text = new TextEncoder().encode('{"data": [1, 2, 3]}');
  const buffer = new Uint8Array(64 * 1024);
  let sent = 0;
  const body = new ReadableStream({
    pull: (controller) => {
      buffer.set(text.subarray(sent, ++sent));
      controller.enqueue(buffer.subarray(0, 1));
      if (sent === text.length) controller.close();
    },
  }, { highWaterMark: 0 });
  assertEquals(await readJson(new Response(body)), { data: [1, 2, 3] });
});

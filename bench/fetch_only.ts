/**
 * A program that only sends the same requests as a run and decodes the answers:
 * what asking costs at least, whatever is done with them.
 *
 * @module
 */

const bodies = await Promise.all(
  Deno.args.map(async (url) => {
    const response = await fetch(url);
    return await response.json();
  }),
);
Deno.exit(bodies.length === Deno.args.length ? 0 : 1);

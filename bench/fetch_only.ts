/**
 * A program that only asks for the three lists and decodes them: what asking
 * costs at least, whatever is done with the answers.
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

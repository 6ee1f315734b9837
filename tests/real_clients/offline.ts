/**
 * Runs the proof in a network namespace whose only address is loopback: neither
 * a client nor LiteLLM can reach anything else, whatever it tries. What they
 * try by way of the proxy that their variables name is also recorded, see
 * `scene.ts`.
 *
 * @module
 */

import { fromRepository } from "../support/repository.ts";

const PROOF = fromRepository("tests/real_clients/proof.ts");

const root = Deno.uid() === 0 ? [] : ["--map-root-user"];
const test = [Deno.execPath(), "test", "-q", "-A", "--no-check"];
const code = await run(Deno.execPath(), ["cache", "-q", PROOF]) ||
  await run("unshare", [
    ...["--net", ...root, "--", "sh", "-c"],
    'ip link set lo up && exec "$@"',
    ...["sh", ...test, "--cached-only", PROOF, ...Deno.args],
  ]);
Deno.exit(code);

async function run(command: string, args: readonly string[]): Promise<number> {
  const child = new Deno.Command(command, { args: [...args] }).spawn();
  return (await child.status).code;
}

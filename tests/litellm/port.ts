/**
 * LiteLLM takes the port that discover thinks it will take, whatever stands in
 * its arguments and in `PORT`.
 *
 * @module
 */

import { proxyPort } from "../../lib/litellm/litellm.ts";
import { assertEquals } from "../support/assert.ts";
import { LITELLM_ENV, VENV } from "./litellm.ts";

const CASES: readonly (readonly [string | undefined, readonly string[]])[] = [
  [undefined, []],
  ["", []],
  ["5001", []],
  [" 5001 ", []],
  [" ", []],
  ["web", []],
  ["1e3", []],
  [undefined, ["--port", "5002"]],
  ["5001", ["--port=5002"]],
  ["5001", ["--port", "5002", "--host", "x", "--port=5003"]],
  ["5001", ["--port=5003", "--port", "5002", "--reload"]],
  ["5001", ["--port", " 5002"]],
  ["5001", ["--port", "05002"]],
  ["5001", ["--port=", "--reload"]],
  ["5001", ["--port", "web"]],
  ["5001", ["--port"]],
  ["5001", ["--", "--port", "5002"]],
  [undefined, ["--port", "5002", "--", "--port=5003"]],
  [undefined, ["word", "--port", "5002"]],
];

/** LiteLLM's own command line reads them, and starts nothing. */
const ASK = `
import json, os, sys
from litellm.proxy.proxy_cli import run_server
ports = []
for variable, args in json.loads(sys.argv[1]):
    os.environ.pop("PORT", None)
    if variable is not None:
        os.environ["PORT"] = variable
    try:
        ports.append(run_server.make_context("litellm", args).params["port"])
    except Exception:
        ports.append(None)
print(json.dumps(ports))
`;

Deno.test("LiteLLM takes the port that discover thinks it will take", async () => {
  const home = await Deno.makeTempDir({ prefix: "port-" });
  try {
    const { stdout } = await new Deno.Command(`${VENV}/bin/python`, {
      args: [
        "-c",
        ASK,
        JSON.stringify(CASES.map(([name, args]) => [name ?? null, args])),
      ],
      clearEnv: true,
      env: { ...LITELLM_ENV, HOME: home },
      stderr: "null",
    }).output();
    const text = new TextDecoder().decode(stdout).trim();
    assertEquals(
      JSON.parse(text),
      CASES.map(([name, args]) => proxyPort(args, name) ?? null),
    );
  } finally {
    await Deno.remove(home, { recursive: true });
  }
});

/**
 * The port of the proxy, for which `start-proxy.ps1`, `discover` and LiteLLM
 * have one rule: discover is given LiteLLM's arguments, and the warning of a
 * busy port is about the port that LiteLLM takes.
 *
 * @module
 */
import { parseArgs } from "../../lib/cli/args.ts";
import { KeyRing } from "../../lib/keys/key_ring.ts";
import { proxyPort } from "../../lib/litellm/litellm.ts";
import { portOf } from "../../lib/settings/this_proxy.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { onWindows } from "../support/program.ts";
import { powershellTest, quoted } from "../support/powershell/pwsh.ts";
import {
  type Act,
  setStage,
  type Stage,
  startTogether,
} from "../support/powershell/stage.ts";

/** How a start is told its port; in all of it `A` and `B` are busy ports. */
interface Case {
  readonly args?: string;
  readonly PORT?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly port: "A" | "B" | "4000" | "none";
}

const CASES: readonly Case[] = [
  { port: "4000" },
  { args: "--host x", PORT: "", port: "4000" },
  { args: "-Port A", port: "A" },
  { args: "--port A --reload", port: "A" },
  { args: "--port=A", PORT: "B", port: "A" },
  { args: "--host x --num_workers 2 --port=A", port: "A" },
  { args: "-Port 4000", PORT: "B", port: "4000" },
  { PORT: "A", port: "A" },
  { args: "--reload", PORT: " A ", port: "A" },
  { PORT: "000000A", port: "none" },
  { PORT: "A.0", port: "none" },
  { PORT: "0", port: "none" },
  { PORT: "99999", port: "none" },
  { files: { ".env": "PORT=A\n" }, port: "A" },
  { PORT: "B", files: { ".env": "PORT=A\n" }, port: "B" },
  { PORT: "B", files: { "set-env.ps1": "$env:PORT = 'A'\n" }, port: "A" },
  { args: "--port B", files: { ".env": "PORT=A\n" }, port: "B" },
];

/** Makes a port busy; one that somebody else has is busy as well. */
function listen(port: number): Disposable & { readonly port: number } {
  try {
    const listener = Deno.listen({ hostname: "127.0.0.1", port });
    return {
      port: listener.addr.port,
      [Symbol.dispose]: () => listener.close(),
    };
  } catch (error) {
    if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    return { port, [Symbol.dispose]: () => {} };
  }
}

/** The port that discover and LiteLLM make of what they were given. */
async function portsOn(stage: Stage): Promise<(number | undefined)[]> {
  const discover = await stage.recorded("discover");
  const litellm = await stage.recorded("litellm");
  assert(discover !== undefined && litellm !== undefined);
  const command = parseArgs(discover.args);
  assert(command.kind === "run");
  const keys = new KeyRing(discover.env, [], []);
  return [
    portOf(command.flags.litellmArgs, keys),
    proxyPort(litellm.args, litellm.env.PORT),
  ];
}

powershellTest(
  "script, discover and LiteLLM agree on the proxy's port, however it is told",
  async () => {
    using a = listen(0);
    using b = listen(0);
    using _usual = listen(4000);
    const told = (text: string): string =>
      text.replace(/\bA\b|(?<=0)A\b/, String(a.port))
        .replace(/\bB\b/, String(b.port));
    await using stack = new AsyncDisposableStack();
    const acts: Act[] = [];
    for (const { args = "", PORT, files = {} } of CASES) {
      const texts = Object.entries(files)
        .map(([name, text]) => [name, told(text)] as const);
      const stage = stack.use(
        await setStage({ files: Object.fromEntries(texts) }),
      );
      const env = { PORT: PORT === undefined ? undefined : told(PORT) };
      acts.push({ stage, args: told(args), env });
    }
    const started = await startTogether(acts);
    for (const [index, one] of CASES.entries()) {
      const [stage, shown] = [acts[index]?.stage, started[index]];
      assert(stage !== undefined && shown !== undefined);
      const words = Deno.inspect(one);
      const port = one.port === "none" ? undefined : Number(told(one.port));
      assertEquals(await portsOn(stage), [port, port], words);
      const warned = `${shown.stdout}${shown.stderr}`
        .matchAll(/port (\d+) is taken/g)
        .map(([, number]) => Number(number)).toArray();
      assertEquals(warned, port === undefined ? [] : [port], words);
    }
  },
);

// A batch file gets neither quotes nor empty arguments.
const ODD_ARGUMENTS = onWindows
  ? ["a b", "it's", "--", "--start", "a,b;c", "$HOME"]
  : ["a b", "it's", "--", "--start", "a,b;c", "$HOME", "", 'a"b'];

powershellTest(
  "discover gets LiteLLM's arguments behind --, whole and in their order",
  async () => {
    await using none = await setStage();
    await using some = await setStage();
    const odd = ODD_ARGUMENTS.map(quoted).join(" ");
    await startTogether([
      { stage: none },
      { stage: some, args: `-Port 4321 --debug --flag ${odd}` },
    ]);
    const plain = await none.recorded("discover");
    assertEquals(plain?.args.includes("--"), false);
    const { args = [] } = await some.recorded("discover") ?? {};
    const litellm = await some.recorded("litellm");
    const passed = ["--port", "4321", "--debug", "--flag", ...ODD_ARGUMENTS];
    assertEquals(args.slice(0, 2), ["--no-env-files", "--config"]);
    assertEquals(args.slice(3), ["--", ...passed]);
    assertEquals(litellm?.args.slice(2), passed);
    const command = parseArgs(args);
    assert(command.kind === "run");
    assertEquals(command.flags.litellmArgs, passed);
    assertEquals(command.flags.start, false);
  },
);

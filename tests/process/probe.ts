/**
 * Tries what the program must not be able to do, under its permission set, and
 * prints what became of each attempt. Run by `permissions_test.ts`, from source
 * or compiled like the program itself.
 *
 * @module
 */

const ATTEMPTS: Readonly<Record<string, () => unknown>> = {
  "another host": () => fetch("https://example.com/"),
  "another port": () => fetch("https://openrouter.ai:8443/"),
  "an address outside": () => Deno.connect({ hostname: "8.8.8.8", port: 53 }),
  "another program": () => new Deno.Command("sh").outputSync(),
  "this program itself": () => new Deno.Command(Deno.execPath()).outputSync(),
  "another variable": () => Deno.env.get("HOME"),
  "all variables": () => Deno.env.toObject(),
  "system information": () => Deno.hostname(),
  "foreign functions": () => Deno.dlopen("libc.so.6", {}),
  "a variable of its own": () => Deno.env.get("XAI_API_KEY"),
  "a file": () => Deno.stat("."),
};

async function attempt(action: () => unknown): Promise<string> {
  try {
    await action();
    return "allowed";
  } catch (error) {
    return error instanceof Error ? error.name : "?";
  }
}

const results: Record<string, string> = {};
for (const [name, action] of Object.entries(ATTEMPTS)) {
  results[name] = await attempt(action);
}
Deno.stdout.writeSync(new TextEncoder().encode(JSON.stringify(results)));

import { assertEquals } from "../support/assert.ts";
import { withConfigVariables } from "../../lib/keys/config_variables.ts";
import { KeyRing } from "../../lib/keys/key_ring.ts";
import { readPowerShellEnv } from "../../lib/keys/powershell.ts";

function withStated(
  environment: Readonly<Record<string, string>>,
  stated: Readonly<Record<string, unknown>>,
): KeyRing {
  return withConfigVariables(new KeyRing(environment, [], []), {
    config: { environment_variables: stated },
    statedIn: () => "environment_variables in config.yaml",
    valueOf: (name) => environment[name],
  });
}

/** What is found where the environment and the config state these. */
function found(
  environment: Readonly<Record<string, string>>,
  stated: Readonly<Record<string, unknown>>,
  ...variables: string[]
): (string | undefined)[] {
  const keys = withStated(environment, stated);
  return variables.map((name) => keys.find([name])?.value.reveal());
}

Deno.test("withConfigVariables() lets what os.environ/ finds win, and then the config", () => {
  const environment = { XAI_API_KEY: "from-outside", GROQ_API_KEY: "" };
  const stated = {
    XAI_API_KEY: "stated",
    GROQ_API_KEY: "stated-too",
    OPENAI_API_KEY: "alone",
    COHERE_API_KEY: "",
  };
  const names = Object.keys(stated);
  assertEquals(found(environment, stated, ...names), [
    ...["from-outside", "stated-too", "alone", undefined],
  ]);
});

Deno.test("withConfigVariables() lets the config win for what LiteLLM reads at a call", () => {
  const keys = withStated(
    { XAI_API_BASE: "outside", GROQ_API_BASE: "outside", A: "outside" },
    { XAI_API_BASE: "stated", GROQ_API_BASE: "" },
  );
  const values = ["XAI_API_BASE", "GROQ_API_BASE", "A"].map((name) =>
    keys.findAtCall(name)?.value.reveal()
  );
  assertEquals(values, ["stated", undefined, "outside"]);
});

Deno.test("withConfigVariables() follows os.environ/, and leaves what nobody knows", () => {
  assertEquals(
    found(
      { MINE: "of-another" },
      {
        XAI_API_KEY: "os.environ/MINE",
        GROQ_API_KEY: "os.environ/NOBODY",
        OPENAI_API_KEY: { no: "text" },
      },
      "XAI_API_KEY",
      "GROQ_API_KEY",
      "OPENAI_API_KEY",
    ),
    ["of-another", undefined, undefined],
  );
});

Deno.test("withConfigVariables() takes what is no text as Python writes it", () => {
  const stated = { A: 12345, B: true, C: false, D: null, E: 1.5, F: ["a"] };
  assertEquals(found({}, stated, ...Object.keys(stated)), [
    ...["12345", "True", "False", undefined, undefined, undefined],
  ]);
});

Deno.test("withConfigVariables() takes an empty value for no key, but for the address that LiteLLM calls", () => {
  const keys = withStated({}, { XAI_API_KEY: null, XAI_API_BASE: null });
  assertEquals(keys.find(["XAI_API_KEY"]), undefined);
  assertEquals(keys.findAtCall("XAI_API_BASE")?.value.reveal(), "None");
});

Deno.test("withConfigVariables() leaves the port to the command line and the environment", () => {
  assertEquals(found({ PORT: "4001" }, { PORT: "5" }, "PORT"), ["4001"]);
  assertEquals(found({}, { PORT: "5" }, "PORT"), [undefined]);
});

Deno.test("withConfigVariables() tells what differs, and which of both LiteLLM uses", () => {
  const keys = withStated({ XAI_API_KEY: "outside" }, { XAI_API_KEY: "other" });
  assertEquals(keys.warnings(["XAI_API_KEY"]), [{
    code: "key-differs",
    text: "XAI_API_KEY: the environment and environment_variables in " +
      "config.yaml differ; using the environment",
    hint:
      "LiteLLM looks up os.environ/NAME before it sets environment_variables",
  }]);
});

Deno.test("withConfigVariables() leaves a key unsure that a script computes: that would win", () => {
  const script = "$env:XAI_API_KEY = Get-Secret xai";
  const file = {
    ...readPowerShellEnv(script),
    path: "set-env.ps1",
    wins: true,
  };
  const keys = withConfigVariables(new KeyRing({}, [file], []), {
    config: { environment_variables: { XAI_API_KEY: "stated" } },
    statedIn: () => "environment_variables in config.yaml",
    valueOf: () => undefined,
  });
  assertEquals(keys.find(["XAI_API_KEY"])?.value.reveal(), "stated");
  assertEquals(keys.isSetByCode("XAI_API_KEY"), true);
  assertEquals(keys.warnings(["XAI_API_KEY"]).map(({ text }) => text), [
    "XAI_API_KEY: its value in set-env.ps1 line 1 is computed",
  ]);
});

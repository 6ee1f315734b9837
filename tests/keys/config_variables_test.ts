import { assertEquals } from "../support/assert.ts";
import { withConfigVariables } from "../../lib/keys/config_variables.ts";
import { KeyRing } from "../../lib/keys/key_ring.ts";

/** What is found where the environment and the config state these. */
function found(
  environment: Readonly<Record<string, string>>,
  stated: Readonly<Record<string, unknown>>,
  ...variables: string[]
): (string | undefined)[] {
  const keys = withConfigVariables(new KeyRing(environment, [], []), {
    config: { environment_variables: stated },
    configPath: "config.yaml",
    valueOf: (name) => environment[name],
  });
  return variables.map((name) => keys.find([name])?.value.reveal());
}

Deno.test("withConfigVariables() lets what the config states win", () => {
  const environment = { XAI_API_KEY: "from-outside", GROQ_API_KEY: "as-well" };
  assertEquals(
    found(
      environment,
      { XAI_API_KEY: "stated", GROQ_API_KEY: "", OPENAI_API_KEY: "alone" },
      "XAI_API_KEY",
      "GROQ_API_KEY",
      "OPENAI_API_KEY",
    ),
    ["stated", undefined, "alone"],
  );
});

Deno.test("withConfigVariables() follows os.environ/, and leaves what nobody knows", () => {
  assertEquals(
    found(
      { MINE: "of-another", GROQ_API_KEY: "stays" },
      {
        XAI_API_KEY: "os.environ/MINE",
        GROQ_API_KEY: "os.environ/NOBODY",
        OPENAI_API_KEY: { no: "text" },
      },
      "XAI_API_KEY",
      "GROQ_API_KEY",
      "OPENAI_API_KEY",
    ),
    ["of-another", "stays", undefined],
  );
});

Deno.test("withConfigVariables() leaves the port to the command line and the environment", () => {
  assertEquals(found({ PORT: "4001" }, { PORT: "5" }, "PORT"), ["4001"]);
});

Deno.test("withConfigVariables() says where a value stands", () => {
  const keys = withConfigVariables(new KeyRing({}, [], []), {
    config: { environment_variables: { XAI_API_KEY: "stated" } },
    configPath: "config/litellm.yaml",
    valueOf: () => undefined,
  });
  assertEquals(
    keys.find(["XAI_API_KEY"])?.from,
    "environment_variables in config/litellm.yaml",
  );
});

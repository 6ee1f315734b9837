import { assertEquals } from "../../support/assert.ts";
import { examined } from "../../support/examined.ts";

/** Line, text and hint of what is found. */
async function on(text: string): Promise<string[]> {
  const found = await examined(`model_list: []\n${text}\n`, { outcomes: [] });
  return found.map(({ code, line, text, hint }) => {
    assertEquals(code, "malformed-settings");
    return `${line}: ${text} -> ${hint}`;
  });
}

Deno.test("a section that is no mapping stops LiteLLM", async () => {
  const hint = "write its settings below it, each as `name: value`";
  assertEquals(await on("litellm_settings: text"), [
    `2: litellm_settings is text where LiteLLM needs a mapping -> ${hint}`,
  ]);
  assertEquals(await on("environment_variables:\n- A=b"), [
    `2: environment_variables is a list where LiteLLM needs a mapping -> ${hint}`,
  ]);
  assertEquals(await on("general_settings: []"), [
    `2: general_settings is a list where LiteLLM needs a mapping -> ${hint}`,
  ]);
});

Deno.test("an empty section stops nothing", async () => {
  assertEquals(await on("general_settings:\nlitellm_settings:"), []);
  assertEquals(await on("litellm_settings: []\nenvironment_variables: {}"), []);
});

Deno.test("a master_key that is a number only needs quotes, and is not shown", async () => {
  for (const value of ["83512", "0"]) {
    assertEquals(await on(`general_settings:\n  master_key: ${value}`), [
      "3: master_key is a number where LiteLLM needs text -> put quotes " +
      "around it",
    ]);
  }
  assertEquals(await on('general_settings: {master_key: "83512"}'), []);
  assertEquals(await on("general_settings: {master_key: }"), []);
});

Deno.test("a setting that LiteLLM refuses where it once was is named", async () => {
  assertEquals(await on("router_settings:\n  health_check_interval: 5"), [
    "3: LiteLLM refuses health_check_interval under router_settings -> move " +
    "it to general_settings:",
  ]);
});

Deno.test("a setting that is there already is not to be moved there", async () => {
  const found = await on(
    "router_settings:\n  health_check_interval: 5\n" +
      "general_settings:\n  health_check_interval: 6",
  );
  assertEquals(found, [
    "3: LiteLLM refuses health_check_interval under router_settings -> " +
    "remove it: general_settings: has its own on line 5",
  ]);
});

Deno.test("a master_key that only YAML 1.1 takes for no text needs quotes", async () => {
  const kinds = {
    on: "a true/false value",
    "1:30": "a number",
    "2024-01-01": "a date",
    '!!int "3"': "a number",
  };
  for (const [value, kind] of Object.entries(kinds)) {
    assertEquals(await on(`general_settings:\n  master_key: ${value}`), [
      `3: master_key is ${kind} where LiteLLM needs text -> put quotes around it`,
    ]);
  }
  for (const value of ["12e5", "y", '"on"', "!!str 5"]) {
    assertEquals(await on(`general_settings:\n  master_key: ${value}`), []);
  }
});

Deno.test("a routing_strategy that no LiteLLM knows stops it", async () => {
  assertEquals(await on("router_settings:\n  routing_strategy: nosuch"), [
    "3: LiteLLM does not know this routing_strategy -> write one of " +
    "simple-shuffle, least-busy, latency-based-routing, cost-based-routing, " +
    "usage-based-routing-v2, usage-based-routing, provider-budget-routing, lar1",
  ]);
  for (const value of ["least-busy", "", "os.environ/STRATEGY", "lar1"]) {
    const text = `router_settings:\n  routing_strategy: ${value}`;
    assertEquals(await on(text), [], value);
  }
});

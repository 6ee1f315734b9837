import { join } from "@std/path/join";
import { assertEquals } from "../support/assert.ts";
import {
  candidatesNextTo,
  CONFIG_NAMES,
  configCandidates,
  DEFAULT_CONFIG,
  folderAbove,
} from "../../lib/files/paths.ts";

/** As this system writes them. */
const paths = (...all: string[]): string[] => all.map((path) => join(path));

function candidates(configPath: string, workingDir: string): string[] {
  const around = { programDir: join("/prog"), workingDir: () => workingDir };
  return candidatesNextTo(".env", configPath, around);
}

Deno.test("configCandidates() tries the usual names, then next to the program and above it", () => {
  assertEquals(CONFIG_NAMES[0], DEFAULT_CONFIG);
  assertEquals(
    configCandidates({ named: undefined, programDir: "/a/bin" }),
    paths(
      "config.yaml",
      "config.yml",
      "litellm_config.yaml",
      "litellm-config.yaml",
      "litellm.yaml",
      "proxy_config.yaml",
      "litellm/config.yaml",
      "config/litellm.yaml",
      "configs/litellm.yaml",
      "config/litellm_config.yaml",
      "/a/bin/config.yaml",
      "/a/config.yaml",
    ),
  );
  assertEquals(configCandidates({ named: "x", programDir: "/a" }), ["x"]);
});

Deno.test("candidatesNextTo() looks next to the config, then next to the program", () => {
  assertEquals(candidates("config.yaml", "/p"), paths(".env", "/prog/.env"));
  assertEquals(
    candidates("/p/llm/config.yaml", "/"),
    paths("/p/llm/.env", "/prog/.env"),
  );
});

Deno.test("candidatesNextTo() looks in the folder above config and configs, too", () => {
  const above = [
    ["config/litellm.yaml", "/p", "config/.env", ".env"],
    ["./Configs/litellm.yaml", "/p", "Configs/.env", ".env"],
    ["/p/CONFIG/x.yaml", "/", "/p/CONFIG/.env", "/p/.env"],
    ["litellm.yaml", "/p/config", ".env", "../.env"],
    ["./litellm.yaml", "/p/configs/", ".env", "../.env"],
    ["../litellm.yaml", "/p/config/sub", "../.env", "../../.env"],
    ["../config/litellm.yaml", "/p/config", "../config/.env", "../.env"],
  ] as const;
  for (const [config, workingDir, ...expected] of above) {
    const all = paths(...expected, "/prog/.env");
    assertEquals(candidates(config, workingDir), all, config);
  }
});

Deno.test("candidatesNextTo() looks above no folder that is not named so", () => {
  const elsewhere = [
    ["conf/litellm.yaml", "/p", "conf/.env"],
    ["my-config/litellm.yaml", "/p", "my-config/.env"],
    ["config/litellm/main.yaml", "/p", "config/litellm/.env"],
    ["config/../litellm.yaml", "/p", ".env"],
    ["litellm.yaml", "/p/config/sub", ".env"],
  ] as const;
  for (const [config, workingDir, expected] of elsewhere) {
    const all = paths(expected, "/prog/.env");
    assertEquals(candidates(config, workingDir), all, config);
  }
});

Deno.test("candidatesNextTo() names a file once, whichever way leads to it", () => {
  assertEquals(candidates("config.yaml", "/prog"), paths(".env"));
  assertEquals(
    candidates("config/litellm.yaml", "/prog"),
    paths("config/.env", ".env"),
  );
});

Deno.test("folderAbove() is the folder above config or configs, or none", () => {
  assertEquals(folderAbove("litellm.yaml", () => "/p/config"), "..");
  assertEquals(folderAbove("config/litellm.yaml", () => "/p"), ".");
  assertEquals(folderAbove("litellm.yaml", () => "/p"), undefined);
});

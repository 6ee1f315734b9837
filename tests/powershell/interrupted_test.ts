/**
 * Ctrl+C while `start-proxy.ps1` runs, pressed at a terminal: whatever it
 * stops, the environment is as before and nothing is started afterwards. (A
 * real Windows has no terminal that a test could type at; Wine has.)
 *
 * @module
 */
import { assertEquals } from "../support/assert.ts";
import { onWindows } from "../support/program.ts";
import { setStage, type StageOptions } from "../support/powershell/stage.ts";
import {
  keyboardTest,
  openSession,
} from "../support/powershell/typed_session.ts";

const key = "$env:T_KEY = 'of the script'\n";

interface Moment {
  readonly name: string;
  readonly shows: string;
  readonly stage: StageOptions;
  /** The last program that has been started by then. */
  readonly started?: "discover" | "litellm";
}

const moments: readonly Moment[] = [
  {
    name: "while set-env.ps1 runs",
    shows: "loading keys",
    stage: {
      files: {
        "set-env.ps1":
          `${key}Write-Host "loading $('keys')"\nStart-Sleep -Seconds 60`,
      },
    },
  },
  {
    name: "while set-env.ps1 asks",
    shows: "The key:",
    stage: {
      files: { "set-env.ps1": `${key}$env:T_B = Read-Host "The $('key')"` },
    },
  },
  {
    name: "while a program of set-env.ps1 runs",
    shows: "loading keys",
    stage: {
      files: {
        "set-env.ps1": `${key}Write-Host "loading $('keys')"\n` +
          (onWindows ? "ping -n 60 127.0.0.1" : "/bin/sleep 60"),
      },
    },
  },
  {
    name: "while discover runs",
    shows: "asking providers",
    stage: {
      files: { "set-env.ps1": key },
      discover: { prints: "asking providers", waitsSeconds: 60 },
    },
    started: "discover",
  },
  {
    name: "while LiteLLM runs",
    shows: "the proxy runs",
    stage: {
      files: { "set-env.ps1": key },
      litellm: { prints: "the proxy runs", waitsSeconds: 60 },
    },
    started: "litellm",
  },
];

for (const { name, shows, stage: options, started } of moments) {
  keyboardTest(
    `Ctrl+C ${name} puts the environment back and starts nothing`,
    async () => {
      await using stage = await setStage(options);
      await using session = await openSession({ stage });
      await session.start();
      await session.shows(shows);
      await session.interrupt();
      const { leftBehind, stdout } = await session.end();
      const variables = leftBehind.filter((what) => what.startsWith("env:"));
      assertEquals(variables, [], stdout);
      const discover = await stage.recorded("discover");
      const litellm = await stage.recorded("litellm");
      assertEquals(discover !== undefined, started !== undefined);
      assertEquals(litellm !== undefined, started === "litellm");
    },
  );
}

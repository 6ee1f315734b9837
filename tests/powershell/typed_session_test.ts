import {
  assert,
  assertEquals,
  assertStringIncludes,
} from "../support/assert.ts";
import { setStage } from "../support/powershell/stage.ts";
import {
  keyboardTest,
  openSession,
} from "../support/powershell/typed_session.ts";

keyboardTest("Ctrl+C while litellm runs gives the prompt back", async () => {
  await using stage = await setStage({
    litellm: { prints: "the proxy runs", waitsSeconds: 60 },
  });
  await using session = await openSession({ stage });
  await session.start();
  await session.shows("the proxy runs");
  await session.interrupt();
  const { code, stdout } = await session.end();
  assert([130, -1073741510].includes(code), `${code}`);
  assertStringIncludes(stdout, "the proxy runs");
});

keyboardTest("set-env.ps1 can ask for a key at the keyboard", async () => {
  await using stage = await setStage({
    files: { "set-env.ps1": "$env:XAI_API_KEY = Read-Host 'Your key'\n" },
  });
  await using session = await openSession({ stage });
  await session.start();
  await session.shows("Your key");
  await session.press("typed-1\r");
  const { code, leftBehind } = await session.end();
  assertEquals(code, 0);
  assertEquals(leftBehind, []);
  const discover = await stage.recorded("discover");
  assertEquals(discover?.env.XAI_API_KEY, "typed-1");
});

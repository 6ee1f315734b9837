import {
  describeFailure,
  describeWithSaid,
} from "../../lib/fetch/failure_words.ts";
import type { AnswerFailure } from "../../lib/fetch/outcome.ts";
import { assertEquals } from "../support/assert.ts";

const HOST = "api.x.ai:443";
const PROXY = "proxy.example:3128";

/** Failures, and the words for them. */
const FAILURES: readonly (readonly [AnswerFailure, string])[] = [
  [
    { reason: "connection", state: "refused", host: "127.0.0.1:8000" },
    "cannot connect to 127.0.0.1:8000 (refused)",
  ],
  [{ reason: "connection" }, "cannot connect to api.x.ai:443"],
  [
    { reason: "connection", state: "reset", proxy: PROXY },
    "cannot connect to api.x.ai:443 (reset), through the proxy " + PROXY,
  ],
  [{ reason: "dns" }, "cannot resolve api.x.ai"],
  [
    { reason: "tls", state: "unknown issuer" },
    "TLS certificate of api.x.ai not accepted (unknown issuer)",
  ],
  [
    { reason: "proxy", state: "refused", proxy: PROXY },
    "cannot connect to the proxy proxy.example:3128 (refused)",
  ],
  [
    { reason: "proxy", state: "no tunnel", status: 407, proxy: PROXY },
    "the proxy proxy.example:3128 refused the connection to api.x.ai:443 " +
    "(HTTP 407)",
  ],
  [{ reason: "timeout" }, "timed out after 2 s"],
  [
    { reason: "timeout", proxy: PROXY },
    "timed out after 2 s, through the proxy proxy.example:3128",
  ],
  [{ reason: "not-found", status: 404 }, "HTTP 404 from api.x.ai"],
  [{ reason: "key-blocked", state: "blocked" }, "API key is blocked"],
  [
    { reason: "key-blocked", state: "disabled", status: 403 },
    "API key is disabled (HTTP 403)",
  ],
  [
    { reason: "key-blocked", state: "team blocked" },
    "the team of the API key is blocked",
  ],
  [
    { reason: "forbidden", state: "for chat" },
    "API key has no permission for chat",
  ],
  [
    { reason: "forbidden", state: "for any listed model" },
    "API key has no permission for any listed model",
  ],
  [
    { reason: "status", status: 500, host: "127.0.0.1:8000" },
    "HTTP 500 from 127.0.0.1:8000",
  ],
];

for (const [failure, words] of FAILURES) {
  Deno.test(`describeFailure() says "${words}"`, () => {
    assertEquals(describeFailure({ host: HOST, ...failure }, 2000), words);
  });
}

Deno.test("describeWithSaid() adds the provider's own sentence in quotes", () => {
  const failure = { reason: "forbidden", status: 403, said: "No." } as const;
  assertEquals(
    describeWithSaid(failure, 2000),
    'API key lacks a permission (HTTP 403): "No."',
  );
});

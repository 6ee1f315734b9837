/**
 * What an answer of an error means: bodies as the providers really send them.
 *
 * @module
 */

import { readAnswer } from "../../lib/fetch/answer.ts";
import { describeWithSaid } from "../../lib/fetch/failure_words.ts";
import { type AnswerFailure, FetchError } from "../../lib/fetch/outcome.ts";
import { PROVIDERS } from "../../lib/providers/table.ts";
import { assert, assertEquals } from "../support/assert.ts";

async function failureOf(
  id: string,
  status: number,
  body: object | string,
): Promise<AnswerFailure> {
  const provider = PROVIDERS.find((one) => one.id === id);
  assert(provider, id);
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const response = new Response(text, { status });
  try {
    await readAnswer({ provider }, response, () => {});
  } catch (error) {
    assert(error instanceof FetchError);
    return error.failure;
  }
  throw new Error("answered");
}

const QUOTA = "You exceeded your current quota, please check your plan and " +
  "billing details.";

/** Accounts without money. */
const UNPAID: readonly (readonly [string, number, object])[] = [
  ["openrouter", 402, {
    error: { message: "Insufficient credits", code: 402 },
  }],
  ["deepseek", 402, { error: { message: "Insufficient Balance" } }],
  [
    "xai",
    403,
    {
      code: "The caller does not have permission",
      error:
        "Your newly created team doesn't have any credits or licenses yet.",
    },
  ],
  [
    "anthropic",
    400,
    {
      type: "error",
      error: {
        type: "invalid_request_error",
        message: "Your credit balance is too low to access the Anthropic API.",
      },
    },
  ],
  [
    "openai",
    429,
    { error: { message: QUOTA, type: "insufficient_quota", code: null } },
  ],
  ["openai", 429, { error: { message: QUOTA } }],
  [
    "openai",
    403,
    {
      error: {
        message: "Your account is not active, exceeded current quota",
        type: "exceeded_current_quota_error",
      },
    },
  ],
];

for (const [id, status, body] of UNPAID) {
  Deno.test(`readAnswer() tells ${id}'s missing money (HTTP ${status}): ${JSON.stringify(body).slice(0, 40)}`, async () => {
    const { reason } = await failureOf(id, status, body);
    assertEquals(reason, "no-credits");
  });
}

/** Limits that go away by themselves. */
const LIMITED: readonly (readonly [string, object])[] = [
  ["gemini", { error: { message: QUOTA, status: "RESOURCE_EXHAUSTED" } }],
  [
    "openrouter",
    {
      error: {
        message: "Rate limit exceeded: free-models-per-day. Add 10 credits " +
          "to unlock 1000 free model requests per day",
      },
    },
  ],
  ["openai", { error: { message: "Rate limit reached", code: "rate_limit" } }],
];

for (const [id, body] of LIMITED) {
  Deno.test(`readAnswer() takes ${id}'s rate limit for no missing money`, async () => {
    const { reason } = await failureOf(id, 429, body);
    assertEquals(reason, "rate-limited");
  });
}

function page(title: string): string {
  return `<!DOCTYPE html>\n<html><head><title>${title}</title></head></html>`;
}

/** Pages with each status: whose they are decides. */
const PAGES: readonly (readonly [number, AnswerFailure["reason"], string])[] = [
  [200, "web-page", 'a web page answers for x.example (HTTP 200): "No"'],
  [403, "web-page", 'a web page answers for x.example (HTTP 403): "No"'],
  [511, "web-page", 'a web page answers for x.example (HTTP 511): "No"'],
  [401, "wrong-key", 'API key rejected (HTTP 401): "No"'],
  [404, "not-found", 'HTTP 404 from x.example: "No"'],
  [429, "rate-limited", 'rate limit exceeded (HTTP 429): "No"'],
  [502, "status", 'HTTP 502 from x.example: "No"'],
];

for (const [status, reason, words] of PAGES) {
  Deno.test(`readAnswer() makes "${reason}" of a web page with HTTP ${status}`, async () => {
    const failure = await failureOf("xai", status, page("No"));
    assertEquals(failure.reason, reason);
    const whole = { ...failure, host: "x.example:443" };
    assertEquals(describeWithSaid(whole, 2000), words);
  });
}

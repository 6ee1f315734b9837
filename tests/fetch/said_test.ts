import fc from "fast-check";
import { isWebPage, MAX_SAID, saidIn } from "../../lib/fetch/said.ts";
import { Secret } from "../../lib/text/secret.ts";
import { assert, assertEquals } from "../support/assert.ts";

const KEY = "5ecre7-key-that-must-stay-here";

function said(body: unknown, key = KEY): string | undefined {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return saidIn(text, new Secret(key));
}

/** The forms in which servers send errors, all with the same sentence. */
const FORMS: Readonly<Record<string, unknown>> = {
  "OpenAI": { error: { message: "No.", type: "x", param: null, code: "y" } },
  "Anthropic": { type: "error", error: { type: "x", message: "No." } },
  "Gemini": { error: { code: 400, message: "No.", status: "X" } },
  "Gemini, in a list": [{ error: { code: 400, message: "No." } }],
  "xAI": { code: "Some permission is missing", error: "No." },
  "Cohere": { id: "4f1", message: "No." },
  "Mistral": { object: "error", message: { detail: [{ msg: "No." }] } },
  "FastAPI": { detail: "No." },
  "FastAPI, a wrong request": { detail: [{ loc: ["x"], msg: "No." }] },
  "Cloudflare": { success: false, errors: [{ code: 7003, message: "No." }] },
  "a proxy of OpenRouter": { error: { error: { message: "No." }, code: 402 } },
  "NestJS": { statusCode: 404, message: "No.", error: "Not Found" },
  "a JSON text": '"No."',
  "plain text": "No.\n",
};

for (const [name, body] of Object.entries(FORMS)) {
  Deno.test(`saidIn() finds the sentence in the form of ${name}`, () => {
    assertEquals(said(body), "No.");
  });
}

Deno.test("saidIn() finds nothing where nothing is said to people", () => {
  const silent = [
    ...["", " ", "{", "[]", "{}", "null", "17", "\0\u0001", "<xml/>"],
    ...[{ error: {} }, { error: null, code: 7 }, { message: 7 }, [[[]]]],
    ...["x".repeat(3000), { error: { message: " \n " } }],
  ];
  for (const body of silent) {
    assertEquals(said(body), undefined, JSON.stringify(body));
  }
});

Deno.test("saidIn() takes a page's title, or its heading", () => {
  const title = "<!DOCTYPE html><html><title>\n Access &amp; denied\n</title>";
  assertEquals(said(title), "Access & denied");
  assertEquals(
    said("<html><h1 class=x>502 Bad Gateway</h1>"),
    "502 Bad Gateway",
  );
  assertEquals(said("<html><title>a &#x1b;[2J &#8238;b</title>"), "a ?[2J ?b");
  assertEquals(said(`<html><title>${KEY} is bad</title>`), "[key] is bad");
});

Deno.test("isWebPage() knows a page by its beginning", () => {
  const pages = [
    "<!doctype html>",
    "\uFEFF \n<!DOCTYPE HTML PUBLIC",
    "<html lang=en>",
    "<!-- a filter --> <!-- 17 --><html>",
    '<?xml version="1.0"?><!DOCTYPE html PUBLIC',
  ];
  for (const page of pages) assert(isWebPage(page), page);
  const others = [
    '{"a": "<html>"}',
    "<Error><Code>",
    "",
    "<h1>x</h1>",
    "<htmlx",
  ];
  for (const other of others) assert(!isWebPage(other), other);
});

Deno.test("saidIn() folds blanks and takes the power from escape sequences", () => {
  const message = "one\r\n\ttwo \x1b[31mred\x07 \u202ereversed\u2028 three";
  assertEquals(
    said({ message }),
    "one two ?[31mred? ?reversed three",
  );
});

Deno.test("saidIn() cuts a long sentence at a blank", () => {
  const message = "word ".repeat(100);
  const text = said({ message }) ?? "";
  assert(text.length <= MAX_SAID && text.endsWith("word ..."), text);
  const wide = said({ message: "\u{1f980}".repeat(300) }) ?? "";
  assertEquals([...wide].length, MAX_SAID);
});

/** Real sentences, and what is left of them. */
const SENTENCES: readonly (readonly [string, string])[] = [
  [
    "Incorrect API key provided: sk-4sJHr******************w8ZP. You can find " +
    "your API key at https://platform.openai.com/account/api-keys.",
    "Incorrect API key provided: [key] You can find your API key at " +
    "https://platform.openai.com/account/api-keys.",
  ],
  [
    "Your newly created team doesn't have any credits or licenses yet. You " +
    "can purchase those on " +
    "https://console.x.ai/team/481c7584-ab46-4974-b86b-a4978384e229.",
    "Your newly created team doesn't have any credits or licenses yet. You " +
    "can purchase those on https://console.x.ai/[key]",
  ],
  [
    "Insufficient credits. Add more using https://openrouter.ai/settings/credits",
    "Insufficient credits. Add more using https://openrouter.ai/settings/credits",
  ],
  [
    "Authentication Error, Invalid proxy server token passed. Received API " +
    "Key = sk-...hkn9, Key Hash (Token) =88dc28d0f030c55ed4ab77ed8faf0981",
    "Authentication Error, Invalid proxy server token passed. Received API " +
    "Key = [key] Key Hash (Token) [key]",
  ],
];

for (const [sentence, left] of SENTENCES) {
  Deno.test(`saidIn() makes "${sentence.slice(0, 30)}..." fit to be shown`, () => {
    assertEquals(said({ error: { message: sentence } }), left);
  });
}

Deno.test("saidIn() masks nothing in plain words for a key that is a placeholder", () => {
  const message = "The model is not loaded";
  for (const key of ["x", "abc", "none"]) {
    assertEquals(said({ message }, key), message);
  }
});

/** Printable ASCII, as a header can carry it. */
const KEYS = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9_-]{6,60}$/),
  fc.stringMatching(/^(?:sk-|xai-|AIza|gsk_)[A-Za-z0-9]{20,40}$/),
  fc.stringMatching(/^[!-~]{6,40}$/).filter((key) => !/\[key|\.{3}/.test(key)),
);

/** A text around pieces of the key, in the spellings of a careless server. */
function echoOf(key: string): fc.Arbitrary<string> {
  const piece = fc.tuple(fc.nat(key.length), fc.nat(key.length))
    .map(([a, b]) => key.slice(Math.min(a, b), Math.max(a, b)));
  const spelling = fc.tuple(
    fc.oneof(fc.constant(key), piece),
    fc.constantFrom(
      (text: string) => text,
      (text: string) => text.toUpperCase(),
      (text: string) => encodeURIComponent(text),
      (text: string) => btoa(text),
      (text: string) => [...text].join(" "),
      (text: string) => `"${text}",`,
    ),
  ).map(([text, spell]) => spell(text));
  const noise = fc.oneof(
    fc.string({ unit: "binary", maxLength: 20 }),
    fc.constantFrom(" ", "\n", "\x1b[2K", "\u202e", "***", "key=", ": "),
  );
  return fc.array(fc.oneof(spelling, noise), { maxLength: 12 })
    .map((parts) => parts.join(""));
}

/** Every form of answer in which the sentence may come. */
function bodiesOf(sentence: string): string[] {
  return [
    JSON.stringify({ error: { message: sentence } }),
    JSON.stringify([{ error: sentence }]),
    JSON.stringify({ detail: [{ msg: sentence }] }),
    `<html><title>${sentence}</title>`,
    sentence,
  ];
}

Deno.test("saidIn() never gives six characters of the key away, nor moves a cursor", () => {
  const cases = KEYS.chain((key) => fc.tuple(fc.constant(key), echoOf(key)));
  fc.assert(
    fc.property(cases, ([key, sentence]) => {
      for (const body of bodiesOf(sentence)) {
        const text = saidIn(body, new Secret(key)) ?? "";
        const lower = text.toLowerCase();
        for (let at = 0; at + 6 <= key.length; at++) {
          const part = key.slice(at, at + 6).toLowerCase();
          assert(!lower.includes(part), `${JSON.stringify(part)} in ${text}`);
        }
        assert(!/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(text), text);
        assert([...text].length <= MAX_SAID, `${text.length}`);
      }
    }),
    { numRuns: 500 },
  );
});

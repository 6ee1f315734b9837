import fc from "fast-check";
import { MAX_SAID, saidIn } from "../../lib/fetch/said.ts";
import { isWebPage } from "../../lib/fetch/json_body.ts";
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
    "can purchase those on https://console.x.ai/[hidden]",
  ],
  [
    "Insufficient credits. Add more using https://openrouter.ai/settings/credits",
    "Insufficient credits. Add more using https://openrouter.ai/settings/credits",
  ],
  [
    "Authentication Error, Invalid proxy server token passed. Received API " +
    "Key = sk-...hkn9, Key Hash (Token) =88dc28d0f030c55ed4ab77ed8faf0981",
    "Authentication Error, Invalid proxy server token passed. Received API " +
    "Key = [key] Key Hash (Token) [hidden]",
  ],
];

for (const [sentence, left] of SENTENCES) {
  Deno.test(`saidIn() makes "${sentence.slice(0, 30)}..." fit to be shown`, () => {
    assertEquals(said({ error: { message: sentence } }), left);
  });
}

Deno.test("saidIn() says which words hold the key, and which only look like one", () => {
  const message = `No access for ${KEY} in proj_AbC123xYz456DefGhi ` +
    "(req_011CSHoEeqs5C35K2UUqR7Fy)";
  assertEquals(said({ message }), "No access for [key] in [hidden]");
  assertEquals(said({ message: "proj_AbC123xYz456DefGhi" }), undefined);
});

Deno.test("saidIn() leaves two marks on a letter and no more", () => {
  const marks = "\u0301\u0302\u0303\u0304".repeat(20);
  assertEquals(said({ message: `a${marks} b` }), "a\u0301\u0302 b");
});

Deno.test("saidIn() reads the entities of a JSON text as a browser does", () => {
  assertEquals(
    said({ message: "Access &amp; quota&#33; &#x1b;x" }),
    "Access & quota! ?x",
  );
  const entities = [...KEY].map((one) => `&#${one.charCodeAt(0)};`).join("");
  assertEquals(said({ message: `Bad: ${entities}.` }), "Bad: [key]");
  assertEquals(
    said({ message: `Bad: ${entities.replaceAll(";", "")}` }),
    "Bad: [key]",
  );
});

Deno.test("saidIn() masks nothing in plain words for a key that is a placeholder", () => {
  const message = "The model is not loaded, so no need to ask";
  for (const key of ["x", "abc", "none"]) {
    assertEquals(said({ message }, key), message);
  }
});

/** Printable ASCII, as a header can carry it. */
const KEYS = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9_-]{6,60}$/),
  fc.stringMatching(/^(?:sk-|xai-|AIza|gsk_)[A-Za-z0-9]{20,40}$/),
  fc.stringMatching(/^[!-~]{6,40}$/).filter((key) =>
    !/\[key|\[hid|\.{3}/.test(key)
  ),
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

const LONG_KEY = "xai-Ab12Cd34Ef56Gh78Ij90Kl12Mn34Op56";

/** The key in pieces too short to be known one by one. */
const PIECES: Readonly<Record<string, string>> = {
  blanks: LONG_KEY.replaceAll(/.{5}/g, "$& "),
  "line breaks": LONG_KEY.replaceAll(/.{4}/g, "$&\n"),
  "hard blanks": LONG_KEY.replaceAll(/.{5}/g, "$&\u00a0"),
  asterisks: LONG_KEY.replaceAll(/.{4}/g, "$& * "),
  markup: LONG_KEY.replaceAll(/.{5}/g, "$&<span class=x>"),
  "markup with words": LONG_KEY.replaceAll(/.{5}/g, '$&<i title="a b">'),
  entities: [...LONG_KEY].map((one) => `&#${one.charCodeAt(0)};`).join(""),
  "entities and blanks": [...LONG_KEY].map((one) => `&#${one.charCodeAt(0)}; `)
    .join(""),
};

for (const [between, pieces] of Object.entries(PIECES)) {
  Deno.test(`saidIn() shows no key that is cut up by ${between}`, () => {
    for (const body of bodiesOf(`Bad key ${pieces} sent`)) {
      const text = saidIn(body, new Secret(LONG_KEY)) ?? "";
      const left = text.toLowerCase().replaceAll(/<[^>]*>|[^a-z0-9]/g, "");
      const key = LONG_KEY.toLowerCase().replace("-", "");
      for (let at = 0; at + 8 <= key.length; at++) {
        assert(!left.includes(key.slice(at, at + 8)), text);
      }
    }
  });
}

Deno.test("saidIn() has the sentences of other scripts", () => {
  const message = "您的账户余额不足，请前往控制台充值后再继续使用本服务，谢谢";
  assertEquals(said({ error: { message } }), message);
});

Deno.test("saidIn() says of an id that it is hidden, not that it is the key", () => {
  const message = "Request req_011CSHoEeqs5C35K2UUqR7Fy failed";
  assertEquals(said({ message }), "Request [hidden] failed");
});

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

/** Whether eight letters and digits of the key are in the text, in a row. */
function spells(text: string, key: string): boolean {
  const bare = (some: string): string =>
    some.toLowerCase().replaceAll(/\[(?:key|hidden)\]|[^a-z0-9]/g, "");
  const all = bare(key);
  return [text, text.replaceAll(/<[^<>]*>/g, "")].map(bare).some((shown) =>
    Array.from({ length: Math.max(0, all.length - 7) }, (_, at) => at)
      .some((at) => shown.includes(all.slice(at, at + 8)))
  );
}

Deno.test("saidIn() never leaves eight characters of the key, however it is cut", () => {
  const separator = fc.constantFrom(
    ...[
      " ",
      "\n",
      "\t\t",
      "\u00a0",
      "\u200b",
      " \u2060 ",
      "\u0301",
      "-",
      " * ",
    ],
    ...[", ", "'+'", "<b>", "</i> <i>", "<span class=x>", "<br/>\n", "&nbsp;"],
    ...[
      "&#32;",
      "&#x200b",
      "&amp;#160;",
      "%20",
      "\\u0020",
      " &shy; ",
      " | ",
      "...",
    ],
  );
  const spelling = fc.constantFrom(
    (text: string) => text,
    (text: string) => text.toUpperCase(),
    (text: string) =>
      [...text].map((one) => `&#${one.charCodeAt(0)};`).join(""),
    (text: string) =>
      [...text].map((one) => `%${one.charCodeAt(0).toString(16)}`).join(""),
  );
  const cuts = KEYS.chain((key) => {
    const size = fc.integer({ min: 1, max: 7 });
    const piece = fc.tuple(size, separator, spelling);
    return fc.tuple(
      fc.constant(key),
      fc.array(piece, { minLength: key.length, maxLength: key.length }),
    );
  });
  const law = fc.property(cuts, ([key, pieces]) => {
    let rest = key;
    let sentence = "Your key ";
    for (const [size, between, spell] of pieces) {
      sentence += spell(rest.slice(0, size)) + between;
      rest = rest.slice(size);
    }
    for (const body of bodiesOf(`${sentence} is wrong`)) {
      const text = saidIn(body, new Secret(key)) ?? "";
      assert(!spells(text, key), `${key}: ${text}`);
    }
  });
  fc.assert(law, { numRuns: 1000 });
});

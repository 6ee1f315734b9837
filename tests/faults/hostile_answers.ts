/**
 * Answers of a provider that means harm, and what a run must make of each:
 * keep the earlier section, or take what is good in it.
 *
 * @module
 */

import type { Behaviour, Script } from "../support/stand_in.ts";
import { gzip } from "./gzip.ts";
import type { Pieces } from "./stream_server.ts";

/** One kind of harm. */
export interface HostileAnswer {
  readonly name: string;
  /** `kept`: the earlier section stays; `taken`: grok-4.6 replaces it. */
  readonly end: "kept" | "taken";
  readonly answer:
    | { readonly kind: "behaviour"; readonly does: Behaviour | Script }
    | {
      readonly kind: "stream";
      readonly pieces: Pieces;
      readonly pauseMs?: number;
    };
}

const HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
const GOOD = '{"id": "grok-4.6", "object": "model"}';
const MEGABYTE = "x".repeat(2 ** 20);

function text(
  name: string,
  body: string,
  end: HostileAnswer["end"] = "kept",
): HostileAnswer {
  const does = { kind: "status", status: 200, body } as const;
  return { name, end, answer: { kind: "behaviour", does } };
}

function rows(name: string, ...extra: string[]): HostileAnswer {
  return text(name, `{"data": [${[...extra, GOOD].join(",")}]}`, "taken");
}

function raw(name: string, bytes: string | Uint8Array): HostileAnswer {
  const does = { kind: "raw", bytes } as const;
  return { name, end: "kept", answer: { kind: "behaviour", does } };
}

function stream(name: string, pieces: Pieces, pauseMs = 0): HostileAnswer {
  return { name, end: "kept", answer: { kind: "stream", pieces, pauseMs } };
}

function redirect(name: string, location: string): HostileAnswer {
  const headers = { location };
  const does = { kind: "status", status: 302, headers } as const;
  return { name, end: "kept", answer: { kind: "behaviour", does } };
}

/** All of them; `elsewhere` is a host that no key may reach. */
export async function hostileAnswers(
  elsewhere: string,
): Promise<HostileAnswer[]> {
  const bomb = await gzip(`{"data": [], "x": "${MEGABYTE.repeat(256)}"}`);
  const zipped = `${HEAD}Content-Encoding: gzip\r\n` +
    `Content-Length: ${bomb.length}\r\n\r\n`;
  return [
    stream(
      "endless headers",
      (n) => n === 0 ? HEAD : `X-${n}: ${"y".repeat(1000)}\r\n`,
    ),
    stream("one endless header", (n) => n === 0 ? `${HEAD}X-Y: ` : MEGABYTE),
    stream("endless body", (n) => n === 0 ? `${HEAD}\r\n{"x": "` : MEGABYTE),
    stream(
      "endless chunks",
      (n) =>
        n === 0
          ? `${HEAD}Transfer-Encoding: chunked\r\n\r\n`
          : `100000\r\n${MEGABYTE}\r\n`,
    ),
    stream("one byte a second", (n) => n === 0 ? `${HEAD}\r\n` : " ", 1000),
    stream("a status line, a byte at a time", (n) => HEAD[n] ?? "x", 100),
    stream(
      "endless good news first",
      (n) => n === 0 ? "" : "HTTP/1.1 103 Early Hints\r\n\r\n",
    ),
    raw("a gzip bomb of 256 MiB", join(zipped, bomb)),
    raw("gzip that is none", `${HEAD}Content-Encoding: gzip\r\n\r\n{}`),
    raw("chunks without sense", `${HEAD}Transfer-Encoding: chunked\r\n\r\nzz`),
    raw(
      "a chunk of nearly 2^64 bytes",
      `${HEAD}Transfer-Encoding: chunked\r\n\r\nfffffffffffffff0\r\n{}`,
    ),
    raw("too long a length", `${HEAD}Content-Length: 9999999\r\n\r\n{}`),
    raw("a length below zero", `${HEAD}Content-Length: -1\r\n\r\n{}`),
    raw("too short a length", `${HEAD}Content-Length: 5\r\n\r\n{"data": []}`),
    raw(
      "two lengths",
      `${HEAD}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`,
    ),
    raw("no HTTP", "\u0000\u0001\u0002 nonsense\r\n\r\n"),
    raw("nothing", ""),
    redirect("a redirect to another host", `${elsewhere}/v1/models`),
    redirect("a redirect to a file", "file:///etc/passwd"),
    redirect("a redirect without sense", "http://[::bad"),
    text("JSON nested 100,000 deep", "[".repeat(1e5) + "]".repeat(1e5)),
    text("JSON nested 100,000 deep in rows", `{"data": ${"[".repeat(1e5)}`),
    text("null", "null"),
    text("a list", "[]"),
    text("a text", '"data"'),
    text("an empty list", '{"data": []}'),
    text("rows that are no objects", '{"data": [1, null, "x", [], true]}'),
    text("a huge body", `{"data": [], "x": "${MEGABYTE.repeat(9)}"}`),
    text("bytes that are no UTF-8 text", "\u0000\u0001"),
    rows("numbers out of range", numbers("1e999"), numbers("-1")),
    rows("more numbers", numbers("9007199254740993"), numbers("0.5")),
    rows("lone surrogates", '{"id": "grok-\\ud800"}', '{"id": "\\udfff"}'),
    rows("duplicate keys", '{"id": "\\u001b[2J", "id": "grok-4.6"}'),
    rows("names of JavaScript", ...scripts),
    rows("ids that want out of their scalar", ...escapes),
    rows("100,000 rows", ...Array.from({ length: 1e5 }, () => '{"id": ""}')),
    rows("an id of a megabyte", `{"id": "grok-${MEGABYTE}"}`),
  ];
}

const numbers = (value: string): string =>
  `{"id": "grok-4.6", "created": ${value}, "context_length": ${value}}`;

const scripts: readonly string[] = [
  '{"__proto__": {"id": "grok-9"}}',
  '{"id": "constructor", "constructor": {"id": 1}}',
  '{"id": "__proto__"}',
  '{"id": {"toString": 1}}',
];

const escapes: readonly string[] = [
  '{"id": "grok-9\\"\\n  - model_name: evil"}',
  '{"id": "grok-9\\n# <<< discover: auto-discovered models <<<"}',
  '{"id": "grok-\\u001b[31m\\u0007"}',
  '{"id": "grok-\\u202e\\u2028"}',
  '{"id": "grok-9 # x"}',
  '{"id": "grok-*"}',
];

/** Gemini's list whose next page is always itself. */
export const ENDLESS_PAGES: Behaviour = {
  kind: "answers",
  body: {
    models: [{
      name: "models/gemini-9",
      supportedGenerationMethods: ["generateContent"],
    }],
    nextPageToken: "again",
  },
};

function join(head: string, body: Uint8Array): Uint8Array {
  const start = new TextEncoder().encode(head);
  const whole = new Uint8Array(start.length + body.length);
  whole.set(start);
  whole.set(body, start.length);
  return whole;
}

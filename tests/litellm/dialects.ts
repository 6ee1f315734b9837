/**
 * How providers answer a chat request, whole or streamed, reduced to what a
 * client cannot do without. The answer is one sentence, so that a test can see
 * who gave it. What was asked, and by whom, is no business of this file.
 *
 * @module
 */

/** What a provider is to say, and how. */
export interface Saying {
  /** The model as the request named it. */
  readonly model: string;
  readonly text: string;
  readonly isStreamed: boolean;
}

/** One provider's way to say it; the keys of {@linkcode DIALECTS} name them. */
type Dialect = (saying: Saying) => Response;

/** The dialects by the end of the path that they are asked on. */
const DIALECTS: ReadonlyMap<RegExp, Dialect> = new Map([
  [/\/chat\/completions$/, openAi],
  [/\/messages$/, anthropic],
  [/:(stream)?generateContent$/i, gemini],
]);

/** Answers a chat request in the dialect of its path. */
export function answerChat(path: string, saying: Saying): Response {
  for (const [end, dialect] of DIALECTS) {
    if (end.test(path)) return dialect(saying);
  }
  return Response.json({ error: `no chat on ${path}` }, { status: 404 });
}

/** The refusal of a provider whose limit is used up, as all of them word it. */
export function tooMany(): Response {
  const error = { type: "rate_limit_error", message: "Too many requests" };
  return Response.json({ type: "error", error }, { status: 429 });
}

function openAi({ model, text, isStreamed }: Saying): Response {
  const usage = { prompt_tokens: 3, completion_tokens: 5, total_tokens: 8 };
  const common = { id: "chat-1", created: 1_790_000_000, model };
  const said = { role: "assistant", content: text };
  if (!isStreamed) {
    const choices = [{ index: 0, message: said, finish_reason: "stop" }];
    const object = "chat.completion";
    return Response.json({ ...common, object, choices, usage });
  }
  const chunk = (delta: object, finish_reason: string | null): object => ({
    ...common,
    object: "chat.completion.chunk",
    choices: [{ index: 0, delta, finish_reason }],
  });
  const chunks = [chunk(said, null), { ...chunk({}, "stop"), usage }];
  const lines = [...chunks.map((data) => JSON.stringify(data)), "[DONE]"];
  return eventStream(lines.map((line) => `data: ${line}\n\n`));
}

function anthropic({ model, text, isStreamed }: Saying): Response {
  const message = {
    id: "msg_1",
    type: "message",
    role: "assistant",
    model,
    content: [{ type: "text", text }],
    stop_reason: "end_turn",
    stop_sequence: null,
    usage: { input_tokens: 3, output_tokens: 5 },
  };
  if (!isStreamed) return Response.json(message);
  const events = [
    {
      type: "message_start",
      message: { ...message, content: [], stop_reason: null },
    },
    {
      type: "content_block_start",
      index: 0,
      content_block: { type: "text", text: "" },
    },
    {
      type: "content_block_delta",
      index: 0,
      delta: { type: "text_delta", text },
    },
    { type: "content_block_stop", index: 0 },
    {
      type: "message_delta",
      delta: { stop_reason: "end_turn", stop_sequence: null },
      usage: { output_tokens: 5 },
    },
    { type: "message_stop" },
  ];
  return eventStream(
    events.map((event) =>
      `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`
    ),
  );
}

function gemini({ model, text, isStreamed }: Saying): Response {
  const body = {
    candidates: [{
      index: 0,
      content: { role: "model", parts: [{ text }] },
      finishReason: "STOP",
    }],
    usageMetadata: {
      promptTokenCount: 3,
      candidatesTokenCount: 5,
      totalTokenCount: 8,
    },
    modelVersion: model,
  };
  return isStreamed
    ? eventStream([`data: ${JSON.stringify(body)}\n\n`])
    : Response.json(body);
}

function eventStream(events: readonly string[]): Response {
  const headers = { "content-type": "text/event-stream" };
  return new Response(events.join(""), { headers });
}

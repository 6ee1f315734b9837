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
  [/\/responses$/, responses],
  [/:(stream)?generateContent$/i, gemini],
]);

/** Answers a chat request in the dialect of its path. */
export function answerChat(path: string, saying: Saying): Response {
  for (const [end, dialect] of DIALECTS) {
    if (end.test(path)) return dialect(saying);
  }
  return Response.json({ error: `no chat on ${path}` }, { status: 404 });
}

/** An error of a provider, in the one form that all of them understand. */
export function refusal(status: number): Response {
  const type = status === 429 ? "rate_limit_error" : "api_error";
  const error = { type, message: `Refused with ${status}` };
  return Response.json({ type: "error", error }, { status });
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
  return eventStream(events.map((event) => named(event.type, event)));
}

function responses({ model, text, isStreamed }: Saying): Response {
  const part = { type: "output_text", text, annotations: [] };
  const item = { id: "msg_1", type: "message", role: "assistant" };
  const whole = { ...item, status: "completed", content: [part] };
  const common = {
    id: "resp_1",
    object: "response",
    created_at: 1_790_000_000,
    model,
    parallel_tool_calls: true,
    tool_choice: "auto",
    tools: [],
  };
  const usage = { input_tokens: 3, output_tokens: 5, total_tokens: 8 };
  const done = { ...common, status: "completed", output: [whole], usage };
  if (!isStreamed) return Response.json(done);
  const begun = { ...common, status: "in_progress", output: [] };
  const place = { item_id: item.id, output_index: 0, content_index: 0 };
  const events = [
    { type: "response.created", response: begun },
    {
      type: "response.output_item.added",
      output_index: 0,
      item: { ...item, status: "in_progress", content: [] },
    },
    {
      type: "response.content_part.added",
      ...place,
      part: { ...part, text: "" },
    },
    { type: "response.output_text.delta", ...place, delta: text },
    { type: "response.output_text.done", ...place, text },
    { type: "response.content_part.done", ...place, part },
    { type: "response.output_item.done", output_index: 0, item: whole },
    { type: "response.completed", response: done },
  ];
  return eventStream(
    events.map((event, sequence_number) =>
      named(event.type, { ...event, sequence_number })
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

/** An event of a stream that names each by its type. */
function named(type: string, event: object): string {
  return `event: ${type}\ndata: ${JSON.stringify(event)}\n\n`;
}

function eventStream(events: readonly string[]): Response {
  const headers = { "content-type": "text/event-stream" };
  return new Response(events.join(""), { headers });
}

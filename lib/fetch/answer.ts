/**
 * An HTTP answer as JSON, or why it is none. What an error's body says is read by
 * `refusal.ts`, which is loaded for it.
 *
 * @module
 */

import {
  beginningOf,
  isWebPage,
  parseJson,
  readBeginning,
  readBytes,
} from "./json_body.ts";
import { type AnswerReason, FetchError } from "./outcome.ts";
import type { Asked } from "./refusal.ts";

/**
 * The body as JSON. Throws {@linkcode FetchError} where there is none to be had.
 * `statusSaid` gets what the status of an error alone means, since its body may
 * never come.
 */
export async function readAnswer(
  asked: Asked,
  response: Response,
  statusSaid: (error: FetchError) => void,
): Promise<unknown> {
  const { status } = response;
  if (response.ok) return await readList(asked, response);
  if (status >= 300 && status < 400) {
    throw new FetchError("redirect", { status });
  }
  const byStatus = reasonOf(asked, status);
  statusSaid(new FetchError(byStatus, { status }));
  const [body, { refusal }] = await Promise.all([
    readBeginning(response),
    import("./refusal.ts"),
  ]);
  throw refusal(asked, status, body, byStatus);
}

/** A page for browsers may come with every status, 200 among them. */
async function readList(
  asked: Asked,
  response: Response,
): Promise<unknown> {
  const bytes = await readBytes(response);
  const beginning = beginningOf(bytes);
  if (!isWebPage(beginning)) return parseJson(bytes);
  const { saying } = await import("./refusal.ts");
  throw saying(asked, "web-page", response.status, beginning);
}

/** What a status means by itself. */
function reasonOf({ provider }: Asked, status: number): AnswerReason {
  if (provider.isWrongKey(status, undefined)) return "wrong-key";
  if (status === 402) return "no-credits";
  if (status === 403) return "forbidden";
  if (status === 404) return "not-found";
  if (status === 429) return "rate-limited";
  return "status";
}

/**
 * The second request for each model, for providers whose list does not say
 * what chats. Part of `list.ts`, inside the same deadline. The queue is three
 * lines; std's pool would need declarations of its types here, which are longer.
 *
 * @module
 */

import { readJson } from "./json_body.ts";
import { FetchError } from "./outcome.ts";
import type { Detail, Model } from "../providers/provider.ts";

/** How many models are asked about at the same time. */
const AT_ONCE = 8;

/** A POST of JSON to the provider's own origin. */
export type Post = (url: URL, body: unknown) => Promise<Response>;

/**
 * The models with what their details say, without those that do not chat. One
 * whose details are refused stays as it is listed: it may be new or broken.
 */
export async function refineModels(
  models: readonly Model[],
  detail: Detail,
  base: URL,
  post: Post,
): Promise<readonly Model[]> {
  const url = detail.url(base);
  const waiting = models.entries();
  const refined: (Model | undefined)[] = [];
  const work = async (): Promise<void> => {
    for (const [at, model] of waiting) {
      const response = await post(url, detail.body(model));
      const answer = await readDetail(response);
      refined[at] = detail.refine(model, answer);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return refined.filter((model) => model !== undefined);
}

async function readDetail(response: Response): Promise<unknown> {
  if (response.ok) {
    return await readJson(response).catch((error: unknown) => {
      if (error instanceof FetchError) return undefined;
      throw error;
    });
  }
  await response.body?.cancel();
  return undefined;
}

/**
 * What the text for a client is made of, as a config would have it.
 *
 * @module
 */

import type { ClientInput } from "../../lib/clients/client_text.ts";
import { defaultModelOf, readModelList } from "../../lib/clients/model_list.ts";

/** A name with all that a text can be broken with, and a letter beyond 16 bits. */
export const ODD_NAME =
  'a "b" \\ \n\t\x07 {env:HOME} {file:x} é\u202e\u{1f600}';

/** The input for entries of these names, aliases where they have no digit. */
export function inputFor(
  names: readonly string[],
  more: Partial<ClientInput> = {},
): ClientInput {
  const items = names.map((name) => ({
    model_name: name,
    model_info: { id: /\d/.test(name) ? "x" : `discover:alias/${name}` },
  }));
  const list = readModelList({ model_list: items }, () => undefined);
  return {
    url: "http://127.0.0.1:4000",
    keyVariable: "LITELLM_MASTER_KEY",
    list,
    defaultModel: defaultModelOf(list) ?? "",
    isWindows: false,
    ...more,
  };
}

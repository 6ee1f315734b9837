/**
 * Where a provider's API lives, and whether it may: a key must not be led to
 * another host, and the compiled program reaches no other than it was built for.
 *
 * @module
 */

import { UsageError } from "../errors.ts";
import { isInOwnNetwork, isLoopback } from "../private_host.ts";
import { looksLikeKey, quoted } from "../key_look.ts";
import type { DiscoverFile } from "./discover_file.ts";
import type { KeyRing } from "../key_ring.ts";
import type { Provider } from "../provider.ts";
import { PROVIDERS } from "../providers.ts";
import type { Wish } from "./wish.ts";

/** Whether the program was built with the permission to reach `host:port`. */
export type MayReach = (host: string) => boolean;

/** What decides beside the wish itself. */
interface Surroundings {
  readonly file: DiscoverFile | undefined;
  readonly mayReach: MayReach;
}

/** A base, and how to complain about it. */
interface Named {
  readonly base: URL | null;
  /** As it was written. */
  readonly text: string;
  readonly complain: (state: string, hint: string) => UsageError;
}

/** Why no part of a base that LiteLLM is told may be one. */
export const KEY_IN_BASE =
  "the config would show it; key: in discover.yaml names the variable that holds one";

/** The provider's base. Throws {@linkcode UsageError}. */
export function baseOf(
  { provider, baseUrl }: Wish,
  keys: KeyRing,
  { file, mayReach }: Surroundings,
): URL {
  const named = fromVariable(provider, keys) ??
    fromFile(provider, baseUrl, file);
  if (!named) return new URL(provider.defaultBase);
  const { base, text, complain } = named;
  const plain = `write it as ${provider.defaultBase}`;
  if (!base || !/^https?:$/.test(base.protocol)) {
    throw complain("not a URL", plain);
  }
  if (base.username || base.password || base.search || base.hash) {
    throw complain("more than a host and a path", plain);
  }
  if (provider.isAtRoot && /\/v1\/?$/.test(base.pathname)) {
    throw complain("its API is at the root, not under /v1", plain);
  }
  if (provider.kind === "own" && looksLikeKey(text)) {
    throw complain("a part of it looks like a key", KEY_IN_BASE);
  }
  if (provider.kind === "own") checkOwn(base, named, mayReach);
  else checkHosted(base, provider, named);
  return base;
}

/** The variable is LiteLLM's own, so it wins; it means no server of the user's. */
function fromVariable(provider: Provider, keys: KeyRing): Named | undefined {
  if (!PROVIDERS.some(({ id }) => id === provider.id)) return undefined;
  const found = keys.find([provider.baseVariable]);
  if (!found) return undefined;
  const { variable, from, value } = found;
  const text = value.reveal();
  return {
    base: URL.parse(text),
    text,
    complain: (state, hint) =>
      new UsageError(`${variable} from ${from}: ${state}`, hint),
  };
}

function fromFile(
  { id }: Provider,
  base: URL | undefined,
  file: DiscoverFile | undefined,
): Named | undefined {
  if (!base || !file) return undefined;
  const at = ["providers", id, "base_url"];
  return {
    base,
    text: base.href,
    complain: (state, hint) =>
      file.fault(at, `base_url of "${id}": ${state}`, hint),
  };
}

function checkHosted(
  base: URL,
  { title, defaultBase }: Provider,
  { text, complain }: Named,
): void {
  const own = new URL(defaultBase);
  if (base.origin === own.origin || isLoopback(base.hostname)) return;
  if (base.protocol === "http:" && base.hostname === own.hostname) {
    throw complain(
      `plain http would show ${title}'s key to all on the way`,
      `write it with https, as ${defaultBase}`,
    );
  }
  throw complain(
    `the host ${
      quoted(base.host, text)
    } is not one that ${title}'s key may go to`,
    `allowed are ${own.origin} and this machine's loopback; for another host, change lib/providers.ts and build again`,
  );
}

function checkOwn(
  base: URL,
  { text, complain }: Named,
  mayReach: MayReach,
): void {
  if (isLoopback(base.hostname) || isInOwnNetwork(base.hostname)) return;
  const port = base.port || (base.protocol === "https:" ? "443" : "80");
  const host = `${base.hostname}:${port}`;
  if (mayReach(host)) return;
  throw complain(
    `this program was not built to reach the host ${quoted(host, text)}`,
    `loopback and private addresses are allowed; for this one, add ${
      quoted(host, text)
    } to permissions.discover.net in deno.json and build with: deno task compile`,
  );
}

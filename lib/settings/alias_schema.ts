/**
 * The form of what `discover.yaml` says of one alias.
 *
 * @module
 */

import * as v from "valibot";
import { MODEL_ID } from "../providers/provider.ts";
import { looksLikeKey } from "../text/key_look.ts";
import { ownEntries } from "./own_schema.ts";
import { setting, strict } from "./schema_parts.ts";
import { NAME_CHARACTERS, withHint } from "./values.ts";

const FAMILY = withHint(
  "expected a provider and a glob",
  "write it as openrouter anthropic/claude-sonnet-*",
);

const family = v.pipe(
  v.string(FAMILY),
  v.regex(/^\s*\S+\s+\S+\s*$/, FAMILY),
  v.description("A provider and a glob on its ids, with a blank between"),
);

const families = v.pipe(
  v.array(family),
  v.minLength(
    1,
    withHint("an empty list", "name a provider and a glob, or false"),
  ),
);

const aliasEntries = {
  follow: setting(
    v.union([family, families], FAMILY),
    "What it follows; a default alias may leave that out",
  ),
  ...ownEntries,
};

const ALIAS =
  "expected a provider and a glob, a list of those, settings, or false";

/** What an alias follows, settings with it, or that there is none. */
export const alias = v.union(
  [family, families, v.literal(false), strict(aliasEntries, ALIAS)],
  ALIAS,
);

const ALIAS_NAME = withHint("not a name that can be used", NAME_CHARACTERS);

/** What an alias may be called. */
export const aliasName = v.pipe(
  v.string(),
  v.regex(MODEL_ID, ALIAS_NAME),
  v.check((name) => !looksLikeKey(name), ALIAS_NAME),
);

/**
 * An empty program that says when its first line ran.
 *
 * @module
 */

import { tellMarks } from "./marks.ts";

tellMarks();
Deno.exit(0);

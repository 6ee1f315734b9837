/**
 * The very program, bundled with an import map that puts timed modules in front
 * of those of `lib/`; see `bench/timing.ts`.
 *
 * @module
 */

import "./marks.ts";
import "./fetch.ts";
import "../../main.ts";

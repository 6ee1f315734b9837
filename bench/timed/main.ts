/**
 * The very program, bundled with an import map that puts the files of this
 * folder in front of those of `lib/` that have the same name. `lib/` itself
 * knows nothing of being timed.
 *
 * @module
 */

import "./marks.ts";
import "../../main.ts";

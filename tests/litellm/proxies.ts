/**
 * The part of the proof that starts whole proxies; it runs beside the rest,
 * see `proof.ts`.
 *
 * @module
 */

import "./cold.ts";
import "./deprecations.ts";
import "./itself.ts";
import "./own_settings.ts";

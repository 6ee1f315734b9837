/**
 * The proof with a real LiteLLM, offline: the variable `DISCOVER_LITELLM` names
 * a virtual environment that has it (`.ci/setup-python` makes one). It takes
 * a minute or two, so `deno task test` leaves it out.
 *
 * @module
 */

import "./accepts.ts";
import "./base_variables.ts";
import "./by_hand.ts";
import "./cold.ts";
import "./command_line.ts";
import "./deprecations.ts";
import "./every_provider.ts";
import "./itself.ts";
import "./opencode_zen.ts";
import "./own_settings.ts";
import "./port.ts";
import "./several_makers.ts";
import "./stated_keys.ts";

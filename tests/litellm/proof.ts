/**
 * The proof with a real LiteLLM, offline: the variable `DISCOVER_LITELLM` names
 * a virtual environment that has it (`.ci/setup-python` makes one). It takes
 * two minutes, so `deno task test` leaves it out. What starts whole proxies is
 * in `proxies.ts`: both run side by side, as each start keeps one core busy.
 *
 * @module
 */

import "./accepts.ts";
import "./base_variables.ts";
import "./by_hand.ts";
import "./command_line.ts";
import "./every_provider.ts";
import "./modes.ts";
import "./opencode_zen.ts";
import "./port.ts";
import "./several_makers.ts";
import "./stated_keys.ts";

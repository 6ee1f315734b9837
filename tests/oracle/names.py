"""Judges names: what the doctor leaves alone LiteLLM's router must answer, and
what the doctor finds fault with it must not.

usage: names.py FOLDER   (written by write_names.ts)
"""

import asyncio
import json
import logging
import os
import pathlib
import sys

os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"

import litellm  # noqa: E402
import yaml  # noqa: E402
from litellm import Router  # noqa: E402

MESSAGES = [{"role": "user", "content": "?"}]


async def answers(config, kind):
    """Whether a call of the alias, or one that needs the fallback, succeeds."""
    if kind == "fallback":
        config["model_list"][0]["litellm_params"]["mock_response"] = ValueError("no")
    router = Router(
        model_list=config["model_list"], num_retries=0, **config["router_settings"]
    )
    try:
        asked = "asked" if kind == "alias" else "bad"
        await router.acompletion(model=asked, messages=MESSAGES)
        return True
    except Exception:
        return False


async def main():
    logging.disable(logging.CRITICAL)
    litellm.suppress_debug_info = True
    failed = found = total = 0
    for path in sorted(pathlib.Path(sys.argv[1]).glob("*.yaml")):
        verdict = json.loads(path.with_suffix(".json").read_text())
        config = yaml.safe_load(path.read_text())
        answered = await answers(config, verdict["kind"])
        total += 1
        found += verdict["isFound"]
        if answered == verdict["isFound"]:
            failed += 1
            says = "answers" if answered else "fails"
            print(f"{path.name}: {verdict['kind']} {verdict['name']!r} {says}")
    print(f"names: {total - failed} passed, {failed} failed")
    # Names that are all known, or all unknown, would prove little.
    return 1 if failed or not 20 < found < total - 20 else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))

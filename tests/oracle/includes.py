"""Judges merged configs: LiteLLM's own loader must make the same of each tree.

usage: includes.py FOLDER   (written by write_includes.ts)
"""

import asyncio
import json
import logging
import os
import pathlib
import sys

os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"

from litellm.proxy.proxy_server import ProxyConfig  # noqa: E402


def load(path):
    """The config as LiteLLM merges it; nothing where it refuses to."""
    try:
        return asyncio.run(ProxyConfig()._get_config_from_file(str(path)))
    except Exception:
        return None


def judge(tree):
    ours = json.loads((tree / "merged.json").read_text())
    theirs = load(tree / "config.yaml")
    if theirs is None:
        return None if ours["isBroken"] else "LiteLLM refuses it"
    if ours["isBroken"]:
        return "LiteLLM does not refuse it"
    return None if ours["merged"] == theirs else "LiteLLM merges it otherwise"


def main():
    logging.disable(logging.CRITICAL)
    trees = [path.parent for path in pathlib.Path(sys.argv[1]).glob("*/merged.json")]
    failed = taken = 0
    for tree in trees:
        fault = judge(tree)
        taken += load(tree / "config.yaml") is not None
        if fault:
            failed += 1
            print(f"{tree.name}: {fault}")
    print(f"includes: {len(trees) - failed} passed, {failed} failed")
    # Trees that are all refused, or none, would prove little.
    return 1 if failed or not 50 < taken < len(trees) - 50 else 0


if __name__ == "__main__":
    sys.exit(main())

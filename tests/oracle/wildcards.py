"""Asks LiteLLM's own router who answers, without a block and with it.

Every call that the hand-written config answers alone must come to the same
model, with the same key and at the same place, once the block is there.

usage: wildcards.py --names    (names, and the providers that LiteLLM infers)
       wildcards.py FOLDER     (written by write_wildcards.ts)
"""

import json
import logging
import os
import pathlib
import sys

os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"
for variable in ("OPENROUTER", "XAI", "GEMINI", "GROQ"):
    os.environ[f"{variable}_API_KEY"] = f"ours-{variable}"
os.environ["DISCOVER_LAB_KEY"] = "ours-lab"

import litellm  # noqa: E402
import yaml  # noqa: E402
from litellm import Router  # noqa: E402
from litellm.litellm_core_utils.get_llm_provider_logic import (  # noqa: E402
    inferred_provider,
)

litellm.suppress_debug_info = True
logging.disable(logging.WARNING)
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MESSAGES = [{"role": "user", "content": "x"}]


def bare_names():
    """Names without a provider, and behind a tab the one that they get."""
    names = (name for name in sorted(litellm.model_cost) if "/" not in name)
    return [f"{name}\t{inferred_provider(name) or ''}" for name in names]


def router_of(path):
    config = yaml.load(path.read_text(), Loader=LOADER)
    settings = config.get("router_settings") or {}
    return Router(model_list=config["model_list"], **settings), config["model_list"]


def seen(deployment):
    params = deployment["litellm_params"]
    model, key = params.get("model"), params.get("api_key")
    provider = model.split("/")[0].upper()
    return model, key or os.environ.get(f"{provider}_API_KEY"), params.get("api_base")


def candidates(router, name):
    """Everybody whom the router may choose; nobody where it refuses."""
    try:
        _, found = router._common_checks_available_deployment(model=name)
    except (litellm.BadRequestError, ValueError):
        return frozenset()
    return frozenset(map(seen, found if isinstance(found, list) else [found]))


def chosen(router, name):
    return seen(router.get_available_deployment(model=name, messages=MESSAGES))


def spellings(name):
    """A name, and the deployment ids that it may have."""
    sections = ("openrouter", "xai", "gemini", "groq", "lab", "alias")
    return [name, *(f"discover:{one}/{name}" for one in sections)]


def main():
    if sys.argv[1:] == ["--names"]:
        print("\n".join(bare_names()))
        return 0
    folder = pathlib.Path(sys.argv[1])
    paths = sorted(folder.glob("*.before"), key=lambda path: int(path.stem))
    cases = [(path, json.loads(path.with_suffix(".json").read_text())) for path in paths]
    # A router registers what it is told of its models with the whole process,
    # so all of the hand-written ones answer before the first of the others.
    before = []
    for path, case in cases:
        router, _ = router_of(path)
        left = [one for name in case["left"] for one in spellings(name)]
        asked = {*case["asked"], *left}
        before.append({name: candidates(router, name) for name in asked})
    answered = changed = entries = left = needless = 0
    for (path, case), former in zip(cases, before):
        router, items = router_of(path.with_suffix(".after"))
        ids = [str((item.get("model_info") or {}).get("id")) for item in items]
        entries += sum(one.startswith("discover:") for one in ids)
        left += len(case["left"])
        needless += sum(
            not any(former[one] for one in spellings(name)) for name in case["left"]
        )
        for name, expected in former.items():
            if not expected:
                continue
            answered += 1
            now = candidates(router, name)
            if now != expected or chosen(router, name) not in expected:
                changed += 1
                print(f"{path.stem}: {name}: {sorted(map(str, expected))} is now "
                      f"{sorted(map(str, now))}")
    print(f"litellm: {len(cases)} configs with {entries} entries added, {answered} calls "
          f"answered by hand, {changed} changed; {left} names left to wildcards, "
          f"{needless} without need")
    # Configs in which nothing is added, or nothing answered, would prove nothing.
    is_vain = entries < 5 * len(cases) or answered < 10 * len(cases)
    return 1 if changed or is_vain or needless * 20 > left else 0


if __name__ == "__main__":
    sys.exit(main())

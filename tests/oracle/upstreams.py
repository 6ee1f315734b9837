"""Asks LiteLLM whose models they are that the doctor takes for a provider's.

usage: upstreams.py FILE    (written by write_upstreams.ts)
"""

import json
import logging
import os
import pathlib
import sys

os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"

import litellm  # noqa: E402

litellm.suppress_debug_info = True
logging.disable(logging.WARNING)

# Two names of LiteLLM's for one server with one list of models.
SAME = {"cohere": "cohere_chat", "text-completion-openai": "openai"}
# LiteLLM would have to log in there before it says anything.
SKIPPED = ("github_copilot/", "chatgpt/")


def base_of(row):
    base = row.get("base")
    return None if base is None or base.startswith("os.environ/") else base


def last_part(model):
    """Without what a caller adds to an id."""
    return model.split("/")[-1].split(":")[0]


def is_right(row):
    """Whether LiteLLM calls that provider, or none at all."""
    try:
        model, provider, _, _ = litellm.get_llm_provider(
            row["model"], custom_llm_provider=row.get("custom"), api_base=base_of(row)
        )
    except litellm.BadRequestError:
        return True
    if provider == "openai" and base_of(row):
        return True  # Its client, pointed at the address of another provider.
    taken_for, _, rest = row["name"].rpartition("/")
    return last_part(model) == rest.split(":")[0] and (
        not taken_for or taken_for.split("/")[0] == SAME.get(provider, provider)
    )


rows = json.loads(pathlib.Path(sys.argv[1]).read_text())
rows = [row for row in rows if not row["model"].startswith(SKIPPED)]
wrong = [row for row in rows if not is_right(row)]
for row in wrong:
    print(row)
print(f"LiteLLM calls {len(rows) - len(wrong)} of {len(rows)} models where the doctor says")
sys.exit(1 if wrong or len(rows) < 100 else 0)
